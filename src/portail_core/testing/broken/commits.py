"""
Stores whose commit is not one: it loses, leaks, doubles or hangs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve

from portail_core.ports.store import (
    ConcurrentChange,
    KeptCommand,
    PoolDay,
    Queued,
)
from portail_core.testing._keys import Key, Topic
from portail_core.testing._memory_reading import MemoryReading
from portail_core.testing.memory import MemoryTransaction

from ._base import Faults, Replaceable


class ForgetsVersions(Replaceable):
    """
    Breaks: what another changed meanwhile is not written over (lost update).
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.snapshot = self._now
        super()._commit(tx)


class ForgetsLocks(Replaceable):
    """
    Breaks: who locked a pool's day has seen all that was done under that lock.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.watched = {topic for topic in tx.watched if topic[0] != "pool"}
        super()._commit(tx)


class ForgetsLists(Replaceable):
    """
    Breaks: what was read as a list is still that list (phantom, write skew).
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.watched = {topic for topic in tx.watched if topic[0] != "of"}
        super()._commit(tx)


class ForgetsWhatItOnlyRead(Replaceable):
    """
    Breaks: what was read, and decided upon, is still so (write skew).
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.watched &= tx.writes.keys()
        super()._commit(tx)


class ForgetsWhatIsUnique(Replaceable):
    """
    Breaks: one address has one account, one part of a day one taker.
    """

    def _claimed(self, tx: MemoryTransaction) -> dict[Topic, Key]:
        del tx
        return {}


class ReplacesWhatItDidNotRead(Replaceable):
    """
    Breaks: what is put without having been read is new.
    """

    def _refuse_blind_writes(self, tx: MemoryTransaction) -> None:
        del tx


class CorrectsPapers(Replaceable):
    """
    Breaks: an invoice, an avoir, a command's answer are never rewritten.
    """

    def _refuse_blind_writes(self, tx: MemoryTransaction) -> None:
        for key in tx.writes:
            if self._now.get(key) is not None and key not in tx.watched:
                raise ConcurrentChange(key)


class KeepsWhatFailed(Replaceable):
    """
    Breaks: what fails half-way leaves no trace (no rollback).
    """

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        Committed, whatever happened.
        """
        failed: list[Exception] = []
        with super().transaction(locks) as tx:
            try:
                yield tx
            except Exception as error:  # noqa: BLE001 - the fault
                failed.append(error)
        if failed:
            raise failed[0]


class ShowsTheUnfinished(Replaceable):
    """
    Breaks: what is not committed, nobody sees (dirty read).
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._unfinished: list[MemoryTransaction] = []

    @contextmanager
    def reading(self) -> Iterator[MemoryReading]:
        """
        With all that is being written.
        """
        records = {kind: {**all_} for kind, all_ in self._now.records.items()}
        for tx in self._unfinished:
            for key, record in tx.writes.items():
                records.setdefault(key[0], {})[key] = record
        yield self.reads(evolve(self._now, records=records))

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        Noted, so that readings see it.
        """
        with super().transaction(locks) as tx:
            self._unfinished.append(tx)
            try:
                yield tx
            finally:
                self._unfinished.remove(tx)


class LosesTheOutbox(Replaceable):
    """
    Breaks: a notice is queued in the commit of what it tells (lost outbox).
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.writes = {k: r for k, r in tx.writes.items() if k[0] is not Queued}
        super()._commit(tx)


class SendsBeforeTheCommit(Replaceable):
    """
    Breaks: a commit that is refused queues nothing.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        ahead = MemoryTransaction(self._now)
        ahead.writes = {k: r for k, r in tx.writes.items() if k[0] is Queued}
        super()._commit(ahead)
        tx.writes = {
            k: r for k, r in tx.writes.items() if k not in ahead.writes
        }
        super()._commit(tx)


class LosesAnswers(Replaceable):
    """
    Breaks: a command repeated is given its first answer.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.writes = {
            k: r for k, r in tx.writes.items() if k[0] is not KeptCommand
        }
        super()._commit(tx)


COMMITS: Faults = {
    ForgetsVersions: (
        "test_no_update_is_lost",
        "test_no_creation_is_lost",
        "test_last_place",
        "test_number_given_once",
        "test_delivered_once",
        "test_orders_lose_no_update",
        "test_orders_of_three",
        "test_orders_sell_the_last_place_once",
        "test_orders_number_without_a_gap",
    ),
    ForgetsLocks: (
        "test_last_place",
        "test_locked",
        "test_orders_sell_the_last_place_once",
        "test_orders_of_pools",
    ),
    ForgetsLists: (
        "test_one_open_attempt",
        "test_orders_of_a_list",
    ),
    ForgetsWhatItOnlyRead: (
        "test_orders_of_two_ledgers",
        "test_orders_of_a_list",
    ),
    ForgetsWhatIsUnique: (
        "test_unique",
        "test_held_past_its_time",
        "test_one_address_twice_in_a_commit",
    ),
    ReplacesWhatItDidNotRead: (
        "test_new_is_new",
        "test_final",
        "test_command_again",
    ),
    CorrectsPapers: ("test_final", "test_papers_are_kept_as_issued"),
    KeepsWhatFailed: (
        "test_exception_leaves_no_trace",
        "test_run_again",
        "test_failures_in_a_row",
        "test_nothing_unfinished_is_seen",
    ),
    ShowsTheUnfinished: ("test_nothing_unfinished_is_seen",),
    LosesTheOutbox: (
        "test_all_at_once",
        "test_notices",
        "test_many_notices",
    ),
    SendsBeforeTheCommit: ("test_refused_commit_leaves_no_trace",),
    LosesAnswers: (
        "test_round_trip",
        "test_command_again",
        "test_orders_of_one_command",
    ),
}
