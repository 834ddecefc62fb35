"""
School holidays: those that were published, and those that a règlement gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import frozen

from ._territories import SchoolZone

FIRST_KNOWN_DAY = dt.date(2017, 9, 4)
"""The day of the return of 2017: what the library has begins there."""

LAST_KNOWN_DAY = dt.date(2028, 8, 31)
"""
The end of the last school year that was published: arrêté of 21 July 2026, for
2027-2028.  The library goes on by a rule of thumb; nobody has decided yet.
"""

_A_DAY = dt.timedelta(days=1)
_SEPTEMBER = 9


@frozen(kw_only=True)
class SchoolHolidays:
    """
    Days in a row without classes, both ends included: classes stop the day
    before, and resume the day after.
    """

    first_day: dt.date
    last_day: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def school_year(self) -> int:
        """
        That of its first day: the summer belongs to the year that it ends.
        """
        return school_year(self.first_day)


def school_year(day: dt.date) -> int:
    """
    The year in whose September the school year of *day* begins.

    >>> school_year(dt.date(2026, 8, 31)), school_year(dt.date(2026, 9, 1))
    (2025, 2026)
    """
    return day.year if day.month >= _SEPTEMBER else day.year - 1


def school_holidays(
    zone: SchoolZone, first_day: dt.date, last_day: dt.date
) -> tuple[SchoolHolidays, ...]:
    """
    Those of a zone that have a day from *first_day* to *last_day* (included),
    whole, in order; none that begins after the last known day.

    A day off beside another is of the same holidays; the « pont de
    l'Ascension » is one, from that Thursday to the Sunday.
    """
    # 250 modules come with it: only a portal that opens needs them.
    from holidays.countries.france import France

    first_year = max(first_day.year - 1, FIRST_KNOWN_DAY.year)
    last_year = min(last_day.year + 1, LAST_KNOWN_DAY.year)
    days = France(  # type: ignore[no-untyped-call]  # has no annotations
        years=range(first_year, last_year + 1),
        subdiv=f"Zone {zone.value}",
        categories="school",
    )
    return tuple(
        run
        for run in _runs(sorted(days))
        if run.first_day <= last_day and first_day <= run.last_day
    )


def _runs(days: Iterable[dt.date]) -> Iterable[SchoolHolidays]:
    runs: list[SchoolHolidays] = []
    for day in days:
        if day > LAST_KNOWN_DAY:
            break
        if runs and runs[-1].last_day + _A_DAY == day:
            run = runs.pop()
            runs.append(SchoolHolidays(first_day=run.first_day, last_day=day))
        else:
            runs.append(SchoolHolidays(first_day=day, last_day=day))
    return runs


@frozen(kw_only=True)
class SchoolCalendar:
    """
    When there is school, where a règlement applies.

    Attributes:
        zone: Whose published holidays hold; none in Corsica and overseas.

        given: Holidays that the règlement gives.  They stand for all those
            of the school years in which they begin.
    """

    zone: SchoolZone | None
    given: tuple[SchoolHolidays, ...] = ()

    def knows(self, day: dt.date) -> bool:
        """
        Whether it is published, or given, what *day* is.
        """
        if school_year(day) in self._given_years:
            return True
        known = FIRST_KNOWN_DAY <= day <= LAST_KNOWN_DAY
        return known and self.zone is not None

    def days_off(
        self, first_day: dt.date, last_day: dt.date
    ) -> tuple[SchoolHolidays, ...]:
        """
        The holidays that have a day from *first_day* to *last_day*
        (included), in order.
        """
        published = (
            ()
            if self.zone is None
            else school_holidays(self.zone, first_day, last_day)
        )
        holidays = [
            *(
                one
                for one in published
                if one.school_year not in self._given_years
            ),
            *(
                one
                for one in self.given
                if one.first_day <= last_day and first_day <= one.last_day
            ),
        ]
        return tuple(sorted(holidays, key=lambda one: one.first_day))

    @property
    def _given_years(self) -> frozenset[int]:
        return frozenset(one.school_year for one in self.given)
