"""
The journal, written out: what happened, to whom, when, by whom, under which
rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail_core.ports.store import JournalEntry, Store
from portail_core.wire import dump

PAGE = 1_000
"""Entries held in memory at once."""


def export(*, store: Store, after: int = 0) -> Iterator[str]:
    """
    Every entry as one line of JSON, without its line break, in order; ids and
    cents, and no name, but the facts that prices were made from: personal
    data all the same.  `portail_core.wire.load` reads a line back as the
    same `JournalEntry`.

    One page is read at a time: whoever writes meanwhile waits for nobody, and
    what they add comes at the end.

    Args:
        store: Holds the journal.

        after: The number of the last entry that is known; 0 for none.

    Raises:
        StorageFailed: If an entry cannot be read: an export has no gap.
    """
    while True:
        with store.reading() as reading:
            page = reading.journal_after(after, PAGE)
        for entry in page:
            yield dump(entry)
        if len(page) < PAGE:
            return
        after = _number(page[-1])


def _number(entry: JournalEntry) -> int:
    assert entry.sequence is not None, "the store numbers what it keeps"
    return entry.sequence
