"""
docs/spec/tariff.md: days, and amplitudes, that have one price together.
"""

import datetime as dt
import re

import pytest

from portail_core.domain.money import Money
from portail_core.domain.tariffs import NoPackage
from tests.spec.tariffs import (
    MONDAY,
    ask,
    costs,
    euros,
    refusals,
    rules,
    told,
    visit,
)

A_DAY = dt.timedelta(days=1)


class TestPackage:
    @staticmethod
    def of(sizes, others="refused", within="week"):
        codes = re.findall(r'= "(\w+)"', sizes)
        prices = ", ".join(f'{code} = "67.01"' for code in codes)
        return rules(
            f'[[tariffs]]\nprices = {{ journee = "20.00", {prices} }}\n'
            f'[[tariffs.packages]]\nof = ["journee"]\nwithin = "{within}"\n'
            f'sizes = {{ {sizes} }}\nother_sizes = "{others}"',
            prestations=dict.fromkeys(codes, ""),
        )

    @staticmethod
    def days(of, count, first=MONDAY):
        return [visit(of, first + rank * A_DAY) for rank in range(count)]

    @pytest.mark.rule("tariff.package", "tariff.package.cents")
    def test_exact(self):
        """
        Three days have one price: each day its share, the first the quantity
        and the odd cents.
        """
        of = self.of('3 = "trois"')
        found = ask(of, *self.days(of, 3))

        assert [2234, 2234, 2233] == [line.amount.cents for line in found]
        assert [1, 0, 0] == [line.quantity for line in found]
        assert {"lou/trois/2026-W21/0"} == {line.together for line in found}
        assert {"trois"} == {line.prestation for line in found}

    @pytest.mark.rule("tariff.package", "tariff.package.size")
    @pytest.mark.parametrize(
        ("sizes", "count", "paid"),
        [
            ('"4-5" = "q"', 3, None),
            ('"4-5" = "q"', 4, "67.01"),
            ('"4-5" = "q"', 5, "67.01"),
            ('"3+" = "q"', 2, None),
            ('"3+" = "q"', 3, "67.01"),
            ('"3+" = "q"', 5, "67.01"),
            ('3 = "a", 5 = "b"', 4, None),
        ],
    )
    def test_sizes(self, sizes, count, paid):
        """
        A package is for a number of days, a range, or so many and more; any
        other number is refused.
        """
        of = self.of(sizes)

        if paid is None:
            (refusal,) = refusals(of, *self.days(of, count))
            listed = tuple(sizes.replace('"', "").split(" = ")[0:1])

            assert isinstance(refusal, NoPackage)
            assert (count, listed[0]) == (refusal.days, refusal.sizes[0])
        else:
            assert paid == costs(of, *self.days(of, count))

    @pytest.mark.rule("tariff.package.size")
    @pytest.mark.parametrize(
        ("count", "paid"),
        [
            (1, "20.00"),
            (2, "67.01"),
            (3, "87.01"),
            (4, "134.02"),
            (5, "67.01"),
        ],
    )
    def test_largest_then_single(self, count, paid):
        """
        Or the largest that fits, again, then day by day.
        """
        of = self.of('2 = "deux", "5+" = "cinq"', "largest-then-single")

        assert paid == costs(of, *self.days(of, count))

    @pytest.mark.rule("tariff.package.size")
    def test_endless(self):
        """
        The largest may have no end of its own.
        """
        of = self.of('"3+" = "trois"', "largest-then-single", "month")

        assert "67.01" == costs(of, *self.days(of, 5))

    @pytest.mark.rule("tariff.package")
    @pytest.mark.parametrize(
        ("within", "paid"),
        [("week", "134.02"), ("month", "134.02"), ("period", "67.01")],
    )
    def test_within(self, within, paid):
        """
        Days of two weeks, or months, make two packages; of one period, one.
        """
        of = self.of('"2+" = "deux"', within=within)
        june = dt.date(2026, 6, 1)

        assert paid == costs(of, *self.days(of, 2), *self.days(of, 2, june))

    @pytest.mark.rule("tariff.package.facts")
    def test_facts(self):
        """
        It is priced on the facts of its first day.
        """
        of = rules(
            """
[[tariffs]]
prices = { journee = "20.00", deux = "30.00" }
[[tariffs.adjustments]]
label = "premier jour du mois"
when = { nth = { exactly = 1 } }
factor = "0.5"
[[tariffs.packages]]
of = ["journee"]
within = "week"
sizes = { 2 = "deux" }
other_sizes = "refused"
""",
            prestations={"deux": ""},
        )

        assert "45.00" == costs(
            of, *self.days(of, 2), *self.days(of, 2, MONDAY + 7 * A_DAY)
        )

    @pytest.mark.rule("tariff.package.cents", "tariff.rounding.point")
    def test_total(self):
        """
        A package is counted once in a rounded total; its aids are shared.
        """
        of = rules(
            """
[[tariffs]]
prices = { journee = "20.00", trois = "67.01" }
rounding = { point = "total" }
[[tariffs.adjustments]]
label = "aide"
prestations = ["trois"]
aid = "10.01"
payer = "CAF"
[[tariffs.packages]]
of = ["journee"]
within = "week"
sizes = { 3 = "trois" }
other_sizes = "refused"
""",
            prestations={"trois": ""},
        )
        found = ask(of, *self.days(of, 3))

        assert "57.00" == euros(found)
        assert Money(1001) == sum(
            (aid.amount for line in found for aid in line.aids), Money(0)
        )

    @pytest.mark.rule("tariff.package")
    def test_beside(self):
        """
        What the package is not of is billed as ever.
        """
        of = rules(
            """
[[tariffs]]
prices = { journee = "20.00", repas = "4.00", deux = "30.00" }
[[tariffs.packages]]
of = ["journee"]
within = "week"
sizes = { 2 = "deux" }
other_sizes = "refused"
""",
            bills={"JOUR": '{ journee = "1", repas = "1" }'},
            prestations={"repas": "", "deux": ""},
        )

        assert "38.00" == costs(of, *self.days(of, 2))

    @pytest.mark.rule("tariff.package.size", "tariff.known")
    @pytest.mark.parametrize(
        ("sizes", "of", "fault"),
        [
            ('x = "deux"', "journee", "'x' is no number of days"),
            ('"5-4" = "deux"', "journee", "ends at 4 days, before it begins"),
            ('"2-3" = "deux", 3 = "deux"', "journee", "overlap"),
            ('"2+" = "deux", 3 = "deux"', "journee", "2+ days and 3 days"),
            ('2 = "deux"', "repas", "packages: 'repas' is not among"),
            ('2 = "repas"', "journee", "packages: 'repas' is not among"),
        ],
    )
    def test_written(self, sizes, of, fault):
        """
        Sizes are numbers that do not overlap, of what is priced there.
        """
        (line, *_) = told(
            '[[tariffs]]\nprices = { journee = "20.00", deux = "30.00" }\n'
            f'[[tariffs.packages]]\nof = ["{of}"]\nwithin = "week"\n'
            f'sizes = {{ {sizes} }}\nother_sizes = "refused"',
            prestations={"deux": ""},
        )

        assert fault in line
