"""
docs/spec/request.md and cancellation.md: what is priced together.

The guide's Wednesdays at 10 € and a 4 € meal; half price from the second
child who comes that day; « 2 mercredis du mois 17 € »; a yearly membership.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.application._absences import cancelled_days
from portail_core.domain.bounds import Bounds
from portail_core.domain.conditions import When, Within
from portail_core.domain.dated import Decision, History
from portail_core.domain.facts import FactMissing, HouseholdFacts
from portail_core.domain.ids import (
    AgentId,
    FactName,
    PrestationCode,
    TariffCode,
)
from portail_core.domain.money import Money, eur
from portail_core.domain.payments import Outcome, PriceChanged
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import LineState, PricedTogether
from portail_core.domain.siblings import Counted, Siblings
from portail_core.domain.tariffs import (
    Adjustment,
    Factor,
    Individual,
    Named,
    Nature,
    OncePer,
    OtherSizes,
    Packages,
    Prestation,
    Size,
    Tariff,
    Tariffs,
    Within as Span,
    fixed,
)
from portail_core.testing.promises import check_promises
from portail_core.testing.reglements import changed, fixed_at
from tests.application.conftest import (
    AFTER,
    FULL_DAY,
    MORNING,
    NEXT,
    PERIOD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)

JOURNEE = PrestationCode("journee")
REPAS = PrestationCode("repas")
DEMI_JOURNEE = PrestationCode("demi-journee")
DEUX = PrestationCode("deux-mercredis")
ADHESION = PrestationCode("adhesion")

PRICES = {
    JOURNEE: "10.00",
    REPAS: "4.00",
    DEMI_JOURNEE: "5.00",
    DEUX: "17.00",
    ADHESION: "12.00",
}
SECOND = Adjustment(
    label="moitié prix à partir du deuxième enfant",
    when=When((Within(FactName("rank"), Bounds(above=Decimal(2))),)),
    step=Factor(factor=Decimal("0.5")),
)
PACKAGE = Packages(
    of=(JOURNEE,),
    within=Span.MONTH,
    sizes=(Size(first=2, last=2, billed_as=DEUX),),
    other_sizes=OtherSizes.LARGEST_THEN_SINGLE,
)
JUNE_17 = dt.date(2026, 6, 17)
JUNE_24 = dt.date(2026, 6, 24)


def decided(*bills, once_per=OncePer.HOUSEHOLD_YEAR, **tariff):
    """
    The guide's règlement at these prices; *bills* are asked for by a full
    day, too.
    """
    prestations = (
        *PETITES_BOUILLES.prestations,
        Prestation(code=DEUX, label="Deux mercredis", nature=Nature.CARE),
        Prestation(
            code=ADHESION,
            label="Adhésion",
            nature=Nature.MEMBERSHIP,
            once_per=once_per,
        ),
    )
    amplitudes = tuple(
        evolve(
            one,
            prestations={
                **one.prestations,
                **dict.fromkeys(bills, Decimal(1)),
            },
        )
        if one.code == FULL_DAY
        else one
        for one in PETITES_BOUILLES.amplitudes
    )
    voted = Tariff(grid=fixed(fixed_at(PRICES)), **tariff)
    decision = Decision(
        since=dt.date(2025, 9, 1),
        source="délibération n° 2025-34",
        value=voted,
        path="tariffs[0]",
    )
    return changed(
        PETITES_BOUILLES,
        prestations=prestations,
        amplitudes=amplitudes,
        siblings=Siblings(counted=Counted.PRESENT),
        tariffs=Tariffs((Named(TariffCode("tarif"), History((decision,))),)),
    )


@pytest.fixture(name="town")
def _town(store):
    """
    A portal under such a règlement, whose promises are checked at the end.
    """
    worlds = []

    def open_it(*bills, **tariff):
        worlds.append(World(store, decided(*bills, **tariff)))
        return worlds[-1]

    yield open_it
    for world in worlds:
        check_promises(store, at=world.clock.now())


def paid(family, number):
    """
    What stays paid for each day of a request, and how each stands.
    """
    with family.world.store.reading() as reading:
        request = reading.of(family.member.household).request(number)
    return [(line.day, line.state, line.paid) for line in request.lines]


class TestRanks:
    @pytest.mark.rule("request.basket.together")
    def test_basket(self, town):
        """
        Who is the second child is decided in the basket, eldest first.
        """
        family = town(adjustments=(SECOND,)).family()
        little = family.add_child("Noé", born=dt.date(2020, 1, 5))

        younger = family.ask(WEDNESDAY, child=little)
        elder = family.ask(WEDNESDAY)

        assert (eur("14.00"), eur("14.00")) == (younger.amount, elder.amount)
        assert eur("21.00") == family.desk.basket.show().total

    @pytest.mark.rule("request.basket.together")
    def test_only_that_day(self, town):
        """
        A child has another rank on a day when its sibling does not come.
        """
        family = town(adjustments=(SECOND,)).family()
        little = family.add_child("Noé", born=dt.date(2020, 1, 5))
        family.ask(WEDNESDAY)

        assert eur("21.00") == family.ask(WEDNESDAY, NEXT, child=little).amount

    @pytest.mark.rule("request.basket.together")
    def test_paid_rank_stands(self, town):
        """
        What was paid is not ranked again: an elder who comes later takes the
        rank that is left.
        """
        family = town(adjustments=(SECOND,)).family()
        little = family.add_child("Noé", born=dt.date(2020, 1, 5))
        family.book(WEDNESDAY, child=little)

        assert eur("7.00") == family.ask(WEDNESDAY).amount

    @pytest.mark.rule("request.basket.together")
    def test_sibling_goes(self, town):
        """
        The discount goes with the sibling that gave it: what the family saw
        is compared before it pays.
        """
        family = town(adjustments=(SECOND,)).family()
        little = family.add_child("Noé", born=dt.date(2020, 1, 5))
        elder = family.ask(WEDNESDAY)
        family.ask(WEDNESDAY, child=little)
        shown = family.desk.basket.show().total
        family.desk.basket.discard(elder.number, command="bin")

        with pytest.raises(Refused) as refused:
            family.desk.basket.check_out(shown_total=shown, command="pay")

        assert (
            PriceChanged(eur("21.00"), eur("14.00")),
        ) == refused.value.refusals

    @pytest.mark.rule("cancellation.group.ranks")
    def test_cancelling_the_first(self, town):
        """
        Cancelling the elder gives back the elder's price: the younger keeps
        its discount.
        """
        family = town(adjustments=(SECOND,)).family()
        little = family.add_child("Noé", born=dt.date(2020, 1, 5))
        family.ask(WEDNESDAY, child=little)
        elder = family.ask(WEDNESDAY)
        family.world.answer(family.check_out(), Outcome.PAID)

        done = family.cancel(elder.number, WEDNESDAY)

        assert eur("14.00") == done.credited

    @pytest.mark.rule("request.basket.together")
    @pytest.mark.parametrize("once_per", [None, OncePer.HOUSEHOLD_YEAR])
    def test_month(self, town, once_per):
        """
        The planning shows what a request for that day alone would cost.
        """
        family = town(once_per=once_per, adjustments=(SECOND,)).family()
        little = family.add_child("Noé", born=dt.date(2020, 1, 5))
        family.ask(WEDNESDAY)

        month = family.desk.planning.month(little.id, PERIOD, WEDNESDAY)

        prices = {
            day.day: choice.price
            for week in month.weeks
            for day in week
            for choice in day.choices
            if choice.amplitude == FULL_DAY
        }
        assert eur("7.00") == prices[WEDNESDAY]
        assert eur("14.00") == prices[NEXT]


class TestOnce:
    @pytest.mark.rule("request.basket.together")
    def test_first_request(self, town):
        """
        The membership is billed with the oldest request, and no other.
        """
        family = town(ADHESION).family()

        first, second = family.ask(WEDNESDAY), family.ask(NEXT)

        assert (eur("26.00"), eur("14.00")) == (first.amount, second.amount)

    @pytest.mark.rule("request.basket.together")
    def test_paid_already(self, town):
        """
        Once paid, it is not billed again that year.
        """
        family = town(ADHESION).family()
        family.book(WEDNESDAY)

        assert eur("14.00") == family.ask(NEXT).amount

    @pytest.mark.rule("cancellation.group.once")
    def test_stays_due(self, town):
        """
        It stays due while a day remains that asked for it.
        """
        family = town(ADHESION).family()
        number = family.book(WEDNESDAY, NEXT).number

        first = family.cancel(number, WEDNESDAY)
        last = family.cancel(number, NEXT)

        assert (eur("14.00"), eur("26.00")) == (first.credited, last.credited)

    @pytest.mark.rule("cancellation.group.once")
    def test_billed_elsewhere(self, town):
        """
        Cancelling a request that was not billed the membership does not give
        it back.
        """
        family = town(ADHESION).family()
        family.book(WEDNESDAY)
        number = family.book(NEXT, AFTER).number

        assert eur("14.00") == family.cancel(number, NEXT).credited


class TestPackages:
    @pytest.mark.rule("cancellation.group.rest")
    def test_broken(self, town):
        """
        Two Wednesdays of June cost 17 €, one 10 €: cancelling one gives back
        7 € and its meal, then the other all the rest.
        """
        family = town(packages=(PACKAGE,)).family()
        number = family.book(NEXT, AFTER).number

        first = family.cancel(number, NEXT)

        assert eur("11.00") == first.credited
        assert [
            (NEXT, LineState.CANCELLED, eur("11.00")),
            (AFTER, LineState.CONFIRMED, eur("14.00")),
        ] == paid(family, number)
        assert eur("14.00") == family.cancel(number, AFTER).credited

    @pytest.mark.rule("cancellation.group.rest")
    def test_together(self, town):
        """
        Days cancelled at once give back what they would one after the other.
        """
        family = town(packages=(PACKAGE,)).family()
        number = family.book(NEXT, AFTER, JUNE_17).number

        done = family.cancel(number, NEXT, JUNE_17)

        assert [eur("14.00"), eur("11.00")] == [
            day.settlement.credited for day in done.days
        ]
        assert (AFTER, LineState.CONFIRMED, eur("14.00")) == paid(
            family, number
        )[1]

    @pytest.mark.rule("request.change.priced-together")
    def test_change(self, town):
        """
        A day of a package is not changed; one beside it is.
        """
        family = town(packages=(PACKAGE,)).family()
        number = family.book(WEDNESDAY, NEXT, AFTER).number

        with pytest.raises(Refused) as refused:
            family.desk.planning.preview_day_change(number, NEXT, MORNING)
        beside = family.desk.planning.preview_day_change(
            number, WEDNESDAY, MORNING
        )

        assert (PricedTogether(NEXT),) == refused.value.refusals
        assert eur("9.00") == beside.credited

    def test_cancelled_days(self, town):
        """
        A day of a package has no price of its own, and what it set free all
        the same.
        """
        strict = evolve(PACKAGE, other_sizes=OtherSizes.REFUSED)
        family = town(packages=(strict,)).family()
        number = family.book(NEXT, AFTER).number
        family.cancel(number, NEXT, AFTER)

        with family.world.store.reading() as reading:
            request = reading.of(family.member.household).request(number)
            found = cancelled_days(request, (NEXT, AFTER), reading)

        assert [{}, {}] == [day.parts for day in found]
        assert eur("25.00") == sum((day.released for day in found), Money(0))

    def test_late_money(self, town):
        """
        A package that is paid too late is credited whole, or confirmed whole.
        """
        world = town(packages=(PACKAGE,))
        family = world.family()
        number = family.ask(NEXT, AFTER).number
        checkout = family.check_out()
        world.clock.move(dt.timedelta(hours=5))

        world.answer(checkout, Outcome.PAID)

        assert eur("25.00") == sum(
            (amount for *_, amount in paid(family, number)), Money(0)
        )


class TestFacts:
    @pytest.mark.rule("request.facts.frozen")
    def test_amounts(self, town):
        """
        An amount that staff set for a child prices it, until staff set
        another: what was asked before keeps its own.
        """
        world = town()
        (named,) = world.portal.reglement.terms.tariffs.named
        (decision,) = named.versions.decisions
        prices = {
            **decision.value.grid.brackets[0].prices,
            JOURNEE: Individual(at_least=Decimal(3), at_most=Decimal(9)),
        }
        tariff = evolve(decision.value, grid=fixed(prices))
        individual = changed(
            world.portal.reglement,
            tariffs=Tariffs(
                (
                    evolve(
                        named,
                        versions=History((evolve(decision, value=tariff),)),
                    ),
                )
            ),
        )
        world.portal.activate(individual, since=dt.date(2026, 5, 13))
        world.portal = world.open(individual)
        family = world.family()
        with pytest.raises(Refused) as refused:
            family.ask(WEDNESDAY)
        assert (FactMissing(FactName("individual")),) == (
            refused.value.refusals
        )
        staff = world.portal.trusted.staff(AgentId("accueil"))
        household = family.member.household

        def set_amount(euros):
            amounts = {family.child.id: {JOURNEE: Decimal(euros)}}
            staff.record_facts(household, HouseholdFacts(amounts=amounts))

        set_amount("5.50")
        asked = family.ask(WEDNESDAY)
        set_amount("7.00")

        assert eur("9.50") == asked.amount
        assert eur("9.50") == family.desk.basket.show().total
        assert eur("11.00") == family.ask(NEXT).amount
