"""
Stores that do not hold what they said they had kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve

from portail_core.ports.store import Record
from portail_core.testing._memory_snapshot import Snapshot
from portail_core.testing.memory import MemoryTransaction

from ._base import DumpedStore, Faults


class ForgetsAll(DumpedStore):
    """
    Breaks: what was committed is there for who opens the place again.
    """

    def restore(self, now: Snapshot, owners: Any) -> None:
        """
        Begin anew.
        """


class ForgetsTheJournal(DumpedStore):
    """
    Breaks: so is the journal.
    """

    def restore(self, now: Snapshot, owners: Any) -> None:
        """
        All but the journal.
        """
        super().restore(evolve(now, journal=()), owners)


class ForgetsTheNumbers(DumpedStore):
    """
    Breaks: numbers go on where they stood.
    """

    def restore(self, now: Snapshot, owners: Any) -> None:
        """
        All but where they stood.
        """
        super().restore(evolve(now, counters=type(now.counters)()), owners)


class KeepsItForLater(DumpedStore):
    """
    Breaks: a commit that returned is kept (it is not on the disk).
    """

    def dump(self) -> None:
        """
        Not now.
        """

    def close(self) -> None:
        """
        Now.
        """
        super().dump()


class KeepsTheUnfinished(DumpedStore):
    """
    Breaks: of a commit that a crash interrupts, nothing is left.
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        store = self

        class WrittenThrough(MemoryTransaction):
            def put(self, record: Record) -> None:
                super().put(record)
                sound, store._now = store._now, store.after(self)
                store.dump()
                store._now = sound

        self.writes = WrittenThrough  # type: ignore[misc]  # of this one alone

    def after(self, tx: MemoryTransaction) -> Snapshot:
        """
        What would be kept if *tx* had ended.
        """
        kinds = {key[0] for key in tx.writes}
        records = {
            kind: {
                **self._now.records.get(kind, {}),
                **{k: r for k, r in tx.writes.items() if k[0] is kind},
            }
            for kind in kinds
        }
        return evolve(self._now, records={**self._now.records, **records})


class KeepsAllInOnePlace(DumpedStore):
    """
    Breaks: what is kept at one place is not at another.
    """

    @property
    def file(self) -> Path:
        """
        Beside the place.
        """
        return self.place.parent / "store.pickle"


class KnowsNoOther(DumpedStore):
    """
    Breaks: several processes may use one place (it reads it once, when it is
    opened).
    """


REOPENING: Faults = {
    ForgetsAll: (
        "test_reopened",
        "test_opened_together",
        "test_killed_after_the_commit",
    ),
    ForgetsTheJournal: ("test_reopened",),
    ForgetsTheNumbers: ("test_reopened",),
    KeepsItForLater: (
        "test_killed_after_the_commit",
        "test_killed_between_commits",
    ),
    KeepsTheUnfinished: ("test_killed_before_the_commit",),
    KeepsAllInOnePlace: ("test_places_are_apart",),
    KnowsNoOther: (
        "test_opened_together",
        "test_last_place_of_processes",
        "test_numbers_of_processes",
    ),
}
