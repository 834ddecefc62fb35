"""
Money that was asked for and given back: invoices and avoirs, only ever added.
"""

from __future__ import annotations

import sqlalchemy as sa

from portail_core.domain.quotes import Adjusted, Aided
from portail_core.domain.tariffs import Nature
from portail_sql._tables import (
    MARK,
    cents,
    check,
    column,
    identifier,
    kept,
    number,
    optional,
    position,
    state,
    table,
    to,
    version,
)
from portail_sql.columns import (
    TEXT,
    Cents,
    Day,
    Euros,
    Figure,
    Moment,
    Reread,
)

INVOICES = kept(
    "invoices",
    "One row an invoice: issued when its money came, corrected only by "
    "avoirs.",
    column(
        "number",
        "As printed: ALSH-2026-000001; without a gap in its series.",
        primary_key=True,
    ),
    column("regie", "Code of the régie that issued it."),
    identifier(
        "household_id",
        "The household that paid it.",
        to("households.id"),
        index=True,
    ),
    column(
        "attempt_reference",
        "The attempt that paid it: each has one invoice.",
        TEXT,
        to("attempts.reference"),
        key="attempt",
    ),
    column(
        "issued_at",
        "When it was issued; its day in Paris gives the year of its number.",
        Moment,
    ),
    cents("total", "The sum of its lines, avoirs that paid them included."),
    cents("paid_with_credits", "The part that avoirs paid."),
    check("credits_within_total", "paid_with_credits_cents <= total_cents"),
    sa.UniqueConstraint("attempt", name=f"uq_{MARK}invoices_attempt"),
)

INVOICE_LINES = kept(
    "invoice_lines",
    "One row a prestation of a child-day, as it was paid.",
    column(
        "invoice_number",
        "The invoice.",
        TEXT,
        to("invoices.number"),
        primary_key=True,
        key="invoice",
    ),
    position(),
    number("request", "The request that it pays.", to("requests.number")),
    column("accueil", "Code of the accueil."),
    column("period", "Code of the accueil's period."),
    identifier("child_id", "The child.", to("children.id")),
    column("day", "The day that is paid for.", Day),
    column("prestation", "Code of what is billed."),
    column("designation", "The same, as printed."),
    state(
        "nature",
        "What it pays for; the tax certificate counts care alone.",
        Nature,
    ),
    column(
        "quantity",
        "Times, or hours; below zero for what a change had been paid for "
        "before.",
        Figure,
    ),
    column(
        "unit_price_euros",
        "Price of one, before what others pay of it.",
        Euros,
        key="unit_price",
    ),
    column(
        "amount_cents",
        "What the family pays; below zero for what a change had been paid "
        "for before.",
        Cents,
        key="amount",
    ),
    column("rule", "Label of the rule of docs/spec that priced it."),
    column("path", "Where the règlement says the price."),
    column("label", "The row of the tariff's grid, as printed."),
    column("source", "The decision that set the price, as one cites it."),
    column(
        "adjusted",
        "Adjustments that were made to the price, in their order.",
        Reread(tuple[Adjusted, ...]),
    ),
    column(
        "aids",
        "What others pay of it, payer by payer.",
        Reread(tuple[Aided, ...]),
    ),
    optional(
        "together",
        "Names the lines that are priced together (a package, a month); NULL "
        "if it stands alone.",
    ),
)

INVOICE_PARTIES = table(
    "invoice_parties",
    "One row an invoice: whom it was addressed to, kept apart to be emptied "
    "at its term.",
    column(
        "invoice_number",
        "The invoice.",
        TEXT,
        to("invoices.number"),
        primary_key=True,
        key="invoice",
    ),
    column("name", "The household's adults, as printed; empty once erased."),
    column(
        "address",
        "As printed; empty if the family gave none, and once erased.",
    ),
    version(),
)

CREDIT_NOTES = kept(
    "credit_notes",
    "One row an avoir: what the operator owes a household, used by its later "
    "baskets.",
    column(
        "number",
        "As printed: ALSH-AV-2026-000001; without a gap in its series.",
        primary_key=True,
    ),
    column("regie", "Code of the régie that issued it."),
    identifier(
        "household_id",
        "The household that may use it.",
        to("households.id"),
        index=True,
    ),
    column("issued_at", "When it was issued.", Moment),
    cents("amount", "The sum of what its lines give back."),
)

CREDIT_NOTE_LINES = kept(
    "credit_note_lines",
    "One row a child-day and invoice that an avoir gives money back of.",
    column(
        "credit_note_number",
        "The avoir.",
        TEXT,
        to("credit_notes.number"),
        primary_key=True,
        key="credit_note",
    ),
    position(),
    column(
        "invoice_number",
        "The invoice that it corrects.",
        TEXT,
        to("invoices.number"),
        key="invoice",
    ),
    number(
        "request", "The request that the day was of.", to("requests.number")
    ),
    identifier("child_id", "The child.", to("children.id")),
    column("day", "The day.", Day),
    cents("kept", "What the operator keeps of the day's money."),
    cents("credited", "What it gives back."),
    column("reason", "The règlement's sentence, or the rule, that says so."),
)
