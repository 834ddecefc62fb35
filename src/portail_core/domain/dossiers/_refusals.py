"""
What is wrong with a dossier, or with a file of them.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from portail_core.domain.forms import FieldRefusal
from portail_core.domain.refusals import Refusal

# Of a dossier ---------------------------------------------------------------


@frozen
class AdultsCount(Refusal):
    """
    A dossier has from one to *most* adults.
    """

    rule: ClassVar[str] = "dossier.adults"
    most: int


@frozen
class EmailTaken(FieldRefusal):
    """
    The address has an account, or is given to someone else here.
    """

    rule: ClassVar[str] = "dossier.email.taken"


@frozen
class ChildTwice(FieldRefusal):
    """
    A child of this name and birth date is there already.
    """

    rule: ClassVar[str] = "dossier.child.twice"


# Of a file ------------------------------------------------------------------


@frozen
class FileTooLarge(Refusal):
    """
    More than *most* thousands of bytes.
    """

    rule: ClassVar[str] = "dossier.import.bytes"
    most: int


@frozen
class TooManyLines(Refusal):
    """
    More than *most* lines that are not empty, beside the header.
    """

    rule: ClassVar[str] = "dossier.import.lines"
    most: int


@frozen
class NotText(Refusal):
    """
    Neither UTF-8 nor what Excel writes in France: not a CSV file.
    """

    rule: ClassVar[str] = "dossier.import.text"


@frozen
class FileEmpty(Refusal):
    """
    No line at all, or only the header.
    """

    rule: ClassVar[str] = "dossier.import.empty"


@frozen
class LineMalformed(Refusal):
    """
    A quotation mark that is not closed, or more cells than columns.

    Attributes:
        line: As a spreadsheet numbers it, the header being the first.
    """

    rule: ClassVar[str] = "dossier.import.line"
    line: int


@frozen
class ColumnUnknown(Refusal):
    """
    The header has a column that means nothing here.
    """

    rule: ClassVar[str] = "dossier.import.column.unknown"
    column: str
    known: tuple[str, ...]


@frozen
class ColumnMissing(Refusal):
    """
    The header lacks a column that every dossier needs.
    """

    rule: ClassVar[str] = "dossier.import.column.missing"
    column: str
    known: tuple[str, ...]


@frozen
class ColumnTwice(Refusal):
    """
    Two columns of the header mean the same.
    """

    rule: ClassVar[str] = "dossier.import.column.twice"
    column: str


@frozen
class Contradicted(FieldRefusal):
    """
    Another line of the same dossier says otherwise.

    Attributes:
        line: That other line, which comes first.
    """

    rule: ClassVar[str] = "dossier.import.contradicted"
    line: int
