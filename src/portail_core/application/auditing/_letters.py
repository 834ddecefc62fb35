"""
Who paid is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail_core.domain.payments import Attempt, AttemptState
from portail_core.ports.store import Delivery, Reading, StorageFailed

from ._books import Books
from ._found import Check
from ._questions import GIVEN_UP, TOLD, UNREADABLE


def letters(books: Books, reading: Reading) -> Iterator[Check]:
    """
    The two notices of every payment.
    """
    for attempt in books.attempts:
        yield from _told(books, attempt, reading)


def _told(books: Books, attempt: Attempt, reading: Reading) -> Iterator[Check]:
    paid = attempt.state is AttemptState.PAID
    confirms = paid and any(
        books.confirmed_by(attempt.reference, due.request)
        for due in attempt.dues
    )
    for kind, owed in (("payment-confirmed", paid), ("recap", confirms)):
        key = f"{kind}/{attempt.reference}"
        try:
            queued = reading.queued(key)
        except StorageFailed:
            yield Check(UNREADABLE, f"notice/{key}", "yes", "no")
            continue
        yield Check(TOLD, key, _count(owed), _count(queued is not None))
        if queued is not None and queued.delivery is Delivery.FAILED:
            yield Check(GIVEN_UP, key, "sent", f"{queued.tries} tries")


def _count(is_there: object) -> str:
    return "one" if is_there else "none"
