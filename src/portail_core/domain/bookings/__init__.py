"""
May these days be booked?  Every reason why not, at once.

Gates, window, custody, opening days, clash, deadline, capacity, how many days
a week: each is asked, and all that stand in the way are told together.
"""

from ._deadlines import too_late_to_change
from ._facts import facts_of
from ._judgement import (
    closed_day,
    closed_gates,
    is_full,
    may_still_happen,
    refusals,
    refusals_of_days,
    refusals_past_gates,
)
from ._lines import MOST_DAYS, lines_for, replacing
from ._refusals import (
    AgeNotAdmitted,
    AlreadyBooked,
    AmplitudeNeeded,
    AmplitudesExclusive,
    ChangeTooLate,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayNotYetOpen,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    NoDayWished,
    TooFewDaysInWeek,
    TooManyDays,
    TooManyDaysInMonth,
    TooManyDaysInWeek,
    WindowClosed,
    WindowNotOpen,
)
from ._rhythms import days_around
from ._wish import ChildDay, Situation, Wish

__all__ = [
    "MOST_DAYS",
    "AgeNotAdmitted",
    "AlreadyBooked",
    "AmplitudeNeeded",
    "AmplitudesExclusive",
    "ChangeTooLate",
    "ChildDay",
    "DayClosed",
    "DayFull",
    "DayIsPublicHoliday",
    "DayNotYetOpen",
    "DayOutsidePeriod",
    "DayTakenElsewhere",
    "DeadlinePassed",
    "NoDayWished",
    "Situation",
    "TooFewDaysInWeek",
    "TooManyDays",
    "TooManyDaysInMonth",
    "TooManyDaysInWeek",
    "WindowClosed",
    "WindowNotOpen",
    "Wish",
    "closed_day",
    "closed_gates",
    "days_around",
    "facts_of",
    "is_full",
    "lines_for",
    "may_still_happen",
    "refusals",
    "refusals_of_days",
    "refusals_past_gates",
    "replacing",
    "too_late_to_change",
]
