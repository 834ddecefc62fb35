"""
Reading a store as one household may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.documents import Document
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    ChildId,
    CommandKey,
    CreditNoteNumber,
    DocumentId,
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

from ._records import (
    KeptCommand,
)


class HouseholdReading(Protocol):
    """
    What one household may read; the family side has no other door.
    """

    def household(self) -> Household:
        """
        The household itself, which exists.
        """
        ...

    def children(self) -> tuple[Child, ...]:
        """
        Its children, oldest first, then by id.
        """
        ...

    def child(self, child: ChildId) -> Child | None:
        """
        One of its children.
        """
        ...

    def custody(self, child: ChildId) -> Custody | None:
        """
        Since when it may book for one of its children.
        """
        ...

    def documents(self) -> tuple[Document, ...]:
        """
        Those that it gave about itself, and those about its children,
        whichever household gave them; newest first, then by id.
        """
        ...

    def document(self, document: DocumentId) -> Document | None:
        """
        One of these.
        """
        ...

    def pre_registrations(self) -> tuple[PreRegistration, ...]:
        """
        Those of its children, whichever household asked; newest first, then
        by id.
        """
        ...

    def pre_registration(
        self, pre_registration: PreRegistrationId
    ) -> PreRegistration | None:
        """
        One of these.
        """
        ...

    def latest_changes(self, asked: Paging) -> tuple[Change, ...]:
        """
        A page of what changed of it, newest first; those of one moment by
        subject, then by field.
        """
        ...

    def count_changes(self) -> int:
        """
        How many changes there were.
        """
        ...

    def requests(self) -> tuple[Request, ...]:
        """
        All its requests, by number.
        """
        ...

    def held_requests(self, regie: RegieCode) -> tuple[Request, ...]:
        """
        Those that wait for payment, perhaps past their time, by number.
        """
        ...

    def shown_requests(
        self, at: dt.datetime, asked: Paging
    ) -> tuple[Request, ...]:
        """
        A page of those with a line that takes its place *at* a moment, by
        number, the last one first.
        """
        ...

    def count_shown_requests(self, at: dt.datetime) -> int:
        """
        How many those are.
        """
        ...

    def payable_requests(self, at: dt.datetime) -> tuple[Request, ...]:
        """
        Those that wait for payment *at* a moment, whatever the régie, by
        number.
        """
        ...

    def request(self, number: RequestNumber) -> Request | None:
        """
        One of its requests.
        """
        ...

    def attempts(self, regie: RegieCode) -> tuple[Attempt, ...]:
        """
        Its attempts to pay this régie, oldest first.
        """
        ...

    def ledger(self, regie: RegieCode) -> Ledger:
        """
        Its ledger at this régie; all zeros if nothing happened yet.
        """
        ...

    def ledgers(self) -> tuple[Ledger, ...]:
        """
        Its ledgers, by régie; none where nothing happened yet.
        """
        ...

    def invoices(self) -> tuple[Invoice, ...]:
        """
        Its invoices, in the order they were issued.
        """
        ...

    def latest_invoices(self, asked: Paging) -> tuple[Invoice, ...]:
        """
        A page of its invoices, the last one issued first.
        """
        ...

    def count_invoices(self) -> int:
        """
        How many it has.
        """
        ...

    def invoice(self, number: InvoiceNumber) -> Invoice | None:
        """
        One of its invoices.
        """
        ...

    def invoice_party(self, number: InvoiceNumber) -> InvoiceParty | None:
        """
        Who one of its invoices was addressed to.
        """
        ...

    def credit_notes(self) -> tuple[CreditNote, ...]:
        """
        Its avoirs, in the order they were issued.
        """
        ...

    def latest_credit_notes(self, asked: Paging) -> tuple[CreditNote, ...]:
        """
        A page of its avoirs, the last one issued first.
        """
        ...

    def count_credit_notes(self) -> int:
        """
        How many it has.
        """
        ...

    def credit_notes_on(
        self, invoices: Iterable[InvoiceNumber]
    ) -> tuple[CreditNote, ...]:
        """
        Its avoirs that refer to these invoices, in the order they were
        issued.
        """
        ...

    def credit_note(self, number: CreditNoteNumber) -> CreditNote | None:
        """
        One of its avoirs.
        """
        ...

    def command(self, key: CommandKey) -> KeptCommand | None:
        """
        A command it gave before.
        """
        ...
