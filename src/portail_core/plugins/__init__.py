"""
What others write: adapters, chosen by URL scheme, and kinds that a règlement
may say.
"""

from portail_core.domain.kinds import Extends, Kind

from ._adapters import Adapter, AdapterKind
from ._errors import (
    AdapterMissing,
    DuplicateName,
    MaintenanceMissing,
    PluginBroken,
    PluginError,
)
from ._manager import Plugins
from ._markers import PROJECT, hookimpl

__all__ = [
    "PROJECT",
    "Adapter",
    "AdapterKind",
    "AdapterMissing",
    "DuplicateName",
    "Extends",
    "Kind",
    "MaintenanceMissing",
    "PluginBroken",
    "PluginError",
    "Plugins",
    "hookimpl",
]
