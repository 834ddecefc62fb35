"""
May these days be booked?  Every reason why not, at once.

Gates, window, custody, opening days, clash, deadline, capacity: each is asked,
and all that stand in the way are told together.
"""

from ._deadlines import too_late_to_change
from ._judgement import closed_day, is_full, may_still_happen, refusals
from ._lines import MOST_DAYS, lines_for, replacing
from ._refusals import (
    AgeNotAdmitted,
    AlreadyBooked,
    ChangeTooLate,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayNotYetOpen,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    NoDayWished,
    TooManyDays,
    WindowClosed,
    WindowNotOpen,
)
from ._wish import Situation, Wish

__all__ = [
    "MOST_DAYS",
    "AgeNotAdmitted",
    "AlreadyBooked",
    "ChangeTooLate",
    "DayClosed",
    "DayFull",
    "DayIsPublicHoliday",
    "DayNotYetOpen",
    "DayOutsidePeriod",
    "DayTakenElsewhere",
    "DeadlinePassed",
    "NoDayWished",
    "Situation",
    "TooManyDays",
    "WindowClosed",
    "WindowNotOpen",
    "Wish",
    "closed_day",
    "is_full",
    "lines_for",
    "may_still_happen",
    "refusals",
    "replacing",
    "too_late_to_change",
]
