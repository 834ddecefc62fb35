"""
What broken stores are made of: a sound one whose parts can be replaced.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from portail_core.ports.store import PoolDay
from portail_core.testing._memory_reading import MemoryReading
from portail_core.testing._memory_snapshot import Snapshot
from portail_core.testing.memory import MemoryStore, MemoryTransaction

Faults = Mapping[type[Any], tuple[str, ...]]
"""Broken classes, and the checks that see what is broken in each."""


class Replaceable(MemoryStore):
    """
    In memory; sound, as long as nothing is replaced.

    Attributes:
        reads: How a reading reads.

        writes: How a transaction does.
    """

    reads: ClassVar[type[MemoryReading]] = MemoryReading
    writes: ClassVar[type[MemoryTransaction]] = MemoryTransaction

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.place = place

    @contextmanager
    def reading(self) -> Iterator[MemoryReading]:
        """
        By `reads`.
        """
        yield self.reads(self._now)

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        By `writes`.
        """
        with super().transaction(locks) as tx:
            mine = self.writes(tx.snapshot)
            # Told to the commit what this one looked at, and what it wrote.
            for part in ("watched", "writes", "entries", "counters"):
                setattr(mine, part, getattr(tx, part))
            yield mine


class DumpedStore(Replaceable):
    """
    In memory, and after every commit in one file: opened again, it is as it
    was left.  Sound, for one process at a time.
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        if self.file.exists():
            kept = pickle.loads(self.file.read_bytes())
            self.restore(*kept)

    @property
    def file(self) -> Path:
        """
        Where it is kept.
        """
        return self.place / "store.pickle"

    def restore(self, now: Snapshot, owners: Any) -> None:
        """
        Go on from what was kept.
        """
        self._now, self._owners = now, owners

    def dump(self) -> None:
        """
        Keep all, or what was kept before.
        """
        new = self.file.with_suffix(".new")
        new.write_bytes(pickle.dumps((self._now, self._owners)))
        new.replace(self.file)

    def _commit(self, tx: MemoryTransaction) -> None:
        super()._commit(tx)
        self.dump()
