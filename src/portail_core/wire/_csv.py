"""
CSV as spreadsheets write it in France: lines and cells, no meaning yet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from portail_core.domain.dossiers import (
    MOST_BYTES,
    MOST_LINES,
    FileEmpty,
    FileTooLarge,
    Line,
    LineMalformed,
    NotText,
    Table,
    TooManyLines,
)
from portail_core.domain.refusals import Refused

_DELIMITERS = (";", ",", "\t")


def read_table(content: bytes) -> Table:
    """
    The cells of a CSV file, with a header; empty lines are left out, and a
    line break within a cell is a space.

    Args:
        content: UTF-8 with or without a byte order mark, else Windows-1252;
            cells between « ; », « , » or tabs, whichever the header has most.

    Raises:
        Refused: `FileTooLarge`, `NotText`, `FileEmpty`, `LineMalformed` or
            `TooManyLines`.
    """
    if len(content) > MOST_BYTES:
        raise Refused(FileTooLarge(MOST_BYTES // 1000))
    text = _text(content)
    lines = tuple(_lines(text, _delimiter(text)))
    if len(lines) < 2:  # noqa: PLR2004 - a header and a line
        raise Refused(FileEmpty())
    if len(lines) - 1 > MOST_LINES:
        raise Refused(TooManyLines(MOST_LINES))
    header = lines[0].cells
    # Excel ends a header with the empty columns of a table that was wider.
    while header and not header[-1]:
        header = header[:-1]
    return Table(header=header, lines=lines[1:])


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise Refused(NotText())


def _delimiter(text: str) -> str:
    def columns(delimiter: str) -> int:
        try:
            return len(next(_lines(text, delimiter)).cells)
        except (Refused, StopIteration):
            return 0

    return max(_DELIMITERS, key=columns)


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    # A spreadsheet counts lines, whatever line breaks their cells hold.
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True
    )
    number = 0
    while True:
        number += 1
        try:
            cells = tuple(" ".join(cell.split()) for cell in next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(LineMalformed(number)) from error
        if any(cells):
            yield Line(number=number, cells=cells)
