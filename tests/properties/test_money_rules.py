"""
What holds for every amount and deadline.
"""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from portail_core.domain.baskets import credits_to_use
from portail_core.domain.calendars import Calendar
from portail_core.domain.days import day_of
from portail_core.domain.deadlines import (
    DaysBefore,
    HoursBefore,
    WeekdayBefore,
    is_late,
    moment_of,
)
from portail_core.domain.money import ZERO, Money
from portail_core.domain.payments import AmountNotPayable
from portail_core.domain.refusals import Refused
from tests.spec.guide import AN_INSTANT

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
times = st.times()
moments = st.datetimes(
    dt.datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    dt.datetime(2035, 12, 31),  # noqa: DTZ001 - same
    timezones=st.just(dt.UTC),
)
amounts = st.integers(0, 10**7).map(Money)

deadlines = st.one_of(
    st.builds(DaysBefore, days=st.integers(0, 60), at=times),
    st.builds(HoursBefore, hours=st.integers(0, 400), starts_at=times),
    st.builds(
        WeekdayBefore,
        weekday=st.integers(0, 6),
        weeks=st.integers(1, 6),
        at=times,
    ),
)

CALENDAR = Calendar(
    first_day=dt.date(2020, 1, 1),
    last_day=dt.date(2035, 12, 31),
    open_days=(),
    public_holidays=(),
)


@pytest.mark.rule("deadline.never-after")
@given(deadlines, days)
def test_deadline_is_not_after_its_day(deadline, day):
    """
    The last moment in time falls on the day itself at the latest.
    """
    last = moment_of(deadline, day, CALENDAR)

    assert day_of(last) <= day
    assert last.tzinfo is dt.UTC


@pytest.mark.rule("deadline.moment-in")
@given(deadlines, days)
def test_deadline_is_in_time(deadline, day):
    """
    It is in time itself, and no instant after it is.
    """
    last = moment_of(deadline, day, CALENDAR)

    assert not is_late(deadline, day, last, CALENDAR)
    assert is_late(deadline, day, last + AN_INSTANT, CALENDAR)


@pytest.mark.rule("deadline.weekday-before")
@given(days, st.integers(0, 6), st.integers(1, 6))
def test_weekday_before(day, weekday, weeks):
    """
    It falls on that weekday, within the week it was asked for.
    """
    deadline = WeekdayBefore(weekday=weekday, weeks=weeks, at=dt.time(12))
    found = day_of(moment_of(deadline, day, CALENDAR))

    assert weekday == found.weekday()
    assert 7 * (weeks - 1) < (day - found).days <= 7 * weeks


@pytest.mark.rule("basket.credits.used", "payment.amount-not-payable")
@given(amounts, amounts, st.integers(1, 500), st.integers(500, 10**7))
def test_credits_to_use(amount, available, minimum, maximum):
    """
    Avoirs never pay more than there is or than is due, and what is left is
    nothing, or payable.
    """
    bounds = {"minimum": Money(minimum), "maximum": Money(maximum)}
    try:
        used = credits_to_use(amount, available=available, **bounds)
    except Refused as refused:
        (refusal,) = refused.refusals
        assert isinstance(refusal, AmountNotPayable)
        assert refusal.amount != ZERO
        assert not Money(minimum) <= refusal.amount <= Money(maximum)
        return

    rest = amount - used
    assert ZERO <= used <= min(amount, available)
    assert rest == ZERO or Money(minimum) <= rest <= Money(maximum)
