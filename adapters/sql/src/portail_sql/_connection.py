"""
One connection, from `BEGIN` to the end, that lets no foreign exception out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy import exc

from portail_core.ports.store import (
    ConcurrentChange,
    StorageBusy,
    StorageFailed,
)

from ._shapes import Row

T = TypeVar("T")

BEGIN = "portail_begin"
"""The execution option that says how to begin."""

_TAKEN = {
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY = 0xFF
"""The part of an extended code that names the error."""


@frozen
class Connection:
    """
    What runs statements.
    """

    _connection: sa.Connection

    def rows(self, statement: sa.Select[Any], **names: Any) -> Sequence[Any]:
        """
        Everything that *statement* finds.
        """
        with translated():
            return self._connection.execute(statement, names).all()

    def write(self, statement: sa.Executable, **names: Any) -> int:
        """
        How many rows *statement* has written.
        """
        with translated():
            return self._connection.execute(statement, names).rowcount

    def make(self, work: Callable[[sa.Connection], T]) -> T:
        """
        Do *work* on the connection itself.
        """
        with translated():
            return work(self._connection)

    def insert(self, table: sa.Table, rows: Iterable[Row]) -> None:
        """
        Add *rows*, perhaps none.
        """
        many = [dict(row) for row in rows]
        if many:
            with translated():
                self._connection.execute(sa.insert(table), many)


@contextmanager
def begun(engine: sa.Engine, how: str) -> Iterator[Connection]:
    """
    A transaction, committed when the block ends without an exception.

    Args:
        engine: One that `portail_sql.engines` made ready.

        how: The statement that begins it.

    Raises:
        ConcurrentChange: If the database refuses what must be unique.
        StorageBusy: If other writers held it for too long.
        StorageFailed: For everything else.
    """
    with translated():
        connection = engine.connect()
    try:
        with translated():
            connection.execution_options(**{BEGIN: how}).begin()
        yield Connection(connection)
        try:
            with translated():
                connection.commit()
        except BaseException:
            # Its transaction is still open: nobody else may have it.
            connection.invalidate()
            raise
    finally:
        # What is not committed is rolled back.
        connection.close()


@contextmanager
def translated() -> Iterator[None]:
    """
    The port's exceptions, for those of the tools below.
    """
    try:
        yield
    except exc.TimeoutError as error:
        msg = "every connection is in use"
        raise StorageBusy(msg) from error
    except exc.DBAPIError as error:
        raise _meant(error.orig) from error
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        raise _meant(error) from error
    except (TypeError, ValueError, OverflowError) as error:
        msg = f"the database cannot hold this, or holds no such thing: {error}"
        raise StorageFailed(msg) from error


def _meant(error: BaseException | None) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _TAKEN:
        return ConcurrentChange(str(error))
    if code & _PRIMARY in _BUSY:
        return StorageBusy(str(error))
    return StorageFailed(str(error))
