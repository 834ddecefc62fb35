"""
Days in a row, and how long an absence has lasted.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import assert_never

from attrs import frozen

from portail_core.domain.calendars import Calendar

from ._policy import Counted, FirstDay, InARow, Waiting


@frozen(kw_only=True)
class Rows:
    """
    Cancelled days, among those that the period opens and the child booked.

    Attributes:
        cancelled: Ascending.

        booked: Those that the child has, or had, cancelled ones included;
            ascending.
    """

    cancelled: tuple[dt.date, ...]
    booked: tuple[dt.date, ...]
    calendar: Calendar

    def is_long_enough(self, day: dt.date, in_a_row: InARow) -> bool:
        """
        Whether the row of cancelled days that holds *day* has its length.
        """
        breaking = (
            self.booked
            if in_a_row.counted is Counted.BOOKED
            else self.calendar.open_days
        )
        first, last = self._row(day, breaking)
        count = self._count(in_a_row.counted, first, last)
        return count >= in_a_row.days

    def is_waiting(self, day: dt.date, waiting: Waiting) -> bool:
        """
        Whether *day* is one of the first days of the child's absence.
        """
        first, _ = self._row(day, self.booked)
        before = self._count(
            waiting.counted, first, day - dt.timedelta(days=1)
        )
        excluded = waiting.first_day is FirstDay.EXCLUDED
        return before < waiting.days + excluded

    def _row(
        self, day: dt.date, breaking: Sequence[dt.date]
    ) -> tuple[dt.date, dt.date]:
        between = sorted(set(breaking) - set(self.cancelled))
        first = last = None
        for earlier, later in pairwise(self.cancelled):
            if bisect_left(between, earlier) == bisect_left(between, later):
                continue
            if later <= day:
                first = later
            elif last is None:
                last = earlier
        return first or self.cancelled[0], last or self.cancelled[-1]

    def _count(self, counted: Counted, first: dt.date, last: dt.date) -> int:
        match counted:
            case Counted.CALENDAR:
                return (last - first).days + 1
            case Counted.OPENING:
                return _between(self.calendar.open_days, first, last)
            case Counted.BOOKED:
                return _between(self.booked, first, last)
            case _:
                assert_never(counted)


def _between(days: Sequence[dt.date], first: dt.date, last: dt.date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)
