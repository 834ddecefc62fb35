"""
Rhythms: how many days of a week or a month a child comes to an accueil.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from attrs import field, frozen, validators

from .calendars import Calendar, Opening
from .checks import not_negative, positive, whole_number
from .deadlines import DAYS_A_WEEK

WORKING_DAYS = 5

_LEAST = validators.optional((whole_number, not_negative))
_MOST = validators.optional((whole_number, positive))


@frozen(kw_only=True)
class Rhythm:
    """
    Days of one child at one accueil, each counted once.

    Attributes:
        week_least: From Monday to Sunday; `None` for any number.

        week_least_with_public_holiday: In a week that loses a day from Monday
            to Friday to a public holiday; as any other week if `None`.

        week_most: The same; `None` for any number.

        month_most: Of a month of the calendar; `None` for any number.
    """

    week_least: int | None = field(default=None, validator=_LEAST)
    week_least_with_public_holiday: int | None = field(
        default=None, validator=_LEAST
    )
    week_most: int | None = field(default=None, validator=_MOST)
    month_most: int | None = field(default=None, validator=_MOST)

    def __attrs_post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise ValueError(*faults)

    def _faults(self) -> list[str]:
        faults = []
        least, most = self.week_least, self.week_most
        lower = self.week_least_with_public_holiday
        if least is None and most is None and self.month_most is None:
            faults.append("no number of days is written")
        if least is not None and max(least, 1) > (most or DAYS_A_WEEK):
            faults.append(
                f"{least} days a week at least, and {most or DAYS_A_WEEK} "
                "at the most"
            )
        if lower is not None and lower > (least or 0):
            faults.append(
                f"{lower} days at least in a week with a public holiday, and "
                f"{least or 0} in the others"
            )
        return faults

    def least(self, monday: dt.date, calendar: Calendar) -> int:
        """
        The fewest days of the week of *monday*: no more than *calendar* is
        open in it, so that a week that is cut short can be booked.
        """
        days = week_of(monday)
        asked = self.week_least or 0
        lower = self.week_least_with_public_holiday
        if lower is not None and any(
            calendar.opening(day) is not Opening.OPEN
            for day in days[:WORKING_DAYS]
            if day in calendar.public_holidays
        ):
            asked = lower
        opened = sum(calendar.opening(day) is Opening.OPEN for day in days)
        return min(asked, opened)


def monday_of(day: dt.date) -> dt.date:
    """
    The first day of the week of *day*.
    """
    return dt.date.fromordinal(day.toordinal() - day.weekday())


def week_of(day: dt.date) -> tuple[dt.date, ...]:
    """
    From Monday to Sunday, as far as there are dates.
    """
    first = monday_of(day).toordinal()
    last = min(first + DAYS_A_WEEK, dt.date.max.toordinal() + 1)
    return tuple(map(dt.date.fromordinal, range(first, last)))


def month_of(day: dt.date) -> tuple[dt.date, ...]:
    """
    From the first to the last day of the month of *day*.
    """
    _, days = monthrange(day.year, day.month)
    return tuple(day.replace(day=number) for number in range(1, days + 1))
