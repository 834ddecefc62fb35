"""
The domain of a French family portal, as a library.

A host application opens a `Portal` on a règlement, a storage, a mailer and a
payment provider, and serves families with it.
"""

from .domain.bookings import Wish
from .domain.money import Money, eur
from .domain.refusals import Refusal, Refused
from .portal import Portal

__all__ = [
    "Money",
    "Portal",
    "Refusal",
    "Refused",
    "Wish",
    "eur",
]

__version__ = "0.1.0"
