"""
Numbers without a gap, the journal in order, notices when they are due.
"""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from itertools import chain
from threading import Barrier

import pytest
from attrs import evolve

from portail_core.domain.ids import ChildId
from portail_core.domain.requests import Request
from portail_core.ports.store import (
    Delivery,
    Store,
    Transaction,
)

from . import builders, samples
from ._contract_tools import again, fail, keep, meet, race
from ._kit import Capability, needs
from .builders import ASKED, HELD_UNTIL

LONGEST_WAIT_SECONDS = 1.0
AN_INSTANT = dt.timedelta(microseconds=1)


class QueuesContract:
    """
    Numbers, journal and outbox.
    """

    def test_numbers_follow(self, store: Store) -> None:
        """
        A series counts from 1, also within a commit; series do not mix.
        """
        with store.transaction() as tx:
            first = [tx.next_number("a"), tx.next_number("a")]
            other = tx.next_number("b")

        with store.transaction() as tx:
            assert [1, 2, 3] == [*first, tx.next_number("a")]
            assert [1, 2] == [other, tx.next_number("b")]

    def test_numbers_are_given_back(self, store: Store) -> None:
        """
        A number of a transaction that failed goes to the next one.
        """
        with store.transaction() as tx:
            tx.next_number("request")
        fail(store, lambda tx: tx.next_number("request"))

        with store.transaction() as tx:
            assert 2 == tx.next_number("request")

    @needs(Capability.THREADS)
    def test_number_given_once(self, store: Store) -> None:
        """
        Two writers that take a number at the same time take two.
        """
        both = Barrier(2)

        def take_one() -> int:
            with store.transaction() as tx:
                number = tx.next_number("request")
                meet(both)
            return number

        taken = race(*[partial(again, take_one)] * 2)

        assert [1, 2] == sorted(taken)

    @needs(Capability.THREADS)
    def test_numbers_have_no_gap(self, store: Store) -> None:
        """
        Four writers that take five numbers each, and fail before each, take 1
        to 20.
        """
        keep(store, *samples.FAMILY)

        def number(tx: Transaction) -> int:
            return tx.next_number("request")

        def take_five() -> list[int]:
            return [again(take_one) for _ in range(5) if fail(store, number)]

        def take_one() -> int:
            with store.transaction() as tx:
                taken = number(tx)
                tx.put(builders.request(taken, lines=()))
                return taken

        taken = race(*[take_five] * 4)

        assert list(range(1, 21)) == sorted(n for five in taken for n in five)

    # Journal and outbox -----------------------------------------------------

    def test_journal(self, store: Store) -> None:
        """
        Entries are numbered 1, 2, 3… in the order of commits, and read whole
        or by stream.
        """
        for streams in (("a", "b"), ("a",)):
            with store.transaction() as tx:
                for stream in streams:
                    tx.append(samples.entry(stream))

        with store.reading() as reading:
            whole, one = reading.journal(), reading.journal("a")

        assert [(1, "a"), (2, "b"), (3, "a")] == [
            (entry.sequence, entry.stream) for entry in whole
        ]
        assert [1, 3] == [entry.sequence for entry in one]

    def test_due_notices(self, store: Store) -> None:
        """
        A notice is due from its moment on; the oldest first, then the first
        put, as many as asked for.
        """
        late = samples.queued(0, queued_at=ASKED + samples.A_MINUTE)
        first = samples.queued(1, key="z")
        second = samples.queued(2, key="a")
        over = [
            samples.queued(3, key=delivery.value, delivery=delivery)
            for delivery in (Delivery.SENT, Delivery.FAILED)
        ]
        keep(store, late, first, second, *over)
        at = second.due_at

        with store.reading() as reading:
            assert (first, second, late) == reading.due_notices(at, 9)
            assert (first, second) == reading.due_notices(at, 2)
            assert (first, late) == reading.due_notices(at - AN_INSTANT, 9)

    @needs(Capability.THREADS)
    def test_delivered_once(self, store: Store) -> None:
        """
        Of two relays that found a notice due, one marks it.
        """
        keep(store, samples.queued())
        both = Barrier(2)

        def mark() -> int:
            with store.transaction() as tx:
                due = tx.due_notices(ASKED, 9)
                meet(both)
                for queued in due:
                    tx.put(evolve(queued, delivery=Delivery.SENT))
            return len(due)

        marked = race(*[partial(again, mark)] * 2)

        assert [0, 1] == sorted(marked)

    # Several workers --------------------------------------------------------

    @pytest.mark.parametrize("lost", [1, 7, 10_000])
    def test_back_off(self, store: Store, lost: int) -> None:
        """
        Whoever waits to try again comes back within a second, however often
        it lost.
        """
        begun = time.monotonic()

        store.back_off(lost)

        assert LONGEST_WAIT_SECONDS > time.monotonic() - begun

    def test_notices_claimed_once(self, store: Store) -> None:
        """
        Four workers that each put off what they were given share all that was
        due, though a store may give them the same at first.
        """
        keep(
            store,
            *(samples.queued(key=f"{n}", due_at=ASKED) for n in range(9)),
        )

        def claim() -> list[str]:
            with store.transaction() as tx:
                due = tx.due_notices(ASKED, 2)
                for queued in due:
                    tx.put(evolve(queued, due_at=ASKED + samples.A_MINUTE))
            return [queued.key for queued in due]

        def claim_all() -> list[str]:
            return list(chain.from_iterable(iter(partial(again, claim), [])))

        claimed = race(*[claim_all] * 4)

        assert [f"{n}" for n in range(9)] == sorted(chain(*claimed))

    def test_stale_requests_claimed_once(self, store: Store) -> None:
        """
        Four workers that each release what they were given share all that was
        stale, and are given it whole.
        """
        children = [builders.child(id=ChildId(f"{n}")) for n in range(9)]
        stale = [
            builders.request(n, asked=builders.asked(child=child.id))
            for n, child in enumerate(children, start=1)
        ]
        keep(store, *samples.FAMILY, *children, *stale)

        def release() -> list[Request]:
            with store.transaction() as tx:
                found = tx.stale_requests(HELD_UNTIL, 2)
                for request in found:
                    tx.put(evolve(request, lines=()))
            return [*found]

        def release_all() -> list[Request]:
            return list(chain.from_iterable(iter(partial(again, release), [])))

        released = race(*[release_all] * 4)

        assert stale == sorted(chain(*released), key=lambda one: one.number)
