"""
Kinds that plugins add, written beside the built-in ones and read as they are.

Their keys are put among those of the table that they extend, so that an
author, the reference page and an editor see one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Optional, TypeVar, cast, get_args, get_type_hints

from attrs import (
    NOTHING,
    AttrsInstance,
    field,
    fields_dict,
    frozen,
    make_class,
)

from portail_core.domain.kinds import Extends, Kind
from portail_core.wire import EXAMPLE, SAYS

from ._says import only

T = TypeVar("T", bound=AttrsInstance)


@frozen
class Place:
    """
    Where kinds of a sort are written.

    Attributes:
        files: The tables, with all their keys.

        shared: Those of their keys that a kind may take for its own.
    """

    files: tuple[type[AttrsInstance], ...]
    shared: tuple[str, ...]


def added(file: AttrsInstance) -> tuple[Kind, ...]:
    """
    The kinds whose keys are among those of *file*.
    """
    return cast("tuple[Kind, ...]", getattr(type(file), "ADDED", ()))


def with_keys(file: type[T], kinds: Iterable[Kind]) -> type[T]:
    """
    The table that *file* is, with the keys of *kinds*.
    """
    kinds = tuple(kinds)
    names = " and ".join(f"`{kind.key}`" for kind in kinds)
    told = f"{file.__doc__}\n    Plugins add {names}.\n    "
    keys: dict[str, Any] = {}
    for kind in kinds:
        hints = get_type_hints(kind.shape)
        for name, key in kind.keys.items():
            if name not in fields_dict(file):
                # An alias of a union has no « | None ».
                held: Any = Optional[hints[name]]  # noqa: UP045
                keys[name] = field(
                    default=None, type=held, metadata=key.metadata
                )
    table = make_class(
        file.__name__,
        keys,
        bases=(file,),
        class_body={"ADDED": kinds, "__doc__": told},
        frozen=True,
        kw_only=True,
        slots=True,
    )
    return cast("type[T]", table)


def by_plugin(
    file: AttrsInstance, *common: str, of: str
) -> Any:  # the base class of what it extends
    """
    What the kind of a plugin makes of the table; `None` if none leads.

    Args:
        file: The table.

        common: Keys that are no kind's, and go with each.

        of: What there may be, for who wrote something else.

    Raises:
        ValueError: Saying which keys go together.
    """
    for kind in added(file):
        if getattr(file, kind.key) is not None:
            of = f"{of}{forms(file)}"
            only(file, kind.key, *kind.keys, *common, of=of)
            return made(kind, file)
    return None


def made(kind: Kind, file: AttrsInstance, **options: object) -> Any:
    """
    The value that a table means, of a kind that leads it.

    Raises:
        ValueError: If a key is missing, or as the class of the kind says.
    """
    values = {
        name: getattr(file, name)
        for name in kind.keys
        if getattr(file, name) is not None
    }
    missing = [name for name in needs(kind) if name not in values]
    if missing:
        raise ValueError("; ".join(_missing(kind, name) for name in missing))
    return cast("Any", kind.shape)(**values, **options)


def _missing(kind: Kind, name: str) -> str:
    told = kind.keys[name].metadata
    if SAYS not in told:
        return f"{kind.key} needs {name}"
    return (
        f"{kind.key} needs {name}: write it as « {name} = {told[EXAMPLE]} ». "
        f"{told[SAYS]}"
    )


def needs(kind: Kind) -> tuple[str, ...]:
    """
    The keys that must be written, the leading one among them.
    """
    return tuple(n for n, key in kind.keys.items() if key.default is NOTHING)


def forms(file: AttrsInstance) -> str:
    """
    How the kinds of plugins are written, after the built-in ones.
    """
    return "".join(f"; {_form(kind)}" for kind in added(file))


def _form(kind: Kind) -> str:
    others = [name for name in needs(kind) if name != kind.key]
    may_have = [name for name in kind.keys if name not in needs(kind)]
    form = " + ".join((kind.key, *others))
    return f"{form} (+ {', '.join(may_have)})" if may_have else form


# Names that are taken --------------------------------------------------------


def taken(kind: Kind, place: Place) -> Iterator[str]:
    """
    Why a kind cannot stand beside the built-in ones: every reason.
    """
    hints = get_type_hints(kind.shape)
    for name in kind.keys:
        for file in place.files:
            if name not in fields_dict(file):
                continue
            held = get_type_hints(file)[name]
            if name == kind.key or name not in place.shared:
                yield f"{name!r} is a key of {_what(kind.extends)} already"
            elif _bare(held) != _bare(hints[name]):
                yield (
                    f"{name!r} is a key of {_what(kind.extends)} already, "
                    "and holds another type"
                )
            break


def clash(one: Kind, other: Kind) -> str | None:
    """
    Why two kinds cannot stand side by side; `None` if they can.
    """
    if one.extends is not other.extends:
        return None
    if one.key in other.keys or other.key in one.keys:
        key = one.key if one.key in other.keys else other.key
        return f"{_what(one.extends)} {key!r}"
    hints, others = map(get_type_hints, (one.shape, other.shape))
    for name in one.keys:
        if name in other.keys and _bare(hints[name]) != _bare(others[name]):
            return f"{_what(one.extends)} {name!r}, of two types,"
    return None


def _what(extends: Extends) -> str:
    return f"{extends.value}s"


def _bare(annotation: Any) -> Any:
    """
    Without « or None », and without a name of its own.
    """
    inside = [one for one in get_args(annotation) if one is not type(None)]
    if len(inside) == 1 and type(None) in get_args(annotation):
        return _bare(inside[0])
    return getattr(annotation, "__supertype__", annotation)


def untold(kind: Kind, place: Place) -> Iterator[str]:
    """
    Its keys that neither it nor we say anything of.
    """
    for name, key in kind.keys.items():
        told = {SAYS, EXAMPLE} <= set(key.metadata)
        if not (told or name in place.shared):
            yield name
