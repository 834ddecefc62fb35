"""
Finding plugins, one by one, so that the one that fails is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Any, cast

import pluggy

from . import hookspecs
from ._adapters import Adapter, AdapterKind
from ._errors import AdapterMissing, DuplicateName, PluginBroken
from ._markers import PROJECT


class Plugins:
    """
    The plugins of one portal; there is no global list.

    Args:
        plugins: Modules or objects to register, beside what is found.

        discover: Where to look: the entry points of this project in every
            installed distribution, unless given.

    Raises:
        PluginBroken: If one does not load, or answers a hook nobody asks.
        DuplicateName: If two offer the same adapter.
    """

    def __init__(
        self,
        *plugins: object,
        discover: Iterable[EntryPoint] | None = None,
    ) -> None:
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(hookspecs)
        if discover is None:
            discover = entry_points(group=PROJECT)
        for entry in discover:
            self._register(_loaded(entry), _named(entry))
        for plugin in plugins:
            self._register(plugin, repr(plugin))
        self._adapters = self._collected()

    def adapter(self, kind: AdapterKind, url: str) -> object:
        """
        The port's object for *url*, by the adapter of its scheme.

        Raises:
            AdapterMissing: With the schemes there are.
            ValueError: If the adapter cannot use the URL.
        """
        scheme = url.partition(":")[0]
        found = self._adapters.get((kind, scheme))
        if found is None:
            known = sorted(s for k, s in self._adapters if k is kind)
            msg = (
                f"no {kind.value} adapter for {scheme!r}; installed: "
                f"{', '.join(known) or 'none'}. Install the distribution that "
                "offers it (pip install portail-core[embedded] has the "
                "embedded ones), or pass an adapter object"
            )
            raise AdapterMissing(msg)
        adapter, _ = found
        return adapter.open(url)

    def _register(self, plugin: object, name: str) -> None:
        try:
            self._manager.register(plugin, name=name)
            self._manager.check_pending()
        except (ValueError, pluggy.PluginValidationError) as error:
            msg = f"the plugin {name} is not one of ours: {error}"
            raise PluginBroken(msg) from error

    def _collected(
        self,
    ) -> dict[tuple[AdapterKind, str], tuple[Adapter, str]]:
        adapters: dict[tuple[AdapterKind, str], tuple[Adapter, str]] = {}
        for name, plugin in self._manager.list_name_plugin():
            for adapter in self._offered(name, plugin):
                key = (adapter.kind, adapter.scheme)
                if key in adapters:
                    msg = (
                        f"{adapter.kind.value} {adapter.scheme!r} is offered "
                        f"by {adapters[key][1]} and by {name}: remove one"
                    )
                    raise DuplicateName(msg)
                adapters[key] = (adapter, name)
        return adapters

    def _offered(self, name: str, plugin: object) -> tuple[Adapter, ...]:
        others = [p for p in self._manager.get_plugins() if p is not plugin]
        caller = self._manager.subset_hook_caller("portail_adapters", others)
        try:
            answers = cast("list[Iterable[object]]", cast("Any", caller)())
            return tuple(_adapter(a) for answer in answers for a in answer)
        except Exception as error:
            msg = f"the plugin {name} failed to offer adapters: {error}"
            raise PluginBroken(msg) from error


def _adapter(offered: object) -> Adapter:
    if not isinstance(offered, Adapter):
        msg = f"{offered!r} is not an Adapter"
        raise TypeError(msg)
    return offered


def _loaded(entry: EntryPoint) -> object:
    try:
        return entry.load()
    except Exception as error:
        msg = f"the plugin {_named(entry)} does not load: {error}"
        raise PluginBroken(msg) from error


def _named(entry: EntryPoint) -> str:
    # An entry point made by hand (a test) has no distribution.
    dist = entry.dist
    where = f"{dist.name} {dist.version}" if dist else "no distribution"
    return f"{entry.name} ({where})"
