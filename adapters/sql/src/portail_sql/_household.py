"""
Reads of one household.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
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

from . import _records, _statements
from ._shapes import Shape

if TYPE_CHECKING:
    from ._reading import SqlReading


@frozen
class SqlHouseholdReading:
    """
    The same transaction, as far as one household may see.

    What it read once it does not read again: nobody else changes it until the
    end.
    """

    _reading: SqlReading
    _household: HouseholdId

    def household(self) -> Household:
        """
        The household itself, which exists.
        """
        found = self._one(_records.HOUSEHOLD, self._household)
        assert found is not None, f"there is no household {self._household!r}"
        return found

    def children(self) -> tuple[Child, ...]:
        """
        Its children, oldest first, then by id.
        """
        return self._all(
            _records.CHILD, _statements.CHILDREN, household=self._household
        )

    def child(self, child: ChildId) -> Child | None:
        """
        One of its children.
        """
        if self.custody(child) is None:
            return None
        return self._one(_records.CHILD, child)

    def custody(self, child: ChildId) -> Custody | None:
        """
        Since when it may book for one of its children.
        """
        return self._one(_records.CUSTODY, self._household, child)

    def documents(self) -> tuple[Document, ...]:
        """
        About it and about its children, newest first, then by id.
        """
        return self._all(
            _records.DOCUMENT, _statements.DOCUMENTS, household=self._household
        )

    def document(self, document: DocumentId) -> Document | None:
        """
        One of these.
        """
        found = self._one(_records.DOCUMENT, document)
        if found is None:
            return None
        if found.child is None:
            return found if found.household == self._household else None
        return None if self.custody(found.child) is None else found

    def pre_registrations(self) -> tuple[PreRegistration, ...]:
        """
        Those of its children, newest first, then by id.
        """
        return self._all(
            _records.PRE_REGISTRATION,
            _statements.PRE_REGISTRATIONS,
            household=self._household,
        )

    def pre_registration(
        self, pre_registration: PreRegistrationId
    ) -> PreRegistration | None:
        """
        One of these.
        """
        found = self._one(_records.PRE_REGISTRATION, pre_registration)
        if found is None or self.custody(found.child) is None:
            return None
        return found

    def latest_changes(self, asked: Paging) -> tuple[Change, ...]:
        """
        A page of what changed of it, newest first.
        """
        return self._all(
            _records.CHANGE,
            _statements.CHANGES,
            household=self._household,
            skip=asked.skip,
            limit=asked.size,
        )

    def count_changes(self) -> int:
        """
        How many changes there were.
        """
        ((count,),) = self._reading.connection.rows(
            _statements.CHANGES_COUNT, household=self._household
        )
        return int(count)

    def requests(self) -> tuple[Request, ...]:
        """
        All its requests, by number.
        """
        return self._all(
            _records.REQUEST, _statements.REQUESTS, household=self._household
        )

    def held_requests(self, regie: RegieCode) -> tuple[Request, ...]:
        """
        Those that wait for payment, perhaps past their time, by number.
        """
        return self._all(
            _records.REQUEST,
            _statements.HELD_REQUESTS,
            household=self._household,
            regie=regie,
        )

    def shown_requests(
        self, at: dt.datetime, asked: Paging
    ) -> tuple[Request, ...]:
        """
        A page of those with a line that takes its place, last number first.
        """
        return self._page(
            _records.REQUEST, _statements.SHOWN_REQUESTS, asked, at=at
        )

    def count_shown_requests(self, at: dt.datetime) -> int:
        """
        How many those are.
        """
        return self._count(_statements.SHOWN_REQUESTS_COUNT, at=at)

    def payable_requests(self, at: dt.datetime) -> tuple[Request, ...]:
        """
        Those that wait for payment *at* a moment, by number.
        """
        return self._all(
            _records.REQUEST,
            _statements.PAYABLE_REQUESTS,
            household=self._household,
            at=at,
        )

    def request(self, number: RequestNumber) -> Request | None:
        """
        One of its requests.
        """
        found = self._one(_records.REQUEST, number)
        if found is None or found.asked.household != self._household:
            return None
        return found

    def attempts(self, regie: RegieCode) -> tuple[Attempt, ...]:
        """
        Its attempts to pay this régie, oldest first.
        """
        return self._all(
            _records.ATTEMPT,
            _statements.ATTEMPTS,
            household=self._household,
            regie=regie,
        )

    def ledger(self, regie: RegieCode) -> Ledger:
        """
        Its ledger at this régie; all zeros if nothing happened yet.
        """
        found = self._one(_records.LEDGER, self._household, regie)
        return found or Ledger(household=self._household, regie=regie)

    def ledgers(self) -> tuple[Ledger, ...]:
        """
        Its ledgers, by régie; none where nothing happened yet.
        """
        return self._all(
            _records.LEDGER, _statements.LEDGERS, household=self._household
        )

    def invoices(self) -> tuple[Invoice, ...]:
        """
        Its invoices, in the order they were issued.
        """
        return self._all(
            _records.INVOICE, _statements.INVOICES, household=self._household
        )

    def latest_invoices(self, asked: Paging) -> tuple[Invoice, ...]:
        """
        A page of its invoices, the last one issued first.
        """
        return self._page(_records.INVOICE, _statements.LATEST_INVOICES, asked)

    def count_invoices(self) -> int:
        """
        How many it has.
        """
        return self._count(_statements.INVOICES_COUNT)

    def invoice(self, number: InvoiceNumber) -> Invoice | None:
        """
        One of its invoices.
        """
        return self._mine(self._one(_records.INVOICE, number))

    def invoice_party(self, number: InvoiceNumber) -> InvoiceParty | None:
        """
        Who one of its invoices was addressed to.
        """
        if self.invoice(number) is None:
            return None
        return self._one(_records.INVOICE_PARTY, number)

    def credit_notes(self) -> tuple[CreditNote, ...]:
        """
        Its avoirs, in the order they were issued.
        """
        return self._all(
            _records.CREDIT_NOTE,
            _statements.CREDIT_NOTES,
            household=self._household,
        )

    def latest_credit_notes(self, asked: Paging) -> tuple[CreditNote, ...]:
        """
        A page of its avoirs, the last one issued first.
        """
        return self._page(
            _records.CREDIT_NOTE, _statements.LATEST_CREDIT_NOTES, asked
        )

    def count_credit_notes(self) -> int:
        """
        How many it has.
        """
        return self._count(_statements.CREDIT_NOTES_COUNT)

    def credit_notes_on(
        self, invoices: Iterable[InvoiceNumber]
    ) -> tuple[CreditNote, ...]:
        """
        Its avoirs that refer to these invoices, in the order of issue.
        """
        return self._all(
            _records.CREDIT_NOTE,
            _statements.CREDIT_NOTES_ON,
            household=self._household,
            invoices=sorted(set(invoices)),
        )

    def credit_note(self, number: CreditNoteNumber) -> CreditNote | None:
        """
        One of its avoirs.
        """
        return self._mine(self._one(_records.CREDIT_NOTE, number))

    def command(self, key: CommandKey) -> KeptCommand | None:
        """
        A command it gave before.
        """
        return self._one(_records.COMMAND, self._household, key)

    def _one(self, shape: Shape[R], *key: Any) -> R | None:
        return self._reading.once(
            (self._household, shape.kind, *key),
            lambda: self._reading.one(shape, *key),
        )

    def _all(
        self, shape: Shape[R], statement: sa.Select[Any], **names: Any
    ) -> tuple[R, ...]:
        asked = (
            tuple(v) if isinstance(v, list) else v for v in names.values()
        )
        return self._reading.once(
            (self._household, statement, *asked),
            lambda: self._reading.all(shape, statement, **names),
        )

    def _page(
        self,
        shape: Shape[R],
        statement: sa.Select[Any],
        asked: Paging,
        **names: Any,
    ) -> tuple[R, ...]:
        return self._all(
            shape,
            statement,
            household=self._household,
            limit=asked.size,
            skip=asked.skip,
            **names,
        )

    def _count(self, statement: sa.Select[Any], **names: Any) -> int:
        ((count,),) = self._reading.connection.rows(
            statement, household=self._household, **names
        )
        return int(count)

    def _mine(self, found: P | None) -> P | None:
        if found is None or found.household != self._household:
            return None
        return found


P = TypeVar("P", Invoice, CreditNote)
R = TypeVar("R")
