"""
Money: attempts, ledgers, invoices, avoirs.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.payments import UNRESOLVED, AttemptState, Due
from portail_core.domain.quotes import Adjusted, Aided
from portail_core.domain.tariffs import Nature
from portail_sql._tables import (
    MARK,
    cents,
    column,
    identifier,
    number,
    optional,
    position,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import TEXT, Cents, Day, Euros, Figure, Moment, Reread

_UNRESOLVED = sa.text(
    f"state IN ({', '.join(sorted(repr(s.value) for s in UNRESOLVED))})"
)

ATTEMPTS = table(
    "attempts",
    column("reference", primary_key=True),
    identifier("household_id", to("households.id")),
    identifier("account_id"),
    column("regie"),
    column("provider"),
    cents("total"),
    cents("credits"),
    column("created_at", Moment),
    column("open_until", Moment),
    state("state", AttemptState),
    column("provider_key", nullable=True, unique=True, key="key"),
    optional("redirect_url"),
    # Read at each step of one payment, which has few.
    column("dues", Reread(tuple[Due, ...], size=20)),
    version(),
    sa.Index(f"ix_{MARK}attempts_household_id_regie", "household", "regie"),
    sa.Index(
        f"ix_{MARK}attempts_unresolved",
        "created_at",
        sqlite_where=_UNRESOLVED,
        postgresql_where=_UNRESOLVED,
    ),
)

LEDGERS = table(
    "ledgers",
    identifier("household_id", to("households.id"), primary_key=True),
    column("regie", primary_key=True),
    cents("received"),
    cents("invoiced"),
    cents("credited"),
    cents("set_aside"),
    version(),
)


def _to_ledger() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["household", "regie"],
        [f"{MARK}ledgers.household", f"{MARK}ledgers.regie"],
        deferrable=True,
        initially="DEFERRED",
    )


LEDGER_CREDITS = table(
    "ledger_credits",
    identifier("household_id", primary_key=True),
    column("regie", primary_key=True),
    position(),
    column("credit_note_number", key="number"),
    cents("left"),
    _to_ledger(),
)

LEDGER_RESERVATIONS = table(
    "ledger_reservations",
    identifier("household_id", primary_key=True),
    column("regie", primary_key=True),
    position(),
    column("attempt_reference", key="attempt"),
    column("credit_note_number", key="credit"),
    cents("amount"),
    _to_ledger(),
)

INVOICES = table(
    "invoices",
    column("number", primary_key=True),
    column("regie"),
    identifier("household_id", to("households.id"), index=True),
    column("attempt_reference", TEXT, to("attempts.reference"), key="attempt"),
    column("issued_at", Moment),
    cents("total"),
    cents("paid_with_credits"),
)

INVOICE_LINES = table(
    "invoice_lines",
    column(
        "invoice_number",
        TEXT,
        to("invoices.number"),
        primary_key=True,
        key="invoice",
    ),
    position(),
    number("request"),
    column("accueil"),
    column("period"),
    identifier("child_id"),
    column("day", Day),
    column("prestation"),
    column("designation"),
    state("nature", Nature),
    column("quantity", Figure),
    column("unit_price_euros", Euros, key="unit_price"),
    # Below zero: what a change had been paid for before.
    column("amount_cents", Cents, key="amount"),
    column("rule"),
    column("path"),
    column("label"),
    column("source"),
    column("adjusted", Reread(tuple[Adjusted, ...])),
    column("aids", Reread(tuple[Aided, ...])),
    optional("together"),
)

INVOICE_PARTIES = table(
    "invoice_parties",
    column(
        "invoice_number",
        TEXT,
        to("invoices.number"),
        primary_key=True,
        key="invoice",
    ),
    column("name"),
    column("address"),
    version(),
)

CREDIT_NOTES = table(
    "credit_notes",
    column("number", primary_key=True),
    column("regie"),
    identifier("household_id", to("households.id"), index=True),
    column("issued_at", Moment),
    cents("amount"),
)

CREDIT_NOTE_LINES = table(
    "credit_note_lines",
    column(
        "credit_note_number",
        TEXT,
        to("credit_notes.number"),
        primary_key=True,
        key="credit_note",
    ),
    position(),
    column("invoice_number", TEXT, to("invoices.number"), key="invoice"),
    number("request"),
    identifier("child_id"),
    column("day", Day),
    cents("kept"),
    cents("credited"),
    column("reason"),
)
