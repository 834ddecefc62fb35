"""
The desk: what waits to be sent, what was asked, what was decided.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.notices import Notice
from portail_core.ports.store import Delivery, Event
from portail_sql._tables import (
    MARK,
    at_least,
    column,
    identifier,
    kept,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import WHOLE, Day, Moment, Wire

OUTBOX = table(
    "outbox",
    "One row a letter that was sent, or waits to be.",
    column(
        "id",
        "In the order of queueing.",
        sa.Integer,
        primary_key=True,
        autoincrement=True,
    ),
    column(
        "key", "What it is about: the same is not queued twice.", unique=True
    ),
    column(
        "notice",
        "What is to be said: ids, days and amounts; the address is read when "
        "it is sent.",
        Wire(Notice),
    ),
    column("queued_at", "When it was queued.", Moment),
    column("due_at", "When to try next.", Moment),
    state(
        "delivery",
        "queued: waits; sent; failed: given up, staff see it.",
        Delivery,
    ),
    column(
        "tries", "How many tries failed.", sa.Integer, at_least(0, "tries")
    ),
    version(),
    sa.Index(f"ix_{MARK}outbox_delivery_due_at", "delivery", "due_at"),
)

COMMANDS = table(
    "commands",
    "One row a command of a family, so that sending it twice does it once.",
    identifier(
        "household_id",
        "The household that sent it.",
        to("households.id"),
        primary_key=True,
    ),
    column(
        "command_key", "Chosen by the sender.", primary_key=True, key="key"
    ),
    column("arguments", "A digest of what was asked."),
    column("answer", "What was answered, as JSON."),
)

REGLEMENTS = kept(
    "reglements",
    "One row a règlement and day from which it is the active one.",
    column(
        "digest", "Names its content, wherever it is cited.", primary_key=True
    ),
    column("since", "First day when it is active.", Day, primary_key=True),
    column("text", "The whole of it, as JSON."),
    column("activated_at", "When that was decided.", Moment),
)

JOURNAL = kept(
    "journal",
    "One row a thing that happened, in the order of commits: the whole story "
    "of requests, attempts and ledgers.",
    column(
        "sequence",
        "1, 2, 3… without a gap.",
        WHOLE,
        at_least(1, "sequence"),
        primary_key=True,
        autoincrement=False,
    ),
    column(
        "stream",
        "What it happened to: request/16, attempt/…, ledger/household/régie, "
        "household/….",
    ),
    column("actor", "Who did it: account/…, agent/…, job/…, provider."),
    column("at", "When.", Moment),
    column("reglement", "Digest of the règlement that was active."),
    column(
        "event",
        "What happened, as JSON: ids, days and amounts, nothing of a person.",
        Wire(Event),
    ),
    sa.Index(f"ix_{MARK}journal_stream", "stream", "sequence"),
)

COUNTERS = table(
    "counters",
    "One row a series of numbers without a gap.",
    column(
        "series", "Its name: requests, invoice/ALSH/2026….", primary_key=True
    ),
    column("value", "The last number given.", WHOLE, at_least(1, "value")),
)
