"""
One connection, from the beginning of a transaction to its end, that lets no
foreign exception out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa
from attrs import frozen

from portail_core.ports.store import PoolDay, StorageBusy, StorageFailed

from ._compiled import Compiler, Statement
from ._shapes import Row
from ._translated import translated

Driver: TypeAlias = Any
"""A connection of the database's own driver: there is no common type."""


class Database(Protocol):
    """
    What SQLite and PostgreSQL do each in its own way.

    Attributes:
        name: As SQLAlchemy calls it.

        reads: The statement that begins a snapshot.

        writes: The statement that begins a transaction.

        errors: What its driver raises.
    """

    @property
    def name(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def compiler(self) -> Compiler: ...
    @property
    def reads(self) -> str: ...
    @property
    def writes(self) -> str: ...
    @property
    def errors(self) -> tuple[type[Exception], ...]: ...

    def cursor(self, driver: Driver) -> Any:
        """
        A cursor of this store's own.
        """
        ...

    def in_transaction(self, driver: Driver) -> bool:
        """
        Whether a statement would be part of one.
        """
        ...

    def meant(self, error: BaseException) -> Exception:
        """
        The port's exception for one of the driver.
        """
        ...

    def cause(self, error: BaseException) -> BaseException | None:
        """
        What a log may hold of the driver's *error*: nothing of people.
        """
        ...

    def is_lost(self, cursor: Any) -> bool:
        """
        Whether nobody can tell what became of a commit.
        """
        ...

    def alone(self, cursor: Any) -> None:
        """
        Wait for whoever makes the tables of this store, until they commit.
        """
        ...

    def lock_pools(self, cursor: Any, locks: Sequence[PoolDay]) -> None:
        """
        Hold these days of these pools until the end, in their order.
        """
        ...

    def lock_households(self, cursor: Any, households: Iterable[str]) -> None:
        """
        Hold these households and their children until the end, each in the
        order of their ids.
        """
        ...

    def lock_children(self, cursor: Any, children: Iterable[str]) -> None:
        """
        Hold these children until the end, in the order of their ids.
        """
        ...

    def batches(
        self, cursor: Any, text: str, size: int
    ) -> Iterator[Sequence[Any]]:
        """
        The rows of a query without parameters, *size* at a time.
        """
        ...

    def count_on(self, cursor: Any) -> None:
        """
        Go on after the numbers that were written.
        """
        ...

    def insert(
        self, cursor: Any, table: sa.Table, rows: Sequence[Row]
    ) -> None:
        """
        Add *rows*, at least one, all of the same names.
        """
        ...


@frozen(eq=False)
class Connection:
    """
    What runs statements.
    """

    database: Database
    cursor: Any

    def rows(self, statement: Statement, **names: Any) -> Sequence[Any]:
        """
        Everything that *statement* finds, or returns of what it wrote.
        """
        compiled = self.database.compiler.statement(statement, names)
        with self.translated():
            self.cursor.execute(compiled.text, compiled.written(names))
            return compiled.read(self.cursor.fetchall())

    def write(self, statement: Statement, **names: Any) -> int:
        """
        How many rows *statement* has written.
        """
        compiled = self.database.compiler.statement(statement, names)
        with self.translated():
            self.cursor.execute(compiled.text, compiled.written(names))
            return int(self.cursor.rowcount)

    def insert(self, table: sa.Table, rows: Iterable[Row]) -> None:
        """
        Add *rows*, perhaps none.
        """
        many = list(rows)
        if many:
            with self.translated():
                self.database.insert(self.cursor, table, many)

    def batches(
        self, statement: sa.Select[Any], size: int
    ) -> Iterator[Sequence[Any]]:
        """
        The same, *size* rows at a time; nothing else may run meanwhile.
        """
        compiled = self.database.compiler.statement(statement)
        with self.translated():
            for rows in self.database.batches(
                self.cursor, compiled.text, size
            ):
                yield compiled.read(rows)

    def count_on(self) -> None:
        """
        Go on after the numbers that were written, where it is the database
        that counts.
        """
        with self.translated():
            self.database.count_on(self.cursor)

    def run(self, text: str) -> None:
        """
        Run what needs no compiler.
        """
        with self.translated():
            self.cursor.execute(self.database.compiler.named(text))

    def alone(self) -> None:
        """
        Wait for whoever makes the tables of this store.
        """
        with self.translated():
            self.database.alone(self.cursor)

    def lock_pools(self, locks: Iterable[PoolDay]) -> None:
        """
        Hold these days of these pools until the end, in their order.
        """
        with self.translated():
            self.database.lock_pools(self.cursor, list(locks))

    def lock_households(self, households: Iterable[str]) -> None:
        """
        Hold these households and their children until the end.
        """
        with self.translated():
            self.database.lock_households(self.cursor, households)

    def lock_children(self, children: Iterable[str]) -> None:
        """
        Hold these children until the end.
        """
        with self.translated():
            self.database.lock_children(self.cursor, children)

    def translated(self) -> translated:
        """
        The port's exceptions, for those of the driver and of the types.
        """
        return translated(self.database)


_UNKNOWN = (
    "the connection was lost while the commit was under way: it may have been "
    "kept.  The same command, with the same key, tells or makes it so"
)


# Where connections come from ------------------------------------------------


@frozen
class Pooled:
    """
    Connections of an engine that is this store's alone.
    """

    engine: sa.Engine
    database: Database

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """
        A snapshot, which waits for nobody.
        """
        with self._begun(self.database.reads) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """
        A transaction, committed when the block ends without an exception.
        """
        with self._begun(self.database.writes) as connection:
            yield connection

    @contextmanager
    def _begun(self, how: str) -> Iterator[Connection]:
        held, connection = self._open(how)
        try:
            yield connection
            try:
                connection.run("COMMIT")
            except StorageFailed as error:
                held.invalidate()
                if self.database.is_lost(connection.cursor):
                    raise StorageFailed(_UNKNOWN) from error
                raise
            except BaseException:
                # Its transaction is still open: nobody else may have it.
                held.invalidate()
                raise
        except StorageFailed:
            # If the server is gone, there is nobody to roll back.
            if held.is_valid:
                held.invalidate()
            raise
        finally:
            # What is not committed is rolled back.
            held.close()

    def _open(self, how: str) -> tuple[sa.PoolProxiedConnection, Connection]:
        held = self._held()
        try:
            return held, self._begin(held, how)
        except StorageFailed:
            # The server was started again since: this connection and those
            # that wait in the pool lead nowhere.  Nothing was done yet.
            held.invalidate()
            self.engine.dispose()
        held = self._held()
        try:
            return held, self._begin(held, how)
        except BaseException:
            held.invalidate()
            raise

    def _held(self) -> sa.PoolProxiedConnection:
        with translated(self.database):
            return self.engine.raw_connection()

    def _begin(self, held: sa.PoolProxiedConnection, how: str) -> Connection:
        cursor = held.info.get("portail")
        if cursor is None:
            cursor = self.database.cursor(held.driver_connection)
            held.info["portail"] = cursor
        connection = Connection(self.database, cursor)
        try:
            connection.run(how)
        except StorageBusy:
            held.close()
            raise
        return connection

    def close(self) -> None:
        """
        Let go of all connections.
        """
        self.engine.dispose()


@frozen
class Joined:
    """
    A host's own connection: its transaction decides whether ours was.

    Attributes:
        host: The connection as SQLAlchemy has it, if the host gave that.
    """

    driver: Driver
    database: Database
    host: sa.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """
        What the host's transaction sees.
        """
        yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """
        A savepoint of the host's transaction.
        """
        connection = self._connection()
        connection.run("SAVEPOINT portail")
        try:
            yield connection
        except BaseException:
            connection.run("ROLLBACK TO SAVEPOINT portail")
            raise
        finally:
            connection.run("RELEASE SAVEPOINT portail")

    def _connection(self) -> Connection:
        with translated(self.database):
            connection = Connection(
                self.database, self.database.cursor(self.driver)
            )
            if not self.database.in_transaction(self.driver):
                connection.run(self.database.writes)
        return connection

    def close(self) -> None:
        """
        Leave the connection to the host.
        """
