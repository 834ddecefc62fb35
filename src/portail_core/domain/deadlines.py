"""
Until when a day may be booked or cancelled: a small algebra of deadlines.

Every deadline is a moment made from a day.  The moment itself is still in
time; the first instant after it is late.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias, assert_never

from attrs import field, frozen

from .checks import not_negative, positive, whole_number
from .days import at_paris, days_before

DAYS_A_WEEK = 7


@frozen(kw_only=True)
class DaysBefore:
    """
    « Au plus tard N jours avant, à telle heure. »

    Attributes:
        days: Civil days, 0 for the day itself.

        at: Paris wall clock.
    """

    days: int = field(validator=[whole_number, not_negative])
    at: dt.time


@frozen(kw_only=True)
class HoursBefore:
    """
    « N heures avant le début de la journée », elapsed hours.

    Attributes:
        hours: Counted as time passes, also on the nights clocks change.

        starts_at: When the day begins, Paris wall clock.
    """

    hours: int = field(validator=[whole_number, not_negative])
    starts_at: dt.time


def _weekday(_: object, __: object, value: int) -> None:
    if not 0 <= value < DAYS_A_WEEK:
        msg = f"weekday is {value}, expected 0 (Monday) to 6 (Sunday)"
        raise ValueError(msg)


@frozen(kw_only=True)
class WeekdayBefore:
    """
    « Au plus tard le jeudi précédent »: counted back from the day.

    « Le mercredi de la semaine d'avant » is another rule as soon as several
    weekdays are booked: 5 days before a Monday, 8 before a Thursday.

    Attributes:
        weekday: 0 is Monday, 6 is Sunday.

        weeks: 1 for the nearest such weekday strictly before the day.

        at: Paris wall clock.
    """

    weekday: int = field(validator=[whole_number, _weekday])
    weeks: int = field(validator=[whole_number, positive])
    at: dt.time


Deadline: TypeAlias = DaysBefore | HoursBefore | WeekdayBefore


def moment_of(deadline: Deadline, day: dt.date) -> dt.datetime:
    """
    The last moment in time for *day*, in UTC.

    >>> thursday = WeekdayBefore(weekday=3, weeks=1, at=dt.time(12))
    >>> moment_of(thursday, dt.date(2026, 5, 27)).isoformat()
    '2026-05-21T10:00:00+00:00'
    """
    match deadline:
        case DaysBefore(days=days, at=at):
            return days_before(day, days, at)
        case HoursBefore(hours=hours, starts_at=starts_at):
            return at_paris(day, starts_at) - dt.timedelta(hours=hours)
        case WeekdayBefore(weekday=weekday, weeks=weeks, at=at):
            back = (day.weekday() - weekday) % DAYS_A_WEEK or DAYS_A_WEEK
            return days_before(day, back + DAYS_A_WEEK * (weeks - 1), at)
        case _:
            assert_never(deadline)


def is_late(deadline: Deadline, day: dt.date, at: dt.datetime) -> bool:
    """
    Whether *at* is past the deadline for *day*.
    """
    return at > moment_of(deadline, day)
