"""
A crash at any point leaves each commit whole or absent, and all recoverable.
"""

import itertools

import pytest

from portail_core.domain.payments import Outcome
from portail_core.domain.requests import RequestState
from portail_core.ports.mail import PaymentConfirmation, RecapOfBookings
from portail_core.testing import (
    Crash,
    Faults,
    FaultyMail,
    FaultyPayments,
    FaultyStore,
    MemoryStore,
    check_promises,
)
from tests.application.conftest import (
    AN_HOUR,
    NEXT,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)


def play(world, family, faults):
    """
    Ask, pay, be told, cancel and pay with the avoir – with faults.
    """
    portal = world.open(
        PETITES_BOUILLES,
        store=FaultyStore(world.store, faults),
        payment=FaultyPayments(world.payment, faults),
        mail=FaultyMail(world.mail, faults),
    )
    desk = portal.trusted.family(family.member.account)
    wish = family.wish(WEDNESDAY)
    shown = desk.planning.quote(wish).total
    asked = desk.planning.request(wish, shown_total=shown, command="ask")
    checkout = desk.basket.check_out(shown_total=shown, command="pay")
    key = checkout.redirect_url.rsplit("/", 1)[-1]
    world.payment.answer(key, Outcome.PAID)
    portal.payments.notified({"key": key})
    portal.jobs.relay()
    desk.planning.cancel(
        asked.number, [WEDNESDAY], shown_credit=shown, command="cancel"
    )
    wish = family.wish(NEXT)
    desk.planning.request(wish, shown_total=shown, command="again")
    desk.basket.check_out(shown_total=shown, command="free")
    portal.jobs.relay()


def recover(world):
    """
    What a scheduler does once the process runs again; what nobody paid, the
    provider forgets in the night.
    """
    for key, report in list(world.payment.reports.items()):
        if report.outcome is Outcome.PENDING:
            world.payment.forget(key)
    for _ in range(3):
        world.clock.move(3 * AN_HOUR)
        world.portal.jobs.reconcile()
        world.portal.jobs.expire()
        world.portal.jobs.relay()


def crash_points():
    """
    How many points a run without a crash passes.
    """
    world = World(MemoryStore())
    faults = Faults()
    play(world, world.family(), faults)
    return len(faults.passed)


POINTS = crash_points()


@pytest.mark.rule("jobs.crash")
@pytest.mark.rule("journal.replays")
@pytest.mark.hard_case(15)
@pytest.mark.hard_case(16)
@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_crash(point):
    """
    Whatever call the process dies at, after the jobs ran nothing waits, the
    books balance, and every paid attempt was told of.
    """
    world = World(MemoryStore())
    family = world.family()
    with pytest.raises(Crash):
        play(world, family, Faults(crash_at=point))
    check_promises(world.store, at=world.clock.now())

    recover(world)

    check_promises(world.store, at=world.clock.now())
    with world.store.reading() as reading:
        assert () == reading.unresolved_attempts()
        assert () == reading.due_notices(world.clock.now(), 100)
    states = [detail.state for detail in family.desk.planning.requests().items]
    assert RequestState.AWAITING_PAYMENT not in states
    letters = [letter for _, letter in world.mail.sent]
    invoices = family.desk.invoices.all().items
    for kind in (PaymentConfirmation, RecapOfBookings):
        told = [x for x in letters if isinstance(x, kind)]
        assert len(invoices) <= len(told) <= len(invoices) + 1


def test_points_are_all_kinds():
    """
    The run passes every kind of port call that can crash.
    """
    faults = Faults()
    world = World(MemoryStore())
    play(world, world.family(), faults)

    names = [
        f"{side} {call}"
        for side, call in itertools.product(
            ("before", "after"), ("commit", "create", "look-up", "send")
        )
    ]
    assert set(names) == set(faults.passed)
