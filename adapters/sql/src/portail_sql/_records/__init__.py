"""
Every kind of record, in its tables.
"""

from ._bookings import REQUEST
from ._desk import COMMAND, QUEUED, REGLEMENT
from ._families import (
    ACCOUNT,
    CHANGE,
    CHILD,
    CUSTODY,
    DISMISSAL,
    HOUSEHOLD,
    LINK,
    REGISTRATION,
    SESSION,
)
from ._money import ATTEMPT, CREDIT_NOTE, INVOICE, INVOICE_PARTY, LEDGER

__all__ = [
    "ACCOUNT",
    "ATTEMPT",
    "CHANGE",
    "CHILD",
    "COMMAND",
    "CREDIT_NOTE",
    "CUSTODY",
    "DISMISSAL",
    "HOUSEHOLD",
    "INVOICE",
    "INVOICE_PARTY",
    "LEDGER",
    "LINK",
    "QUEUED",
    "REGISTRATION",
    "REGLEMENT",
    "REQUEST",
    "SESSION",
]
