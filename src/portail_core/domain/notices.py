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
class AccountToActivate:
    """
    « un mail vous informant de l'ouverture de votre compte »: the link by
    which its owner chooses a password.
    """

    account: AccountId
    link: LinkId


@frozen(kw_only=True)
class AccountExists:
    """
    Someone gave the address of an account that is there, as a new one.
    """

    account: AccountId


@frozen(kw_only=True)
class PasswordToReset:
    """
    « Mot de passe oublié ? »: the link by which its owner chooses another.
    """

    account: AccountId
    link: LinkId


@frozen(kw_only=True)
class PasswordChanged:
    """
    The password is another: whoever did not change it must know.
    """

    account: AccountId


@frozen(kw_only=True)
class EmailToChange:
    """
    The link that proves the new address, and is sent there.
    """

    account: AccountId
    link: LinkId


@frozen(kw_only=True)
class EmailChangeAsked:
    """
    Another address was asked for; the one that it replaces must know, also
    once it is replaced.
    """

    account: AccountId
    link: LinkId


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
    | AccountToActivate
    | AccountExists
    | PasswordToReset
    | PasswordChanged
    | EmailToChange
    | EmailChangeAsked
    | PaymentConfirmed
    | BookingsRecap
    | CancellationConfirmed
    | DayChangeConfirmed
    | DocumentAccepted
    | DocumentRefused
    | PreRegistrationAccepted
    | PreRegistrationRefused
)
