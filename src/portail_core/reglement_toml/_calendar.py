"""
Periods and school holidays, as written.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import frozen

from portail_core.calendars_fr import (
    Recurrence,
    SchoolZone,
    read_recurrence,
)
from portail_core.domain.ids import (
    AccueilCode,
    PeriodCode,
)
from portail_core.wire import Shape

from ._terms import TermsFile

LONGEST = dt.timedelta(days=5 * 366)


class Weekday(Enum):
    """
    As written in the file.
    """

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """
        0 is Monday, as Python counts.
        """
        return list(Weekday).index(self)


class OnHolidays(Enum):
    """
    What a public holiday, or a bridge day, among the days of a period is.
    """

    CLOSED = "closed"
    OPEN = "open"


class Weeks(Enum):
    """
    When a period's weekdays and recurrence hold.
    """

    ALL = "all"
    SCHOOL_TERM = "school-term"
    SCHOOL_HOLIDAYS = "school-holidays"


@frozen(kw_only=True, slots=False)  # a period is terms, too
class DaysFile:
    """
    Several days in a row, both ends included.
    """

    first_day: dt.date
    last_day: dt.date

    def __attrs_post_init__(self) -> None:
        if self.first_day > self.last_day:
            msg = (
                f"ends on {self.last_day}, before it begins on "
                f"{self.first_day}"
            )
            raise ValueError(msg)
        if self.last_day - self.first_day > LONGEST:
            msg = (
                f"lasts from {self.first_day} to {self.last_day}: more than "
                "five years, is one of them mistyped?"
            )
            raise ValueError(msg)

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day


@frozen(kw_only=True)
class PeriodFile(DaysFile, TermsFile):
    """
    A period: opening rules, before they are dates.

    `weeks` is for `weekdays` and `rrule`; `opened` wins over whatever closes
    a day.
    """

    code: PeriodCode
    label: str
    accueil: AccueilCode
    weekdays: tuple[Weekday, ...] = ()
    rrule: Recurrence | None = None
    weeks: Weeks = Weeks.ALL
    dates: tuple[dt.date, ...] = ()
    public_holidays: OnHolidays
    bridge_days: OnHolidays = OnHolidays.OPEN
    closed: tuple[DaysFile, ...] = ()
    opened: tuple[dt.date, ...] = ()
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None


@frozen(kw_only=True)
class SchoolHolidaysFile(DaysFile):
    """
    School holidays that the règlement gives, for a zone or for any.
    """

    label: str
    zone: SchoolZone | None = None


SHAPES = (Shape(Recurrence, str, read_recurrence),)
