"""
The store itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from random import SystemRandom
from typing import Any

import sqlalchemy as sa

from portail_core.ports.maintenance import Upgraded
from portail_core.ports.store import PoolDay, StorageFailed

from . import maintenance, migrations
from ._connection import Joined, Pooled
from ._reading import SqlReading
from ._transaction import SqlTransaction
from .engines import database, prepared, shown, source

_PREFIX = re.compile("([a-z][a-z0-9_]{0,19})?")

FIRST_WAIT_SECONDS = 0.01
LONGEST_WAIT_SECONDS = 0.5
"""Of these two and the tries lost is made the longest wait before another."""

# Two processes of one parent have two chances.
_CHANCE = SystemRandom()


class SqlStore:
    """
    A store in SQLite or PostgreSQL, for several threads and processes.

    Args:
        url_or_engine: « sqlite:///portail.db », « postgresql://host/name », or
            an engine that is this store's alone: it sets the engine up.

        connection: Instead: a host's own, of SQLAlchemy, psycopg or sqlite3,
            that only this thread uses and the host closes.  What the store
            commits is then a savepoint of the host's transaction: kept if the
            host commits, gone if it does not.  On PostgreSQL that transaction
            is `READ COMMITTED`, the default there: in another, whoever waited
            for a place would read what was there before.

        prefix: What the names of its tables begin with, in a database that
            holds others: at most 20 small letters, digits and underscores.

    Raises:
        ValueError: If it is neither of SQLite nor of PostgreSQL, or a
            connection of SQLite that does not check foreign keys.
        TypeError: For both an address and a connection, or neither.
    """

    def __init__(
        self,
        url_or_engine: str | sa.Engine | None = None,
        *,
        connection: sa.Connection | Any = None,
        prefix: str = "",
    ) -> None:
        if not _PREFIX.fullmatch(prefix):
            msg = (
                f"{prefix!r} is no prefix: a small letter, then at most 19 "
                "small letters, digits and underscores, as in « portail_ »"
            )
            raise ValueError(msg)
        if (url_or_engine is None) == (connection is None):
            msg = "a store has either an address or a host's connection"
            raise TypeError(msg)
        self._source: Pooled | Joined
        if isinstance(url_or_engine, str):
            self._source = source(url_or_engine, prefix)
        elif url_or_engine is not None:
            self._source = prepared(url_or_engine, prefix)
        else:
            self._source = _joined(connection, prefix)

    @classmethod
    def open(cls, url: str, *, prefix: str = "") -> SqlStore:
        """
        The store of *url*; its tables are made if there are none.

        Raises:
            ValueError: If *url* is no address of a database, or what is there
                is no store of this version.
            StorageBusy: If another program keeps the file to itself.
        """
        with ExitStack() as unless_ready:
            store = cls(url, prefix=prefix)
            unless_ready.callback(store.close)
            try:
                store.create_tables()
            except StorageFailed as error:
                msg = f"{shown(url)} cannot be opened: {error}"
                raise ValueError(msg) from error
            unless_ready.pop_all()
        return store

    def create_tables(self) -> None:
        """
        Make the tables, unless they are there.

        Raises:
            ValueError: If there are others.
        """
        with self._source.writing() as connection:
            fault = migrations.make_or_check(connection)
            if fault:
                raise ValueError(fault)

    def upgrade(self) -> Upgraded:
        """
        Bring the tables to the revision of this `portail_sql`, in one commit.

        Raises:
            StorageBusy: If others keep the database to themselves.
            StorageFailed: If there are no tables of the portal, or later ones,
                or the database refuses a change: it is as it was before.
        """
        return maintenance.upgrade(self._source)

    @contextmanager
    def reading(self) -> Iterator[SqlReading]:
        """
        A snapshot; it waits for nobody, and nobody for it.
        """
        with self._source.reading() as connection:
            migrations.look(connection)
            yield SqlReading(connection)

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[SqlTransaction]:
        """
        SQLite lets one writer in at a time; PostgreSQL holds the *locks*.

        Raises:
            ConcurrentChange: Nothing was written; run it again.
            StorageBusy: Nothing was written; say so to the person.
            StorageFailed: Nothing was written; call an administrator.
        """
        with self._source.writing() as connection:
            connection.lock_pools(locks)
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
        Let go of the connections that are its own.
        """
        self._source.close()


def _joined(connection: Any, prefix: str) -> Joined:
    driver, host = connection, None
    if isinstance(connection, sa.Connection):
        driver, host = connection.connection.driver_connection, connection
    name = type(driver).__module__.partition(".")[0]
    names = {"sqlite3": "sqlite", "psycopg": "postgresql"}
    if name not in names:
        msg = f"a store joins a connection of sqlite3 or psycopg, not {name}"
        raise ValueError(msg)
    if name == "sqlite3" and not _checks_foreign_keys(driver):
        msg = (
            "this connection does not check foreign keys: execute "
            "« PRAGMA foreign_keys = ON » before its transaction begins"
        )
        raise ValueError(msg)
    return Joined(driver, database(names[name], prefix), host)


def _checks_foreign_keys(driver: Any) -> bool:
    cursor = driver.cursor()
    cursor.row_factory = None
    return bool(cursor.execute("PRAGMA foreign_keys").fetchone()[0])
