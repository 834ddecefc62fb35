"""
Every table of the file, from the whole down: keys, and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from inspect import getdoc
from typing import Any, get_type_hints

from attrs import NOTHING, Attribute, field, fields, frozen, has

from portail_core.domain.conditions import ALWAYS
from portail_core.reglement_toml._file import SHAPES, ReglementFile
from portail_core.reglement_toml._says import OTHERWISE
from portail_core.reglement_toml._terms import TermsFile
from portail_core.reglement_toml._when import WhenFile
from portail_core.wire import EXAMPLE, SAYS

from ._kinds import Either, Keyed, Kind, Listed, Shapes, Table, kind_of


@frozen(kw_only=True)
class Key:
    """
    A key of a table.

    Attributes:
        annotation: The type that it is read as.

        kind: How it is written.

        default: As written in TOML, or in words; `None` if it must be there.

        says: What it is; nothing if nobody said it yet.

        example: As one would write it.
    """

    name: str
    annotation: Any = field(repr=False)
    kind: Kind
    default: str | None
    says: str
    example: str


@frozen(kw_only=True)
class TableDoc:
    """
    A table of the file.

    Attributes:
        name: Of its section, and of its definition for editors.

        says: The docstring of its class.

        keys: Those of its own; what every level may decide is `terms`.

        decides: Whether it may decide `terms`, too.

        places: Where it stands: « periods.closed ».

        is_listed: Whether several may stand there.
    """

    file: type
    name: str
    says: str
    keys: tuple[Key, ...]
    decides: bool
    places: tuple[str, ...]
    is_listed: bool


def name_of(file: type) -> str:
    """
    « SchoolHolidaysFile » as « school-holidays ».
    """
    bare = file.__name__.removesuffix("File")
    return re.sub(r"(?<!^)(?=[A-Z])", "-", bare).lower()


def every_table(shapes: Shapes = SHAPES) -> tuple[TableDoc, ...]:
    """
    Those of the file, the whole first, each followed by what it holds.
    """
    found: dict[type, list[_Place]] = {ReglementFile: [], TermsFile: []}
    _visit(ReglementFile, "", found, shapes)
    # A condition may stand wherever a rule distinguishes cases.
    found.setdefault(WhenFile, [])
    _visit(WhenFile, "when.", found, shapes)
    return tuple(
        _table(file, places, shapes) for file, places in found.items()
    )


@frozen
class _Place:
    path: str
    is_listed: bool


def _visit(
    file: type, path: str, found: dict[type, list[_Place]], shapes: Shapes
) -> None:
    for key in keys_of(file, shapes):
        at = _Place(f"{path}{key.name}", isinstance(key.kind, Listed))
        for inner in tables_in(key.kind):
            is_new = inner not in found
            found.setdefault(inner, []).append(at)
            if is_new:
                _visit(inner, f"{at.path}.", found, shapes)


def tables_in(kind: Kind) -> Iterator[type]:
    """
    The classes of the tables that may stand there.
    """
    match kind:
        case Table(file):
            yield file
        case Listed(of) | Keyed(_, of):
            yield from tables_in(of)
        case Either(kinds):
            for one in kinds:
                yield from tables_in(one)
        case _:
            return


def _table(file: type, places: list[_Place], shapes: Shapes) -> TableDoc:
    return TableDoc(
        file=file,
        name=name_of(file),
        says=(getdoc(file) or "").partition("\n\nAttributes:")[0],
        keys=keys_of(file, shapes),
        decides=issubclass(file, TermsFile) and file is not TermsFile,
        places=tuple(dict.fromkeys(place.path for place in places)),
        is_listed=any(place.is_listed for place in places),
    )


def keys_of(file: type, shapes: Shapes = SHAPES) -> tuple[Key, ...]:
    """
    The keys of its own table; of `terms`, those that the whole file has.
    """
    types = get_type_hints(file)
    shared = {f.name for f in fields(TermsFile)}
    own = [
        f
        for f in fields(file)
        if file in {TermsFile, ReglementFile}
        or not issubclass(file, TermsFile)
        or f.name not in shared
    ]
    return tuple(_key(f, types[f.name], shapes) for f in own)


def _key(attribute: Attribute[Any], annotation: Any, shapes: Shapes) -> Key:
    told = attribute.metadata
    return Key(
        name=attribute.name,
        annotation=annotation,
        kind=kind_of(annotation, shapes),
        default=_default(attribute),
        says=told.get(SAYS, ""),
        example=told.get(EXAMPLE, ""),
    )


def _default(attribute: Attribute[Any]) -> str | None:
    if attribute.default is NOTHING:
        return None
    told: str = attribute.metadata.get(OTHERWISE, "")
    return told or written(attribute.default)


def written(default: object) -> str:
    """
    A default, as one would write it; « none » for nothing.
    """
    match default:
        case None | ():
            return "none"
        case Enum():
            return f'`"{default.value}"`'
        case tuple():
            return f"`[{', '.join(written(d).strip('`') for d in default)}]`"
        case str() | Decimal():
            return f'`"{default}"`'
        case _ if default == ALWAYS:
            return "always"
        case _ if hasattr(default, "factory"):
            return "none"
        case _ if has(type(default)):
            return "its own defaults"
        case _:
            return f"`{default}`"
