"""
The reference page of the document, from the classes that read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import getdoc
from pathlib import Path

from attrs import fields_dict

from portail_core.reglement_toml.reference._page import HEADER, row
from portail_core.reglement_toml.reference._tables import (
    keys_of,
    name_of,
)

from ._file import (
    CancelFile,
    ChildFile,
    DayFile,
    HouseholdFile,
    InquiryFile,
    PastFile,
    QuotientFile,
)
from ._meaning import OF_THE_DOCUMENT

_TEMPLATE = Path(__file__).parent / "page.md"
_TITLES: Mapping[type, str] = {
    InquiryFile: "The whole document",
    HouseholdFile: "`[household]`",
    QuotientFile: "`[[household.quotients]]`",
    ChildFile: "`[[children]]`",
    DayFile: "`days`",
    CancelFile: "`[cancel]`",
    PastFile: "`[[cancel.past]]`",
}


def page() -> str:
    """
    The reference page, in Markdown.
    """
    text = _TEMPLATE.read_text(encoding="utf-8")
    return text.replace("{tables}", "\n".join(map(_section, _TITLES)))


def _section(file: type) -> str:
    keys = keys_of(file)
    if file is InquiryFile:
        of_a_child = fields_dict(ChildFile).keys() - set(OF_THE_DOCUMENT)
        keys = tuple(key for key in keys if key.name not in of_a_child)
    parts = [
        f'<a id="{name_of(file)}"></a>',
        f"### {_TITLES[file]}",
        getdoc(file) or "",
        f"{HEADER}{''.join(map(row, keys))}".rstrip(),
    ]
    return "\n\n".join(parts) + "\n"
