"""
How often a child comes, and what may be owed, as written.
"""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen

from portail_core.domain.arrears import (
    Arrears,
    OncePaid,
    OwedAtMonthEnd,
    OwesOver,
)
from portail_core.domain.conditions import Yearly
from portail_core.domain.dated import Decision, History
from portail_core.domain.documents import (
    AfterItsEnd,
    FromFirstDay,
    Grace,
    PartOfYear,
)
from portail_core.domain.money import Money
from portail_core.domain.rhythms import Rhythm
from portail_core.wire import Shape

from ._bounds import at_most
from ._says import says
from ._when import month_and_day

MOST_DAYS_A_MONTH = 31
MOST_DAYS_A_WEEK = 7
MOST_DAYS_OF_GRACE = 366
MOST_MONTHS_OF_GRACE = 12


@frozen(kw_only=True)
class WeekFile:
    """
    Days of a week, from Monday to Sunday.
    """

    at_least: int | None = field(
        default=None,
        metadata=says(
            "The fewest, or every open day of a week that has fewer.",
            example="3",
        ),
    )
    at_least_with_public_holiday: int | None = field(
        default=None,
        metadata=says(
            "The fewest in a week that loses a day from Monday to Friday to "
            "a public holiday; as any other week if it is not written.",
            example="2",
        ),
    )
    at_most: int | None = field(
        default=None,
        metadata=says("The most, 1 to 7.", example="4"),
    )


@frozen(kw_only=True)
class MonthFile:
    """
    Days of a month of the calendar.
    """

    at_most: int = field(
        metadata=says("The most, 1 to 31.", example="12"),
    )


NO_WEEK = WeekFile()


@frozen(kw_only=True)
class RhythmFile:
    """
    How many days a child comes to the accueil, from a day on.
    """

    since: dt.date = field(
        metadata=says("First day in force.", example="2025-09-01"),
    )
    source: str = field(
        metadata=says(
            "The decision, as one cites it.",
            example='"délibération n° 2025-34"',
        ),
    )
    week: WeekFile = field(
        default=NO_WEEK,
        metadata=says(
            "Days of a week, from Monday to Sunday.",
            example="{ at_least = 3, at_least_with_public_holiday = 2 }",
        ),
    )
    month: MonthFile | None = field(
        default=None,
        metadata=says("Days of a month.", example="{ at_most = 12 }"),
    )


@frozen(kw_only=True)
class LimitFile:
    """
    One of two shapes: `over`; `over_at_month_end` + `once_paid`.
    """

    over: Money | None = field(
        default=None,
        metadata=says(
            "Nothing is booked while more than so many euros are past due.",
            example='"50.00"',
        ),
    )
    over_at_month_end: Money | None = field(
        default=None,
        metadata=says(
            "Nothing is booked for a month if more than so many euros were "
            "past due when the month before it ended.",
            example='"0"',
        ),
    )
    once_paid: OncePaid | None = field(
        default=None,
        metadata=says(
            "Once all is paid: `admitted` at once, or the `next-month`.",
            example='"admitted"',
        ),
    )


@frozen(kw_only=True)
class ArrearsFile:
    """
    How much may be owed by who books, from a day of asking on.
    """

    since: dt.date = field(
        metadata=says("First day in force.", example="2025-09-01"),
    )
    source: str = field(
        metadata=says(
            "The decision, as one cites it.",
            example='"délibération n° 2025-34"',
        ),
    )
    limit: Arrears = field(
        metadata=says("What closes booking.", example='{ over = "50.00" }'),
    )


@frozen(kw_only=True)
class GraceFile:
    """
    Days that may be booked without the document; one of three shapes: `days`;
    `months_from_first_day`; `first_day` + `last_day`.
    """

    days: int | None = field(
        default=None,
        metadata=says(
            "So many days after the end of the one that was good, 1 to 366.",
            example="30",
        ),
    )
    months_from_first_day: int | None = field(
        default=None,
        metadata=says(
            "So many months from the first day that the child comes, 1 to 12.",
            example="3",
        ),
    )
    first_day: str | None = field(
        default=None,
        metadata=says(
            "Every year, days from this one on: month and day.",
            example='"09-01"',
        ),
    )
    last_day: str | None = field(
        default=None,
        metadata=says(
            "Every year, days until this one, included.", example='"09-30"'
        ),
    )


def _rhythm(file: RhythmFile) -> Decision[Rhythm]:
    week, month = file.week, file.month
    for name in ("at_least", "at_least_with_public_holiday", "at_most"):
        count = getattr(week, name)
        if count is not None:
            at_most(MOST_DAYS_A_WEEK, **{f"week.{name}": count})
    if month is not None:
        at_most(MOST_DAYS_A_MONTH, **{"month.at_most": month.at_most})
    return Decision(
        since=file.since,
        source=file.source,
        value=Rhythm(
            week_least=week.at_least,
            week_least_with_public_holiday=week.at_least_with_public_holiday,
            week_most=week.at_most,
            month_most=month.at_most if month else None,
        ),
    )


def _limit(file: LimitFile) -> Arrears:
    match file:
        case LimitFile(
            over=Money() as over, over_at_month_end=None, once_paid=None
        ):
            return OwesOver(over=over)
        case LimitFile(
            over=None,
            over_at_month_end=Money() as over,
            once_paid=OncePaid() as once_paid,
        ):
            return OwedAtMonthEnd(over=over, once_paid=once_paid)
        case _:
            msg = "a limit is one of: over; over_at_month_end + once_paid"
            raise ValueError(msg)


def _arrears(file: ArrearsFile) -> Decision[Arrears]:
    return Decision(since=file.since, source=file.source, value=file.limit)


def _grace(file: GraceFile) -> Grace:
    match file:
        case GraceFile(
            days=int(days),
            months_from_first_day=None,
            first_day=None,
            last_day=None,
        ):
            at_most(MOST_DAYS_OF_GRACE, days=days)
            return AfterItsEnd(days)
        case GraceFile(
            days=None,
            months_from_first_day=int(months),
            first_day=None,
            last_day=None,
        ):
            at_most(MOST_MONTHS_OF_GRACE, months_from_first_day=months)
            return FromFirstDay(months)
        case GraceFile(
            days=None,
            months_from_first_day=None,
            first_day=str(first),
            last_day=str(last),
        ):
            return PartOfYear(
                Yearly(first=month_and_day(first), last=month_and_day(last))
            )
        case _:
            msg = (
                "a grace is one of: days; months_from_first_day; first_day + "
                "last_day"
            )
            raise ValueError(msg)


SHAPES = (
    Shape(Decision[Rhythm], RhythmFile, _rhythm),
    Shape(History[Rhythm], tuple[Decision[Rhythm], ...], History),
    Shape(Arrears, LimitFile, _limit),
    Shape(Decision[Arrears], ArrearsFile, _arrears),
    Shape(History[Arrears], tuple[Decision[Arrears], ...], History),
    Shape(Grace, GraceFile, _grace),
)
