"""
Engines as a store needs them: durable, checked, patient for a while.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy import event

from ._connection import Database, Pooled
from ._sqlite import SQLite
from .columns import POSTGRESQL

BUSY_SECONDS = 5.0
"""How long a writer waits for others, unless the URL says otherwise."""

STATEMENT_SECONDS = 30.0
"""How long PostgreSQL works on one statement, unless the URL says more."""

CONNECTIONS = 10
"""How many there are at most, unless the URL says otherwise."""

_MEMORY = {None, "", ":memory:"}
_RETRY_SECONDS = 0.01


@frozen(kw_only=True)
class Patience:
    """
    What a URL says beside where the database is.

    Attributes:
        busy_seconds: For other writers, and for a free connection.

        statement_seconds: For one statement; SQLite knows no such limit.

        connections: Open at once, at most.
    """

    busy_seconds: float = BUSY_SECONDS
    statement_seconds: float = STATEMENT_SECONDS
    connections: int = CONNECTIONS


_KNOWN = {
    "sqlite": ("busy_seconds", "connections"),
    POSTGRESQL: ("busy_seconds", "statement_seconds", "connections"),
}
_LIBPQ = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")
"""What psycopg takes from the URL as well."""


def source(url: str, prefix: str) -> Pooled:
    """
    Connections for « sqlite:///relative.db », « sqlite:////absolute.db » or
    « postgresql://user:password@host/database ».

    « ?busy_seconds=0.5 » says how long a writer waits for others,
    « connections=20 » how many there are at most, and for PostgreSQL
    « statement_seconds=10 » how long one statement may take.

    Raises:
        ValueError: If it is no such URL.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        # Not the text itself: a password may be in it.
        msg = (
            "this is no address of a database: write sqlite:///portail.db or "
            "postgresql://user:password@host/database"
        )
        raise ValueError(msg) from error
    _refuse_unless_known(parsed)
    patience = _patience(parsed)
    parsed = parsed.difference_update_query(_KNOWN[parsed.get_backend_name()])
    if parsed.get_backend_name() == POSTGRESQL:
        return _postgresql(parsed, patience, prefix)
    return _sqlite(parsed, patience, prefix)


def _sqlite(url: sa.URL, patience: Patience, prefix: str) -> Pooled:
    if url.query:
        known = ", ".join(sorted(url.query))
        msg = f"SQLite takes no option but busy_seconds here, not {known}"
        raise ValueError(msg)
    engine = sa.create_engine(
        url,
        pool_timeout=patience.busy_seconds,
        pool_size=patience.connections,
        max_overflow=0,
    )
    return prepared(engine, prefix, patience)


def _postgresql(url: sa.URL, patience: Patience, prefix: str) -> Pooled:
    strange = sorted(set(url.query) - set(_LIBPQ))
    if strange:
        known = ", ".join((*_KNOWN[POSTGRESQL], *_LIBPQ))
        msg = f"PostgreSQL takes {known} here, not {', '.join(strange)}"
        raise ValueError(msg)
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": max(2, int(patience.busy_seconds))},
        pool_timeout=patience.busy_seconds,
        pool_size=patience.connections,
        max_overflow=0,
    )
    return prepared(engine, prefix, patience)


def shown(url: str) -> str:
    """
    The address for a message: without its password.
    """
    return repr(sa.make_url(url).render_as_string(hide_password=True))


def prepared(
    engine: sa.Engine, prefix: str, patience: Patience | None = None
) -> Pooled:
    """
    Connections of *engine*, set up for a store, which is to be its only user.

    Raises:
        ValueError: If it is of another database.
    """
    _refuse_unless_known(engine.url)
    patience = patience or Patience()
    # An exception is logged, and its parameters would be people's.
    engine.hide_parameters = True
    set_up = (
        _set_up_postgresql
        if engine.dialect.name == POSTGRESQL
        else _set_up_sqlite
    )

    @event.listens_for(engine, "connect")
    def _(connection: Any, _: object) -> None:
        set_up(connection, patience)

    return Pooled(engine, database(engine.dialect.name, prefix))


def database(name: str, prefix: str) -> Database:
    """
    What the database of this *name* does in its own way.
    """
    if name == POSTGRESQL:
        # Its driver takes a while to load.
        from ._postgresql import PostgreSQL

        return PostgreSQL(prefix)
    return SQLite(prefix)


def _patience(url: sa.URL) -> Patience:
    known = _KNOWN[url.get_backend_name()]
    given = {name: str(url.query[name]) for name in known if name in url.query}
    connections = given.pop("connections", str(CONNECTIONS))
    try:
        seconds = {name: float(value) for name, value in given.items()}
        return Patience(**seconds, connections=int(connections))
    except ValueError as error:
        msg = f"{', '.join(known)} are numbers: {error}"
        raise ValueError(msg) from error


def _refuse_unless_known(url: sa.URL) -> None:
    if url.get_backend_name() not in _KNOWN:
        msg = (
            "this store knows SQLite and PostgreSQL, not "
            f"{url.get_backend_name()!r}: write sqlite:///portail.db or "
            "postgresql://user:password@host/database"
        )
        raise ValueError(msg)
    if url.get_backend_name() == "sqlite" and url.database in _MEMORY:
        msg = (
            "a store in memory would lose everything with its last "
            "connection: name a file, as in sqlite:///portail.db"
        )
        raise ValueError(msg)


# A new connection -----------------------------------------------------------


def _set_up_postgresql(connection: Any, patience: Patience) -> None:
    # The store says BEGIN by itself.
    connection.autocommit = True
    busy = int(patience.busy_seconds * 1000)
    longest = int(patience.statement_seconds * 1000)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('TimeZone', 'UTC', false),"
            " set_config('application_name', 'portail', false),"
            " set_config('lock_timeout', %s, false),"
            " set_config('statement_timeout', %s, false)",
            (str(busy), str(max(longest, busy + 1000))),
        )


def _set_up_sqlite(connection: sqlite3.Connection, patience: Patience) -> None:
    # The driver's own BEGIN would come too late to lock anything.
    connection.isolation_level = None
    milliseconds = int(patience.busy_seconds * 1000)
    connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
    _set_journal(connection, patience.busy_seconds)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _set_journal(connection: sqlite3.Connection, seconds: float) -> None:
    # SQLite does not wait when two processes make a new file a WAL file.
    until = time.monotonic() + seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return
