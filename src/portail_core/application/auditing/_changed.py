"""
Days that were changed after they were paid.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from portail_core.domain.ids import InvoiceNumber, RequestNumber
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import (
    DayAltered,
    DayCancelled,
    DayExcused,
    DaysRepriced,
    DaySuperseded,
    Line,
    LineState,
    Request,
    RequestConfirmed,
)

from ._books import Books
from ._found import Check
from ._questions import (
    NOT_BEYOND,
    ON_THE_AVOIR,
    PARTS,
    REGLEMENT_UNREADABLE,
    SPLIT,
    STAYS_PAID,
    SUCCESSION,
)

_PAID = frozenset(
    {LineState.CONFIRMED, LineState.CANCELLED, LineState.SUPERSEDED}
)


def changed(books: Books) -> Iterator[Check]:
    """
    Days, cents and places of changes, from rows and from the journal.
    """
    successors = Counter(
        (line.replaces.request, line.day)
        for request in books.requests.values()
        for line in request.lines
        if line.replaces is not None and line.state in _PAID
    )
    kept = {version.digest for version in books.versions}
    for request in books.requests.values():
        yield from _paid(books, request)
        for line in request.lines:
            followed = successors[request.number, line.day]
            yield from _succession(books, request, line, followed)
        digest = request.asked.reglement
        if digest in books.under:
            yield from _parts(request, books.under[digest])
        elif digest not in kept:
            yield Check(
                REGLEMENT_UNREADABLE,
                f"request/{request.number}",
                f"reglement/{digest}",
                None,
            )
    yield from _split(books)
    yield from _never_more_than_billed(books)
    yield from _on_avoirs(books)


# One after the other --------------------------------------------------------


def _succession(
    books: Books, request: Request, line: Line, followed: int
) -> Iterator[Check]:
    name = f"request/{request.number}, {line.day}"
    is_over = line.state is LineState.SUPERSEDED
    yield Check(SUCCESSION, name, int(is_over), followed)
    if line.state not in _PAID or line.replaces is None:
        return
    number = line.replaces.request
    before = books.requests.get(number)
    replaced = before and before.line(line.day)
    yield Check(
        SUCCESSION,
        f"{name}, in place of request/{number}",
        (
            LineState.SUPERSEDED,
            line.replaces.amplitude,
            line.replaces.paid,
            request.number,
        ),
        replaced
        and (
            replaced.state,
            replaced.amplitude,
            replaced.paid,
            *_followers(books, number, line.day),
        ),
    )


def _followers(
    books: Books, number: RequestNumber, day: dt.date
) -> Iterator[RequestNumber]:
    superseded = books.events(DaySuperseded, f"request/{number}")
    return (event.by for event in superseded if event.day == day)


# Cents ----------------------------------------------------------------------


def _paid(books: Books, request: Request) -> Iterator[Check]:
    """
    What stays paid: what was, and came, less what was kept and credited.

    Day by day, or for all days together once a package among them was broken.
    """
    stream = f"request/{request.number}"
    lines = [line for line in request.lines if line.state in _PAID]
    expected = {line.day: _stays(books, stream, line) for line in lines}
    found = {line.day: line.paid for line in lines}
    if any(books.events(DaysRepriced, stream)):
        stays, paid = total(expected.values()), total(found.values())
        yield Check(STAYS_PAID, stream, stays, paid)
        return
    for day, stays in expected.items():
        yield Check(STAYS_PAID, f"{stream}, {day}", stays, found[day])


def _stays(books: Books, stream: str, line: Line) -> Money:
    came = [
        amount
        for event in books.events(RequestConfirmed, stream)
        for day, amount in event.amounts
        if day == line.day
    ]
    went = [
        event.kept + event.credited
        for event in books.events(DayAltered, stream)
        if event.day == line.day
    ]
    before = line.replaces.paid if line.replaces else ZERO
    return before + total(came) - total(went)


def _split(books: Books) -> Iterator[Check]:
    for number in books.requests:
        stream = f"request/{number}"
        for event in books.events(DayAltered, stream):
            below = min(event.kept, event.credited, event.paid, ZERO)
            yield Check(SPLIT, f"{stream}, {event.day}", ZERO, below)


def _never_more_than_billed(books: Books) -> Iterator[Check]:
    # Of all days of a request: what one of a package gives back may be more
    # than its share of the invoice.
    billed: dict[tuple[InvoiceNumber, RequestNumber], Money]
    billed = defaultdict(lambda: ZERO)
    given = billed.copy()
    for invoice in books.invoices:
        for line in invoice.lines:
            billed[invoice.number, line.request] += line.priced.amount
    for note in books.notes:
        if note.household in books.partial:
            continue
        for day in note.days:
            given[day.invoice, day.request] += day.credited
    for (number, request), amount in given.items():
        beyond = max(ZERO, amount - billed[number, request])
        name = f"invoice/{number}, request/{request}"
        yield Check(NOT_BEYOND, name, ZERO, beyond)


def _on_avoirs(books: Books) -> Iterator[Check]:
    """
    An avoir says of each day what its requests say.
    """
    notes = {note.number: note for note in books.notes}
    for request in books.requests.values():
        if request.asked.household in books.partial:
            continue
        stream = f"request/{request.number}"
        chain = _chain(books, request)
        events: list[DayCancelled | DayExcused | DayAltered] = [
            *books.events(DayCancelled, stream),
            *books.events(DayExcused, stream),
            *books.events(DayAltered, stream),
        ]
        for event in events:
            note = notes.get(event.credit_note) if event.credit_note else None
            lines = [
                line
                for line in (note.days if note else ())
                if line.day == event.day and line.request in chain
            ]
            yield Check(
                ON_THE_AVOIR,
                f"{stream}, {event.day}",
                (event.credited, event.kept if lines else ZERO),
                (
                    total(line.credited for line in lines),
                    total(line.kept for line in lines),
                ),
            )


def _chain(books: Books, request: Request) -> set[RequestNumber]:
    """
    This request and those that it changed, however often.
    """
    found: set[RequestNumber] = set()
    ahead = [request.number]
    while ahead:
        number = ahead.pop()
        if number in found:
            continue
        found.add(number)
        before = books.requests.get(number)
        ahead += (
            line.replaces.request
            for line in (before.lines if before else ())
            if line.replaces is not None
        )
    return found


# Places ---------------------------------------------------------------------


def _parts(request: Request, under: Reglement) -> Iterator[Check]:
    """
    A line has the places of its amplitude; a change that waits, those that
    it adds.
    """
    amplitudes = {one.code: one for one in under.amplitudes}
    for line in request.lines:
        places = line.places
        if line.replaces is not None and line.state not in _PAID:
            places = (*line.replaces.places, *places)
        amplitude = amplitudes.get(line.amplitude)
        yield Check(
            PARTS,
            f"request/{request.number}, {line.day}",
            sorted(amplitude.parts) if amplitude else None,
            sorted(place.part for place in places),
        )
