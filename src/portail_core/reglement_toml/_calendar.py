"""
Periods and school holidays, as written.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import field, frozen

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

from ._says import says
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

    first_day: dt.date = field(
        metadata=says("Included.", example="2025-09-03")
    )
    last_day: dt.date = field(
        metadata=says(
            "Included; five years after the first at the most.",
            example="2026-07-01",
        )
    )

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
    The days of an accueil that are booked together: a school year, holidays.

    At least one of `weekdays`, `rrule`, `dates` and `opened` says when it is
    open; `opened` wins over whatever closes a day.
    """

    code: PeriodCode = field(
        metadata=says("Its name in this file.", example='"mercredis-2026"')
    )
    label: str = field(
        metadata=says(
            "As families read it.", example='"Périscolaire 2025-2026"'
        )
    )
    accueil: AccueilCode = field(
        metadata=says(
            "The code of the accueil whose days these are.",
            example='"mercredis"',
        )
    )
    weekdays: tuple[Weekday, ...] = field(
        default=(),
        metadata=says(
            "Days of the week that it is open.",
            example='["monday", "wednesday"]',
        ),
    )
    rrule: Recurrence | None = field(
        default=None,
        metadata=says(
            "Days that come back otherwise, as calendars write them "
            "(RFC 5545, without hours), counted from the first day.",
            example='"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"',
        ),
    )
    weeks: Weeks = field(
        default=Weeks.ALL,
        metadata=says(
            "When `weekdays` and `rrule` hold: always, or only in the term "
            "or the holidays of the school zone.",
            example='"school-term"',
        ),
    )
    dates: tuple[dt.date, ...] = field(
        default=(),
        metadata=says(
            "Single days beside them, in whatever week.",
            example="[2026-06-20]",
        ),
    )
    public_holidays: OnHolidays = field(
        metadata=says(
            "What a public holiday among these days is.",
            example='"closed"',
        )
    )
    bridge_days: OnHolidays = field(
        default=OnHolidays.OPEN,
        metadata=says(
            "What a Friday after a public holiday, or a Monday before one, "
            "is (« pont »).",
            example='"closed"',
        ),
    )
    closed: tuple[DaysFile, ...] = field(
        default=(),
        metadata=says(
            "Days on which it is closed all the same.",
            example="[{ first_day = 2026-05-15, last_day = 2026-05-15 }]",
        ),
    )
    opened: tuple[dt.date, ...] = field(
        default=(),
        metadata=says(
            "Single days that are open whatever closes them.",
            example="[2026-05-15]",
        ),
    )
    opens_at: dt.datetime | None = field(
        default=None,
        metadata=says(
            "First moment to book.",
            example="2025-06-01T08:00:00",
            otherwise="open at once",
        ),
    )
    closes_at: dt.datetime | None = field(
        default=None,
        metadata=says(
            "First moment when it is too late to book, whatever the "
            "deadlines.",
            example="2026-06-30T18:00:00",
            otherwise="never closes",
        ),
    )


@frozen(kw_only=True)
class SchoolHolidaysFile(DaysFile):
    """
    School holidays that are not published yet, or not for this territory.

    They stand for all the holidays of the school year in which they begin:
    write all of them.
    """

    label: str = field(
        metadata=says(
            "For who reads the file.", example='"Vacances de la Toussaint"'
        )
    )
    zone: SchoolZone | None = field(
        default=None,
        metadata=says(
            "Whose they are.", example='"B"', otherwise="every zone's"
        ),
    )


SHAPES = (Shape(Recurrence, str, read_recurrence),)
