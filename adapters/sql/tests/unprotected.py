"""
A store without its locks, to see what they are for.
"""

import sqlite3
from contextlib import contextmanager

from attrs import define, evolve

from portail_sql._postgresql import PostgreSQL
from portail_sql._sqlite import SQLite

_WRITES = ("INSERT", "UPDATE", "DELETE")


@define(eq=False)
class PostgreSQLUnlocked(PostgreSQL):
    """
    Locks neither pools nor households nor children.
    """

    def lock_pools(self, cursor, locks):
        pass

    def lock_households(self, cursor, households):
        pass

    def lock_children(self, cursor, children):
        pass


@define(eq=False)
class SQLiteUnlocked(SQLite):
    """
    Takes the write lock where it first writes, and forgets what it read.

    « BEGIN » instead of « BEGIN IMMEDIATE » would not do: SQLite does not let
    a snapshot write that is no longer the last.
    """

    writes = "BEGIN"

    def cursor(self, driver):
        cursor = driver.cursor(_LateCursor)
        cursor.row_factory = None
        return cursor


class _LateCursor(sqlite3.Cursor):
    reads = True

    def execute(self, text, *values):
        if text == "BEGIN":
            self.reads = True
        self._let_go(text)
        return super().execute(text, *values)

    def executemany(self, text, *values):
        self._let_go(text)
        return super().executemany(text, *values)

    def _let_go(self, text):
        if self.reads and text.lstrip().startswith(_WRITES):
            self.reads = False
            super().execute("COMMIT")
            super().execute("BEGIN IMMEDIATE")


def unlock(store):
    """
    Take the locks of *store* away.
    """
    source = store._source
    # Connections that are open have a cursor that locks.
    source.engine.dispose()
    kinds = {"sqlite": SQLiteUnlocked, "postgresql": PostgreSQLUnlocked}
    store._source = evolve(source, database=kinds[source.database.name]())


class MeetingStore:
    """
    A store whose transactions meet others once they have counted places.
    """

    def __init__(self, store, meet):
        self._store = store
        self._meet = meet

    def __getattr__(self, name):
        return getattr(self._store, name)

    @contextmanager
    def transaction(self, locks=()):
        with self._store.transaction(locks) as tx:
            yield _Counting(tx, self._meet)


class _Counting:
    def __init__(self, tx, meet):
        self._tx = tx
        self._meet = meet

    def __getattr__(self, name):
        return getattr(self._tx, name)

    def taken(self, spots, at):
        found = self._tx.taken(spots, at)
        self._meet()
        return found
