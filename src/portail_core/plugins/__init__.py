"""
Adapters that others write: offered by distributions, chosen by URL scheme.
"""

from ._adapters import Adapter, AdapterKind
from ._errors import (
    AdapterMissing,
    DuplicateName,
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
    "PluginBroken",
    "PluginError",
    "Plugins",
    "hookimpl",
]
