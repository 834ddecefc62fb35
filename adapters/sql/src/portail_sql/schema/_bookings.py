"""
Bookings: requests, their lines, and the places they take.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.places import Place
from portail_core.domain.requests import LineState, Replaced
from portail_sql._tables import (
    MARK,
    cents,
    column,
    identifier,
    number,
    optional,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import (
    WHOLE,
    Clock,
    Day,
    Moment,
    Repeated,
    Reread,
    Wire,
)

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
    # What prices depend on, as it was known when the family asked.
    column("facts", Reread(HouseholdFacts)),
    column("booked_on", Day),
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
    column("places", Repeated(tuple[Place, ...])),
    # Of a change: the booked line that it stands in for.
    optional("replaces", Wire(Replaced)),
    optional("age", WHOLE),
    optional("rank", WHOLE),
    optional("siblings", WHOLE),
    # Where the family chooses them, Paris.
    optional("arrives", Clock),
    optional("leaves", Clock),
    sa.Index(f"ix_{MARK}request_lines_child_id_day", "child", "day"),
    sa.Index(
        f"ix_{MARK}request_lines_held",
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
