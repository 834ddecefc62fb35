"""
Adapters that distributions offer, and what goes wrong with them.
"""

from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

import pytest
from attrs import evolve

from portail_core.plugins import (
    PROJECT,
    Adapter,
    AdapterKind,
    AdapterMissing,
    DuplicateName,
    PluginBroken,
    PluginError,
    Plugins,
    hookimpl,
)

SHELF = Adapter(
    kind=AdapterKind.STORAGE, scheme="shelf", open=lambda url: f"opened {url}"
)
PIGEON = evolve(SHELF, kind=AdapterKind.MAIL, scheme="pigeon")


class Offers:
    """
    A plugin that offers adapters.
    """

    def __init__(self, *adapters, name="offers"):
        self.adapters = adapters
        self.name = name

    def __repr__(self):
        return self.name

    @hookimpl
    def portail_adapters(self):
        return self.adapters


class Silent:
    """
    A plugin that offers nothing.
    """


class Mistaken:
    """
    A plugin that answers a question nobody asks.
    """

    @hookimpl
    def portail_adaptors(self):
        pass


class Fails(Offers):
    """
    A plugin that fails to answer.
    """

    @hookimpl
    def portail_adapters(self):
        msg = "the disk is on fire"
        raise OSError(msg)


def entry(name, value):
    return EntryPoint(name=name, value=value, group=PROJECT)


class TestAdapter:
    def test_open(self):
        """
        An adapter is chosen by kind and scheme, and given the whole URL.
        """
        plugins = Plugins(Offers(SHELF, PIGEON), discover=())

        assert "opened shelf:///tmp/x?y=1" == plugins.adapter(
            AdapterKind.STORAGE, "shelf:///tmp/x?y=1"
        )

    def test_same_scheme(self):
        """
        One scheme may serve two kinds.
        """
        mail = evolve(SHELF, kind=AdapterKind.MAIL, open=str.upper)
        plugins = Plugins(Offers(SHELF, mail), discover=())

        assert ["opened shelf:", "SHELF:"] == [
            plugins.adapter(kind, "shelf:")
            for kind in (AdapterKind.STORAGE, AdapterKind.MAIL)
        ]

    @pytest.mark.parametrize(
        ("kind", "url", "told"),
        [
            (
                AdapterKind.STORAGE,
                "sqlite:///x",
                "no storage adapter for 'sqlite'; installed: attic, shelf. ",
            ),
            (
                AdapterKind.MAIL,
                "shelf:",
                "no mail adapter for 'shelf'; installed: pigeon. ",
            ),
            (
                AdapterKind.PAYMENT,
                "",
                "no payment adapter for ''; installed: none. ",
            ),
        ],
    )
    def test_missing(self, kind, url, told):
        """
        Where there is none, those there are and the way out are told.
        """
        plugins = Plugins(
            Offers(SHELF, evolve(SHELF, scheme="attic"), PIGEON), discover=()
        )

        with pytest.raises(AdapterMissing) as missing:
            plugins.adapter(kind, url)

        assert str(missing.value).startswith(told)
        assert "pip install" in str(missing.value)

    def test_unusable_url(self):
        """
        What the adapter says of a URL is said as it is.
        """

        def refuse(url):
            msg = f"{url} has no folder"
            raise ValueError(msg)

        plugins = Plugins(Offers(evolve(SHELF, open=refuse)), discover=())

        with pytest.raises(ValueError, match="shelf: has no folder"):
            plugins.adapter(AdapterKind.STORAGE, "shelf:")

    @pytest.mark.parametrize("scheme", ["", "Shelf", "9p", "a_b", "a:", "a\n"])
    def test_no_scheme(self, scheme):
        """
        A scheme is small letters, digits and plus, letter first.
        """
        with pytest.raises(ValueError, match="scheme"):
            evolve(SHELF, scheme=scheme)

    @pytest.mark.parametrize("scheme", ["a", "s3", "postgresql+psycopg"])
    def test_scheme(self, scheme):
        """
        As one writes them.
        """
        assert scheme == evolve(SHELF, scheme=scheme).scheme


class TestTrouble:
    def test_twice(self):
        """
        Two that offer the same are both named, whichever came first.
        """
        one, two = Offers(SHELF, name="one"), Offers(SHELF, name="two")

        with pytest.raises(
            DuplicateName,
            match="storage 'shelf' is offered by one and by two: remove one",
        ):
            Plugins(one, two, discover=())

    def test_unknown_hook(self):
        """
        An answer to a question nobody asks is a mistake, and whose is told.
        """
        with pytest.raises(PluginBroken, match=r"Mistaken.*portail_adaptors"):
            Plugins(Mistaken(), discover=())

    def test_registered_twice(self):
        """
        So is one plugin given twice.
        """
        plugin = Offers(SHELF, name="once")

        with pytest.raises(PluginBroken, match="the plugin once is not one"):
            Plugins(plugin, plugin, discover=())

    def test_fails(self):
        """
        One that fails is named, with what it said.
        """
        with pytest.raises(
            PluginBroken,
            match=r"^the plugin poor failed to offer adapters: the disk is on",
        ):
            Plugins(Offers(SHELF), Fails(name="poor"), discover=())

    @pytest.mark.parametrize(
        "answer",
        ["shelf", 7, (SHELF, "attic"), [None]],
        ids=["text", "number", "with text", "with nothing"],
    )
    def test_offers_something_else(self, answer):
        """
        One that offers anything but adapters is named, too.
        """

        class Confused:
            def __repr__(self):
                return "confused"

            @hookimpl
            def portail_adapters(self):
                return answer

        with pytest.raises(PluginBroken, match="the plugin confused failed"):
            Plugins(Confused(), discover=())

    @pytest.mark.parametrize(
        "kind", [AdapterMissing, DuplicateName, PluginBroken]
    )
    def test_one_kind(self, kind):
        """
        All are trouble with what is installed.
        """
        assert issubclass(kind, PluginError)


class TestDiscovery:
    def test_watcher(self):
        """
        A plugin need not offer anything.
        """
        plugins = Plugins(Silent(), Offers(SHELF), discover=())

        assert "opened shelf:" == plugins.adapter(
            AdapterKind.STORAGE, "shelf:"
        )

    def test_entry_point(self):
        """
        A plugin is found by an entry point that names it.
        """
        plugins = Plugins(
            discover=[entry("good", "tests.plugins.test_plugins:FOUND")]
        )

        assert "opened pigeon:" == plugins.adapter(AdapterKind.MAIL, "pigeon:")

    def test_does_not_load(self):
        """
        One that does not load is named, with its distribution.
        """
        with pytest.raises(
            PluginBroken,
            match=r"^the plugin lost \(no distribution\) does not load: ",
        ):
            Plugins(discover=[entry("lost", "no_such_module")])

    def test_distribution(self):
        """
        Which distribution a plugin comes from is told with its version.
        """
        script = next(
            one
            for one in entry_points(group="console_scripts")
            if one.name in {"ruff", "pytest"}
        )
        assert script.dist is not None

        with pytest.raises(
            PluginBroken,
            match=rf"\({script.dist.name} {script.dist.version}\)",
        ):
            Plugins(Offers(SHELF), discover=[broken(script)])

    def test_installed(self):
        """
        Unless told where to look, installed distributions are asked.
        """
        # Of an adapter that is still being written, only the name is there.
        lost = [
            point.name
            for point in entry_points(group=PROJECT)
            if find_spec(point.module.split(".")[0]) is None
            or find_spec(point.module) is None
        ]

        if lost:
            with pytest.raises(PluginBroken, match="|".join(lost)):
                Plugins()
        else:
            assert isinstance(Plugins(), Plugins)


def broken(point):
    """
    The entry point of a real distribution, whose module is no more.
    """
    lost = entry("lost", "no_such_module")
    return lost._for(point.dist)


FOUND = Offers(PIGEON)
