"""
Kinds that plugins add, by their names in what is stored.

The list only grows, and one name is one class for ever: in whatever order
règlements are read, a stored text means the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from portail_core.domain import cancellation, deadlines, tariffs
from portail_core.domain.kinds import Extends, Kind

EXTENSIBLE: Mapping[Any, Extends] = MappingProxyType(
    {
        tariffs.Formula: Extends.FORMULA,
        tariffs.Step: Extends.ADJUSTMENT,
        deadlines.Deadline: Extends.DEADLINE,
        cancellation.Gift: Extends.GIFT,
    }
)
"""Unions that plugins add members to."""

PACKAGE = "from"
"""Beside the tag of such a member: no attribute can have this name."""

_by_key: dict[tuple[Extends, str], Kind] = {}
_by_class: dict[tuple[Extends, type], Kind] = {}


def keep(kind: Kind) -> None:
    """
    Have *kind* in the list.

    Raises:
        ValueError: If its name is that of another class already, or its
            class has another name.
    """
    name, shape = (kind.extends, kind.key), (kind.extends, kind.shape)
    for known in (_by_key.get(name, kind), _by_class.get(shape, kind)):
        if known != kind:
            msg = (
                f"{kind.key!r} of {_told(kind)} is known as {known.key!r} of "
                f"{_told(known)}: in one process a kind has one name, and "
                "one class"
            )
            raise ValueError(msg)
    _by_key[name] = _by_class[shape] = kind


def of_key(extends: Extends, key: object) -> Kind | None:
    """
    The kind of this leading key, if it is known.
    """
    return _by_key.get((extends, key)) if isinstance(key, str) else None


def of_class(extends: Extends, shape: type) -> Kind:
    """
    The kind whose values are of this class.

    Raises:
        ValueError: If it is not known.
    """
    kind = _by_class.get((extends, shape))
    if kind is None:
        msg = (
            f"{shape.__qualname__} is no kind that is known: pass it where a "
            "règlement is read, or to wire.know"
        )
        raise ValueError(msg)
    return kind


def _told(kind: Kind) -> str:
    return f"{kind.shape.__module__}.{kind.shape.__qualname__}"
