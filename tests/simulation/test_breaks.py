"""
Breaks that were found once, by the simulation or by reading as an attacker.

Each test is the shortest story that broke a promise.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.dated import Decision, History
from portail_core.domain.days import day_of
from portail_core.domain.payments import Outcome
from portail_core.domain.reglement import Hold
from portail_core.domain.requests import RequestState
from portail_core.testing import MemoryStore, check_promises
from tests.application.conftest import (
    AFTERNOON,
    AN_HOUR,
    MORNING,
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
    decided = evolve(world.portal.reglement, **changes)
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
