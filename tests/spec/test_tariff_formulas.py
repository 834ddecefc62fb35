"""
docs/spec/tariff.md: prices that are worked out, and their rounding.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName, PrestationCode
from portail_core.domain.money import UnitPrice
from portail_core.domain.tariffs import IndividualOutside
from tests.spec.tariffs import (
    ask,
    costs,
    euros,
    family,
    refusals,
    rules,
    told,
)

A_DAY = dt.timedelta(days=1)
TWO = {"prestations": {"repas": ""}, "bills": {"JOUR": '{ repas = "1" }'}}


def formula(written, keys=""):
    """
    A règlement of which the day's price is worked out.
    """
    return rules(
        f'[[tariffs]]\nwithout_quotient = "refused"\n{keys}\n'
        f"prices = {{ journee = {{ {written} }} }}"
    )


class TestRate:
    @pytest.mark.rule("tariff.rate")
    @pytest.mark.parametrize(
        ("price", "quotient"),
        [
            ("2.60", "0"),
            ("2.60", "722.22"),
            ("2.60", "723"),
            ("2.61", "723.62"),
            ("3.42", "950"),
            ("4.50", "1249"),
            ("4.50", "1250"),
            ("4.50", "100000"),
        ],
    )
    def test_rate(self, price, quotient):
        """
        A share of the quotient, between a floor and a ceiling.
        """
        of = formula(
            'rate = "0.0036", of = "quotient", floor = "2.60", '
            'ceiling = "4.50"'
        )
        (line,) = ask(of, household=family(quotient))

        assert price == euros((line,))
        assert "tariff.rate" == line.why.rule

    @pytest.mark.rule("tariff.rate")
    @pytest.mark.parametrize(
        ("price", "quotient"),
        [("0.00", "0"), ("0.00", "100"), ("0.01", "101"), ("4.00", "500")],
    )
    def test_plus(self, price, quotient):
        """
        A line may begin elsewhere than at 0; no price is below it.
        """
        of = formula('rate = "0.01", of = "quotient", plus = "-1.00"')

        assert price == costs(of, household=family(quotient))

    @pytest.mark.rule("tariff.rate")
    def test_plus_then_bounds(self):
        """
        What is added comes before the floor and the ceiling.
        """
        of = formula(
            'rate = "0.01", of = "quotient", plus = "1.00", floor = "3.00", '
            'ceiling = "5.00"'
        )

        assert ["3.00", "4.00", "5.00"] == [
            costs(of, household=family(quotient))
            for quotient in ("150", "300", "450")
        ]

    @pytest.mark.rule("tariff.rate")
    def test_of_income(self):
        """
        It may be of the income, or of what the activity costs.
        """
        income = formula('rate = "0.001", of = "income"')
        cost = formula('rate = "0.35", of = "cost"')

        assert "1.80" == costs(income, household=family(income="1800"))
        assert "70.00" == costs(cost, cost="200")
        assert (FactMissing(FactName("cost")),) == refusals(cost)
        assert (FactMissing(FactName("income")),) == refusals(income)

    @pytest.mark.rule("tariff.rate.of-bounds")
    @pytest.mark.parametrize(
        ("price", "quotient"),
        [
            ("3.00", "0"),
            ("3.00", "300"),
            ("3.01", "301"),
            ("18.00", "1800"),
            ("18.00", "1801"),
        ],
    )
    def test_of_bounds(self, price, quotient):
        """
        The quotient itself may count no lower, and no higher.
        """
        of = formula(
            'rate = "0.01", of = "quotient", of_floor = "300", '
            'of_ceiling = "1800"'
        )

        assert price == costs(of, household=family(quotient))

    @pytest.mark.rule("tariff.rate.by-dependants")
    @pytest.mark.parametrize(
        ("price", "dependants"),
        [("1.24", 0), ("1.24", 1), ("1.03", 2), ("0.82", 3), ("0.82", 9)],
    )
    def test_by_dependants(self, price, dependants):
        """
        Each number of children has its rate; the last is for more.
        """
        of = formula(
            'rates_by_dependants = ["0.000619", "0.000516", "0.000412"], '
            'of = "income"'
        )

        assert price == costs(
            of, household=family(income="2000", dependants=dependants)
        )
        assert (FactMissing(FactName("dependants")),) == refusals(
            of, household=family(income="2000")
        )

    @pytest.mark.rule("tariff.rate")
    def test_nothing_of_endless(self):
        """
        Nothing of any quotient is nothing.
        """
        of = rules(
            '[[tariffs]]\nwithout_quotient = "highest"\nprices = { journee ='
            ' { rate = "0", of = "quotient", plus = "2", ceiling = "9" } }'
        )

        assert "2.00" == costs(of)

    @pytest.mark.rule("tariff.rate.bounds")
    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ('floor = "4.51", ceiling = "4.50"', "the price is at least 4.51"),
            (
                'of_floor = "301", of_ceiling = "300"',
                "the quotient is at least 301 and at most 300",
            ),
        ],
    )
    def test_bounds(self, written, fault):
        """
        A floor above its ceiling is told.
        """
        (line,) = told(
            '[[tariffs]]\nwithout_quotient = "refused"\nprices = { journee ='
            f' {{ rate = "0.01", of = "quotient", {written} }} }}'
        )

        assert fault in line

    @pytest.mark.rule("tariff.rate")
    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ('rate = "0.1"', 'a rate needs of: write of = "quotient"'),
            (
                'rates_by_dependants = ["0.1"]',
                'a rate needs of: write of = "quotient"',
            ),
            ('floor = "0.1"', "a price is a figure"),
            ('share = "0.5"', "a price is a figure"),
            ('individual_from = "1"', "a price is a figure"),
            ('rate = "0.1", of = "age"', "of is 'age', expected one of cost"),
            (
                'rate = "0.1", of = "income", share = "0.1"',
                "share does not go with rate",
            ),
            (
                'share_of = "repas", share = "1", floor = "1"',
                "floor does not go with share_of",
            ),
            (
                'individual_from = "1", individual_to = "2", of = "cost"',
                "of does not go with individual_from",
            ),
        ],
    )
    def test_written(self, written, fault):
        """
        A formula is one of those that there are, and nothing beside.
        """
        (line, *_) = told(
            f"[[tariffs]]\nprices = {{ journee = {{ {written} }} }}"
        )

        assert fault in line


class TestIndividual:
    @pytest.mark.rule("tariff.individual", "tariff.individual.bounds")
    @pytest.mark.parametrize("amount", ["3.80", "5.00", "6.30"])
    def test_amount(self, amount):
        """
        The service's amount is the price, if it is within the bounds.
        """
        of = formula('individual_from = "3.80", individual_to = "6.30"')
        (line,) = ask(of, amounts={PrestationCode("journee"): Decimal(amount)})

        assert amount == euros((line,))
        assert "tariff.individual" == line.why.rule

    @pytest.mark.rule("tariff.individual.bounds")
    @pytest.mark.parametrize("amount", ["3.79", "6.31"])
    def test_outside(self, amount):
        """
        Beyond either, it is refused; without one, it is asked for.
        """
        of = formula('individual_from = "3.80", individual_to = "6.30"')
        journee = PrestationCode("journee")

        assert (
            IndividualOutside(
                journee, Decimal(amount), Decimal("3.80"), Decimal("6.30")
            ),
        ) == refusals(of, amounts={journee: Decimal(amount)})
        assert (FactMissing(FactName("individual")),) == refusals(of)


class TestShareOf:
    @pytest.mark.rule("tariff.share-of")
    def test_half(self):
        """
        Half of 3.25 is 1.63.
        """
        of = rules(
            '[[tariffs]]\nprices = { journee = "3.25", '
            'repas = { share_of = "journee", share = "0.5" } }',
            **TWO,
        )
        (line,) = ask(of)

        assert "1.63" == euros((line,))
        assert UnitPrice(Decimal("1.625")) == line.unit_price
        assert "tariff.share-of" == line.why.rule

    @pytest.mark.rule("tariff.share-of")
    def test_of_a_rate(self):
        """
        It may be a share of what is worked out.
        """
        of = rules(
            '[[tariffs]]\nwithout_quotient = "refused"\n'
            'prices = { journee = { rate = "0.01", of = "quotient" }, '
            'repas = { share_of = "journee", share = "0.5" } }',
            **TWO,
        )

        assert "3.00" == costs(of, household=family("600"))

    @pytest.mark.rule("tariff.share-of")
    @pytest.mark.parametrize("base", ["panier", "repas"])
    def test_of_nothing(self, base):
        """
        What it is a share of has a price of its own, in the same place.
        """
        (fault, *_) = told(
            '[[tariffs]]\nprices = { journee = "3.25", '
            f'repas = {{ share_of = "{base}", share = "0.5" }} }}',
            **TWO,
        )

        assert f"repas is a share of '{base}'" in fault
