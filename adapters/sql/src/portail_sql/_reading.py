"""
Reads of the whole store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa

from portail_core.domain.accounts import Account, Email, Session
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    HouseholdId,
    LinkId,
    ProviderKey,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.likeness import Search
from portail_core.domain.links import Link
from portail_core.domain.matches import Dismissal
from portail_core.domain.pages import Paging
from portail_core.domain.payments import Attempt
from portail_core.domain.places import Spot
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request
from portail_core.ports.store import JournalEntry, Queued, ReglementVersion

from . import _dossiers, _records, _statements
from ._connection import Connection, translated
from ._household import SqlHouseholdReading
from ._shapes import ROOM, Row, Shape, keyed, owner

R = TypeVar("R")

Key: TypeAlias = tuple[type[Any], *tuple[Any, ...]]
"""A kind of record, and what tells its records apart."""


class SqlReading:
    """
    What one transaction of the database sees.

    Attributes:
        seen: The version in which each record was read.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seen: dict[Key, int | None] = {}

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

    def household(self, household: HouseholdId) -> Household | None:
        """
        A household.
        """
        return self.one(_records.HOUSEHOLD, household)

    def accounts_of(self, household: HouseholdId) -> tuple[Account, ...]:
        """
        The accounts that act for a household.
        """
        return self.all(
            _records.ACCOUNT, _dossiers.ACCOUNTS_OF, household=household
        )

    def dossiers(self, search: Search, asked: Paging) -> tuple[Household, ...]:
        """
        A page of the households that staff entered, or that have an account.
        """
        return self.all(
            _records.HOUSEHOLD,
            _dossiers.DOSSIERS,
            **_dossiers.holding(search),
            limit=asked.size,
            skip=asked.skip,
        )

    def count_dossiers(self, search: Search) -> int:
        """
        How many those are.
        """
        ((count,),) = self.connection.rows(
            _dossiers.DOSSIERS_COUNT, **_dossiers.holding(search)
        )
        return int(count)

    def matches(self) -> tuple[tuple[HouseholdId, HouseholdId], ...]:
        """
        Pairs of households that share someone, and were not dismissed.
        """
        rows = self.connection.rows(_dossiers.MATCHES)
        return tuple(
            sorted((HouseholdId(one), HouseholdId(two)) for one, two in rows)
        )

    def dismissal(
        self, registered: HouseholdId, dossier: HouseholdId
    ) -> Dismissal | None:
        """
        That of these two households.
        """
        return self.one(_records.DISMISSAL, registered, dossier)

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

    def live_requests(
        self, child: ChildId, days: Iterable[dt.date]
    ) -> tuple[Request, ...]:
        """
        Requests with a held or confirmed line of this child on these days.
        """
        numbers = {
            number
            for some in _some(sorted(set(days)))
            for (number,) in self.connection.rows(
                _statements.LIVE_NUMBERS, child=child, days=some
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
        return tuple(
            request
            for some in _some(sorted(numbers))
            for request in self.all(
                _records.REQUEST, _statements.REQUESTS_BY_NUMBER, numbers=some
            )
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
    ) -> tuple[tuple[HouseholdId, RequestNumber], ...]:
        """
        Held requests whose places are taken no longer *at* a moment.
        """
        rows = self.connection.rows(
            _statements.STALE_REQUESTS, at=at, limit=limit
        )
        return tuple(
            (HouseholdId(household), RequestNumber(number))
            for household, number in rows
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
        return self.all(_records.REGLEMENT, _statements.REGLEMENTS)

    def journal(self, stream: str | None = None) -> tuple[JournalEntry, ...]:
        """
        What happened, in order: all of it, or one stream.
        """
        if stream is None:
            rows = self.connection.rows(_statements.JOURNAL)
        else:
            rows = self.connection.rows(_statements.STREAM, stream=stream)
        return tuple(JournalEntry(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name

    # What the reads are made of ---------------------------------------------

    def one(self, shape: Shape[R], *key: Any) -> R | None:
        """
        The record of this key.
        """
        return self._only(shape, shape.select_one, **keyed(key))

    def all(
        self, shape: Shape[R], statement: sa.Select[Any], **names: Any
    ) -> tuple[R, ...]:
        """
        The records whose main rows *statement* finds, in its order.
        """
        columns = shape.table.c.keys()
        rows: list[Row] = [
            dict(zip(columns, row, strict=True))
            for row in self.connection.rows(statement, **names)
        ]
        keys = [shape.key_of(row) for row in rows]
        parts = self._parts(shape, keys)
        records = []
        for key, row in zip(keys, rows, strict=True):
            self.seen[shape.kind, *key] = row.get("version")
            own = {part: tuple(by.get(key, ())) for part, by in parts.items()}
            with translated():
                records.append(shape.gather(row, own))
        return tuple(records)

    def _only(
        self, shape: Shape[R], statement: sa.Select[Any], **names: Any
    ) -> R | None:
        found = self.all(shape, statement, **names)
        return found[0] if found else None

    def _parts(
        self, shape: Shape[Any], keys: Sequence[tuple[Any, ...]]
    ) -> dict[sa.Table, dict[tuple[Any, ...], list[Row]]]:
        found: dict[sa.Table, dict[tuple[Any, ...], list[Row]]] = {}
        for part, statement in shape.select_parts:
            columns, names = part.c.keys(), owner(shape, part)
            by = found.setdefault(part, {})
            for some in _some(keys):
                bare = some if len(names) > 1 else [key for (key,) in some]
                for values in self.connection.rows(statement, keys=bare):
                    row = dict(zip(columns, values, strict=True))
                    whose = tuple(row[name] for name in names)
                    by.setdefault(whose, []).append(row)
        return found


def _some(values: Sequence[R]) -> Iterable[Sequence[R]]:
    for first in range(0, len(values), ROOM):
        yield values[first : first + ROOM]
