"""
TOML written by people: figures as text, days and hours as TOML has them.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from attrs import frozen
from cattrs import Converter

from portail_core.domain.days import at_paris
from portail_core.domain.money import Money, eur

from ._converters import Manner, make_converter
from ._structure import Fault, Unreadable, structure

T = TypeVar("T")


@frozen
class Shape:
    """
    How people write a value, and what it means.

    Attributes:
        kind: The type of the domain.

        written: The type of what stands in the file; `object` for whatever
            `read` makes of it.

        read: From the one to the other; a `ValueError` becomes a fault at
            the place where it stands.

        short: For what may also be written without its table: "7.10".
    """

    kind: Any
    written: Any
    read: Callable[[Any], object]
    short: Callable[[object], object] | None = None


def parse_toml(text: str) -> Mapping[str, Any]:
    """
    The plain data that *text* holds.

    Raises:
        Unreadable: If it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except ValueError as error:
        # Also a number of more than 4300 digits, which Python will not read.
        raise Unreadable(_not_toml(text, str(error))) from error
    except RecursionError as error:
        fault = Fault("", "not TOML of ours: brackets within brackets")
        raise Unreadable(fault) from error


_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_TOO_LONG = re.compile(r"[0-9_]{4301}")
_TYPOGRAPHIC = re.compile(r"=\s*[“”„«‘’]")
_BARE_TEXT = re.compile(r"=\s*(?!true|false|inf|nan)[^\W\d_]")
_COMMA = re.compile(r"=\s*\d+,\d")
_HOUR = re.compile(
    r"=\s*(?:24:|(?!\d\d:\d\d:\d\d)(?:\d{1,2}\s?h|\d{1,2}:\d\d))",
    re.IGNORECASE,
)
_ACCENTED_KEY = re.compile(r"(?:^|[{,])\s*([\w-]*[^\W\x00-\x7F][\w-]*)\s*=")
_BARE_IN_LIST = re.compile(r"=\s*\[\s*(?!true|false|inf|nan)[^\W\d_]")
_FRENCH_DAY = re.compile(r"=\s*\d{1,2}/\d{1,2}/\d{2,4}")


def _not_toml(text: str, error: str) -> Fault:
    found = _AT_LINE.search(error)
    if huge := _TOO_LONG.search(text):
        number = text.count("\n", 0, huge.start()) + 1
        return Fault("", "not TOML: a number has too many digits", line=number)
    if found is None:
        return Fault("", f"not TOML: {error}")
    number = int(found[1])
    # tomllib counts the line after the last, where a file ends too early.
    line = "".join(text.split("\n")[number - 1 : number])
    return Fault("", f"not TOML: {error}{_slip(line)}", line=number)


def _slip(line: str) -> str:
    """
    What people who do not write TOML every day write in its place.
    """
    if _TYPOGRAPHIC.search(line):
        return ': text stands between straight quotes, as "Journée"'
    if _FRENCH_DAY.search(line):
        return ": write a day as 2026-05-27"
    if _HOUR.search(line):
        return (
            ": write an hour with its minutes and seconds, as 09:00:00; "
            '« 24 h » is "end-of-day" in a deadline'
        )
    if _COMMA.search(line):
        return ': write a figure between quotes, with a dot, as "7.10"'
    if _BARE_TEXT.search(line) or _BARE_IN_LIST.search(line):
        return ': text stands between quotes, as "Journée"'
    if line.count("{") > line.count("}"):
        return ": a table between braces stands on one line"
    accented = _ACCENTED_KEY.search(line)
    if accented is not None:
        return (
            f': a key with an accent stands between quotes, as "{accented[1]}"'
        )
    return ""


def load_toml(
    kind: type[T], data: Mapping[str, Any], shapes: tuple[Shape, ...] = ()
) -> T:
    """
    Read *data* as *kind*: amounts and other figures are text ("7.10"), a
    moment is a local date-time of TOML and means Paris.

    Args:
        kind: What the whole document is.

        data: What `parse_toml` gave.

        shapes: For what is written otherwise than its fields.

    Raises:
        Unreadable: With every fault and its path.
    """
    return structure(_toml_converter(shapes), data, kind)


LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """
    A value that was read from TOML, as one line of an answer.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "a table"
        case list():
            return "a list"
        case str() if len(value) > LONGEST_SHOWN:
            return f"{value[:LONGEST_SHOWN]!r}…"
        case str():
            return repr(value)
        case _:
            return str(value)[:LONGEST_SHOWN]


_HOW = {
    "a whole number": "write digits without quotes, as 24",
    "text": 'write it between quotes, as "mercredis"',
    "true or false": "write true or false, without quotes",
    "a list": 'write it between brackets, as ["matin", "midi"]',
    "a table": 'write its keys between braces, as { journee = "1" }',
    "a table of fields": (
        "write its keys under its name in brackets, as [operator], or between "
        "braces, as { days_before = 2, at = 12:00:00 }"
    ),
}


def _how(value: object, expected: str) -> str:
    if expected == "a list" and isinstance(value, dict):
        return "write two brackets around its name, as [[regies]]"
    if expected == "a table of fields" and isinstance(value, list):
        return "write one bracket around its name, as [operator]"
    return _HOW.get(expected, "")


_MANNER = Manner(show=shown, how=_how)


@lru_cache(maxsize=8)
def _toml_converter(shapes: tuple[Shape, ...]) -> Converter:
    return make_toml_converter(shapes)


def make_toml_converter(
    shapes: tuple[Shape, ...], manner: Manner = _MANNER
) -> Converter:
    """
    A converter for what people write in TOML.

    Args:
        shapes: For what is written otherwise than its fields.

        manner: How a value of another type is told.
    """
    converter = make_converter(manner)
    converter.register_structure_hook(Decimal, _figure)
    converter.register_structure_hook(Money, _money)
    converter.register_structure_hook(dt.date, _day)
    converter.register_structure_hook(dt.time, _time)
    converter.register_structure_hook(dt.datetime, _moment)
    for shape in shapes:
        _register(converter, shape)
    return converter


def _register(converter: Converter, shape: Shape) -> None:
    def read(data: Any, _: Any) -> object:
        if shape.short is not None and not isinstance(data, dict):
            return shape.short(data)
        return shape.read(converter.structure(data, shape.written))

    converter.register_structure_hook_func(
        lambda kind: kind == shape.kind, read
    )


# Plain figures, short enough for any arithmetic done with them.
_FIGURE = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)


def read_figure(value: object) -> Decimal:
    """
    The number that *value* writes: "7.10".

    Raises:
        TypeError: If it is a bare number.
        ValueError: If it is no figure.
    """
    return Decimal(_figures(value))


def _figure(value: Any, _: Any) -> Decimal:
    return read_figure(value)


def _money(value: Any, _: Any) -> Money:
    return eur(_figures(value))


def _figures(value: Any) -> str:
    if type(value) in {int, float}:
        example = value if _FIGURE.fullmatch(str(value)) else "7.10"
        msg = (
            f"{shown(value)} is a bare number: write it between quotes, "
            f'as "{example}"'
        )
        raise TypeError(msg)
    if type(value) is not str or not _FIGURE.fullmatch(value):
        msg = (
            f"{shown(value)} is not a figure: write digits, and a dot before "
            'the decimals, as "7.10"'
        )
        raise ValueError(msg)
    return value


def _day(value: Any, _: Any) -> dt.date:
    if type(value) is not dt.date:
        msg = (
            f"{shown(value)} is not a day, write it without quotes: 2026-05-27"
        )
        raise TypeError(msg)
    return value


def _time(value: Any, _: Any) -> dt.time:
    if type(value) is not dt.time:
        msg = (
            f"{shown(value)} is not an hour, write it without quotes: 12:00:00"
        )
        raise TypeError(msg)
    return value


def _moment(value: Any, _: Any) -> dt.datetime:
    if type(value) is not dt.datetime or value.tzinfo is not None:
        msg = (
            f"{shown(value)} is not a moment in Paris, write it without "
            "quotes and without an offset: 2026-03-01T08:00:00"
        )
        raise TypeError(msg)
    return at_paris(value.date(), value.time())
