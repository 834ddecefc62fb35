"""
Families: households, their adults, their children.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.households import FamilySituation
from portail_sql._tables import (
    MARK,
    at_least,
    check,
    column,
    identifier,
    optional,
    position,
    state,
    table,
    to,
    together,
    version,
)
from portail_sql.columns import Day, Figure, Moment, Wire

_ALIKE = "Names without case and accents, to find the same people twice."

HOUSEHOLDS = table(
    "households",
    "One row a household, as it is billed.",
    column("id", "Its id.", primary_key=True),
    optional("street", "Where it is written to; NULL until the family said."),
    optional("postcode", "The same; NULL until the family said."),
    optional("town", "The same; NULL until the family said."),
    optional("phone", "Ten digits, or + and more; NULL if not given."),
    optional(
        "children_count",
        "How many children, as the family says; NULL if it did not.",
        sa.Integer,
        at_least(0, "children_count"),
    ),
    column(
        "facts",
        "What prices depend on beside the quotient, as staff recorded it.",
        Wire(HouseholdFacts),
    ),
    optional(
        "quotient",
        "The last quotient familial, euros a month and share; NULL if none "
        "was ever recorded.",
        Figure,
    ),
    optional(
        "quotient_month",
        "First day of the month that the quotient is of; NULL without one.",
        Day,
    ),
    optional(
        "quotient_evidence",
        "Where the quotient was read; NULL without one.",
    ),
    optional(
        "quotient_recorded_at",
        "When the quotient was recorded; NULL without one.",
        Moment,
    ),
    optional(
        "entered_at",
        "When staff entered the dossier; NULL if the family described itself.",
        Moment,
    ),
    identifier(
        "joined_to_id",
        "The dossier that has everything now; NULL unless staff joined the "
        "two.",
        to("households.id"),
        nullable=True,
    ),
    column("alike", _ALIKE),
    version(),
    together("address_whole", "street", "postcode", "town"),
    together(
        "quotient_whole",
        "quotient",
        "quotient_month",
        "quotient_evidence",
        "quotient_recorded_at",
    ),
    check("quotient_not_negative", "CAST(quotient AS REAL) >= 0"),
    check("joined_to_another", "joined_to_id <> id"),
    # PostgreSQL indexes no text of any length; it sorts what it finds.
    sa.Index(f"ix_{MARK}households_alike", "alike", info={"only": "sqlite"}),
)

HOUSEHOLD_ADULTS = table(
    "household_adults",
    "One row an adult of a household; what they did not say is NULL.",
    identifier(
        "household_id",
        "The household.",
        to("households.id"),
        primary_key=True,
    ),
    position(),
    identifier(
        "account_id", "Their account; NULL if they have none.", nullable=True
    ),
    optional("first_name", "First name; NULL until said."),
    optional("last_name", "Last name; NULL until said."),
    optional("birth_date", "Day of birth; NULL if not said.", Day),
    state(
        "family_situation",
        "« Situation familiale »; NULL if not said.",
        FamilySituation,
        nullable=True,
    ),
    optional("street", "An address of their own; NULL if they gave none."),
    optional("postcode", "The same; NULL if they gave none."),
    optional("town", "The same; NULL if they gave none."),
    optional("email", "To write to who has no account; NULL if not said."),
    optional("home_phone", "Ten digits, or + and more; NULL if not said."),
    optional("mobile_phone", "Ten digits, or + and more; NULL if not said."),
    optional("occupation", "Occupation; NULL if not said."),
    optional("employer", "Employer; NULL if not said."),
    optional("work_phone", "Ten digits, or + and more; NULL if not said."),
    column("alike", _ALIKE),
    together("address_whole", "street", "postcode", "town"),
    sa.Index(f"ix_{MARK}household_adults_birth_date", "birth_date"),
)

CHILDREN = table(
    "children",
    "One row a child, once, whatever the number of its households.",
    column("id", "Its id.", primary_key=True),
    column("first_name", "First name."),
    column("last_name", "Last name."),
    column("birth_date", "Day of birth.", Day),
    column("alike", _ALIKE),
    version(),
    sa.Index(f"ix_{MARK}children_birth_date", "birth_date"),
)

CUSTODIES = table(
    "custodies",
    "One row a child and household that may book for it.",
    identifier(
        "household_id",
        "The household.",
        to("households.id"),
        primary_key=True,
    ),
    identifier(
        "child_id",
        "The child.",
        to("children.id"),
        primary_key=True,
        index=True,
    ),
    column("since", "First day that it may book for.", Day),
    version(),
)

DISMISSALS = table(
    "dismissals",
    "One row two households that look like one, and that an agent found to "
    "be two.",
    identifier(
        "registered_id",
        "The household that signed up.",
        to("households.id"),
        primary_key=True,
    ),
    identifier(
        "dossier_id",
        "The dossier that was there.",
        to("households.id"),
        primary_key=True,
    ),
    identifier("agent_id", "Who found so."),
    column("at", "When.", Moment),
    version(),
    check("two", "registered_id <> dossier_id"),
)

# Purged with the household.
CHANGES = table(
    "changes",
    "One row a field of a form that changed, once.",
    column("id", "Its id.", primary_key=True),
    identifier(
        "household_id",
        "The household that it is about.",
        to("households.id"),
        index=True,
    ),
    column(
        "subject",
        "household, partner, profile/ACCOUNT, child/ID, or adult/1 for one "
        "without an account.",
    ),
    column("field_name", "The field of the form."),
    optional("before", "As the form held it; NULL for nothing."),
    optional("after", "As the form holds it; NULL for nothing."),
    column("actor", "Who changed it: account/…, agent/…."),
    column("at", "When.", Moment),
)
