"""
What `MemoryStore` keeps after a commit, and how it is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from attrs import frozen

from portail_core.ports.store import JournalEntry

from ._keys import Key, Topic, key_of

R = TypeVar("R")


@frozen(kw_only=True)
class Snapshot:
    """
    Everything kept after a commit; what is in it never changes.

    Attributes:
        commit: How many there were.
    """

    commit: int
    records: Mapping[type[Any], Mapping[Key, Any]]
    journal: tuple[JournalEntry, ...]
    counters: Counter[Topic]

    def get(self, key: Key) -> Any:
        """
        The record of this key, or `None`.
        """
        return self.records.get(key[0], {}).get(key)


class SnapshotReading:
    """
    A snapshot, and what was looked at in it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.watched: set[Topic] = set()

    def one(self, kind: type[R], *names: str | int) -> R | None:
        """
        The record of this key; whether it is there is looked at.
        """
        key = (kind, *names)
        self.watched.add(key)
        return cast("R | None", self.snapshot.get(key))

    def all(
        self,
        kind: type[R],
        where: Callable[[R], bool] = lambda _: True,
        *,
        by: Callable[[R], Any],
    ) -> tuple[R, ...]:
        """
        The records of a kind for which *where* holds, in the order of *by*.
        """
        found = tuple(sorted(filter(where, self.values(kind)), key=by))
        self.watched.update(key_of(cast("Any", record)) for record in found)
        return found

    def _first(
        self,
        kind: type[R],
        where: Callable[[R], bool],
        *,
        by: Callable[[R], Any],
        limit: int,
    ) -> tuple[R, ...]:
        """
        As many as asked for; only these are looked at, so that whoever works
        on others is no matter.
        """
        found = sorted(filter(where, self.values(kind)), key=by)[:limit]
        self.watched.update(key_of(cast("Any", record)) for record in found)
        return tuple(found)

    def values(self, kind: type[R]) -> Iterable[R]:
        """
        The records of a kind, in the order they came; not looked at.
        """
        return self.snapshot.records.get(kind, {}).values()

    def _only(self, kind: type[R], where: Callable[[R], bool]) -> R | None:
        found = next(filter(where, self.values(kind)), None)
        if found is not None:
            self.watched.add(key_of(cast("Any", found)))
        return found
