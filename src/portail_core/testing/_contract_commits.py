"""
What one commit promises: all or nothing, and no change of another's lost.
"""

from __future__ import annotations

import datetime as dt
from concurrent.futures import wait
from functools import partial
from threading import Barrier
from typing import ClassVar

import pytest
from attrs import evolve

from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    HouseholdId,
)
from portail_core.domain.money import eur
from portail_core.domain.places import Spot, spots
from portail_core.ports.store import (
    ConcurrentChange,
    Store,
    Transaction,
)

from . import builders, samples
from ._contract_tools import (
    MEETING_SECONDS,
    PATIENCE_SECONDS,
    again,
    commit,
    fail,
    keep,
    meet,
    race,
    start,
)
from ._kit import Capability, needs
from .builders import ASKED, HOUSEHOLD, REGIE

AN_INSTANT = dt.timedelta(microseconds=1)


class CommitsContract:
    """
    Atomicity, isolation, and two writers at once.

    Attributes:
        patience_seconds: How long a second writer may wait once the first is
            done.
    """

    patience_seconds: ClassVar[float] = PATIENCE_SECONDS

    def test_exception_leaves_no_trace(self, store: Store) -> None:
        """
        A use case that fails half-way has done nothing.
        """

        def everything(tx: Transaction) -> None:
            for record in samples.RECORDS:
                tx.put(record)
            tx.append(samples.entry("s"))
            tx.next_number("request")

        fail(store, everything)

        with store.transaction() as tx:
            assert tx.account(builders.ACCOUNT) is None
            assert () == tx.reglements()
            assert () == tx.due_notices(ASKED, 9)
            assert () == tx.journal()
            assert {} == dict(tx.taken(_spots(), ASKED))
            assert 1 == tx.next_number("request")

    def test_refused_commit_leaves_no_trace(self, store: Store) -> None:
        """
        A commit that is refused for its last record has written none.
        """
        keep(store, *samples.FAMILY)

        def too_much(tx: Transaction) -> None:
            tx.put(builders.request())
            tx.put(samples.queued())
            tx.append(samples.entry("s"))
            tx.next_number("request")
            tx.put(builders.account(id=AccountId("second")))

        with pytest.raises(ConcurrentChange):
            commit(store, too_much)

        with store.transaction() as tx:
            assert () == tx.of(HOUSEHOLD).requests()
            assert () == tx.due_notices(ASKED, 9)
            assert () == tx.journal()
            assert {} == dict(tx.taken(_spots(), ASKED))
            assert 1 == tx.next_number("request")

    def test_all_at_once(self, store: Store) -> None:
        """
        Records, notices and journal of one commit are seen together.
        """
        with store.transaction() as tx:
            for record in samples.RECORDS:
                tx.put(record)
            tx.put(samples.queued())
            tx.append(samples.entry("s"))

        with store.reading() as reading:
            assert builders.account() == reading.account(builders.ACCOUNT)
            assert (samples.queued(),) == reading.due_notices(ASKED, 9)
            assert 1 == len(reading.journal())

    def test_own_writes_are_not_read(self, store: Store) -> None:
        """
        A transaction reads what was there when it began.
        """
        keep(store, builders.household())

        with store.transaction() as tx:
            tx.put(builders.account())
            tx.append(samples.entry("s"))

            assert tx.account(builders.ACCOUNT) is None
            assert () == tx.journal()

    def test_last_put_counts(self, store: Store) -> None:
        """
        Two puts of one record in a transaction keep the second.
        """
        keep(
            store,
            builders.household(),
            builders.account(password="first"),
            builders.account(password="second"),
        )

        with store.reading() as reading:
            kept = reading.account(builders.ACCOUNT)

        assert builders.account(password="second") == kept

    def test_reading_is_a_snapshot(self, store: Store) -> None:
        """
        A reading sees nothing of what is written meanwhile.
        """
        keep(store, builders.household())

        with store.reading() as reading:
            keep(store, builders.account())

            assert reading.account(builders.ACCOUNT) is None

        with store.reading() as reading:
            assert builders.account() == reading.account(builders.ACCOUNT)

    # Two writers ------------------------------------------------------------

    @needs(Capability.THREADS)
    def test_second_writer(self, store: Store) -> None:
        """
        A second writer waits until the first is done, or is told; it does not
        wait for ever, and what it then does is done once.
        """
        keep(store, *samples.FAMILY, builders.ledger())

        def add_one_euro() -> None:
            with store.transaction() as tx:
                ledger = tx.of(HOUSEHOLD).ledger(REGIE)
                received = ledger.received + eur("1.00")
                tx.put(evolve(ledger, received=received))

        with store.transaction() as tx:
            tx.of(HOUSEHOLD).household()
            second = start(partial(again, add_one_euro))
            wait([second], timeout=MEETING_SECONDS)
        _, late = wait([second], timeout=self.patience_seconds)

        assert not late, "the second writer is neither let in nor told"
        second.result()
        with store.reading() as reading:
            ledger = reading.of(HOUSEHOLD).ledger(REGIE)
        assert eur("1.00") == ledger.received

    @needs(Capability.THREADS)
    def test_no_update_is_lost(self, store: Store) -> None:
        """
        Two writers that read the same ledger both leave their mark.
        """
        keep(store, *samples.FAMILY, builders.ledger())
        both = Barrier(2)

        def add_one_euro() -> None:
            with store.transaction() as tx:
                ledger = tx.of(HOUSEHOLD).ledger(REGIE)
                meet(both)
                received = ledger.received + eur("1.00")
                tx.put(evolve(ledger, received=received))

        race(*[partial(again, add_one_euro)] * 2)

        with store.reading() as reading:
            ledger = reading.of(HOUSEHOLD).ledger(REGIE)
        assert eur("2.00") == ledger.received

    @needs(Capability.THREADS)
    def test_no_creation_is_lost(self, store: Store) -> None:
        """
        Two writers that found nothing do not both create it.
        """
        keep(store, *samples.FAMILY)
        both = Barrier(2)

        def add_one_euro() -> None:
            with store.transaction() as tx:
                ledger = tx.of(HOUSEHOLD).ledger(REGIE)
                meet(both)
                received = ledger.received + eur("1.00")
                tx.put(evolve(ledger, received=received))

        race(*[partial(again, add_one_euro)] * 2)

        with store.reading() as reading:
            ledger = reading.of(HOUSEHOLD).ledger(REGIE)
        assert eur("2.00") == ledger.received

    @needs(Capability.THREADS)
    def test_one_open_attempt(self, store: Store) -> None:
        """
        What was read as a list is still that list at commit: of two writers
        that saw no attempt to pay, one opens one.
        """
        keep(store, *samples.FAMILY)
        both = Barrier(2)

        def open_one(reference: str) -> None:
            with store.transaction() as tx:
                attempts = tx.of(HOUSEHOLD).attempts(REGIE)
                meet(both)
                if not attempts:
                    tx.put(
                        builders.attempt(reference=AttemptReference(reference))
                    )

        race(
            partial(again, partial(open_one, "FIRST1")),
            partial(again, partial(open_one, "SECOND2")),
        )

        with store.reading() as reading:
            assert 1 == len(reading.of(HOUSEHOLD).attempts(REGIE))

    @needs(Capability.THREADS)
    def test_strangers_do_not_meet(self, store: Store) -> None:
        """
        Writers of different households both succeed, whoever comes first.
        """
        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY)
        both = Barrier(2)

        def describe(household: HouseholdId) -> None:
            with store.transaction() as tx:
                before = tx.of(household).household()
                meet(both)
                tx.put(evolve(before, adults=()))

        race(
            partial(describe, HOUSEHOLD), partial(describe, builders.ELSEWHERE)
        )

        with store.reading() as reading:
            assert () == reading.of(HOUSEHOLD).household().adults


def _spots() -> tuple[Spot, ...]:
    line = builders.line()
    return spots(line.day, line.places)
