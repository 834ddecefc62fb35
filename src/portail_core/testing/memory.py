"""
A store in memory: optimistic, so that schedules have something to explore.

A transaction reads a snapshot and notes what it looked at; its commit fails
if any of that was written since.  There is no clock in it, and no file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from attrs import evolve

from portail_core.ports.store import (
    ConcurrentChange,
    JournalEntry,
    PoolDay,
    Record,
)

from ._keys import (
    Key,
    Topic,
    claims_of,
    counter_topic,
    is_final,
    key_of,
    pool_day_topic,
    topics_of,
)
from ._memory_reading import MemoryReading
from ._memory_snapshot import Snapshot


class MemoryStore:
    """
    Everything in dictionaries; what is put is what is read.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._now = Snapshot(
            commit=0, records={}, journal=(), counters=Counter()
        )
        self._stamps: dict[Topic, int] = {}
        self._owners: dict[Topic, Key] = {}

    @contextmanager
    def reading(self) -> Iterator[MemoryReading]:
        """
        What is kept now, whatever is written meanwhile.
        """
        yield MemoryReading(self._now)

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        A snapshot, then one commit.

        Raises:
            ConcurrentChange: If what was read, locked or written changed
                since the transaction began.
        """
        tx = MemoryTransaction(self._now)
        tx.watched.update(pool_day_topic(*pool_day) for pool_day in locks)
        yield tx
        with self._lock:
            self._commit(tx)

    def back_off(self, lost: int) -> None:
        """
        Nobody is waited for: a schedule says who comes first.
        """

    def close(self) -> None:
        """
        Nothing to let go of.
        """

    def _commit(self, tx: MemoryTransaction) -> None:
        for topic in tx.watched | tx.writes.keys() | tx.counters.keys():
            if self._stamps.get(topic, 0) > tx.snapshot.commit:
                msg = f"{topic} was written since"
                raise ConcurrentChange(msg)
        self._refuse_blind_writes(tx)
        claims = self._claimed(tx)

        now = self._now
        commit = now.commit + 1
        for key, record in tx.writes.items():
            before = now.get(key)
            for topic in topics_of(before, record):
                self._stamps[topic] = commit
            for claim in () if before is None else claims_of(before):
                del self._owners[claim]
        self._stamps.update(dict.fromkeys(tx.counters, commit))
        self._owners |= claims
        self._now = _after(now, tx, commit)

    def _refuse_blind_writes(self, tx: MemoryTransaction) -> None:
        for key in tx.writes:
            known = self._now.get(key) is not None
            if known and (key not in tx.watched or is_final(key)):
                msg = f"{key} is there already"
                raise ConcurrentChange(msg)

    def _claimed(self, tx: MemoryTransaction) -> Mapping[Topic, Key]:
        claims: dict[Topic, Key] = {}
        for key, record in tx.writes.items():
            for claim in claims_of(record):
                owner = claims.setdefault(claim, key)
                before = self._owners.get(claim, key)
                if owner != key or not (before == key or before in tx.writes):
                    msg = f"{claim} belongs to another"
                    raise ConcurrentChange(msg)
        return claims


class MemoryTransaction(MemoryReading):
    """
    Reads of a snapshot, and writes that wait for the commit.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self.writes: dict[Key, Record] = {}
        self.entries: list[JournalEntry] = []
        self.counters: dict[Topic, int] = {}

    def put(self, record: Record) -> None:
        """
        Keep *record*; a request with its places, which are in it.
        """
        self.writes[key_of(record)] = record

    def append(self, entry: JournalEntry) -> None:
        """
        Add to the journal.
        """
        self.entries.append(entry)

    def next_number(self, series: str) -> int:
        """
        The next number of *series*, from 1.
        """
        topic = counter_topic(series)
        before = self.counters.get(topic, self.snapshot.counters[topic])
        self.counters[topic] = before + 1
        return before + 1


def _after(now: Snapshot, tx: MemoryTransaction, commit: int) -> Snapshot:
    records = dict(now.records)
    for kind in {key[0] for key in tx.writes}:
        written = {k: r for k, r in tx.writes.items() if k[0] is kind}
        records[kind] = {**records.get(kind, {}), **written}

    first = len(now.journal) + 1
    entries = (
        evolve(entry, sequence=sequence)
        for sequence, entry in enumerate(tx.entries, start=first)
    )
    return Snapshot(
        commit=commit,
        records=records,
        journal=(*now.journal, *entries),
        counters=now.counters | Counter(tx.counters),
    )


def make_store(place: Path) -> MemoryStore:
    """
    A new one, as a conformance kit asks for; it leaves nothing at *place*.
    """
    del place
    return MemoryStore()
