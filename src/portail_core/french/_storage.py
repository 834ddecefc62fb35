"""
What a host shows when too many write at the same time.
"""

from __future__ import annotations

from ._typography import typeset

STORAGE_BUSY = typeset(
    "Beaucoup de familles utilisent le portail en même temps : rien n’a été "
    "enregistré, attendez une minute, puis validez à nouveau."
)
"""
For `portail_core.ports.store.StorageBusy`; the same command key may be used.
"""
