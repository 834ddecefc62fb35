"""
From a deadline and a day to a moment.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import assert_never

from attrs import frozen

from portail_core.domain.calendars import Calendar
from portail_core.domain.days import PARIS, at_paris, day_of
from portail_core.domain.extended import KindBroken, answer_of
from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName
from portail_core.domain.refusals import Refused

from ._cases import NoDeadline
from ._options import (
    CountedFrom,
    DeadlineKind,
    IfClosed,
    LastInstant,
    Options,
)
from ._shapes import (
    DAYS_A_WEEK,
    END_OF_DAY,
    BusinessDaysBefore,
    ByWeekday,
    ClearDaysBefore,
    Counted,
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
)

MONTHS_A_YEAR = 12
AN_INSTANT = dt.timedelta(microseconds=1)
_A_DAY = dt.timedelta(days=1)


@frozen(kw_only=True)
class Cutoff:
    """
    Where a deadline falls for one day, and why.

    Attributes:
        moment: As the règlement says it, UTC.

        last_instant: Whether that very moment is in time.

        rule: The label of the shape that answered.
    """

    moment: dt.datetime
    last_instant: LastInstant
    rule: str

    @property
    def last(self) -> dt.datetime:
        """
        The last moment in time, UTC.
        """
        if self.last_instant is LastInstant.IN:
            return self.moment
        return self.moment - AN_INSTANT


def moment_of(
    deadline: Deadline, day: dt.date, calendar: Calendar
) -> dt.datetime:
    """
    The last moment in time for *day*, in UTC.

    Args:
        deadline: Any shape.

        day: The one booked, changed or cancelled.

        calendar: Of its period: opening days, public and school holidays.

    Raises:
        Refused: As `cutoff_of`.
    """
    return cutoff_of(deadline, day, calendar).last


def is_late(
    deadline: Deadline, day: dt.date, at: dt.datetime, calendar: Calendar
) -> bool:
    """
    Whether *at* is past the deadline for *day*.

    Raises:
        Refused: As `cutoff_of`.
    """
    return at > moment_of(deadline, day, calendar)


def cutoff_of(deadline: Deadline, day: dt.date, calendar: Calendar) -> Cutoff:
    """
    Where *deadline* falls for *day*, never after the day itself.

    Raises:
        Refused: `NoDeadline` for a weekday that a table leaves out;
            `FactMissing` if it is counted from the school holidays, and
            nobody knows when there is school.
        KindBroken: If a plugin's deadline breaks its promise.
    """
    found = _cutoff(deadline, day, calendar)
    end = at_paris(day, END_OF_DAY)
    if found.moment <= end:
        return found
    return Cutoff(
        moment=end,
        last_instant=LastInstant.IN,
        rule="deadline.never-after",
    )


def _cutoff(deadline: Deadline, day: dt.date, calendar: Calendar) -> Cutoff:
    match deadline:
        case ByWeekday():
            row = deadline.row(day)
            if row is None:
                raise Refused(NoDeadline(day))
            return _cutoff(row, day, calendar)
        case InHolidayWeeks():
            return _cutoff(_of_week(deadline, day, calendar), day, calendar)
        case Earliest(deadlines=several):
            return min(
                (cutoff_of(one, day, calendar) for one in several),
                key=lambda found: found.last,
            )
        case FixedMoment(moment=moment, last_instant=last_instant):
            return Cutoff(
                moment=moment,
                last_instant=last_instant,
                rule="deadline.fixed-moment",
            )
        case DeadlineKind():
            moment = _by_kind(deadline, day, calendar)
            return _as_said(deadline, moment, calendar, "deadline.kind")
        case _:
            moment = _counted(deadline, day, calendar)
            rule = _RULES[type(deadline)]
            return _as_said(deadline, moment, calendar, rule)


def _as_said(
    options: Options, moment: dt.datetime, calendar: Calendar, rule: str
) -> Cutoff:
    return Cutoff(
        moment=_moved(moment, options.if_closed, calendar),
        last_instant=options.last_instant,
        rule=rule,
    )


_RULES: Mapping[type, str] = {
    DaysBefore: "deadline.days-before",
    HoursBefore: "deadline.hours-before",
    BusinessDaysBefore: "deadline.business-days-before",
    ClearDaysBefore: "deadline.clear-days-before",
    WeekdayBefore: "deadline.weekday-before",
    WeekdayOfWeekBefore: "deadline.weekday-of-week-before",
    OpeningDaysBefore: "deadline.opening-days-before",
    DayOfPreviousMonth: "deadline.day-of-previous-month",
    WeekdayOfPreviousMonth: "deadline.weekday-of-previous-month",
}


def _of_week(
    deadline: InHolidayWeeks, day: dt.date, calendar: Calendar
) -> Deadline:
    monday = _monday(day)
    has_holiday = any(
        calendar.is_public_holiday(monday + weekday * _A_DAY)
        for weekday in deadline.weekdays
    )
    then = deadline.then
    is_left_out = isinstance(then, ByWeekday) and then.row(day) is None
    return then if has_holiday and not is_left_out else deadline.usual


def _counted(
    deadline: Counted, day: dt.date, calendar: Calendar
) -> dt.datetime:
    start = min(day, _start(deadline.counted_from, day, calendar))
    if isinstance(deadline, HoursBefore):
        elapsed = dt.timedelta(hours=deadline.hours)
        return at_paris(start, deadline.starts_at) - elapsed
    return at_paris(_day(deadline, start, calendar), deadline.at)


def _by_kind(
    kind: DeadlineKind, day: dt.date, calendar: Calendar
) -> dt.datetime:
    start = min(day, _start(kind.counted_from, day, calendar))
    moment: object = answer_of(kind, lambda: kind.moment(start, calendar))
    if not (isinstance(moment, dt.datetime) and moment.tzinfo is dt.UTC):
        told = f"answers {moment!r} for {start}, where a moment is in UTC"
        raise KindBroken(kind, told)
    if moment > at_paris(start, END_OF_DAY):
        told = f"answers {moment} for {start}: a deadline is never after it"
        raise KindBroken(kind, told)
    return moment


def _start(
    counted_from: CountedFrom, day: dt.date, calendar: Calendar
) -> dt.date:
    match counted_from:
        case CountedFrom.DAY:
            return day
        case CountedFrom.WEEK:
            return _monday(day)
        case CountedFrom.MONTH:
            return day.replace(day=1)
        case CountedFrom.PERIOD:
            return calendar.first_day
        case CountedFrom.FIRST_OPENING_DAY:
            return next(iter(calendar.open_days), calendar.first_day)
        case CountedFrom.SCHOOL_HOLIDAYS:
            if calendar.school_holidays is None:
                raise Refused(FactMissing(FactName("season")))
            return next(
                (
                    holidays.first_day
                    for holidays in calendar.school_holidays
                    if day in holidays
                ),
                day,
            )
        case _:
            assert_never(counted_from)


def _day(
    deadline: DaysBefore
    | BusinessDaysBefore
    | ClearDaysBefore
    | WeekdayBefore
    | WeekdayOfWeekBefore
    | OpeningDaysBefore
    | DayOfPreviousMonth
    | WeekdayOfPreviousMonth,
    day: dt.date,
    calendar: Calendar,
) -> dt.date:
    match deadline:
        case DaysBefore(days=days):
            return day - days * _A_DAY
        case ClearDaysBefore(days=days):
            return day - (days + 1) * _A_DAY
        case BusinessDaysBefore(days=days):
            return _back(day, days, _business(deadline, calendar))
        case OpeningDaysBefore(days=days):
            return _back(day, days, _opening(calendar))
        case WeekdayBefore(weekday=weekday, weeks=weeks):
            back = (day.weekday() - weekday) % DAYS_A_WEEK or DAYS_A_WEEK
            return day - (back + DAYS_A_WEEK * (weeks - 1)) * _A_DAY
        case WeekdayOfWeekBefore(weekday=weekday, weeks=weeks):
            return _monday(day) + (weekday - DAYS_A_WEEK * weeks) * _A_DAY
        case DayOfPreviousMonth(day=number, months=months):
            first, length = _month_before(day, months)
            return first.replace(day=min(number, length))
        case WeekdayOfPreviousMonth(weekday=weekday, months=months):
            first, length = _month_before(day, months)
            to_first = (weekday - first.weekday()) % DAYS_A_WEEK
            number = 1 + to_first + DAYS_A_WEEK * (deadline.nth - 1)
            if number > length:
                number -= DAYS_A_WEEK
            return first.replace(day=number)
        case _:
            assert_never(deadline)


def _monday(day: dt.date) -> dt.date:
    return day - day.weekday() * _A_DAY


def _month_before(day: dt.date, months: int) -> tuple[dt.date, int]:
    """
    The first day of a month before that of *day*, and how many days it has.
    """
    number = day.year * MONTHS_A_YEAR + day.month - 1 - months
    year, month = divmod(number, MONTHS_A_YEAR)
    first = dt.date(year, month + 1, 1)
    return first, monthrange(year, month + 1)[1]


# Which days count ------------------------------------------------------------


def _back(
    day: dt.date, count: int, counts: Callable[[dt.date], bool]
) -> dt.date:
    while count:
        day -= _A_DAY
        if counts(day):
            count -= 1
    return day


def _business(
    deadline: BusinessDaysBefore, calendar: Calendar
) -> Callable[[dt.date], bool]:
    if deadline.public_holidays is OnHolidays.COUNTED:
        return lambda day: day.weekday() < deadline.week.value
    return _worked(deadline.week, calendar)


def _worked(week: WorkWeek, calendar: Calendar) -> Callable[[dt.date], bool]:
    return lambda day: (
        day.weekday() < week.value and not calendar.is_public_holiday(day)
    )


def _opening(calendar: Calendar) -> Callable[[dt.date], bool]:
    weekdays = {day.weekday() for day in calendar.open_days}
    if not weekdays:
        return _worked(WorkWeek.MONDAY_TO_FRIDAY, calendar)

    def is_open(day: dt.date) -> bool:
        if day >= calendar.first_day:
            return calendar.is_open(day)
        return day.weekday() in weekdays and not calendar.is_public_holiday(
            day
        )

    return is_open


def _moved(
    moment: dt.datetime, if_closed: IfClosed, calendar: Calendar
) -> dt.datetime:
    day = day_of(moment)
    worked = _worked(WorkWeek.MONDAY_TO_FRIDAY, calendar)
    match if_closed:
        case IfClosed.STAYS:
            return moment
        case IfClosed.PREVIOUS_BUSINESS_DAY:
            moved = _nearest(day, -_A_DAY, worked)
        case IfClosed.NEXT_BUSINESS_DAY:
            moved = _nearest(day, _A_DAY, worked)
        case IfClosed.PREVIOUS_OPENING_DAY:
            moved = _nearest(day, -_A_DAY, _opening(calendar))
        case _:
            assert_never(if_closed)
    if moved == day:
        return moment
    return at_paris(moved, moment.astimezone(PARIS).time())


def _nearest(
    day: dt.date, step: dt.timedelta, counts: Callable[[dt.date], bool]
) -> dt.date:
    while not counts(day):
        day += step
    return day
