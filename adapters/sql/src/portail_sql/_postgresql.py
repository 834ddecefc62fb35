"""
What PostgreSQL does in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import psycopg
import sqlalchemy as sa
from attrs import define, field
from psycopg import errors, rows
from psycopg.adapt import Loader
from psycopg.types.numeric import Int8Dumper
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from portail_core.ports.store import (
    ConcurrentChange,
    PoolDay,
    StorageBusy,
    StorageFailed,
)

from . import schema
from ._compiled import Compiler
from ._shapes import Row
from .columns import POSTGRESQL, array_item, writer_of

_FIRST = (
    errors.UniqueViolation,
    errors.SerializationFailure,
    errors.DeadlockDetected,
)
_BUSY = (
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.TooManyConnections,
    errors.InsufficientResources,
)


class _AsWritten(Loader):
    """
    JSON is left as text: the wire reads it.
    """

    def load(self, data: Any) -> str:
        return bytes(data).decode()


@define(eq=False)
class PostgreSQL:
    """
    Many writers at once, and locks where two of them would have to guess.

    Args:
        prefix: What the names of all tables begin with.
    """

    prefix: str = ""
    compiler: Compiler = field(init=False)
    _inserts: dict[tuple[Any, ...], tuple[str, list[Any]]] = field(
        factory=dict, init=False, repr=False
    )

    name = POSTGRESQL
    reads = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    writes = "BEGIN ISOLATION LEVEL READ COMMITTED"
    errors: tuple[type[Exception], ...] = (psycopg.Error,)
    foreign_keys = None

    def __attrs_post_init__(self) -> None:
        dialect = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]  # SQLAlchemy's
        self.compiler = Compiler(dialect, self.prefix)

    def cursor(self, driver: psycopg.Connection[Any]) -> Any:
        """
        A cursor that adapts as this store needs it, whatever the connection's
        other users do.
        """
        cursor = driver.cursor(row_factory=rows.tuple_row)
        cursor.adapters.register_loader("json", _AsWritten)
        # One type for all numbers: one prepared statement.
        cursor.adapters.register_dumper(int, Int8Dumper)
        return cursor

    def in_transaction(self, driver: psycopg.Connection[Any]) -> bool:
        """
        Whether a statement would be part of one.
        """
        idle = psycopg.pq.TransactionStatus.IDLE
        return (
            not driver.autocommit or driver.info.transaction_status is not idle
        )

    def meant(self, error: BaseException) -> Exception:
        """
        The port's exception for one of the driver.
        """
        if isinstance(error, _FIRST):
            return ConcurrentChange(_said(error))
        if isinstance(error, _BUSY):
            return StorageBusy(_said(error))
        return StorageFailed(_said(error))

    def cause(self, _: BaseException) -> None:
        """
        Nothing: its « detail » quotes the row, and people's data with it.
        """

    def is_lost(self, cursor: Any) -> bool:
        """
        Whether the connection ended before an answer came.
        """
        return bool(cursor.connection.closed)

    def alone(self, cursor: Any) -> None:
        """
        Wait for whoever makes the tables of this store, until they commit.
        """
        name = f"portail {self.prefix}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (name,))

    # Locks ------------------------------------------------------------------

    def lock_pools(self, cursor: Any, locks: Sequence[PoolDay]) -> None:
        """
        Hold these days of these pools until the end, in their order.
        """
        if not locks:
            return
        pools, days = map(list, zip(*locks, strict=True))
        cursor.execute(self.compiler.named(_LOCK_POOLS), (pools, days))
        if cursor.rowcount != len(locks):
            cursor.execute(self.compiler.named(_MAKE_POOLS), (pools, days))
            cursor.execute(self.compiler.named(_LOCK_POOLS), (pools, days))

    def lock_households(self, cursor: Any, households: Iterable[str]) -> None:
        """
        Hold these households and their children until the end, each in the
        order of their ids.
        """
        ids = sorted(households)
        if ids:
            cursor.execute(self.compiler.named(_LOCK_HOUSEHOLDS), (ids, ids))

    def lock_children(self, cursor: Any, children: Iterable[str]) -> None:
        """
        Hold these children until the end, in the order of their ids.
        """
        ids = sorted(children)
        if ids:
            cursor.execute(self.compiler.named(_LOCK_CHILDREN), (ids,))

    # Reading ----------------------------------------------------------------

    def batches(
        self, cursor: Any, text: str, size: int
    ) -> Iterator[Sequence[Any]]:
        """
        The rows of a query without parameters, *size* at a time.
        """
        cursor.execute(f"DECLARE portail_rows NO SCROLL CURSOR FOR {text}")
        while cursor.execute(f"FETCH {size} FROM portail_rows").rowcount:
            yield cursor.fetchall()
        cursor.execute("CLOSE portail_rows")

    # Writing ----------------------------------------------------------------

    def count_on(self, cursor: Any) -> None:
        """
        The outbox numbers its letters; all else has a counter of its own.
        """
        cursor.execute(self.compiler.named(_COUNT_ON))

    def insert(
        self, cursor: Any, table: sa.Table, rows: Sequence[Row]
    ) -> None:
        """
        Add *rows* in one statement: an array a column.
        """
        names = tuple(rows[0])
        text, writers = self._inserts.get((table, names)) or self._insert(
            table, names
        )
        columns = [
            [
                value if write is None or value is None else write(value)
                for value in map(itemgetter(name), rows)
            ]
            for name, write in zip(names, writers, strict=True)
        ]
        cursor.execute(text, columns)

    def _insert(
        self, table: sa.Table, names: tuple[str, ...]
    ) -> tuple[str, list[Callable[[Any], Any] | None]]:
        dialect = self.compiler.dialect
        columns = [table.c[name] for name in names]
        arrays = ", ".join(
            f"%s::{array_item(c.type, dialect).compile(dialect)}[]"
            for c in columns
        )
        into = ", ".join(column.name for column in columns)
        text = self.compiler.named(
            f"INSERT INTO {table.name} ({into}) SELECT * FROM unnest({arrays})"
        )
        made = (text, [writer_of(c.type, dialect) for c in columns])
        self._inserts[table, names] = made
        return made


def _said(error: BaseException) -> str:
    diagnosis = getattr(error, "diag", None)
    said = diagnosis.message_primary if diagnosis else None
    if said is None and isinstance(error, psycopg.OperationalError):
        # Of the connection, not of a row.
        said = str(error).partition("\n")[0]
    return said or f"{type(error).__name__}, without a reason"


_OUTBOX = schema.OUTBOX.name
_COUNT_ON = (
    f"SELECT setval(pg_get_serial_sequence('{_OUTBOX}', 'id'), max(id))"
    f" FROM {_OUTBOX} HAVING count(*) > 0"
)
_POOL_DAYS = schema.POOL_DAYS.name
_WANTED = "unnest(%s::text[], %s::date[]) AS wanted(pool, day)"
_LOCK_POOLS = (
    f"SELECT 1 FROM {_POOL_DAYS} AS held JOIN {_WANTED} USING (pool, day) "
    "ORDER BY held.pool, held.day FOR NO KEY UPDATE OF held"
)
_MAKE_POOLS = (
    f"INSERT INTO {_POOL_DAYS} (pool, day) SELECT * FROM {_WANTED} "
    "ORDER BY pool, day ON CONFLICT DO NOTHING"
)
_HOUSEHOLDS, _CHILDREN = schema.HOUSEHOLDS.name, schema.CHILDREN.name
# Two households may book for one child: its documents are those of both.
_LOCK_HOUSEHOLDS = (
    f"WITH held AS (SELECT id FROM {_HOUSEHOLDS} WHERE id = ANY (%s::text[])"
    " ORDER BY id FOR NO KEY UPDATE) "
    f"SELECT 1 FROM {_CHILDREN} AS child WHERE (SELECT count(*) FROM held) > 0"
    f" AND child.id IN (SELECT child_id FROM {schema.CUSTODIES.name}"
    " WHERE household_id = ANY (%s::text[]))"
    " ORDER BY child.id FOR NO KEY UPDATE OF child"
)
_LOCK_CHILDREN = (
    f"SELECT 1 FROM {_CHILDREN} WHERE id = ANY (%s::text[]) "
    "ORDER BY id FOR NO KEY UPDATE"
)
