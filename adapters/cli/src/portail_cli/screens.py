"""
The guide's screens, as text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from portail_core import french
from portail_core.application.cancelling import Cancellation
from portail_core.application.papers import (
    InvoiceDetail,
)
from portail_core.application.planning import HeldRequest
from portail_core.application.readings import RequestDetail
from portail_core.domain.baskets import Basket
from portail_core.domain.cancellation import Settlement
from portail_core.domain.invoices import CreditNote
from portail_core.domain.money import ZERO
from portail_core.domain.planning import Day, Month
from portail_core.domain.quotes import Quote, QuoteRow, estimate
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Operator

WIDTH = 76


def title(text: str) -> str:
    """
    A scene begins.
    """
    return f"\n{'=' * WIDTH}\n{text}\n{'=' * WIDTH}"


def screen(name: str, *lines: str) -> str:
    """
    A screen: its name, and what stands on it.
    """
    return f"\n[ {name} ]\n{indented(*lines)}"


def indented(*lines: str) -> str:
    """
    Text two spaces in, no line wider than the screen.
    """
    return "\n".join(
        f"  {line}".rstrip()
        for text in lines
        for line in _wrapped(text).split("\n")
    )


def _wrapped(text: str) -> str:
    # A no-break space does not break, and neither does an address: a link
    # that is too long stays in one piece.
    return "\n".join(
        textwrap.fill(
            french.typeset(line),
            width=WIDTH - 2,
            subsequent_indent="  " if line.startswith("- ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        if len(line) > WIDTH - 2
        else line
        for line in text.split("\n")
    )


def table(rows: Iterable[QuoteRow]) -> str:
    """
    « Désignation, Quantité, Tarif, Montant ».
    """
    lines = [("Désignation", "Quantité", "Tarif", "Montant")]
    lines.extend(
        (
            french.designation(row),
            french.quantity(row.quantity),
            french.unit_price(row.unit_price),
            french.amount(row.amount),
        )
        for row in rows
    )
    return columns(lines)


def columns(lines: Sequence[tuple[str, ...]], *, words: int = 1) -> str:
    """
    Text in columns, the first *words* to the left, then figures to the right.
    """
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if rank < words else cell.rjust(width)
            for rank, (cell, width) in enumerate(
                zip(line, widths, strict=True)
            )
        ).rstrip()
        for line in lines
    )


def month(shown: Month) -> str:
    """
    « Mai 2026 », « Férié 1 »; what may be booked, and what is.
    """
    head = tuple(french.weekday(day.day) for day in shown.weeks[0])
    grid = [tuple(_square(day) for day in week) for week in shown.weeks]
    return "\n".join(
        [
            french.month(shown.first_day),
            columns([head, *grid], words=0),
            *(french.refusal(refusal) for refusal in shown.refusals),
        ]
    )


def _square(day: Day) -> str:
    word = ""
    if day.booked:
        word = french.line_state(day.booked[0].line)
    elif day.is_public_holiday:
        word = "Férié"
    elif day.is_free:
        word = "libre"
    return f"{word} {day.day.day}".strip()


def quote(estimated: Quote) -> str:
    """
    « Estimation de votre facture », and where each price comes from.
    """
    whys = dict.fromkeys(row.why for row in estimated.rows)
    return "\n".join(
        [
            table(estimated.rows),
            f"Total : {french.amount(estimated.total)}",
            *(french.why(why) for why in whys),
        ]
    )


def recorded(request: HeldRequest, detail: RequestDetail) -> str:
    """
    « Votre demande est maintenant enregistrée. »
    """
    return "\n".join(
        [
            "Votre demande est maintenant enregistrée.",
            f"Etat de la demande : {french.request_state(detail.state)}",
            "Votre demande se trouve désormais dans votre panier.",
            "Pour confirmer celle-ci, vous devez valider votre panier",
            f"avant le {french.moment(request.held_until)}",
            f"Usager : {detail.usager}",
            f"N° de la réservation : {request.number}",
            f"Date de création : {french.long_moment(request.created_at)}",
            f"Etablissement : {detail.establishment}",
            f"Accueil : {detail.accueil}",
            f"Période : {detail.period}",
        ]
    )


def reservation(detail: RequestDetail) -> str:
    """
    « Détail de la réservation ».
    """
    lines = [("Votre demande", "Date", "Etat")]
    lines.extend(
        (
            line.amplitude,
            french.day(line.day),
            french.line_state(line.state),
        )
        for line in detail.lines
    )
    return "\n".join(
        [
            f"Référent : {detail.referent}",
            f"N° de la réservation : {detail.number}",
            f"Etat de la réservation : {french.request_state(detail.state)}",
            f"Date de création : {french.long_moment(detail.created_at)}",
            f"Etablissement : {detail.establishment}",
            f"Accueil : {detail.accueil}",
            f"Période : {detail.period}",
            "",
            columns(lines, words=3),
        ]
    )


def basket(shown: Basket) -> str:
    """
    « Mon panier ».
    """
    if not shown.items:
        return "Votre panier est vide."
    lines = [("Réservation", "Date", "A valider avant le", "Montant")]
    lines.extend(
        (
            f"N° {item.request.number}",
            ", ".join(french.short_day(x.day) for x in item.request.lines),
            french.moment(item.held_until),
            french.amount(item.due.amount),
        )
        for item in shown.items
    )
    text = [columns(lines, words=3), f"Total : {french.amount(shown.total)}"]
    if shown.credits != ZERO:
        text.append(f"Avoirs disponibles : {french.amount(shown.credits)}")
    return "\n".join(text)


def invoice(detail: InvoiceDetail, operator: Operator) -> str:
    """
    A numbered invoice.
    """
    shown = detail.invoice
    rows = estimate(tuple(line.priced for line in shown.lines)).rows
    means = (
        ("par avoir", shown.paid_with_credits),
        ("en ligne", shown.total - shown.paid_with_credits),
    )
    return "\n".join(
        [
            operator.name,
            f"Facture n° {shown.number} du {french.moment(shown.issued_at)}",
            f"{detail.party.name}",
            f"{detail.party.address}",
            "",
            table(rows),
            f"Total : {french.amount(shown.total)}",
            *(
                f"Réglée {how} : {french.amount(paid)}"
                for how, paid in means
                if paid != ZERO
            ),
        ]
    )


def credit_note(note: CreditNote, operator: Operator) -> str:
    """
    An avoir.
    """
    lines = [("Date", "Conservé", "Crédité")]
    lines.extend(
        (
            french.day(day.day),
            french.amount(day.kept),
            french.amount(day.credited),
        )
        for day in note.days
    )
    reasons = dict.fromkeys(french.credited(day.reason) for day in note.days)
    return "\n".join(
        [
            operator.name,
            f"Avoir n° {note.number} du {french.moment(note.issued_at)}",
            f"Sur la facture n° {', '.join(note.invoices)}",
            "",
            columns(lines),
            f"Montant de l’avoir : {french.amount(note.amount)}",
            *reasons,
        ]
    )


def settlement(rest: Settlement) -> str:
    """
    Where what was paid beyond a price goes.
    """
    return french.settlement(
        kept=rest.kept, credited=rest.credited, reason=rest.label
    )


def cancellation(weighed: Cancellation) -> str:
    """
    What cancelling gives back, before it is confirmed.
    """
    return "\n".join(
        line
        for day in weighed.days
        for line in (
            f"{french.day(day.day)} : {settlement(day.settlement)}",
            *french.provisos(day.settlement),
        )
    )


def refused(error: Refused) -> str:
    """
    Every reason why not, and what to do next.
    """
    return "\n".join(f"- {french.refusal(why)}" for why in error.refusals)
