"""
All that there is to say of a file: what is wrong, and what is odd.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from portail_core.domain.kinds import Kind
from portail_core.domain.oddities import Oddity, warnings
from portail_core.domain.reglement import Reglement
from portail_core.wire import Fault, Unreadable, parse_toml

from ._lines import Lines
from ._reading import read_reglement, text_of


@frozen(kw_only=True)
class Warned:
    """
    Something odd, and the line of the file on which it stands.
    """

    oddity: Oddity
    line: int | None


@frozen(kw_only=True)
class Checked:
    """
    What was found in a file, each from its first line to its last.

    Attributes:
        reglement: What was read; `None` if there are errors.
    """

    reglement: Reglement | None
    errors: tuple[Fault, ...]
    warnings: tuple[Warned, ...]


def check_reglement(
    path: Path | str, *, kinds: Iterable[Kind] = ()
) -> Checked:
    """
    Read a règlement from a file, in UTF-8, and look at what it says.

    Args:
        path: Of the file.

        kinds: Those that plugins add, beside the built-in ones.

    Raises:
        OSError: If there is no such file.
        ValueError: If two kinds have one name.
        KindBroken: If one of them breaks its promise.
    """
    try:
        text = text_of(path)
        reglement = read_reglement(text, kinds=kinds)
    except Unreadable as error:
        errors = sorted(error.faults, key=lambda fault: fault.line or 0)
        return Checked(reglement=None, errors=tuple(errors), warnings=())
    return Checked(
        reglement=reglement, errors=(), warnings=_warned(text, reglement)
    )


def _warned(text: str, reglement: Reglement) -> tuple[Warned, ...]:
    data, lines = parse_toml(text), Lines(text)
    found = (
        Warned(oddity=oddity, line=lines.line_of(oddity.path, data))
        for oddity in warnings(reglement)
    )
    return tuple(sorted(found, key=lambda warned: warned.line or 0))
