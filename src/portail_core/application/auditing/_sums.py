"""
Cents: of each household at each régie, of each payment, of each day given
back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from portail_core.domain.ids import AttemptReference
from portail_core.domain.invoices import CreditedDay, Invoice
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.payments import (
    UNRESOLVED,
    Attempt,
    AttemptState,
    Due,
    MoneySetAside,
)
from portail_core.domain.requests import (
    DayAltered,
    DayCancelled,
    DayExcused,
    LineState,
    Request,
)

from ._books import Books, Own
from ._found import Check
from ._questions import (
    ALLOCATED,
    BALANCE,
    BOOKED_AND_KEPT,
    CREDITED,
    INVOICED,
    INVOICED_ONCE,
    NOT_BELOW_ZERO,
    NOT_BEYOND,
    RECEIVED,
    SET_APART,
    SET_ASIDE,
    SPLIT,
    Question,
)


def sums(books: Books) -> Iterator[Check]:
    """
    Every ledger, every attempt, every day given back.
    """
    for one in books.ledgers:
        if one.household not in books.partial:
            own = books.own.get((one.household, one.regie), Own())
            yield from _of_ledger(books, one, own)
    reserved = _reserved(books)
    for (household, _), own in books.own.items():
        if household not in books.partial:
            yield from _allocations(books, own, reserved)
    yield from _cancelled(books)


# Of a household at a régie --------------------------------------------------


def _of_ledger(books: Books, of: Ledger, own: Own) -> Iterator[Check]:
    invoiced = total(invoice.total for invoice in own.invoices)
    credited = total(note.amount for note in own.notes)
    paid = [a.to_pay for a in own.attempts if a.state is AttemptState.PAID]
    aside = [
        event.amount
        for attempt in own.attempts
        for event in books.events(
            MoneySetAside, f"attempt/{attempt.reference}"
        )
    ]
    left = total(credit.left for credit in of.credits)
    reserved = total(part.amount for part in of.reservations)
    confirmed, kept = _confirmed(own), _kept_back(books, own)
    counted: tuple[tuple[Question, Money, Money], ...] = (
        (INVOICED, of.invoiced, invoiced),
        (CREDITED, of.credited, credited),
        (RECEIVED, of.received, total(paid)),
        (SET_ASIDE, of.set_aside, total(aside)),
        (BOOKED_AND_KEPT, invoiced - credited, confirmed + kept),
        (
            BALANCE,
            of.invoiced + left + reserved,
            of.received + of.credited,
        ),
    )
    name = f"ledger/{of.household}/{of.regie}"
    for question, expected, found in counted:
        yield Check(question, name, expected, found)
    for credit in of.credits:
        below = min(credit.left, ZERO)
        yield Check(NOT_BELOW_ZERO, f"avoir/{credit.number}", ZERO, below)


def _confirmed(own: Own) -> Money:
    return total(
        line.paid
        for request in own.requests
        for line in request.lines
        if line.state is LineState.CONFIRMED
    )


def _kept_back(books: Books, own: Own) -> Money:
    streams = [f"request/{request.number}" for request in own.requests]
    kept = total(
        [
            *(e.kept for s in streams for e in books.events(DayCancelled, s)),
            *(e.kept for s in streams for e in books.events(DayAltered, s)),
        ]
    )
    return kept - total(
        e.credited for s in streams for e in books.events(DayExcused, s)
    )


# Of a payment ---------------------------------------------------------------


def _reserved(books: Books) -> Mapping[AttemptReference, Money]:
    reserved: dict[AttemptReference, Money] = defaultdict(lambda: ZERO)
    for ledger in books.ledgers:
        for part in ledger.reservations:
            reserved[part.attempt] += part.amount
    return reserved


def _allocations(
    books: Books, own: Own, reserved: Mapping[AttemptReference, Money]
) -> Iterator[Check]:
    invoices: dict[AttemptReference, list[Invoice]] = defaultdict(list)
    for invoice in own.invoices:
        invoices[invoice.attempt].append(invoice)
    credited: dict[str, list[CreditedDay]] = defaultdict(list)
    for note in own.notes:
        for day in note.days:
            credited[day.invoice].append(day)
    for attempt in own.attempts:
        mine = invoices[attempt.reference]
        days = [day for one in mine for day in credited[one.number]]
        yield from _allocation(books, attempt, mine, days)
        yield Check(
            SET_APART,
            f"attempt/{attempt.reference}",
            attempt.credits if attempt.state in UNRESOLVED else ZERO,
            reserved.get(attempt.reference, ZERO),
        )


def _allocation(
    books: Books,
    attempt: Attempt,
    invoices: list[Invoice],
    credited: list[CreditedDay],
) -> Iterator[Check]:
    name = f"attempt/{attempt.reference}"
    paid = attempt.state is AttemptState.PAID
    yield Check(
        INVOICED_ONCE,
        name,
        [(attempt.total, attempt.credits)] if paid else [],
        [(one.total, one.paid_with_credits) for one in invoices],
    )
    given = total(day.credited for day in credited)
    beyond = given - total(one.total for one in invoices)
    yield Check(NOT_BEYOND, name, ZERO, max(ZERO, beyond))
    for due in attempt.dues:
        yield Check(
            ALLOCATED,
            f"{name}, request/{due.request}",
            [due.amount] if paid else [],
            [
                *books.confirmed_by(attempt.reference, due.request),
                *_late(credited, due),
            ],
        )


def _late(credited: Iterable[CreditedDay], due: Due) -> list[Money]:
    days = [
        day.credited
        for day in credited
        if day.request == due.request
        and day.reason.startswith("payment.late.")
    ]
    return [total(days)] if days else []


# Of a day given back --------------------------------------------------------


def _cancelled(books: Books) -> Iterator[Check]:
    for request in books.requests.values():
        stream = f"request/{request.number}"
        for event in books.events(DayCancelled, stream):
            yield from _day_cancelled(request, event)


def _day_cancelled(request: Request, event: DayCancelled) -> Iterator[Check]:
    name = f"request/{request.number}, {event.day}"
    paid = [line.paid for line in request.lines if line.day == event.day]
    yield Check(SPLIT, name, paid, [event.kept + event.credited])
    below = min(event.kept, event.credited, ZERO)
    yield Check(SPLIT, name, ZERO, below)
