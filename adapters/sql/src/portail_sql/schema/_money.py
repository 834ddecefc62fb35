"""
Money that comes: attempts to pay, and the ledger of each household.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.payments import UNRESOLVED, AttemptState, Due
from portail_sql._tables import (
    MARK,
    cents,
    check,
    column,
    identifier,
    optional,
    position,
    state,
    table,
    to,
    to_both,
    version,
)
from portail_sql.columns import (
    TEXT,
    Moment,
    Reread,
)

_UNRESOLVED = sa.text(
    f"state IN ({', '.join(sorted(repr(s.value) for s in UNRESOLVED))})"
)

ATTEMPTS = table(
    "attempts",
    "One row a try to pay a basket.",
    column("reference", "What the provider is told.", primary_key=True),
    identifier(
        "household_id", "The household that pays.", to("households.id")
    ),
    identifier("account_id", "The account that went to pay."),
    column("regie", "Code of the régie that is paid."),
    column("provider", "Name of the payment provider."),
    cents("total", "The price of everything in the basket."),
    cents(
        "credits", "The part that avoirs pay; the provider collects the rest."
    ),
    column("created_at", "When the family went to pay.", Moment),
    column(
        "open_until",
        "First moment when it keeps no place any more, whatever comes.",
        Moment,
    ),
    state(
        "state",
        "created: the provider not yet asked; presented: the payer was sent "
        "there; paid; refused: the bank said no; abandoned: the payer left, "
        "or was never sent; unknown: no answer in time; set-aside: money came "
        "that does not match.",
        AttemptState,
    ),
    column(
        "provider_key",
        "The provider's own name for it; NULL until it was presented.",
        nullable=True,
        unique=True,
        key="key",
    ),
    optional(
        "redirect_url",
        "Where the payer was sent; NULL until it was presented.",
    ),
    column(
        "dues",
        "What each request cost, line by line, frozen when the family went "
        "to pay.",
        Reread(tuple[Due, ...], size=20),
    ),
    version(),
    check("credits_within_total", "credits_cents <= total_cents"),
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
    "One row a household and régie with money: sums since the beginning. "
    "Invoiced + what is left or reserved of avoirs = received + credited.",
    identifier(
        "household_id",
        "The household.",
        to("households.id"),
        primary_key=True,
    ),
    column("regie", "Code of the régie.", primary_key=True),
    cents("received", "Money that came for invoices."),
    cents("invoiced", "Totals of invoices."),
    cents("credited", "Totals of avoirs."),
    cents("set_aside", "Money that came and matches nothing."),
    version(),
)

LEDGER_CREDITS = table(
    "ledger_credits",
    "One row an avoir, oldest first, with what is left of it.",
    identifier("household_id", "The household.", primary_key=True),
    column("regie", "Code of the régie.", primary_key=True),
    position(),
    column(
        "credit_note_number",
        "The avoir.",
        TEXT,
        to("credit_notes.number"),
        key="number",
    ),
    cents("left", "What is neither used nor reserved; 0 once it is used up."),
    to_both(("household", "regie"), "ledgers", ("household", "regie")),
    sa.UniqueConstraint("number", name=f"uq_{MARK}ledger_credits_number"),
)

LEDGER_RESERVATIONS = table(
    "ledger_reservations",
    "One row a part of an avoir that an unfinished attempt to pay may use.",
    identifier("household_id", "The household.", primary_key=True),
    column("regie", "Code of the régie.", primary_key=True),
    position(),
    column(
        "attempt_reference",
        "The attempt.",
        TEXT,
        to("attempts.reference"),
        key="attempt",
    ),
    column(
        "credit_note_number",
        "The avoir.",
        TEXT,
        to("credit_notes.number"),
        key="credit",
    ),
    cents("amount", "How much of it."),
    to_both(("household", "regie"), "ledgers", ("household", "regie")),
    sa.UniqueConstraint(
        "attempt", "credit", name=f"uq_{MARK}ledger_reservations_part"
    ),
)
