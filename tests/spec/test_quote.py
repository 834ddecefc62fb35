"""
docs/spec/quote.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal
from itertools import permutations

import pytest
from attrs import evolve, fields

from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import ChildId, FactName
from portail_core.domain.money import Money, UnitPrice, eur
from portail_core.domain.quotes import (
    Aided,
    PricedLine,
    Quote,
    QuoteRow,
    Visit,
    Visits,
    Why,
    by_day,
    difference,
    estimate,
    price,
)
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import Nature
from tests.spec.guide import (
    DAY_CARE,
    FACTS,
    HIGH,
    LOU,
    LOW,
    NEXT_WEDNESDAY,
    PERIOD,
    REGLEMENT,
    SOURCE,
    WEDNESDAY,
    WHY,
    priced,
)
from tests.spec.tariffs import (
    BOOKED_ON,
    NOA,
    ask,
    costs,
    family,
    rules,
    visit,
    visits,
)

FULL_DAY, MORNING_ONLY = REGLEMENT.amplitudes
A_DAY = dt.timedelta(days=1)


def quote(*days, household=FACTS, reglement=REGLEMENT):
    return price(
        [
            Visits(
                child=LOU,
                period=PERIOD,
                days=tuple(
                    Visit(day=day, amplitude=amplitude)
                    for day, amplitude in days
                ),
            )
        ],
        household=household,
        reglement=reglement,
        booked_on=BOOKED_ON,
    )


def unit(text):
    return UnitPrice(Decimal(text))


class TestRows:
    @pytest.mark.rule("quote.row.columns")
    def test_columns(self):
        """
        Désignation, Quantité, Tarif, Montant, then why, and who helps.
        """
        assert [
            "designation",
            "quantity",
            "unit_price",
            "amount",
            "why",
            "aids",
        ] == [field.name for field in fields(QuoteRow)]

    @pytest.mark.rule("quote.row.columns", "quote.row.gathers")
    def test_guide(self):
        """
        Two Wednesdays with meal are two rows, each twice.
        """
        lines = quote((WEDNESDAY, FULL_DAY), (NEXT_WEDNESDAY, FULL_DAY))

        assert (
            QuoteRow(
                designation="Journée",
                quantity=Decimal(2),
                unit_price=unit("9.00"),
                amount=eur("18.00"),
                why=WHY,
            ),
            QuoteRow(
                designation="Repas",
                quantity=Decimal(2),
                unit_price=unit("3.50"),
                amount=eur("7.00"),
                why=WHY,
            ),
        ) == estimate(lines).rows

    @pytest.mark.rule("quote.row.gathers")
    @pytest.mark.parametrize(
        "changes",
        [
            {"designation": "Demi-journée"},
            {"unit_price": unit("8.99")},
            {"why": evolve(WHY, label=HIGH.label)},
        ],
        ids=["designation", "tariff", "origin"],
    )
    def test_apart(self, changes):
        """
        What differs in one of the three is another row.
        """
        one = priced(eur("9.00"), unit_price=unit("9.00"))

        assert 2 == len(estimate((one, evolve(one, **changes))).rows)

    @pytest.mark.rule("quote.row.gathers")
    @pytest.mark.parametrize(
        "changes",
        [{"day": NEXT_WEDNESDAY}, {"child": ChildId("noa")}],
        ids=["day", "child"],
    )
    def test_together(self, changes):
        """
        What differs in the day or the child is the same row.
        """
        one = priced(eur("9.00"), unit_price=unit("9.00"))

        assert 1 == len(estimate((one, evolve(one, **changes))).rows)

    @pytest.mark.rule("quote.row.gathers", "tariff.aid.sum")
    def test_aids(self):
        """
        Aids of one payer are added up, payer by payer.
        """
        one = priced(
            eur("9.00"),
            unit_price=unit("9.00"),
            aids=(Aided("CAF", eur("2")), Aided("CCAS", eur("1"))),
        )
        (row,) = estimate((one, one)).rows

        assert (Aided("CAF", eur("4")), Aided("CCAS", eur("2"))) == row.aids


class TestLines:
    @pytest.mark.rule("quote.line.why")
    @pytest.mark.parametrize(
        ("bracket", "position", "quotient"),
        [(LOW, 0, "800"), (HIGH, 1, "801"), (HIGH, 1, None)],
        ids=["low", "high", "without quotient"],
    )
    def test_why(self, bracket, position, quotient):
        """
        A line says what it prices, and why.
        """
        (care, _) = quote((WEDNESDAY, FULL_DAY), household=family(quotient))
        euros = bracket.prices[DAY_CARE].euros

        assert (
            PricedLine(
                child=LOU,
                day=WEDNESDAY,
                prestation=DAY_CARE,
                designation="Journée",
                nature=Nature.CARE,
                quantity=Decimal(1),
                unit_price=UnitPrice(euros),
                amount=eur(str(euros)),
                why=Why(
                    rule=(
                        "tariff.bracket"
                        if quotient is not None
                        else "tariff.quotient.highest"
                    ),
                    path=f"tariffs[0].brackets[{position}]",
                    label=bracket.label,
                    source=SOURCE,
                ),
            )
            == care
        )

    @pytest.mark.rule("quote.line.once")
    def test_once(self):
        """
        Three quarters of an hour on three days are 0.69, not 0.68.
        """
        of = rules(
            '[[tariffs]]\nprices = { journee = "0.90" }',
            bills={"JOUR": '{ journee = "0.25" }'},
        )
        found = estimate(
            ask(of, *(visit(of, WEDNESDAY + n * A_DAY) for n in range(3)))
        )
        (row,) = found.rows

        assert [eur("0.23")] * 3 == [line.amount for line in found.lines]
        assert (Decimal("0.75"), unit("0.90"), eur("0.69"), eur("0.69")) == (
            row.quantity,
            row.unit_price,
            row.amount,
            found.total,
        )

    @pytest.mark.rule("quote.total.sum")
    def test_total(self):
        """
        Lines, rows and days add up to one total.
        """
        lines = quote((WEDNESDAY, FULL_DAY), (NEXT_WEDNESDAY, MORNING_ONLY))
        found = estimate(lines)

        assert lines == found.lines
        assert [Money(1750)] * 3 == [
            found.total,
            sum((row.amount for row in found.rows), start=Money(0)),
            sum(by_day(lines).values(), start=Money(0)),
        ]

    @pytest.mark.rule("quote.total.sum")
    def test_by_day(self):
        """
        Each day has its part of it.
        """
        lines = quote((WEDNESDAY, FULL_DAY), (NEXT_WEDNESDAY, MORNING_ONLY))

        assert {
            WEDNESDAY: eur("12.50"),
            NEXT_WEDNESDAY: eur("5.00"),
        } == by_day(lines)

    @pytest.mark.rule("quote.total.sum")
    def test_nothing(self):
        """
        No day costs nothing.
        """
        assert Quote(rows=(), lines=(), total=Money(0)) == estimate(quote())

    @pytest.mark.rule("quote.order")
    def test_order(self):
        """
        Whatever the order of the days, and of a day's amplitudes: a discount
        of the day is taken off the first of them in the day.
        """
        of = rules(
            '[[tariffs]]\nprices = { journee = "1.00", soir = "5.00" }\n'
            '[[tariffs.adjustments]]\nlabel = "remise"\nadd = "-2"\n'
            'per = "day"',
            bills={"JOUR": '{ journee = "1" }', "SOIR": '{ soir = "1" }'},
            prestations={"soir": ""},
        )
        days = [
            visit(of),
            visit(of, amplitude="SOIR"),
            visit(of, WEDNESDAY + A_DAY),
        ]

        assert {"5.00"} == {costs(of, *order) for order in permutations(days)}

    @pytest.mark.rule("quote.nth")
    def test_nth(self):
        """
        Days are counted anew each month; two amplitudes are one day.
        """
        of = rules(
            '[[tariffs]]\nprices = { journee = "1.00" }\n'
            '[[tariffs.adjustments]]\nlabel = "dès le 2e jour"\n'
            'when = { nth = { at_least = 2 } }\nadd = "10"',
            bills=dict.fromkeys(("JOUR", "SOIR"), '{ journee = "1" }'),
        )

        assert "14.00" == costs(
            of,
            visit(of),
            visit(of, amplitude="SOIR"),
            visit(of, WEDNESDAY + A_DAY),
            visit(of, NEXT_WEDNESDAY),
        )

    @pytest.mark.rule("quote.refusals")
    def test_refusals(self):
        """
        What is missing is told once, whatever the days and children that miss
        it, and nothing is priced.
        """
        of = rules(
            """
[[tariffs]]
code = "a"
when = { residency = ["commune"] }
prices = { journee = "1.00" }

[[tariffs]]
code = "b"
when = { scheme = ["caf"] }
prices = { repas = "1.00" }
""",
            bills={"JOUR": '{ journee = "1", repas = "1" }'},
            prestations={"repas": ""},
        )

        with pytest.raises(Refused) as no:
            price(
                [
                    visits(of, visit(of), visit(of, WEDNESDAY + A_DAY)),
                    visits(of, visit(of), child=NOA),
                ],
                household=family(),
                reglement=of,
                booked_on=BOOKED_ON,
            )

        assert (
            FactMissing(FactName("residency")),
            FactMissing(FactName("scheme")),
        ) == no.value.refusals


class TestDifference:
    ONE = priced(eur("9.00"), unit_price=unit("9.00"))
    AIDED = evolve(ONE, amount=eur("7"), aids=(Aided("CAF", eur("2")),))

    @pytest.mark.rule("quote.difference")
    @pytest.mark.parametrize("same", [ONE, AIDED])
    def test_nothing(self, same):
        """
        What costs the same is not listed.
        """
        assert () == difference((same,), (same,))

    @pytest.mark.rule("quote.difference")
    def test_quantity(self):
        """
        More of the same is what there is more.
        """
        more = evolve(self.ONE, quantity=Decimal(3), amount=eur("27.00"))

        assert (
            evolve(self.ONE, quantity=Decimal(2), amount=eur("18.00")),
        ) == difference((more,), (self.ONE,))

    @pytest.mark.rule("quote.difference")
    @pytest.mark.parametrize(
        "new",
        [
            evolve(ONE, unit_price=unit("12.00"), amount=eur("12.00")),
            AIDED,
        ],
        ids=["price", "aid"],
    )
    def test_price(self, new):
        """
        Another price of the same is asked, and the old one taken off.
        """
        assert (
            new,
            evolve(self.ONE, quantity=Decimal(-1), amount=eur("-9.00")),
        ) == difference((new,), (self.ONE,))

    @pytest.mark.rule("quote.difference")
    def test_no_more(self):
        """
        What is no longer asked is taken off, aids and all.
        """
        assert (
            evolve(
                self.AIDED,
                quantity=Decimal(-1),
                amount=eur("-7"),
                aids=(Aided("CAF", eur("-2")),),
            ),
        ) == difference((), (self.AIDED,))
