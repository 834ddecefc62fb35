"""
What holds of a portal's books at any moment, whatever happened to it.

Places, cents and numbers are counted here a second time, from rows and by
other code than the use cases': a fault must be made twice to go unseen.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from portail_core.domain.capacity import Pool
from portail_core.domain.invoices import CreditedDay, CreditNote, Invoice
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.payments import (
    UNRESOLVED,
    Attempt,
    AttemptState,
    Due,
    MoneySetAside,
)
from portail_core.domain.places import Spot
from portail_core.domain.requests import (
    DayAltered,
    DayCancelled,
    DayExcused,
    Line,
    LineState,
    Request,
)
from portail_core.ports.store import Reading, Store

from ._books import Books, read_books
from ._changed import changed
from ._check import Check


def check_promises(
    store: Store, *, at: dt.datetime, pools: Iterable[Pool] = ()
) -> None:
    """
    Accept books that keep every promise.

    Args:
        store: Read as a whole.

        at: When places are counted, UTC.

        pools: Those whose capacity was never lowered: no more is taken.

    Raises:
        AssertionError: With a sentence for everything that does not hold.
    """
    broken = [str(check) for check in discrepancies(store, at=at, pools=pools)]
    assert not broken, "\n".join(broken)


def discrepancies(
    store: Store, *, at: dt.datetime, pools: Iterable[Pool] = ()
) -> tuple[Check, ...]:
    """
    Everything that does not hold; nothing, if all is well.
    """
    with store.reading() as reading:
        books = read_books(reading)
        checks = (
            *_replay(books),
            *_places(books, at, reading),
            *_capacity(_taken(books, at), tuple(pools)),
            *_numbers(books),
            *(check for one in books.ledgers for check in _sums(books, one)),
            *(c for one in books.attempts for c in _allocation(books, one)),
            *(c for one in books.attempts for c in _told(books, one, reading)),
            *_cancelled(books),
            *changed(books, reading),
        )
    return tuple(check for check in checks if check.expected != check.actual)


def _replay(books: Books) -> Iterator[Check]:
    for stream, state in books.replayed.items():
        kept = books.kept[stream]
        yield Check(8, f"replay of {stream}", expected=kept, actual=state)
    yield Check(
        8,
        "the numbers of entries",
        expected=_ranks(books.entries),
        actual=[entry.sequence for entry in books.entries],
    )


# Places ---------------------------------------------------------------------


def _places(
    books: Books, at: dt.datetime, reading: Reading
) -> Iterator[Check]:
    for request in books.requests.values():
        for line in request.lines:
            yield Check(
                7,
                f"request/{request.number} takes its place on {line.day}",
                expected=_takes(books, request, line, at),
                actual=request.takes(line, at),
            )
    spots = {
        Spot(pool, line.day, place.part)
        for request in books.requests.values()
        for line in request.lines
        for place in line.places
        for pool in place.pools
    }
    yield Check(
        7,
        "places taken",
        expected=dict(_taken(books, at)),
        actual={s: n for s, n in reading.taken(spots, at).items() if n},
    )
    parts = Counter(
        f"{request.asked.child} on {line.day}, {place.part}"
        for request, line in _taking(books, at)
        for place in line.places
    )
    twice = [part for part, times in parts.items() if times > 1]
    yield Check(1, "children booked twice", expected=[], actual=twice)


def _taken(books: Books, at: dt.datetime) -> Counter[Spot]:
    return Counter(
        Spot(pool, line.day, place.part)
        for _, line in _taking(books, at)
        for place in line.places
        for pool in place.pools
    )


def _taking(books: Books, at: dt.datetime) -> Iterator[tuple[Request, Line]]:
    for request in books.requests.values():
        for line in request.lines:
            if _takes(books, request, line, at):
                yield request, line


def _takes(
    books: Books, request: Request, line: Line, at: dt.datetime
) -> bool:
    if line.state is not LineState.HELD:
        return line.state is LineState.CONFIRMED
    return at < request.held_until or any(
        _is_open(attempt, at)
        for attempt in books.attempts
        if any(due.request == request.number for due in attempt.dues)
    )


def _is_open(attempt: Attempt, at: dt.datetime) -> bool:
    waits = {AttemptState.CREATED, AttemptState.PRESENTED}
    return attempt.state in waits and at < attempt.open_until


def _capacity(
    taken: Mapping[Spot, int], pools: tuple[Pool, ...]
) -> Iterator[Check]:
    room = {p.code: p.capacity for p in pools if p.capacity != "unlimited"}
    over = {
        f"{spot.pool} on {spot.day}, {spot.part}": count
        for spot, count in taken.items()
        if count > room.get(spot.pool, count)
    }
    yield Check(1, "taken over capacity", expected={}, actual=over)


# Numbers --------------------------------------------------------------------


def _numbers(books: Books) -> Iterator[Check]:
    yield Check(
        5,
        "requests",
        expected=_ranks(books.requests),
        actual=sorted(books.requests),
    )
    printed = [
        *(f"invoice {invoice.number}" for invoice in books.invoices),
        *(f"avoir {note.number}" for note in books.notes),
    ]
    series: dict[str, list[int]] = defaultdict(list)
    for number in printed:
        name, rank = number.rsplit("-", 1)
        series[name].append(int(rank))
    for name, ranks in series.items():
        yield Check(5, name, expected=_ranks(ranks), actual=sorted(ranks))


def _ranks(things: Iterable[object]) -> list[int]:
    return [rank for rank, _ in enumerate(things, start=1)]


# Sums of a household at a régie ---------------------------------------------


def _sums(books: Books, of: Ledger) -> Iterator[Check]:
    invoiced = total(i.total for i in books.invoices if _same(i, of))
    credited = total(n.amount for n in books.notes if _same(n, of))
    attempts = [a for a in books.attempts if _same(a, of)]
    paid = [a.to_pay for a in attempts if a.state is AttemptState.PAID]
    aside = [
        event.amount
        for attempt in attempts
        for event in books.events(
            MoneySetAside, f"attempt/{attempt.reference}"
        )
    ]
    left = total(credit.left for credit in of.credits)
    reserved = total(part.amount for part in of.reservations)
    confirmed, kept = _confirmed(books, of), _kept_back(books, of)
    sums: tuple[tuple[int, str, Money, Money], ...] = (
        (4, "invoices", invoiced, of.invoiced),
        (4, "avoirs", credited, of.credited),
        (2, "money received", total(paid), of.received),
        (2, "money set aside", total(aside), of.set_aside),
        (4, "confirmed and kept", confirmed + kept, invoiced - credited),
        (
            4,
            "both sides of the books",
            of.received + of.credited,
            of.invoiced + left + reserved,
        ),
    )
    name = f"ledger/{of.household}/{of.regie}"
    for promise, what, expected, actual in sums:
        yield Check(
            promise, f"{name}, {what}", expected=expected, actual=actual
        )
    negative = [credit for credit in of.credits if credit.left < ZERO]
    yield Check(2, f"{name}, avoirs below zero", expected=[], actual=negative)


def _same(one: Invoice | CreditNote | Attempt, books: Ledger) -> bool:
    return (one.household, one.regie) == (books.household, books.regie)


def _own(books: Books, of: Ledger) -> Iterator[Request]:
    for request in books.requests.values():
        asked = request.asked
        if (asked.household, asked.regie) == (of.household, of.regie):
            yield request


def _confirmed(books: Books, of: Ledger) -> Money:
    return total(
        line.paid
        for request in _own(books, of)
        for line in request.lines
        if line.state is LineState.CONFIRMED
    )


def _kept_back(books: Books, of: Ledger) -> Money:
    streams = [f"request/{request.number}" for request in _own(books, of)]
    kept = total(
        [
            *(e.kept for s in streams for e in books.events(DayCancelled, s)),
            *(e.kept for s in streams for e in books.events(DayAltered, s)),
        ]
    )
    return kept - total(
        e.credited for s in streams for e in books.events(DayExcused, s)
    )


# Every cent of a payment, and of a cancellation -----------------------------


def _allocation(books: Books, attempt: Attempt) -> Iterator[Check]:
    name = f"attempt/{attempt.reference}"
    paid = attempt.state is AttemptState.PAID
    invoices = [i for i in books.invoices if i.attempt == attempt.reference]
    yield Check(
        2,
        f"{name}, invoices",
        expected=[(attempt.total, attempt.credits)] if paid else [],
        actual=[(i.total, i.paid_with_credits) for i in invoices],
    )
    numbers = {invoice.number for invoice in invoices}
    credited = [
        day
        for note in books.notes
        for day in note.days
        if day.invoice in numbers
    ]
    given = total(day.credited for day in credited)
    yield Check(
        4,
        f"{name}, avoirs beyond its invoice",
        expected=ZERO,
        actual=max(ZERO, given - total(i.total for i in invoices)),
    )
    for due in attempt.dues:
        went = [
            *books.confirmed_by(attempt.reference, due.request),
            *_late(credited, due),
        ]
        yield Check(
            2,
            f"{name}, where the money of request/{due.request} went",
            expected=[due.amount] if paid else [],
            actual=went,
        )
    waits = attempt.state in UNRESOLVED
    yield Check(
        2,
        f"{name}, avoirs set apart",
        expected=attempt.credits if waits else ZERO,
        actual=total(
            ledger.reserved(attempt.reference) for ledger in books.ledgers
        ),
    )


def _late(credited: Iterable[CreditedDay], due: Due) -> list[Money]:
    days = [
        day.credited
        for day in credited
        if day.request == due.request
        and day.reason.startswith("payment.late.")
    ]
    return [total(days)] if days else []


def _cancelled(books: Books) -> Iterator[Check]:
    for request in books.requests.values():
        stream = f"request/{request.number}"
        for event in books.events(DayCancelled, stream):
            paid = [x.paid for x in request.lines if x.day == event.day]
            yield Check(
                3,
                f"{stream}, kept and credited of {event.day}",
                expected=paid,
                actual=[event.kept + event.credited],
            )
            yield Check(
                3,
                f"{stream}, less than nothing of {event.day}",
                expected=ZERO,
                actual=min(event.kept, event.credited, ZERO),
            )


# Notices --------------------------------------------------------------------


def _told(books: Books, attempt: Attempt, reading: Reading) -> Iterator[Check]:
    paid = attempt.state is AttemptState.PAID
    confirms = paid and any(
        books.confirmed_by(attempt.reference, due.request)
        for due in attempt.dues
    )
    for kind, owed in (("payment-confirmed", paid), ("recap", confirms)):
        key = f"{kind}/{attempt.reference}"
        yield Check(
            6,
            f"{key} is in the outbox",
            expected=owed,
            actual=reading.queued(key) is not None,
        )
