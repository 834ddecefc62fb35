"""
What this distribution offers: storage at « sqlite:///portail.db ».
"""

from __future__ import annotations

from portail_core.plugins import Adapter, AdapterKind, hookimpl

from ._store import SqlStore


@hookimpl
def portail_adapters() -> tuple[Adapter, ...]:
    """
    One adapter; a store in memory is `portail_core.testing.MemoryStore`.
    """
    return (
        Adapter(kind=AdapterKind.STORAGE, scheme="sqlite", open=SqlStore.open),
    )
