"""
Finding plugins, one by one, so that the one that fails is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar, cast

import pluggy

from portail_core.domain.kinds import Kind
from portail_core.ports.maintenance import Maintenance
from portail_core.reglement_toml import clash, taken_keys
from portail_core.wire import know

from . import hookspecs
from ._adapters import Adapter, AdapterKind
from ._errors import (
    AdapterMissing,
    DuplicateName,
    MaintenanceMissing,
    PluginBroken,
)
from ._markers import PROJECT

T = TypeVar("T")


class Plugins:
    """
    The plugins of one portal; there is no global list.

    Args:
        plugins: Modules or objects to register, beside what is found.

        discover: Where to look: the entry points of this project in every
            installed distribution, unless given.

    Raises:
        PluginBroken: If one does not load, or answers a hook nobody asks.
        DuplicateName: If two offer the same adapter, or kinds of one name.
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
        self._kinds = self._collected_kinds()

    @property
    def kinds(self) -> frozenset[Kind]:
        """
        What a règlement may say beside what is built in; `load_reglement`
        takes them.
        """
        return frozenset(self._kinds)

    def adapter(self, kind: AdapterKind, url: str) -> object:
        """
        The port's object for *url*, by the adapter of its scheme.

        Raises:
            AdapterMissing: With the schemes there are.
            ValueError: If the adapter cannot use the URL.
        """
        adapter, _ = self._found(kind, url)
        return adapter.open(url)

    def maintenance(self, url: str) -> Maintenance:
        """
        What upgrades, backs up and restores the storage of *url*.

        Raises:
            AdapterMissing: With the schemes there are.
            MaintenanceMissing: If its adapter leaves that to others.
            ValueError: If the adapter cannot use the URL.
        """
        adapter, name = self._found(AdapterKind.STORAGE, url)
        if adapter.maintain is None:
            msg = (
                f"the storage {adapter.scheme!r} of {name} is not upgraded, "
                "backed up or restored by this command: use the tools of "
                "the database itself"
            )
            raise MaintenanceMissing(msg)
        return adapter.maintain(url)

    def _found(self, kind: AdapterKind, url: str) -> tuple[Adapter, str]:
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
        return found

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
            for adapter in self._offered(name, plugin, "adapters", Adapter):
                key = (adapter.kind, adapter.scheme)
                if key in adapters:
                    msg = (
                        f"{adapter.kind.value} {adapter.scheme!r} is offered "
                        f"by {adapters[key][1]} and by {name}: remove one"
                    )
                    raise DuplicateName(msg)
                adapters[key] = (adapter, name)
        return adapters

    def _collected_kinds(self) -> Mapping[Kind, str]:
        kinds: dict[Kind, str] = {}
        for name, plugin in self._manager.list_name_plugin():
            for kind in self._offered(name, plugin, "kinds", Kind):
                _check_name(kind, name, kinds)
                kinds[kind] = name
        for kind, name in kinds.items():
            try:
                know((kind,))
            except ValueError as error:
                msg = f"a kind that {name} offers cannot be: {error}"
                raise PluginBroken(msg) from error
        return kinds

    def _offered(
        self, name: str, plugin: object, what: str, of: type[T]
    ) -> tuple[T, ...]:
        others = [p for p in self._manager.get_plugins() if p is not plugin]
        caller = self._manager.subset_hook_caller(f"portail_{what}", others)
        try:
            answers = cast("list[Iterable[object]]", cast("Any", caller)())
            return tuple(_one(of, a) for answer in answers for a in answer)
        except Exception as error:
            msg = f"the plugin {name} failed to offer {what}: {error}"
            raise PluginBroken(msg) from error


def _one(of: type[T], offered: object) -> T:
    if not isinstance(offered, of):
        article = "an" if of is Adapter else "a"
        msg = f"{offered!r} is not {article} {of.__name__}"
        raise TypeError(msg)
    return offered


def _check_name(kind: Kind, name: str, known: Mapping[Kind, str]) -> None:
    for told in taken_keys(kind):
        msg = f"the {kind.extends.value} {kind.key!r} of {name}: {told}"
        raise DuplicateName(msg)
    for other, its_name in known.items():
        told_of_both = clash(kind, other)
        if told_of_both is not None:
            msg = (
                f"{told_of_both} is offered by {its_name} and by {name}: "
                "remove one"
            )
            raise DuplicateName(msg)


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
