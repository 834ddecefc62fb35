"""
The use case: read once, count twice, tell what differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from portail_core.domain.capacity import Pool
from portail_core.domain.ledger import Ledger
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store

from ._books import Books
from ._changed import changed
from ._found import Audit, Check
from ._letters import letters
from ._numbers import numbers
from ._places import places
from ._questions import CAPACITY_LOWERED, GIVEN_UP, REPLAY
from ._reading import Reader
from ._sums import sums

EXPLAINED = (CAPACITY_LOWERED, GIVEN_UP)
"""What may differ though nothing is wrong."""


def audit(*, store: Store, clock: Clock, pools: Iterable[Pool] = ()) -> Audit:
    """
    Look whether everything that is kept keeps the promises.

    One snapshot is read once, household by household, and held in memory: a
    few kilobytes a request.  Nothing is written, nobody waits.  Households of
    which the journal says nothing are not looked at.

    Args:
        store: Read as a whole.

        clock: Says when places are counted.

        pools: Those whose capacity was never lowered, whatever règlements
            say; none, unless given.

    Raises:
        StorageFailed: If the storage fails, and not only some of its rows.
        StorageBusy: If it is kept by another program.
    """
    at = clock.now()
    with store.reading() as reading:
        books = Reader(reading).books()
        broken = [
            check
            for check in _checks(books, reading, at, tuple(pools))
            if not check.holds()
        ]
    return _told(books, broken, at)


def _checks(
    books: Books, reading: Reading, at: dt.datetime, pools: tuple[Pool, ...]
) -> Iterator[Check]:
    yield from books.unread
    yield from _replay(books)
    yield from places(books, reading, at, pools)
    yield from numbers(books)
    yield from sums(books)
    yield from letters(books, reading)
    yield from changed(books)


def _replay(books: Books) -> Iterator[Check]:
    unreplayable = {check.where for check in books.unread}
    for stream, kept in books.kept.items():
        if stream not in unreplayable:
            expected = books.replayed.get(stream)
            if expected is None and isinstance(kept, Ledger):
                # It begins at zero, without an event.
                expected = Ledger(household=kept.household, regie=kept.regie)
            yield Check(REPLAY, stream, expected, kept)


def _told(books: Books, broken: list[Check], at: dt.datetime) -> Audit:
    by_promise = sorted(broken, key=lambda c: c.question.promise.value)
    return Audit(
        at=at,
        reglements=len(books.versions),
        entries=len(books.sequences),
        requests=len(books.requests),
        attempts=len(books.attempts),
        discrepancies=tuple(
            check.told()
            for check in by_promise
            if check.question not in EXPLAINED
        ),
        explained=tuple(
            check.told() for check in by_promise if check.question in EXPLAINED
        ),
    )
