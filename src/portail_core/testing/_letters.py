"""
A letter of every kind, as a portal would send it in May 2026.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from portail_core.domain.accounts import Email
from portail_core.domain.ids import (
    CreditNoteNumber,
    InvoiceNumber,
    RequestNumber,
)
from portail_core.domain.money import ZERO, UnitPrice, eur
from portail_core.domain.quotes import QuoteRow, Why
from portail_core.domain.reglement import Operator
from portail_core.ports import mail

SENT = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)
ENDS = SENT + dt.timedelta(days=1)
URL = "https://portail.example.org/go/ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
SIGN_IN_URL = "https://portail.example.org/connexion"
CHILD = "MARTIN-DURAND Lou"
WEDNESDAY = dt.date(2026, 5, 27)

OPERATOR = Operator(
    name="Communauté de communes de la Vallée",
    department="04",
    sender_name="LES PETITES BOUILLES",
    sender="accueil@vallee.example.org",
    signature="Le service enfance – Les Petites Bouilles",
)


def an_envelope(
    key: str = "notice-1", *, to: str = "parent@example.org"
) -> mail.Envelope:
    """
    To a family, but for what is given.
    """
    return mail.Envelope(key=key, to=Email(to), operator=OPERATOR, at=SENT)


CONFIRMATION = mail.EmailConfirmation(url=URL, expires_at=ENDS)

BOOKED = mail.BookedRequest(
    number=RequestNumber(16),
    child=CHILD,
    establishment="ALSH - LES PTITES BOUILLES",
    accueil="PERISCOLAIRE MERCREDIS",
    period="Périscolaire 2025-2026",
    days=(mail.BookedDay(day=WEDNESDAY, amplitude="JOURNEE AVEC REPAS"),),
)

CANCELLED = mail.CancelledDay(
    day=WEDNESDAY,
    amplitude="MATIN",
    kept=ZERO,
    credited=eur("12.50"),
    reason="Jusqu’à 48 heures avant, le montant est rendu en avoir.",
)

REFUSAL = mail.DocumentRefusal(
    document="Justificatif de domicile",
    child=None,
    reason="la facture date de plus de trois mois",
)

LINKED: tuple[mail.Letter, ...] = (
    CONFIRMATION,
    mail.AccountActivation(
        opening=mail.Opening.BY_STAFF,
        url=URL,
        expires_at=ENDS,
        sign_in_url=SIGN_IN_URL,
    ),
    mail.PasswordReset(url=URL, expires_at=ENDS),
    mail.EmailChange(url=URL, expires_at=ENDS),
)
"""Those with a link that is a secret."""

LETTERS: tuple[mail.Letter, ...] = (
    *LINKED,
    mail.AccountAlreadyThere(url=SIGN_IN_URL),
    mail.PasswordChange(url=SIGN_IN_URL),
    mail.EmailChangeAlert(url=SIGN_IN_URL, expires_at=ENDS),
    mail.PaymentConfirmation(
        invoice=InvoiceNumber("ALSH-2026-000001"),
        rows=(
            QuoteRow(
                designation="JOURNEE AVEC REPAS",
                quantity=Decimal(1),
                unit_price=UnitPrice(Decimal("12.50")),
                amount=eur("12.50"),
                why=Why(rule="tariff.bracket", path="", label="", source=""),
            ),
        ),
        total=eur("12.50"),
        paid_with_credits=ZERO,
        confirmed=(BOOKED,),
        credited=(),
    ),
    mail.RecapOfBookings(requests=(BOOKED,)),
    mail.CancellationConfirmation(
        request=BOOKED,
        days=(CANCELLED,),
        credit_note=CreditNoteNumber("ALSH-AV-2026-000008"),
        credited=eur("12.50"),
    ),
    mail.DayChangeConfirmation(
        request=BOOKED,
        before="JOURNEE AVEC REPAS",
        changed=CANCELLED,
        credit_note=None,
    ),
    mail.DocumentAcceptance(
        document="Attestation d’assurance",
        child=CHILD,
        valid_to=dt.date(2026, 8, 31),
    ),
    REFUSAL,
    mail.PreRegistrationAcceptance(
        child=CHILD,
        establishment=BOOKED.establishment,
        accueil=BOOKED.accueil,
    ),
    mail.PreRegistrationRefusal(
        child=CHILD,
        establishment=BOOKED.establishment,
        accueil=BOOKED.accueil,
        reason="l’accueil est complet pour cette année",
    ),
)
"""One of every kind."""
