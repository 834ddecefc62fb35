"""
Deadlines, as written: a leading key says which shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NewType

from attrs import field, fields, frozen

from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import (
    END_OF_DAY,
    BusinessDaysBefore,
    ByWeekday,
    Case,
    ClearDaysBefore,
    CountedFrom,
    DayOfPreviousMonth,
    DaysBefore,
    Deadline,
    Deadlines,
    Earliest,
    FixedMoment,
    HoursBefore,
    IfClosed,
    InHolidayWeeks,
    LastInstant,
    OnHolidays,
    OpeningDaysBefore,
    WeekdayBefore,
    WeekdayOfPreviousMonth,
    WeekdayOfWeekBefore,
    WorkWeek,
)
from portail_core.domain.kinds import Kind
from portail_core.wire import Shape

from ._added import Place, added, made, needs
from ._bounds import at_most
from ._calendar import Weekday
from ._says import says

MOST_DAYS_BEFORE = 366
MOST_HOURS_BEFORE = 366 * 24
MOST_WEEKS_BEFORE = 53
MOST_MONTHS_BEFORE = 12
# Public holidays are known for a year before a period, no further.
MOST_COUNTED_DAYS = 120

Hour = NewType("Hour", dt.time)
"""An hour of the clock in Paris, or the end of the day."""


@frozen(kw_only=True)
class DeadlineFile:
    """
    A deadline: one leading key, and what goes with it.

    The leading keys are days_before, hours_before, business_days_before,
    working_days_before, clear_days_before, weekday_before,
    weekday_of_week_before, opening_days_before, day_of_previous_month,
    weekday_of_previous_month, moment, by_weekday and earliest.
    """

    days_before: int | None = field(
        default=None,
        metadata=says(
            "Civil days before, 0 to 366; 0 is the day itself. With at.",
            example="2",
        ),
    )
    hours_before: int | None = field(
        default=None,
        metadata=says(
            "Hours before the day begins, as time passes, 0 to 8784. With "
            "starts_at.",
            example="48",
        ),
    )
    business_days_before: int | None = field(
        default=None,
        metadata=says(
            "« Jours ouvrés » before, Monday to Friday but public holidays, "
            "0 to 120. With at.",
            example="2",
        ),
    )
    working_days_before: int | None = field(
        default=None,
        metadata=says(
            "« Jours ouvrables » before, Monday to Saturday but public "
            "holidays, 0 to 120. With at.",
            example="2",
        ),
    )
    clear_days_before: int | None = field(
        default=None,
        metadata=says(
            "« Jours francs » before: whole civil days between, neither the "
            "day of notice nor the day itself counts, 0 to 365. With at.",
            example="15",
        ),
    )
    weekday_before: Weekday | None = field(
        default=None,
        metadata=says(
            "The nearest such weekday strictly before the day, or as many "
            "weeks earlier as weeks says. With at.",
            example='"thursday"',
        ),
    )
    weekday_of_week_before: Weekday | None = field(
        default=None,
        metadata=says(
            "This weekday of the week before that of the day, or of the week "
            "that weeks says; weeks begin on Mondays. With at.",
            example='"wednesday"',
        ),
    )
    opening_days_before: int | None = field(
        default=None,
        metadata=says(
            "Opening days of the period before, 1 to 120; before its first "
            "day, its weekdays that are no public holidays. With at.",
            example="1",
        ),
    )
    day_of_previous_month: int | None = field(
        default=None,
        metadata=says(
            "This day of the month before that of the day, 1 to 31, or the "
            "last of a shorter month. With at.",
            example="20",
        ),
    )
    weekday_of_previous_month: Weekday | None = field(
        default=None,
        metadata=says(
            "This weekday of the month before that of the day. With nth and "
            "at.",
            example='"friday"',
        ),
    )
    moment: dt.datetime | None = field(
        default=None,
        metadata=says(
            "The same moment for every day, Paris.",
            example="2025-09-24T23:59:00",
        ),
    )
    by_weekday: Mapping[Weekday, Deadline] | None = field(
        default=None,
        metadata=says(
            "A deadline for each weekday of the day; one that is not there "
            "has none, and is refused.",
            example='{ monday = { weekday_before = "thursday", at = 15:00:00 '
            "} }",
        ),
    )
    earliest: tuple[Deadline, ...] | None = field(
        default=None,
        metadata=says(
            "The earliest of several deadlines.",
            example="[{ days_before = 2, at = 12:00:00 }, "
            "{ moment = 2025-09-24T23:59:00 }]",
        ),
    )
    at: Hour | None = field(
        default=None,
        metadata=says(
            'Hour of the clock in Paris, or "end-of-day" for all of that '
            "day; 00:00:00 is its first instant.",
            example="12:00:00",
        ),
    )
    starts_at: dt.time | None = field(
        default=None,
        metadata=says(
            "When the day begins, Paris, for hours_before.",
            example="07:30:00",
        ),
    )
    weeks: int | None = field(
        default=None,
        metadata=says(
            "How many weeks before, 1 unless written; 0 with "
            "weekday_of_week_before is the week of the day.",
            example="2",
        ),
    )
    months: int | None = field(
        default=None,
        metadata=says(
            "How many months before, 1 to 12; 1 unless written.", example="1"
        ),
    )
    nth: int | None = field(
        default=None,
        metadata=says(
            "Which of the month, 1 to 5; 5 is the last.", example="5"
        ),
    )
    public_holidays: OnHolidays | None = field(
        default=None,
        metadata=says(
            "Whether public holidays count among business or working days: "
            '"skipped" unless written, or "counted".',
            example='"counted"',
        ),
    )
    counted_from: CountedFrom | None = field(
        default=None,
        metadata=says(
            'What it is counted back from: the "day" unless written; the '
            'Monday of its "week"; the 1st of its "month"; the first day of '
            'its "school-holidays", of the "period", or the '
            '"first-opening-day" of the period.',
            example='"period"',
        ),
    )
    if_closed: IfClosed | None = field(
        default=None,
        metadata=says(
            "Where it goes from a Saturday, a Sunday or a public holiday: it "
            '"stays" unless written; "previous-business-day", '
            '"next-business-day" (never after the day), or, from any day '
            'that is closed, "previous-opening-day".',
            example='"previous-business-day"',
        ),
    )
    last_instant: LastInstant | None = field(
        default=None,
        metadata=says(
            'Whether the very instant is still in time: "in" unless written, '
            'or "out".',
            example='"out"',
        ),
    )
    in_weeks_with_public_holiday: Deadline | None = field(
        default=None,
        metadata=says(
            "The deadline in the place of this one for days of a week that "
            "has a public holiday; a weekday that its table leaves out is as "
            "usual.",
            example='{ weekday_of_week_before = "wednesday", at = 15:00:00 }',
        ),
    )
    public_holiday_on: tuple[Weekday, ...] | None = field(
        default=None,
        metadata=says(
            "The weekdays on which a public holiday makes it such a week: "
            "Monday to Friday unless written.",
            example='["monday"]',
        ),
    )


@frozen(kw_only=True)
class CaseFile(DeadlineFile):
    """
    A deadline of several, and the child-days that it is for.
    """

    when: When = field(
        default=ALWAYS,
        metadata=says(
            "The child-days that it is for; all that are left unless written.",
            example='{ season = "school-holidays" }',
        ),
    )


@frozen(kw_only=True)
class DeadlinesFile:
    """
    The deadline to book or to change, from a day on: `deadline`, or
    `deadlines` of which the first that holds answers.
    """

    since: dt.date = field(
        metadata=says("First day that it is for.", example="2025-09-01")
    )
    source: str = field(
        metadata=says(
            "As one would cite it.", example='"délibération n° 2025-34"'
        )
    )
    deadline: Deadline | None = field(
        default=None,
        metadata=says(
            "The same for every child-day.",
            example="{ days_before = 2, at = 12:00:00 }",
        ),
    )
    deadlines: tuple[Case, ...] | None = field(
        default=None,
        metadata=says(
            "Several in order, the last without when.",
            example='[{ when = { season = "school-holidays" }, '
            "clear_days_before = 15, "
            'counted_from = "school-holidays", at = "end-of-day" }, '
            "{ hours_before = 72, starts_at = 07:30:00 }]",
        ),
    )


def _hour(value: object) -> dt.time:
    if value == "end-of-day":
        return END_OF_DAY
    if type(value) is not dt.time:
        msg = (
            f"{value!r} is not an hour, write it without quotes: 12:00:00; "
            'or "end-of-day" for midnight at the end of that day, and '
            "00:00:00 for midnight at its beginning"
        )
        raise TypeError(msg)
    return value


def _days(file: DeadlineFile) -> Deadline:
    days = _number(file.days_before, MOST_DAYS_BEFORE, "days_before")
    return DaysBefore(days=days, at=_at(file), **_options(file))


def _hours(file: DeadlineFile) -> Deadline:
    hours = _number(file.hours_before, MOST_HOURS_BEFORE, "hours_before")
    assert file.starts_at is not None, "it is needed"
    return HoursBefore(hours=hours, starts_at=file.starts_at, **_options(file))


def _business_days(file: DeadlineFile) -> Deadline:
    days = _number(
        file.business_days_before, MOST_COUNTED_DAYS, "business_days_before"
    )
    return BusinessDaysBefore(
        days=days,
        at=_at(file),
        week=WorkWeek.MONDAY_TO_FRIDAY,
        public_holidays=file.public_holidays or OnHolidays.SKIPPED,
        **_options(file),
    )


def _working_days(file: DeadlineFile) -> Deadline:
    days = _number(
        file.working_days_before, MOST_COUNTED_DAYS, "working_days_before"
    )
    return BusinessDaysBefore(
        days=days,
        at=_at(file),
        week=WorkWeek.MONDAY_TO_SATURDAY,
        public_holidays=file.public_holidays or OnHolidays.SKIPPED,
        **_options(file),
    )


def _clear_days(file: DeadlineFile) -> Deadline:
    days = _number(
        file.clear_days_before, MOST_DAYS_BEFORE - 1, "clear_days_before"
    )
    return ClearDaysBefore(days=days, at=_at(file), **_options(file))


def _weekday_before(file: DeadlineFile) -> Deadline:
    assert file.weekday_before is not None, "it leads"
    return WeekdayBefore(
        weekday=file.weekday_before.number,
        weeks=_weeks(file),
        at=_at(file),
        **_options(file),
    )


def _weekday_of_week(file: DeadlineFile) -> Deadline:
    assert file.weekday_of_week_before is not None, "it leads"
    return WeekdayOfWeekBefore(
        weekday=file.weekday_of_week_before.number,
        weeks=_weeks(file),
        at=_at(file),
        **_options(file),
    )


def _opening_days(file: DeadlineFile) -> Deadline:
    days = _number(
        file.opening_days_before, MOST_COUNTED_DAYS, "opening_days_before"
    )
    return OpeningDaysBefore(days=days, at=_at(file), **_options(file))


def _day_of_month(file: DeadlineFile) -> Deadline:
    assert file.day_of_previous_month is not None, "it leads"
    return DayOfPreviousMonth(
        day=file.day_of_previous_month,
        months=_months(file),
        at=_at(file),
        **_options(file),
    )


def _weekday_of_month(file: DeadlineFile) -> Deadline:
    assert file.weekday_of_previous_month is not None, "it leads"
    assert file.nth is not None, "it is needed"
    return WeekdayOfPreviousMonth(
        weekday=file.weekday_of_previous_month.number,
        nth=file.nth,
        months=_months(file),
        at=_at(file),
        **_options(file),
    )


def _fixed(file: DeadlineFile) -> Deadline:
    assert file.moment is not None, "it leads"
    return FixedMoment(
        moment=file.moment, last_instant=file.last_instant or LastInstant.IN
    )


def _table(file: DeadlineFile) -> Deadline:
    table = file.by_weekday or {}
    return ByWeekday(deadlines={day.value: row for day, row in table.items()})


def _earliest(file: DeadlineFile) -> Deadline:
    return Earliest(deadlines=file.earliest or ())


def _number(count: int | None, most: int, name: str) -> int:
    assert count is not None, "it leads"
    at_most(most, **{name: count})
    return count


def _at(file: DeadlineFile) -> dt.time:
    assert file.at is not None, "it is needed"
    return file.at


def _weeks(file: DeadlineFile) -> int:
    weeks = 1 if file.weeks is None else file.weeks
    at_most(MOST_WEEKS_BEFORE, weeks=weeks)
    return weeks


def _months(file: DeadlineFile) -> int:
    months = 1 if file.months is None else file.months
    at_most(MOST_MONTHS_BEFORE, months=months)
    return months


def _options(file: DeadlineFile) -> Mapping[str, Any]:
    return {
        key: getattr(file, key)
        for key in _OPTIONS
        if getattr(file, key) is not None
    }


_OPTIONS = ("counted_from", "if_closed", "last_instant")
_WEEKS = ("in_weeks_with_public_holiday", "public_holiday_on")


@frozen
class _Form:
    """
    How a leading key is written: what it needs, what else it may have.
    """

    needs: tuple[str, ...]
    may_have: tuple[str, ...]
    read: Callable[[DeadlineFile], Deadline]


_FORMS: Mapping[str, _Form] = {
    "days_before": _Form(("at",), _OPTIONS, _days),
    "hours_before": _Form(("starts_at",), _OPTIONS, _hours),
    "business_days_before": _Form(
        ("at",), ("public_holidays", *_OPTIONS), _business_days
    ),
    "working_days_before": _Form(
        ("at",), ("public_holidays", *_OPTIONS), _working_days
    ),
    "clear_days_before": _Form(("at",), _OPTIONS, _clear_days),
    "weekday_before": _Form(("at",), ("weeks", *_OPTIONS), _weekday_before),
    "weekday_of_week_before": _Form(
        ("at",), ("weeks", *_OPTIONS), _weekday_of_week
    ),
    "opening_days_before": _Form(("at",), _OPTIONS, _opening_days),
    "day_of_previous_month": _Form(
        ("at",), ("months", *_OPTIONS), _day_of_month
    ),
    "weekday_of_previous_month": _Form(
        ("nth", "at"), ("months", *_OPTIONS), _weekday_of_month
    ),
    "moment": _Form((), ("last_instant",), _fixed),
    "by_weekday": _Form((), (), _table),
    "earliest": _Form((), (), _earliest),
}


def deadline(file: DeadlineFile) -> Deadline:
    """
    The deadline that is written.

    Raises:
        ValueError: Saying which keys go together.
    """
    written = [
        key.name
        for key in fields(type(file))
        if key.name != "when" and getattr(file, key.name) is not None
    ]
    usual = _form(written, _forms(file)).read(file)
    then = file.in_weeks_with_public_holiday
    if then is None:
        if file.public_holiday_on is not None:
            msg = (
                "public_holiday_on goes with in_weeks_with_public_holiday: "
                "write the deadline of such weeks"
            )
            raise ValueError(msg)
        return usual
    weekdays = file.public_holiday_on
    return InHolidayWeeks(
        usual=usual,
        then=then,
        weekdays=tuple(range(WorkWeek.MONDAY_TO_FRIDAY.value))
        if weekdays is None
        else tuple(day.number for day in weekdays),
    )


def _forms(file: DeadlineFile) -> Mapping[str, _Form]:
    return {**_FORMS, **{kind.key: _added(kind) for kind in added(file)}}


def _added(kind: Kind) -> _Form:
    others = [name for name in kind.keys if name != kind.key]
    needed = tuple(name for name in needs(kind) if name != kind.key)
    return _Form(
        needed,
        (*(name for name in others if name not in needed), *_OPTIONS),
        lambda file: made(kind, file, **_options(file)),
    )


def _form(written: list[str], forms: Mapping[str, _Form]) -> _Form:
    leading = [key for key in written if key in forms]
    if not leading:
        listed = ", ".join(forms)
        msg = f"a deadline begins with one of {listed}"
        raise ValueError(msg)
    if len(leading) > 1:
        msg = (
            f"{' and '.join(leading)} are {len(leading)} deadlines: keep "
            "one, or write earliest = [{ … }, { … }]"
        )
        raise ValueError(msg)
    (first,) = leading
    form = forms[first]
    missing = [key for key in form.needs if key not in written]
    foreign = [
        key
        for key in written
        if key not in (first, *form.needs, *form.may_have, *_WEEKS)
    ]
    if missing or foreign:
        raise ValueError(_misfit(first, form, missing, foreign))
    return form


def _misfit(
    first: str, form: _Form, missing: list[str], foreign: list[str]
) -> str:
    parts = []
    if missing:
        needed = [_HOW.get(key, key) for key in missing]
        parts.append(f"{first} needs {' and '.join(needed)}")
    if foreign:
        allowed = ", ".join((*form.needs, *form.may_have)) or "nothing else"
        parts.append(
            f"{' and '.join(foreign)} does not go with {first}, which takes "
            f"{allowed}"
        )
    return "; ".join(parts)


_HOW = {
    "at": 'at, as at = 12:00:00, or at = "end-of-day"',
    "starts_at": "starts_at, the hour of the day from which hours are counted "
    "back, as starts_at = 07:30:00",
}


def _case(file: CaseFile) -> Case:
    return Case(when=file.when, deadline=deadline(file))


def _deadlines(file: DeadlinesFile) -> Decision[Deadlines]:
    if (file.deadline is None) == (file.deadlines is None):
        msg = (
            "write either deadline = { … }, or deadlines = [{ when = { … }, "
            "… }, { … }]"
        )
        raise ValueError(msg)
    cases = file.deadlines
    if file.deadline is not None:
        cases = (Case(deadline=file.deadline),)
    return Decision(
        since=file.since, source=file.source, value=Deadlines(cases or ())
    )


ADDED = Place(
    files=(DeadlineFile, CaseFile),
    shared=("at", "starts_at", "weeks", "months", "nth", "public_holidays"),
)
SHAPES = (
    Shape(Hour, Any, _hour),
    Shape(Deadline, DeadlineFile, deadline),
    Shape(Case, CaseFile, _case),
    Shape(Decision[Deadlines], DeadlinesFile, _deadlines),
    Shape(History[Deadlines], tuple[Decision[Deadlines], ...], History),
)
