"""
What it paid.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import evolve

from portail_core.domain.ids import (
    RequestNumber,
)
from portail_core.domain.invoices import (
    CreditedDay,
    CreditNote,
    Invoice,
    InvoiceLine,
    InvoiceParty,
)
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import ZERO, Money, UnitPrice, eur
from portail_core.domain.payments import Attempt, Bought, Due
from portail_core.domain.quotes import PricedLine, Why
from portail_core.domain.tariffs import Nature

from ._names import (
    ACCOUNT,
    ACCUEIL,
    ASKED,
    ATTEMPT,
    CREDIT_NOTE,
    HOUSEHOLD,
    INVOICE,
    JOURNEE,
    JOURNEE_REPAS,
    LOU,
    PERIOD,
    REGIE,
    REPAS,
    WEDNESDAY,
)


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
            unit_price=UnitPrice(Decimal("8.50")),
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
        "unit_price": UnitPrice(Decimal("4.00")),
        "amount": eur("4.00"),
        **changes,
    }
    return priced(**changes)


def bought(**changes: Any) -> Bought:
    """
    That Wednesday.
    """
    return evolve(
        Bought(day=WEDNESDAY, amplitude=JOURNEE_REPAS, hours=None), **changes
    )


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
            dues=(
                Due(
                    request=RequestNumber(16),
                    days=(bought(),),
                    lines=(priced(), meal()),
                ),
            ),
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
            issued_at=ASKED + dt.timedelta(days=1),
            days=(credited_day(),),
        ),
        **changes,
    )


def credited_day(**changes: Any) -> CreditedDay:
    """
    All that was paid for Lou's Wednesday.
    """
    return evolve(
        CreditedDay(
            invoice=INVOICE,
            request=RequestNumber(16),
            child=LOU,
            day=WEDNESDAY,
            kept=Money(0),
            credited=eur("12.50"),
            reason="annulation au plus tard 7 jours avant : avoir",
        ),
        **changes,
    )
