"""
Valid values with invented people, for tests of any kind.

Each builder gives the same value every time; what a test is about is changed
by name: `child(first_name="Zoé")`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import evolve

from portail_core.domain.accounts import (
    Account,
    AccountState,
    Email,
    Link,
    Purpose,
    Session,
)
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Address, Adult, Household
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    LinkId,
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    RegieCode,
    ReglementDigest,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.invoices import (
    CreditedDay,
    CreditNote,
    Invoice,
    InvoiceLine,
    InvoiceParty,
)
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import ZERO, Money, eur
from portail_core.domain.payments import Attempt, Due
from portail_core.domain.places import Place
from portail_core.domain.quotes import PricedLine, Why
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_core.domain.requests import Asked, Line, Request
from portail_core.domain.tariffs import Nature

HOUSEHOLD = HouseholdId("martin-durand")
ACCOUNT = AccountId("camille")
LOU = ChildId("lou")

ELSEWHERE = HouseholdId("petit")
"""Another household, which sees nothing of the first."""

REGIE = RegieCode("ALSH")
ACCUEIL = AccueilCode("MERCREDIS")
PERIOD = PeriodCode("MAI-JUIN-2026")
POOL = PoolCode("AUBIGNOSC")
REGLEMENT = ReglementDigest("0" * 64)

JOURNEE_REPAS = AmplitudeCode("JOURNEE-REPAS")
MATIN = AmplitudeCode("MATIN")
MORNING = PartCode("matin")
LUNCH = PartCode("repas")
AFTERNOON = PartCode("apres-midi")
PARTS = {JOURNEE_REPAS: (MORNING, LUNCH, AFTERNOON), MATIN: (MORNING,)}

JOURNEE = PrestationCode("JOURNEE")
REPAS = PrestationCode("REPAS")
DEMI_JOURNEE = PrestationCode("DEMI-JOURNEE")

WEDNESDAY = dt.date(2026, 5, 27)
NEXT_WEDNESDAY = dt.date(2026, 6, 3)

ASKED = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)
"""The guide's example: 13 May 2026, 11:12:56 in Paris."""
HELD_UNTIL = ASKED + dt.timedelta(hours=2)

ATTEMPT = AttemptReference("ALSH00000000000000000000000016")
INVOICE = InvoiceNumber("ALSH-2026-000001")
CREDIT_NOTE = CreditNoteNumber("ALSH-AV-2026-000001")


# Family ---------------------------------------------------------------------


def household(**changes: Any) -> Household:
    """
    Camille and her address; quotient familial 650.
    """
    return evolve(
        Household(
            id=HOUSEHOLD,
            adults=(
                Adult(
                    first_name="Camille",
                    last_name="Martin-Durand",
                    account=ACCOUNT,
                ),
            ),
            address=Address(
                street="1 place de l'Église",
                postcode="04200",
                town="Aubignosc",
            ),
            quotient=QuotientFamilial(
                value=Decimal(650),
                month=dt.date(2026, 5, 1),
                evidence="attestation CAF du 04/05/2026",
                recorded_at=ASKED - dt.timedelta(days=7),
            ),
        ),
        **changes,
    )


def account(**changes: Any) -> Account:
    """
    Camille's, confirmed.
    """
    return evolve(
        Account(
            id=ACCOUNT,
            email=Email("camille@example.org"),
            password="derived",
            household=HOUSEHOLD,
            state=AccountState.ACTIVE,
            created_at=ASKED - dt.timedelta(days=8),
        ),
        **changes,
    )


def link(**changes: Any) -> Link:
    """
    Confirms Camille's address; not used, good for two days.
    """
    return evolve(
        Link(
            id=LinkId("link-1"),
            digest=SecretDigest("digest of a link"),
            account=ACCOUNT,
            purpose=Purpose.CONFIRM_EMAIL,
            password="derived",
            expires_at=ASKED + dt.timedelta(days=2),
            used_at=None,
        ),
        **changes,
    )


def session(**changes: Any) -> Session:
    """
    Camille is signed in for a day.
    """
    return evolve(
        Session(
            digest=SecretDigest("digest of a session"),
            account=ACCOUNT,
            password=SecretDigest("digest of derived"),
            expires_at=ASKED + dt.timedelta(days=1),
        ),
        **changes,
    )


def child(**changes: Any) -> Child:
    """
    Lou, seven years old on the days of the règlement.
    """
    return evolve(
        Child(
            id=LOU,
            first_name="Lou",
            last_name="Martin-Durand",
            birth_date=dt.date(2019, 4, 2),
        ),
        **changes,
    )


def custody(**changes: Any) -> Custody:
    """
    Lou, always of the household.
    """
    return evolve(
        Custody(child=LOU, household=HOUSEHOLD, since=dt.date(2019, 4, 2)),
        **changes,
    )


# Booking --------------------------------------------------------------------


def line(**changes: Any) -> Line:
    """
    A whole Wednesday, held, counted in the one pool.
    """
    amplitude = changes.get("amplitude", JOURNEE_REPAS)
    return evolve(
        Line(
            day=WEDNESDAY,
            amplitude=amplitude,
            places=tuple(Place(part, (POOL,)) for part in PARTS[amplitude]),
        ),
        **changes,
    )


def asked(**changes: Any) -> Asked:
    """
    For Lou, by Camille, at 650.
    """
    return evolve(
        Asked(
            household=HOUSEHOLD,
            account=ACCOUNT,
            child=LOU,
            regie=REGIE,
            accueil=ACCUEIL,
            period=PERIOD,
            reglement=REGLEMENT,
            quotient=Decimal(650),
        ),
        **changes,
    )


def request(number: int = 16, **changes: Any) -> Request:
    """
    The guide's request N° 16: held two hours from 11:12:56.
    """
    return evolve(
        Request(
            number=RequestNumber(number),
            asked=asked(),
            created_at=ASKED,
            held_until=HELD_UNTIL,
            lines=(line(),),
        ),
        **changes,
    )


# Money ----------------------------------------------------------------------


def priced(**changes: Any) -> PricedLine:
    """
    Lou's Wednesday, at the second bracket.
    """
    return evolve(
        PricedLine(
            child=LOU,
            day=WEDNESDAY,
            prestation=JOURNEE,
            designation="Journée",
            nature=Nature.CARE,
            quantity=Decimal(1),
            unit_price=eur("8.50"),
            amount=eur("8.50"),
            why=Why(
                rule="tariff.bracket",
                path="tariffs[0].brackets[1]",
                label="QF de 551 à 700",
                source="délibération n° 2025-34",
            ),
        ),
        **changes,
    )


def meal(**changes: Any) -> PricedLine:
    """
    Lou's lunch of that Wednesday.
    """
    changes = {
        "prestation": REPAS,
        "designation": "Repas",
        "nature": Nature.MEAL,
        "unit_price": eur("4.00"),
        "amount": eur("4.00"),
        **changes,
    }
    return priced(**changes)


def attempt(**changes: Any) -> Attempt:
    """
    Camille starts to pay request N° 16: 12.50.
    """
    return evolve(
        Attempt(
            reference=ATTEMPT,
            household=HOUSEHOLD,
            account=ACCOUNT,
            regie=REGIE,
            provider="sandbox",
            dues=(Due(request=RequestNumber(16), lines=(priced(), meal())),),
            credits=ZERO,
            created_at=ASKED,
            open_until=ASKED + dt.timedelta(minutes=5),
        ),
        **changes,
    )


def ledger(**changes: Any) -> Ledger:
    """
    Nothing happened yet.
    """
    return evolve(Ledger(household=HOUSEHOLD, regie=REGIE), **changes)


def invoice(**changes: Any) -> Invoice:
    """
    Request N° 16, paid.
    """
    return evolve(
        Invoice(
            number=INVOICE,
            regie=REGIE,
            household=HOUSEHOLD,
            attempt=ATTEMPT,
            issued_at=ASKED + dt.timedelta(minutes=3),
            lines=tuple(
                InvoiceLine(
                    request=RequestNumber(16),
                    accueil=ACCUEIL,
                    period=PERIOD,
                    priced=one,
                )
                for one in (priced(), meal())
            ),
            paid_with_credits=ZERO,
        ),
        **changes,
    )


def invoice_party(**changes: Any) -> InvoiceParty:
    """
    Who that invoice was addressed to.
    """
    return evolve(
        InvoiceParty(
            invoice=INVOICE,
            name="MARTIN-DURAND Camille",
            address="1 place de l'Église\n04200 Aubignosc",
        ),
        **changes,
    )


def credit_note(**changes: Any) -> CreditNote:
    """
    Lou's Wednesday, cancelled in time.
    """
    return evolve(
        CreditNote(
            number=CREDIT_NOTE,
            regie=REGIE,
            household=HOUSEHOLD,
            invoice=INVOICE,
            issued_at=ASKED + dt.timedelta(days=1),
            days=(
                CreditedDay(
                    request=RequestNumber(16),
                    child=LOU,
                    day=WEDNESDAY,
                    kept=Money(0),
                    credited=eur("12.50"),
                    reason="annulation au plus tard 7 jours avant : avoir",
                ),
            ),
        ),
        **changes,
    )
