"""
Attempts, ledgers, invoices and avoirs in their tables.
"""

from __future__ import annotations

from portail_core.domain.invoices import (
    CreditedDay,
    CreditNote,
    Invoice,
    InvoiceLine,
    InvoiceParty,
)
from portail_core.domain.ledger import Credit, Ledger, Reservation
from portail_core.domain.payments import Attempt
from portail_core.domain.quotes import PricedLine, Why
from portail_sql import schema
from portail_sql._shapes import Row, Rows, Shape, flat, named, numbered, picked

_ATTEMPT = (
    "reference",
    "household",
    "account",
    "regie",
    "provider",
    "dues",
    "credits",
    "created_at",
    "open_until",
    "state",
    "key",
    "redirect_url",
)
_LEDGER = (
    "household",
    "regie",
    "received",
    "invoiced",
    "credited",
    "set_aside",
)
_INVOICE = (
    "number",
    "regie",
    "household",
    "attempt",
    "issued_at",
    "paid_with_credits",
)
_INVOICE_LINE = ("request", "accueil", "period")
_PRICED = (
    "child",
    "day",
    "prestation",
    "designation",
    "nature",
    "quantity",
    "unit_price",
    "amount",
    "aids",
    "together",
)
_WHY = ("rule", "path", "label", "source", "adjusted")
_CREDIT_NOTE = ("number", "regie", "household", "issued_at")
_CREDITED_DAY = (
    "invoice",
    "request",
    "child",
    "day",
    "kept",
    "credited",
    "reason",
)


def _spread_attempt(attempt: Attempt) -> tuple[Row, Rows]:
    return {**picked(attempt, _ATTEMPT), "total": attempt.total}, {}


def _gather_attempt(row: Row, _: Rows) -> Attempt:
    return Attempt(**named(row, _ATTEMPT))


def _spread_ledger(ledger: Ledger) -> tuple[Row, Rows]:
    whose = picked(ledger, ("household", "regie"))
    return picked(ledger, _LEDGER), {
        schema.LEDGER_CREDITS: numbered(
            (picked(c, ("number", "left")) for c in ledger.credits), **whose
        ),
        schema.LEDGER_RESERVATIONS: numbered(
            (
                picked(part, ("attempt", "credit", "amount"))
                for part in ledger.reservations
            ),
            **whose,
        ),
    }


def _gather_ledger(row: Row, rows: Rows) -> Ledger:
    return Ledger(
        **named(row, _LEDGER),
        credits=tuple(
            Credit(**named(credit, ("number", "left")))
            for credit in rows[schema.LEDGER_CREDITS]
        ),
        reservations=tuple(
            Reservation(**named(part, ("attempt", "credit", "amount")))
            for part in rows[schema.LEDGER_RESERVATIONS]
        ),
    )


def _spread_invoice(invoice: Invoice) -> tuple[Row, Rows]:
    lines = numbered(
        (
            {
                **picked(line, _INVOICE_LINE),
                **picked(line.priced, _PRICED),
                **picked(line.priced.why, _WHY),
            }
            for line in invoice.lines
        ),
        invoice=invoice.number,
    )
    row = {**picked(invoice, _INVOICE), "total": invoice.total}
    return row, {schema.INVOICE_LINES: lines}


def _gather_invoice(row: Row, rows: Rows) -> Invoice:
    return Invoice(
        **named(row, _INVOICE),
        lines=tuple(
            InvoiceLine(
                **named(line, _INVOICE_LINE),
                priced=PricedLine(
                    **named(line, _PRICED), why=Why(**named(line, _WHY))
                ),
            )
            for line in rows[schema.INVOICE_LINES]
        ),
    )


def _spread_credit_note(note: CreditNote) -> tuple[Row, Rows]:
    days = numbered(
        (picked(day, _CREDITED_DAY) for day in note.days),
        credit_note=note.number,
    )
    row = {**picked(note, _CREDIT_NOTE), "amount": note.amount}
    return row, {schema.CREDIT_NOTE_LINES: days}


def _gather_credit_note(row: Row, rows: Rows) -> CreditNote:
    return CreditNote(
        **named(row, _CREDIT_NOTE),
        days=tuple(
            CreditedDay(**named(day, _CREDITED_DAY))
            for day in rows[schema.CREDIT_NOTE_LINES]
        ),
    )


ATTEMPT = Shape(
    kind=Attempt,
    table=schema.ATTEMPTS,
    key=("reference",),
    spread=_spread_attempt,
    gather=_gather_attempt,
)
LEDGER = Shape(
    kind=Ledger,
    table=schema.LEDGERS,
    key=("household", "regie"),
    parts=(schema.LEDGER_CREDITS, schema.LEDGER_RESERVATIONS),
    spread=_spread_ledger,
    gather=_gather_ledger,
)
INVOICE = Shape(
    kind=Invoice,
    table=schema.INVOICES,
    key=("number",),
    parts=(schema.INVOICE_LINES,),
    spread=_spread_invoice,
    gather=_gather_invoice,
)
INVOICE_PARTY = flat(InvoiceParty, schema.INVOICE_PARTIES, "invoice")
CREDIT_NOTE = Shape(
    kind=CreditNote,
    table=schema.CREDIT_NOTES,
    key=("number",),
    parts=(schema.CREDIT_NOTE_LINES,),
    spread=_spread_credit_note,
    gather=_gather_credit_note,
)
