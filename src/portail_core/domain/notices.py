"""
What is said to whom: values without a word of text, an address or a secret.

The mail relay words them when it sends them.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from .ids import (
    AccountId,
    AttemptReference,
    CreditNoteNumber,
    DocumentId,
    HouseholdId,
    InvoiceNumber,
    LinkId,
    PreRegistrationId,
    ReglementDigest,
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
class DocumentAccepted:
    """
    A document is good; to the account that gave it.

    Attributes:
        reglement: The one under which it was decided, here and below.
    """

    account: AccountId
    household: HouseholdId
    document: DocumentId
    reglement: ReglementDigest


@frozen(kw_only=True)
class DocumentRefused:
    """
    A document is not good, and why; to the account that gave it.
    """

    account: AccountId
    household: HouseholdId
    document: DocumentId
    reglement: ReglementDigest


@frozen(kw_only=True)
class PreRegistrationAccepted:
    """
    The child may be booked; to the account that asked.
    """

    account: AccountId
    household: HouseholdId
    pre_registration: PreRegistrationId
    reglement: ReglementDigest


@frozen(kw_only=True)
class PreRegistrationRefused:
    """
    The child may not be booked, and why; to the account that asked.
    """

    account: AccountId
    household: HouseholdId
    pre_registration: PreRegistrationId
    reglement: ReglementDigest


Notice: TypeAlias = (
    EmailToConfirm
    | AccountExists
    | PaymentConfirmed
    | BookingsRecap
    | CancellationConfirmed
    | DocumentAccepted
    | DocumentRefused
    | PreRegistrationAccepted
    | PreRegistrationRefused
)
