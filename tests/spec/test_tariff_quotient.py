"""
docs/spec/tariff.md: no quotient, and which one counts.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.quotient_familial import (
    Effective,
    QuotientPolicy,
    in_force,
    is_constant,
)
from portail_core.domain.tariffs import QuotientMissing
from tests.spec.tariffs import (
    ask,
    costs,
    family,
    received,
    refusals,
    rules,
    told,
    visit,
)

A_DAY = dt.timedelta(days=1)


class TestWithoutQuotient:
    GRID = """
[[tariffs]]
without_quotient = "{policy}"
between = "refused"
brackets = [
    {{ label = "bas", at_most = 800, prices = {{ journee = "9" }} }},
    {{ label = "ha", more_than = 800, at_most = 9999, prices.journee = "12" }},
]
"""

    @pytest.mark.rule("tariff.quotient.missing")
    def test_missing(self):
        """
        Without a quotient, a tariff may refuse; 0 is a quotient.
        """
        of = rules(self.GRID.format(policy="refused"))

        assert (QuotientMissing(),) == refusals(of)
        assert "9.00" == costs(of, household=family("0"))

    @pytest.mark.rule("tariff.quotient.highest", "tariff.quotient.lowest")
    @pytest.mark.parametrize(
        ("policy", "price"), [("highest", "12.00"), ("lowest", "9.00")]
    )
    def test_priced(self, policy, price):
        """
        Or answer by its last bracket, though that one ends, or its first.
        """
        of = rules(self.GRID.format(policy=policy))
        (line,) = ask(of)

        assert price == costs(of)
        assert f"tariff.quotient.{policy}" == line.why.rule

    @pytest.mark.rule("tariff.quotient.highest")
    @pytest.mark.parametrize("key", ["ceiling", "of_ceiling"])
    def test_ceiling(self, key):
        """
        An endless quotient needs a ceiling.
        """
        rate = 'rate = "0.01", of = "quotient"'
        grid = (
            '[[tariffs]]\nwithout_quotient = "highest"\n'
            "prices = {{ journee = {{ {} }} }}"
        )
        limit = {"ceiling": "4.50", "of_ceiling": "450"}[key]
        of = rules(grid.format(f'{rate}, {key} = "{limit}"'))

        (fault,) = told(grid.format(rate))

        assert "journee has no ceiling: without a quotient" in fault
        assert "4.50" == costs(of)

    @pytest.mark.rule("tariff.quotient.highest")
    def test_rate_below(self):
        """
        A rate below a threshold needs none, unless one may go down to it.
        """
        grid = """
[[tariffs]]
without_quotient = "highest"
brackets = [
    { label = "t", less_than = 900, prices = { journee = RATE } },
    { label = "fixe", at_least = "900", prices = { journee = "9.50" } },
]
"""
        down = (
            '[[tariffs.adjustments]]\nlabel = "fratrie"\nlower_bracket = 1\n'
        )
        grid = grid.replace("RATE", '{ rate = "0.01", of = "quotient" }')
        of = rules(grid)

        (fault,) = told(grid + down)

        assert "journee has no ceiling" in fault
        assert ["8.99", "9.50", "9.50"] == [
            costs(of, household=family(quotient))
            for quotient in ("899", "900", None)
        ]

    @pytest.mark.rule("tariff.quotient.said")
    @pytest.mark.parametrize(
        "keys",
        [
            (
                'brackets = [{ label = "a", prices = { journee = "1" }, '
                'at_most = "1" }, { label = "b", prices = { journee = "2" }, '
                'more_than = "1" }]'
            ),
            'prices = { journee = { rate = "0.01", of = "quotient" } }',
        ],
        ids=["brackets", "rate"],
    )
    def test_said(self, keys):
        """
        What depends on the quotient says what is paid without one.
        """
        (fault,) = told(f"[[tariffs]]\n{keys}")

        assert "say what a household pays without one" in fault

    @pytest.mark.rule("tariff.quotient.highest", "tariff.quotient.missing")
    @pytest.mark.parametrize(
        ("key", "found"),
        [('without_quotient = "highest"', "4.00"), ("", None)],
    )
    def test_condition(self, key, found):
        """
        So are tariffs that are chosen by the quotient.
        """
        of = rules(
            f"""
[[tariffs]]
code = "bas"
when = {{ quotient = {{ at_most = 600 }} }}
{key}
prices = {{ journee = "2.00" }}

[[tariffs]]
code = "haut"
prices = {{ journee = "4.00" }}
"""
        )

        assert ["2.00", "4.00"] == [
            costs(of, household=family(quotient))
            for quotient in ("600", "600.01")
        ]
        if found is None:
            assert (QuotientMissing(),) == refusals(of)
        else:
            assert found == costs(of)


APRIL, MAY, JUNE = (dt.date(2026, month, 10) for month in (4, 5, 6))
TWO = received("500", APRIL), received("900", MAY)


class TestEffective:
    @pytest.mark.rule("tariff.quotient.effective")
    @pytest.mark.parametrize(
        ("policy", "day", "booked_on", "found"),
        [
            (QuotientPolicy(), JUNE, MAY - A_DAY, 500),
            (QuotientPolicy(), JUNE, MAY, 900),
            (QuotientPolicy(), JUNE, APRIL - A_DAY, 500),
            ("at-once", MAY - A_DAY, JUNE, 500),
            ("at-once", MAY, APRIL, 900),
            ("next-month", dt.date(2026, 5, 31), JUNE, 500),
            ("next-month", dt.date(2026, 6, 1), APRIL, 900),
            ("0510", MAY - A_DAY, JUNE, 500),
            ("0510", MAY, JUNE, 900),
            ("0509", JUNE, JUNE, 500),
            ("0229", JUNE, JUNE, 500),
        ],
    )
    def test_effective(self, policy, day, booked_on, found):
        """
        When a new one counts is the règlement's policy; the first counts from
        the beginning.
        """
        if isinstance(policy, str) and policy.isdigit():
            policy = QuotientPolicy(
                effective=Effective.REFERENCE_DAY, reference_day=int(policy)
            )
        elif isinstance(policy, str):
            policy = QuotientPolicy(effective=Effective(policy))

        assert Decimal(found) == in_force(
            policy, TWO, day=day, booked_on=booked_on
        )

    @pytest.mark.rule("tariff.quotient.effective")
    def test_none(self):
        """
        Of none there is none.
        """
        assert None is in_force(QuotientPolicy(), (), day=JUNE, booked_on=JUNE)

    @pytest.mark.rule("tariff.quotient.valid")
    @pytest.mark.parametrize(
        ("found", "day"),
        [
            (Decimal(500), dt.date(2026, 4, 1)),
            (Decimal(500), dt.date(2027, 3, 31)),
            (None, dt.date(2027, 4, 1)),
        ],
    )
    def test_valid(self, found, day):
        """
        One is good for twelve months, its own included.
        """
        assert found == in_force(
            QuotientPolicy(valid_months=12), TWO[:1], day=day, booked_on=APRIL
        )

    @pytest.mark.rule("tariff.quotient.valid")
    def test_days_apart(self):
        """
        Of two days, one may have a quotient and the other none.
        """
        of = rules(
            """
[quotients]
effective = "at-once"
valid_months = 2

[[tariffs]]
without_quotient = "highest"
prices = { journee = { rate = "0.01", of = "quotient", ceiling = "9.00" } }
"""
        )

        assert "14.00" == costs(
            of,
            visit(of, dt.date(2026, 5, 29)),
            visit(of, dt.date(2026, 6, 1)),
            household=HouseholdFacts(quotients=TWO[:1]),
        )

    @pytest.mark.rule("tariff.quotient.effective")
    @pytest.mark.parametrize(
        ("constant", "policy", "quotients"),
        [
            (True, QuotientPolicy(), TWO),
            (True, QuotientPolicy(effective=Effective.AT_ONCE), TWO[:1]),
            (False, QuotientPolicy(effective=Effective.AT_ONCE), TWO),
            (False, QuotientPolicy(valid_months=1), TWO[:1]),
            (True, QuotientPolicy(valid_months=1), ()),
        ],
    )
    def test_constant(self, constant, policy, quotients):
        """
        Whether days may differ follows from the policy.
        """
        assert constant is is_constant(policy, quotients)

    @pytest.mark.rule("tariff.quotient.effective")
    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ('effective = "reference-day"', "reference_day goes with"),
            ('reference_day = "03-31"', "reference_day goes with"),
            (
                'effective = "reference-day"\nreference_day = "02-30"',
                "is no day of a year",
            ),
            ("valid_months = 0", "valid_months is 0"),
        ],
    )
    def test_written(self, written, fault):
        """
        A reference day goes with its policy, and is a day of the year.
        """
        (line,) = told(
            f"[quotients]\n{written}\n[[tariffs]]\n"
            'prices = { journee = "1.00" }'
        )

        assert fault in line

    @pytest.mark.rule("tariff.quotient.effective")
    def test_reference_day(self):
        """
        « celui du 31/03 de l'année en cours »: for a year from that day.
        """
        of = rules(
            """
[quotients]
effective = "reference-day"
reference_day = "05-10"

[[tariffs]]
without_quotient = "refused"
prices = { journee = { rate = "0.01", of = "quotient" } }
"""
        )
        known = HouseholdFacts(quotients=TWO)

        assert ["5.00", "9.00"] == [
            costs(of, visit(of, day), household=known)
            for day in (dt.date(2026, 5, 8), dt.date(2026, 5, 11))
        ]
