"""
What holds of every price.
"""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from portail_core.domain.bounds import Bounds
from portail_core.domain.facts import Facts
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    PrestationCode,
)
from portail_core.domain.money import ZERO, total
from portail_core.domain.quotes import by_day, estimate, price
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import (
    Between,
    Bracket,
    Grid,
    Timed,
    open_points,
)
from portail_core.testing.reglements import fixed_at
from portail_core.wire import dump, load
from tests.spec.tariffs import (
    BOOKED_ON,
    LOU,
    MONDAY,
    NOA,
    ask,
    family,
    rules,
    visit,
    visits,
)

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

quotients = st.decimals(0, 5000, places=2)
prices = st.decimals(0, 200, places=3)
days = st.sets(st.integers(0, 20), min_size=1, max_size=8)


@st.composite
def printed_brackets(draw, *, flawed):
    """
    Ascending brackets; *flawed* ones may leave holes and overlap.
    """
    ends = draw(
        st.lists(st.integers(1, 3000), max_size=8, unique=True).map(sorted)
    )
    rows: list[tuple[Decimal, bool, Decimal | None, bool]] = []
    begins, included = Decimal(0), True
    for number, end in enumerate(ends):
        to_included = draw(st.booleans())
        rows.append((begins, included, Decimal(end), to_included))
        begins, included = Decimal(end), not to_included
        if flawed:
            limit = ends[number + 1] if number + 1 < len(ends) else 4000
            gap = draw(st.integers(-3, 3))
            begins = min(
                max(begins + gap, rows[-1][0] + 1), Decimal(limit) - 1
            )
            included = draw(st.booleans())
    rows.append((begins, included, None, False))
    made = [
        Bounds(
            above=above,
            above_included=included,
            up_to=up_to,
            up_to_included=to_included,
        )
        for above, included, up_to, to_included in rows
        if up_to is None or above < up_to
    ]
    return tuple(
        Bracket(
            label=f"tranche {number}",
            bounds=bounds,
            prices=fixed_at({PrestationCode("journee"): f"{number}"}),
        )
        for number, bounds in enumerate(made)
    )


def position(brackets, between, quotient):
    facts = Facts(
        day=MONDAY,
        accueil=AccueilCode("accueil"),
        amplitude=AmplitudeCode("JOUR"),
        quotient=quotient,
    )
    return Grid(brackets=brackets, between=between).choose(facts).position


def holding(brackets, quotient):
    return [i for i, b in enumerate(brackets) if b.bounds.hold(quotient)]


@pytest.mark.rule("tariff.bracket")
@given(printed_brackets(flawed=False), quotients)
def test_brackets_partition(brackets, quotient):
    """
    Where the print leaves nothing open, exactly one bracket holds a quotient,
    and it answers; a higher quotient pays no less.
    """
    (only,) = holding(brackets, quotient)

    assert only == position(brackets, None, quotient)
    assert only <= position(brackets, None, quotient + 1)


@pytest.mark.rule("tariff.bracket.between", "tariff.bracket.undecided")
@given(printed_brackets(flawed=True), quotients)
def test_policy_decides_only_what_is_open(brackets, quotient):
    """
    Whatever the print: all policies answer the same where one bracket holds;
    elsewhere two neighbours, or a refusal.
    """
    assume(all(b.comes_after(a) for a, b in pairwise(brackets)))
    low, high = (
        position(brackets, between, quotient)
        for between in (Between.LOWER, Between.UPPER)
    )
    held = holding(brackets, quotient)
    if len(held) == 1:
        assert [low, low] == [
            high,
            position(brackets, Between.REFUSED, quotient),
        ]
        return

    with pytest.raises(Refused):
        position(brackets, Between.REFUSED, quotient)
    assert (low, high) == ((held[0], held[-1]) if held else (low, low + 1))


@pytest.mark.rule("tariff.bracket.open-points")
@given(printed_brackets(flawed=True))
def test_told_iff_open(brackets):
    """
    A hole or overlap is told exactly where some quotient has none or two.
    """
    assume(all(b.comes_after(a) for a, b in pairwise(brackets)))
    bounds = {b.bounds.above for b in brackets} | {
        b.bounds.up_to for b in brackets if b.bounds.up_to is not None
    }
    beside = {
        bound + step
        for bound in bounds
        for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))
        if bound + step >= 0
    }

    assert any(len(holding(brackets, one)) != 1 for one in beside) is bool(
        open_points(brackets)
    )


@st.composite
def tariffs(draw):
    """
    A price, adjustments in any order, aids, a package, a rounding.
    """
    steps = draw(
        st.lists(
            st.sampled_from(
                [
                    'add = "2.005"',
                    'add = "-3.33"',
                    'add = "1.11"\nper = "day"',
                    'add = "-1.11"\nper = "line"',
                    'factor = "0.333"',
                    'factor = "1.5"',
                    'replace = "1.755"',
                    'floor = "2.5"',
                    'ceiling = "4.499"',
                    'round_to = "0.05"',
                    'aid = "0.333"\npayer = "CAF"',
                    'aid = "2"\npayer = "MSA"\nper = "line"',
                    'aid = "1"\npayer = "CCAS"\nper = "day"',
                    'aid_share = "0.333"\npayer = "CCAS"',
                    'family_part = "1.234"\npayer = "commune"',
                ]
            ),
            max_size=5,
        )
    )
    rounding = ", ".join(
        (
            f'point = "{draw(st.sampled_from(["unit", "line", "total"]))}"',
            f'toward = "{draw(st.sampled_from(["half-up", "down", "up"]))}"',
            f'step = "{draw(st.sampled_from(["0.01", "0.05", "0.5"]))}"',
        )
    )
    written = "\n".join(
        f'[[tariffs.adjustments]]\nlabel = "x"\n{step}' for step in steps
    )
    package = draw(st.sampled_from(["", PACKAGE]))
    return (
        f"[[tariffs]]\nrounding = {{ {rounding} }}\n"
        f'prices = {{ journee = "{draw(prices)}", soir = "{draw(prices)}", '
        f'trois = "{draw(prices)}" }}\n{written}\n{package}'
    )


PACKAGE = """
[[tariffs.packages]]
of = ["journee"]
within = "week"
sizes = { 3 = "trois" }
other_sizes = "largest-then-single"
"""


def made(written, more="", keys=""):
    return rules(
        f"{more}\n{written}",
        bills={"JOUR": '{ journee = "1" }', "SOIR": '{ soir = "1.5" }'},
        prestations={"soir": keys, "trois": ""},
    )


def asked(of, ranks):
    return [
        visit(of, MONDAY + dt.timedelta(days=rank), amplitude)
        for rank in sorted(ranks)
        for amplitude in ("JOUR", "SOIR")
    ]


@pytest.mark.rule("quote.total.sum", "tariff.aid.sum", "quote.order")
@given(tariffs(), days, st.randoms(use_true_random=False))
def test_sums(written, ranks, random):
    """
    Lines, rows and days make one total; family and aids make the full price,
    none of them below 0; the order of days changes nothing.
    """
    of = made(written)
    visits_of = asked(of, ranks)
    lines = ask(of, *visits_of)
    found = estimate(lines)
    random.shuffle(visits_of)

    assert [found.total] * 3 == [
        total(line.amount for line in lines),
        total(row.amount for row in found.rows),
        total(by_day(lines).values()),
    ]
    for line in lines:
        assert line.amount >= ZERO
        assert all(aid.amount > ZERO for aid in line.aids)
        assert line.full == line.amount + total(a.amount for a in line.aids)
    assert lines == ask(of, *visits_of)


@pytest.mark.rule("tariff.package.cents")
@given(prices, st.integers(1, 5))
def test_package_cents(whole, count):
    """
    A package neither loses a cent nor makes one.
    """
    of = rules(
        f'[[tariffs]]\nprices = {{ journee = "1", semaine = "{whole}" }}\n'
        '[[tariffs.packages]]\nof = ["journee"]\nwithin = "week"\n'
        f'sizes = {{ {count} = "semaine" }}\nother_sizes = "refused"',
        prestations={"semaine": ""},
    )
    lines = ask(
        of,
        *(
            visit(of, MONDAY + dt.timedelta(days=rank))
            for rank in range(count)
        ),
    )
    amounts = [line.amount.cents for line in lines]

    assert int((whole * 100).to_integral_value("ROUND_HALF_UP")) == sum(
        amounts
    )
    assert max(amounts) - min(amounts) <= 1
    assert Decimal(1) == sum(line.quantity for line in lines)


@pytest.mark.rule("tariff.siblings", "tariff.once")
@given(tariffs(), days, days)
def test_apart_or_together(written, lou, noa):
    """
    Children cost the same apart and together, where nothing is counted among
    them.
    """
    of = made(written)
    children = [
        visits(of, *asked(of, ranks), child=child)
        for child, ranks in ((LOU, lou), (NOA, noa))
    ]

    def cost(*some):
        return price(
            some, household=family(), reglement=of, booked_on=BOOKED_ON
        )

    assert cost(*children) == sum(map(cost, children), ())


@pytest.mark.rule("reglement.version.kept")
@given(tariffs())
def test_wire(written):
    """
    A règlement goes through the wire and comes back equal.
    """
    of = made(written)

    assert of == load(Reglement, dump(of))


@pytest.mark.rule("tariff.rate")
@given(
    quotients,
    quotients,
    st.decimals(0, 1, places=4),
    st.decimals(-5, 5, places=2),
)
def test_rate_is_monotone(one, other, rate, plus):
    """
    A higher quotient pays no less.
    """
    of = rules(
        '[[tariffs]]\nwithout_quotient = "refused"\nprices = { journee = '
        f'{{ rate = "{rate}", of = "quotient", plus = "{plus}" }} }}'
    )
    low, high = (
        total(line.amount for line in ask(of, household=family(quotient)))
        for quotient in sorted((one, other))
    )

    assert low <= high


minutes = st.integers(0, 24 * 60 - 1)


@pytest.mark.rule("tariff.timed", "tariff.timed.grace", "tariff.timed.least")
@given(
    st.builds(
        Timed,
        unit_minutes=st.integers(1, 120),
        step_minutes=st.integers(1, 120),
        grace_minutes=st.integers(0, 60),
        least_minutes=st.integers(0, 120),
    ),
    st.lists(minutes, min_size=3, max_size=3).map(sorted),
)
def test_time_is_monotone(timed, hours):
    """
    Who stays longer pays no less, and never for a step more than was begun.
    """
    arrives, leaves, later = (
        dt.time(hour, minute)
        for hour, minute in (divmod(m, 60) for m in hours)
    )
    first = timed.quantity(arrives, leaves)
    stayed = max(hours[1] - hours[0], timed.least_minutes)

    assert first <= timed.quantity(arrives, later)
    assert first * timed.unit_minutes < stayed + timed.step_minutes
    assert evolve(timed, grace_minutes=0).quantity(arrives, leaves) >= first
