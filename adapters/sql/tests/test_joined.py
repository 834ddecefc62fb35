"""
The store in a host's own transaction, beside the host's own tables.
"""

import sqlite3

import psycopg
import pytest
import sqlalchemy as sa

from portail_core.ports.store import ConcurrentChange, StorageFailed
from portail_core.testing import StoreContract, builders, samples
from portail_sql import SqlStore

PREFIX = "portail_"


@pytest.fixture(name="engine", params=["sqlite", "postgresql"])
def _engine(request, tmp_path):
    """
    A database that serves something else already.
    """
    if request.param == "sqlite":
        engine = sa.create_engine(f"sqlite:///{tmp_path}/town.db")
        sa.event.listen(
            engine,
            "connect",
            lambda file, _: file.execute("PRAGMA foreign_keys = ON"),
        )
    else:
        databases = request.getfixturevalue("databases")
        url = databases.make().replace("postgresql:", "postgresql+psycopg:")
        engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE requests (title TEXT)")
        SqlStore(connection=connection, prefix=PREFIX).create_tables()
    yield engine
    engine.dispose()


def keep(store, *records):
    with store.transaction() as tx:
        for record in records:
            tx.put(record)


def title(connection):
    return connection.exec_driver_sql("SELECT title FROM requests").scalar()


def accounts(connection):
    query = "SELECT count(*) FROM portail_accounts WHERE id = 'camille'"
    return connection.exec_driver_sql(query).scalar()


def both(connection):
    """
    Write what is the host's, and what is the portal's.
    """
    connection.exec_driver_sql("INSERT INTO requests VALUES ('ours')")
    store = SqlStore(connection=connection, prefix=PREFIX)
    keep(store, *samples.RECORDS)
    return store


def test_with_the_host(engine):
    """
    What the host commits is kept, its own and the portal's.
    """
    with engine.begin() as connection:
        both(connection)

    with engine.connect() as connection:
        assert ("ours", 1) == (title(connection), accounts(connection))


def test_without_the_host(engine):
    """
    What the host takes back is gone, its own and the portal's.
    """
    with engine.connect() as connection:
        both(connection)
        connection.rollback()

        assert (None, 0) == (title(connection), accounts(connection))


def test_refused(engine):
    """
    A commit that the store refuses takes back nothing of the host's.
    """
    with engine.begin() as connection:
        store = both(connection)
        with pytest.raises(ConcurrentChange):
            keep(store, builders.account(id="second"))

        keep(store, builders.session(digest="another"))

    with engine.connect() as connection:
        assert ("ours", 1) == (title(connection), accounts(connection))


def test_read(engine):
    """
    The store reads what the host's transaction has not committed yet.
    """
    with engine.connect() as connection:
        store = both(connection)

        with store.reading() as reading:
            assert builders.account() == reading.account(builders.ACCOUNT)
        store.close()
        assert "ours" == title(connection)


def test_drivers(engine):
    """
    A connection of the driver itself will do.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection | psycopg.Connection)
        store = SqlStore(connection=driver, prefix=PREFIX)

        keep(store, *samples.RECORDS)

        driver.commit()
        assert 1 == accounts(connection)
        with pytest.raises(StorageFailed, match="of SQLAlchemy"):
            store.upgrade()


def test_upgraded(engine):
    """
    Migrations run in the host's transaction, under the prefix.
    """
    with engine.begin() as connection:
        store = SqlStore(connection=connection, prefix=PREFIX)

        done = store.upgrade()

    assert done.before == done.after


def test_not_of_the_portal(engine):
    """
    Without the prefix there is nothing to bring up to date.
    """
    with engine.begin() as connection:
        store = SqlStore(connection=connection, prefix="other_")

        with pytest.raises(StorageFailed, match="begin with 'other_': check"):
            store.upgrade()


@pytest.mark.parametrize("prefix", ["Portail_", "1_", "a-b", "x" * 21])
def test_no_prefix(prefix):
    """
    What databases would write otherwise is no prefix.
    """
    with pytest.raises(ValueError, match="is no prefix"):
        SqlStore("sqlite:///x.db", prefix=prefix)


def test_one_of_both(tmp_path):
    """
    An address or a connection; and one that checks references.
    """
    file = sqlite3.connect(tmp_path / "x.db")

    with pytest.raises(TypeError, match="either an address or"):
        SqlStore()
    with pytest.raises(ValueError, match="does not check foreign keys"):
        SqlStore(connection=file)
    with pytest.raises(
        ValueError, match="of sqlite3 or psycopg, not builtins"
    ):
        SqlStore(connection=object())
    file.close()


class TestPrefixed(StoreContract):
    """
    A store of its own connections, in a database that holds others.
    """

    @pytest.fixture(name="store")
    def _store(self, tmp_path):
        url = f"sqlite:///{tmp_path}/town.db"
        with sqlite3.connect(tmp_path / "town.db") as file:
            file.execute("CREATE TABLE requests (title TEXT)")
        file.close()
        store = SqlStore.open(url, prefix=PREFIX)
        yield store
        store.close()
