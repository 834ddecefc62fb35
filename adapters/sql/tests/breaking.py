"""
A store that breaks where it is told to: at any statement of a transaction.
"""

import os
import signal

import psycopg
from attrs import evolve

from portail_core.testing import Faults


class Points(Faults):
    """
    Counts the points of a name, and at one of them does its worst.

    Args:
        say: Told the name, before anything else can be.

        name: « before COMMIT », « after INSERT », « before send »…

        nth: From 1.

        worst: Given the cursor, if there is one.
    """

    def __init__(self, say, name, nth, worst):
        super().__init__()
        self._say = say
        self._name = name
        self._left = nth
        self._worst = worst

    def point(self, name, cursor=None):
        if name != self._name:
            return
        self._left -= 1
        if self._left == 0:
            self._say({"point": name})
            self._worst(cursor)


def killed(_):
    """
    The process ends here, by the operating system's hand.
    """
    os.kill(os.getpid(), signal.SIGKILL)


def cut_off(url):
    """
    The server ends its side of the connection; the process goes on.
    """

    def worst(cursor):
        if cursor is None:
            return
        with psycopg.connect(url, autocommit=True) as connection:
            # Until it has ended, at most five seconds.
            connection.execute(
                "SELECT pg_terminate_backend(%s, 5000)",
                (cursor.connection.info.backend_pid,),
            )

    return worst


def lost(_):
    """
    The answer of the server gets lost on its way.
    """
    msg = "no answer came"
    raise psycopg.OperationalError(msg)


def watch(store, points, how="whole"):
    """
    Let every statement of a transaction of *store* be a point, on either
    side.

    Args:
        store: Opened.

        points: What happens there.

        how: « by halves » to commit after each row: then a commit is whole
            no longer, and whoever checks must see it.
    """
    source = store._source
    # Connections that are open have a cursor of their own.
    source.engine.dispose()
    watched = _Database(source.database, points, _CURSORS[how])
    store._source = evolve(source, database=watched)


class _Database:
    def __init__(self, database, points, kind):
        self._database = database
        self._points = points
        self._kind = kind

    def __getattr__(self, name):
        return getattr(self._database, name)

    def cursor(self, driver):
        cursor = self._database.cursor(driver)
        return self._kind(cursor, self._database.writes, self._points)


class _Cursor:
    def __init__(self, cursor, begins, points):
        self._cursor = cursor
        self._begins = begins
        self._points = points
        self._writes = False

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def execute(self, text, *values):
        self._between(text, self._cursor.execute, values)

    def executemany(self, text, *values):
        self._between(text, self._cursor.executemany, values)

    def _between(self, text, act, values):
        verb = text.split(maxsplit=1)[0]
        if verb == "BEGIN":
            self._writes = text == self._begins
        if self._writes:
            self._points.point(f"before {verb}", self._cursor)
        act(text, *values)
        if self._writes:
            self._points.point(f"after {verb}", self._cursor)


class _Halves(_Cursor):
    def _between(self, text, act, values):
        super()._between(text, act, values)
        # The row that a statement returns is still to be fetched.
        whole = "RETURNING" in text or not text.startswith("INSERT")
        if self._writes and not whole:
            self._cursor.execute("COMMIT")
            self._cursor.execute(self._begins)


_CURSORS = {"whole": _Cursor, "by halves": _Halves}
