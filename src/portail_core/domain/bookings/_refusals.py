"""
Why days cannot be booked.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import frozen

from portail_core.domain.refusals import Refusal


@frozen
class NoDayWished(Refusal):
    """
    The wish names no day.
    """

    rule: ClassVar[str] = "request.days.none"


@frozen
class TooManyDays(Refusal):
    """
    The wish names more days than a request may have.
    """

    rule: ClassVar[str] = "request.days.too-many"
    most: int


@frozen
class WindowNotOpen(Refusal):
    """
    Booking for the period has not begun.
    """

    rule: ClassVar[str] = "request.window.opens"
    opens_at: dt.datetime


@frozen
class WindowClosed(Refusal):
    """
    Booking for the period is over.
    """

    rule: ClassVar[str] = "request.window.closes"
    closes_at: dt.datetime


@frozen
class DayNotYetOpen(Refusal):
    """
    Days open one by one, and this one has not.

    Attributes:
        opens_at: First moment to book it, UTC.
    """

    rule: ClassVar[str] = "request.day.not-yet-open"
    day: dt.date
    opens_at: dt.datetime


@frozen
class DayOutsidePeriod(Refusal):
    """
    The day is not within the period.
    """

    rule: ClassVar[str] = "request.day.outside-period"
    day: dt.date
    first_day: dt.date
    last_day: dt.date


@frozen
class DayIsPublicHoliday(Refusal):
    """
    « Férié ».
    """

    rule: ClassVar[str] = "request.day.public-holiday"
    day: dt.date


@frozen
class DayClosed(Refusal):
    """
    The accueil is not open that day.
    """

    rule: ClassVar[str] = "request.day.closed"
    day: dt.date


@frozen
class DeadlinePassed(Refusal):
    """
    It is too late to book the day.

    Attributes:
        deadline: The last moment that was in time, UTC.
    """

    rule: ClassVar[str] = "request.day.deadline"
    day: dt.date
    deadline: dt.datetime


@frozen
class ChangeTooLate(Refusal):
    """
    It is too late to change the paid day.

    Attributes:
        deadline: The last moment that was in time, UTC.
    """

    rule: ClassVar[str] = "request.change.deadline"
    day: dt.date
    deadline: dt.datetime


@frozen
class AlreadyBooked(Refusal):
    """
    The household already holds or booked a part of this day for the child.
    """

    rule: ClassVar[str] = "request.day.already-booked"
    day: dt.date


@frozen
class DayTakenElsewhere(Refusal):
    """
    Another household of the child did; which, and for what, is not said.
    """

    rule: ClassVar[str] = "request.day.taken-elsewhere"
    day: dt.date


@frozen
class DayFull(Refusal):
    """
    No place is left for a child of this age.
    """

    rule: ClassVar[str] = "request.day.full"
    day: dt.date


@frozen
class AgeNotAdmitted(Refusal):
    """
    Places are counted by age group, and none counts a child of this age.
    """

    rule: ClassVar[str] = "request.day.age"
    day: dt.date
    age: int


@frozen
class AmplitudesExclusive(Refusal):
    """
    The child has another amplitude that day, which does not go with this one.

    Attributes:
        amplitude: The label of the other.
    """

    rule: ClassVar[str] = "request.day.amplitudes-exclusive"
    day: dt.date
    amplitude: str


@frozen
class AmplitudeNeeded(Refusal):
    """
    The child needs another amplitude that day first.

    Attributes:
        amplitudes: Labels: one of them is enough.
    """

    rule: ClassVar[str] = "request.day.amplitude-needed"
    day: dt.date
    amplitudes: tuple[str, ...]


@frozen
class TooFewDaysInWeek(Refusal):
    """
    The child would come less than it must that week.

    Attributes:
        monday: First day of the week.
    """

    rule: ClassVar[str] = "request.week.least"
    monday: dt.date
    least: int


@frozen
class TooManyDaysInWeek(Refusal):
    """
    The child would come more than it may that week.

    Attributes:
        monday: First day of the week.
    """

    rule: ClassVar[str] = "request.week.most"
    monday: dt.date
    most: int


@frozen
class TooManyDaysInMonth(Refusal):
    """
    The child would come more than it may that month.

    Attributes:
        first_day: Of the month.
    """

    rule: ClassVar[str] = "request.month.most"
    first_day: dt.date
    most: int
