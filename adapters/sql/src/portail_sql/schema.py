"""
The tables, for whoever reads them: one row a child-day, one an invoice line.

Days are « 2026-05-27 », moments « 2026-05-13T09:12:56.000000Z » (UTC), amounts
whole cents.  A `version` counts the changes of a row's record.  What must
never be is refused by the database as well: a state that is none, an amount
below zero, an address with two accounts, a part of a child's day taken twice.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.accounts import AccountState, Purpose
from portail_core.domain.notices import Notice
from portail_core.domain.payments import UNRESOLVED, AttemptState, Due
from portail_core.domain.places import Place
from portail_core.domain.requests import LineState
from portail_core.domain.tariffs import Nature
from portail_core.ports.store import Delivery, Event

from ._tables import (
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
from .columns import WHOLE, Day, Figure, Moment, Wire

SCHEMA_VERSION = 1

SCHEMA = table(
    "schema_version", column("version", sa.Integer, primary_key=True)
)

# Families -------------------------------------------------------------------

HOUSEHOLDS = table(
    "households",
    column("id", primary_key=True),
    optional("street"),
    optional("postcode"),
    optional("town"),
    optional("quotient", Figure),
    optional("quotient_month", Day),
    optional("quotient_evidence"),
    optional("quotient_recorded_at", Moment),
    version(),
)

HOUSEHOLD_ADULTS = table(
    "household_adults",
    identifier("household_id", to("households.id"), primary_key=True),
    position(),
    column("first_name"),
    column("last_name"),
    identifier("account_id", nullable=True),
)

ACCOUNTS = table(
    "accounts",
    column("id", primary_key=True),
    column("email", unique=True),
    column("password"),
    identifier("household_id", to("households.id")),
    state("state", AccountState),
    column("created_at", Moment),
    version(),
)

LINKS = table(
    "links",
    column("id", primary_key=True),
    column("digest", unique=True),
    identifier("account_id", to("accounts.id")),
    state("purpose", Purpose),
    column("password"),
    column("expires_at", Moment),
    optional("used_at", Moment),
    version(),
)

SESSIONS = table(
    "sessions",
    column("digest", primary_key=True),
    identifier("account_id", to("accounts.id")),
    column("password"),
    column("expires_at", Moment),
    version(),
)

CHILDREN = table(
    "children",
    column("id", primary_key=True),
    column("first_name"),
    column("last_name"),
    column("birth_date", Day),
    version(),
)

CUSTODIES = table(
    "custodies",
    identifier("household_id", to("households.id"), primary_key=True),
    identifier("child_id", to("children.id"), primary_key=True),
    column("since", Day),
    version(),
)

# Bookings -------------------------------------------------------------------

REQUESTS = table(
    "requests",
    column("number", WHOLE, primary_key=True, autoincrement=False),
    identifier("household_id", to("households.id"), index=True),
    identifier("account_id"),
    identifier("child_id", to("children.id")),
    column("regie"),
    column("accueil"),
    column("period"),
    column("reglement"),
    optional("quotient", Figure),
    column("created_at", Moment),
    column("held_until", Moment),
    optional("pinned_by"),
    optional("pinned_until", Moment),
    # The later of held_until and pinned_until.
    column("taken_until", Moment),
    version(),
)

_HELD = sa.text("state = 'held'")

REQUEST_LINES = table(
    "request_lines",
    number("request", to("requests.number"), primary_key=True),
    column("day", Day, primary_key=True),
    identifier("child_id"),
    column("amplitude"),
    state("state", LineState),
    cents("paid"),
    column("places", Wire(tuple[Place, ...])),
    sa.Index("ix_request_lines_child_id_day", "child", "day"),
    sa.Index(
        "ix_request_lines_held",
        "request",
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    ),
)

# A row for each place of a line held, perhaps past its time, or confirmed.
TAKEN_PARTS = table(
    "taken_parts",
    number("request", to("requests.number"), index=True),
    identifier("child_id"),
    column("day", Day),
    column("part"),
    optional("taken_until", Moment),  # NULL is for good
    sa.PrimaryKeyConstraint("child", "day", "part"),
)

TAKEN_PLACES = table(
    "taken_places",
    number("request", to("requests.number"), index=True),
    column("pool"),
    column("day", Day),
    column("part"),
    identifier("child_id"),
    optional("taken_until", Moment),  # NULL is for good
    sa.PrimaryKeyConstraint("pool", "day", "part", "request"),
)

# What PostgreSQL locks before it counts; SQLite has one lock for all.
POOL_DAYS = table(
    "pool_days",
    column("pool", primary_key=True),
    column("day", Day, primary_key=True),
)

# Money ----------------------------------------------------------------------

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
    column("dues", Wire(tuple[Due, ...])),
    version(),
    sa.Index("ix_attempts_household_id_regie", "household", "regie"),
    sa.Index(
        "ix_attempts_unresolved",
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
        ["ledgers.household", "ledgers.regie"],
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
    column(
        "attempt_reference", sa.Text, to("attempts.reference"), key="attempt"
    ),
    column("issued_at", Moment),
    cents("total"),
    cents("paid_with_credits"),
)

INVOICE_LINES = table(
    "invoice_lines",
    column(
        "invoice_number",
        sa.Text,
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
    cents("unit_price"),
    cents("amount"),
    column("rule"),
    column("path"),
    column("label"),
    column("source"),
)

INVOICE_PARTIES = table(
    "invoice_parties",
    column(
        "invoice_number",
        sa.Text,
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
    column("invoice_number", sa.Text, to("invoices.number"), key="invoice"),
    column("issued_at", Moment),
    cents("amount"),
)

CREDIT_NOTE_LINES = table(
    "credit_note_lines",
    column(
        "credit_note_number",
        sa.Text,
        to("credit_notes.number"),
        primary_key=True,
        key="credit_note",
    ),
    position(),
    number("request"),
    identifier("child_id"),
    column("day", Day),
    cents("kept"),
    cents("credited"),
    column("reason"),
)

# The desk -------------------------------------------------------------------

OUTBOX = table(
    "outbox",
    column("id", sa.Integer, primary_key=True, autoincrement=True),
    column("key", unique=True),
    column("notice", Wire(Notice)),
    column("queued_at", Moment),
    column("due_at", Moment),
    state("delivery", Delivery),
    column("tries", sa.Integer),
    version(),
    sa.Index("ix_outbox_delivery_due_at", "delivery", "due_at"),
)

COMMANDS = table(
    "commands",
    identifier("household_id", to("households.id"), primary_key=True),
    column("command_key", primary_key=True, key="key"),
    column("arguments"),
    column("answer"),
)

REGLEMENTS = table(
    "reglements",
    column("digest", primary_key=True),
    column("since", Day, primary_key=True),
    column("text"),
    column("activated_at", Moment),
)

JOURNAL = table(
    "journal",
    column("sequence", WHOLE, primary_key=True, autoincrement=False),
    column("stream"),
    column("actor"),
    column("at", Moment),
    column("event", Wire(Event)),
    sa.Index("ix_journal_stream", "stream", "sequence"),
)

COUNTERS = table(
    "counters",
    column("series", primary_key=True),
    column("value", WHOLE),
)
