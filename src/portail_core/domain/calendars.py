"""
On which days a period is open: dates, already worked out from the règlement.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from enum import Enum
from itertools import pairwise
from typing import Any

from attrs import Attribute, field, frozen

from .checks import civil_day
from .facts import Season


class Opening(Enum):
    """
    What a day is to a period.
    """

    OPEN = "open"
    PUBLIC_HOLIDAY = "public-holiday"  # « Férié » in the guide's calendar
    CLOSED = "closed"  # within the period, but nothing happens that day
    OUTSIDE = "outside"  # before the period's first day or after its last


def ascending(
    _: object, attribute: Attribute[Any], days: tuple[dt.date, ...]
) -> None:
    """
    Days in order, none twice.
    """
    for earlier, later in pairwise(days):
        if earlier >= later:
            msg = f"{attribute.name}: {later} does not come after {earlier}"
            raise ValueError(msg)


@frozen(kw_only=True)
class Days:
    """
    Several days in a row, both ends included.
    """

    first_day: dt.date = field(validator=civil_day)
    last_day: dt.date = field(validator=civil_day)

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day


@frozen(kw_only=True)
class Calendar:
    """
    The days of one period.

    Attributes:
        first_day: Included.

        last_day: Included.

        open_days: Ascending, none twice, none outside the period.

        public_holidays: Ascending; a day may be one and open all the same,
            or outside the period: a planning still shows it, and deadlines
            are counted over those of the months before.

        school_holidays: Those that have a day of the period; `None` where
            nobody knows when there is school on all of them.
    """

    first_day: dt.date = field(validator=civil_day)
    last_day: dt.date = field(validator=civil_day)
    open_days: tuple[dt.date, ...] = field(validator=ascending)
    public_holidays: tuple[dt.date, ...] = field(validator=ascending)
    school_holidays: tuple[Days, ...] | None = None

    def __attrs_post_init__(self) -> None:
        outside = [
            day
            for day in (*self.open_days, self.last_day)
            if not self.first_day <= day <= self.last_day
        ]
        if outside:
            msg = (
                f"{outside[0]} is not within "
                f"{self.first_day} to {self.last_day}"
            )
            raise ValueError(msg)

    def opening(self, day: dt.date) -> Opening:
        """
        What *day* is to this period.
        """
        if not self.first_day <= day <= self.last_day:
            return Opening.OUTSIDE
        if self.is_open(day):
            return Opening.OPEN
        if self.is_public_holiday(day):
            return Opening.PUBLIC_HOLIDAY
        return Opening.CLOSED

    def is_open(self, day: dt.date) -> bool:
        """
        Whether the period is open on *day*.
        """
        return _holds(self.open_days, day)

    def is_public_holiday(self, day: dt.date) -> bool:
        """
        Whether *day* is one, within the period or around it.
        """
        return _holds(self.public_holidays, day)

    def season(self, day: dt.date) -> Season | None:
        """
        What a day of the period is to schools; `None` if nobody knows.
        """
        if self.school_holidays is None:
            return None
        if any(day in holidays for holidays in self.school_holidays):
            return Season.SCHOOL_HOLIDAYS
        return Season.SCHOOL_TERM


def _holds(days: tuple[dt.date, ...], day: dt.date) -> bool:
    at = bisect_left(days, day)
    return at < len(days) and days[at] == day
