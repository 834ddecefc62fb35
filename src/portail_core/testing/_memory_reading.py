"""
Reads of `MemoryStore`: each notes what it looked at.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from portail_core.domain.accounts import Account, Email, Session
from portail_core.domain.documents import Document, DocumentState
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
from portail_core.domain.payments import UNRESOLVED, Attempt
from portail_core.domain.places import Spot, spots
from portail_core.domain.pre_registrations import (
    PreRegistration,
    PreRegistrationState,
)
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request
from portail_core.ports.store import (
    Delivery,
    JournalEntry,
    Queued,
    ReglementVersion,
)

from ._keys import (
    child_day_topic,
    kept_lines,
    pool_day_topic,
    reglements_topic,
)
from ._memory_dossiers import MemoryDossierReading
from ._memory_household import MemoryHouseholdReading, age

R = TypeVar("R")


class MemoryReading(MemoryDossierReading):
    """
    A snapshot, and what was looked at in it.
    """

    def of(self, household: HouseholdId) -> MemoryHouseholdReading:
        """
        What one household may read.
        """
        return MemoryHouseholdReading(self, household)

    def account(self, account: AccountId) -> Account | None:
        """
        An account.
        """
        return self.one(Account, account)

    def account_with_email(self, email: Email) -> Account | None:
        """
        The only account with this address.
        """
        self.watched.add(("email", email))
        return self._only(Account, lambda account: account.email == email)

    def registration(self, digest: SecretDigest) -> Registration | None:
        """
        The registration whose token has this digest.
        """
        return self.one(Registration, digest)

    def link(self, digest: SecretDigest) -> Link | None:
        """
        The link whose secret has this digest.
        """
        self.watched.add(("link", digest))
        return self._only(Link, lambda link: link.digest == digest)

    def link_with_id(self, link: LinkId) -> Link | None:
        """
        A link.
        """
        return self.one(Link, link)

    def session(self, digest: SecretDigest) -> Session | None:
        """
        The session whose token has this digest.
        """
        return self.one(Session, digest)

    def acceptance(
        self, account: AccountId, version: HouseRulesVersion
    ) -> Acceptance | None:
        """
        An account's acceptance of a version of the règlement intérieur.
        """
        return self.one(Acceptance, account, version)

    def document(self, document: DocumentId) -> Document | None:
        """
        A document of any household.
        """
        return self.one(Document, document)

    def documents_to_review(self, limit: int) -> tuple[Document, ...]:
        """
        Those that wait to be looked at, oldest first, then by id.
        """
        return self.all(
            Document,
            lambda one: one.state is DocumentState.SUBMITTED,
            by=lambda one: (one.submitted_at, one.id),
        )[:limit]

    def documents_ending(
        self, first_day: dt.date, last_day: dt.date, limit: int
    ) -> tuple[Document, ...]:
        """
        Accepted ones whose last day is one of these.
        """
        return self.all(
            Document,
            lambda one: (
                one.state is DocumentState.ACCEPTED
                and one.valid_to is not None
                and first_day <= one.valid_to <= last_day
            ),
            by=lambda one: (one.valid_to, one.id),
        )[:limit]

    def pre_registration(
        self, pre_registration: PreRegistrationId
    ) -> PreRegistration | None:
        """
        A pre-registration of any household.
        """
        return self.one(PreRegistration, pre_registration)

    def pre_registrations_to_decide(
        self, limit: int
    ) -> tuple[PreRegistration, ...]:
        """
        Those that wait for an answer, oldest first, then by id.
        """
        return self.all(
            PreRegistration,
            lambda one: one.state is PreRegistrationState.ASKED,
            by=lambda one: (one.asked_at, one.id),
        )[:limit]

    def live_requests(
        self, child: ChildId, days: Iterable[dt.date]
    ) -> tuple[Request, ...]:
        """
        Requests with a held or confirmed line of this child on these days.
        """
        wanted = set(days)
        self.watched.update(child_day_topic(child, day) for day in wanted)
        return self.all(
            Request,
            lambda request: (
                request.asked.child == child
                and any(line.day in wanted for line in kept_lines(request))
            ),
            by=lambda request: request.number,
        )

    def taken(
        self, asked: Iterable[Spot], at: dt.datetime
    ) -> Mapping[Spot, int]:
        """
        How many places are taken *at* a moment.
        """
        wanted = set(asked)
        self.watched.update(pool_day_topic(s.pool, s.day) for s in wanted)
        days = {spot.day for spot in wanted}
        return Counter(
            spot
            for request in self.values(Request)
            for line in request.lines
            if line.day in days and request.takes(line, at)
            for spot in spots(line.day, line.places)
            if spot in wanted
        )

    def stale_holders(
        self, asked: Iterable[Spot], at: dt.datetime
    ) -> tuple[Request, ...]:
        """
        Requests still held on one of these spots, which they take no longer.
        """
        wanted = set(asked)
        self.watched.update(pool_day_topic(s.pool, s.day) for s in wanted)
        return self.all(
            Request,
            lambda request: (
                request.is_held()
                and not request.is_payable(at)
                and any(
                    spot in wanted
                    for line in kept_lines(request)
                    for spot in spots(line.day, line.places)
                )
            ),
            by=lambda request: request.number,
        )

    def attempt(self, reference: AttemptReference) -> Attempt | None:
        """
        An attempt to pay.
        """
        return self.one(Attempt, reference)

    def attempt_with_key(self, key: ProviderKey) -> Attempt | None:
        """
        The attempt that a provider calls by *key*.
        """
        self.watched.add(("provider key", key))
        return self._only(Attempt, lambda attempt: attempt.key == key)

    def unresolved_attempts(self) -> tuple[AttemptReference, ...]:
        """
        Those created, presented or unknown, oldest first.
        """
        return tuple(
            attempt.reference
            for attempt in sorted(self.values(Attempt), key=age)
            if attempt.state in UNRESOLVED
        )

    def stale_requests(
        self, at: dt.datetime, limit: int
    ) -> tuple[Request, ...]:
        """
        Held requests whose places are taken no longer *at* a moment.
        """
        return self._first(
            Request,
            lambda request: request.is_held() and not request.is_payable(at),
            by=lambda request: request.number,
            limit=limit,
        )

    def due_notices(self, at: dt.datetime, limit: int) -> tuple[Queued, ...]:
        """
        Queued notices to send *at* a moment, oldest first.
        """
        return self._first(
            Queued,
            lambda queued: (
                queued.delivery is Delivery.QUEUED and queued.due_at <= at
            ),
            by=lambda queued: queued.queued_at,
            limit=limit,
        )

    def queued(self, key: str) -> Queued | None:
        """
        A notice in the outbox, sent or not.
        """
        return self.one(Queued, key)

    def reglements(self) -> tuple[ReglementVersion, ...]:
        """
        Every version, by first day, then by moment of activation.
        """
        self.watched.add(reglements_topic())
        return self.all(
            ReglementVersion,
            by=lambda version: (version.since, version.activated_at),
        )

    def journal(self, stream: str | None = None) -> tuple[JournalEntry, ...]:
        """
        What happened, in order: all of it, or one stream.
        """
        return tuple(
            entry
            for entry in self.snapshot.journal
            if stream is None or entry.stream == stream
        )

    def journal_after(
        self, sequence: int, limit: int
    ) -> tuple[JournalEntry, ...]:
        """
        What happened after the entry of this number, at most *limit*.
        """
        return self.snapshot.journal[sequence : sequence + limit]
