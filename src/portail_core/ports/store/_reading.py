"""
Reading a store as a whole: a consistent view.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Protocol

from portail_core.domain.accounts import Account, Email, Session
from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    DocumentId,
    HouseholdId,
    HouseRulesVersion,
    LinkId,
    PreRegistrationId,
    ProviderKey,
    SecretDigest,
)
from portail_core.domain.links import Link
from portail_core.domain.payments import Attempt
from portail_core.domain.places import Spot
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request

from ._dossier_reading import DossierReading
from ._household import HouseholdReading
from ._records import (
    JournalEntry,
    Queued,
    ReglementVersion,
)


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
    ) -> tuple[Request, ...]:
        """
        Held requests of any household whose places are taken no longer *at* a
        moment, by number, at most *limit*.

        A transaction may be given the next ones in place of those that
        another open one was given, as with `due_notices`.
        """
        ...

    def due_notices(self, at: dt.datetime, limit: int) -> tuple[Queued, ...]:
        """
        Queued notices to send *at* a moment, oldest first, at most *limit*.

        A transaction may be given the next ones in place of those that
        another open one was given: workers then share them.  A store that
        lets one writer in at a time, or fails the second at commit, has no
        need to.
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

    def journal_after(
        self, sequence: int, limit: int
    ) -> tuple[JournalEntry, ...]:
        """
        What happened after the entry of this number, 0 for the beginning, in
        order, at most *limit*.
        """
        ...
