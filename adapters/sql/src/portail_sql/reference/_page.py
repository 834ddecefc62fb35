"""
The reference page, from what tables and columns say of themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from portail_sql._tables import MARK
from portail_sql.columns import Member
from portail_sql.schema import (
    _accounts,
    _bookings,
    _desk,
    _dossiers,
    _families,
    _invoices,
    _money,
)

SUBJECTS = (
    _bookings,
    _invoices,
    _money,
    _families,
    _dossiers,
    _accounts,
    _desk,
)
"""In the order in which an analyst comes across them."""

_HERE = Path(__file__).parent
_SQLITE = SQLiteDialect_pysqlite()
_POSTGRESQL = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy's

_HEADER = """\
| column | SQLite | PostgreSQL | may be NULL | what it is |
| --- | --- | --- | --- | --- |
"""
_KEPT = "Rows are only added: the database refuses to change or delete them."


def page() -> str:
    """
    The page, in Markdown.
    """
    text = (_HERE / "page.md").read_text(encoding="utf-8")
    found = {
        "contents": " · ".join(
            f"[{_name(t)}](#{_name(t)})" for t in _every_table()
        ),
        "tables": "\n".join(map(_subject, SUBJECTS)),
    }
    for name, value in found.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _every_table() -> Iterator[sa.Table]:
    for module in SUBJECTS:
        yield from _tables(module)


def _tables(module: ModuleType) -> Iterator[sa.Table]:
    """
    As they are declared.
    """
    for value in vars(module).values():
        if isinstance(value, sa.Table):
            yield value


def _subject(module: ModuleType) -> str:
    title, _, rest = " ".join((module.__doc__ or "").split()).partition(": ")
    said = f"{rest[:1].upper()}{rest[1:]}"
    return "\n".join(
        [f"## {title}\n\n{said}\n", *map(_section, _tables(module))]
    )


def _section(table: sa.Table) -> str:
    parts = [
        f'<a id="{_name(table)}"></a>',
        f"### `{_name(table)}`",
        str(table.comment),
        f"{_HEADER}{''.join(map(_row, table.columns))}".rstrip(),
        "\n".join(f"- {line}" for line in _rules(table)),
    ]
    return "\n\n".join(parts) + "\n"


def _row(column: sa.Column[Any]) -> str:
    cells = (
        f"`{column.name}`",
        _type(column, _SQLITE),
        _type(column, _POSTGRESQL),
        "yes" if column.nullable else "",
        f"{column.comment}{_values(column)}",
    )
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |\n"


def _type(column: sa.Column[Any], dialect: sa.Dialect) -> str:
    # Sorted by code point: a matter of this program, not of who reads.
    return column.type.compile(dialect).partition(" COLLATE")[0].lower()


def _values(column: sa.Column[Any]) -> str:
    if not isinstance(column.type, Member):
        return ""
    values = [str(member.value) for member in column.type.kind]
    if all(value in str(column.comment) for value in values):
        return ""
    return f" One of {', '.join(f'`{value}`' for value in values)}."


def _rules(table: sa.Table) -> Iterator[str]:
    """
    What holds of its rows, because the database sees to it.
    """
    yield f"key: {_columns(table.primary_key.columns)}"
    constraints = sorted(table.constraints, key=lambda c: str(c.name))
    for constraint in constraints:
        if isinstance(constraint, sa.ForeignKeyConstraint):
            yield _reference(constraint)
    for constraint in constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            yield f"unique: {_columns(constraint.columns)}"
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    for index in indexes:
        if index.unique:
            yield f"unique: {_columns(index.columns)}{_where(index)}"
    for constraint in (*_of_columns(table), *constraints):
        if isinstance(constraint, sa.CheckConstraint):
            yield f"always: `{constraint.sqltext}`"
    for index in indexes:
        if not index.unique:
            yield f"index: {_columns(index.columns)}{_where(index)}"
    if table.info.get("kept"):
        yield _KEPT


def _of_columns(table: sa.Table) -> Iterator[sa.Constraint]:
    for column in table.columns:
        # The states that are known stand beside their meaning.
        if not isinstance(column.type, Member):
            yield from column.constraints


def _reference(constraint: sa.ForeignKeyConstraint) -> str:
    target = _name(constraint.referred_table)
    columns = _columns(element.column for element in constraint.elements)
    return (
        f"refers: {_columns(constraint.columns)} to "
        f"[{target}](#{target}) {columns}"
    )


def _where(index: sa.Index) -> str:
    only = index.info.get("only")
    where = index.dialect_options["sqlite"]["where"]
    if where is not None:
        return f" where `{where}`"
    return " (SQLite only)" if only else ""


def _columns(columns: Iterable[Any]) -> str:
    return ", ".join(f"`{column.name}`" for column in columns)


def _name(table: sa.Table) -> str:
    return table.name.removeprefix(MARK)
