"""
What every conformance kit has: checks that stay, and what does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

import pytest

F = TypeVar("F", bound=Callable[..., object])


T_co = TypeVar("T_co", covariant=True)


class Maker(Protocol[T_co]):
    """
    How an author opens what is kept at a place.
    """

    def __call__(self, place: Path, /) -> T_co:
        """
        It, ready; *place* is a folder, empty at first.
        """
        ...


class Capability(Enum):
    """
    What an adapter is held to have, unless its author says otherwise.
    """

    THREADS = "threads"  # several threads may use it at the same time
    REOPENS = "reopens"  # opened again at the same place, it holds the same
    PROCESSES = "processes"  # several processes may use one place at once


def needs(*capabilities: Capability) -> Callable[[F], F]:
    """
    Mark a check that says nothing of an adapter without these.
    """

    def mark(check: F) -> F:
        check.needs = capabilities  # type: ignore[attr-defined]  # no mark of pytest: an author may have strict ones
        return check

    return mark


class Kit:
    """
    The checks of a port; a subclass is an adapter held to them.

    Attributes:
        lacks: Capabilities that the adapter has not, each with the reason
            that the report gives: `{Capability.REOPENS: "in memory alone"}`.

        known_faults: Checks, or one case of a check (« test_text[emoji] »),
            that the adapter is known to fail, each with the reason.  One
            that passes after all is a failure that says so.

    A check is neither redefined nor taken away: that is a `TypeError` where
    the class is made.
    """

    lacks: ClassVar[Mapping[Capability, str]] = {}
    known_faults: ClassVar[Mapping[str, str]] = {}
    _maker: ClassVar[str] = ""
    _made: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """
        Refuse what would make the kit prove less than it seems.

        Raises:
            TypeError: A check is redefined, a reason is missing, or a known
                fault is of no check.
        """
        super().__init_subclass__()
        for name in dict.fromkeys(_guarded(cls)):
            _refuse_redefined(cls, name)
        _refuse_unreasoned(cls)
        # Whoever writes fixtures of these names has no maker, and none of
        # ours: two of one name would depend on how they are spelt.
        if cls._maker in vars(cls):
            for name, fixture in cls._made.items():
                setattr(cls, f"_made_{name}", fixture)

    @classmethod
    def lacking(cls) -> Mapping[Capability, str]:
        """
        What this adapter has not, and why; without a maker, nothing that
        needs a place.
        """
        if hasattr(cls, cls._maker):
            return cls.lacks
        why = f"there is no {cls._maker}"
        elsewhere = (Capability.REOPENS, Capability.PROCESSES)
        return {**dict.fromkeys(elsewhere, why), **cls.lacks}

    @pytest.fixture(autouse=True)
    def _kit(self, request: pytest.FixtureRequest) -> None:
        lacking = self.lacking()
        for capability in getattr(request.function, "needs", ()):
            if capability in lacking:
                name = capability.name
                pytest.skip(f"not applicable: {name}, {lacking[capability]}")
        for name in _names_of(request.node):
            if why := self.known_faults.get(name):
                mark = pytest.mark.xfail(reason=why, strict=True)
                request.applymarker(mark)

    @pytest.fixture(name="place")
    def _place(self, tmp_path: Path) -> Path:
        """
        An empty folder, where an adapter keeps what it keeps.
        """
        place = tmp_path / "place"
        place.mkdir()
        return place


def _guarded(cls: type[Kit]) -> Iterator[str]:
    for definer in cls.__mro__:
        for name in vars(definer):
            if name.startswith("test") or name in {"_kit", "lacking"}:
                yield name


def _refuse_redefined(cls: type[Kit], name: str) -> None:
    definers = [one for one in cls.__mro__ if name in vars(one)]
    ours = [one.__name__ for one in definers if _ours(one)]
    if ours and len(definers) > 1:
        msg = (
            f"{cls.__name__} redefines {name}, a check of {ours[-1]}: give"
            f" yours another name, or say what is wrong with the adapter in"
            f' known_faults = {{"{name}": "why"}}'
        )
        raise TypeError(msg)


def _ours(definer: type) -> bool:
    return definer.__module__.startswith(f"{__package__}.")


def _refuse_unreasoned(cls: type[Kit]) -> None:
    for capability, why in cls.lacks.items():
        known: object = capability
        if not isinstance(known, Capability) or not why.strip():
            msg = (
                f"{cls.__name__}.lacks: {capability!r} has to be a Capability"
                " with the reason why the adapter lacks it"
            )
            raise TypeError(msg)
    for name, why in cls.known_faults.items():
        if not hasattr(cls, name.partition("[")[0]) or not why.strip():
            msg = (
                f"{cls.__name__}.known_faults: {name!r} has to be a check of"
                " this kit, with the reason why the adapter fails it"
            )
            raise TypeError(msg)


def _names_of(item: Any) -> Iterable[str]:
    # Of a case, « test_text » as well as « test_text[emoji] ».
    return dict.fromkeys((item.originalname, item.name))
