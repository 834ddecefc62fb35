"""
French calendars: rules are expanded to dates here, when a règlement loads.

The only package that knows dateutil and holidays; both are imported where they
are used, so that a host which only imports the library pays for neither.
"""

from ._public import bridge_days, public_holidays
from ._recurrence import Recurrence, read_recurrence, weekly
from ._school import (
    LAST_KNOWN_DAY,
    SchoolCalendar,
    SchoolHolidays,
    school_holidays,
)
from ._territories import DEPARTMENTS, SchoolZone, department_of, school_zone

__all__ = [
    "DEPARTMENTS",
    "LAST_KNOWN_DAY",
    "Recurrence",
    "SchoolCalendar",
    "SchoolHolidays",
    "SchoolZone",
    "bridge_days",
    "department_of",
    "public_holidays",
    "read_recurrence",
    "school_holidays",
    "school_zone",
    "weekly",
]
