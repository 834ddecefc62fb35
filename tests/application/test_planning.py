"""
What days would cost, and asking for them.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core import Money, Refused, Wish, eur
from portail_core.application._commands import CommandReused
from portail_core.domain.bookings import (
    AgeNotAdmitted,
    AlreadyBooked,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    NoDayWished,
)
from portail_core.domain.children import ChildUnknown, Custody
from portail_core.domain.days import at_paris
from portail_core.domain.gates import EmailUnconfirmed, HouseholdUndescribed
from portail_core.domain.ids import (
    AgentId,
    AmplitudeCode,
    CommandKey,
    RequestNumber,
)
from portail_core.domain.payments import PriceChanged
from portail_core.domain.reglement import AmplitudeUnknown
from portail_core.domain.requests import RequestState, RequestUnknown
from portail_core.domain.tariffs import QuotientMissing, WithoutQuotient
from portail_core.ports.store import StorageBusy
from portail_core.testing import Faults, FaultyStore, RacingStore
from portail_core.testing.reglements import changed, tariffs
from tests.application.conftest import (
    AFTERNOON,
    ASKED,
    FULL_DAY,
    MORNING,
    NEXT,
    PASSWORD,
    PERIOD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
    with_capacity,
)

TWO_HOURS = dt.timedelta(hours=2)


def refusals_of(ask):
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.refusals


class TestQuote:
    @pytest.mark.rule("quote.row.columns")
    def test_rows(self, family):
        """
        Two days with a meal are two rows of the guide's table: the day and
        the meal, each twice.
        """
        quote = family.desk.planning.quote(family.wish(WEDNESDAY, NEXT))

        rows = [
            (row.designation, row.quantity, row.unit_price.euros, row.amount)
            for row in quote.rows
        ]
        assert [
            ("Journée", Decimal(2), Decimal("11.48"), eur("22.96")),
            ("Repas", Decimal(2), Decimal("6.90"), eur("13.80")),
        ] == rows
        assert eur("36.76") == quote.total

    def test_explains_itself(self, family):
        """
        Each row says which bracket of which decision gives its price, and that
        it is the last for want of a quotient.
        """
        quote = family.desk.planning.quote(family.wish(WEDNESDAY))

        why = quote.rows[0].why
        assert ("tariff.quotient.highest", "tariffs[0].brackets[9]") == (
            why.rule,
            why.path,
        )
        assert "QF de 2051 et plus" == why.label

    def test_quotient_counts(self, world, family):
        """
        A quotient that staff recorded decides the next quote.
        """
        staff = world.portal.trusted.staff(AgentId("accueil"))
        staff.record_quotient(
            family.member.household,
            value=Decimal(780),
            month=dt.date(2026, 5, 1),
            evidence="attestation CAF",
        )

        quote = family.desk.planning.quote(family.wish(WEDNESDAY))

        assert eur("10.46") == quote.total

    @pytest.mark.rule("household.child.unknown")
    def test_other_child(self, world, family):
        """
        Another household's child is nobody's here.
        """
        other = world.family("durand")

        refusals = refusals_of(
            lambda: family.desk.planning.quote(
                family.wish(WEDNESDAY, child=other.child)
            )
        )

        assert (ChildUnknown(),) == refusals

    def test_no_day(self, family):
        """
        A wish without a day has no price.
        """
        wish = family.wish()

        assert (NoDayWished(),) == refusals_of(
            lambda: family.desk.planning.quote(wish)
        )

    @pytest.mark.rule("offer.amplitude.unknown")
    def test_unknown_amplitude(self, family):
        """
        An amplitude that is not offered is answered with those that are.
        """
        nuit = AmplitudeCode("NUIT")

        refusals = refusals_of(
            lambda: family.desk.planning.quote(
                family.wish(WEDNESDAY, amplitude=nuit)
            )
        )

        offered = PETITES_BOUILLES.accueils[0].amplitudes
        assert (AmplitudeUnknown(nuit, offered),) == refusals


class TestRequest:
    @pytest.mark.rule("basket.hold.two-hours")
    def test_guide(self, family):
        """
        The guide's own example: asked 11:12:56, held until 13:12:56.
        """
        request = family.ask(WEDNESDAY)

        assert (1, ASKED, ASKED + TWO_HOURS, eur("18.38")) == (
            request.number,
            request.created_at,
            request.held_until,
            request.amount,
        )

    @pytest.mark.rule("request.number.next")
    def test_numbers_follow(self, family):
        """
        Requests are numbered 1, 2, 3…; a refused one takes no number.
        """
        first = family.ask(WEDNESDAY)
        refusals_of(lambda: family.ask(WEDNESDAY))
        second = family.ask(NEXT)

        assert (1, 2) == (first.number, second.number)

    @pytest.mark.rule("request.command.once")
    def test_same_command(self, family):
        """
        The same command twice is the same request, once.
        """
        wish = family.wish(WEDNESDAY)
        shown = family.desk.planning.quote(wish).total

        answers = [
            family.desk.planning.request(
                wish, shown_total=shown, command="again"
            )
            for _ in range(2)
        ]

        assert answers[0] == answers[1]
        assert 1 == len(family.desk.planning.requests().items)

    @pytest.mark.rule("request.command.reused")
    def test_command_reused(self, family):
        """
        The same key for other days is an error of the host's.
        """
        family.desk.planning.request(
            family.wish(WEDNESDAY), shown_total=eur("18.38"), command="again"
        )

        refusals = refusals_of(
            lambda: family.desk.planning.request(
                family.wish(NEXT), shown_total=eur("18.38"), command="again"
            )
        )

        assert (CommandReused(CommandKey("again")),) == refusals

    def test_key_of_another_use_case(self, family):
        """
        One form may ask for days and check them out under one key.
        """
        wish = family.wish(WEDNESDAY)
        shown = family.desk.planning.quote(wish).total
        family.desk.planning.request(wish, shown_total=shown, command="form")

        checkout = family.desk.basket.check_out(
            shown_total=shown, command="form"
        )

        assert shown == checkout.to_pay

    @pytest.mark.rule("payment.price-changed")
    def test_price_shown(self, family):
        """
        A total that differs by a cent from the one shown is refused.
        """
        refusals = refusals_of(
            lambda: family.desk.planning.request(
                family.wish(WEDNESDAY),
                shown_total=eur("18.37"),
                command="cheap",
            )
        )

        assert (PriceChanged(eur("18.37"), eur("18.38")),) == refusals
        assert () == family.desk.planning.requests().items

    @pytest.mark.rule("gate.email.confirmed")
    def test_every_reason(self, world):
        """
        Someone who did nothing yet hears of everything at once.
        """
        world.portal.public.register("new@example.org", PASSWORD)
        session = world.portal.public.sign_in("new@example.org", PASSWORD)
        desk = world.portal.family(session.token)
        child = desk.children.add(
            {
                "first_name": "Lou",
                "last_name": "Essai",
                "birth_date": "09/04/2018",
            }
        )
        thursday = dt.date(2026, 5, 28)
        ascension = dt.date(2026, 5, 14)
        today = dt.date(2026, 5, 13)
        summer = dt.date(2026, 7, 8)
        days = dict.fromkeys([today, ascension, thursday, summer], FULL_DAY)

        refusals = refusals_of(
            lambda: desk.planning.request(
                Wish(child=child.id, period=PERIOD, days=days),
                shown_total=Money(1),
                command="all",
            )
        )

        assert (
            EmailUnconfirmed(),
            HouseholdUndescribed(
                (
                    "profile.first_name",
                    "profile.last_name",
                    "household.street",
                    "household.postcode",
                    "household.town",
                )
            ),
            DeadlinePassed(today, at_paris(dt.date(2026, 5, 11), dt.time(12))),
            DayIsPublicHoliday(ascension),
            DayClosed(thursday),
            DayOutsidePeriod(summer, dt.date(2025, 9, 3), dt.date(2026, 7, 1)),
            PriceChanged(Money(1), eur("73.52")),
        ) == refusals

    def test_without_a_quotient(self, store):
        """
        A règlement that prices no one without a quotient says so.
        """
        (period,) = PETITES_BOUILLES.periods
        (decision,) = PETITES_BOUILLES.tariffs_of(period).decisions
        strict = evolve(
            decision.value, without_quotient=WithoutQuotient.REFUSED
        )
        world = World(
            store,
            changed(
                PETITES_BOUILLES,
                tariffs=tariffs(evolve(decision, value=strict)),
            ),
        )
        family = world.family()

        refusals = refusals_of(
            lambda: family.desk.planning.request(
                family.wish(WEDNESDAY),
                shown_total=Money(0),
                command="unpriced",
            )
        )

        assert (QuotientMissing(),) == refusals

    @pytest.mark.rule("request.nothing-by-halves")
    def test_nothing_by_halves(self, family):
        """
        A request that is refused for one day takes no place on the others.
        """
        summer = dt.date(2026, 7, 8)

        refusals_of(lambda: family.ask(WEDNESDAY, summer))

        family.ask(WEDNESDAY)

    @pytest.mark.rule("request.day.already-booked")
    def test_parts_clash(self, family):
        """
        A morning clashes with the whole day, not with the afternoon.
        """
        family.ask(WEDNESDAY, amplitude=MORNING)

        assert (AlreadyBooked(WEDNESDAY),) == refusals_of(
            lambda: family.ask(WEDNESDAY)
        )
        family.ask(WEDNESDAY, amplitude=AFTERNOON)

    @pytest.mark.rule("request.day.age")
    def test_age_without_a_group(self, store):
        """
        A child whose age no group counts is refused, not let in without
        limit; where no pool counts at all, there is none.
        """
        over_six = PETITES_BOUILLES.pools[1:]
        world = World(store, evolve(PETITES_BOUILLES, pools=over_six))
        family = world.family()
        young = family.add_child("Noa", dt.date(2021, 5, 27))

        assert (AgeNotAdmitted(WEDNESDAY, 5),) == refusals_of(
            lambda: family.ask(WEDNESDAY, child=young)
        )
        family.ask(WEDNESDAY)

    @pytest.mark.rule("request.day.taken-elsewhere")
    def test_other_household(self, world, family):
        """
        A child of two households is booked by one; the other learns no more.
        """
        other = world.family("durand")
        with world.store.transaction() as tx:
            tx.put(
                Custody(
                    child=family.child.id,
                    household=other.member.household,
                    since=dt.date(2026, 5, 1),
                )
            )
        family.ask(WEDNESDAY, amplitude=MORNING)

        refusals = refusals_of(
            lambda: other.ask(WEDNESDAY, child=family.child)
        )

        assert (DayTakenElsewhere(WEDNESDAY),) == refusals

    @pytest.mark.rule("request.day.full")
    @pytest.mark.rule("request.one-winner")
    @pytest.mark.hard_case(20)
    def test_last_place(self, store):
        """
        The last place is the first asker's; it is free again on the second
        its hold ends, whether or not a job ran.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        first, second = world.family("martin"), world.family("durand")
        first.ask(WEDNESDAY)

        assert (DayFull(WEDNESDAY),) == refusals_of(
            lambda: second.ask(WEDNESDAY)
        )
        world.clock.move(TWO_HOURS)
        second.ask(WEDNESDAY)

    @pytest.mark.hard_case(26)
    def test_own_stale_request(self, world, family):
        """
        A family asks again for a day whose hold ended, before any job ran.
        """
        first = family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS)

        second = family.ask(WEDNESDAY)

        assert RequestState.EXPIRED == family.state(first.number)
        assert RequestState.AWAITING_PAYMENT == family.state(second.number)

    @pytest.mark.hard_case(21)
    @pytest.mark.parametrize("races", [1, 7])
    def test_others_come_first(self, world, family, races):
        """
        When other writers come first, the use case runs again, once counted.
        """
        world.portal = world.open(
            PETITES_BOUILLES, store=RacingStore(world.store, races)
        )
        desk = world.portal.trusted.family(family.member.account)

        request = desk.planning.request(
            family.wish(WEDNESDAY), shown_total=eur("18.38"), command="race"
        )

        assert 1 == request.number

    @pytest.mark.hard_case(21)
    @pytest.mark.rule("storage.busy")
    @pytest.mark.rule("storage.back-off")
    def test_storage_busy(self, world, family):
        """
        When they come first eight times, it says so, and nothing is kept.
        """
        racing = RacingStore(world.store, 0)
        portal = world.open(
            PETITES_BOUILLES, store=FaultyStore(racing, Faults())
        )
        desk = portal.trusted.family(family.member.account)
        racing.races = 8

        with pytest.raises(StorageBusy):
            desk.planning.request(
                family.wish(WEDNESDAY),
                shown_total=eur("18.38"),
                command="busy",
            )
        assert [1, 2, 3, 4, 5, 6, 7] == racing.waits
        assert () == family.desk.planning.requests().items

    @pytest.mark.rule("storage.back-off")
    def test_store_waited_already(self, world, family):
        """
        A store that is busy by itself is told of at once.
        """

        class Busy(RacingStore):
            def transaction(self, locks=()):
                raise StorageBusy

        busy = Busy(world.store, 0)
        desk = evolve(
            family.desk.planning, ports=evolve(world.portal._ports, store=busy)
        )

        with pytest.raises(StorageBusy):
            desk.request(
                family.wish(WEDNESDAY),
                shown_total=eur("18.38"),
                command="busy",
            )
        assert [] == busy.waits


class TestDetail:
    @pytest.mark.rule("planning.detail")
    def test_labels(self, family):
        """
        A reservation is shown with the names that the guide shows.
        """
        request = family.ask(WEDNESDAY)

        detail = family.desk.planning.detail(request.number)

        assert (
            "MARTIN Camille",
            "ESSAI Lou",
            "ALSH - LES PTITES BOUILLES - AUBIGNOSC",
            "PERISCOLAIRE MERCREDIS",
            "Périscolaire 2025-2026 AUBIGNOSC",
        ) == (
            detail.referent,
            detail.usager,
            detail.establishment,
            detail.accueil,
            detail.period,
        )
        (line,) = detail.lines
        assert ("JOURNEE AVEC REPAS", True, eur("18.38")) == (
            line.amplitude,
            line.takes_place,
            line.amount,
        )

    @pytest.mark.rule("request.unknown")
    def test_other_household(self, world, family):
        """
        Another household's request is unknown, as one that never was.
        """
        request = world.family("durand").ask(WEDNESDAY)

        for number in (request.number, RequestNumber(99)):
            assert (RequestUnknown(number),) == refusals_of(
                lambda n=number: family.desk.planning.detail(n)
            )
