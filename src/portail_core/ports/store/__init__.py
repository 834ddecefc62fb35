"""
Storage: what is kept, how it is read, and what one commit promises.

A transaction reads, buffers what it writes, and flushes it whole at the end of
its `with` block; an exception leaves no trace.  What another writer changed
since it was read here makes the commit fail with `ConcurrentChange`, and the
use case runs again.
"""

from ._errors import ConcurrentChange, StorageBusy, StorageFailed
from ._household import HouseholdReading
from ._reading import Reading
from ._records import (
    Delivery,
    Event,
    JournalEntry,
    KeptCommand,
    Queued,
    Record,
    ReglementVersion,
)
from ._writing import PoolDay, Store, Transaction

__all__ = [
    "ConcurrentChange",
    "Delivery",
    "Event",
    "HouseholdReading",
    "JournalEntry",
    "KeptCommand",
    "PoolDay",
    "Queued",
    "Reading",
    "Record",
    "ReglementVersion",
    "StorageBusy",
    "StorageFailed",
    "Store",
    "Transaction",
]
