"""
French calendars: rules are expanded to dates here, when a règlement loads.

The only module that knows dateutil and holidays; both are imported where they
are used, so that a host which only imports the library pays for neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

DEPARTMENTS = frozenset(
    [
        *(f"{number:02}" for number in (*range(1, 20), *range(21, 96))),
        *("2A", "2B"),
        *("971", "972", "973", "974", "975", "976", "977", "978"),
        *("986", "987", "988"),
    ]
)
"""Those of the postcodes, and territories overseas."""

_TERRITORIES: Mapping[str, str] = {
    # What the library calls them; absent is the national list.  Good Friday
    # and 26 December in Alsace and Moselle, abolition of slavery overseas.
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}


def weekly(
    first_day: dt.date, last_day: dt.date, weekdays: Iterable[int]
) -> tuple[dt.date, ...]:
    """
    Every day of these *weekdays* (0 is Monday), both ends included.

    >>> weekly(dt.date(2026, 5, 27), dt.date(2026, 6, 3), [2])
    (datetime.date(2026, 5, 27), datetime.date(2026, 6, 3))
    """
    from dateutil.rrule import WEEKLY, rrule

    days = sorted(set(weekdays))
    if not days:
        # To dateutil, no weekday is every weekday.
        return ()
    moments = rrule(
        WEEKLY,
        dtstart=dt.datetime.combine(first_day, dt.time()),
        until=dt.datetime.combine(last_day, dt.time()),
        byweekday=days,
    )
    return tuple(moment.date() for moment in moments)


def public_holidays(
    department: str, first_day: dt.date, last_day: dt.date
) -> tuple[dt.date, ...]:
    """
    « Jours fériés » of a department, both ends included.

    Args:
        department: Two or three characters: « 04 », « 67 », « 974 ».

        first_day: Included.

        last_day: Included.
    """
    # 250 modules come with it: only a portal that opens needs them.
    from holidays.countries.france import France

    years = range(first_day.year, last_day.year + 1)
    days = France(  # type: ignore[no-untyped-call]  # has no annotations
        years=years, subdiv=_TERRITORIES.get(department)
    )
    return tuple(sorted(day for day in days if first_day <= day <= last_day))
