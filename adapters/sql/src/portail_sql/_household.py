"""
Reads of one household.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

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
from portail_core.domain.payments import Attempt
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.requests import Request
from portail_core.ports.store import KeptCommand

from . import _records, _statements

if TYPE_CHECKING:
    from ._reading import SqlReading


@frozen
class SqlHouseholdReading:
    """
    The same transaction, as far as one household may see.
    """

    _reading: SqlReading
    _household: HouseholdId

    def household(self) -> Household:
        """
        The household itself, which exists.
        """
        found = self._reading.one(_records.HOUSEHOLD, self._household)
        assert found is not None, f"there is no household {self._household!r}"
        return found

    def children(self) -> tuple[Child, ...]:
        """
        Its children, oldest first, then by id.
        """
        return self._reading.all(
            _records.CHILD, _statements.CHILDREN, household=self._household
        )

    def child(self, child: ChildId) -> Child | None:
        """
        One of its children.
        """
        if self.custody(child) is None:
            return None
        return self._reading.one(_records.CHILD, child)

    def custody(self, child: ChildId) -> Custody | None:
        """
        Since when it may book for one of its children.
        """
        return self._reading.one(_records.CUSTODY, self._household, child)

    def documents(self) -> tuple[Document, ...]:
        """
        About it and about its children, newest first, then by id.
        """
        return self._reading.all(
            _records.DOCUMENT, _statements.DOCUMENTS, household=self._household
        )

    def document(self, document: DocumentId) -> Document | None:
        """
        One of these.
        """
        found = self._reading.one(_records.DOCUMENT, document)
        if found is None:
            return None
        if found.child is None:
            return found if found.household == self._household else None
        return None if self.custody(found.child) is None else found

    def pre_registrations(self) -> tuple[PreRegistration, ...]:
        """
        Those of its children, newest first, then by id.
        """
        return self._reading.all(
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
        found = self._reading.one(_records.PRE_REGISTRATION, pre_registration)
        if found is None or self.custody(found.child) is None:
            return None
        return found

    def changes(self, *, skip: int, limit: int) -> tuple[Change, ...]:
        """
        What changed of it, newest first: *limit* at most, after *skip*.
        """
        return self._reading.all(
            _records.CHANGE,
            _statements.CHANGES,
            household=self._household,
            skip=skip,
            limit=limit,
        )

    def changes_count(self) -> int:
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
        return self._reading.all(
            _records.REQUEST, _statements.REQUESTS, household=self._household
        )

    def held_requests(self, regie: RegieCode) -> tuple[Request, ...]:
        """
        Those that wait for payment, perhaps past their time, by number.
        """
        return self._reading.all(
            _records.REQUEST,
            _statements.HELD_REQUESTS,
            household=self._household,
            regie=regie,
        )

    def request(self, number: RequestNumber) -> Request | None:
        """
        One of its requests.
        """
        found = self._reading.one(_records.REQUEST, number)
        if found is None or found.asked.household != self._household:
            return None
        return found

    def attempts(self, regie: RegieCode) -> tuple[Attempt, ...]:
        """
        Its attempts to pay this régie, oldest first.
        """
        return self._reading.all(
            _records.ATTEMPT,
            _statements.ATTEMPTS,
            household=self._household,
            regie=regie,
        )

    def ledger(self, regie: RegieCode) -> Ledger:
        """
        Its ledger at this régie; all zeros if nothing happened yet.
        """
        found = self._reading.one(_records.LEDGER, self._household, regie)
        return found or Ledger(household=self._household, regie=regie)

    def invoices(self) -> tuple[Invoice, ...]:
        """
        Its invoices, in the order they were issued.
        """
        return self._reading.all(
            _records.INVOICE, _statements.INVOICES, household=self._household
        )

    def invoice(self, number: InvoiceNumber) -> Invoice | None:
        """
        One of its invoices.
        """
        return self._mine(self._reading.one(_records.INVOICE, number))

    def invoice_party(self, number: InvoiceNumber) -> InvoiceParty | None:
        """
        Who one of its invoices was addressed to.
        """
        if self.invoice(number) is None:
            return None
        return self._reading.one(_records.INVOICE_PARTY, number)

    def credit_notes(self) -> tuple[CreditNote, ...]:
        """
        Its avoirs, in the order they were issued.
        """
        return self._reading.all(
            _records.CREDIT_NOTE,
            _statements.CREDIT_NOTES,
            household=self._household,
        )

    def credit_note(self, number: CreditNoteNumber) -> CreditNote | None:
        """
        One of its avoirs.
        """
        return self._mine(self._reading.one(_records.CREDIT_NOTE, number))

    def command(self, key: CommandKey) -> KeptCommand | None:
        """
        A command it gave before.
        """
        return self._reading.one(_records.COMMAND, self._household, key)

    def _mine(self, found: P | None) -> P | None:
        if found is None or found.household != self._household:
            return None
        return found


P = TypeVar("P", Invoice, CreditNote)
