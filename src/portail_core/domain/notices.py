"""
What is said to whom: values without a word of text, an address or a secret.

The mail relay words them when it sends them.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from attrs import frozen

from .cancellation import Settlement
from .ids import (
    AccountId,
    AmplitudeCode,
    AttemptReference,
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    LinkId,
    RequestNumber,
)
from .invoices import CreditedDay


@frozen(kw_only=True)
class EmailToConfirm:
    """
    « Création de votre compte »: the link that confirms the address.
    """

    account: AccountId
    link: LinkId


@frozen(kw_only=True)
class AccountExists:
    """
    Someone signed up with the address of an account that is there.
    """

    account: AccountId


@frozen(kw_only=True)
class PaymentConfirmed:
    """
    « Le premier vous informant de la confirmation de paiement. »

    Attributes:
        credit_notes: One for each request whose place was gone.
    """

    account: AccountId
    household: HouseholdId
    attempt: AttemptReference
    invoice: InvoiceNumber
    credit_notes: tuple[CreditNoteNumber, ...]


@frozen(kw_only=True)
class BookingsRecap:
    """
    « Le second un état récapitulatif de vos réservations. »
    """

    account: AccountId
    household: HouseholdId
    requests: tuple[RequestNumber, ...]


@frozen(kw_only=True)
class CancellationConfirmed:
    """
    « L'annulation de réservation est toujours confirmée par un mail du
    service. »

    Attributes:
        credit_note: `None` if nothing was credited.
    """

    account: AccountId
    household: HouseholdId
    request: RequestNumber
    days: tuple[CreditedDay, ...]
    credit_note: CreditNoteNumber | None


@frozen(kw_only=True)
class DayChangeConfirmed:
    """
    A booked day has another amplitude, which cost no more.

    Attributes:
        before: As it was booked.

        settlement: Where what was paid beyond its price goes.

        credit_note: `None` if nothing was credited.
    """

    account: AccountId
    household: HouseholdId
    request: RequestNumber
    day: dt.date
    before: AmplitudeCode
    settlement: Settlement
    credit_note: CreditNoteNumber | None


Notice: TypeAlias = (
    EmailToConfirm
    | AccountExists
    | PaymentConfirmed
    | BookingsRecap
    | CancellationConfirmed
    | DayChangeConfirmed
)
