"""
A live storage is held to its promises.
"""

import datetime as dt
import re
from pathlib import Path

import pytest
from attrs import evolve

from portail_core.application.auditing import QUESTIONS, Promise, audit
from portail_core.domain.capacity import Pool
from portail_core.domain.money import Money
from portail_core.ports.store import (
    Delivery,
    ReglementVersion,
)
from portail_core.testing import MemoryStore, StoppedClock, builders
from portail_core.wire import dump
from tests.application.auditing import codes, spoil
from tests.application.conftest import (
    AN_HOUR,
    NEXT,
    PETITES_BOUILLES,
    REGIE,
    WEDNESDAY,
    World,
    with_capacity,
)

HOW_TO = Path(__file__).parents[2] / "docs/how-to/operate-the-database.md"


@pytest.fixture(name="world")
def _world():
    # Whoever spoils books does not want them checked at the end.
    return World(MemoryStore())


@pytest.fixture(name="family")
def _family(world):
    return world.family()


@pytest.fixture(name="booked")
def _booked(family):
    """
    Two days paid, one of them cancelled for an avoir.
    """
    request = family.book(WEDNESDAY, NEXT)
    family.cancel(request.number, NEXT)
    return request


class TestSound:
    @pytest.mark.rule("operations.audit")
    def test_nothing(self, world, booked):
        """
        Where every promise holds, nothing is told but how much was looked at.
        """
        found = world.portal.jobs.audit()

        assert ((), ()) == (found.discrepancies, found.explained)
        assert (1, 1, 1) == (found.reglements, found.requests, found.attempts)
        assert world.clock.now() == found.at
        with world.store.reading() as reading:
            assert len(reading.journal()) == found.entries
        assert booked.number == 1

    def test_empty(self):
        """
        A storage in which nothing was kept breaks none.
        """
        found = audit(store=MemoryStore(), clock=StoppedClock(builders.ASKED))

        assert (0, 0, ()) == (
            found.reglements,
            found.entries,
            found.discrepancies,
        )

    def test_writes_nothing(self, world, booked):
        """
        Looking changes nothing.
        """
        before = world.store._now

        world.portal.jobs.audit()

        assert before is world.store._now
        assert booked


class TestQuestions:
    def test_to_do(self):
        """
        Each question has a name of its own, and says what to do next.
        """
        names = [question.code for question in QUESTIONS]

        assert len(names) == len(set(names))
        assert all(
            re.fullmatch(r"[A-Z].*\.", q.to_do, re.DOTALL) for q in QUESTIONS
        )
        assert set(Promise) == {question.promise for question in QUESTIONS}
        assert all(promise.words for promise in Promise)

    def test_explained(self):
        """
        The page for operators has each of them, under its promise.
        """
        page = HOW_TO.read_text(encoding="utf-8")
        rows = re.findall(r"^\| `([a-z-]+)` \| (\d) \|", page, re.MULTILINE)

        assert [(q.code, f"{q.promise.value}") for q in QUESTIONS] == rows


class TestTold:
    @pytest.mark.rule("operations.audit")
    def test_where(self, world, booked):
        """
        A cent too much is told with its field, both amounts and what to do.
        """

        def dearer(_, of):
            request = of.request(booked.number)
            line, *others = request.lines
            line = evolve(line, paid=line.paid + Money(1))
            yield evolve(request, lines=(line, *others))

        spoil(world, dearer)

        found = world.portal.jobs.audit()

        (told,) = (
            one for one in found.discrepancies if one.question.code == "replay"
        )
        assert "request/1" == told.where
        assert "lines[0].paid 18.38 €" == told.expected
        assert "lines[0].paid 18.39 €" == told.found
        assert "restore the last backup" in told.to_do

    @pytest.mark.rule("operations.audit.ids-alone")
    def test_untold(self, world, booked):
        """
        That a quotient or an age differs is told; what they are is not.
        """

        def richer(_, of):
            request = of.request(booked.number)
            facts = builders.facts("13579")
            line, *others = request.lines
            line = evolve(line, age=97)
            yield evolve(
                request,
                asked=evolve(request.asked, facts=facts),
                lines=(line, *others),
            )

        spoil(world, richer)

        (told,) = world.portal.jobs.audit().discrepancies

        assert (
            "promise 8: request/1: what is kept, and what the journal comes "
            "to: expected asked.facts one thing, lines[0].age one thing, "
            "found asked.facts another, lines[0].age another [replay]"
        ) == f"{told}"

    def test_negative(self, world, booked):
        """
        An amount below zero is told as one.
        """

        def overspent(_, of):
            books = of.ledger(REGIE)
            (credit,) = books.credits
            yield evolve(books, credits=(evolve(credit, left=Money(-5)),))

        spoil(world, overspent)

        found = world.portal.jobs.audit()

        (told,) = (
            one
            for one in found.discrepancies
            if one.question.code == "not-below-zero"
        )
        assert ("0.00 €", "-0.05 €") == (told.expected, told.found)
        assert booked


class TestCapacity:
    def book_two(self, world):
        for name in ("martin", "petit"):
            world.family(name).book(WEDNESDAY)

    @pytest.mark.rule("operations.audit.capacity-lowered")
    def test_lowered(self, world):
        """
        Two children booked when there were eight places, of which one is
        left, are told apart.
        """
        self.book_two(world)
        lowered = with_capacity(PETITES_BOUILLES, 1)
        world.clock.move(24 * AN_HOUR)
        world.portal.activate(lowered, since=dt.date(2026, 5, 14))

        found = world.portal.jobs.audit()

        assert () == found.discrepancies
        assert {"capacity-lowered"} == {
            one.question.code for one in found.explained
        }
        assert {("1 at most", "2")} == {
            (one.expected, one.found) for one in found.explained
        }

    @pytest.mark.rule("operations.audit.capacity-lowered")
    def test_never_enough(self, world):
        """
        Two children in one place that there ever was are wrong.
        """
        self.book_two(world)
        lowered = with_capacity(PETITES_BOUILLES, 1)

        with world.store.reading() as reading:
            (version,) = reading.reglements()
        version = evolve(version, text=dump(lowered))
        store = MemoryStore()
        store._now = evolve(
            world.store._now,
            records={
                **world.store._now.records,
                ReglementVersion: {
                    (ReglementVersion, version.digest, version.since): version
                },
            },
        )

        found = audit(store=store, clock=world.clock)

        assert {"over-capacity"} == codes(found)
        assert () == found.explained

    def test_told_by_hand(self, world):
        """
        Who knows that a capacity was never lowered says so.
        """
        self.book_two(world)
        pools = [evolve(p, capacity=1) for p in PETITES_BOUILLES.pools]

        found = audit(store=world.store, clock=world.clock, pools=pools)

        assert {"over-capacity"} == codes(found)
        assert all(isinstance(pool, Pool) for pool in pools)

    def test_just_enough(self, world):
        """
        Two children in two places are none too many.
        """
        self.book_two(world)
        pools = [evolve(p, capacity=2) for p in PETITES_BOUILLES.pools]

        found = audit(store=world.store, clock=world.clock, pools=pools)

        assert () == found.discrepancies


class TestLetters:
    @pytest.mark.rule("operations.audit.given-up")
    def test_given_up(self, world, booked):
        """
        A notice that no server took is told apart.
        """

        def failed(tx, of):
            (attempt,) = of.attempts(REGIE)
            queued = tx.queued(f"recap/{attempt.reference}")
            yield evolve(queued, delivery=Delivery.FAILED, tries=10)

        spoil(world, failed)

        found = world.portal.jobs.audit()

        assert () == found.discrepancies
        (told,) = found.explained
        assert ("given-up", "10 tries") == (told.question.code, told.found)
        assert booked
