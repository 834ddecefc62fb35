"""
What happens when a provider answers – in time, late, twice, or wrongly.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Money, eur
from portail_core.domain.ids import AttemptReference, ProviderKey
from portail_core.domain.payments import AttemptState, Mode, Outcome
from portail_core.domain.requests import LineState, RequestState
from portail_core.ports.mail import PaymentConfirmation, RecapOfBookings
from portail_core.ports.payment import ProviderUnavailable
from portail_core.testing import check_promises
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    AFTER,
    AN_HOUR,
    NEXT,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
    with_capacity,
)

DAY = eur("18.38")
TWO_HOURS = 2 * AN_HOUR


def key_of(checkout):
    return ProviderKey(checkout.redirect_url.rsplit("/", 1)[-1])


def attempt_of(world, checkout):
    with world.store.reading() as reading:
        return reading.attempt(checkout.reference)


@pytest.fixture(name="late")
def _late(store):
    """
    A portal with one place a day, a payer gone silent, and time passed.
    """
    world = World(store, with_capacity(PETITES_BOUILLES, 1))
    family = world.family()
    request = family.ask(WEDNESDAY)
    checkout = family.check_out()
    world.clock.move(TWO_HOURS)
    world.portal.jobs.reconcile()
    world.portal.jobs.expire()
    world.letters()
    yield world, family, request, checkout
    check_promises(store, at=world.clock.now())


class TestInTime:
    @pytest.mark.rule("mail.two-after-payment")
    @pytest.mark.rule("invoice.on-payment")
    @pytest.mark.hard_case(16)
    def test_paid(self, world, family):
        """
        A payment confirms the bookings, with a numbered invoice and two
        mails, in one commit.
        """
        request = family.ask(WEDNESDAY, NEXT)
        world.answer(family.check_out(), Outcome.PAID)

        assert RequestState.CONFIRMED == family.state(request.number)
        (listed,) = family.desk.invoices.all().items
        invoice = listed.invoice
        assert ("ALSH-2026-000001", DAY + DAY) == (
            invoice.number,
            invoice.total,
        )
        payment, recap = world.letters()
        assert isinstance(payment, PaymentConfirmation)
        assert (invoice.number, DAY + DAY, ()) == (
            payment.invoice,
            payment.total,
            payment.credited,
        )
        assert isinstance(recap, RecapOfBookings)
        assert payment.confirmed == recap.requests
        assert [WEDNESDAY, NEXT] == [day.day for day in recap.requests[0].days]

    @pytest.mark.rule("mail.once")
    @pytest.mark.hard_case(4)
    @pytest.mark.hard_case(7)
    def test_told_twice(self, world, family):
        """
        Told twice of one payment, the portal confirms and writes once.
        """
        family.ask(WEDNESDAY)
        checkout = family.check_out()

        answers = {world.answer(checkout, Outcome.PAID) for _ in range(3)}

        assert {AttemptState.PAID} == answers
        assert 1 == len(family.desk.invoices.all().items)
        assert 2 == len(world.letters())

    @pytest.mark.rule("payment.looked-up")
    @pytest.mark.hard_case(8)
    def test_caller_is_not_believed(self, world, family):
        """
        Whoever calls, the provider is asked; an unknown key, or none, changes
        nothing and raises nothing.
        """
        family.ask(WEDNESDAY)
        checkout = family.check_out()
        notified = world.portal.payments.notified

        assert AttemptState.PRESENTED == notified({"key": key_of(checkout)})
        assert notified({"key": "forged"}) is None
        assert notified({"paid": "yes"}) is None
        assert world.portal.payments.settle(ProviderKey("forged")) is None

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            (Outcome.REFUSED, AttemptState.REFUSED),
            (Outcome.ABANDONED, AttemptState.ABANDONED),
        ],
    )
    @pytest.mark.rule("payment.unpaid")
    def test_unpaid(self, world, family, outcome, state):
        """
        A payment that failed leaves the request in the basket, to pay again
        under a new reference.
        """
        request = family.ask(WEDNESDAY)
        first = family.check_out()

        assert state == world.answer(first, outcome)
        second = family.check_out()
        world.answer(second, Outcome.PAID)

        assert first.reference != second.reference
        assert RequestState.CONFIRMED == family.state(request.number)

    @pytest.mark.hard_case(11)
    def test_abandoned_then_paid(self, world, family):
        """
        A payment that was abandoned, then paid after all, confirms.
        """
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.answer(checkout, Outcome.ABANDONED)

        assert AttemptState.PAID == world.answer(checkout, Outcome.PAID)
        assert RequestState.CONFIRMED == family.state(request.number)

    @pytest.mark.hard_case(6)
    def test_never_notified(self, world, family):
        """
        When nobody tells, reconciliation finds the payment.
        """
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.payment.answer(key_of(checkout), Outcome.PAID)

        assert 1 == world.portal.jobs.reconcile().count
        assert 0 == world.portal.jobs.reconcile().count
        assert RequestState.CONFIRMED == family.state(request.number)

    @pytest.mark.hard_case(30)
    def test_provider_silent(self, world, family):
        """
        A provider that does not answer releases and confirms nothing.
        """
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.payment.trouble.append(ProviderUnavailable("down"))

        assert AttemptState.PRESENTED == world.portal.payments.settle(
            key_of(checkout)
        )
        assert RequestState.AWAITING_PAYMENT == family.state(request.number)

    def test_key_forgotten(self, world, family):
        """
        A payment that the provider no longer knows will never be paid.
        """
        family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.payment.forget(key_of(checkout))

        world.portal.jobs.reconcile()

        assert AttemptState.ABANDONED == attempt_of(world, checkout).state


class TestMismatch:
    @pytest.mark.parametrize(
        "changes",
        [
            {"amount": DAY - Money(1)},
            {"reference": AttemptReference("OTHER0")},
            {"mode": Mode.TEST},
        ],
        ids=["a cent short", "other reference", "test money"],
    )
    @pytest.mark.rule("payment.set-aside")
    @pytest.mark.hard_case(9)
    def test_set_aside(self, world, family, changes):
        """
        Money that does not match confirms nothing, and is kept for a human;
        the request waits on, and can be paid.
        """
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        key = key_of(checkout)
        world.payment.answer(key, Outcome.PAID)
        world.payment.reports[key] = evolve(
            world.payment.reports[key], **changes
        )

        state = world.portal.payments.notified({"key": key})

        assert AttemptState.SET_ASIDE == state
        assert changes.get("amount", DAY) == family.ledger().set_aside
        assert RequestState.AWAITING_PAYMENT == family.state(request.number)
        assert () == family.desk.invoices.all().items
        world.answer(family.check_out(), Outcome.PAID)
        assert RequestState.CONFIRMED == family.state(request.number)

    @pytest.mark.rule("payment.late.avoirs-gone")
    def test_avoirs_gone(self, world, family):
        """
        Avoirs that came back and were used since do not pay twice: the money
        that came is kept for a human.
        """
        family.cancel(family.book(NEXT).number, NEXT)
        first = family.ask(WEDNESDAY, AFTER)
        checkout = family.check_out()
        world.answer(checkout, Outcome.ABANDONED)
        family.desk.basket.discard(first.number, command="bin")
        family.ask(NEXT)
        family.check_out()

        state = world.answer(checkout, Outcome.PAID)

        assert AttemptState.SET_ASIDE == state
        assert DAY == family.ledger().set_aside

    def test_avoirs_back(self, world, family):
        """
        Avoirs that came back and are still there pay their part.
        """
        family.cancel(family.book(NEXT).number, NEXT)
        request = family.ask(WEDNESDAY, AFTER)
        checkout = family.check_out()
        world.answer(checkout, Outcome.ABANDONED)

        assert AttemptState.PAID == world.answer(checkout, Outcome.PAID)
        assert RequestState.CONFIRMED == family.state(request.number)
        assert Money(0) == family.desk.invoices.credit_balance()


class TestLate:
    @pytest.mark.rule("payment.late.confirms")
    @pytest.mark.hard_case(1)
    def test_place_free(self, late):
        """
        Late money confirms if the place is still free.
        """
        world, family, request, checkout = late
        assert RequestState.EXPIRED == family.state(request.number)
        assert AttemptState.UNKNOWN == attempt_of(world, checkout).state

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CONFIRMED == family.state(request.number)
        assert 2 == len(world.letters())

    @pytest.mark.rule("payment.late.credits")
    @pytest.mark.rule("payment.late.place-gone")
    @pytest.mark.rule("payment.late.request-by-request")
    @pytest.mark.hard_case(2)
    def test_place_gone(self, late):
        """
        Late money becomes an avoir if the place is gone; one mail says so,
        with its number.
        """
        world, family, request, checkout = late
        other = world.family("durand")
        other.ask(WEDNESDAY)

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CREDITED == family.state(request.number)
        assert DAY == family.desk.invoices.credit_balance()
        (note,) = family.desk.invoices.credit_notes().items
        assert "payment.late.place-gone" == note.days[0].reason
        (letter,) = world.letters()
        assert (note.number, DAY) == (
            letter.credited[0].credit_note,
            letter.credited[0].amount,
        )
        assert () == letter.confirmed

    def test_not_tidied(self, store):
        """
        Whether a job ran in between changes nothing.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("durand")
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.clock.move(TWO_HOURS)
        other.ask(WEDNESDAY)

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CREDITED == family.state(request.number)

    def test_asked_again(self, late):
        """
        A day that the family asked for again is not confirmed twice.
        """
        world, family, request, checkout = late
        again = family.ask(WEDNESDAY)

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CREDITED == family.state(request.number)
        assert RequestState.AWAITING_PAYMENT == family.state(again.number)

    @pytest.mark.parametrize(
        ("days", "state"),
        [(13, RequestState.CONFIRMED), (14, RequestState.CREDITED)],
        ids=["the eve", "the day itself"],
    )
    def test_day_to_come(self, late, days, state):
        """
        Late money confirms until the eve of the day, whatever the deadlines.
        """
        world, family, request, checkout = late
        world.clock.moment = world.clock.moment.replace(
            hour=10
        ) + dt.timedelta(days=days)

        world.answer(checkout, Outcome.PAID)

        assert state == family.state(request.number)

    @pytest.mark.hard_case(37)
    def test_period_gone(self, late):
        """
        A period that the règlement has no longer confirms nothing.
        """
        world, family, request, checkout = late
        other = evolve(
            world.portal.reglement,
            periods=(
                evolve(
                    world.portal.reglement.periods[0], code="mercredis-2027"
                ),
            ),
        )
        world.portal.activate(other, since=dt.date(2026, 5, 13))
        world.portal = world.open(other)

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CREDITED == family.state(request.number)

    def test_siblings_share_one_place(self, store):
        """
        Two late requests for one place: the first has it, the second an
        avoir.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 2))
        family = world.family()
        brother = family.add_child("Noa", dt.date(2017, 2, 1))
        first = family.ask(WEDNESDAY)
        second = family.ask(WEDNESDAY, child=brother)
        checkout = family.check_out()
        world.clock.move(TWO_HOURS)
        world.family("durand").ask(WEDNESDAY)

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CONFIRMED == family.state(first.number)
        assert RequestState.CREDITED == family.state(second.number)

    @pytest.mark.rule("payment.second-money")
    @pytest.mark.hard_case(10)
    def test_paid_twice(self, world, family):
        """
        Two attempts for one request, both paid: the second is an avoir, the
        booking stands.
        """
        request = family.ask(WEDNESDAY)
        first = family.check_out()
        world.answer(first, Outcome.ABANDONED)
        second = family.check_out()
        world.answer(first, Outcome.PAID)

        world.answer(second, Outcome.PAID)

        assert RequestState.CONFIRMED == family.state(request.number)
        assert DAY == family.desk.invoices.credit_balance()

    @pytest.mark.rule("payment.late.no-longer-waited-for")
    def test_thrown_away(self, world, family):
        """
        Money for a request that was thrown away is an avoir.
        """
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.answer(checkout, Outcome.ABANDONED)
        family.desk.basket.discard(request.number, command="bin")

        world.answer(checkout, Outcome.PAID)

        assert RequestState.DISCARDED == family.state(request.number)
        (note,) = family.desk.invoices.credit_notes().items
        assert "payment.late.no-longer-waited-for" == note.days[0].reason

    @pytest.mark.hard_case(25)
    def test_clock_moves_back(self, late):
        """
        A clock that is set back takes nothing from what was decided.
        """
        world, family, request, checkout = late
        world.answer(checkout, Outcome.PAID)
        world.clock.move(-AN_HOUR)

        world.portal.jobs.expire()
        world.portal.jobs.reconcile()

        assert RequestState.CONFIRMED == family.state(request.number)


class TestInvoice:
    @pytest.mark.rule("invoice.gapless")
    @pytest.mark.hard_case(29)
    def test_numbers(self, world, family):
        """
        Invoices of all families follow each other, 1 to n.
        """
        other = world.family("durand")
        for day in (WEDNESDAY, NEXT):
            family.book(day)
            other.book(day)

        numbers = [
            listed.invoice.number
            for one in (family, other)
            for listed in reversed(one.desk.invoices.all().items)
        ]
        assert [f"ALSH-2026-00000{n}" for n in (1, 3, 2, 4)] == numbers

    @pytest.mark.hard_case(35)
    def test_new_year(self, store):
        """
        Begun at 23:58 on 31 December, settled on 1 January: the number is the
        new year's.
        """
        world = World(store)
        family = world.family()
        world.clock.moment = dt.datetime(2025, 12, 31, 22, 58, tzinfo=dt.UTC)
        family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.clock.move(dt.timedelta(minutes=2))

        world.answer(checkout, Outcome.PAID)

        (listed,) = family.desk.invoices.all().items
        invoice = listed.invoice
        assert "ALSH-2026-000001" == invoice.number

    @pytest.mark.rule("invoice.party.apart")
    def test_party(self, family):
        """
        Who it is addressed to stands apart from the invoice.
        """
        family.book(WEDNESDAY)
        (listed,) = family.desk.invoices.all().items
        invoice = listed.invoice

        party = family.desk.invoices.show(invoice.number).party

        assert (
            "MARTIN Camille",
            "12 rue des Genêts, 04200 Aubignosc",
        ) == (party.name, party.address)

    def test_undescribed(self, store):
        """
        A household that is not described, where no gate asks for it, has an
        invoice all the same.
        """
        world = World(store, changed(PETITES_BOUILLES, gates=()))
        family = world.family()
        with world.store.transaction() as tx:
            household = tx.of(family.member.household).household()
            tx.put(evolve(household, adults=(), address=None))
        request = family.book(WEDNESDAY)
        (listed,) = family.desk.invoices.all().items
        invoice = listed.invoice

        party = family.desk.invoices.show(invoice.number).party

        assert ("", "") == (party.name, party.address)
        detail = family.desk.planning.detail(request.number)
        assert family.email == detail.referent
        assert [LineState.CONFIRMED] == [line.state for line in detail.lines]
