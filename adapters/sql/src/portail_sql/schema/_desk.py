"""
The desk: what waits to be sent, what was asked, what was decided.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.notices import Notice
from portail_core.ports.store import Delivery, Event
from portail_sql._tables import (
    MARK,
    column,
    identifier,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import WHOLE, Day, Moment, Wire

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
    sa.Index(f"ix_{MARK}outbox_delivery_due_at", "delivery", "due_at"),
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
    column("reglement"),
    column("event", Wire(Event)),
    sa.Index(f"ix_{MARK}journal_stream", "stream", "sequence"),
)

COUNTERS = table(
    "counters",
    column("series", primary_key=True),
    column("value", WHOLE),
)
