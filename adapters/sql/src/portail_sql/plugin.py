"""
What this distribution offers: storage at « sqlite:///portail.db » and at
« postgresql://user:password@host/database ».
"""

from __future__ import annotations

from portail_core.plugins import Adapter, AdapterKind, hookimpl

from ._store import SqlStore
from .maintenance import SqlMaintenance


@hookimpl
def portail_adapters() -> tuple[Adapter, ...]:
    """
    One store for two schemes; the one in memory is
    `portail_core.testing.MemoryStore`.
    """
    return tuple(
        Adapter(
            kind=AdapterKind.STORAGE,
            scheme=scheme,
            open=SqlStore.open,
            maintain=SqlMaintenance.open,
        )
        for scheme in ("sqlite", "postgresql")
    )
