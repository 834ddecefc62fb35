"""
A payment provider to try everything with; no money moves.

Payments are files of one folder, so that a page, a command, a test or a
colleague in another process decides what becomes of them.
"""

from ._records import Decision, Fault, Payment
from .desk import AlreadyPaid, SandboxDesk, TicketNotWritten
from .notifications import Answered, NotReached
from .payments import SandboxPayments

__all__ = [
    "AlreadyPaid",
    "Answered",
    "Decision",
    "Fault",
    "NotReached",
    "Payment",
    "SandboxDesk",
    "SandboxPayments",
    "TicketNotWritten",
]
