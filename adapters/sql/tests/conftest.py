"""
The databases that the tests of storage share.
"""

import os

import psycopg
import pytest

from adapters.sql.tests.postgres import AT, Databases, running
from portail_sql import SqlStore


@pytest.fixture(scope="session")
def databases():
    """
    A server of PostgreSQL, up for the session.
    """
    with running() as template:
        made = Databases(template)
        os.environ[AT] = template
        yield made
        del os.environ[AT]
        made.close()


@pytest.fixture(scope="session")
def _emptied(databases):
    """
    A database with tables, and what empties them.
    """
    url = databases.make()
    SqlStore.open(url).close()
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename <> 'alembic_version'"
        ).fetchall()
        # In any order: what refers to what is of no interest here.
        connection.execute("SET session_replication_role = replica")

        def empty():
            connection.execute(
                ";".join(f"DELETE FROM {table}" for (table,) in tables)
            )
            return url

        yield empty


@pytest.fixture
def postgresql(_emptied):
    """
    The address of a database of this test's own, with empty tables.
    """
    return _emptied()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """
    The address of a database without any record: on each of both.
    """
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/portail.db"
    return request.getfixturevalue("postgresql")
