"""
What a store keeps, beside the records of the domain.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen, validators

from portail_core.domain import ledger, payments, requests
from portail_core.domain.accounts import Account, Session
from portail_core.domain.changes import Change, RecordChanged
from portail_core.domain.checks import civil_day, moment
from portail_core.domain.children import Child, Custody
from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    CommandKey,
    HouseholdId,
    ReglementDigest,
)
from portail_core.domain.invoices import CreditNote, Invoice, InvoiceParty
from portail_core.domain.ledger import Ledger
from portail_core.domain.links import Link
from portail_core.domain.matches import Dismissal, HouseholdJoined
from portail_core.domain.notices import Notice
from portail_core.domain.payments import Attempt
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request

Event: TypeAlias = (
    requests.Event
    | payments.Event
    | ledger.Event
    | RecordChanged
    | HouseholdJoined
)


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

        due_at: When to try next, UTC.  While a worker has it in hand, when
            others may: should the worker die, nothing else is to be done.

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
    Something that happened to a request, an attempt or a ledger; or that the
    records of a household changed.

    Attributes:
        stream: « request/16 », « attempt/… », « ledger/household/régie »,
            « household/… ».

        actor: Who did it: « account/… », « agent/… », « job/… », « provider ».

        reglement: The version that the portal worked under: the active one,
            also where a request goes on under its own, which its first event
            names.

        sequence: Set by the store: 1, 2, 3… in the order of commits.
    """

    stream: str
    actor: str
    at: dt.datetime = field(validator=moment)
    reglement: ReglementDigest
    event: Event
    sequence: int | None = field(
        default=None, validator=validators.optional(validators.ge(1))
    )


Record: TypeAlias = (
    Account
    | Registration
    | Link
    | Session
    | Household
    | Child
    | Custody
    | Dismissal
    | Document
    | PreRegistration
    | Acceptance
    | Change
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
