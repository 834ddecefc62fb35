"""
The tables, made or brought up to date: Alembic's migrations, run by
`portail db upgrade`, never by who only opens a store.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from portail_sql._connection import Connection
from portail_sql._tables import MARK, METADATA

HEAD = "0002"
"""The revision that this `portail_sql` reads and writes."""

REVISION = f"{MARK}alembic_version"
"""Alembic's own table, under the store's prefix."""

_FIRST = f"{MARK}schema_version"
"""What told the version before Alembic did."""


def make_or_check(connection: Connection) -> str | None:
    """
    Make the tables where there are none; what is wrong with those that are
    there, if anything is.
    """
    there = _tables(connection)
    if f"{connection.database.prefix}requests" not in there:
        if there and not connection.database.prefix:
            return (
                f"the database holds tables of something else ({there[0]}…): "
                "give the portal a database of its own, or its tables a prefix"
            )
        _make(connection)
        return None
    found = _revision(connection, there)
    if found == HEAD:
        return None
    if found < HEAD:
        return (
            f"the tables are of revision {found}, and this portail_sql needs "
            f"{HEAD}: make a backup, then run « portail db upgrade »"
        )
    return (
        f"the tables are of revision {found}, and this portail_sql only knows "
        f"{HEAD}: use a portail_sql as recent as the one that wrote them. "
        "Tables are never taken back to an older revision: restore a backup "
        "made before the upgrade instead"
    )


def look(connection: Connection) -> None:
    """
    Pin what a snapshot sees: it begins with the first statement.
    """
    connection.run(f"SELECT 1 FROM {REVISION}")  # noqa: S608 - a constant
    connection.cursor.fetchall()


def _make(connection: Connection) -> None:
    dialect = connection.database.compiler.dialect
    for table in METADATA.sorted_tables:
        connection.run(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.run(str(CreateIndex(index).compile(dialect=dialect)))
    connection.run(
        f"CREATE TABLE {REVISION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.run(f"INSERT INTO {REVISION} VALUES ('{HEAD}')")


def _tables(connection: Connection) -> list[str]:
    if connection.database.name == "sqlite":
        connection.run("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        connection.run(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = current_schema()"
        )
    return sorted(name for (name,) in connection.cursor.fetchall())


def _revision(connection: Connection, there: list[str]) -> str:
    named = connection.database.compiler.named
    for table in (REVISION, _FIRST):
        if named(table) in there:
            connection.run(f"SELECT * FROM {table}")  # noqa: S608 - a constant
            ((found,),) = connection.cursor.fetchall()
            return f"{found:04}" if isinstance(found, int) else str(found)
    return "unknown"
