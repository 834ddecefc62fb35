"""
docs/spec/tariff.md: what becomes of a price, and who pays it.
"""

import datetime as dt

import pytest

from portail_core.domain.money import eur, total
from portail_core.domain.quotes import Aided, price
from tests.spec.tariffs import (
    BOOKED_ON,
    WEDNESDAY,
    ask,
    costs,
    euros,
    family,
    rules,
    told,
    visit,
    visits,
)

A_DAY = dt.timedelta(days=1)
TWO = {
    "bills": {"JOUR": '{ journee = "2" }', "SOIR": '{ garderie = "1" }'},
    "prestations": {"garderie": ""},
}


def adjusted(*steps, base="10.00", keys="", **others):
    """
    A tariff of 10 € with these adjustments, in this order.
    """
    written = "\n".join(
        f'[[tariffs.adjustments]]\nlabel = "pas {rank}"\n{step}'
        for rank, step in enumerate(steps)
    )
    prices = f'journee = "{base}"'
    if others:
        prices += ', garderie = "3.00"'
    return rules(
        f"[[tariffs]]\n{keys}\nprices = {{ {prices} }}\n{written}", **others
    )


class TestOrder:
    @pytest.mark.rule("tariff.adjusted.order", "tariff.adjusted.factor")
    @pytest.mark.parametrize(
        ("paid", "steps"),
        [
            ("24.00", ('add = "2"', 'factor = "2"')),
            ("22.00", ('factor = "2"', 'add = "2"')),
            ("0.00", ('factor = "0"',)),
            ("8.00", ('factor = "0.80"',)),
        ],
    )
    def test_order(self, paid, steps):
        """
        Each is made on what the one before left.
        """
        assert paid == costs(adjusted(*steps))

    @pytest.mark.rule("tariff.adjusted.order", "tariff.adjusted.add")
    @pytest.mark.parametrize(
        ("paid", "discount"),
        [("3.00", "-9"), ("2.00", "-10"), ("2.00", "-11")],
    )
    def test_never_below(self, paid, discount):
        """
        A discount takes off no more than there is, before what comes next.
        """
        assert paid == costs(adjusted(f'add = "{discount}"', 'add = "2"'))

    @pytest.mark.rule("tariff.adjusted.order", "quote.line.why")
    def test_told(self):
        """
        A line tells each that was made, where it stands, and what it left.
        """
        of = adjusted(
            'add = "2"',
            'when = { residency = ["ailleurs"] }\nadd = "50"',
            'factor = "0.5"',
        )
        (line,) = ask(of, household=family(residency="commune"))

        assert [
            ("tariffs[0].adjustments[0]", "pas 0", "12.00"),
            ("tariffs[0].adjustments[2]", "pas 2", "6.00"),
        ] == [
            (one.path, one.label, f"{one.unit_price.euros:.2f}")
            for one in line.why.adjusted
        ]

    @pytest.mark.rule("tariff.adjusted.order")
    def test_only(self):
        """
        Each is for its prestations: of others, nothing is asked.
        """
        of = adjusted(
            'prestations = ["garderie"]\nwhen = { rank = { exactly = 2 } }\n'
            'add = "1"',
            **TWO,
        )

        assert "20.00" == costs(of)
        assert "4.00" == costs(of, visit(of, amplitude="SOIR", rank=2))

    @pytest.mark.rule("tariff.known")
    @pytest.mark.parametrize(
        ("step", "fault"),
        [
            ('prestations = ["repas"]\nadd = "1"', "is for 'repas'"),
            ("lower_bracket = 1", "has no bracket to go down to"),
            ('add = "1"\nfactor = "2"', "does not go with factor"),
            ('add = "1"\npayer = "CAF"', "payer does not go with add"),
            ("", "an adjustment is one of"),
            ('aid = "1"', "payer is missing"),
        ],
    )
    def test_known(self, step, fault):
        """
        An adjustment is one step, and names what there is.
        """
        (line, *_) = told(
            '[[tariffs]]\nprices = { journee = "1" }\n'
            f'[[tariffs.adjustments]]\nlabel = "x"\n{step}'
        )

        assert fault in line


class TestSteps:
    @pytest.mark.rule("tariff.adjusted.replace")
    def test_replace(self):
        """
        Another price in its place, of each unit.
        """
        of = adjusted(
            'when = { meal_supplied = "yes" }\nreplace = "1.75"', **TWO
        )

        assert "20.00" == costs(of)
        assert "3.50" == costs(of, meal_supplied=True)

    @pytest.mark.rule("tariff.adjusted.bounds")
    @pytest.mark.parametrize(
        ("paid", "base"),
        [
            ("6.00", "2.00"),
            ("6.00", "3.00"),
            ("6.02", "3.01"),
            ("9.00", "4.50"),
            ("9.00", "4.51"),
        ],
    )
    def test_bounds(self, paid, base):
        """
        No less than 6, no more than 9, after it was doubled.
        """
        assert paid == costs(
            adjusted('factor = "2"', 'floor = "6"', 'ceiling = "9"', base=base)
        )

    @pytest.mark.rule("tariff.adjusted.round")
    @pytest.mark.parametrize(
        ("paid", "step"),
        [
            ("2.40", 'round_to = "0.10"'),
            ("2.20", 'round_to = "0.10"\ntoward = "down"'),
            ("2.40", 'round_to = "0.10"\ntoward = "up"'),
            ("2.30", 'round_to = "0.05"'),
        ],
    )
    def test_round(self, paid, step):
        """
        Rounded in between, before what follows.
        """
        assert paid == costs(adjusted(step, 'factor = "2"', base="1.15"))

    @pytest.mark.rule("tariff.adjusted.lower-bracket")
    @pytest.mark.parametrize(
        ("price", "quotient", "siblings"),
        [
            ("3.00", "1000", 2),
            ("2.00", "1000", 3),
            ("1.00", "500", 3),
            ("1.00", "100", 3),
        ],
    )
    def test_lower_bracket(self, price, quotient, siblings):
        """
        Three children are one bracket below; the first stays the first.
        """
        of = rules(
            """
[[tariffs]]
without_quotient = "refused"
brackets = [
    { label = "a", less_than = "300", prices = { journee = "1.00" } },
    { label = "b", at_least = 300, less_than = 900, prices.journee = "2.00" },
    { label = "c", at_least = "900", prices = { journee = "3.00" } },
]

[[tariffs.adjustments]]
label = "tranche immédiatement inférieure"
when = { siblings = { at_least = 3 } }
lower_bracket = 1
"""
        )

        assert price == costs(
            of, visit(of, siblings=siblings), household=family(quotient)
        )


class TestPer:
    @pytest.mark.rule("tariff.adjusted.per-day", "tariff.adjusted.add")
    @pytest.mark.parametrize(
        ("paid", "per"),
        [("22.00", "unit"), ("21.00", "line"), ("21.00", "day")],
    )
    def test_quantity(self, paid, per):
        """
        For each unit of a quantity, or once.
        """
        assert paid == costs(adjusted(f'add = "1"\nper = "{per}"', **TWO))

    @pytest.mark.rule("tariff.adjusted.per-day")
    @pytest.mark.parametrize(
        ("paid", "per"),
        [("52.00", "unit"), ("50.00", "line"), ("48.00", "day")],
    )
    def test_day(self, paid, per):
        """
        Once a day is once, whatever the amplitudes of the day.
        """
        of = adjusted(f'add = "1"\nper = "{per}"', **TWO)

        assert paid == costs(
            of,
            visit(of),
            visit(of, amplitude="SOIR"),
            visit(of, WEDNESDAY + A_DAY),
            visit(of, WEDNESDAY + A_DAY, amplitude="SOIR"),
        )

    @pytest.mark.rule("tariff.adjusted.per-day")
    def test_several_places(self):
        """
        It is once a child, too, where a child has days in two accueils.
        """
        of = adjusted('add = "1"\nper = "day"', **TWO)
        lou = visits(of, visit(of)), visits(of, visit(of, amplitude="SOIR"))
        noa = visits(of, visit(of), child="noa")

        found = price(
            [*lou, noa],
            household=family(),
            reglement=of,
            booked_on=BOOKED_ON,
        )

        assert "45.00" == euros(found)

    @pytest.mark.rule("tariff.adjusted.per-day", "tariff.adjusted.order")
    def test_line_never_below(self):
        """
        A discount of the day takes off no more than the line.
        """
        of = adjusted(
            'add = "-25"\nper = "line"', 'add = "2"\nper = "line"', **TWO
        )

        assert "2.00" == costs(of)


class TestAids:
    @pytest.mark.rule("tariff.aid", "tariff.aid.sum")
    @pytest.mark.parametrize(
        ("paid", "aid", "step"),
        [
            ("14.00", "6.00", 'aid = "3"'),
            ("17.00", "3.00", 'aid = "3"\nper = "line"'),
            ("17.00", "3.00", 'aid = "3"\nper = "day"'),
            ("14.00", "6.00", 'aid_share = "0.30"'),
            ("1.00", "19.00", 'family_part = "0.50"'),
        ],
    )
    def test_shown(self, paid, aid, step):
        """
        Full price, aid and who gives it, what the family pays.
        """
        of = adjusted(f'{step}\npayer = "CCAS"', **TWO)
        (line,) = ask(of)

        assert (eur(paid), (Aided("CCAS", eur(aid)),)) == (
            line.amount,
            line.aids,
        )
        assert eur("20.00") == line.full
        assert "10.00" == f"{line.unit_price.euros:.2f}"

    @pytest.mark.rule("tariff.aid")
    def test_once_a_day(self):
        """
        An aid of the day is given once.
        """
        of = adjusted('aid = "2"\npayer = "CAF"\nper = "day"', **TWO)

        assert "21.00" == costs(of, visit(of), visit(of, amplitude="SOIR"))

    @pytest.mark.rule("tariff.aid.bounds")
    @pytest.mark.parametrize(
        ("steps", "paid", "helped"),
        [
            (('aid = "10"\npayer = "CAF"',), "0.00", "20.00"),
            (('aid = "10.01"\npayer = "CAF"',), "0.00", "20.00"),
            (('aid = "20.01"\npayer = "CAF"\nper = "line"',), "0.00", "20.00"),
            (
                ('add = "-15"\nper = "line"', 'aid = "3"\npayer = "CAF"'),
                "0.00",
                "5.00",
            ),
            (
                ('add = "-14"\nper = "line"', 'aid = "3"\npayer = "CAF"'),
                "0.00",
                "6.00",
            ),
            (
                ('add = "-13"\nper = "line"', 'aid = "3"\npayer = "CAF"'),
                "1.00",
                "6.00",
            ),
            (('family_part = "10"\npayer = "CAF"',), "20.00", "0.00"),
            (('family_part = "11"\npayer = "CAF"',), "20.00", "0.00"),
        ],
    )
    def test_bounds(self, steps, paid, helped):
        """
        Nobody pays more than there is to pay.
        """
        (line,) = ask(adjusted(*steps, **TWO))

        assert eur(paid) == line.amount
        assert eur(helped) == total(aid.amount for aid in line.aids)

    @pytest.mark.rule("tariff.aid.sum")
    @pytest.mark.parametrize("point", ["unit", "line", "total"])
    def test_sum(self, point):
        """
        Two thirds that two payers share leave the full price a euro.
        """
        of = adjusted(
            'aid = "0.333"\npayer = "CCAS"',
            'aid = "0.333"\npayer = "CAF"',
            base="1.00",
            keys=f'rounding = {{ point = "{point}" }}',
        )
        (line,) = ask(of)

        assert eur("1.00") == line.full
        assert eur("0.33") == line.amount
        assert eur("0.67") == total(aid.amount for aid in line.aids)

    @pytest.mark.rule("tariff.aid", "quote.row.gathers")
    def test_then_surcharge(self):
        """
        What comes after an aid is the family's.
        """
        of = adjusted('aid = "8"\npayer = "CCAS"', 'factor = "2"')
        (line,) = ask(of)

        assert (eur("4.00"), eur("12.00")) == (line.amount, line.full)
