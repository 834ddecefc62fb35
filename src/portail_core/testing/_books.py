"""
Everything that the journal of a portal speaks of, as its storage has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from attrs import frozen

from portail_core.domain import ledger, payments, requests
from portail_core.domain.ids import (
    AttemptReference,
    HouseholdId,
    RegieCode,
    RequestNumber,
)
from portail_core.domain.invoices import CreditNote, Invoice
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import Money, total
from portail_core.domain.payments import Attempt
from portail_core.domain.requests import Request, RequestConfirmed
from portail_core.ports.store import Event, JournalEntry, Reading

E = TypeVar("E")

_EVOLVES: Mapping[str, Any] = {
    "request": requests.evolve,
    "attempt": payments.evolve,
    "ledger": ledger.evolve,
}


@frozen(kw_only=True)
class Books:
    """
    Rows, and what the journal says of each.

    Attributes:
        entries: The journal, in order.

        streams: What happened in each stream, in order.

        replayed: What each stream comes to.
    """

    entries: tuple[JournalEntry, ...]
    streams: Mapping[str, tuple[Event, ...]]
    replayed: Mapping[str, Any]
    kept: Mapping[str, Any]
    requests: Mapping[RequestNumber, Request]
    attempts: tuple[Attempt, ...]
    ledgers: tuple[Ledger, ...]
    invoices: tuple[Invoice, ...]
    notes: tuple[CreditNote, ...]

    def events(self, kind: type[E], stream: str) -> Iterator[E]:
        """
        Events of a kind, of one stream.
        """
        for event in self.streams[stream]:
            if isinstance(event, kind):
                yield event

    def confirmed_by(
        self, attempt: AttemptReference, number: RequestNumber
    ) -> list[Money]:
        """
        What *attempt* paid of a request, each time that it confirmed it.
        """
        return [
            total(amount for _, amount in event.amounts)
            for event in self.events(RequestConfirmed, f"request/{number}")
            if event.attempt == attempt
        ]


def read_books(reading: Reading) -> Books:
    """
    All of them.
    """
    entries = reading.journal()
    streams: dict[str, list[Event]] = defaultdict(list)
    for entry in entries:
        streams[entry.stream].append(entry.event)
    replayed = {
        name: _replayed(name, streams[name])
        for name in streams
        # Of records the journal says that they changed, not what they hold.
        if name.split("/")[0] in _EVOLVES
    }
    kept = {name: _kept(reading, state) for name, state in replayed.items()}
    families = [
        reading.of(household)
        for household in dict.fromkeys(
            state.asked.household
            for state in replayed.values()
            if isinstance(state, Request)
        )
    ]
    rows = kept.values()
    return Books(
        entries=entries,
        streams={name: tuple(events) for name, events in streams.items()},
        replayed=replayed,
        kept=kept,
        requests={row.number: row for row in rows if isinstance(row, Request)},
        attempts=tuple(row for row in rows if isinstance(row, Attempt)),
        ledgers=tuple(row for row in rows if isinstance(row, Ledger)),
        invoices=tuple(i for family in families for i in family.invoices()),
        notes=tuple(n for family in families for n in family.credit_notes()),
    )


def _replayed(stream: str, events: list[Event]) -> Any:
    kind, *names = stream.split("/")
    state: Any = None
    if kind == "ledger":
        household, regie = names
        state = Ledger(
            household=HouseholdId(household), regie=RegieCode(regie)
        )
    for event in events:
        state = _EVOLVES[kind](state, event)
    return state


def _kept(reading: Reading, state: Any) -> Any:
    match state:
        case Request():
            return reading.of(state.asked.household).request(state.number)
        case Attempt():
            return reading.attempt(state.reference)
        case _:
            return reading.of(state.household).ledger(state.regie)
