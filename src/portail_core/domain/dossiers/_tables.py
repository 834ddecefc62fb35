"""
A file of dossiers: one line a child, and everything that is wrong with it.

Lines with one address make one dossier; without any, those of one name at one
place.  A cell that is left empty says nothing: what another line says stands.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, frozen

from portail_core.domain.accounts import Email
from portail_core.domain.forms import (
    BLOCKS,
    Block,
    Field,
    FieldRefusal,
    written,
)
from portail_core.domain.ids import FieldName
from portail_core.domain.likeness import alike, name_alike
from portail_core.domain.refusals import Refusal

from ._columns import COLUMNS, LABELS, MEANT, NEEDED, Column, Part
from ._forms import (
    ADULT,
    CHILD,
    HOUSEHOLD,
    DossierForm,
    Judged,
    judge,
    read_address,
    read_part,
)
from ._refusals import (
    ChildTwice,
    ColumnMissing,
    ColumnTwice,
    ColumnUnknown,
    Contradicted,
    EmailTaken,
    LineMalformed,
)

MOST_BYTES = 1_000_000
MOST_LINES = 2_000

_BLOCKS: Mapping[Part, tuple[Block, ...]] = MappingProxyType(
    {
        "adult": ADULT,
        "partner": ADULT,
        "household": HOUSEHOLD,
        "child": CHILD,
    }
)

Cell: TypeAlias = tuple[Part, str]
"""Whose field, and its key."""

_FIELDS: Mapping[Cell, Field] = MappingProxyType(
    {
        (part, one.key): one
        for part, blocks in _BLOCKS.items()
        for block in blocks
        for one in BLOCKS[block]
    }
)
_EMAIL: Cell = ("adult", "email")
_NAME: tuple[Cell, Cell] = ("adult", "last_name"), ("adult", "first_name")
_ADDRESS: tuple[Cell, ...] = (
    ("household", "street"),
    ("household", "postcode"),
    ("household", "town"),
)
_CHILD: tuple[Cell, Cell, Cell] = (
    ("child", "last_name"),
    ("child", "first_name"),
    ("child", "birth_date"),
)


@frozen(kw_only=True)
class Line:
    """
    A line that is not empty.

    Attributes:
        number: As a spreadsheet counts, the header being the first.
    """

    number: int
    cells: tuple[str, ...]


@frozen(kw_only=True)
class Table:
    """
    A file, as its lines and cells.
    """

    header: tuple[str, ...]
    lines: tuple[Line, ...]


@frozen(kw_only=True)
class JudgedTable:
    """
    What a file holds.

    Attributes:
        dossiers: None where there are refusals.

        emails: Addresses to open accounts for, and where each was typed.
    """

    dossiers: tuple[Judged, ...]
    emails: tuple[tuple[Email, FieldName], ...]
    refusals: tuple[Refusal, ...]


def judge_table(table: Table, *, today: dt.date) -> JudgedTable:
    """
    What *table* holds, and all that is wrong with it, each fault with its
    line and its column: « lines[3].Code postal ».

    Args:
        table: A header that is wrong is told alone: nobody can say what its
            lines mean.

        today: In Paris.
    """
    faults = _header_faults(table.header)
    if faults:
        return JudgedTable(dossiers=(), emails=(), refusals=tuple(faults))
    columns = tuple(MEANT[alike(name)] for name in table.header)
    names = {
        (column.part, column.key): " ".join(name.split())
        for column, name in zip(columns, table.header, strict=True)
    }
    rows = tuple(
        row
        for line in table.lines
        for row in _rows(line, columns, names, faults, today)
    )
    dossiers = _dossiers(rows)
    for dossier in dossiers:
        faults.extend(_contradicted(dossier, today))
    faults.extend(_children_twice(rows, today))
    emails = _emails(dossiers, faults)
    return JudgedTable(
        dossiers=()
        if faults
        else tuple(_judged(dossier, today) for dossier in dossiers),
        emails=emails,
        refusals=tuple(faults),
    )


def _header_faults(header: tuple[str, ...]) -> list[Refusal]:
    faults: list[Refusal] = []
    seen: set[str] = set()
    for name in header:
        column = MEANT.get(alike(name))
        if column is None:
            faults.append(ColumnUnknown(" ".join(name.split()) or "…", LABELS))
        elif column.label in seen:
            faults.append(ColumnTwice(" ".join(name.split())))
        else:
            seen.add(column.label)
    faults.extend(
        ColumnMissing(label, LABELS) for label in NEEDED if label not in seen
    )
    return faults


# Lines ----------------------------------------------------------------------


@frozen(kw_only=True)
class _Row:
    """
    A line, by the fields that it fills in.

    Attributes:
        typed: Cells that are not empty.

        bad: Those that have a fault.

        names: Columns as the file calls them.
    """

    number: int
    typed: Mapping[Cell, str]
    bad: frozenset[FieldName]
    names: Mapping[Cell, str]

    def name(self, cell: Cell) -> FieldName:
        """
        Where *cell* is.
        """
        part, key = cell
        column = self.names.get(cell) or _label(part, key)
        return f"lines[{self.number}].{column}"

    def part(self, part: Part) -> dict[str, str]:
        """
        What is typed of *part*, by the keys of its fields.
        """
        return {
            key: text
            for (whose, key), text in self.typed.items()
            if whose == part
        }

    def good(self, cell: Cell) -> str | None:
        """
        What is typed in *cell*; `None` for nothing, or for a fault.
        """
        return None if self.name(cell) in self.bad else self.typed.get(cell)

    def value(self, cell: Cell, today: dt.date) -> str | None:
        """
        The same, to be compared, however it is written.
        """
        text = self.good(cell)
        if text is None:
            return None
        if cell in _FIELDS:
            read = _FIELDS[cell].read(text.strip(), self.name(cell), today)
            assert not isinstance(read, FieldRefusal), "the cell is good"
            text = written(read) or text
        return alike(text)


def _label(part: Part, key: str) -> str:
    # A column that the file has not: all that a fault of it can be is missing.
    return next(c.label for c in COLUMNS if (c.part, c.key) == (part, key))


def _rows(
    line: Line,
    columns: tuple[Column, ...],
    names: Mapping[Cell, str],
    faults: list[Refusal],
    today: dt.date,
) -> Iterator[_Row]:
    if any(map(str.strip, line.cells[len(columns) :])):
        faults.append(LineMalformed(line.number))
        return
    typed: dict[Cell, str] = {
        (column.part, column.key): text
        for column, text in zip(columns, line.cells, strict=False)
        if text.strip()
    }
    row = _Row(number=line.number, typed=typed, bad=frozenset(), names=names)
    own: list[Refusal] = []
    for part in _BLOCKS:
        _judge_part(row, part, own, today)
    faults.extend(own)
    wrong = (one.field for one in own if isinstance(one, FieldRefusal))
    yield evolve(row, bad=frozenset(wrong))


def _judge_part(
    row: _Row, part: Part, faults: list[Refusal], today: dt.date
) -> None:
    typed = row.part(part)
    if not typed and part != "adult":
        return
    email = typed.pop("email", "")
    if email:
        read_address(email, row.name((part, "email")), faults)
    read_part(
        _BLOCKS[part], typed, lambda key: row.name((part, key)), faults, today
    )


# Dossiers -------------------------------------------------------------------

_Rows: TypeAlias = tuple[_Row, ...]
"""Lines of one dossier, at least one."""


def _dossiers(rows: _Rows) -> tuple[_Rows, ...]:
    found: dict[Hashable, list[_Row]] = defaultdict(list)
    for row in rows:
        whose = _whose(row)
        if whose is not None:
            found[whose].append(row)
    return tuple(map(tuple, found.values()))


def _whose(row: _Row) -> Hashable:
    """
    What lines of one dossier have in common; `None` if the line is too wrong
    to say.
    """
    if _EMAIL in row.typed:
        email = row.good(_EMAIL)
        return None if email is None else email.strip().lower()
    last_name, first_name = map(row.good, _NAME)
    if not (last_name and first_name):
        return None
    if any(row.name(cell) in row.bad for cell in _ADDRESS):
        return None
    place = tuple(alike(row.typed.get(cell, "")) for cell in _ADDRESS)
    return name_alike(last_name, first_name), place


def _first(dossier: _Rows, cell: Cell) -> _Row | None:
    return next((row for row in dossier if row.good(cell)), None)


def _contradicted(dossier: _Rows, today: dt.date) -> Iterator[Refusal]:
    shared = {
        cell: None
        for row in dossier
        for cell in row.typed
        if cell[0] != "child"
    }
    for cell in shared:
        first = _first(dossier, cell)
        for row in dossier:
            if (
                first is not None
                and row.good(cell)
                and row.value(cell, today) != first.value(cell, today)
            ):
                yield Contradicted(row.name(cell), first.number)


def _children_twice(rows: _Rows, today: dt.date) -> Iterator[Refusal]:
    seen: set[Hashable] = set()
    for row in rows:
        last_name, first_name, _ = map(row.good, _CHILD)
        born = row.value(_CHILD[-1], today)
        if not (last_name and first_name and born):
            continue
        child = name_alike(last_name, first_name), born
        if child in seen:
            yield ChildTwice(row.name(_CHILD[1]))
        seen.add(child)


def _emails(
    dossiers: tuple[_Rows, ...], faults: list[Refusal]
) -> tuple[tuple[Email, FieldName], ...]:
    found: dict[Email, FieldName] = {}
    for dossier in dossiers:
        for part in ("adult", "partner"):
            cell: Cell = (part, "email")
            first = _first(dossier, cell)
            if first is None:
                continue
            email = Email(first.typed[cell].strip().lower())
            if email in found:
                faults.append(EmailTaken(first.name(cell)))
            found.setdefault(email, first.name(cell))
    return tuple(found.items())


def _judged(dossier: _Rows, today: dt.date) -> Judged:
    merged: dict[Part, dict[str, str]] = defaultdict(dict)
    for row in reversed(dossier):
        for part in _BLOCKS:
            merged[part].update(row.part(part))
    form = DossierForm(
        adults=[merged[part] for part in ("adult", "partner") if merged[part]],
        household=merged["household"],
        children=[child for row in dossier if (child := row.part("child"))],
    )
    judged = judge(form, today=today)
    assert not judged.refusals, "each line was judged by itself"
    return judged
