"""
Letters to families: what they say, not how it is worded.
"""

from __future__ import annotations

import datetime as dt
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


@frozen(kw_only=True)
class AccountAlreadyThere:
    """
    Someone signed up with this address, which has an account.
    """


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
    | AccountAlreadyThere
    | PaymentConfirmation
    | RecapOfBookings
    | CancellationConfirmation
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
