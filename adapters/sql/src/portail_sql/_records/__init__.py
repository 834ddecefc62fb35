"""
Every kind of record, in its tables.
"""

from ._bookings import REQUEST
from ._desk import COMMAND, QUEUED, REGLEMENT
from ._dossiers import ACCEPTANCE, DOCUMENT, PRE_REGISTRATION
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
    "ACCEPTANCE",
    "ACCOUNT",
    "ATTEMPT",
    "CHANGE",
    "CHILD",
    "COMMAND",
    "CREDIT_NOTE",
    "CUSTODY",
    "DISMISSAL",
    "DOCUMENT",
    "HOUSEHOLD",
    "INVOICE",
    "INVOICE_PARTY",
    "LEDGER",
    "LINK",
    "PRE_REGISTRATION",
    "QUEUED",
    "REGISTRATION",
    "REGLEMENT",
    "REQUEST",
    "SESSION",
]
