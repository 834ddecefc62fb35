"""
What holds for every deadline, of whatever shape.
"""

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from portail_core import wire
from portail_core.calendars_fr import public_holidays
from portail_core.domain.calendars import Calendar, Days
from portail_core.domain.days import day_of
from portail_core.domain.deadlines import (
    BusinessDaysBefore,
    ByWeekday,
    Case,
    ClearDaysBefore,
    CountedFrom,
    DayOfPreviousMonth,
    DaysBefore,
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
    cutoff_of,
    is_late,
    moment_of,
)
from portail_core.domain.facts import WEEKDAYS
from tests.spec.guide import AN_INSTANT

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

SHARE = settings(max_examples=max(50, settings().max_examples // 2))
FIRST, LAST = dt.date(2025, 9, 1), dt.date(2026, 8, 31)
CALENDAR = Calendar(
    first_day=FIRST,
    last_day=LAST,
    open_days=tuple(
        day
        for number in range(365)
        for day in [FIRST + dt.timedelta(days=number)]
        if day.weekday() in {0, 2, 4}
    ),
    public_holidays=public_holidays("04", dt.date(2023, 1, 1), LAST),
    school_holidays=(
        Days(first_day=dt.date(2025, 10, 18), last_day=dt.date(2025, 11, 2)),
        Days(first_day=dt.date(2026, 7, 4), last_day=dt.date(2026, 8, 31)),
    ),
)

days = st.dates(dt.date(2025, 8, 1), dt.date(2026, 9, 30))
times = st.times()
weekdays = st.integers(0, 6)
options = {
    "counted_from": st.sampled_from(CountedFrom),
    "if_closed": st.sampled_from(IfClosed),
    "last_instant": st.sampled_from(LastInstant),
}


def shapes(**stated):
    """
    Every shape that is counted from a day.
    """
    return st.one_of(
        st.builds(DaysBefore, days=st.integers(0, 60), at=times, **stated),
        st.builds(
            HoursBefore, hours=st.integers(0, 400), starts_at=times, **stated
        ),
        st.builds(
            BusinessDaysBefore,
            days=st.integers(0, 30),
            at=times,
            week=st.sampled_from(WorkWeek),
            public_holidays=st.sampled_from(OnHolidays),
            **stated,
        ),
        st.builds(
            ClearDaysBefore, days=st.integers(0, 60), at=times, **stated
        ),
        st.builds(
            OpeningDaysBefore, days=st.integers(1, 20), at=times, **stated
        ),
        st.builds(
            WeekdayOfWeekBefore,
            weekday=weekdays,
            weeks=st.integers(0, 6),
            at=times,
            **stated,
        ),
        st.builds(
            DayOfPreviousMonth,
            day=st.integers(1, 31),
            months=st.integers(1, 6),
            at=times,
            **stated,
        ),
        st.builds(
            WeekdayOfPreviousMonth,
            weekday=weekdays,
            nth=st.integers(1, 5),
            months=st.integers(1, 6),
            at=times,
            **stated,
        ),
        st.builds(
            WeekdayBefore,
            weekday=weekdays,
            weeks=st.integers(1, 6),
            at=times,
            **stated,
        ),
    )


fixed = st.builds(
    FixedMoment,
    moment=st.datetimes(
        dt.datetime(2025, 6, 1),  # noqa: DTZ001 - hypothesis adds the zone
        dt.datetime(2026, 12, 31),  # noqa: DTZ001 - same
        timezones=st.just(dt.UTC),
    ),
    last_instant=options["last_instant"],
)


def composed(inner):
    """
    Shapes made of others; tables for every weekday.
    """
    before = st.builds(DaysBefore, days=st.integers(0, 60), at=times)
    return st.one_of(
        st.builds(
            ByWeekday,
            deadlines=st.fixed_dictionaries(dict.fromkeys(WEEKDAYS, before)),
        ),
        st.builds(
            InHolidayWeeks,
            usual=inner,
            then=inner,
            weekdays=st.sets(weekdays, min_size=1).map(tuple),
        ),
        st.builds(
            Earliest,
            deadlines=st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
    )


deadlines = st.recursive(
    st.one_of(shapes(**options), fixed), composed, max_leaves=4
)


@pytest.mark.rule("deadline.never-after")
@given(deadlines, days)
def test_never_after(deadline, day):
    """
    The last moment in time falls on the day itself at the latest.
    """
    last = moment_of(deadline, day, CALENDAR)

    assert day_of(last) <= day
    assert last.tzinfo is dt.UTC


@pytest.mark.rule("deadline.moment-in", "deadline.moment-out")
@given(deadlines, days)
def test_last_moment(deadline, day):
    """
    The last moment is in time, and no instant after it is; the moment as the
    règlement says it is one of the two.
    """
    found = cutoff_of(deadline, day, CALENDAR)

    assert not is_late(deadline, day, found.last, CALENDAR)
    assert is_late(deadline, day, found.last + AN_INSTANT, CALENDAR)
    assert found.moment in {found.last, found.last + AN_INSTANT}


@pytest.mark.rule("deadline.earliest")
@given(st.lists(deadlines, min_size=1, max_size=3).map(tuple), days)
def test_earliest(several, day):
    """
    None of several is earlier than the earliest, and it is one of them.
    """
    earliest = moment_of(Earliest(deadlines=several), day, CALENDAR)

    assert earliest == min(moment_of(d, day, CALENDAR) for d in several)


@pytest.mark.rule(
    "deadline.days-before",
    "deadline.business-days-before",
    "deadline.clear-days-before",
    "deadline.opening-days-before",
    "deadline.weekday-before",
    "deadline.weekday-of-week-before",
    "deadline.day-of-previous-month",
    "deadline.weekday-of-previous-month",
)
@given(
    shapes(
        if_closed=st.sampled_from(
            (IfClosed.STAYS, IfClosed.PREVIOUS_BUSINESS_DAY)
        )
    ),
    days,
    st.integers(1, 40),
)
def test_later_day(deadline, day, further):
    """
    A later day never has an earlier deadline.
    """
    later = day + dt.timedelta(days=further)

    assert day_of(moment_of(deadline, day, CALENDAR)) <= day_of(
        moment_of(deadline, later, CALENDAR)
    )


@pytest.mark.rule("deadline.clear-days-before")
@given(st.integers(0, 60), days, times)
def test_clear_days(count, day, at):
    """
    That many whole days lie between the day of notice and the day.
    """
    found = day_of(
        moment_of(ClearDaysBefore(days=count, at=at), day, CALENDAR)
    )

    assert count == (day - found).days - 1


@pytest.mark.rule("deadline.business-days-before")
@given(st.integers(1, 20), days, st.sampled_from(WorkWeek))
def test_business_days(count, day, week):
    """
    That many business days lie from the day of notice, which is one, to the
    eve of the day.
    """
    deadline = BusinessDaysBefore(days=count, at=dt.time(12), week=week)
    found = day_of(moment_of(deadline, day, CALENDAR))

    between = [
        one
        for number in range((day - found).days)
        for one in [found + dt.timedelta(days=number)]
        if one.weekday() < week.value and not CALENDAR.is_public_holiday(one)
    ]
    assert count == len(between)
    assert found == between[0]


@pytest.mark.rule("deadline.if-closed")
@given(shapes(if_closed=st.just(IfClosed.PREVIOUS_BUSINESS_DAY)), days)
def test_office_open(deadline, day):
    """
    Moved to the business day before, it falls on one.
    """
    found = cutoff_of(deadline, day, CALENDAR)

    if found.rule != "deadline.never-after":
        moved = day_of(found.moment)
        assert moved.weekday() < 5
        assert not CALENDAR.is_public_holiday(moved)


@pytest.mark.rule("deadline.case")
@SHARE
@given(deadlines)
def test_written(deadline):
    """
    What is written is read back equal.
    """
    one = Case(deadline=deadline)

    assert one == wire.load(Case, wire.dump(one))
