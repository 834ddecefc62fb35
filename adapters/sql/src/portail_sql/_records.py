"""
Every kind of record, in its tables.
"""

from __future__ import annotations

from typing import Any

from portail_core.domain.accounts import Account, Link, Session
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Address, Adult, Household
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
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_core.domain.requests import (
    Asked,
    Line,
    LineState,
    Pin,
    Request,
)
from portail_core.ports.store import KeptCommand, Queued, ReglementVersion

from . import schema
from ._shapes import Row, Rows, Shape, flat, numbered

# Families -------------------------------------------------------------------


def _spread_household(household: Household) -> tuple[Row, Rows]:
    address, quotient = household.address, household.quotient
    row = {
        "id": household.id,
        "street": address and address.street,
        "postcode": address and address.postcode,
        "town": address and address.town,
        "quotient": quotient and quotient.value,
        "quotient_month": quotient and quotient.month,
        "quotient_evidence": quotient and quotient.evidence,
        "quotient_recorded_at": quotient and quotient.recorded_at,
    }
    adults = numbered(
        (
            {
                "first_name": adult.first_name,
                "last_name": adult.last_name,
                "account": adult.account,
            }
            for adult in household.adults
        ),
        household=household.id,
    )
    return row, {schema.HOUSEHOLD_ADULTS: adults}


def _gather_household(row: Row, rows: Rows) -> Household:
    return Household(
        id=row["id"],
        adults=tuple(
            Adult(
                first_name=adult["first_name"],
                last_name=adult["last_name"],
                account=adult["account"],
            )
            for adult in rows[schema.HOUSEHOLD_ADULTS]
        ),
        address=None if row["street"] is None else _address(row),
        quotient=None if row["quotient"] is None else _quotient(row),
    )


def _address(row: Row) -> Address:
    return Address(
        street=row["street"], postcode=row["postcode"], town=row["town"]
    )


def _quotient(row: Row) -> QuotientFamilial:
    return QuotientFamilial(
        value=row["quotient"],
        month=row["quotient_month"],
        evidence=row["quotient_evidence"],
        recorded_at=row["quotient_recorded_at"],
    )


# Bookings -------------------------------------------------------------------

_ASKED = (
    "household",
    "account",
    "child",
    "regie",
    "accueil",
    "period",
    "reglement",
    "quotient",
)


def _spread_request(request: Request) -> tuple[Row, Rows]:
    pin = request.pin
    row = {
        "number": request.number,
        **{name: getattr(request.asked, name) for name in _ASKED},
        "created_at": request.created_at,
        "held_until": request.held_until,
        "pinned_by": pin and pin.attempt,
        "pinned_until": pin and pin.until,
        "taken_until": request.taken_until,
    }
    lines = tuple(_line_row(request, line) for line in request.lines)
    return row, {schema.REQUEST_LINES: lines, **_taken(request)}


def _line_row(request: Request, line: Line) -> Row:
    return {
        "request": request.number,
        "day": line.day,
        "child": request.asked.child,
        "amplitude": line.amplitude,
        "state": line.state,
        "paid": line.paid,
        "places": line.places,
    }


def _taken(request: Request) -> Rows:
    parts: list[Row] = []
    places: list[Row] = []
    for line in request.lines:
        if line.state not in {LineState.HELD, LineState.CONFIRMED}:
            continue
        confirmed = line.state is LineState.CONFIRMED
        for place in line.places:
            row = {
                "request": request.number,
                "child": request.asked.child,
                "day": line.day,
                "part": place.part,
                "taken_until": None if confirmed else request.taken_until,
            }
            parts.append(row)
            places.extend({**row, "pool": pool} for pool in place.pools)
    return {
        schema.TAKEN_PARTS: tuple(parts),
        schema.TAKEN_PLACES: tuple(places),
    }


def _gather_request(row: Row, rows: Rows) -> Request:
    pinned_by, pinned_until = row["pinned_by"], row["pinned_until"]
    return Request(
        number=row["number"],
        asked=Asked(**{name: row[name] for name in _ASKED}),
        created_at=row["created_at"],
        held_until=row["held_until"],
        lines=tuple(_line(line) for line in rows[schema.REQUEST_LINES]),
        pin=Pin(attempt=pinned_by, until=pinned_until) if pinned_by else None,
    )


def _line(row: Row) -> Line:
    return Line(
        day=row["day"],
        amplitude=row["amplitude"],
        places=row["places"],
        state=row["state"],
        paid=row["paid"],
    )


# Money ----------------------------------------------------------------------

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
)
_WHY = ("rule", "path", "label", "source")
_CREDIT_NOTE = ("number", "regie", "household", "invoice", "issued_at")
_CREDITED_DAY = ("request", "child", "day", "kept", "credited", "reason")


def _picked(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _named(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _spread_attempt(attempt: Attempt) -> tuple[Row, Rows]:
    return {**_picked(attempt, _ATTEMPT), "total": attempt.total}, {}


def _gather_attempt(row: Row, _: Rows) -> Attempt:
    return Attempt(**_named(row, _ATTEMPT))


def _spread_ledger(ledger: Ledger) -> tuple[Row, Rows]:
    whose = _picked(ledger, ("household", "regie"))
    return _picked(ledger, _LEDGER), {
        schema.LEDGER_CREDITS: numbered(
            (_picked(c, ("number", "left")) for c in ledger.credits), **whose
        ),
        schema.LEDGER_RESERVATIONS: numbered(
            (
                _picked(part, ("attempt", "credit", "amount"))
                for part in ledger.reservations
            ),
            **whose,
        ),
    }


def _gather_ledger(row: Row, rows: Rows) -> Ledger:
    return Ledger(
        **_named(row, _LEDGER),
        credits=tuple(
            Credit(**_named(credit, ("number", "left")))
            for credit in rows[schema.LEDGER_CREDITS]
        ),
        reservations=tuple(
            Reservation(**_named(part, ("attempt", "credit", "amount")))
            for part in rows[schema.LEDGER_RESERVATIONS]
        ),
    )


def _spread_invoice(invoice: Invoice) -> tuple[Row, Rows]:
    lines = numbered(
        (
            {
                **_picked(line, _INVOICE_LINE),
                **_picked(line.priced, _PRICED),
                **_picked(line.priced.why, _WHY),
            }
            for line in invoice.lines
        ),
        invoice=invoice.number,
    )
    row = {**_picked(invoice, _INVOICE), "total": invoice.total}
    return row, {schema.INVOICE_LINES: lines}


def _gather_invoice(row: Row, rows: Rows) -> Invoice:
    return Invoice(
        **_named(row, _INVOICE),
        lines=tuple(
            InvoiceLine(
                **_named(line, _INVOICE_LINE),
                priced=PricedLine(
                    **_named(line, _PRICED), why=Why(**_named(line, _WHY))
                ),
            )
            for line in rows[schema.INVOICE_LINES]
        ),
    )


def _spread_credit_note(note: CreditNote) -> tuple[Row, Rows]:
    days = numbered(
        (_picked(day, _CREDITED_DAY) for day in note.days),
        credit_note=note.number,
    )
    row = {**_picked(note, _CREDIT_NOTE), "amount": note.amount}
    return row, {schema.CREDIT_NOTE_LINES: days}


def _gather_credit_note(row: Row, rows: Rows) -> CreditNote:
    return CreditNote(
        **_named(row, _CREDIT_NOTE),
        days=tuple(
            CreditedDay(**_named(day, _CREDITED_DAY))
            for day in rows[schema.CREDIT_NOTE_LINES]
        ),
    )


# All of them ----------------------------------------------------------------

HOUSEHOLD = Shape(
    kind=Household,
    table=schema.HOUSEHOLDS,
    key=("id",),
    parts=(schema.HOUSEHOLD_ADULTS,),
    spread=_spread_household,
    gather=_gather_household,
)
ACCOUNT = flat(Account, schema.ACCOUNTS, "id")
LINK = flat(Link, schema.LINKS, "id")
SESSION = flat(Session, schema.SESSIONS, "digest")
CHILD = flat(Child, schema.CHILDREN, "id")
CUSTODY = flat(Custody, schema.CUSTODIES, "household", "child")
REQUEST = Shape(
    kind=Request,
    table=schema.REQUESTS,
    key=("number",),
    parts=(schema.REQUEST_LINES,),
    shadows=(schema.TAKEN_PARTS, schema.TAKEN_PLACES),
    spread=_spread_request,
    gather=_gather_request,
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
QUEUED = flat(Queued, schema.OUTBOX, "key")
COMMAND = flat(KeptCommand, schema.COMMANDS, "household", "key")
REGLEMENT = flat(ReglementVersion, schema.REGLEMENTS, "digest", "since")
