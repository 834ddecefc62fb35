"""
Several workers run the jobs at once: the work is shared, nothing done twice.
"""

from collections import Counter
from functools import partial

import pytest

from portail_core.application import mailing
from portail_core.domain.requests import RequestExpired, RequestState
from portail_core.ports.mail import MailDelayed, MailRejected
from portail_core.testing import (
    Crash,
    Faults,
    FaultyStore,
    KeptMail,
    MemoryStore,
)
from portail_core.testing._contract_tools import race
from tests.application.conftest import (
    A_SECOND,
    AN_HOUR,
    NEXT,
    PASSWORD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
    with_capacity,
)

MANY = 3 * mailing.BATCH + 1


class Doing(KeptMail):
    """
    A mailer during whose next sending something else happens.
    """

    def __init__(self, *things):
        super().__init__()
        self.things = list(things)

    def send(self, envelope, letter):
        if self.things:
            self.things.pop(0)()
        super().send(envelope, letter)


def crash():
    raise Crash


def queue(world, count):
    for rank in range(count):
        world.portal.public.register(f"p{rank}@example.org", PASSWORD)


def another(world, mail=None):
    """
    A worker of its own, that sends by *mail*.
    """
    return world.open(world.portal.reglement, mail=mail)


def times_sent(*mails):
    """
    How many letters were sent once, twice…
    """
    keys = Counter(envelope.key for mail in mails for envelope, _ in mail.sent)
    return Counter(keys.values())


class TestRelay:
    @pytest.mark.rule("jobs.shared")
    @pytest.mark.hard_case(17)
    def test_four_at_once(self, world):
        """
        Four workers send each letter once.
        """
        queue(world, MANY)
        workers = [another(world) for _ in range(4)]

        race(*(worker.jobs.relay for worker in workers))

        assert {1: MANY} == times_sent(world.mail)
        assert 0 == world.portal.jobs.relay().sent

    @pytest.mark.rule("jobs.shared")
    def test_in_hand(self, world):
        """
        What one worker has in hand, another leaves to it, and sends the rest.
        """
        queue(world, MANY)
        mail = Doing(world.portal.jobs.relay)

        sent = another(world, mail).jobs.relay().sent

        assert mailing.BATCH == sent
        assert MANY - mailing.BATCH == len(world.mail.sent)
        assert {1: MANY} == times_sent(mail, world.mail)

    @pytest.mark.rule("jobs.crash")
    @pytest.mark.rule("jobs.shared")
    @pytest.mark.rule("mail.at-least-once")
    @pytest.mark.hard_case(17)
    @pytest.mark.parametrize("begun", [0, 1])
    def test_died(self, world, begun):
        """
        What a worker had in hand when it died is sent once its lease is over,
        to the second; what it had sent, a second time.
        """
        queue(world, MANY)
        mail = Doing(*[lambda: None] * begun, crash)
        with pytest.raises(Crash):
            another(world, mail).jobs.relay()
        world.portal.jobs.relay()

        world.clock.move(mailing.LEASE - A_SECOND)
        assert 0 == world.portal.jobs.relay().sent
        world.clock.move(A_SECOND)

        assert mailing.BATCH == world.portal.jobs.relay().sent
        assert {1: MANY} == times_sent(world.mail)

    @pytest.mark.rule("jobs.shared")
    def test_half_a_lease(self, world):
        """
        A worker begins no letter in the second half of its lease: it gives
        back what is left, and takes it anew.
        """
        queue(world, 3)
        half = mailing.LEASE / 2
        mail = Doing(
            partial(world.clock.move, half - A_SECOND),
            partial(world.clock.move, A_SECOND),
            world.portal.jobs.relay,
        )

        assert 3 == another(world, mail).jobs.relay().sent
        assert {1: 3} == times_sent(mail)

    @pytest.mark.rule("jobs.shared")
    @pytest.mark.parametrize(
        ("trouble", "again"),
        [([], 0), ([MailDelayed()], 1), ([MailRejected()], 1)],
        ids=["sent", "delayed", "rejected"],
    )
    def test_outlived(self, world, trouble, again):
        """
        Of a worker that outlived its lease only this counts: that a letter is
        sent.
        """
        queue(world, 1)

        def overtaken():
            world.clock.move(mailing.LEASE)
            with pytest.raises(Crash):
                another(world, Doing(crash)).jobs.relay()

        mail = Doing(overtaken)
        mail.trouble.extend(trouble)
        another(world, mail).jobs.relay()
        world.clock.move(mailing.LEASE)

        assert again == world.portal.jobs.relay().sent

    def test_overtaken_and_sent(self, world):
        """
        A letter that another sent meanwhile is not noted twice.
        """
        queue(world, 1)

        def overtaken():
            world.clock.move(mailing.LEASE)
            world.portal.jobs.relay()

        mail = Doing(overtaken)
        mail.trouble.append(MailDelayed())

        another(world, mail).jobs.relay()

        assert {1: 1} == times_sent(world.mail)
        world.clock.move(mailing.LEASE)
        assert 0 == world.portal.jobs.relay().sent


class Meanwhile(Faults):
    """
    Before the next commit, something else happens.
    """

    def __init__(self, thing):
        super().__init__()
        self.things = [thing]

    def point(self, name):
        if name == "before commit" and self.things:
            self.things.pop()()


def released(world):
    """
    Who released each request, by stream, as often as it was.
    """
    with world.store.reading() as reading:
        return sorted(
            (entry.stream, entry.actor.split("/")[0])
            for entry in reading.journal()
            if isinstance(entry.event, RequestExpired)
        )


class TestExpire:
    @pytest.fixture(name="world")
    def _world(self):
        return World(MemoryStore(), with_capacity(PETITES_BOUILLES, 20))

    @pytest.mark.rule("jobs.shared")
    @pytest.mark.hard_case(13)
    def test_four_at_once(self, world):
        """
        Four workers release each request once.
        """
        family = world.family()
        for rank in range(20):
            family.ask(WEDNESDAY, child=family.add_child(f"Enfant {rank}"))
        world.clock.move(2 * AN_HOUR)

        counts = race(*[another(world).jobs.expire] * 4)

        assert 20 == sum(tidied.count for tidied in counts)
        assert 20 == len(released(world))

    @pytest.mark.rule("jobs.shared")
    @pytest.mark.hard_case(13)
    def test_one_of_a_batch(self, world):
        """
        A family that asks again while a batch is released ends its request by
        itself; the batch runs again, without it.
        """
        first, second = world.family(), world.family("durand")
        first.ask(WEDNESDAY)
        second.ask(NEXT)
        world.clock.move(2 * AN_HOUR)
        faults = Meanwhile(lambda: first.ask(WEDNESDAY))
        store = FaultyStore(world.store, faults)
        worker = world.open(world.portal.reglement, store=store)

        assert 1 == worker.jobs.expire().count
        assert [("request/1", "account"), ("request/2", "job")] == (
            released(world)
        )
        assert RequestState.AWAITING_PAYMENT == first.state(3)
