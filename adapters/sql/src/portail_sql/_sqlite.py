"""
What SQLite does in its own way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from attrs import define, field
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from portail_core.ports.store import (
    ConcurrentChange,
    PoolDay,
    StorageBusy,
    StorageFailed,
)

from ._compiled import Compiler
from ._shapes import Row

_FIRST = {
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY = 0xFF
"""The part of an extended code that names the error."""


@define(eq=False)
class SQLite:
    """
    One writer at a time: its lock is that of every pool and household.

    Args:
        prefix: What the names of all tables begin with.
    """

    prefix: str = ""
    compiler: Compiler = field(init=False)

    name = "sqlite"
    reads = "BEGIN"
    writes = "BEGIN IMMEDIATE"
    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __attrs_post_init__(self) -> None:
        dialect = SQLiteDialect_pysqlite(paramstyle="qmark")
        self.compiler = Compiler(dialect, self.prefix)

    def cursor(self, driver: sqlite3.Connection) -> sqlite3.Cursor:
        """
        A cursor that gives plain rows, whatever the connection's other users
        do.
        """
        cursor = driver.cursor()
        cursor.row_factory = None
        return cursor

    def in_transaction(self, driver: sqlite3.Connection) -> bool:
        """
        Whether a statement would be part of one.
        """
        return driver.in_transaction

    def meant(self, error: BaseException) -> Exception:
        """
        The port's exception for one of the driver.
        """
        code = getattr(error, "sqlite_errorcode", 0)
        if code in _FIRST:
            return ConcurrentChange(str(error))
        if code & _PRIMARY in _BUSY:
            return StorageBusy(str(error))
        return StorageFailed(str(error))

    def cause(self, error: BaseException) -> BaseException:
        """
        All of it: it names columns, and quotes nothing.
        """
        return error

    def is_lost(self, _: Any) -> bool:
        """
        Never: the file is at hand.
        """
        return False

    def alone(self, cursor: Any) -> None:
        """
        A writer is alone.
        """

    def lock_pools(self, cursor: Any, locks: Sequence[PoolDay]) -> None:
        """
        They are held already.
        """

    def lock_households(self, cursor: Any, households: Iterable[str]) -> None:
        """
        They are held already.
        """

    def lock_children(self, cursor: Any, children: Iterable[str]) -> None:
        """
        They are held already.
        """

    def batches(
        self, cursor: Any, text: str, size: int
    ) -> Iterator[Sequence[Any]]:
        """
        The rows of a query without parameters, *size* at a time.
        """
        cursor.execute(text)
        while rows := cursor.fetchmany(size):
            yield rows

    def count_on(self, cursor: Any) -> None:
        """
        It does by itself.
        """

    def insert(
        self, cursor: Any, table: sa.Table, rows: Sequence[Row]
    ) -> None:
        """
        Add *rows*, one after the other: nothing is far away.
        """
        insert = self.compiler.statement(_insert(table), rows[0])
        cursor.executemany(insert.text, insert.written_each(rows))


_INSERTS: dict[sa.Table, sa.Insert] = {}


def _insert(table: sa.Table) -> sa.Insert:
    # One construct a table: the compiler knows it again.
    return _INSERTS.setdefault(table, sa.insert(table).inline())
