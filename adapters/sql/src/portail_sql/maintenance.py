"""
What an operator does with the database as a whole.

A backup is a SQLite file with the same tables, from either database and for
either: whoever holds it can open it as a store, look at it, bring it up to
date, and move from one database to the other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from attrs import frozen

from portail_core.ports.maintenance import NotABackup, NotEmpty, Upgraded
from portail_core.ports.store import StorageFailed

from . import migrations
from ._connection import Connection, Joined, Pooled
from ._sqlite import SQLite
from ._tables import METADATA
from ._translated import translated
from .engines import shown, source

BATCH = 1000
"""Rows at once: a backup of any size takes little memory."""


@frozen
class SqlMaintenance:
    """
    The database of a URL, whatever revision its tables are of.
    """

    _source: Pooled
    _shown: str

    @classmethod
    def open(cls, url: str, *, prefix: str = "") -> SqlMaintenance:
        """
        That of *url*; nothing is made there yet.

        Raises:
            ValueError: If *url* is no address of a database.
        """
        return cls(source(url, prefix), shown(url))

    def upgrade(self) -> Upgraded:
        """
        Bring the tables to the revision of this `portail_sql`, in one commit;
        make them if there are none.
        """
        with self._reached():
            return upgrade(self._source)

    def backup(self, file: Path) -> None:
        """
        Write everything that is kept at one moment to *file*, a SQLite file
        of its own, while others go on writing.
        """
        if file.exists():
            raise FileExistsError(file)
        partial = file.with_name(f"{file.name}.partial")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600, exist_ok=False)
        try:
            with (
                self._reached(),
                self._source.reading() as kept,
                _written(partial) as copy,
            ):
                _check(kept)
                _copy(kept, copy)
            # Unlike a rename, it never takes the place of another file.
            os.link(partial, file)
        finally:
            partial.unlink(missing_ok=True)

    def restore(self, file: Path) -> None:
        """
        Keep what *file* holds, in one commit.
        """
        with (
            _opened(file) as copy,
            self._reached(),
            self._source.writing() as kept,
        ):
            fault = migrations.make_or_check(kept)
            if fault:
                raise StorageFailed(fault)
            _refuse_unless_empty(kept, self._shown)
            _copy(copy, kept)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except StorageFailed as error:
            msg = f"{self._shown}: {error}"
            raise StorageFailed(msg) from error

    def close(self) -> None:
        """
        Let go of all connections.
        """
        self._source.close()


def upgrade(where: Pooled | Joined) -> Upgraded:
    """
    Bring the tables to the revision of this `portail_sql`, in one commit.

    Raises:
        StorageBusy: If others keep the database to themselves.
        StorageFailed: If what is there is not the portal's, or is later, if
            the connection is none of SQLAlchemy, or if the database refuses a
            change: it is then as it was before.
    """
    database = where.database
    if isinstance(where, Joined):
        if where.host is None:
            msg = "migrations need a connection of SQLAlchemy: hand over that"
            raise StorageFailed(msg)
        with translated(database), where.host.begin_nested():
            before, after = migrations.upgrade(where.host, database.prefix)
            return Upgraded(before=before, after=after)
    with where.writing() as connection:
        if migrations.make_if_none(connection):
            return Upgraded(before=None, after=migrations.HEAD)
    with translated(database), where.engine.connect() as own:
        own.exec_driver_sql(database.writes)
        before, after = migrations.upgrade(own, database.prefix)
        own.commit()
        return Upgraded(before=before, after=after)


# Backups --------------------------------------------------------------------


@contextmanager
def _written(file: Path) -> Iterator[Connection]:
    """
    A new file, on the disk when the block ends.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as driver:
        driver.execute("PRAGMA synchronous = FULL")
        connection = _connection(driver)
        connection.run("BEGIN IMMEDIATE")
        migrations.make(connection)
        yield connection
        connection.run("COMMIT")


@contextmanager
def _opened(file: Path) -> Iterator[Connection]:
    """
    A file that is there, which nothing changes.
    """
    uri = f"{file.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as driver:
        connection = _connection(driver)
        try:
            connection.run("PRAGMA quick_check")
            sound = connection.cursor.fetchall() == [("ok",)]
            found = migrations.revision(connection)
        except StorageFailed as error:
            msg = f"{file} is no backup of a portal, or is damaged: {error}"
            raise NotABackup(msg) from error
        if not sound:
            msg = f"{file} is damaged: restore another backup"
            raise NotABackup(msg)
        if found != migrations.HEAD:
            msg = f"{file}: {migrations.fault_of(found, f'sqlite:///{file}')}"
            raise NotABackup(msg)
        yield connection


def _connection(driver: sqlite3.Connection) -> Connection:
    database = SQLite()
    return Connection(database, database.cursor(driver))


def _check(kept: Connection) -> None:
    found = migrations.revision(kept)
    if found != migrations.HEAD:
        raise StorageFailed(migrations.fault_of(found))


def _copy(kept: Connection, copy: Connection) -> None:
    for table in METADATA.sorted_tables:
        names = table.c.keys()
        for rows in kept.batches(sa.select(table), BATCH):
            copy.insert(
                table, [dict(zip(names, row, strict=True)) for row in rows]
            )
    copy.count_on()


def _refuse_unless_empty(kept: Connection, where: str) -> None:
    for table in METADATA.sorted_tables:
        if kept.rows(sa.select(table).limit(1)):
            name = kept.database.compiler.named(table.name)
            msg = (
                f"{where} is not empty ({name} has rows): a backup is "
                "restored to a new database"
            )
            raise NotEmpty(msg)
