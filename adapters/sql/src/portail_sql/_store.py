"""
The store itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from random import SystemRandom

import sqlalchemy as sa

from portail_core.ports.store import PoolDay, StorageFailed

from . import _statements
from ._connection import begun
from ._reading import SqlReading
from ._tables import METADATA
from ._transaction import SqlTransaction
from .engines import make_engine, prepare
from .schema import SCHEMA, SCHEMA_VERSION

FIRST_WAIT_SECONDS = 0.01
LONGEST_WAIT_SECONDS = 0.5
"""Of these two and the tries lost is made the longest wait before another."""

READ = "BEGIN"
WRITE = "BEGIN IMMEDIATE"

# Two processes of one parent have two chances.
_CHANCE = SystemRandom()


class SqlStore:
    """
    A store in a SQLite file, for several threads and several processes.

    Args:
        url_or_engine: « sqlite:///portail.db », or an engine that is this
            store's alone: it sets the engine up.

    Raises:
        ValueError: If it is not one of a SQLite file.
    """

    def __init__(self, url_or_engine: str | sa.Engine) -> None:
        if isinstance(url_or_engine, str):
            self._engine = make_engine(url_or_engine)
        else:
            self._engine = prepare(url_or_engine)

    @classmethod
    def open(cls, url: str) -> SqlStore:
        """
        The store of *url*; its tables are made if there are none.

        Raises:
            ValueError: If *url* is not one of a SQLite file, or the file is
                no store of this version.
            StorageBusy: If another program keeps the file to itself.
        """
        with ExitStack() as unless_ready:
            store = cls(url)
            unless_ready.callback(store.close)
            try:
                store.create_tables()
            except StorageFailed as error:
                msg = f"{url!r} cannot be opened: {error}"
                raise ValueError(msg) from error
            unless_ready.pop_all()
        return store

    def create_tables(self) -> None:
        """
        Make the tables, unless they are there.

        Raises:
            ValueError: If there are others.
        """
        with begun(self._engine, WRITE) as connection:
            fault = connection.make(_tables)
            if fault:
                raise ValueError(fault)

    @contextmanager
    def reading(self) -> Iterator[SqlReading]:
        """
        A snapshot; it waits for nobody, and nobody for it.
        """
        with begun(self._engine, READ) as connection:
            connection.rows(_statements.SNAPSHOT)
            yield SqlReading(connection)

    @contextmanager
    def transaction(
        self,
        locks: Iterable[PoolDay] = (),  # noqa: ARG002 - see below
    ) -> Iterator[SqlTransaction]:
        """
        One writer at a time: SQLite's write lock is that of every pool.

        Raises:
            ConcurrentChange: Nothing was written; run it again.
            StorageBusy: Nothing was written; say so to the person.
            StorageFailed: Nothing was written; call an administrator.
        """
        with begun(self._engine, WRITE) as connection:
            tx = SqlTransaction(connection)
            yield tx
            tx.flush()

    def back_off(self, lost: int) -> None:
        """
        Wait up to 0.02, 0.04, 0.08… seconds, half a second at most.
        """
        longest = FIRST_WAIT_SECONDS * 2 ** min(lost, 10)
        time.sleep(_CHANCE.uniform(0, min(longest, LONGEST_WAIT_SECONDS)))

    def close(self) -> None:
        """
        Let go of the file.
        """
        self._engine.dispose()


def _tables(connection: sa.Connection) -> str | None:
    there = sa.inspect(connection).get_table_names()
    if not there:
        METADATA.create_all(connection)
        connection.execute(sa.insert(SCHEMA), {"version": SCHEMA_VERSION})
        return None
    if SCHEMA.name not in there:
        return (
            f"the database holds tables of something else ({there[0]}…): "
            "give the portal a file of its own"
        )
    version = connection.execute(_statements.SNAPSHOT).scalar()
    if version == SCHEMA_VERSION:
        return None
    return (
        f"the tables are of version {version}, and this portail_sql reads "
        f"version {SCHEMA_VERSION}: use the portail_sql that wrote them"
    )
