"""
Stores whose journal, numbers or queue of writers go wrong.
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
    PoolDay,
    StorageBusy,
)
from portail_core.testing._memory_household import MemoryHouseholdReading
from portail_core.testing._memory_reading import MemoryReading
from portail_core.testing.memory import MemoryTransaction

from ._base import Faults, Replaceable

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


QUEUES: Faults = {
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
