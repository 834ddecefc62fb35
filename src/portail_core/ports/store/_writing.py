"""
Writing to a store: one commit, whole or absent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

from portail_core.domain.ids import (
    PoolCode,
)

from ._reading import Reading
from ._records import (
    JournalEntry,
    Record,
)

PoolDay: TypeAlias = tuple[PoolCode, dt.date]
"""What a transaction locks before it counts places."""


class Transaction(Reading, Protocol):
    """
    A reading that ends in one commit.

    Reads see the store as it was when the transaction began, and not what the
    transaction itself has put.
    """

    def put(self, record: Record) -> None:
        """
        Keep *record*, new or in place of the one that this transaction read;
        the last one put counts.

        An invoice, an avoir, a command, a règlement and its acceptance are
        only ever new.

        A request also takes and releases its places: one row a place while a
        line is held (until `taken_until`) or confirmed (for good).
        """
        ...

    def append(self, entry: JournalEntry) -> None:
        """
        Add to the journal.
        """
        ...

    def next_number(self, series: str) -> int:
        """
        The next number of *series*, from 1; given back if the commit fails.
        """
        ...


class Store(Protocol):
    """
    Where everything is kept.

    At commit a store refuses, with `ConcurrentChange`, what would give one
    e-mail address two accounts, one child two takers of a part of a day, one
    key two queued notices, one provider's key two attempts, one command two
    answers, one child two pre-registrations that stand at one accueil;
    whatever was changed by another writer after this transaction
    read it; and what would take the place of a record that it did not read.
    """

    def reading(self) -> AbstractContextManager[Reading]:
        """
        A snapshot, without any lock.
        """
        ...

    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> AbstractContextManager[Transaction]:
        """
        Take *locks*, then read and write; committed when the block ends
        without an exception.

        Raises:
            ConcurrentChange: Nothing was written; run it again.
            StorageBusy: Nothing was written, after a wait; say so to the
                person, with `portail_core.french.STORAGE_BUSY`.
            StorageFailed: Nothing was written; tell an administrator.
        """
        ...

    def back_off(self, lost: int) -> None:
        """
        Wait a moment before a transaction is run again, a second at most.

        As long as chance says, and longer the more tries were *lost*: writers
        who lost to one another would else come back together.

        Args:
            lost: From 1.
        """
        ...

    def close(self) -> None:
        """
        Let go of files and connections.
        """
        ...
