"""
docs/spec/quote.md, rule by rule.
"""

from decimal import Decimal

import pytest
from attrs import evolve, fields

from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.ids import AmplitudeCode, ChildId, PrestationCode
from portail_core.domain.money import Money, eur
from portail_core.domain.quotes import (
    PricedLine,
    Quote,
    QuoteRow,
    Why,
    by_day,
    estimate,
    price,
)
from portail_core.domain.tariffs import Nature, Prestation
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    DAY_CARE,
    GRID,
    HIGH,
    LOU,
    LOW,
    MEAL,
    MORNING,
    NEXT_WEDNESDAY,
    PERIOD,
    REGLEMENT,
    SOURCE,
    WEDNESDAY,
    WHY,
    always,
    priced,
)

FULL_DAY, MORNING_ONLY = REGLEMENT.amplitudes
HOUR = PrestationCode("heure")


def quote(*days, quotient=Decimal(650), reglement=REGLEMENT):
    return price(
        days, child=LOU, period=PERIOD, quotient=quotient, reglement=reglement
    )


class TestRows:
    @pytest.mark.rule("quote.row.columns")
    def test_columns(self):
        """
        Désignation, Quantité, Tarif, Montant, then why.
        """
        assert [
            "designation",
            "quantity",
            "unit_price",
            "amount",
            "why",
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
                unit_price=eur("9.00"),
                amount=eur("18.00"),
                why=WHY,
            ),
            QuoteRow(
                designation="Repas",
                quantity=Decimal(2),
                unit_price=eur("3.50"),
                amount=eur("7.00"),
                why=WHY,
            ),
        ) == estimate(lines).rows

    @pytest.mark.rule("quote.row.gathers")
    @pytest.mark.parametrize(
        "changes",
        [
            {"designation": "Demi-journée"},
            {"unit_price": eur("8.99")},
            {"why": evolve(WHY, label=HIGH.label)},
        ],
        ids=["designation", "tariff", "origin"],
    )
    def test_apart(self, changes):
        """
        What differs in one of the three is another row.
        """
        one = priced(eur("9.00"))

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
        one = priced(eur("9.00"))

        assert 1 == len(estimate((one, evolve(one, **changes))).rows)


class TestLines:
    @pytest.mark.rule("quote.line.why")
    @pytest.mark.parametrize(
        ("bracket", "position", "quotient"),
        [(LOW, 0, Decimal(800)), (HIGH, 1, Decimal(801)), (HIGH, 1, None)],
        ids=["low", "high", "without quotient"],
    )
    def test_why(self, bracket, position, quotient):
        """
        A line says what it prices, and why.
        """
        (care, _) = quote((WEDNESDAY, FULL_DAY), quotient=quotient)

        assert (
            PricedLine(
                child=LOU,
                day=WEDNESDAY,
                prestation=DAY_CARE,
                designation="Journée",
                nature=Nature.CARE,
                quantity=Decimal(1),
                unit_price=bracket.prices[DAY_CARE],
                amount=bracket.prices[DAY_CARE],
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
        quarter = Amplitude(
            code=AmplitudeCode("QUART"),
            label="UN QUART D'HEURE",
            parts=(MORNING,),
            prestations={HOUR: Decimal("0.25")},
        )
        prices = {HOUR: eur("0.90"), MEAL: eur("3.85")}
        rules = changed(
            REGLEMENT,
            prestations=(
                Prestation(code=HOUR, label="Heure", nature=Nature.CARE),
                REGLEMENT.prestation(MEAL),
            ),
            amplitudes=(
                evolve(quarter),
                evolve(FULL_DAY, prestations={MEAL: Decimal(1)}),
                evolve(MORNING_ONLY, prestations={HOUR: Decimal(4)}),
            ),
            tariffs=always(
                evolve(
                    GRID,
                    brackets=(evolve(LOW, up_to=None, prices=prices),),
                ),
                "tariffs[0]",
            ),
        )

        found = estimate(
            quote(
                *((WEDNESDAY, quarter) for _ in range(3)),
                reglement=rules,
            )
        )

        assert [eur("0.23")] * 3 == [line.amount for line in found.lines]
        assert eur("0.69") == found.total
        assert (
            QuoteRow(
                designation="Heure",
                quantity=Decimal("0.75"),
                unit_price=eur("0.90"),
                amount=eur("0.69"),
                why=WHY,
            ),
        ) == found.rows

    @pytest.mark.rule("quote.total.sum")
    def test_total(self):
        """
        Lines, rows and days add up to one total.
        """
        lines = quote(
            (WEDNESDAY, FULL_DAY),
            (NEXT_WEDNESDAY, MORNING_ONLY),
        )
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
