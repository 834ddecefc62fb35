"""
Jobs: expiry, reconciliation, mails – in any order, as often as one likes.
"""

import datetime as dt

import pytest

from portail_core.application import jobs, mailing
from portail_core.domain.payments import AttemptState, Outcome
from portail_core.domain.requests import RequestState
from portail_core.ports.mail import MailDelayed, MailRejected
from portail_core.ports.store import Delivery
from portail_core.testing import ScriptedPayments, builders
from tests.application.conftest import (
    A_MINUTE,
    A_SECOND,
    AN_HOUR,
    PASSWORD,
    WEDNESDAY,
    World,
)

TWO_HOURS = 2 * AN_HOUR


class TestExpire:
    @pytest.mark.rule("jobs.any-order")
    @pytest.mark.hard_case(13)
    def test_on_the_second(self, world, family):
        """
        A request expires on the second its hold ends, once.
        """
        request = family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS - A_SECOND)
        assert 0 == world.portal.jobs.expire().count
        world.clock.move(A_SECOND)

        assert 1 == world.portal.jobs.expire().count
        assert 0 == world.portal.jobs.expire().count
        assert RequestState.EXPIRED == family.state(request.number)

    def test_many(self, store):
        """
        More requests than a batch holds expire in one run.
        """
        many = jobs.BATCH + 1
        world = World(store)
        with store.transaction() as tx:
            for number in range(1, many + 1):
                asked = builders.asked(child=f"child {number}")
                tx.put(builders.request(number, asked=asked))
        world.clock.move(TWO_HOURS)

        assert many == world.portal.jobs.expire().count


class TestReconcile:
    def test_never_presented(self, world, family):
        """
        An attempt whose process died ends after five minutes.
        """

        class Died(BaseException):
            pass

        class Dying(ScriptedPayments):
            def create(self, order):
                raise Died

        request = family.ask(WEDNESDAY)
        portal = world.open(world.portal.reglement, payment=Dying())
        desk = portal.trusted.family(family.member.account)
        with pytest.raises(Died):
            desk.basket.check_out(shown_total=request.amount, command="crash")
        world.clock.move(5 * A_MINUTE - A_SECOND)
        assert 0 == world.portal.jobs.reconcile().count
        world.clock.move(A_SECOND)

        assert 1 == world.portal.jobs.reconcile().count
        assert 0 == world.portal.jobs.reconcile().count

    def test_unknown_is_polled(self, world, family):
        """
        Past its horizon an attempt is unknown, and still asked about.
        """
        family.ask(WEDNESDAY)
        checkout = family.check_out()
        world.clock.move(world.payment.horizon)
        assert 1 == world.portal.jobs.reconcile().count
        assert 0 == world.portal.jobs.reconcile().count

        world.payment.answer(
            checkout.redirect_url.rsplit("/", 1)[-1], Outcome.ABANDONED
        )

        assert 1 == world.portal.jobs.reconcile().count
        with world.store.reading() as reading:
            attempt = reading.attempt(checkout.reference)
            assert () == reading.unresolved_attempts()
        assert AttemptState.ABANDONED == attempt.state


class TestRelay:
    @pytest.fixture(name="queued")
    def _queued(self, world):
        """
        One letter waits: the link of a new account.
        """
        world.portal.public.register("parent@example.org", PASSWORD)

    def test_envelope(self, world, queued):
        """
        A letter goes to the account's address, from the operator, under a key
        that stays the same.
        """
        del queued

        relayed = world.portal.jobs.relay()

        assert (1, 0, 0) == (relayed.sent, relayed.delayed, relayed.failed)
        ((envelope, _),) = world.mail.sent
        assert ("parent@example.org", "Les Petites Bouilles") == (
            envelope.to,
            envelope.operator.name,
        )
        assert envelope.key.startswith("email-to-confirm/")
        assert 0 == world.portal.jobs.relay().sent

    @pytest.mark.rule("mail.failure-is-harmless")
    @pytest.mark.hard_case(17)
    def test_delayed(self, world, queued):
        """
        A letter that cannot be sent is tried again after a minute, two, four…
        """
        del queued
        world.mail.trouble.extend([MailDelayed(), MailDelayed()])

        assert 1 == world.portal.jobs.relay().delayed
        world.clock.move(A_MINUTE - A_SECOND)
        assert 0 == world.portal.jobs.relay().delayed
        world.clock.move(A_SECOND)
        assert 1 == world.portal.jobs.relay().delayed
        world.clock.move(2 * A_MINUTE)
        assert 1 == world.portal.jobs.relay().sent

    @pytest.mark.rule("mail.failure-is-harmless")
    @pytest.mark.hard_case(40)
    def test_given_up(self, world, queued):
        """
        After ten tries, six hours apart at the most, it is given up.
        """
        del queued
        world.mail.trouble.extend([MailDelayed()] * mailing.TRIES)
        for _ in range(mailing.TRIES - 1):
            assert 1 == world.portal.jobs.relay().delayed
            world.clock.move(mailing.LONGEST_WAIT)

        assert 1 == world.portal.jobs.relay().failed
        world.clock.move(dt.timedelta(days=30))
        assert 0 == world.portal.jobs.relay().sent

    def test_many(self, world):
        """
        More letters than a batch holds are sent in one run.
        """
        for rank in range(mailing.BATCH + 1):
            world.portal.public.register(f"p{rank}@example.org", PASSWORD)

        assert mailing.BATCH + 1 == world.portal.jobs.relay().sent

    def test_rejected(self, world, queued):
        """
        A letter that never can be sent is given up at once.
        """
        del queued
        world.mail.trouble.append(MailRejected())

        assert 1 == world.portal.jobs.relay().failed

    def test_delivery_words(self):
        """
        A delivery is queued, sent or failed.
        """
        assert {"queued", "sent", "failed"} == {d.value for d in Delivery}
