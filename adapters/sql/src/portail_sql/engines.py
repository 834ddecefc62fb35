"""
SQLite as a store needs it: durable, checked, one writer at a time.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from ._connection import BEGIN

BUSY_SECONDS = 5.0
"""How long a writer waits for others, unless the URL says otherwise."""

_MEMORY = {None, "", ":memory:"}
_RETRY_SECONDS = 0.01


def make_engine(url: str) -> sa.Engine:
    """
    An engine for « sqlite:///relative.db » or « sqlite:////absolute.db ».

    « ?busy_seconds=0.5 » says how long a writer waits for others.

    Raises:
        ValueError: If it is no URL of a SQLite file.
    """
    try:
        parsed = sa.make_url(url)
        seconds = float(str(parsed.query.get("busy_seconds", BUSY_SECONDS)))
    except (sa.exc.ArgumentError, ValueError) as error:
        msg = f"{url!r} is no address of a SQLite file: {error}"
        raise ValueError(msg) from error
    parsed = parsed.difference_update_query(["busy_seconds"])
    _refuse_unless_file(parsed)
    if parsed.query:
        known = ", ".join(sorted(parsed.query))
        msg = f"SQLite takes no option but busy_seconds here, not {known}"
        raise ValueError(msg)
    return prepare(
        sa.create_engine(parsed, pool_timeout=seconds), busy_seconds=seconds
    )


def prepare(
    engine: sa.Engine, *, busy_seconds: float = BUSY_SECONDS
) -> sa.Engine:
    """
    Set *engine* up for a store, which is to be its only user.

    Raises:
        ValueError: If it is not one of a SQLite file.
    """
    _refuse_unless_file(engine.url)
    # An exception is logged, and its parameters would be people's.
    engine.hide_parameters = True

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        # The driver's own BEGIN would come too late to lock anything.
        connection.isolation_level = None
        milliseconds = int(busy_seconds * 1000)
        connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
        _set_journal(connection, busy_seconds)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        options: Any = connection.get_execution_options()
        connection.exec_driver_sql(options.get(BEGIN, "BEGIN"))

    return engine


def _refuse_unless_file(url: sa.URL) -> None:
    if url.get_backend_name() != "sqlite":
        msg = f"this store knows SQLite only, not {url.get_backend_name()!r}"
        raise ValueError(msg)
    if url.database in _MEMORY:
        msg = (
            "a store in memory would lose everything with its last "
            "connection: name a file, as in sqlite:///portail.db"
        )
        raise ValueError(msg)


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
