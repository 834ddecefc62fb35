"""
What `MemoryStore` shows to one household.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import frozen

from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.documents import Document
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    ChildId,
    CommandKey,
    CreditNoteNumber,
    DocumentId,
    HouseholdId,
    InvoiceNumber,
    PreRegistrationId,
    RegieCode,
    RequestNumber,
)
from portail_core.domain.invoices import CreditNote, Invoice, InvoiceParty
from portail_core.domain.ledger import Ledger
from portail_core.domain.pages import Paging
from portail_core.domain.payments import Attempt
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.requests import Request
from portail_core.ports.store import KeptCommand

from ._keys import about_topic, of_topic

if TYPE_CHECKING:
    from ._memory_reading import MemoryReading

R = TypeVar("R")


@frozen
class MemoryHouseholdReading:
    """
    The same snapshot, as far as one household may see.
    """

    _reading: MemoryReading
    _household: HouseholdId

    def household(self) -> Household:
        """
        The household itself, which exists.
        """
        found = self._reading.one(Household, self._household)
        assert found is not None, f"there is no household {self._household!r}"
        return found

    def children(self) -> tuple[Child, ...]:
        """
        Its children, oldest first, then by id.
        """
        custodies = self._own(Custody, by=lambda custody: custody.child)
        children = (
            self._reading.one(Child, custody.child) for custody in custodies
        )
        return tuple(
            sorted(
                (child for child in children if child is not None),
                key=lambda child: (child.birth_date, child.id),
            )
        )

    def child(self, child: ChildId) -> Child | None:
        """
        One of its children.
        """
        if self.custody(child) is None:
            return None
        return self._reading.one(Child, child)

    def custody(self, child: ChildId) -> Custody | None:
        """
        Since when it may book for one of its children.
        """
        return self._reading.one(Custody, self._household, child)

    def documents(self) -> tuple[Document, ...]:
        """
        About it and about its children, newest first, then by id.
        """
        self._reading.watched.add(of_topic(Document, self._household))
        children = self._children_watched(Document)
        return self._reading.all(
            Document,
            lambda one: self._sees(one, children),
            by=lambda one: (-one.submitted_at.timestamp(), one.id),
        )

    def document(self, document: DocumentId) -> Document | None:
        """
        One of these.
        """
        found = self._reading.one(Document, document)
        if found is None or not self._sees(found, self._child_ids()):
            return None
        return found

    def _sees(self, one: Document, children: Collection[ChildId]) -> bool:
        if one.child is None:
            return one.household == self._household
        return one.child in children

    def pre_registrations(self) -> tuple[PreRegistration, ...]:
        """
        Those of its children, newest first, then by id.
        """
        children = self._children_watched(PreRegistration)
        return self._reading.all(
            PreRegistration,
            lambda one: one.child in children,
            by=lambda one: (-one.asked_at.timestamp(), one.id),
        )

    def pre_registration(
        self, pre_registration: PreRegistrationId
    ) -> PreRegistration | None:
        """
        One of these.
        """
        found = self._reading.one(PreRegistration, pre_registration)
        if found is None or found.child not in self._child_ids():
            return None
        return found

    def _child_ids(self) -> Collection[ChildId]:
        custodies = self._own(Custody, by=lambda custody: custody.child)
        return [custody.child for custody in custodies]

    def _children_watched(self, kind: type[Any]) -> Collection[ChildId]:
        children = self._child_ids()
        self._reading.watched.update(
            about_topic(kind, child) for child in children
        )
        return children

    def latest_changes(self, asked: Paging) -> tuple[Change, ...]:
        """
        A page of what changed of it, newest first.
        """
        names = self._own(Change, by=lambda one: (one.subject, one.field_name))
        newest = sorted(names, key=lambda one: one.at, reverse=True)
        return tuple(newest[asked.skip : asked.skip + asked.size])

    def count_changes(self) -> int:
        """
        How many changes there were.
        """
        return len(self._own(Change, by=lambda one: one.id))

    def requests(self) -> tuple[Request, ...]:
        """
        All its requests, by number.
        """
        self._reading.watched.add(of_topic(Request, self._household))
        return self._reading.all(
            Request,
            lambda request: request.asked.household == self._household,
            by=lambda request: request.number,
        )

    def held_requests(self, regie: RegieCode) -> tuple[Request, ...]:
        """
        Those that wait for payment, perhaps past their time, by number.
        """
        return tuple(
            request
            for request in self.requests()
            if request.asked.regie == regie and request.is_held()
        )

    def shown_requests(
        self, at: dt.datetime, asked: Paging
    ) -> tuple[Request, ...]:
        """
        A page of those with a line that takes its place, last number first.
        """
        return _page(self._shown(at), asked)

    def count_shown_requests(self, at: dt.datetime) -> int:
        """
        How many those are.
        """
        return len(self._shown(at))

    def _shown(self, at: dt.datetime) -> tuple[Request, ...]:
        return tuple(
            request
            for request in self.requests()
            if any(request.takes(line, at) for line in request.lines)
        )

    def payable_requests(self, at: dt.datetime) -> tuple[Request, ...]:
        """
        Those that wait for payment *at* a moment, by number.
        """
        return tuple(
            request for request in self.requests() if request.is_payable(at)
        )

    def request(self, number: RequestNumber) -> Request | None:
        """
        One of its requests.
        """
        found = self._reading.one(Request, number)
        if found is None or found.asked.household != self._household:
            return None
        return found

    def attempts(self, regie: RegieCode) -> tuple[Attempt, ...]:
        """
        Its attempts to pay this régie, oldest first.
        """
        return tuple(
            attempt
            for attempt in self._own(Attempt, by=age)
            if attempt.regie == regie
        )

    def ledger(self, regie: RegieCode) -> Ledger:
        """
        Its ledger at this régie; all zeros if nothing happened yet.
        """
        found = self._reading.one(Ledger, self._household, regie)
        return found or Ledger(household=self._household, regie=regie)

    def ledgers(self) -> tuple[Ledger, ...]:
        """
        Its ledgers, by régie; none where nothing happened yet.
        """
        return self._own(Ledger, by=lambda ledger: ledger.regie)

    def invoices(self) -> tuple[Invoice, ...]:
        """
        Its invoices, in the order they were issued.
        """
        return self._own(Invoice, by=lambda one: (one.issued_at, one.number))

    def latest_invoices(self, asked: Paging) -> tuple[Invoice, ...]:
        """
        A page of its invoices, the last one issued first.
        """
        return _page(self.invoices(), asked)

    def count_invoices(self) -> int:
        """
        How many it has.
        """
        return len(self.invoices())

    def invoice(self, number: InvoiceNumber) -> Invoice | None:
        """
        One of its invoices.
        """
        return self._mine(self._reading.one(Invoice, number))

    def invoice_party(self, number: InvoiceNumber) -> InvoiceParty | None:
        """
        Who one of its invoices was addressed to.
        """
        if self.invoice(number) is None:
            return None
        return self._reading.one(InvoiceParty, number)

    def credit_notes(self) -> tuple[CreditNote, ...]:
        """
        Its avoirs, in the order they were issued.
        """
        return self._own(
            CreditNote, by=lambda one: (one.issued_at, one.number)
        )

    def latest_credit_notes(self, asked: Paging) -> tuple[CreditNote, ...]:
        """
        A page of its avoirs, the last one issued first.
        """
        return _page(self.credit_notes(), asked)

    def count_credit_notes(self) -> int:
        """
        How many it has.
        """
        return len(self.credit_notes())

    def credit_notes_on(
        self, invoices: Iterable[InvoiceNumber]
    ) -> tuple[CreditNote, ...]:
        """
        Its avoirs that refer to these invoices, in the order of issue.
        """
        wanted = set(invoices)
        return tuple(
            note
            for note in self.credit_notes()
            if not wanted.isdisjoint(note.invoices)
        )

    def credit_note(self, number: CreditNoteNumber) -> CreditNote | None:
        """
        One of its avoirs.
        """
        return self._mine(self._reading.one(CreditNote, number))

    def command(self, key: CommandKey) -> KeptCommand | None:
        """
        A command it gave before.
        """
        return self._reading.one(KeptCommand, self._household, key)

    def _own(self, kind: type[R], *, by: Callable[[R], Any]) -> tuple[R, ...]:
        self._reading.watched.add(of_topic(kind, self._household))
        return self._reading.all(
            kind,
            lambda record: cast("Any", record).household == self._household,
            by=by,
        )

    def _mine(self, found: R | None) -> R | None:
        if found is None or cast("Any", found).household != self._household:
            return None
        return found


def _page(oldest_first: tuple[R, ...], asked: Paging) -> tuple[R, ...]:
    return oldest_first[::-1][asked.skip : asked.skip + asked.size]


def age(attempt: Attempt) -> tuple[dt.datetime, str]:
    """
    Attempts in the order in which they were made.
    """
    return attempt.created_at, attempt.reference
