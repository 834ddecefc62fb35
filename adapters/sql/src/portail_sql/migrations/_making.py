"""
The tables of the schema, as the statements that make them; and what makes the
databases refuse, also to a hand, to change rows that are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import (
    CreateIndex,
    CreateTable,
    SetColumnComment,
    SetTableComment,
)

from portail_sql._tables import MARK, METADATA
from portail_sql.columns import POSTGRESQL

_SAID = "is only added to"

_REFUSE = f"""\
CREATE FUNCTION {MARK}refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% {_SAID}', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$"""


def tables_of_today(dialect: sa.Dialect) -> Iterator[str]:
    """
    The statements that make the tables of the schema, with their indexes and
    triggers.
    """
    for table in METADATA.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if index.info.get("only", dialect.name) == dialect.name:
                yield str(CreateIndex(index).compile(dialect=dialect))
    yield from _refusing(dialect.name)


def comments(dialect: sa.Dialect) -> Iterator[str]:
    """
    The statements that say in the database what each table and column is.
    """
    for table in METADATA.sorted_tables:
        yield str(SetTableComment(table).compile(dialect=dialect))
        for column in table.columns:
            yield str(SetColumnComment(column).compile(dialect=dialect))


def _refusing(dialect: str) -> Iterator[str]:
    """
    The statements that make the database named *dialect* refuse.
    """
    tables = [t for t in METADATA.sorted_tables if t.info.get("kept")]
    if dialect == POSTGRESQL:
        yield _REFUSE
        yield from map(_on_postgresql, tables)
        return
    for table in tables:
        yield from (_on_sqlite(table, what) for what in ("UPDATE", "DELETE"))


def _on_postgresql(table: sa.Table) -> str:
    return (
        f"CREATE TRIGGER kept_{table.name}"
        f" BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name}"
        f" EXECUTE FUNCTION {MARK}refuse()"
    )


def _on_sqlite(table: sa.Table, what: str) -> str:
    return (
        f"CREATE TRIGGER kept_{table.name}_{what.lower()}"
        f" BEFORE {what} ON {table.name}"
        f" BEGIN SELECT RAISE(ABORT, '{table.name} {_SAID}'); END"
    )
