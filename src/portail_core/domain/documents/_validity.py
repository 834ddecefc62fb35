"""
How long an accepted document is good.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TypeAlias

from attrs import field, frozen

from portail_core.domain.checks import positive, whole_number

MONTHS = 12
A_DAY = dt.timedelta(days=1)


@frozen
class ForGood:
    """
    Without an end.
    """

    def last_day(self, first_day: dt.date) -> None:
        """
        None.
        """
        del first_day


@frozen
class ForMonths:
    """
    So many months, from its first day on: an insurance, a certificate.
    """

    months: int = field(validator=[whole_number, positive])

    def last_day(self, first_day: dt.date) -> dt.date:
        """
        The eve of the same day so many months later, or the end of a month
        that has no such day.

        >>> ForMonths(12).last_day(dt.date(2026, 5, 13))
        datetime.date(2027, 5, 12)
        >>> ForMonths(1).last_day(dt.date(2027, 1, 31))
        datetime.date(2027, 2, 28)
        """
        years, month = divmod(first_day.month - 1 + self.months, MONTHS)
        year = first_day.year + years
        if year > dt.MAXYEAR:
            return dt.date.max
        days = monthrange(year, month + 1)[1]
        if first_day.day > days:
            return dt.date(year, month + 1, days)
        return first_day.replace(year=year, month=month + 1) - A_DAY


@frozen(kw_only=True)
class UntilDay:
    """
    Until a day of the year, included: the end of the school year.

    A day that some years do not have would make a document end on another:
    29 February is none.
    """

    month: int = field(validator=whole_number)
    day: int = field(validator=whole_number)

    def __attrs_post_init__(self) -> None:
        try:
            self._of(2027)
        except ValueError:
            msg = f"{self.month:02}-{self.day:02} is not a day of every year"
            raise ValueError(msg) from None

    def last_day(self, first_day: dt.date) -> dt.date:
        """
        The next such day; *first_day* itself, if it is one.

        >>> UntilDay(month=8, day=31).last_day(dt.date(2026, 9, 1))
        datetime.date(2027, 8, 31)
        """
        same_year = self._of(first_day.year)
        if first_day <= same_year:
            return same_year
        if first_day.year == dt.MAXYEAR:
            return dt.date.max
        return self._of(first_day.year + 1)

    def _of(self, year: int) -> dt.date:
        return dt.date(year, self.month, self.day)


Validity: TypeAlias = ForGood | ForMonths | UntilDay
