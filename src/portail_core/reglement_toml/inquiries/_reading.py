"""
Reading a request document: every fault at once, each with its path.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, fields_dict

from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml._file import SHAPES as FILE_SHAPES
from portail_core.reglement_toml._lines import Lines
from portail_core.reglement_toml._reading import text_of
from portail_core.wire import (
    NO_SUCH_KEY,
    Fault,
    Unreadable,
    load_document,
    parse_json,
    parse_toml,
)

from ._file import SHAPES, InquiryFile
from ._inquiry import Inquiry
from ._meaning import meaning

_SHAPES = (*FILE_SHAPES, *SHAPES)


def load_inquiry(path: Path | str, reglement: Reglement) -> Inquiry:
    """
    Read a request document from a file in UTF-8: JSON if its name ends so,
    else TOML.

    Raises:
        OSError: If there is no such file.
        Unreadable: With every fault and its path.
    """
    text = text_of(path)
    if Path(path).suffix.lower() == ".json":
        return read_inquiry(parse_json(text), reglement)
    data = parse_toml(text)
    try:
        return read_inquiry(data, reglement)
    except Unreadable as error:
        lines = Lines(text)
        located = [
            evolve(fault, line=lines.line_of(fault.path, data))
            for fault in error.faults
        ]
        in_order = sorted(located, key=lambda fault: fault.line or 0)
        raise Unreadable(*in_order) from error


def read_inquiry(data: Mapping[str, Any], reglement: Reglement) -> Inquiry:
    """
    Read a request document from plain data; days and hours may be ISO text.

    Args:
        data: What `parse_toml` or `parse_json` gave.

        reglement: Whose codes it names.

    Raises:
        Unreadable: With every fault and its path.
    """
    try:
        file = load_document(InquiryFile, data, _SHAPES)
    except Unreadable as error:
        raise Unreadable(*map(_misplaced, error.faults)) from error
    return meaning(file, reglement)


def _misplaced(fault: Fault) -> Fault:
    """
    The same, or where the key belongs if it is one of the whole document:
    TOML gives to the table above it whatever stands below its name.
    """
    above, _, key = fault.path.rpartition(".")
    is_one = key in fields_dict(InquiryFile)
    if not (above and is_one and fault.message.startswith(NO_SUCH_KEY)):
        return fault
    told = (
        f"{NO_SUCH_KEY}, it is one of the whole document: write it above the "
        "first [table]"
    )
    return evolve(fault, message=told)
