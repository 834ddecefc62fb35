"""
Families: households, accounts, children.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.accounts import AccountState
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.forms import Block
from portail_core.domain.households import Adult, FamilySituation
from portail_core.domain.links import Purpose
from portail_sql._tables import (
    MARK,
    column,
    identifier,
    optional,
    position,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import WHOLE, Day, Figure, Moment, Wire

HOUSEHOLDS = table(
    "households",
    column("id", primary_key=True),
    optional("street"),
    optional("postcode"),
    optional("town"),
    optional("phone"),
    optional("children_count", sa.Integer),
    # What prices depend on beside the quotient, as staff recorded it.
    column("facts", Wire(HouseholdFacts)),
    optional("quotient", Figure),
    optional("quotient_month", Day),
    optional("quotient_evidence"),
    optional("quotient_recorded_at", Moment),
    optional("entered_at", Moment),
    identifier("joined_to_id", to("households.id"), nullable=True),
    column("alike"),
    version(),
    # PostgreSQL indexes no text of any length; it sorts what it finds.
    sa.Index(f"ix_{MARK}households_alike", "alike", info={"only": "sqlite"}),
)

HOUSEHOLD_ADULTS = table(
    "household_adults",
    identifier("household_id", to("households.id"), primary_key=True),
    position(),
    identifier("account_id", nullable=True),
    optional("first_name"),
    optional("last_name"),
    optional("birth_date", Day),
    state("family_situation", FamilySituation, nullable=True),
    optional("street"),
    optional("postcode"),
    optional("town"),
    optional("email"),
    optional("home_phone"),
    optional("mobile_phone"),
    optional("occupation"),
    optional("employer"),
    optional("work_phone"),
    column("alike"),
    sa.Index(f"ix_{MARK}household_adults_birth_date", "birth_date"),
)

ACCOUNTS = table(
    "accounts",
    column("id", primary_key=True),
    column("email", unique=True),
    optional("password"),
    identifier("household_id", to("households.id"), index=True),
    state("state", AccountState),
    column("created_at", Moment),
    column("epoch", WHOLE),
    version(),
)

LINKS = table(
    "links",
    column("id", primary_key=True),
    column("digest", unique=True),
    identifier("account_id", to("accounts.id")),
    state("purpose", Purpose),
    column("email"),
    optional("password"),
    identifier("household_id", to("households.id")),
    optional("replaces"),
    column("epoch", WHOLE),
    column("expires_at", Moment),
    optional("used_at", Moment),
    version(),
)

SESSIONS = table(
    "sessions",
    column("digest", primary_key=True),
    identifier("account_id", to("accounts.id")),
    column("epoch", WHOLE),
    column("expires_at", Moment),
    version(),
)

# What someone typed is for nobody to read: purged once it is over.
REGISTRATIONS = table(
    "registrations",
    column("digest", primary_key=True),
    column("email"),
    optional("password"),
    column("adult", Wire(Adult)),
    column("done", Wire(tuple[Block, ...])),
    column("created_at", Moment),
    column("expires_at", Moment),
    optional("ended_at", Moment),
    version(),
)

CHILDREN = table(
    "children",
    column("id", primary_key=True),
    column("first_name"),
    column("last_name"),
    column("birth_date", Day),
    column("alike"),
    version(),
    sa.Index(f"ix_{MARK}children_birth_date", "birth_date"),
)

CUSTODIES = table(
    "custodies",
    identifier("household_id", to("households.id"), primary_key=True),
    identifier("child_id", to("children.id"), primary_key=True, index=True),
    column("since", Day),
    version(),
)

# Two households that may be one, and are two.
DISMISSALS = table(
    "dismissals",
    identifier("registered_id", to("households.id"), primary_key=True),
    identifier("dossier_id", to("households.id"), primary_key=True),
    identifier("agent_id"),
    column("at", Moment),
    version(),
)

# What a form held before and after, by whom: purged with the household.
CHANGES = table(
    "changes",
    column("id", primary_key=True),
    identifier("household_id", to("households.id"), index=True),
    column("subject"),
    column("field_name"),
    optional("before"),
    optional("after"),
    column("actor"),
    column("at", Moment),
)
