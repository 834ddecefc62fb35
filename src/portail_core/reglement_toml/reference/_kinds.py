"""
How each kind of value is written, in words and for editors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from attrs import frozen, has

from portail_core.calendars_fr import Recurrence
from portail_core.domain.money import Money
from portail_core.domain.tariffs import Formula
from portail_core.reglement_toml._deadlines import Hour
from portail_core.reglement_toml._file import SCHEMA, SHAPES, SchemaVersion
from portail_core.reglement_toml._people import Department
from portail_core.reglement_toml._places import HowMuch, Places
from portail_core.reglement_toml._when import Limit
from portail_core.wire import Shape

Json: TypeAlias = Mapping[str, Any]


@frozen
class Plain:
    """
    A single value.

    Attributes:
        words: As one would say it: « day ».

        schema: JSON Schema of it, as editors see TOML: days, hours and
            moments are text there.
    """

    words: str
    schema: Json


@frozen
class Choice:
    """
    One of these texts.
    """

    values: tuple[str, ...]


@frozen
class Listed:
    """
    A list, or tables that are written apart.
    """

    of: Kind


@frozen
class Keyed:
    """
    A table whose keys are the author's.
    """

    keys: Kind
    of: Kind


@frozen
class Table:
    """
    A table whose keys are those of a class of the file.
    """

    file: type


@frozen
class Either:
    """
    One of these.
    """

    of: tuple[Kind, ...]


Kind: TypeAlias = Plain | Choice | Listed | Keyed | Table | Either


def _text(words: str, pattern: str) -> Plain:
    return Plain(words, {"type": "string", "pattern": f"^{pattern}$"})


_FIGURE = r"-?[0-9]{1,9}(\.[0-9]{1,9})?"
_CODE = r"[\w.+-]{1,60}"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HOUR = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"

PLAIN: tuple[tuple[Any, Plain], ...] = (
    (SchemaVersion, Plain(f"the number {SCHEMA}", {"const": SCHEMA})),
    (
        Limit,
        Plain(
            "figure in quotes, or whole number",
            {
                "anyOf": [
                    {"type": "string", "pattern": f"^{_FIGURE}$"},
                    {"type": "integer"},
                ]
            },
        ),
    ),
    (
        Places,
        Plain(
            'whole number, or `"unlimited"`',
            {
                "anyOf": [
                    {"type": "integer", "minimum": 0},
                    {"const": "unlimited"},
                ]
            },
        ),
    ),
    (
        HowMuch,
        Plain(
            'figure in quotes, or `"presence"`',
            {"type": "string", "pattern": f"^({_FIGURE}|presence)$"},
        ),
    ),
    (
        Hour,
        Plain(
            'hour of the clock, Paris, or `"end-of-day"`',
            {"type": "string", "pattern": f"^({_HOUR}|end-of-day)$"},
        ),
    ),
    (Department, Plain("department or postcode", {"type": "string"})),
    (Recurrence, Plain("recurrence", {"type": "string"})),
    (Decimal, _text("figure in quotes", _FIGURE)),
    (
        Money,
        _text("amount in quotes, euros", r"-?[0-9]{1,9}(\.[0-9]{1,2}0*)?"),
    ),
    (dt.date, _text("day", _DAY)),
    (dt.time, _text("hour of the clock, Paris", _HOUR)),
    (dt.datetime, _text("day and hour, Paris", f"{_DAY}[T ]{_HOUR}")),
    (int, Plain("whole number", {"type": "integer"})),
    (bool, Plain("`true` or `false`", {"type": "boolean"})),
    (str, Plain("text", {"type": "string"})),
)
ANYTHING = Plain("value", {})
"""Of a shape that says no more of what stands in the file: to be told here."""


Shapes: TypeAlias = tuple[Shape, ...]


def kind_of(annotation: Any, shapes: Shapes = SHAPES) -> Kind:
    """
    How a value of this type is written in the file; `None` is left out, as
    TOML has none.

    Args:
        annotation: The type.

        shapes: How everything is written: with what plugins add, or without.
    """
    for known, plain in PLAIN:
        if annotation == known:
            return plain
    for shape in shapes:
        if annotation == shape.kind:
            return _shaped(shape, shapes)
    if get_origin(annotation) in {Union, UnionType}:
        return _either(get_args(annotation), shapes)
    if get_origin(annotation) is tuple:
        return Listed(kind_of(get_args(annotation)[0], shapes))
    if get_origin(annotation) is Mapping:
        keys, of = get_args(annotation)
        return Keyed(kind_of(keys, shapes), kind_of(of, shapes))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Choice(tuple(str(member.value) for member in annotation))
    if hasattr(annotation, "__supertype__"):
        return kind_of(annotation.__supertype__, shapes)
    return Table(annotation) if has(annotation) else ANYTHING


def _shaped(shape: Shape, shapes: Shapes) -> Kind:
    name = getattr(shape.kind, "__name__", "")
    if shape.written is str and name.endswith("Code"):
        return _text("code", _CODE)
    if shape.kind == Formula:
        # « "7.10" » in the place of the whole table.
        return Either((kind_of(Decimal), kind_of(shape.written, shapes)))
    return kind_of(shape.written, shapes)


def _either(annotations: tuple[Any, ...], shapes: Shapes) -> Kind:
    there = tuple(a for a in annotations if a is not NoneType)
    if len(there) < len(annotations):
        # A union of several, or None, is flat: « Deadline | None ».
        several: Any = Union[there]  # noqa: UP007 - they are not known here
        return kind_of(several, shapes)
    return Either(tuple(kind_of(one, shapes) for one in there))
