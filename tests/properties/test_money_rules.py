"""
What holds for every amount, grid and deadline.
"""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from portail_core.domain.baskets import credits_to_use
from portail_core.domain.days import day_of
from portail_core.domain.deadlines import (
    DaysBefore,
    HoursBefore,
    WeekdayBefore,
    is_late,
    moment_of,
)
from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.payments import AmountNotPayable
from portail_core.domain.quotes import by_day, estimate, price
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    Grid,
    WithoutQuotient,
    open_points,
)
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    AN_INSTANT,
    FULL_DAY,
    LOU,
    MORNING_ONLY,
    PERIOD,
    REGLEMENT,
    WEDNESDAY_CARE,
    WEDNESDAYS,
    always,
)

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
times = st.times()
moments = st.datetimes(
    dt.datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    dt.datetime(2035, 12, 31),  # noqa: DTZ001 - same
    timezones=st.just(dt.UTC),
)
amounts = st.integers(0, 10**7).map(Money)
quotients = st.decimals(0, 5000, places=2)

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

CALENDAR = PERIOD.calendar
MEAL = PrestationCode("repas")


@st.composite
def printed_brackets(draw, *, flawed):
    """
    Ascending brackets; *flawed* ones may leave holes and overlap.
    """
    bounds = draw(
        st.lists(
            st.integers(1, 3000), min_size=0, max_size=8, unique=True
        ).map(sorted)
    )
    rows: list[tuple[Decimal, bool, Decimal | None, bool]] = []
    begins, included = Decimal(0), True
    for number, bound in enumerate(bounds):
        ends = Decimal(bound)
        to_included = draw(st.booleans())
        rows.append((begins, included, ends, to_included))
        begins, included = ends, not to_included
        if flawed:
            gap = draw(st.integers(-3, 3))
            limit = bounds[number + 1] if number + 1 < len(bounds) else 4000
            begins = min(
                max(begins + gap, rows[-1][0] + 1), Decimal(limit) - 1
            )
            included = draw(st.booleans())
    rows.append((begins, included, None, False))
    return tuple(
        Bracket(
            label=f"tranche {number}",
            above=begins,
            above_included=included,
            up_to=ends,
            up_to_included=to_included,
            prices={MEAL: Money(number)},
        )
        for number, (begins, included, ends, to_included) in enumerate(rows)
    )


def grids(brackets, between):
    return Grid(
        brackets=brackets,
        between=between,
        without_quotient=WithoutQuotient.LAST_BRACKET,
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


@pytest.mark.rule("tariff.bracket", "tariff.bracket.ends")
@given(printed_brackets(flawed=False), quotients)
def test_brackets_partition(brackets, quotient):
    """
    Where the print leaves nothing open, exactly one bracket holds a quotient,
    and it answers.
    """
    holding = [b for b in brackets if b.holds(quotient)]

    assert 1 == len(holding)
    assert holding == [grids(brackets, None).price(MEAL, quotient).bracket]


@pytest.mark.rule("tariff.bracket.between")
@given(printed_brackets(flawed=True), quotients)
def test_policy_decides_only_what_is_open(brackets, quotient):
    """
    Whatever the print: lower and upper answer the same where one bracket
    holds, neighbours where none or two do.
    """
    assume(all(b.comes_after(a) for a, b in pairwise(brackets)))
    low, high = (
        grids(brackets, between).price(MEAL, quotient).position
        for between in (Between.LOWER, Between.UPPER)
    )
    holding = [i for i, b in enumerate(brackets) if b.holds(quotient)]

    match holding:
        case []:
            assert (low, high) == (low, low + 1)
            assert brackets[low].up_to is not None
            assert brackets[low].up_to <= quotient <= brackets[high].above
        case [only]:
            assert (only, only) == (low, high)
        case _:
            assert (holding[0], holding[-1]) == (low, high)


@pytest.mark.rule("tariff.bracket.open-points")
@given(printed_brackets(flawed=True))
def test_told_iff_open(brackets):
    """
    A hole or overlap is told exactly where some quotient has none or two.
    """
    assume(all(b.comes_after(a) for a, b in pairwise(brackets)))
    bounds = {b.above for b in brackets} | {
        b.up_to for b in brackets if b.up_to is not None
    }
    beside = {
        bound + step
        for bound in bounds
        for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))
        if bound + step > 0
    }
    is_open = any(
        1 != sum(b.holds(quotient) for b in brackets) for quotient in beside
    )

    assert is_open is bool(open_points(brackets))


@pytest.mark.rule("quote.total.sum", "quote.line.once")
@given(
    st.lists(
        st.tuples(
            st.sampled_from(WEDNESDAYS),
            st.sampled_from([FULL_DAY, MORNING_ONLY]),
        ),
        max_size=12,
    ),
    st.none() | quotients,
    st.lists(st.integers(0, 3000), min_size=6, max_size=6),
    st.decimals(Decimal("0.01"), 12, places=2),
)
def test_sums_agree(wished, quotient, prices, quantity):
    """
    Lines, rows and days make one total, to the cent, whatever the hours.
    """
    accueil = REGLEMENT.accueil(WEDNESDAY_CARE)
    grid = REGLEMENT.tariffs_of(REGLEMENT.periods[0]).decisions[0].value
    rules = changed(
        REGLEMENT,
        tariffs=always(
            evolve(
                grid,
                brackets=tuple(
                    evolve(
                        bracket,
                        prices=dict(
                            zip(
                                bracket.prices,
                                map(Money, prices[3 * at : 3 * at + 3]),
                                strict=True,
                            )
                        ),
                    )
                    for at, bracket in enumerate(grid.brackets)
                ),
            )
        ),
        amplitudes=tuple(
            evolve(
                amplitude,
                prestations=dict.fromkeys(amplitude.prestations, quantity),
            )
            for amplitude in REGLEMENT.amplitudes
        ),
    )
    lines = price(
        [(day, rules.amplitude(accueil, code)) for day, code in wished],
        child=LOU,
        period=PERIOD,
        quotient=quotient,
        reglement=rules,
    )
    found = estimate(lines)

    assert [found.total] * 3 == [
        total(line.amount for line in lines),
        total(row.amount for row in found.rows),
        total(by_day(lines).values()),
    ]
    assert all(
        line.amount == line.unit_price.times(line.quantity) for line in lines
    )


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
