"""
Accounts: who signs in, and how they prove it.  Secrets are kept as digests,
passwords as they were derived.
"""

from __future__ import annotations

from portail_core.domain.accounts import AccountState
from portail_core.domain.forms import Block
from portail_core.domain.households import Adult
from portail_core.domain.links import Purpose
from portail_sql._tables import (
    at_least,
    column,
    identifier,
    optional,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import WHOLE, Moment, Wire

ACCOUNTS = table(
    "accounts",
    "One row an account: an address, and a household.",
    column("id", "Its id.", primary_key=True),
    column("email", "Its address, in lower case.", unique=True),
    optional("password", "As derived; NULL until one was chosen."),
    identifier(
        "household_id",
        "The household that it acts for.",
        to("households.id"),
        index=True,
    ),
    state(
        "state",
        "pending-email: the address proved nothing yet; invited: staff wrote "
        "to it; active.",
        AccountState,
    ),
    column("created_at", "When it was made.", Moment),
    column(
        "epoch",
        "How often all its sessions and links were ended.",
        WHOLE,
        at_least(0, "epoch"),
    ),
    version(),
)

LINKS = table(
    "links",
    "One row a link sent by mail: it works once.",
    column("id", "Its id.", primary_key=True),
    column("digest", "Of its secret, which is not kept.", unique=True),
    identifier("account_id", "Whose it is.", to("accounts.id")),
    state("purpose", "What it is good for.", Purpose),
    column("email", "Where it is sent, and what following it proves."),
    optional(
        "password",
        "As derived: the account's, once the link was followed; NULL if "
        "none was chosen before.",
    ),
    identifier(
        "household_id",
        "The account's, once the link was followed.",
        to("households.id"),
    ),
    optional(
        "replaces",
        "The address before; NULL unless another was asked for.",
    ),
    column(
        "epoch",
        "The account's when it was made: it works in no other.",
        WHOLE,
        at_least(0, "epoch"),
    ),
    column("expires_at", "First moment when it no longer works.", Moment),
    optional("used_at", "When it was followed; NULL until then.", Moment),
    version(),
)

SESSIONS = table(
    "sessions",
    "One row a session of someone who signed in.",
    column("digest", "Of its token, which is not kept.", primary_key=True),
    identifier("account_id", "Whose it is.", to("accounts.id")),
    column(
        "epoch",
        "The account's when it began: it works in no other.",
        WHOLE,
        at_least(0, "epoch"),
    ),
    column("expires_at", "First moment when it no longer works.", Moment),
    version(),
)

# What someone typed is for nobody to read: purged once it is over.
REGISTRATIONS = table(
    "registrations",
    "One row someone on the way to an account, which is not there yet.",
    column("digest", "Of its token, which is not kept.", primary_key=True),
    column("email", "The address of step 1."),
    optional("password", "As derived; NULL once it is over."),
    column("adult", "What the steps hold.", Wire(Adult)),
    column("done", "Steps that were passed.", Wire(tuple[Block, ...])),
    column("created_at", "When it was begun.", Moment),
    column("expires_at", "First moment when it no longer works.", Moment),
    optional("ended_at", "When it was validated; NULL until then.", Moment),
    version(),
)
