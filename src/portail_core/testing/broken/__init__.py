"""
Adapters that break one promise each, to see that a kit sees it.

An author who adds a check adds here what it is for; one who wonders whether a
kit would have seen a bug writes it here, and looks.  Each class says what it
breaks, and is made as an author's own: `broken.values.FoldsCase(place)`.
"""

from __future__ import annotations

from ._base import DumpedStore, Faults
from .commits import COMMITS
from .files import FILES
from .mailers import MAILERS
from .payments import PAGES
from .queues import QUEUES
from .reads import READS
from .reopening import REOPENING
from .settlements import SETTLEMENTS
from .values import VALUES

STORES: Faults = {**COMMITS, **QUEUES, **READS, **VALUES, **REOPENING}
"""Broken stores, and the checks of `StoreContract` that see it."""

PAYMENTS: Faults = {**PAGES, **SETTLEMENTS}
"""Broken providers, and the checks of `PaymentContract` that see it."""

__all__ = [
    "FILES",
    "MAILERS",
    "PAYMENTS",
    "STORES",
    "DumpedStore",
    "Faults",
]
