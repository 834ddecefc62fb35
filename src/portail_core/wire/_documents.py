"""
Documents that are TOML or JSON, and mean the same: JSON writes days and hours
as text, which TOML may do, too.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from cattrs import Converter

from portail_core.domain.days import at_paris

from ._converters import Manner
from ._structure import Fault, Unreadable, structure
from ._toml import Shape, make_toml_converter, shown

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Of the days of a document: others are a slip of the keyboard."""


def parse_json(text: str) -> Mapping[str, Any]:
    """
    The plain data that *text* holds.

    Raises:
        Unreadable: If it is not a JSON object, or says a key twice.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once_each)
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        msg = "not JSON of ours: half a character, as \\ud800"
        raise Unreadable(Fault("", msg)) from error
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable(Fault("", f"not JSON: {error}")) from error
    except RecursionError as error:
        fault = Fault("", "not JSON of ours: brackets within brackets")
        raise Unreadable(fault) from error
    if not isinstance(data, dict):
        msg = "is not an object: write keys between braces"
        raise Unreadable(Fault("", msg))
    return data


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise Unreadable(*(Fault(key, "is written twice") for key in twice))
    return found


def load_document(
    kind: type[T], data: Mapping[str, Any], shapes: tuple[Shape, ...] = ()
) -> T:
    """
    Read *data* as *kind*, as `load_toml` does; a day, an hour and a moment
    may be ISO text.

    Args:
        kind: What the whole document is.

        data: What `parse_toml` or `parse_json` gave.

        shapes: For what is written otherwise than its fields.

    Raises:
        Unreadable: With every fault and its path.
    """
    return structure(_converter(shapes), data, kind)


_HOW = {
    "a whole number": "write digits without quotes, as 3",
    "text": "write it between quotes",
    "true or false": "write true or false, without quotes",
    "a list": "write it between brackets, as [ … ]",
    "a table": "write its keys between braces, as { … }",
    "a table of fields": "write its keys between braces, as { … }",
}
_MANNER = Manner(show=shown, how=lambda _, expected: _HOW.get(expected, ""))


@lru_cache(maxsize=2)
def _converter(shapes: tuple[Shape, ...]) -> Converter:
    converter = make_toml_converter(shapes, _MANNER)
    converter.register_structure_hook(dt.date, _day)
    converter.register_structure_hook(dt.time, _time)
    converter.register_structure_hook(dt.datetime, _moment)
    return converter


def _day(value: Any, _: Any) -> dt.date:
    day = _from_text(value, dt.date.fromisoformat)
    if type(day) is not dt.date:
        msg = f"{shown(value)} is not a day: write it as 2026-05-27"
        raise TypeError(msg)
    return _in_our_time(day)


def _time(value: Any, _: Any) -> dt.time:
    time = _from_text(value, dt.time.fromisoformat)
    if type(time) is not dt.time or time.tzinfo is not None:
        msg = f"{shown(value)} is not an hour: write it as 12:00:00"
        raise TypeError(msg)
    return time


def _moment(value: Any, _: Any) -> dt.datetime:
    moment = _from_text(value, _read_moment)
    if type(moment) is not dt.datetime or moment.tzinfo is not None:
        msg = (
            f"{shown(value)} is not a moment in Paris: write it without an "
            "offset, as 2026-05-25T10:00:00"
        )
        raise TypeError(msg)
    return at_paris(_in_our_time(moment.date()), moment.time())


def _from_text(value: Any, read: Callable[[str], object]) -> object:
    if type(value) is not str:
        return value
    try:
        return read(value)
    except ValueError:
        return None


def _read_moment(text: str) -> dt.datetime:
    if not re.search("[T ]", text):
        msg = "a day alone is no moment, though Python reads it as midnight"
        raise ValueError(msg)
    return dt.datetime.fromisoformat(text)


def _in_our_time(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"{day} is not of our time: check the year"
        raise ValueError(msg)
    return day
