"""
Deadlines, as written.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import (
    DaysBefore,
    Deadline,
    HoursBefore,
    WeekdayBefore,
)
from portail_core.wire import Shape

from ._bounds import at_most
from ._calendar import Weekday

MOST_DAYS_BEFORE = 366
MOST_HOURS_BEFORE = 366 * 24
MOST_WEEKS_BEFORE = 53


@frozen(kw_only=True)
class DeadlineFile:
    """
    One of three shapes: `days_before` + `at`, `hours_before` + `starts_at`,
    `weekday_before` + `at` (+ `weeks`).
    """

    days_before: int | None = None
    hours_before: int | None = None
    weekday_before: Weekday | None = None
    weeks: int | None = None
    at: dt.time | None = None
    starts_at: dt.time | None = None


@frozen(kw_only=True)
class BookUntilFile:
    """
    The deadline to book, from a day on.
    """

    since: dt.date
    source: str
    deadline: Deadline


def deadline(file: DeadlineFile) -> Deadline:
    match file:
        case DeadlineFile(
            days_before=int(days),
            at=dt.time() as at,
            hours_before=None,
            weekday_before=None,
            weeks=None,
            starts_at=None,
        ):
            at_most(MOST_DAYS_BEFORE, days_before=days)
            return DaysBefore(days=days, at=at)
        case DeadlineFile(
            hours_before=int(hours),
            starts_at=dt.time() as starts_at,
            days_before=None,
            weekday_before=None,
            weeks=None,
            at=None,
        ):
            at_most(MOST_HOURS_BEFORE, hours_before=hours)
            return HoursBefore(hours=hours, starts_at=starts_at)
        case DeadlineFile(
            weekday_before=Weekday() as weekday,
            at=dt.time() as at,
            days_before=None,
            hours_before=None,
            starts_at=None,
        ):
            weeks = 1 if file.weeks is None else file.weeks
            at_most(MOST_WEEKS_BEFORE, weeks=weeks)
            return WeekdayBefore(
                weekday=weekday.number,
                weeks=weeks,
                at=at,
            )
        case _:
            msg = (
                "a deadline is one of: days_before + at; "
                "hours_before + starts_at; weekday_before + at (+ weeks)"
            )
            raise ValueError(msg)


def _book_until(file: BookUntilFile) -> Decision[Deadline]:
    return Decision(since=file.since, source=file.source, value=file.deadline)


SHAPES = (
    Shape(Deadline, DeadlineFile, deadline),
    Shape(Decision[Deadline], BookUntilFile, _book_until),
    Shape(History[Deadline], tuple[Decision[Deadline], ...], History),
)
