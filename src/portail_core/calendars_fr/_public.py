"""
« Jours fériés », and the days between one and a week-end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

_LISTS: Mapping[str, str] = {
    # What the library calls them; absent is the national list.
    # Good Friday and 26 December: ordonnance of 16 August 1892.
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    # Abolition of slavery: loi 83-550, décret 83-1003, and décret 2012-553
    # for the two islands.
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "976": "976",
    "977": "BL",
    "978": "MF",
    # Those that decide on theirs, or have the national list as it is.
    "975": "PM",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}

_A_DAY = dt.timedelta(days=1)
_MONDAY, _FRIDAY = 0, 4


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
        years=years, subdiv=_LISTS.get(department)
    )
    return tuple(sorted(day for day in days if first_day <= day <= last_day))


def bridge_days(holidays: Iterable[dt.date]) -> frozenset[dt.date]:
    """
    « Ponts »: a Friday after a public holiday, a Monday before one; a public
    holiday is none.

    >>> [str(day) for day in bridge_days([dt.date(2026, 5, 14)])]
    ['2026-05-15']
    """
    taken = frozenset(holidays)
    fridays = {day + _A_DAY for day in taken if day.weekday() == _FRIDAY - 1}
    mondays = {day - _A_DAY for day in taken if day.weekday() == _MONDAY + 1}
    return frozenset((fridays | mondays) - taken)
