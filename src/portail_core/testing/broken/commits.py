"""
Stores whose commit is not one: it loses, leaks, doubles or hangs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock

from attrs import evolve

from portail_core.domain.ids import HouseholdId
from portail_core.ports.store import (
    ConcurrentChange,
    JournalEntry,
    KeptCommand,
    PoolDay,
    Queued,
    StorageBusy,
)
from portail_core.testing._keys import Key, Topic
from portail_core.testing._memory_household import MemoryHouseholdReading
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


# The journal ----------------------------------------------------------------


class LosesTheJournal(Replaceable):
    """
    Breaks: what happened is in the journal.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.entries.clear()
        super()._commit(tx)


class JournalsTooSoon(Replaceable):
    """
    Breaks: a commit that is refused tells the journal nothing.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        try:
            super()._commit(tx)
        except ConcurrentChange:
            tx.writes.clear()
            tx.counters.clear()
            tx.watched.clear()
            super()._commit(tx)
            raise


class EditsTheJournal(Replaceable):
    """
    Breaks: what the journal says once, it says for ever.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        super()._commit(tx)
        last = {entry.stream: entry.event for entry in self._now.journal}
        self._now = evolve(
            self._now,
            journal=tuple(
                evolve(entry, event=last[entry.stream])
                for entry in self._now.journal
            ),
        )


class RenumbersTheJournal(Replaceable):
    """
    Breaks: an entry keeps its number.
    """

    class reads(MemoryReading):  # noqa: N801 - the part that is replaced
        """
        The newest is the first.
        """

        def journal(
            self, stream: str | None = None
        ) -> tuple[JournalEntry, ...]:
            """
            Backwards, and numbered so.
            """
            entries = super().journal(stream)
            return tuple(
                evolve(entry, sequence=number)
                for number, entry in enumerate(entries[::-1], start=1)
            )


# Numbers --------------------------------------------------------------------


class SkipsNumbers(Replaceable):
    """
    Breaks: a number of a commit that failed is given to the next (gaps).
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._given: dict[str, int] = {}

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        With numbers that nobody gives back.
        """
        given = self._given

        class Sequences(MemoryTransaction):
            def next_number(self, series: str) -> int:
                given[series] = given.get(series, 0) + 1
                return given[series]

        with super().transaction(locks) as tx:
            mine = Sequences(tx.snapshot)
            mine.watched, mine.writes = tx.watched, tx.writes
            mine.entries = tx.entries
            yield mine


class RepeatsNumbers(Replaceable):
    """
    Breaks: a number is given once.
    """

    def _commit(self, tx: MemoryTransaction) -> None:
        if tx.counters:
            tx.snapshot = evolve(tx.snapshot, commit=self._now.commit)
        super()._commit(tx)


class MixesSeries(Replaceable):
    """
    Breaks: every series counts from 1.
    """

    class writes(MemoryTransaction):  # noqa: N801 - the part that is replaced
        """
        One counter for all.
        """

        def next_number(self, series: str) -> int:
            """
            Whatever the series.
            """
            del series
            return super().next_number("all")


# Two at once ----------------------------------------------------------------


class SecondWriterHangs(Replaceable):
    """
    Breaks: a second writer waits until the first is done, or is told.
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._one = Lock()

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        For the first one; the second is never let in.
        """
        if not self._one.acquire(blocking=False):
            Event().wait()
        try:
            with super().transaction(locks) as tx:
                yield tx
        finally:
            self._one.release()


class WaitsForEver(Replaceable):
    """
    Breaks: two writers that wait for each other are told (deadlock).
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._rows: dict[str, Lock] = defaultdict(Lock)

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        With a lock on every household that is read.
        """
        rows, held = self._rows, set[str]()

        class Locking(MemoryTransaction):
            def of(self, household: HouseholdId) -> MemoryHouseholdReading:
                if household not in held:
                    rows[household].acquire()
                    held.add(household)
                return super().of(household)

        try:
            with super().transaction(locks) as tx:
                locking = Locking(tx.snapshot)
                locking.watched, locking.writes = tx.watched, tx.writes
                yield locking
        finally:
            for household in held:
                rows[household].release()


class StaysBusy(Replaceable):
    """
    Breaks: a writer that fails holds nobody up.
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._failed = False

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        Until one fails.
        """
        if self._failed:
            msg = "a writer that failed holds the lock"
            raise StorageBusy(msg)
        with super().transaction(locks) as tx:
            try:
                yield tx
            except BaseException:
                self._failed = True
                raise


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
    LosesTheJournal: ("test_all_at_once", "test_events", "test_run_again"),
    JournalsTooSoon: ("test_refused_commit_leaves_no_trace",),
    EditsTheJournal: ("test_events",),
    RenumbersTheJournal: ("test_journal", "test_many_commits"),
    SkipsNumbers: (
        "test_numbers_are_given_back",
        "test_numbers_have_no_gap",
        "test_orders_number_without_a_gap",
        "test_run_again",
    ),
    RepeatsNumbers: (
        "test_number_given_once",
        "test_orders_number_without_a_gap",
    ),
    MixesSeries: ("test_numbers_follow",),
    WaitsForEver: ("test_orders_of_two_households",),
    SecondWriterHangs: ("test_second_writer",),
    StaysBusy: ("test_failures_in_a_row", "test_numbers_are_given_back"),
}
