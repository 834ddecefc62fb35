"""
Values from plain data, with every error and its path.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, TypeVar

from attrs import fields, fields_dict, frozen
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)

T = TypeVar("T")

SAYS = "says"
"""Where the metadata of a field keeps a sentence about it."""
EXAMPLE = "example"
"""And how one would write it."""

NO_SUCH_KEY = "there is no such key here"
"""What the message about an unknown key begins with."""


@frozen
class Fault:
    """
    One thing wrong, and where: « tariffs[0].since ».

    Attributes:
        line: Of the text, from 1; `None` if it is not known.
    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path or 'the document'}: {self.message}"


class Unreadable(ValueError):
    """
    Not what was expected; *faults* says everything that is wrong.
    """

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def structure(converter: Converter, data: Any, kind: type[T]) -> T:
    """
    Read *data* as *kind*.

    Raises:
        Unreadable: With every fault.
    """
    try:
        return converter.structure(data, kind)
    except (BaseValidationError, TypeError, ValueError) as error:
        raise Unreadable(*_faults(error, "")) from error


def _faults(error: BaseException, path: str) -> list[Fault]:
    if isinstance(error, ClassValidationError):
        noted, bare = error.group_exceptions()
        return [
            *(
                fault
                for inner, note in noted
                for fault in _of_key(inner, path, error.cl, note.name)
            ),
            *(fault for inner in bare for fault in _faults(inner, path)),
        ]
    if isinstance(error, IterableValidationError):
        inner_noted, inner_bare = error.group_exceptions()
        return [
            *(
                fault
                for inner, note in inner_noted
                for fault in _faults(inner, _at(path, note.index))
            ),
            *(f for inner in inner_bare for f in _faults(inner, path)),
        ]
    if isinstance(error, ForbiddenExtraKeysError):
        return [
            Fault(_join(path, name), _no_such_key(name, error.cl))
            for name in sorted(error.extra_fields)
        ]
    return [Fault(path, told) for told in _messages(error)]


def _of_key(
    error: BaseException, path: str, kind: type, name: str
) -> list[Fault]:
    if isinstance(error, KeyError) and error.args == (name,):
        return [Fault(_join(path, name), _missing(name, kind))]
    return _faults(error, _join(path, name))


def _missing(name: str, kind: type) -> str:
    told = fields_dict(kind)[name].metadata
    if SAYS not in told:
        return f"{name!r} is missing"
    example = told[EXAMPLE]
    written = example if is_header(example) else f"{name} = {example}"
    return f"{name!r} is missing: write it as « {written} ». {told[SAYS]}"


def is_header(example: str) -> bool:
    """
    Whether it is the first line of a table, as « [[tariffs]] ».
    """
    return re.fullmatch(r"\[[a-z_.]+\]|\[\[[a-z_.]+\]\]", example) is not None


def _no_such_key(name: str, kind: type) -> str:
    known = [field.name for field in fields(kind)]
    close = get_close_matches(name, known, n=1)
    if close:
        return f"{NO_SUCH_KEY}, did you mean {close[0]!r}?"
    return f"{NO_SUCH_KEY}, only {', '.join(known)}"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _at(path: str, index: Any) -> str:
    # A mapping's values are noted by their keys.
    return f"{path}[{index}]" if type(index) is int else _join(path, index)


def _messages(error: BaseException) -> tuple[str, ...]:
    # A value that is wrong in several ways says each by itself.
    return tuple(map(str, error.args)) or ("cannot be read",)
