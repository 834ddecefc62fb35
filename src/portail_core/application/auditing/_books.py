"""
Everything that the journal of a portal speaks of, as its storage has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

from attrs import field, frozen

from portail_core.domain.ids import (
    AttemptReference,
    HouseholdId,
    RegieCode,
    ReglementDigest,
    RequestNumber,
)
from portail_core.domain.invoices import CreditNote, Invoice
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import Money, total
from portail_core.domain.payments import Attempt
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Request, RequestConfirmed
from portail_core.ports.store import JournalEntry, ReglementVersion

from ._found import Check

E = TypeVar("E")

Purse: TypeAlias = tuple[HouseholdId, RegieCode]
"""Whose money it is, and where."""


@frozen(kw_only=True)
class Own:
    """
    What is of one household at one régie.
    """

    requests: list[Request] = field(factory=list)
    attempts: list[Attempt] = field(factory=list)
    invoices: list[Invoice] = field(factory=list)
    notes: list[CreditNote] = field(factory=list)


@frozen(kw_only=True)
class Books:
    """
    Rows, and what the journal says of each.

    Attributes:
        streams: What happened in each stream, in order.

        replayed: What each stream comes to.

        kept: What storage has of it; `None` if it is not there.

        own: The same rows, by whose they are.

        versions: Every activation of a règlement, in order.

        under: Those règlements that can be read.

        unread: What cannot be.

        lost: Numbers of invoices and avoirs that cannot be read.

        partial: Households of which something cannot be read: their sums
            would say nothing.
    """

    sequences: tuple[int, ...]
    streams: Mapping[str, tuple[JournalEntry, ...]]
    replayed: Mapping[str, Any]
    kept: Mapping[str, Any]
    requests: Mapping[RequestNumber, Request]
    attempts: tuple[Attempt, ...]
    ledgers: tuple[Ledger, ...]
    own: Mapping[Purse, Own]
    versions: tuple[ReglementVersion, ...]
    under: Mapping[ReglementDigest, Reglement]
    unread: tuple[Check, ...]
    lost: frozenset[str]
    partial: frozenset[HouseholdId]

    @property
    def invoices(self) -> Iterator[Invoice]:
        """
        All of them.
        """
        return (one for own in self.own.values() for one in own.invoices)

    @property
    def notes(self) -> Iterator[CreditNote]:
        """
        All avoirs.
        """
        return (one for own in self.own.values() for one in own.notes)

    def events(self, kind: type[E], stream: str) -> Iterator[E]:
        """
        Events of a kind, of one stream.
        """
        for entry in self.streams.get(stream, ()):
            if isinstance(entry.event, kind):
                yield entry.event

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
