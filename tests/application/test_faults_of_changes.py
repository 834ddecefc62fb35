"""
A crash at any point of a change, or other writers first: whole or absent.
"""

import pytest

from portail_core.domain.payments import Outcome
from portail_core.domain.requests import LineState, RequestState
from portail_core.ports.store import StorageBusy
from portail_core.testing import (
    Crash,
    Faults,
    FaultyMail,
    FaultyPayments,
    FaultyStore,
    MemoryStore,
    RacingStore,
    check_promises,
)
from tests.application.conftest import (
    FULL_DAY,
    MORNING,
    NEXT,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)
from tests.application.test_changing import HALF, WHOLE
from tests.application.test_faults import recover

LOST = 7
"""Commits that may be lost before one says that storage is busy."""


class Story:
    """
    Ask, change, pay, change up, pay, change down, cancel.
    """

    def __init__(self, world, family, portal):
        self.world = world
        self.family = family
        self.portal = portal
        self.desk = portal.trusted.family(family.member.account)

    def play(self):
        number = self.asked()
        self.pay(HALF, "pay")
        changed = self.upward(number)
        self.pay(WHOLE - HALF, "pay the change")
        self.downward(changed.held.number)
        self.desk.planning.cancel(
            changed.held.number,
            [WEDNESDAY],
            shown_credit=HALF,
            command="cancel",
        )
        self.portal.jobs.relay()

    def asked(self):
        planning = self.desk.planning
        wish = self.family.wish(NEXT)
        asked = planning.request(wish, shown_total=WHOLE, command="ask")
        planning.change_request(
            asked.number,
            {WEDNESDAY: MORNING},
            shown_total=HALF,
            command="change",
        )
        return asked.number

    def pay(self, amount, command):
        checkout = self.desk.basket.check_out(
            shown_total=amount, command=command
        )
        key = checkout.redirect_url.rsplit("/", 1)[-1]
        self.world.payment.answer(key, Outcome.PAID)
        self.portal.payments.notified({"key": key})
        self.portal.jobs.relay()

    def upward(self, number):
        return self.change(number, FULL_DAY, "up")

    def downward(self, number):
        return self.change(number, MORNING, "down")

    def change(self, number, amplitude, command):
        planning = self.desk.planning
        shown = planning.preview_day_change(number, WEDNESDAY, amplitude)
        return planning.change_day(
            number, WEDNESDAY, amplitude, shown=shown, command=command
        )


def faulty(world, faults):
    return world.open(
        PETITES_BOUILLES,
        store=FaultyStore(world.store, faults),
        payment=FaultyPayments(world.payment, faults),
        mail=FaultyMail(world.mail, faults),
    )


def crash_points():
    """
    How many points a run without a crash passes.
    """
    world, faults = World(MemoryStore()), Faults()
    Story(world, world.family(), faulty(world, faults)).play()
    return len(faults.passed)


@pytest.mark.rule("jobs.crash")
@pytest.mark.rule("request.change.paid")
@pytest.mark.parametrize("point", range(1, crash_points() + 1))
def test_crash(point):
    """
    Whatever call the process dies at, the books balance at once, and after
    the jobs ran nothing waits.
    """
    world = World(MemoryStore())
    family = world.family()
    with pytest.raises(Crash):
        Story(world, family, faulty(world, Faults(crash_at=point))).play()
    check_promises(world.store, at=world.clock.now())

    recover(world)

    check_promises(world.store, at=world.clock.now())
    with world.store.reading() as reading:
        assert () == reading.unresolved_attempts()
        assert () == reading.due_notices(world.clock.now(), 100)
    states = [detail.state for detail in family.desk.planning.requests().items]
    assert RequestState.AWAITING_PAYMENT not in states


class TestRaces:
    """
    Other writers come first, again and again.
    """

    @pytest.fixture(name="world")
    def _world(self):
        world = World(MemoryStore())
        yield world
        check_promises(world.store, at=world.clock.now())

    @pytest.fixture(name="story")
    def _story(self, world):
        store = RacingStore(world.store, 0)
        portal = world.open(PETITES_BOUILLES, store=store)
        return Story(world, world.family(), portal), store

    @pytest.mark.rule("storage.busy")
    @pytest.mark.parametrize("lost", [LOST, LOST + 1])
    def test_upward(self, story, lost):
        """
        A change is held once, or not at all.
        """
        told, store = story
        number = told.asked()
        told.pay(HALF, "pay")
        store.races = lost

        outcome = attempt(lambda: told.upward(number))

        assert (lost == LOST) == outcome
        (booked,) = told.desk.planning.detail(number).lines
        assert LineState.CONFIRMED is booked.state
        assert (1 + outcome) == len(told.desk.planning.requests().items)

    @pytest.mark.rule("storage.busy")
    @pytest.mark.parametrize("lost", [LOST, LOST + 1])
    def test_downward(self, story, lost):
        """
        A day is altered and credited once, or not at all.
        """
        told, store = story
        number = told.family.book(WEDNESDAY).number
        store.races = lost

        outcome = attempt(lambda: told.downward(number))

        assert (lost == LOST) == outcome
        assert outcome == len(told.desk.invoices.credit_notes().items)


def attempt(act):
    try:
        act()
    except StorageBusy:
        return False
    return True
