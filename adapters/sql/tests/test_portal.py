"""
The whole portal on a real database: the simulation, and real concurrency.
"""

import os
from functools import partial
from random import Random

import pytest

from portail_core import Wish
from portail_core.domain.ids import RequestNumber
from portail_core.domain.money import Money
from portail_core.domain.payments import AttemptState, Outcome
from portail_core.domain.refusals import Refused
from portail_core.ports.store import StorageBusy
from portail_core.testing import check_promises
from portail_core.testing._contract_tools import race
from portail_core.testing.builders import JOURNEE_REPAS, PERIOD, REGIE
from portail_sql import SqlStore
from tests.simulation.chaos import Chaos
from tests.simulation.simulation import Simulation
from tests.simulation.town import DAYS, Town

FULL = os.environ.get("PORTAIL_PROOF") == "full"
FIRST = int(os.environ.get("PORTAIL_SEED", "0"))
SEEDS = range(FIRST, FIRST + (100 if FULL else 4))
STEPS = 150 if FULL else 40
ROUNDS = 20 if FULL else 2


@pytest.fixture(name="stores", params=["sqlite", "postgresql"])
def _stores(request, tmp_path):
    """
    Opens one store more on the same database, as another process would.
    """
    opened: list[SqlStore] = []
    made: dict[str, str] = {}

    def another(name="portail"):
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path}/{name}.db"
        else:
            databases = request.getfixturevalue("databases")
            url = made.get(name) or made.setdefault(name, databases.make())
        opened.append(SqlStore.open(url))
        return opened[-1]

    yield another
    for store in opened:
        store.close()
    for url in made.values():
        request.getfixturevalue("databases").drop(url)


@pytest.mark.proof
@pytest.mark.timeout(3_600)
def test_simulation(stores):
    """
    The simulated town keeps every promise on a real database.
    """
    happened = 0
    for seed in SEEDS:
        store = stores(f"seed-{seed}")
        told = Simulation(seed, store, quiet={"before commit"}).run(STEPS)
        happened += sum(told.values())

    print(  # noqa: T201 - read by who runs the proofs
        f"simulation on a database: seeds {SEEDS.start} to {SEEDS.stop - 1}, "
        f"{STEPS} steps each, {happened} things happened"
    )


class Rush:
    """
    A town whose families all press the same button at once, each through a
    store of its own.
    """

    def __init__(self, stores, seed):
        store = stores(f"rush-{seed}")
        random = Random(seed)
        self.town = Town(random, store, Chaos(random), families=4)
        first = self.town.portals[0].reglement
        self.portals = [
            self.town.open(first, store=stores(f"rush-{seed}"))
            for _ in range(8)
        ]

    def desk(self, rank, household, adult=0):
        account = household.accounts[adult]
        return self.portals[rank].trusted.family(account)

    def check(self):
        check_promises(
            self.town.store,
            at=self.town.clock.now(),
            pools=self.town.pools,
        )


@pytest.fixture(name="rush", params=range(ROUNDS))
def _rush(stores, request):
    rush = Rush(stores, request.param)
    yield rush
    rush.check()


def tried(act):
    """
    What *act* answers; `None` if it was refused, or others were too many.
    """
    try:
        return act()
    except (Refused, StorageBusy):
        return None


def ask(desk, child, key):
    wish = Wish(child=child, period=PERIOD, days={DAYS[2]: JOURNEE_REPAS})
    shown = desk.planning.quote(wish).total
    return desk.planning.request(wish, shown_total=shown, command=key)


def pay(desk, key):
    shown = desk.basket.show(REGIE).total
    return desk.basket.check_out(shown_total=shown, command=key, regie=REGIE)


@pytest.fixture(name="asked")
def _asked(rush):
    """
    Every child asks for the same day at once; who got a place.
    """
    children = [
        (household, child)
        for household in rush.town.households
        for child in household.children
    ][:8]
    answers = race(
        *(
            partial(tried, partial(ask, rush.desk(rank, house), child, child))
            for rank, (house, child) in enumerate(children)
        )
    )
    return [
        (household, held)
        for (household, _), held in zip(children, answers, strict=True)
        if held is not None
    ]


class TestRush:
    @pytest.mark.rule("request.one-winner")
    @pytest.mark.hard_case(20)
    def test_last_places(self, rush, asked):
        """
        Eight children ask for the same few places at once: no more have one
        than there are, and their requests are numbered 1 to n.
        """
        rush.check()

        numbers = sorted(held.number for _, held in asked)
        assert 1 <= len(numbers) <= 6
        assert [RequestNumber(n) for n in range(1, len(numbers) + 1)] == (
            numbers
        )

    @pytest.mark.rule("payment.one-open-attempt")
    @pytest.mark.hard_case(33)
    def test_two_devices(self, rush, asked):
        """
        Two adults of a household press « valider et payer » twice each: one
        attempt begins, if any can.
        """
        household, _ = asked[0]

        answers = race(
            *(
                partial(
                    tried,
                    partial(
                        pay,
                        rush.desk(rank, household, adult=rank % 2),
                        f"pay-{rank}",
                    ),
                )
                for rank in range(4)
            )
        )

        with rush.town.store.reading() as reading:
            attempts = reading.of(household.id).attempts(REGIE)
        begun = [answer.reference for answer in answers if answer]
        assert [attempt.reference for attempt in attempts] == begun
        assert len(begun) <= 1

    @pytest.mark.rule("payment.paid.once")
    @pytest.mark.hard_case(7)
    def test_told_at_once(self, rush, asked):
        """
        Four notifications, two reconciliations and two relays at once: one
        invoice, one payment notice, sent at least once.
        """
        household, held = asked[0]
        if held.amount == Money(0):
            pytest.skip("this council charges nothing")
        checkout = tried(partial(pay, rush.desk(0, household), "pay"))
        if checkout is None or checkout.redirect_url is None:
            pytest.skip("this provider does not take the amount")
        key = checkout.redirect_url.rsplit("/", 1)[-1]
        rush.town.payment.answer(key, Outcome.PAID)

        states = race(
            *(
                partial(tried, partial(portal.payments.notified, {"key": key}))
                for portal in rush.portals[:4]
            ),
            *(partial(tried, p.jobs.reconcile) for p in rush.portals[4:6]),
            *(partial(tried, p.jobs.relay) for p in rush.portals[6:]),
        )[:4]
        rush.town.portal.jobs.relay()

        assert set(states) <= {AttemptState.PAID, None}
        assert 1 == len(rush.desk(0, household).invoices.all().items)
        sent = {envelope.key for envelope, _ in rush.town.mail.sent}
        assert f"payment-confirmed/{checkout.reference}" in sent

    @pytest.mark.rule("jobs.any-order")
    @pytest.mark.hard_case(13)
    def test_workers(self, rush, asked):
        """
        Four workers release what ended while families ask again: each
        request is released once.
        """
        assert asked
        rush.town.clock.moment = max(held.held_until for _, held in asked)
        household = rush.town.households[-1]

        race(
            *(partial(tried, p.jobs.expire) for p in rush.portals[:4]),
            *(
                partial(tried, partial(ask, rush.desk(4 + n, household), c, c))
                for n, c in enumerate(household.children)
            ),
        )
        rush.town.portal.jobs.expire()

        with rush.town.store.reading() as reading:
            released = [
                entry.stream
                for entry in reading.journal()
                if type(entry.event).__name__ == "RequestExpired"
            ]
        assert len(set(released)) == len(released)
        assert {f"request/{held.number}" for _, held in asked} <= set(released)

    @pytest.mark.rule("jobs.shared")
    @pytest.mark.hard_case(17)
    def test_letters(self, rush):
        """
        Four workers send what waits at once: each letter once.
        """
        rush.town.portal.jobs.relay()
        rush.town.mail.sent.clear()
        emails = [f"rush-{rank}@example.org" for rank in range(31)]
        for email in emails:
            rush.town.portal.public.register(email, "Une-phrase-de-passe-1")

        race(*(portal.jobs.relay for portal in rush.portals[:4]))

        assert emails == sorted(
            (envelope.to for envelope, _ in rush.town.mail.sent),
            key=emails.index,
        )
