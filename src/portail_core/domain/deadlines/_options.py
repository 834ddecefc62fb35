"""
What may be said of every deadline that is counted from a day.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from enum import Enum

from attrs import frozen

from portail_core.domain.calendars import Calendar


class CountedFrom(Enum):
    """
    The day that a deadline is counted back from.
    """

    DAY = "day"  # the day booked, changed or cancelled
    WEEK = "week"  # the Monday of its week
    MONTH = "month"  # the 1st of its month
    SCHOOL_HOLIDAYS = "school-holidays"  # their first day, if it is in them
    PERIOD = "period"  # the first day of the period
    FIRST_OPENING_DAY = "first-opening-day"  # of the period


class IfClosed(Enum):
    """
    What becomes of a deadline that falls when the office is closed.
    """

    STAYS = "stays"
    PREVIOUS_BUSINESS_DAY = "previous-business-day"  # Monday to Friday
    PREVIOUS_OPENING_DAY = "previous-opening-day"  # of the period
    NEXT_BUSINESS_DAY = "next-business-day"  # never after the day itself


class LastInstant(Enum):
    """
    Whether the very moment of the deadline is still in time.
    """

    IN = "in"  # « jusqu'à midi »
    OUT = "out"  # « avant midi »


@frozen(kw_only=True)
class Options:
    """
    What may be said of every deadline that is counted from a day.

    Attributes:
        counted_from: The day itself, unless the règlement says another.

        if_closed: It stays where it falls, unless the règlement moves it.

        last_instant: In, unless the règlement says out.
    """

    counted_from: CountedFrom = CountedFrom.DAY
    if_closed: IfClosed = IfClosed.STAYS
    last_instant: LastInstant = LastInstant.IN


@frozen(kw_only=True)
class DeadlineKind(Options, ABC):
    """
    A deadline that a plugin adds; it has these options, too.
    """

    @abstractmethod
    def moment(self, day: dt.date, calendar: Calendar) -> dt.datetime:
        """
        Where it falls, UTC, and never after *day*.

        Args:
            day: The one that it is counted from.

            calendar: Of its period: opening days, public and school holidays.

        Raises:
            Refused: `FactMissing`, if the calendar does not know what it
                asks for.
        """
