"""
What holds of days that were changed after they were paid.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from portail_core.domain.amplitudes import Amplitude
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
from portail_core.ports.store import Reading
from portail_core.wire import load

from ._books import Books
from ._check import Check

_PAID = frozenset(
    {LineState.CONFIRMED, LineState.CANCELLED, LineState.SUPERSEDED}
)


def changed(books: Books, reading: Reading) -> Iterator[Check]:
    """
    Days, cents and places of changes, from rows and from the journal.
    """
    under = {
        version.digest: _reglement(version.text)
        for version in reading.reglements()
    }
    for request in books.requests.values():
        yield from _paid(books, request)
        for line in request.lines:
            yield from _succession(books, request, line)
            yield _parts(request, line, under[request.asked.reglement])
    yield from _split(books)
    yield from _never_more_than_billed(books)
    yield from _on_avoirs(books)


@lru_cache(maxsize=16)
def _reglement(text: str) -> Reglement:
    return load(Reglement, text)


# One after the other --------------------------------------------------------


def _succession(books: Books, request: Request, line: Line) -> Iterator[Check]:
    name = f"request/{request.number}, {line.day}"
    here = (request.number, line.day)
    yield Check(
        2,
        f"{name}, what stands in its place",
        expected=int(line.state is LineState.SUPERSEDED),
        actual=sum(
            _replaced(other, day) == here
            for other in books.requests.values()
            for day in _paid_days(other)
        ),
    )
    if line.state not in _PAID or line.replaces is None:
        return
    before = books.requests[line.replaces.request].line(line.day)
    yield Check(
        2,
        f"{name}, what it stands in for",
        expected=(
            LineState.SUPERSEDED,
            line.replaces.amplitude,
            line.replaces.paid,
            [request.number],
        ),
        actual=before
        and (
            before.state,
            before.amplitude,
            before.paid,
            [
                event.by
                for event in books.events(
                    DaySuperseded, f"request/{line.replaces.request}"
                )
                if event.day == line.day
            ],
        ),
    )


def _paid_days(request: Request) -> list[dt.date]:
    return [line.day for line in request.lines if line.state in _PAID]


def _replaced(
    request: Request, day: dt.date
) -> tuple[RequestNumber, dt.date] | None:
    line = request.line(day)
    if line is None or line.replaces is None:
        return None
    return line.replaces.request, day


# Cents ----------------------------------------------------------------------


def _paid(books: Books, request: Request) -> Iterator[Check]:
    """
    What stays paid: what was, and came, less what was kept and credited.

    Day by day, or for all days together once a package among them was broken.
    """
    stream = f"request/{request.number}"
    lines = [line for line in request.lines if line.state in _PAID]
    expected = {line.day: _stays(books, stream, line) for line in lines}
    actual = {line.day: line.paid for line in lines}
    if any(books.events(DaysRepriced, stream)):
        yield Check(
            3,
            f"{stream}, what stays paid",
            expected=total(expected.values()),
            actual=total(actual.values()),
        )
        return
    for day, stays in expected.items():
        yield Check(
            3,
            f"{stream}, what stays paid of {day}",
            expected=stays,
            actual=actual[day],
        )


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
            yield Check(
                3,
                f"{stream}, less than nothing of {event.day} changed",
                expected=ZERO,
                actual=min(event.kept, event.credited, event.paid, ZERO),
            )


def _never_more_than_billed(books: Books) -> Iterator[Check]:
    # Of all days of a request: what one of a package gives back may be more
    # than its share of the invoice.
    billed: dict[tuple[InvoiceNumber, RequestNumber], Money]
    billed = defaultdict(lambda: ZERO)
    for invoice in books.invoices:
        for line in invoice.lines:
            key = (invoice.number, line.request)
            billed[key] += line.priced.amount
    given = dict.fromkeys(billed, ZERO)
    for note in books.notes:
        for day in note.days:
            paid_with = (day.invoice, day.request)
            given[paid_with] = given.get(paid_with, ZERO) + day.credited
    over = {
        key: amount for key, amount in given.items() if amount > billed[key]
    }
    yield Check(4, "avoirs beyond what was billed", expected={}, actual=over)


def _on_avoirs(books: Books) -> Iterator[Check]:
    """
    An avoir says of each day what its requests say.
    """
    notes = {note.number: note for note in books.notes}
    for number in books.requests:
        stream = f"request/{number}"
        chain = set(_chain(books, number))
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
                3,
                f"{stream}, on the avoir of {event.day}",
                expected=(event.credited, event.kept if lines else ZERO),
                actual=(
                    total(line.credited for line in lines),
                    total(line.kept for line in lines),
                ),
            )


def _chain(books: Books, number: RequestNumber) -> Iterator[RequestNumber]:
    yield number
    for line in books.requests[number].lines:
        if line.replaces is not None:
            yield from _chain(books, line.replaces.request)


# Places ---------------------------------------------------------------------


def _parts(request: Request, line: Line, under: Reglement) -> Check:
    """
    A line has the places of its amplitude; a change that waits, those that
    it adds.
    """
    amplitudes: Mapping[str, Amplitude] = {
        amplitude.code: amplitude for amplitude in under.amplitudes
    }
    places = line.places
    if line.replaces is not None and line.state not in _PAID:
        places = (*line.replaces.places, *places)
    return Check(
        7,
        f"request/{request.number}, the parts of {line.day}",
        expected=Counter(amplitudes[line.amplitude].parts),
        actual=Counter(place.part for place in places),
    )
