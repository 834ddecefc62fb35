"""
Storage: what is kept, how it is read, and what one commit promises.

A transaction reads, buffers what it writes, and flushes it whole at the end of
its `with` block; an exception leaves no trace.  What another writer changed
since it was read here makes the commit fail with `ConcurrentChange`, and the
use case runs again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from enum import Enum
from typing import Protocol, TypeAlias

from attrs import field, frozen, validators

from portail_core.domain import ledger, payments, requests
from portail_core.domain._checks import civil_day, moment
from portail_core.domain.accounts import Account, Email, Link, Session
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    CommandKey,
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    LinkId,
    PoolCode,
    ProviderKey,
    RegieCode,
    ReglementDigest,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.invoices import CreditNote, Invoice, InvoiceParty
from portail_core.domain.ledger import Ledger
from portail_core.domain.notices import Notice
from portail_core.domain.payments import Attempt
from portail_core.domain.places import Spot
from portail_core.domain.requests import Request

PoolDay: TypeAlias = tuple[PoolCode, dt.date]
"""What a transaction locks before it counts places."""

Event: TypeAlias = requests.Event | payments.Event | ledger.Event


class ConcurrentChange(Exception):
    """
    Another writer came first; nothing was written, run the use case again.
    """


class StorageBusy(Exception):
    """
    Too many writers for too long; nothing was written, try again in a moment.
    """


class StorageFailed(Exception):
    """
    The store is broken, or was asked for what cannot be kept; nothing was
    written, and running it again would not help.
    """


# What is kept beside the domain's own records -------------------------------


class Delivery(Enum):
    """
    Where a queued notice stands.
    """

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # for good: staff see it


@frozen(kw_only=True)
class Queued:
    """
    A notice in the outbox.

    Attributes:
        key: Unique; the same thing is never queued twice.

        due_at: When to try next, UTC.

        tries: How many failed.
    """

    key: str
    notice: Notice
    queued_at: dt.datetime = field(validator=moment)
    due_at: dt.datetime = field(validator=moment)
    delivery: Delivery = Delivery.QUEUED
    tries: int = 0


@frozen(kw_only=True)
class KeptCommand:
    """
    What a command asked and was answered, so that it happens once.

    Attributes:
        arguments: A digest of what was asked.

        answer: As wire text.
    """

    household: HouseholdId
    key: CommandKey
    arguments: str
    answer: str


@frozen(kw_only=True)
class ReglementVersion:
    """
    A règlement as it was activated.

    Attributes:
        since: First day on which it is the active one.

        text: The whole of it, as wire text.
    """

    digest: ReglementDigest
    since: dt.date = field(validator=civil_day)
    text: str = field(repr=False)
    activated_at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class JournalEntry:
    """
    Something that happened to a request, an attempt or a ledger.

    Attributes:
        stream: « request/16 », « attempt/… », « ledger/household/régie ».

        actor: Who did it: « account/… », « agent/… », « job/… », « provider ».

        sequence: Set by the store: 1, 2, 3… in the order of commits.
    """

    stream: str
    actor: str
    at: dt.datetime = field(validator=moment)
    event: Event
    sequence: int | None = field(
        default=None, validator=validators.optional(validators.ge(1))
    )


Record: TypeAlias = (
    Account
    | Link
    | Session
    | Household
    | Child
    | Custody
    | Request
    | Attempt
    | Ledger
    | Invoice
    | InvoiceParty
    | CreditNote
    | Queued
    | KeptCommand
    | ReglementVersion
)
"""What `Transaction.put` keeps."""


# Reading --------------------------------------------------------------------


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

    def invoices(self) -> tuple[Invoice, ...]:
        """
        Its invoices, in the order they were issued.
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


class Reading(Protocol):
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


# Writing --------------------------------------------------------------------


class Transaction(Reading, Protocol):
    """
    A reading that ends in one commit.

    Reads see the store as it was when the transaction began, and not what the
    transaction itself has put.
    """

    def put(self, record: Record) -> None:
        """
        Keep *record*, new or in place of the one that this transaction read;
        the last one put counts.

        An invoice, an avoir, a command and a règlement are only ever new.

        A request also takes and releases its places: one row a place while a
        line is held (until `taken_until`) or confirmed (for good).
        """
        ...

    def append(self, entry: JournalEntry) -> None:
        """
        Add to the journal.
        """
        ...

    def next_number(self, series: str) -> int:
        """
        The next number of *series*, from 1; given back if the commit fails.
        """
        ...


class Store(Protocol):
    """
    Where everything is kept.

    At commit a store refuses, with `ConcurrentChange`, what would give one
    e-mail address two accounts, one child two takers of a part of a day, one
    key two queued notices, one provider's key two attempts, one command two
    answers; whatever was changed by another writer after this transaction
    read it; and what would take the place of a record that it did not read.
    """

    def reading(self) -> AbstractContextManager[Reading]:
        """
        A snapshot, without any lock.
        """
        ...

    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> AbstractContextManager[Transaction]:
        """
        Take *locks*, then read and write; committed when the block ends
        without an exception.

        Raises:
            ConcurrentChange: Nothing was written; run it again.
            StorageBusy: Nothing was written; say so to the person.
            StorageFailed: Nothing was written; tell an administrator.
        """
        ...

    def close(self) -> None:
        """
        Let go of files and connections.
        """
        ...
