"""
Breaks that were found once, by the simulation or by reading as an attacker.

Each test is the shortest story that broke a promise.
"""

import datetime as dt
from contextlib import contextmanager

import pytest
from attrs import evolve

from portail_core.domain.dated import Decision, History
from portail_core.domain.days import day_of
from portail_core.domain.payments import (
    AttemptState,
    NothingToPay,
    Outcome,
    PaymentUnavailable,
)
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Hold
from portail_core.domain.requests import RequestState
from portail_core.testing import (
    KeptMail,
    MemoryStore,
    ScriptedPayments,
    check_promises,
)
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    A_MINUTE,
    A_SECOND,
    AFTERNOON,
    AN_HOUR,
    MORNING,
    NEXT,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
    with_capacity,
)

TWO_HOURS = 2 * AN_HOUR


def decide(world, **changes):
    """
    Put another règlement in force from today, and open the portal again.
    """
    decided = changed(world.portal.reglement, **changes)
    world.portal.activate(decided, since=day_of(world.clock.now()))
    world.portal = world.open(decided)


def a_hold(*, minutes):
    return History(
        (
            Decision(
                since=dt.date(2025, 9, 1),
                source="délibération d'essai",
                value=Hold(minutes=minutes),
            ),
        )
    )


class Interrupted:
    """
    A store where something happens before the next commits, once each.
    """

    def __init__(self, store, *meanwhile):
        self.store = store
        self.meanwhile = list(meanwhile)

    def reading(self):
        return self.store.reading()

    @contextmanager
    def transaction(self, locks=()):
        with self.store.transaction(locks) as tx:
            yield tx
            if self.meanwhile:
                self.meanwhile.pop(0)()

    def back_off(self, lost):
        self.store.back_off(lost)


@pytest.fixture(name="world")
def _world():
    world = World(MemoryStore(), with_capacity(PETITES_BOUILLES, 2))
    yield world
    check_promises(
        world.store, at=world.clock.now(), pools=world.portal.reglement.pools
    )


class TestLateMoney:
    @pytest.mark.rule("payment.late.request-by-request")
    def test_two_parts_of_a_day(self, world):
        """
        Late money for the morning and the afternoon of one child confirms
        both: neither is taken for another request that is past its time.
        """
        family = world.family()
        morning = family.ask(WEDNESDAY, amplitude=MORNING)
        afternoon = family.ask(WEDNESDAY, amplitude=AFTERNOON)
        checkout = family.check_out()
        world.clock.move(TWO_HOURS)

        world.answer(checkout, Outcome.PAID)

        for request in (morning, afternoon):
            assert RequestState.CONFIRMED == family.state(request.number)

    @pytest.mark.rule("payment.late.confirms")
    def test_a_sibling_still_held(self, world):
        """
        The place of a request that is still held is counted once: the last
        place beside it is free.
        """
        family = world.family()
        sibling = family.add_child("Sacha")
        held = family.ask(WEDNESDAY)
        decide(world, hold=a_hold(minutes=30))
        family.meet(world.portal)
        late = family.ask(WEDNESDAY, child=sibling)
        checkout = family.check_out()
        world.answer(checkout, Outcome.ABANDONED)
        world.clock.move(AN_HOUR)
        assert RequestState.EXPIRED == family.state(late.number)

        world.answer(checkout, Outcome.PAID)

        for request in (held, late):
            assert RequestState.CONFIRMED == family.state(request.number)


class TestTimePasses:
    """
    The last place of R is free from the end of its hold on: whoever decides
    about it afterwards looks at the time after waiting, not before.
    """

    @pytest.fixture(autouse=True)
    def _one_place_left(self, world):
        world.family("petit").book(WEDNESDAY)

    @pytest.mark.rule("place.judged-after-waiting")
    @pytest.mark.hard_case(13)
    def test_while_the_provider_is_asked(self, world):
        """
        A place that another family took while the provider was asked is gone:
        the money is late.
        """
        family, other = world.family(), world.family("durand")
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        key = checkout.redirect_url.rsplit("/", 1)[-1]
        world.payment.answer(key, Outcome.PAID)

        class Slow(ScriptedPayments):
            def look_up(self, key):
                world.clock.move(TWO_HOURS)
                other.ask(WEDNESDAY)
                return world.payment.look_up(key)

        portal = world.open(world.portal.reglement, payment=Slow())
        portal.payments.notified({"key": key})

        assert RequestState.CREDITED == family.state(request.number)

    @pytest.mark.rule("place.judged-after-waiting")
    @pytest.mark.hard_case(20)
    def test_while_going_to_pay(self, world):
        """
        A place that another family took between a look at the clock and the
        commit of a checkout is not pinned.
        """
        family, other = world.family(), world.family("durand")
        request = family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS - A_SECOND)

        def meanwhile():
            world.clock.move(A_SECOND)
            other.ask(WEDNESDAY)

        store = Interrupted(world.store)
        family.meet(world.open(world.portal.reglement, store=store))
        store.meanwhile = [meanwhile]

        with pytest.raises(Refused) as refused:
            family.desk.basket.check_out(
                shown_total=request.amount, command="pay"
            )
        assert (NothingToPay(),) == refused.value.refusals


class TestSlowProvider:
    @pytest.mark.rule("payment.provider-unavailable")
    @pytest.mark.hard_case(14)
    def test_hold_is_over(self, world):
        """
        A payer whose places are gone once the provider answers is not sent
        there, and the avoirs are back at once.
        """

        class Slow(ScriptedPayments):
            def create(self, order):
                world.clock.move(TWO_HOURS)
                world.portal.jobs.expire()
                return super().create(order)

        family = world.family()
        booked = family.book(WEDNESDAY)
        family.cancel(booked.number, WEDNESDAY)
        credit = family.desk.invoices.credit_balance()
        asked = family.ask(WEDNESDAY, NEXT)
        family.meet(world.open(world.portal.reglement, payment=Slow()))

        with pytest.raises(Refused) as refused:
            family.desk.basket.check_out(
                shown_total=asked.amount, command="pay"
            )

        assert (PaymentUnavailable(),) == refused.value.refusals
        assert credit == family.desk.invoices.credit_balance()


class TestAnotherProvider:
    @pytest.mark.rule("payment.looked-up.where-begun")
    @pytest.mark.hard_case(30)
    def test_not_asked(self, world):
        """
        A provider that took the place of another is not asked about its
        payments: that it does not know them says nothing.
        """

        class Successor(ScriptedPayments):
            name = "successor"

        family = world.family()
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        portal = world.open(world.portal.reglement, payment=Successor())

        portal.jobs.reconcile()

        key = checkout.redirect_url.rsplit("/", 1)[-1]
        assert AttemptState.PRESENTED == portal.payments.settle(key)
        world.clock.move(TWO_HOURS)
        portal.jobs.reconcile()
        assert AttemptState.UNKNOWN == portal.payments.settle(key)
        assert AttemptState.PAID == world.answer(checkout, Outcome.PAID)
        assert RequestState.CONFIRMED == family.state(request.number)


class TestClockBack:
    @pytest.mark.rule("place.given-stays-given")
    @pytest.mark.hard_case(25)
    def test_given_to_a_request(self, world):
        """
        A place given to another family does not come back when the clock
        does – or with that of another host.
        """
        family, other = world.family(), world.family("durand")
        world.family("petit").book(WEDNESDAY)
        request = family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS)
        other.ask(WEDNESDAY)

        world.clock.move(-A_SECOND)

        assert RequestState.EXPIRED == family.state(request.number)

    @pytest.mark.rule("place.given-stays-given")
    def test_given_to_late_money(self, world):
        """
        Nor does one that late money took.
        """
        family, other = world.family(), world.family("durand")
        world.family("petit").book(WEDNESDAY)
        other.ask(WEDNESDAY)
        checkout = other.check_out()
        world.answer(checkout, Outcome.ABANDONED)
        world.clock.move(TWO_HOURS)
        request = family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS)
        world.answer(checkout, Outcome.PAID)

        world.clock.move(-A_SECOND)

        assert RequestState.EXPIRED == family.state(request.number)

    @pytest.mark.rule("invoice.avoir.refers")
    @pytest.mark.hard_case(25)
    def test_paid_twice(self, world):
        """
        The avoir of a cancelled day corrects the invoice that confirmed it,
        also when money that came again was invoiced by a clock set back.
        """
        family = world.family()
        request = family.ask(WEDNESDAY)
        first = family.check_out()
        world.answer(first, Outcome.ABANDONED)
        world.answer(family.check_out(), Outcome.PAID)
        world.clock.move(-A_SECOND)
        world.answer(first, Outcome.PAID)

        family.cancel(request.number, WEDNESDAY)

        _, note = sorted(
            family.desk.invoices.credit_notes().items,
            key=lambda note: note.number,
        )
        assert ("ALSH-2026-000001",) == note.invoices


class TestRegieGone:
    @pytest.fixture(name="renamed")
    def _renamed(self, world):
        """
        What puts the only régie under another code, and the same series.
        """

        def rename():
            regie = evolve(world.portal.reglement.regies[0], code="loisirs")
            (accueil,) = world.portal.reglement.accueils
            decide(
                world,
                regies=(regie,),
                accueils=(evolve(accueil, regie=regie.code),),
            )

        return rename

    @pytest.mark.rule("invoice.regie.gone")
    @pytest.mark.rule("invoice.series.printed")
    def test_paid(self, world, renamed):
        """
        Money for a régie that is gone is taken, invoiced and numbered; so is
        that of the régie that took its place, which goes on counting.
        """
        family, other = world.family(), world.family("durand")
        family.ask(WEDNESDAY)
        checkout = family.check_out()
        renamed()
        other.meet(world.portal)
        other.book(NEXT)

        assert AttemptState.PAID == world.answer(checkout, Outcome.PAID)

        numbers = [
            listed.invoice.number
            for one in (other, family)
            for listed in one.desk.invoices.all().items
        ]
        assert ["ALSH-2026-000001", "ALSH-2026-000002"] == numbers

    @pytest.mark.rule("invoice.regie.gone")
    def test_cancelled(self, world, renamed):
        """
        A day paid at a régie that is gone can be cancelled.
        """
        family = world.family()
        request = family.book(WEDNESDAY)
        renamed()
        family.meet(world.portal)

        family.cancel(request.number, WEDNESDAY)

        (note,) = family.desk.invoices.credit_notes().items
        assert "ALSH-AV-2026-000001" == note.number


class TestCommandAgain:
    @pytest.mark.rule("request.command.once")
    def test_the_offer_changed(self, world):
        """
        A request given again is answered as it was, even if what it asked
        for is no longer offered.
        """
        family = world.family()
        wish = family.wish(WEDNESDAY)
        shown = family.desk.planning.quote(wish).total
        first = family.desk.planning.request(
            wish, shown_total=shown, command="ask"
        )
        (accueil,) = world.portal.reglement.accueils
        decide(world, accueils=(evolve(accueil, amplitudes=(MORNING,)),))
        family.meet(world.portal)

        assert first == family.desk.planning.request(
            wish, shown_total=shown, command="ask"
        )

    @pytest.mark.rule("request.command.once")
    def test_days_in_another_order(self, world):
        """
        The same days in another order are the same question.
        """
        family = world.family()
        wish = family.wish(WEDNESDAY, NEXT)
        shown = family.desk.planning.quote(wish).total
        first = family.desk.planning.request(
            wish, shown_total=shown, command="ask"
        )

        assert first == family.desk.planning.request(
            family.wish(NEXT, WEDNESDAY), shown_total=shown, command="ask"
        )


class TestOneOfMany:
    """
    What is wrong with one payment, or one letter, is told – after the others.
    """

    @pytest.mark.rule("jobs.one-of-many")
    @pytest.mark.hard_case(30)
    def test_payment(self, world):
        """
        A payment that an adapter chokes on does not hold up the money of
        others.
        """
        first, second = world.family(), world.family("durand")
        keys = []
        for family in (first, second):
            family.ask(WEDNESDAY)
            url = family.check_out().redirect_url
            keys.append(url.rsplit("/", 1)[-1])
            world.payment.answer(keys[-1], Outcome.PAID)

        class Choking(ScriptedPayments):
            def look_up(self, key):
                if key == keys[0]:
                    raise ZeroDivisionError
                return world.payment.look_up(key)

        portal = world.open(world.portal.reglement, payment=Choking())
        with pytest.raises(ZeroDivisionError):
            portal.jobs.reconcile()

        assert () == first.desk.invoices.all().items
        assert 1 == len(second.desk.invoices.all().items)

    @pytest.mark.rule("jobs.one-of-many")
    @pytest.mark.rule("mail.failure-is-harmless")
    def test_letter(self, world):
        """
        Nor does a letter: it is tried again later, as one that was delayed.
        """
        first, second = world.family(), world.family("durand")
        first.book(WEDNESDAY)
        second.book(WEDNESDAY)

        class Choking(KeptMail):
            def send(self, envelope, letter):
                if envelope.to == first.email:
                    raise ZeroDivisionError
                super().send(envelope, letter)

        mail = Choking()
        portal = world.open(world.portal.reglement, mail=mail)
        with pytest.raises(ZeroDivisionError):
            portal.jobs.relay()

        assert [second.email] * 2 == [envelope.to for envelope, _ in mail.sent]
        assert 0 == len(world.letters())
        world.clock.move(A_MINUTE)
        assert 2 == len(world.letters())
