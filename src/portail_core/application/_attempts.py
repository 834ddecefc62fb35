"""
What an attempt does to the requests and avoirs that it pays with.
"""

from __future__ import annotations

from portail_core.domain import ledger, payments
from portail_core.domain.ledger import Ledger
from portail_core.domain.payments import Attempt, AttemptAbandoned
from portail_core.domain.requests import Pin, PinPlaces, Request, Unpin
from portail_core.ports.store import PoolDay, Store

from ._booking import locks_of
from ._recorder import Recorder


def requests_of(recorder: Recorder, attempt: Attempt) -> tuple[Request, ...]:
    """
    The requests that *attempt* pays, oldest first.
    """
    family = recorder.tx.of(attempt.household)
    found = (family.request(due.request) for due in attempt.dues)
    return tuple(request for request in found if request is not None)


def locks_for(attempt: Attempt, store: Store) -> tuple[PoolDay, ...]:
    """
    What to lock before its requests are judged: a place whose time is over
    may be another's a moment later.
    """
    with store.reading() as reading:
        family = reading.of(attempt.household)
        found = [family.request(due.request) for due in attempt.dues]
    return locks_of(
        line for request in found if request for line in request.lines
    )


def pin(recorder: Recorder, attempt: Attempt) -> None:
    """
    Keep the places of its requests while *attempt* is open.
    """
    command = PinPlaces(
        pin=Pin(attempt=attempt.reference, until=attempt.open_until),
        at=recorder.at,
    )
    for request in requests_of(recorder, attempt):
        recorder.request(command, request)


def release(recorder: Recorder, attempt: Attempt, books: Ledger) -> Ledger:
    """
    *attempt* ended unpaid: the avoirs come back, the holds run on alone.
    """
    for request in requests_of(recorder, attempt):
        recorder.request(Unpin(attempt=attempt.reference), request)
    return recorder.ledger(books, ledger.Return(attempt=attempt.reference))


def lapse(
    recorder: Recorder, attempt: Attempt, books: Ledger
) -> tuple[Attempt, Ledger]:
    """
    *attempt* and its books, once it was noted that its time is over, if it is.
    """
    events = payments.decide(payments.Lapse(at=recorder.at), attempt)
    if not events:
        return attempt, books
    attempt = recorder.attempt(events, attempt)
    if isinstance(events[-1], AttemptAbandoned):
        books = release(recorder, attempt, books)
    return attempt, books
