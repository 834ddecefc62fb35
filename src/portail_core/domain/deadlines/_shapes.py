"""
The shapes of deadlines that règlements publish.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from portail_core.domain.checks import (
    moment,
    not_empty,
    not_negative,
    positive,
    whole_number,
)
from portail_core.domain.facts import WEEKDAYS

from ._options import CountedFrom, DeadlineKind, LastInstant, Options

DAYS_A_WEEK = 7
LONGEST_MONTH = 31
MOST_WEEKS_A_MONTH = 5

END_OF_DAY = dt.time.max
"""
The last instant of a day: « jusqu'au jeudi », all of Thursday, where no hour
is said.  The first instant of Friday is late.
"""


class WorkWeek(Enum):
    """
    Which days of the week count; the value is how many, from Monday.
    """

    MONDAY_TO_FRIDAY = 5  # « jours ouvrés »
    MONDAY_TO_SATURDAY = 6  # « jours ouvrables »


class OnHolidays(Enum):
    """
    Whether public holidays count among business days.
    """

    SKIPPED = "skipped"
    COUNTED = "counted"  # « hors week-end », and nothing more


def _weekday(_: object, attribute: Attribute[Any], value: int) -> None:
    if not 0 <= value < DAYS_A_WEEK:
        msg = f"{attribute.name} is {value}, expected 0 (Monday) to 6 (Sunday)"
        raise ValueError(msg)


def _day_of_month(_: object, attribute: Attribute[Any], value: int) -> None:
    if not 1 <= value <= LONGEST_MONTH:
        msg = f"{attribute.name} is {value}, expected 1 to {LONGEST_MONTH}"
        raise ValueError(msg)


def _nth(_: object, attribute: Attribute[Any], value: int) -> None:
    if not 1 <= value <= MOST_WEEKS_A_MONTH:
        msg = (
            f"{attribute.name} is {value}, expected 1 to "
            f"{MOST_WEEKS_A_MONTH}, which is the last"
        )
        raise ValueError(msg)


@frozen(kw_only=True)
class DaysBefore(Options):
    """
    « Au plus tard N jours avant, à telle heure. »

    Attributes:
        days: Civil days, 0 for the day itself.

        at: Paris wall clock.
    """

    days: int = field(validator=[whole_number, not_negative])
    at: dt.time


@frozen(kw_only=True)
class HoursBefore(Options):
    """
    « N heures avant le début de la journée », elapsed hours.

    Attributes:
        hours: Counted as time passes, also on the nights clocks change.

        starts_at: When the day begins, Paris wall clock.
    """

    hours: int = field(validator=[whole_number, not_negative])
    starts_at: dt.time


@frozen(kw_only=True)
class BusinessDaysBefore(Options):
    """
    « N jours ouvrés avant », « N jours ouvrables avant ».

    Attributes:
        days: Business days strictly before the day, 0 for the day itself.

        at: Paris wall clock.
    """

    days: int = field(validator=[whole_number, not_negative])
    at: dt.time
    week: WorkWeek = WorkWeek.MONDAY_TO_FRIDAY
    public_holidays: OnHolidays = OnHolidays.SKIPPED


@frozen(kw_only=True)
class ClearDaysBefore(Options):
    """
    « N jours francs avant »: N whole days lie between notice and day, and
    neither of the two counts.

    Attributes:
        days: Civil days between; notice is given N + 1 days before at last.

        at: Paris wall clock.
    """

    days: int = field(validator=[whole_number, not_negative])
    at: dt.time


@frozen(kw_only=True)
class WeekdayBefore(Options):
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


@frozen(kw_only=True)
class WeekdayOfWeekBefore(Options):
    """
    « Le mercredi de la semaine d'avant », whatever weekday the day is.

    Attributes:
        weekday: 0 is Monday, 6 is Sunday; weeks begin on Mondays.

        weeks: 1 for the week before, 2 for the one before it; 0 for the
            week of the day itself, never after it.

        at: Paris wall clock.
    """

    weekday: int = field(validator=[whole_number, _weekday])
    weeks: int = field(validator=[whole_number, not_negative])
    at: dt.time


@frozen(kw_only=True)
class OpeningDaysBefore(Options):
    """
    « Le jour d'ouverture précédent. »

    Before the first day of the period, days count as if it had begun earlier:
    those of its weekdays that are no public holidays.

    Attributes:
        days: Opening days of the period strictly before the day.

        at: Paris wall clock.
    """

    days: int = field(validator=[whole_number, positive])
    at: dt.time


@frozen(kw_only=True)
class DayOfPreviousMonth(Options):
    """
    « Le 20 du mois précédent. »

    Attributes:
        day: 1 to 31; the last day of a month that is shorter.

        months: 1 for the month before that of the day.

        at: Paris wall clock.
    """

    day: int = field(validator=[whole_number, _day_of_month])
    months: int = field(validator=[whole_number, positive])
    at: dt.time


@frozen(kw_only=True)
class WeekdayOfPreviousMonth(Options):
    """
    « Le dernier vendredi du mois précédent. »

    Attributes:
        weekday: 0 is Monday, 6 is Sunday.

        nth: 1 to 5; the last one of a month that has only four.

        months: 1 for the month before that of the day.

        at: Paris wall clock.
    """

    weekday: int = field(validator=[whole_number, _weekday])
    nth: int = field(validator=[whole_number, _nth])
    months: int = field(validator=[whole_number, positive])
    at: dt.time


@frozen(kw_only=True)
class FixedMoment:
    """
    « Jusqu'au 24 septembre 2025 », whatever the day.

    Attributes:
        moment: UTC.
    """

    moment: dt.datetime = field(validator=moment)
    last_instant: LastInstant = LastInstant.IN


def _named_weekdays(
    _: object, attribute: Attribute[Any], named: Mapping[str, object]
) -> None:
    unknown = sorted(named.keys() - set(WEEKDAYS))
    if unknown:
        listed = ", ".join(WEEKDAYS)
        msg = f"{attribute.name}: {unknown[0]!r} is not among {listed}"
        raise ValueError(msg)


@frozen(kw_only=True)
class ByWeekday:
    """
    A table: a deadline for each weekday.

    Attributes:
        deadlines: By weekday of the day, « monday » to « sunday »; at least
            one.  A weekday that is not there has none.
    """

    deadlines: Mapping[str, Deadline] = field(
        validator=[not_empty, _named_weekdays]
    )

    def __attrs_post_init__(self) -> None:
        for name, deadline in self.deadlines.items():
            if (
                isinstance(deadline, WeekdayOfWeekBefore)
                and deadline.counted_from is CountedFrom.DAY
                and deadline.weeks == 0
                and deadline.weekday > WEEKDAYS.index(name)
            ):
                msg = (
                    f"by_weekday.{name}: {WEEKDAYS[deadline.weekday]} of the "
                    "same week comes after it"
                )
                raise ValueError(msg)

    def row(self, day: dt.date) -> Deadline | None:
        """
        The deadline of the weekday of *day*; `None` if it is left out.
        """
        return self.deadlines.get(WEEKDAYS[day.weekday()])


@frozen(kw_only=True)
class InHolidayWeeks:
    """
    Another deadline for the days of a week that has a public holiday.

    Attributes:
        usual: In every other week, and for a weekday that *then* leaves out.

        then: In such a week.

        weekdays: On which a public holiday makes it one; 0 is Monday.
    """

    usual: Deadline
    then: Deadline
    weekdays: tuple[int, ...] = field(validator=not_empty)


@frozen(kw_only=True)
class Earliest:
    """
    The earliest of several deadlines.
    """

    deadlines: tuple[Deadline, ...] = field(validator=not_empty)


Counted: TypeAlias = (
    DaysBefore
    | HoursBefore
    | BusinessDaysBefore
    | ClearDaysBefore
    | WeekdayBefore
    | WeekdayOfWeekBefore
    | OpeningDaysBefore
    | DayOfPreviousMonth
    | WeekdayOfPreviousMonth
)
"""Those that are counted from a day."""

Deadline: TypeAlias = (
    DaysBefore
    | HoursBefore
    | BusinessDaysBefore
    | ClearDaysBefore
    | WeekdayBefore
    | WeekdayOfWeekBefore
    | OpeningDaysBefore
    | DayOfPreviousMonth
    | WeekdayOfPreviousMonth
    | FixedMoment
    | ByWeekday
    | InHolidayWeeks
    | Earliest
    | DeadlineKind
)


def within(deadline: Deadline) -> Iterator[Deadline]:
    """
    The deadlines that *deadline* is made of; itself, if it is of none.
    """
    match deadline:
        case ByWeekday(deadlines=table):
            inner: tuple[Deadline, ...] = tuple(table.values())
        case InHolidayWeeks(usual=usual, then=then):
            inner = (usual, then)
        case Earliest(deadlines=several):
            inner = several
        case _:
            yield deadline
            return
    for one in inner:
        yield from within(one)
