"""
Reads of `MemoryStore`: each notes what it looked at.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from attrs import frozen

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
from portail_core.domain.payments import UNRESOLVED, Attempt
from portail_core.domain.places import Spot, spots
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request
from portail_core.ports.store import (
    Delivery,
    JournalEntry,
    Queued,
    ReglementVersion,
)

from ._keys import (
    Key,
    Topic,
    child_day_topic,
    kept_lines,
    key_of,
    of_topic,
    pool_day_topic,
    reglements_topic,
)
from ._memory_dossiers import found_dossiers, found_matches
from ._memory_household import MemoryHouseholdReading, age

R = TypeVar("R")


@frozen(kw_only=True)
class Snapshot:
    """
    Everything kept after a commit; what is in it never changes.

    Attributes:
        commit: How many there were.
    """

    commit: int
    records: Mapping[type[Any], Mapping[Key, Any]]
    journal: tuple[JournalEntry, ...]
    counters: Counter[Topic]

    def get(self, key: Key) -> Any:
        """
        The record of this key, or `None`.
        """
        return self.records.get(key[0], {}).get(key)


class MemoryReading:
    """
    A snapshot, and what was looked at in it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.watched: set[Topic] = set()

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

    def household(self, household: HouseholdId) -> Household | None:
        """
        A household.
        """
        return self.one(Household, household)

    def accounts_of(self, household: HouseholdId) -> tuple[Account, ...]:
        """
        The accounts that act for a household.
        """
        self.watched.add(of_topic(Account, household))
        return self.all(
            Account,
            lambda account: account.household == household,
            by=lambda account: (account.created_at, account.id),
        )

    def dossiers(self, search: Search, asked: Paging) -> tuple[Household, ...]:
        """
        A page of the households that staff entered, or that have an account.
        """
        return found_dossiers(self, search)[asked.skip :][: asked.size]

    def count_dossiers(self, search: Search) -> int:
        """
        How many those are.
        """
        return len(found_dossiers(self, search))

    def matches(self) -> tuple[tuple[HouseholdId, HouseholdId], ...]:
        """
        Pairs of households that share someone, and were not dismissed.
        """
        return found_matches(self)

    def dismissal(
        self, registered: HouseholdId, dossier: HouseholdId
    ) -> Dismissal | None:
        """
        That of these two households.
        """
        return self.one(Dismissal, registered, dossier)

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
    ) -> tuple[tuple[HouseholdId, RequestNumber], ...]:
        """
        Held requests whose places are taken no longer *at* a moment.
        """
        stale = sorted(
            (request.number, request.asked.household)
            for request in self.values(Request)
            if request.is_held() and not request.is_payable(at)
        )
        return tuple((household, number) for number, household in stale)[
            :limit
        ]

    def due_notices(self, at: dt.datetime, limit: int) -> tuple[Queued, ...]:
        """
        Queued notices to send *at* a moment, oldest first.
        """
        return self.all(
            Queued,
            lambda queued: (
                queued.delivery is Delivery.QUEUED and queued.due_at <= at
            ),
            by=lambda queued: queued.queued_at,
        )[:limit]

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

    # What the reads are made of ---------------------------------------------

    def one(self, kind: type[R], *names: str | int) -> R | None:
        """
        The record of this key; whether it is there is looked at.
        """
        key = (kind, *names)
        self.watched.add(key)
        return cast("R | None", self.snapshot.get(key))

    def all(
        self,
        kind: type[R],
        where: Callable[[R], bool] = lambda _: True,
        *,
        by: Callable[[R], Any],
    ) -> tuple[R, ...]:
        """
        The records of a kind for which *where* holds, in the order of *by*.
        """
        found = tuple(sorted(filter(where, self.values(kind)), key=by))
        self.watched.update(key_of(cast("Any", record)) for record in found)
        return found

    def values(self, kind: type[R]) -> Iterable[R]:
        """
        The records of a kind, in the order they came; not looked at.
        """
        return self.snapshot.records.get(kind, {}).values()

    def _only(self, kind: type[R], where: Callable[[R], bool]) -> R | None:
        found = next(filter(where, self.values(kind)), None)
        if found is not None:
            self.watched.add(key_of(cast("Any", found)))
        return found
