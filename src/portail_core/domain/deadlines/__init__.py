"""
Until when a day may be booked, changed or cancelled: an algebra of deadlines.

Every deadline is a moment made from a day.  The moment itself is still in
time unless the règlement says that it is out, and no deadline falls after its
day.
"""

from ._cases import Case, Deadlines, NoDeadline, one_deadline
from ._moments import Cutoff, cutoff_of, is_late, moment_of
from ._options import CountedFrom, DeadlineKind, IfClosed, LastInstant
from ._shapes import (
    DAYS_A_WEEK,
    END_OF_DAY,
    BusinessDaysBefore,
    ByWeekday,
    ClearDaysBefore,
    DayOfPreviousMonth,
    DaysBefore,
    Deadline,
    Earliest,
    FixedMoment,
    HoursBefore,
    InHolidayWeeks,
    OnHolidays,
    OpeningDaysBefore,
    WeekdayBefore,
    WeekdayOfPreviousMonth,
    WeekdayOfWeekBefore,
    WorkWeek,
    within,
)

__all__ = [
    "DAYS_A_WEEK",
    "END_OF_DAY",
    "BusinessDaysBefore",
    "ByWeekday",
    "Case",
    "ClearDaysBefore",
    "CountedFrom",
    "Cutoff",
    "DayOfPreviousMonth",
    "DaysBefore",
    "Deadline",
    "DeadlineKind",
    "Deadlines",
    "Earliest",
    "FixedMoment",
    "HoursBefore",
    "IfClosed",
    "InHolidayWeeks",
    "LastInstant",
    "NoDeadline",
    "OnHolidays",
    "OpeningDaysBefore",
    "WeekdayBefore",
    "WeekdayOfPreviousMonth",
    "WeekdayOfWeekBefore",
    "WorkWeek",
    "cutoff_of",
    "is_late",
    "moment_of",
    "one_deadline",
    "within",
]
