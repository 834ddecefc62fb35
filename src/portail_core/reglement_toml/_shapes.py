"""
From what stands in the file to the values of the domain.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.cancellation import Outcome, Policy
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import (
    DaysBefore,
    Deadline,
    HoursBefore,
    WeekdayBefore,
)
from portail_core.domain.reglement import Hold
from portail_core.domain.tariffs import Bracket, Grid
from portail_core.wire import Shape

from ._file import (
    BookUntilFile,
    BracketFile,
    CancellationFile,
    DeadlineFile,
    HoldFile,
    OutcomeFile,
    TariffFile,
    Weekday,
)


def _deadline(file: DeadlineFile) -> Deadline:
    match file:
        case DeadlineFile(
            days_before=int(days),
            at=dt.time() as at,
            hours_before=None,
            weekday_before=None,
            weeks=None,
            starts_at=None,
        ):
            return DaysBefore(days=days, at=at)
        case DeadlineFile(
            hours_before=int(hours),
            starts_at=dt.time() as starts_at,
            days_before=None,
            weekday_before=None,
            weeks=None,
            at=None,
        ):
            return HoursBefore(hours=hours, starts_at=starts_at)
        case DeadlineFile(
            weekday_before=Weekday() as weekday,
            at=dt.time() as at,
            days_before=None,
            hours_before=None,
            starts_at=None,
        ):
            return WeekdayBefore(
                weekday=weekday.number,
                weeks=1 if file.weeks is None else file.weeks,
                at=at,
            )
        case _:
            msg = (
                "a deadline is one of: days_before + at; "
                "hours_before + starts_at; weekday_before + at (+ weeks)"
            )
            raise ValueError(msg)


def _bracket(file: BracketFile) -> Bracket:
    lower = file.at_least if file.more_than is None else file.more_than
    if lower is None or None not in {file.at_least, file.more_than}:
        msg = (
            f"« {file.label} » needs one lower bound: "
            'at_least = "0" (included) or more_than = "0" (excluded)'
        )
        raise ValueError(msg)
    if None not in {file.at_most, file.less_than}:
        msg = (
            f"« {file.label} » has two upper bounds: keep at_most (included) "
            "or less_than (excluded)"
        )
        raise ValueError(msg)
    return Bracket(
        label=file.label,
        above=lower,
        above_included=file.more_than is None,
        up_to=file.at_most if file.less_than is None else file.less_than,
        up_to_included=file.at_most is not None,
        prices=file.prices,
    )


def _tariff(file: TariffFile) -> Decision[Grid]:
    grid = Grid(
        brackets=file.brackets,
        between=file.between,
        without_quotient=file.without_quotient,
    )
    return Decision(since=file.since, source=file.source, value=grid)


def _outcome(file: OutcomeFile) -> Outcome:
    return Outcome(
        until=None if file.until is None else _deadline(file.until),
        credited_share=file.credited_share,
        label=file.label,
    )


def _cancellation(file: CancellationFile) -> Decision[Policy]:
    policy = Policy(outcomes=file.outcomes)
    return Decision(since=file.since, source=file.source, value=policy)


def _book_until(file: BookUntilFile) -> Decision[Deadline]:
    return Decision(since=file.since, source=file.source, value=file.deadline)


def _hold(file: HoldFile) -> Decision[Hold]:
    return Decision(
        since=file.since,
        source=file.source,
        value=Hold(minutes=file.minutes),
    )


SHAPES = (
    Shape(Deadline, DeadlineFile, _deadline),
    Shape(Bracket, BracketFile, _bracket),
    Shape(Outcome, OutcomeFile, _outcome),
    Shape(Decision[Grid], TariffFile, _tariff),
    Shape(Decision[Policy], CancellationFile, _cancellation),
    Shape(Decision[Deadline], BookUntilFile, _book_until),
    Shape(Decision[Hold], HoldFile, _hold),
    Shape(History[Hold], tuple[Decision[Hold], ...], History),
    Shape(History[Deadline], tuple[Decision[Deadline], ...], History),
    Shape(History[Policy], tuple[Decision[Policy], ...], History),
    Shape(History[Grid], tuple[Decision[Grid], ...], History),
)
