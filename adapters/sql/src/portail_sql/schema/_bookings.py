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
    at_least,
    cents,
    check,
    column,
    identifier,
    number,
    optional,
    state,
    table,
    to,
    to_both,
    together,
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
    "One row a request: days of one child at one accueil.",
    column(
        "number",
        "Its number, as the family reads it.",
        WHOLE,
        at_least(1, "number"),
        primary_key=True,
        autoincrement=False,
    ),
    identifier(
        "household_id",
        "The household that asked, and pays.",
        to("households.id"),
        index=True,
    ),
    identifier("account_id", "The account that asked."),
    identifier("child_id", "The child that comes.", to("children.id")),
    column("regie", "Code of the régie that its money goes to."),
    column("accueil", "Code of the accueil."),
    column("period", "Code of the accueil's period."),
    column(
        "reglement",
        "Digest of the règlement that decides its prices and cancellation.",
    ),
    column(
        "facts",
        "What prices depend on (quotients, income, residency…), as it was "
        "known when the family asked.",
        Reread(HouseholdFacts),
    ),
    column(
        "booked_on",
        "The day it was asked for, in Paris; that of the booking, for a "
        "change of one.",
        Day,
    ),
    column("created_at", "When it was asked for.", Moment),
    column(
        "held_until",
        "First moment when an unpaid request is no longer held.",
        Moment,
    ),
    optional(
        "pinned_by",
        "Reference of the attempt to pay that keeps its places; NULL if none "
        "does.",
    ),
    optional(
        "pinned_until",
        "First moment when that attempt no longer keeps them; NULL if none "
        "does.",
        Moment,
    ),
    column(
        "taken_until",
        "The later of held_until and pinned_until: from then on an unpaid "
        "request takes no place.",
        Moment,
    ),
    version(),
    # What its lines and places refer to: they are the child's.
    sa.UniqueConstraint("number", "child", name=f"uq_{MARK}requests_child"),
    together("pin_whole", "pinned_by", "pinned_until"),
    check(
        "taken_while_held",
        "taken_until >= held_until"
        " AND (pinned_until IS NULL OR taken_until >= pinned_until)",
    ),
)

_HELD = sa.text("state = 'held'")

REQUEST_LINES = table(
    "request_lines",
    "One row a child-day of a request, whatever became of it.",
    number("request", "The request.", primary_key=True),
    column("day", "The day.", Day, primary_key=True),
    identifier("child_id", "The request's child."),
    column("amplitude", "Code of the amplitude: which part of the day."),
    state(
        "state",
        "held: asked for, not paid (look at taken_until of its request); "
        "confirmed: paid, the child comes; cancelled: given back after "
        "payment; discarded: thrown away before; expired: not paid in time; "
        "credited: paid too late, an avoir instead; superseded: a paid change "
        "stands in its place.",
        LineState,
    ),
    cents(
        "paid",
        "What was paid for the day, and for what it replaces; 0 until it is "
        "paid.",
    ),
    column(
        "places",
        "Parts of the day that it occupies, and the pools that count them; of "
        "a change that is not paid, those that it adds.",
        Repeated(tuple[Place, ...]),
    ),
    optional(
        "replaces",
        "The booked line that a change stands in for; NULL unless it is a "
        "change.",
        Wire(Replaced),
    ),
    optional(
        "age",
        "Whole years of the child on the day; NULL if the rules ask for none.",
        WHOLE,
        at_least(0, "age"),
    ),
    optional(
        "rank",
        "Of the child among the siblings that count, from 1; NULL if the "
        "règlement ranks nobody.",
        WHOLE,
        at_least(1, "rank"),
    ),
    optional(
        "siblings",
        "How many children count, this one included; NULL if the règlement "
        "ranks nobody.",
        WHOLE,
    ),
    optional(
        "arrives",
        "When the child comes, Paris; NULL unless families choose the hours.",
        Clock,
    ),
    optional(
        "leaves",
        "When the child goes, Paris; NULL unless families choose the hours.",
        Clock,
    ),
    to_both(("request", "child"), "requests", ("number", "child")),
    check(
        "paid_once_paid",
        "paid_cents = 0 OR state IN ('confirmed', 'cancelled', 'superseded')",
    ),
    check("rank_among_siblings", "rank <= siblings"),
    together("ranked_whole", "rank", "siblings"),
    together("hours_whole", "arrives", "leaves"),
    check("hours_in_order", "arrives < leaves"),
    sa.Index(f"ix_{MARK}request_lines_child_id_day", "child", "day"),
    sa.Index(
        f"ix_{MARK}request_lines_held",
        "request",
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    ),
)

_TAKEN_UNTIL = (
    "First moment when the place is free again; NULL if it is taken for good: "
    "the line is confirmed."
)

TAKEN_PARTS = table(
    "taken_parts",
    "One row a part of a day that a line takes, held (perhaps past its time) "
    "or confirmed: a child cannot be twice at one time.",
    number("request", "The request that takes it.", index=True),
    identifier("child_id", "The child."),
    column("day", "The day.", Day),
    column("part", "Code of the part of the day."),
    optional("taken_until", _TAKEN_UNTIL, Moment),
    sa.PrimaryKeyConstraint("child", "day", "part"),
    to_both(("request", "child"), "requests", ("number", "child")),
)

TAKEN_PLACES = table(
    "taken_places",
    "One row a place in a pool that a line takes: what is counted against the "
    "pool's capacity.",
    number("request", "The request that takes it.", index=True),
    column("pool", "Code of the pool."),
    column("day", "The day.", Day),
    column("part", "Code of the part of the day."),
    identifier("child_id", "The child."),
    optional("taken_until", _TAKEN_UNTIL, Moment),
    sa.PrimaryKeyConstraint("pool", "day", "part", "request"),
    to_both(("request", "child"), "requests", ("number", "child")),
)

POOL_DAYS = table(
    "pool_days",
    "What PostgreSQL locks before it counts places; SQLite has one lock for "
    "all, and no rows here.",
    column("pool", "Code of the pool.", primary_key=True),
    column("day", "The day.", Day, primary_key=True),
)
