"""
docs/spec/tariff.md: how prices are rounded.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.money import UnitPrice, eur, total
from tests.spec.tariffs import (
    WEDNESDAY,
    ask,
    costs,
    euros,
    rules,
    visit,
)

A_DAY = dt.timedelta(days=1)
TWO = {"prestations": {"repas": ""}, "bills": {"JOUR": '{ repas = "1" }'}}


class TestRounding:
    @pytest.mark.rule("tariff.rounding.half-up", "quote.line.once")
    @pytest.mark.parametrize(
        ("amount", "price", "quantity"),
        [
            ("3.33", "0.95", "3.5"),
            ("5.01", "1.43", "3.5"),
            ("1.63", "3.25", "0.5"),
            ("0.23", "0.90", "0.25"),
            ("0.01", "0.01", "0.5"),
            ("0.00", "0.01", "0.49"),
        ],
    )
    def test_half_up(self, amount, price, quantity):
        """
        Half a cent goes away from zero, as bills print it.
        """
        of = rules(
            f'[[tariffs]]\nprices = {{ journee = "{price}" }}',
            bills={"JOUR": f'{{ journee = "{quantity}" }}'},
        )

        assert amount == costs(of)

    @pytest.mark.rule("tariff.rounding.half-up")
    @pytest.mark.parametrize(
        ("amount", "price", "quantity"),
        [
            ("3.33", "0.95", "3.5"),
            ("-0.01", "-0.01", "0.5"),
            ("0.00", "0.01", "0.49"),
        ],
    )
    def test_amounts(self, amount, price, quantity):
        """
        Amounts are multiplied in the same way, both sides of zero.
        """
        found = eur(price).times(Decimal(quantity))

        assert eur(amount) == found
        assert found == UnitPrice(Decimal(price)).times(Decimal(quantity))

    @pytest.mark.rule("tariff.rounding.mode")
    @pytest.mark.parametrize(
        ("rounding", "amount"),
        [
            ('toward = "half-up"', "1.24"),
            ('toward = "down"', "1.23"),
            ('toward = "up"', "1.24"),
            ('step = "0.05"', "1.25"),
            ('step = "0.05", toward = "down"', "1.20"),
            ('step = "0.10"', "1.20"),
            ('step = "1", toward = "up"', "2.00"),
        ],
    )
    def test_mode(self, rounding, amount):
        """
        A règlement rounds in its own way, to its own step.
        """
        of = rules(
            f"[[tariffs]]\nrounding = {{ {rounding} }}\n"
            'prices = { journee = "1.235" }'
        )

        assert amount == costs(of)

    @pytest.mark.rule("tariff.rounding.mode")
    @pytest.mark.parametrize("toward", ["down", "half-up", "up"])
    def test_third(self, toward):
        """
        A third of 0.90 is 0.30, and not what division leaves of it.
        """
        of = rules(
            f'[[tariffs]]\nrounding = {{ toward = "{toward}" }}\n'
            'prices = { journee = "0.90" }',
            bills={"JOUR": '{ journee = "presence" }'},
            prestations={
                "journee": "timed = { unit_minutes = 60, step_minutes = 20 }"
            },
            hours={
                "JOUR": "hours = { from_hour = 16:00:00, to_hour = 16:20:00 }"
            },
        )

        assert "0.30" == costs(of)

    @pytest.mark.rule("tariff.rounding.point")
    @pytest.mark.parametrize(
        ("point", "lines"),
        [
            ("unit", ["0.69"] * 3),
            ("line", ["0.68"] * 3),
            ("total", ["0.68", "0.67", "0.68"]),
        ],
    )
    def test_point(self, point, lines):
        """
        Of 3 × 0.225 a day: the unit, the line, or the sum of days.
        """
        of = rules(
            f'[[tariffs]]\nrounding = {{ point = "{point}" }}\n'
            'prices = { journee = "0.225" }',
            bills={"JOUR": '{ journee = "3" }'},
        )
        days = (visit(of, WEDNESDAY - rank * A_DAY) for rank in range(3))

        found = ask(of, *days)

        assert lines == [euros((line,)) for line in found]

    @pytest.mark.rule("tariff.rounding.point")
    @pytest.mark.parametrize("point", ["unit", "line", "total"])
    @pytest.mark.parametrize("price", ["0.004", "0.006"])
    def test_reduced_to_nothing(self, point, price):
        """
        A reduction of the line takes what there is to pay, neither a cent
        more where the unit was rounded down, nor less where it was rounded up.
        """
        of = rules(
            f'[[tariffs]]\nrounding = {{ point = "{point}" }}\n'
            f'prices = {{ journee = "{price}" }}\n'
            "[[tariffs.adjustments]]\n"
            'label = "réduction"\nadd = "-1.11"\nper = "line"',
            bills={"JOUR": '{ journee = "1.5" }'},
        )

        assert "0.00" == costs(of)

    @pytest.mark.rule("tariff.rounding.point")
    def test_total(self):
        """
        Lines add up to the total, rounded once; those of a tariff that is
        rounded otherwise stand apart.
        """
        of = rules(
            """
[[tariffs]]
code = "jours"
rounding = { point = "total", step = "0.50" }
prices = { journee = "1.30" }

[[tariffs]]
code = "repas"
prices = { repas = "1.30" }
""",
            bills={"JOUR": '{ journee = "1" }', "REPAS": '{ repas = "1" }'},
            prestations={"repas": ""},
        )
        days = [WEDNESDAY - rank * A_DAY for rank in range(3)]

        found = ask(
            of,
            *(visit(of, day) for day in days),
            visit(of, amplitude="REPAS"),
        )
        together = [line for line in found if line.together]

        assert eur("4.00") == total(line.amount for line in together)
        assert {"lou/total"} == {line.together for line in together}
        assert "5.30" == euros(found)
