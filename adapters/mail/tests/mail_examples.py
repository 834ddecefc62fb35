"""
Letters to send, in the guide's own words.
"""

import datetime as dt
from decimal import Decimal

from attrs import evolve

from portail_core.domain.accounts import Email
from portail_core.domain.ids import (
    CreditNoteNumber,
    InvoiceNumber,
    RequestNumber,
)
from portail_core.domain.money import ZERO, UnitPrice, eur
from portail_core.domain.quotes import QuoteRow, Why
from portail_core.domain.reglement import Operator
from portail_core.ports.mail import (
    AccountActivation,
    AccountAlreadyThere,
    BookedDay,
    BookedRequest,
    CancellationConfirmation,
    CancelledDay,
    CreditedRequest,
    DocumentAcceptance,
    DocumentRefusal,
    EmailChange,
    EmailChangeAlert,
    EmailConfirmation,
    Envelope,
    Opening,
    PasswordChange,
    PasswordReset,
    PaymentConfirmation,
    PreRegistrationAcceptance,
    PreRegistrationRefusal,
    RecapOfBookings,
)

SENT = dt.datetime(2026, 5, 5, 14, 32, tzinfo=dt.UTC)
URL = "https://portail.example.org/go/ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
SIGN_IN_URL = "https://portail.example.org/connexion"

OPERATOR = Operator(
    name="Communauté de communes de la Vallée",
    department="04",
    sender_name="LES PETITES BOUILLES",
    sender="accueil@vallee.example.org",
    signature="Le service enfance – Les Petites Bouilles",
)
ENVELOPE = Envelope(
    key="notice-1",
    to=Email("parent@example.org"),
    operator=OPERATOR,
    at=SENT,
)


def row(designation, quantity, unit, amount):
    return QuoteRow(
        designation=designation,
        quantity=Decimal(quantity),
        unit_price=UnitPrice(Decimal(unit)),
        amount=eur(amount),
        why=Why(rule="tariff.bracket", path="", label="", source=""),
    )


def request(number, *days, child="MARTIN-DURAND Lou"):
    return BookedRequest(
        number=RequestNumber(number),
        child=child,
        establishment="ALSH - LES PTITES BOUILLES - AUBIGNOSC",
        accueil="PERISCOLAIRE MERCREDIS",
        period="Périscolaire 2025-2026 AUBIGNOSC",
        days=tuple(
            BookedDay(day=dt.date(2026, *day), amplitude="JOURNEE AVEC REPAS")
            for day in days
        ),
    )


ENDS = dt.datetime(2026, 5, 6, 14, 32, 59, tzinfo=dt.UTC)
CONFIRMATION = EmailConfirmation(url=URL, expires_at=ENDS)
ACTIVATION = AccountActivation(
    opening=Opening.BY_STAFF,
    url=URL,
    expires_at=ENDS,
    sign_in_url=SIGN_IN_URL,
)
ACTIVATION_AGAIN = evolve(ACTIVATION, opening=Opening.BY_SIGNING_UP)
ALREADY_THERE = AccountAlreadyThere(url=SIGN_IN_URL)
RESET = PasswordReset(url=URL, expires_at=ENDS)
PASSWORD_CHANGE = PasswordChange(url=SIGN_IN_URL)
EMAIL_CHANGE = EmailChange(url=URL, expires_at=ENDS)
ALERT = EmailChangeAlert(url=SIGN_IN_URL, expires_at=ENDS)
PAYMENT = PaymentConfirmation(
    invoice=InvoiceNumber("ALSH-2026-000001"),
    rows=(
        row("JOURNEE AVEC REPAS", "3", "12.50", "37.50"),
        row(
            "Heure d’accueil du matin, avant l’ouverture de l’accueil de "
            "loisirs",
            "3.5",
            "0.95",
            "3.33",
        ),
    ),
    total=eur("40.83"),
    paid_with_credits=eur("12.50"),
    confirmed=(
        request(16, (5, 27), (6, 3)),
        request(18, (7, 1), child="MARTIN-DURAND Zoé"),
    ),
    credited=(
        CreditedRequest(
            request=request(17, (6, 10)),
            credit_note=CreditNoteNumber("ALSH-AV-2026-000007"),
            amount=eur("12.50"),
            reason="payment.late.place-gone",
        ),
    ),
)
RECAP = RecapOfBookings(
    requests=(
        request(16, (5, 27), (6, 3)),
        request(18, (7, 1), child="MARTIN-DURAND Zoé"),
    )
)
CANCELLATION = CancellationConfirmation(
    request=request(16, (6, 3)),
    days=(
        CancelledDay(
            day=dt.date(2026, 5, 27),
            amplitude="JOURNEE AVEC REPAS",
            kept=ZERO,
            credited=eur("12.50"),
            reason="Jusqu’à 48 heures avant, le montant est rendu en avoir.",
        ),
        CancelledDay(
            day=dt.date(2026, 6, 10),
            amplitude="MATIN",
            kept=eur("6.25"),
            credited=ZERO,
            reason="Moins de 48 heures avant, le jour reste dû",
        ),
    ),
    credit_note=CreditNoteNumber("ALSH-AV-2026-000008"),
    credited=eur("12.50"),
)
DOCUMENT_ACCEPTED = DocumentAcceptance(
    document="Attestation d’assurance scolaire et extrascolaire",
    child="MARTIN-DURAND Lou",
    valid_to=dt.date(2026, 8, 31),
)
DOCUMENT_REFUSED = DocumentRefusal(
    document="Justificatif de domicile",
    child=None,
    reason="la facture date de plus de trois mois",
)
PRE_REGISTERED = PreRegistrationAcceptance(
    child="MARTIN-DURAND Lou",
    establishment="ALSH - LES PTITES BOUILLES - AUBIGNOSC",
    accueil="PERISCOLAIRE MERCREDIS",
)
NOT_PRE_REGISTERED = PreRegistrationRefusal(
    child="MARTIN-DURAND Lou",
    establishment="ALSH - LES PTITES BOUILLES - AUBIGNOSC",
    accueil="PERISCOLAIRE MERCREDIS",
    reason="l’accueil est complet pour cette année",
)
LETTERS = (
    CONFIRMATION,
    ACTIVATION,
    ALREADY_THERE,
    RESET,
    PASSWORD_CHANGE,
    EMAIL_CHANGE,
    ALERT,
    PAYMENT,
    RECAP,
    CANCELLATION,
    DOCUMENT_ACCEPTED,
    DOCUMENT_REFUSED,
    PRE_REGISTERED,
    NOT_PRE_REGISTERED,
)
