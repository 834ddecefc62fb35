"""
Reading a store: a consistent view, by household or as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Protocol

from portail_core.domain.accounts import Account, Email, Session
from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    CommandKey,
    CreditNoteNumber,
    DocumentId,
    HouseholdId,
    HouseRulesVersion,
    InvoiceNumber,
    LinkId,
    PreRegistrationId,
    ProviderKey,
    RegieCode,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.invoices import CreditNote, Invoice, InvoiceParty
from portail_core.domain.ledger import Ledger
from portail_core.domain.links import Link
from portail_core.domain.pages import Paging
from portail_core.domain.payments import Attempt
from portail_core.domain.places import Spot
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request

from ._dossier_reading import DossierReading
from ._records import (
    JournalEntry,
    KeptCommand,
    Queued,
    ReglementVersion,
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


class Reading(DossierReading, Protocol):
    """
    A consistent view; what is not there is `None` or empty.
    """

    def of(self, household: HouseholdId) -> HouseholdReading:
        """
        What one household may read.
        """
        ...

    def account(self, account: AccountId) -> Account | None:
        """
        An account.
        """
        ...

    def account_with_email(self, email: Email) -> Account | None:
        """
        The only account with this address.
        """
        ...

    def registration(self, digest: SecretDigest) -> Registration | None:
        """
        The registration whose token has this digest.
        """
        ...

    def link(self, digest: SecretDigest) -> Link | None:
        """
        The link whose secret has this digest.
        """
        ...

    def link_with_id(self, link: LinkId) -> Link | None:
        """
        A link.
        """
        ...

    def session(self, digest: SecretDigest) -> Session | None:
        """
        The session whose token has this digest.
        """
        ...

    def acceptance(
        self, account: AccountId, version: HouseRulesVersion
    ) -> Acceptance | None:
        """
        An account's acceptance of a version of the règlement intérieur.
        """
        ...

    def document(self, document: DocumentId) -> Document | None:
        """
        A document of any household.
        """
        ...

    def documents_to_review(self, limit: int) -> tuple[Document, ...]:
        """
        Those that wait to be looked at, oldest first, then by id, at most
        *limit*.
        """
        ...

    def documents_ending(
        self, first_day: dt.date, last_day: dt.date, limit: int
    ) -> tuple[Document, ...]:
        """
        Accepted ones whose last day is one of these, both included; by last
        day, then by id, at most *limit*.
        """
        ...

    def pre_registration(
        self, pre_registration: PreRegistrationId
    ) -> PreRegistration | None:
        """
        A pre-registration of any household.
        """
        ...

    def pre_registrations_to_decide(
        self, limit: int
    ) -> tuple[PreRegistration, ...]:
        """
        Those that wait for an answer, oldest first, then by id, at most
        *limit*.
        """
        ...

    def live_requests(
        self, child: ChildId, days: Iterable[dt.date]
    ) -> tuple[Request, ...]:
        """
        Requests of any household with a held or confirmed line of this child
        on one of these days, by number.
        """
        ...

    def taken(
        self, spots: Iterable[Spot], at: dt.datetime
    ) -> Mapping[Spot, int]:
        """
        How many places are taken *at* a moment, by the predicate of
        `portail_core.domain.places`; spots with none may be absent.
        """
        ...

    def stale_holders(
        self, spots: Iterable[Spot], at: dt.datetime
    ) -> tuple[Request, ...]:
        """
        Requests of any household that are still held on one of these spots,
        though they take it no longer *at* a moment, by number.
        """
        ...

    def attempt(self, reference: AttemptReference) -> Attempt | None:
        """
        An attempt to pay.
        """
        ...

    def attempt_with_key(self, key: ProviderKey) -> Attempt | None:
        """
        The attempt that a provider calls by *key*.
        """
        ...

    def unresolved_attempts(self) -> tuple[AttemptReference, ...]:
        """
        Those created, presented or unknown, oldest first.
        """
        ...

    def stale_requests(
        self, at: dt.datetime, limit: int
    ) -> tuple[tuple[HouseholdId, RequestNumber], ...]:
        """
        Held requests whose places are taken no longer *at* a moment, by
        number, at most *limit*.
        """
        ...

    def due_notices(self, at: dt.datetime, limit: int) -> tuple[Queued, ...]:
        """
        Queued notices to send *at* a moment, oldest first, at most *limit*.
        """
        ...

    def queued(self, key: str) -> Queued | None:
        """
        A notice in the outbox, sent or not.
        """
        ...

    def reglements(self) -> tuple[ReglementVersion, ...]:
        """
        Every version, by first day, then by moment of activation.
        """
        ...

    def journal(self, stream: str | None = None) -> tuple[JournalEntry, ...]:
        """
        What happened, in order: all of it, or one stream.
        """
        ...
