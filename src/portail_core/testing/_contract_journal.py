"""
The journal, page by page.
"""

from __future__ import annotations

from portail_core.ports.store import Store

from . import samples


class JournalContract:
    """
    Reading the journal without holding all of it.
    """

    def test_journal_in_pages(self, store: Store) -> None:
        """
        A page begins after an entry, and ends after as many as were asked
        for; pages together are the journal.
        """
        with store.transaction() as tx:
            for number in range(1, 6):
                tx.append(samples.entry(f"request/{number}"))

        with store.reading() as reading:
            whole = reading.journal()
            pages = [reading.journal_after(after, 2) for after in (0, 2, 4)]
            beyond = reading.journal_after(5, 2)

        assert [(1, 2), (3, 4), (5,)] == [
            tuple(entry.sequence for entry in page) for page in pages
        ]
        assert whole == tuple(entry for page in pages for entry in page)
        assert () == beyond
