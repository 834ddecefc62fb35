"""
Reads of the whole store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

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
from portail_core.ports.store import JournalEntry, Queued, ReglementVersion

from . import _records, _statements, schema
from ._dossier_reading import SqlDossierReading
from ._household import SqlHouseholdReading

R = TypeVar("R")


class SqlReading(SqlDossierReading):
    """
    What one transaction of the database sees.

    Attributes:
        seen: The version in which each record was read.
    """

    def of(self, household: HouseholdId) -> SqlHouseholdReading:
        """
        What one household may read.
        """
        return SqlHouseholdReading(self, household)

    def account(self, account: AccountId) -> Account | None:
        """
        An account.
        """
        return self.one(_records.ACCOUNT, account)

    def account_with_email(self, email: Email) -> Account | None:
        """
        The only account with this address.
        """
        return self._only(
            _records.ACCOUNT, _statements.ACCOUNT_BY_EMAIL, email=email
        )

    def registration(self, digest: SecretDigest) -> Registration | None:
        """
        The registration whose token has this digest.
        """
        return self.one(_records.REGISTRATION, digest)

    def link(self, digest: SecretDigest) -> Link | None:
        """
        The link whose secret has this digest.
        """
        return self._only(
            _records.LINK, _statements.LINK_BY_DIGEST, digest=digest
        )

    def link_with_id(self, link: LinkId) -> Link | None:
        """
        A link.
        """
        return self.one(_records.LINK, link)

    def session(self, digest: SecretDigest) -> Session | None:
        """
        The session whose token has this digest.
        """
        return self.one(_records.SESSION, digest)

    def acceptance(
        self, account: AccountId, version: HouseRulesVersion
    ) -> Acceptance | None:
        """
        An account's acceptance of a version of the règlement intérieur.
        """
        return self.one(_records.ACCEPTANCE, account, version)

    def document(self, document: DocumentId) -> Document | None:
        """
        A document of any household.
        """
        return self.one(_records.DOCUMENT, document)

    def documents_to_review(self, limit: int) -> tuple[Document, ...]:
        """
        Those that wait to be looked at, oldest first, then by id.
        """
        return self.all(
            _records.DOCUMENT, _statements.DOCUMENTS_TO_REVIEW, limit=limit
        )

    def documents_ending(
        self, first_day: dt.date, last_day: dt.date, limit: int
    ) -> tuple[Document, ...]:
        """
        Accepted ones whose last day is one of these.
        """
        return self.all(
            _records.DOCUMENT,
            _statements.DOCUMENTS_ENDING,
            first=first_day,
            last=last_day,
            limit=limit,
        )

    def pre_registration(
        self, pre_registration: PreRegistrationId
    ) -> PreRegistration | None:
        """
        A pre-registration of any household.
        """
        return self.one(_records.PRE_REGISTRATION, pre_registration)

    def pre_registrations_to_decide(
        self, limit: int
    ) -> tuple[PreRegistration, ...]:
        """
        Those that wait for an answer, oldest first, then by id.
        """
        return self.all(
            _records.PRE_REGISTRATION,
            _statements.PRE_REGISTRATIONS_TO_DECIDE,
            limit=limit,
        )

    def live_requests(
        self, child: ChildId, days: Iterable[dt.date]
    ) -> tuple[Request, ...]:
        """
        Requests with a held or confirmed line of this child on these days.
        """
        numbers = {
            number
            for (number,) in self.connection.rows(
                _statements.LIVE_NUMBERS, child=child, days=sorted(set(days))
            )
        }
        return self._requests(numbers)

    def taken(
        self, spots: Iterable[Spot], at: dt.datetime
    ) -> Mapping[Spot, int]:
        """
        How many places are taken *at* a moment.
        """
        wanted = set(spots)
        rows = self._rows_around(wanted, _statements.TAKEN, at)
        counts = {Spot(pool, day, part): n for pool, day, part, n in rows}
        return {spot: counts[spot] for spot in wanted & counts.keys()}

    def stale_holders(
        self, spots: Iterable[Spot], at: dt.datetime
    ) -> tuple[Request, ...]:
        """
        Requests still held on one of these spots, which they take no longer.
        """
        wanted = set(spots)
        rows = self._rows_around(wanted, _statements.STALE_HOLDERS, at)
        return self._requests(
            {
                number
                for number, pool, day, part in rows
                if Spot(pool, day, part) in wanted
            }
        )

    def _rows_around(
        self, spots: set[Spot], statement: sa.Select[Any], at: dt.datetime
    ) -> Sequence[Any]:
        days = [spot.day for spot in spots]
        if not days:
            return ()
        return self.connection.rows(
            statement,
            pools=sorted({spot.pool for spot in spots}),
            first=min(days),
            last=max(days),
            at=at,
        )

    def _requests(self, numbers: set[int]) -> tuple[Request, ...]:
        return self.all(
            _records.REQUEST,
            _statements.REQUESTS_BY_NUMBER,
            numbers=sorted(numbers),
        )

    def attempt(self, reference: AttemptReference) -> Attempt | None:
        """
        An attempt to pay.
        """
        return self.one(_records.ATTEMPT, reference)

    def attempt_with_key(self, key: ProviderKey) -> Attempt | None:
        """
        The attempt that a provider calls by *key*.
        """
        return self._only(
            _records.ATTEMPT, _statements.ATTEMPT_BY_KEY, key=key
        )

    def unresolved_attempts(self) -> tuple[AttemptReference, ...]:
        """
        Those created, presented or unknown, oldest first.
        """
        rows = self.connection.rows(_statements.UNRESOLVED_ATTEMPTS)
        return tuple(AttemptReference(reference) for (reference,) in rows)

    def stale_requests(
        self, at: dt.datetime, limit: int
    ) -> tuple[Request, ...]:
        """
        Held requests whose places are taken no longer *at* a moment.
        """
        return self.all(
            _records.REQUEST, _statements.STALE_REQUESTS, at=at, limit=limit
        )

    def due_notices(self, at: dt.datetime, limit: int) -> tuple[Queued, ...]:
        """
        Queued notices to send *at* a moment, oldest first.
        """
        return self.all(
            _records.QUEUED, _statements.DUE_NOTICES, at=at, limit=limit
        )

    def queued(self, key: str) -> Queued | None:
        """
        A notice in the outbox, sent or not.
        """
        return self.one(_records.QUEUED, key)

    def reglements(self) -> tuple[ReglementVersion, ...]:
        """
        Every version, by first day, then by moment of activation.
        """
        # Long texts, of which several parts of a use case each ask for one.
        return self.once(
            _statements.REGLEMENTS,
            lambda: self.all(_records.REGLEMENT, _statements.REGLEMENTS),
        )

    def journal(self, stream: str | None = None) -> tuple[JournalEntry, ...]:
        """
        What happened, in order: all of it, or one stream.
        """
        if stream is None:
            rows = self.connection.rows(_statements.JOURNAL)
        else:
            rows = self.connection.rows(_statements.STREAM, stream=stream)
        return self._journalled(rows)

    def journal_after(
        self, sequence: int, limit: int
    ) -> tuple[JournalEntry, ...]:
        """
        What happened after the entry of this number, at most *limit*.
        """
        rows = self.connection.rows(
            _statements.JOURNAL_AFTER, sequence=sequence, limit=limit
        )
        return self._journalled(rows)

    def _journalled(self, rows: Sequence[Any]) -> tuple[JournalEntry, ...]:
        names = schema.JOURNAL.c.keys()
        with self.connection.translated():
            return tuple(
                JournalEntry(**dict(zip(names, row, strict=True)))
                for row in rows
            )
