"""
The tables, for whoever reads them: one row a child-day, one an invoice line.

Days are « 2026-05-27 », moments « 2026-05-13T09:12:56.000000Z » (UTC), amounts
whole cents.  A `version` counts the changes of a row's record.  Each table and
each column says what it is (`comment`); docs/reference/tables.md is made of
it.  What must never be is refused by the database as well.
"""

from __future__ import annotations

from ._accounts import ACCOUNTS, LINKS, REGISTRATIONS, SESSIONS
from ._bookings import (
    POOL_DAYS,
    REQUEST_LINES,
    REQUESTS,
    TAKEN_PARTS,
    TAKEN_PLACES,
)
from ._desk import (
    COMMANDS,
    COUNTERS,
    JOURNAL,
    OUTBOX,
    REGLEMENTS,
)
from ._dossiers import ACCEPTANCES, DOCUMENTS, PRE_REGISTRATIONS
from ._families import (
    CHANGES,
    CHILDREN,
    CUSTODIES,
    DISMISSALS,
    HOUSEHOLD_ADULTS,
    HOUSEHOLDS,
)
from ._invoices import (
    CREDIT_NOTE_LINES,
    CREDIT_NOTES,
    INVOICE_LINES,
    INVOICE_PARTIES,
    INVOICES,
)
from ._money import ATTEMPTS, LEDGER_CREDITS, LEDGER_RESERVATIONS, LEDGERS

__all__ = [
    "ACCEPTANCES",
    "ACCOUNTS",
    "ATTEMPTS",
    "CHANGES",
    "CHILDREN",
    "COMMANDS",
    "COUNTERS",
    "CREDIT_NOTES",
    "CREDIT_NOTE_LINES",
    "CUSTODIES",
    "DISMISSALS",
    "DOCUMENTS",
    "HOUSEHOLDS",
    "HOUSEHOLD_ADULTS",
    "INVOICES",
    "INVOICE_LINES",
    "INVOICE_PARTIES",
    "JOURNAL",
    "LEDGERS",
    "LEDGER_CREDITS",
    "LEDGER_RESERVATIONS",
    "LINKS",
    "OUTBOX",
    "POOL_DAYS",
    "PRE_REGISTRATIONS",
    "REGISTRATIONS",
    "REGLEMENTS",
    "REQUESTS",
    "REQUEST_LINES",
    "SESSIONS",
    "TAKEN_PARTS",
    "TAKEN_PLACES",
]
