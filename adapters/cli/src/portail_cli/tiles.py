"""
The tiles of the home page, and the lists behind them, as text.
"""

from __future__ import annotations

from portail_core import french
from portail_core.application.papers import (
    ListedInvoice,
    Summary,
)
from portail_core.application.readings import RequestDetail
from portail_core.domain.children import Child
from portail_core.domain.days import day_of
from portail_core.domain.forms import Form
from portail_core.domain.home import Home
from portail_core.domain.invoices import CreditNote
from portail_core.domain.pages import Page
from portail_core.domain.planning import Offer

from .screens import columns


def home(shown: Home) -> str:
    """
    The seven tiles, as the guide names them.
    """
    return "\n".join(
        [
            *(
                f"- {french.tile(tile)} : {french.tile_caption(tile)}"
                for tile in shown.tiles
            ),
            french.pending_invoices(shown.pending_invoices),
        ]
    )


def form(shown: Form) -> str:
    """
    A block of fields; those with an asterisk are mandatory.
    """
    return "\n".join(
        [
            french.block(shown.block),
            *(f"  {line}" for line in fields(shown).split("\n")),
        ]
    )


def fields(shown: Form) -> str:
    """
    The same without its title.
    """
    return "\n".join(
        f"{french.field_label(field)} : {french.field_text(field) or '…'}"
        for field in shown.fields
    )


def chosen(child: Child, offer: Offer) -> tuple[str, ...]:
    """
    « Choix établissement et période ».
    """
    days = offer.period.calendar
    first, last = map(french.short_day, (days.first_day, days.last_day))
    between = f"du {first} au {last}"
    return (
        f"Usager : {child.name}",
        f"Etablissement : {offer.establishment.label}",
        f"Accueil : {offer.accueil.label}",
        f"Période : {offer.period.label}, {between}",
        "Amplitudes : " + ", ".join(one.label for one in offer.amplitudes),
    )


def requests(shown: Page[RequestDetail]) -> str:
    """
    What a family still has, the last one first.
    """
    lines = [("N°", "Jours", "Etat")]
    lines.extend(
        (
            f"{detail.number}",
            ", ".join(french.short_day(line.day) for line in detail.lines),
            french.request_state(detail.state),
        )
        for detail in shown.items
    )
    return f"{columns(lines, words=3)}\n{french.page(shown)}"


def invoices(shown: Page[ListedInvoice]) -> str:
    """
    Invoices, the last one first, and what became of them.
    """
    lines = [("Facture", "Date", "Etat", "Montant")]
    lines.extend(
        (
            listed.invoice.number,
            french.short_day(day_of(listed.invoice.issued_at)),
            french.invoice_state(listed.state),
            french.amount(listed.invoice.total),
        )
        for listed in shown.items
    )
    return f"{columns(lines, words=3)}\n{french.page(shown)}\n"


def credit_notes(shown: Page[CreditNote]) -> str:
    """
    Avoirs, the last one first.
    """
    lines = [("Avoir", "Date", "Montant")]
    lines.extend(
        (
            note.number,
            french.short_day(day_of(note.issued_at)),
            french.amount(note.amount),
        )
        for note in shown.items
    )
    return f"{columns(lines, words=2)}\n{french.page(shown)}\n"


def summary(shown: Summary) -> str:
    """
    « Facture(s) en attente de paiement », and what avoirs are left.
    """
    return "\n".join(
        [
            french.pending_invoices(shown.pending),
            f"Avoirs disponibles : {french.amount(shown.available)}",
        ]
    )
