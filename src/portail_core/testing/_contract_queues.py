"""
Numbers without a gap, the journal in order, notices when they are due.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from threading import Barrier

from attrs import evolve

from portail_core.ports.store import (
    Delivery,
    Store,
    Transaction,
)

from . import builders, samples
from ._contract_tools import again, fail, keep, meet, race
from ._kit import Capability, needs
from .builders import ASKED

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
