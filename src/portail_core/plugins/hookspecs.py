"""
The questions put to every plugin.

Each hook says when it is asked, what becomes of the answers, and whether their
order counts.  Order never counts for anything that touches money: pluggy calls
the last registered first, and installation order is nobody's decision.
"""

from __future__ import annotations

from collections.abc import Iterable

from portail_core.ports.store import JournalEntry

from ._adapters import Adapter
from ._markers import hookspec


@hookspec
def portail_adapters() -> Iterable[Adapter]:  # type: ignore[empty-body]  # a question has no body
    """
    Offer adapters.

    Asked:   once, when a portal is opened.
    Answers: all kept, by kind and scheme; one twice is `DuplicateName`.
    Order:   does not count.
    """


@hookspec
def portail_event(entry: JournalEntry) -> None:
    """
    Be told what happened, after it was kept.  For watching, not for mails.

    Asked:   by the mail relay, after the commit; again if it stopped there.
    Answers: ignored: what happened cannot be undone from here.
    Order:   does not count; a listener that raises stops no other.
    """
