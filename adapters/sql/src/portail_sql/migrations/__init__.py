"""
The tables, made or brought up to date: Alembic's migrations, run by
`portail db upgrade`, never by who only opens a store.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.schema import CreateIndex, CreateTable

from portail_core.ports.store import StorageFailed
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
    if make_if_none(connection):
        return None
    found = revision(connection)
    if found is None:
        there = _tables(connection)
        return (
            f"the database holds tables of something else ({there[0]}…): "
            "give the portal a database of its own, or its tables a prefix"
        )
    return None if found == HEAD else fault_of(found)


def make_if_none(connection: Connection) -> bool:
    """
    Make the tables in an empty database, or under a prefix that nothing has.
    """
    connection.alone()
    prefix = connection.database.prefix
    if any(name.startswith(prefix) for name in _tables(connection)):
        return False
    make(connection)
    return True


def revision(connection: Connection) -> str | None:
    """
    That of the tables; `None` if they are not the portal's.
    """
    there = _tables(connection)
    for table in (REVISION, _FIRST):
        if connection.database.compiler.named(table) in there:
            connection.run(f"SELECT * FROM {table}")
            ((found,),) = connection.cursor.fetchall()
            return _told(found)
    return None


def fault_of(found: str | None, where: str = "URL") -> str:
    """
    What is wrong with tables of another revision than `HEAD`.
    """
    if found is None:
        return "there are no tables of the portal"
    if found < HEAD:
        return (
            f"the tables are of revision {found}, and this portail_sql needs "
            f"{HEAD}: make a copy of the database, then run « portail db "
            f"upgrade --storage {where} »"
        )
    return (
        f"the tables are of revision {found}, and this portail_sql only knows "
        f"{HEAD}: use a portail_sql as recent as the one that wrote them. "
        "Tables are never taken back to an older revision: restore a backup "
        "made before the upgrade instead"
    )


def _told(found: object) -> str:
    return f"{found:04}" if isinstance(found, int) else str(found)


def upgrade(connection: sa.Connection, prefix: str) -> tuple[str, str]:
    """
    Bring the tables of *connection* to `HEAD`, in the transaction that it has
    begun.

    Returns:
        The revision before, and the one after.

    Raises:
        StorageFailed: If there are no tables of the portal, or later ones.
    """
    inspector = sa.inspect(connection)
    there = set(inspector.get_table_names())
    if named(REVISION, prefix) in there:
        before = _scalar(connection, named(REVISION, prefix))
    elif named(_FIRST, prefix) in there:
        before = _told(_scalar(connection, named(_FIRST, prefix)))
    else:
        msg = (
            "there are no tables of the portal here"
            + (f" whose names begin with {prefix!r}" if prefix else "")
            + ": check the address; opening the store makes new ones"
        )
        raise StorageFailed(msg)
    config = Config(attributes={"connection": connection, "prefix": prefix})
    config.set_main_option("script_location", str(Path(__file__).parent))
    known = {
        script.revision
        for script in ScriptDirectory.from_config(config).walk_revisions()
    }
    if before not in known:
        raise StorageFailed(fault_of(before))
    if named(REVISION, prefix) not in there:
        command.stamp(config, before)
    command.upgrade(config, HEAD)
    return before, HEAD


def _scalar(connection: sa.Connection, table: str) -> Any:
    return connection.exec_driver_sql(f"SELECT * FROM {table}").scalar()


def named(text: str, prefix: str) -> str:
    """
    Put the *prefix* where the schema left a mark.
    """
    return text.replace(MARK, prefix)


def prefixed(op: Any, statements: str) -> Iterator[str]:
    """
    The *statements* of a migration, under the prefix of the store.
    """
    prefix = op.get_context().config.attributes["prefix"]
    for statement in named(statements, prefix).split(";"):
        if statement.strip():
            yield statement.strip()


def look(connection: Connection) -> None:
    """
    Pin what a snapshot sees: it begins with the first statement.
    """
    connection.run(f"SELECT 1 FROM {REVISION}")
    connection.cursor.fetchall()


def make(connection: Connection) -> None:
    """
    Make the tables of today.
    """
    dialect = connection.database.compiler.dialect
    for table in METADATA.sorted_tables:
        connection.run(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if index.info.get("only", dialect.name) != dialect.name:
                continue
            connection.run(str(CreateIndex(index).compile(dialect=dialect)))
    connection.run(
        # As Alembic makes it.
        f"CREATE TABLE {REVISION} (version_num VARCHAR(32) NOT NULL,"
        f" CONSTRAINT {REVISION}_pkc PRIMARY KEY (version_num))"
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
