"""
Files: what their content says they are, whatever their name does.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from attrs import field, frozen

from portail_core.domain.checks import not_empty, positive, whole_number
from portail_core.domain.refusals import Refusal, Refused

from ._refusals import FileEmpty, FileTooBig, FileTypeNotAccepted

LONGEST_NAME = 100
"""Characters."""
MEGABYTE = 1_000_000
"""Bytes, as printed on every disk."""
NAMELESS = "document"


class ContentType(Enum):
    """
    A type of file that a family may give, by its registered name.
    """

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"  # what telephones make

    @property
    def label(self) -> str:
        """
        As people call it: « PDF ».
        """
        return self.name


@frozen(kw_only=True)
class Uploads:
    """
    What files are taken.
    """

    most_megabytes: int = field(default=10, validator=[whole_number, positive])
    types: tuple[ContentType, ...] = field(
        default=tuple(ContentType), validator=not_empty
    )


ANY_UPLOADS = Uploads()
"""What is taken unless a règlement says otherwise."""

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_BRAND = slice(8, 12)


def _type_of(content: bytes) -> ContentType | None:
    if content.startswith(b"%PDF-"):
        return ContentType.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return ContentType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ContentType.PNG
    if content[4:8] == b"ftyp" and content[_BRAND] in _HEIC_BRANDS:
        return ContentType.HEIC
    return None


def read_content(content: bytes, uploads: Uploads) -> ContentType:
    """
    What *content* is, by its first bytes: neither its name nor what a browser
    says of it is believed.

    Raises:
        Refused: `FileEmpty`; or `FileTooBig`, `FileTypeNotAccepted`, or both.
    """
    if not content:
        raise Refused(FileEmpty())
    refusals: list[Refusal] = []
    if len(content) > uploads.most_megabytes * MEGABYTE:
        refusals.append(FileTooBig(uploads.most_megabytes))
    found = _type_of(content)
    if found not in uploads.types:
        labels = tuple(one.label for one in uploads.types)
        refusals.append(FileTypeNotAccepted(labels))
    if refusals:
        raise Refused(*refusals)
    assert found is not None, "no type of ours is accepted"
    return found


def cleaned_name(name: str) -> str:
    r"""
    The last part of a file's name, without what cannot be printed on a line,
    of 100 characters at most; « document » if nothing is left.

    The end is kept, where the kind of file is usually written.

    >>> cleaned_name("C:\\Camille\\fiche sanitaire.pdf")
    'fiche sanitaire.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    printed = "".join(
        character
        for character in last
        # Cc, Cf, Cs, Co, Cn, Zl, Zp: what Unicode calls « other », and ends
        # of lines.
        if unicodedata.category(character)[0] != "C"
        and unicodedata.category(character) not in {"Zl", "Zp"}
    )
    return " ".join(printed.split())[-LONGEST_NAME:].strip() or NAMELESS
