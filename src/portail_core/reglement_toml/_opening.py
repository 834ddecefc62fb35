"""
The days on which a period is open, from what the file says of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from portail_core.calendars_fr import (
    LAST_KNOWN_DAY,
    SchoolCalendar,
    SchoolHolidays,
    bridge_days,
    weekly,
)
from portail_core.wire import Fault, Unreadable

from ._calendar import OnHolidays, PeriodFile, Weeks


@frozen(kw_only=True)
class Around:
    """
    What holds for every period of a règlement.

    Attributes:
        holidays: Public holidays, from a year before the period's first day
            to the Sunday after its last, or more.

        school: When there is school.
    """

    holidays: tuple[dt.date, ...]
    school: SchoolCalendar


def open_days(period: PeriodFile, around: Around) -> tuple[dt.date, ...]:
    """
    The days on which *period* is open, ascending.

    Those of its weekdays and of its recurrence, in the weeks that it is open;
    its dates; less what is closed; and whatever is opened all the same.

    Raises:
        Unreadable: With every fault, and its path within the period.
    """
    coming_back = _coming_back(period)
    faults = [
        *_no_way(period),
        *_of_recurrence(period),
        *_of_weeks(period, around.school, coming_back),
        *_of_dates(period, around),
    ]
    days = sorted(
        {
            *(
                day
                for day in _in_weeks(period, around.school, coming_back)
                if why_closed(day, period, around) is None
            ),
            *period.dates,
            *period.opened,
        }
    )
    if not days and not faults:
        msg = f"« {period.label} » has no open day: look at weekdays, closed"
        faults.append(Fault("", msg))
    if faults:
        raise Unreadable(*faults)
    return tuple(days)


def why_closed(day: dt.date, period: PeriodFile, around: Around) -> str | None:
    """
    What closes a day of *period*, in a few words; `None` if nothing does.
    """
    for closed in period.closed:
        if day in closed:
            return f"closed from {closed.first_day} to {closed.last_day}"
    if day in around.holidays:
        closed_then = period.public_holidays is OnHolidays.CLOSED
        return "a public holiday" if closed_then else None
    if period.bridge_days is OnHolidays.CLOSED and day in bridge_days(
        around.holidays
    ):
        return "a bridge day"
    return None


def why_open(day: dt.date, period: PeriodFile, around: Around) -> str:
    """
    What opens a day of *period* that nothing closes, or why nothing does.
    """
    if day in period.dates:
        return "one of its dates"
    if day not in _coming_back(period):
        return "none of its weekdays or dates"
    if not _in_weeks(period, around.school, [day]):
        return f"its weeks are those of {period.weeks.value}"
    if day.weekday() in {weekday.number for weekday in period.weekdays}:
        return "one of its weekdays"
    return "by its rrule"


def _coming_back(period: PeriodFile) -> list[dt.date]:
    weekdays = (weekday.number for weekday in period.weekdays)
    return sorted(
        {
            *weekly(period.first_day, period.last_day, weekdays),
            *_of_rrule(period),
        }
    )


def _of_rrule(period: PeriodFile) -> tuple[dt.date, ...]:
    if period.rrule is None:
        return ()
    return period.rrule.days(period.first_day, period.last_day)


def _in_weeks(
    period: PeriodFile, school: SchoolCalendar, days: list[dt.date]
) -> list[dt.date]:
    if period.weeks is Weeks.ALL:
        return days
    off = school.days_off(period.first_day, period.last_day)
    in_holidays = period.weeks is Weeks.SCHOOL_HOLIDAYS
    return [day for day in days if _is_off(day, off) is in_holidays]


def _is_off(day: dt.date, holidays: tuple[SchoolHolidays, ...]) -> bool:
    return any(day in one for one in holidays)


def _no_way(period: PeriodFile) -> Iterator[Fault]:
    if not (period.weekdays or period.dates or period.opened or period.rrule):
        msg = (
            f"« {period.label} » opens in no way: write weekdays, dates, "
            "rrule or opened"
        )
        yield Fault("", msg)


def _of_recurrence(period: PeriodFile) -> Iterator[Fault]:
    if period.rrule is not None and not _of_rrule(period):
        msg = f"has no day from {period.first_day} to {period.last_day}"
        yield Fault("rrule", msg)


def _of_weeks(
    period: PeriodFile, school: SchoolCalendar, days: list[dt.date]
) -> Iterator[Fault]:
    if period.weeks is Weeks.ALL:
        return
    unknown = [day for day in days if not school.knows(day)]
    if not unknown:
        return
    if school.zone is None:
        msg = (
            "the school holidays here are of no zone: write them as "
            "[[school_holidays]], or the zone as operator.school_zone"
        )
    else:
        msg = (
            f"the school holidays of {unknown[0]} are not known: those "
            f"published end on {LAST_KNOWN_DAY}; write the others as "
            "[[school_holidays]]"
        )
    yield Fault("weeks", msg)


def _of_dates(period: PeriodFile, around: Around) -> Iterator[Fault]:
    for key, days in (("dates", period.dates), ("opened", period.opened)):
        for rank, day in enumerate(days):
            if day not in period:
                msg = (
                    f"{day} is not within {period.first_day} to "
                    f"{period.last_day}"
                )
                yield Fault(f"{key}[{rank}]", msg)
    for rank, day in enumerate(period.dates):
        why = why_closed(day, period, around)
        if why is not None and day not in period.opened:
            msg = (
                f"{day} is {why}: to open it all the same, write it in opened"
            )
            yield Fault(f"dates[{rank}]", msg)
