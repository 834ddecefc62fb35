"""
Letters to families: what they say, not how it is worded.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Protocol, TypeAlias

from attrs import field, frozen

from portail_core.domain.accounts import Email
from portail_core.domain.checks import moment
from portail_core.domain.ids import (
    CreditNoteNumber,
    InvoiceNumber,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.quotes import QuoteRow
from portail_core.domain.reglement import Operator


class MailDelayed(Exception):
    """
    Not now: send it again later.
    """


class MailRejected(Exception):
    """
    Never: the address does not exist, or the letter cannot be written.
    """


@frozen(kw_only=True)
class Envelope:
    """
    Who writes to whom.

    Attributes:
        key: The same for the same letter sent again; becomes the Message-ID.

        at: When it is sent, UTC.
    """

    key: str
    to: Email
    operator: Operator
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class BookedDay:
    """
    A child-day as a family reads it.
    """

    day: dt.date
    amplitude: str


@frozen(kw_only=True)
class BookedRequest:
    """
    A request as a family reads it: the block of the guide's screens.

    Attributes:
        child: « MARTIN-DURAND Lou ».
    """

    number: RequestNumber
    child: str
    establishment: str
    accueil: str
    period: str
    days: tuple[BookedDay, ...]


@frozen(kw_only=True)
class CreditedRequest:
    """
    A request paid too late, and the avoir that replaces it.
    """

    request: BookedRequest
    credit_note: CreditNoteNumber
    amount: Money


@frozen(kw_only=True)
class CancelledDay:
    """
    A day given back.

    Attributes:
        reason: The règlement's own sentence.
    """

    day: dt.date
    amplitude: str
    kept: Money
    credited: Money
    reason: str


@frozen(kw_only=True)
class EmailConfirmation:
    """
    « Création de votre compte ».

    Attributes:
        expires_at: First moment when the link no longer works, UTC.
    """

    url: str
    expires_at: dt.datetime = field(validator=moment)


class Opening(Enum):
    """
    Who began an account that its owner has yet to activate.
    """

    BY_STAFF = "by-staff"  # who entered the child's dossier
    BY_SIGNING_UP = "by-signing-up"


@frozen(kw_only=True)
class AccountActivation:
    """
    « un mail vous informant de l'ouverture de votre compte avec un lien
    d'activation ».

    Attributes:
        expires_at: First moment when the link no longer works, UTC.

        sign_in_url: Where another link is asked for.
    """

    opening: Opening
    url: str
    expires_at: dt.datetime = field(validator=moment)
    sign_in_url: str


@frozen(kw_only=True)
class AccountAlreadyThere:
    """
    Someone gave this address as a new one, and it has an account.

    Attributes:
        url: The host's sign-in page, where a forgotten password is reset.
    """

    url: str


@frozen(kw_only=True)
class PasswordReset:
    """
    « Mot de passe oublié ? »

    Attributes:
        expires_at: First moment when the link no longer works, UTC.
    """

    url: str
    expires_at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class PasswordChange:
    """
    The password is another.

    Attributes:
        url: The host's sign-in page, where a forgotten password is reset.
    """

    url: str


@frozen(kw_only=True)
class EmailChange:
    """
    To the new address: the link that proves it.

    Attributes:
        expires_at: First moment when the link no longer works, UTC.
    """

    url: str
    expires_at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class EmailChangeAlert:
    """
    To the old address: another was asked for.

    Attributes:
        url: The host's sign-in page, where a forgotten password is reset.

        expires_at: First moment when the link that was sent to the new
            address no longer works, UTC.
    """

    url: str
    expires_at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class PaymentConfirmation:
    """
    The first of the two mails after a payment.

    Attributes:
        credited: Requests paid too late, whose place was gone.
    """

    invoice: InvoiceNumber
    rows: tuple[QuoteRow, ...]
    total: Money
    paid_with_credits: Money
    confirmed: tuple[BookedRequest, ...]
    credited: tuple[CreditedRequest, ...]


@frozen(kw_only=True)
class RecapOfBookings:
    """
    The second: « un état récapitulatif de vos réservations ».
    """

    requests: tuple[BookedRequest, ...]


@frozen(kw_only=True)
class CancellationConfirmation:
    """
    « L'annulation de réservation est toujours confirmée par un mail. »

    Attributes:
        request: With the days that still stand, and not those cancelled.

        credit_note: `None` if nothing was credited.
    """

    request: BookedRequest
    days: tuple[CancelledDay, ...]
    credit_note: CreditNoteNumber | None
    credited: Money


@frozen(kw_only=True)
class DayChangeConfirmation:
    """
    A booked day has another amplitude, which cost no more.

    Attributes:
        request: With the days that stand, the changed one among them.

        before: The amplitude that it had.

        changed: The day as it is now, and where money went.

        credit_note: `None` if nothing was credited.
    """

    request: BookedRequest
    before: str
    changed: CancelledDay
    credit_note: CreditNoteNumber | None


@frozen(kw_only=True)
class DocumentAcceptance:
    """
    A document was accepted.

    Attributes:
        document: « Fiche sanitaire de liaison ».

        child: Whose it is: « MARTIN-DURAND Lou »; `None` if it is the
            household's.

        valid_to: Last day, included; `None` if it has no end.
    """

    document: str
    child: str | None
    valid_to: dt.date | None


@frozen(kw_only=True)
class DocumentRefusal:
    """
    A document was refused, and another is needed.

    Attributes:
        reason: The agent's own words.
    """

    document: str
    child: str | None
    reason: str


@frozen(kw_only=True)
class PreRegistrationAcceptance:
    """
    A child may be booked at an accueil.
    """

    child: str
    establishment: str
    accueil: str


@frozen(kw_only=True)
class PreRegistrationRefusal:
    """
    A child may not be booked at an accueil.

    Attributes:
        reason: The agent's own words.
    """

    child: str
    establishment: str
    accueil: str
    reason: str


Letter: TypeAlias = (
    EmailConfirmation
    | AccountActivation
    | AccountAlreadyThere
    | PasswordReset
    | PasswordChange
    | EmailChange
    | EmailChangeAlert
    | PaymentConfirmation
    | RecapOfBookings
    | CancellationConfirmation
    | DayChangeConfirmation
    | DocumentAcceptance
    | DocumentRefusal
    | PreRegistrationAcceptance
    | PreRegistrationRefusal
)


class Mailer(Protocol):
    """
    Words letters and sends them.
    """

    def send(self, envelope: Envelope, letter: Letter) -> None:
        """
        Send one letter.

        Raises:
            MailDelayed: It may work later.
            MailRejected: It never will.
        """
        ...
