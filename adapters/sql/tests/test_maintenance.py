"""
Backups: from either database, and for either.
"""

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from attrs import evolve

from portail_core.domain.ids import ChildId
from portail_core.plugins import Plugins
from portail_core.ports.maintenance import NotABackup, NotEmpty, Upgraded
from portail_core.ports.store import StorageFailed
from portail_core.testing import builders, samples
from portail_sql import SqlStore, plugin
from portail_sql._tables import METADATA

DUMP = Path(__file__).parent / "data" / "schema-0001.sql"


@pytest.fixture(name="maintenance")
def _maintenance():
    """
    What the plugin offers for a URL; closed with the test.
    """
    with ExitStack() as opened:

        def maintain(url):
            found = Plugins(plugin, discover=()).maintenance(url)
            return opened.enter_context(closing(found))

        yield maintain


def keep(store, *records):
    with store.transaction() as tx:
        for record in records:
            tx.put(record)


def everything(url):
    """
    Every row of every table, as values of the domain.
    """
    store = SqlStore.open(url)
    with store.reading() as reading:
        rows = {
            table.name: sorted(
                map(repr, reading.connection.rows(sa.select(table)))
            )
            for table in METADATA.sorted_tables
        }
    store.close()
    return rows


@pytest.fixture(name="kept")
def _kept(url):
    """
    A database with a record of every kind.
    """
    store = SqlStore.open(url)
    keep(store, *samples.RECORDS, samples.queued())
    with store.transaction() as tx:
        for _ in range(16):
            tx.next_number("requests")
        tx.append(samples.entry("s"))
    store.close()
    return url


@pytest.fixture(name="new", params=["sqlite", "postgresql"])
def _new(request, tmp_path):
    """
    A database without tables.
    """
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    return request.getfixturevalue("databases").make()


@pytest.fixture(name="file")
def _file(tmp_path):
    return tmp_path / "backup.db"


@pytest.mark.hard_case(39)
def test_restored(maintenance, kept, new, file):
    """
    Everything is in the new database, which goes on where the other was.
    """
    maintenance(kept).backup(file)

    maintenance(new).restore(file)

    assert everything(kept) == everything(new)
    store = SqlStore.open(new)
    with store.transaction() as tx:
        assert 17 == tx.next_number("requests")
        tx.put(samples.queued(key="another"))
        tx.append(samples.entry("s"))
    with store.reading() as reading:
        assert 2 == reading.journal()[-1].sequence
    store.close()


def test_is_a_store(maintenance, kept, file):
    """
    A backup is opened like any store, and belongs to whoever made it.
    """
    maintenance(kept).backup(file)

    assert everything(kept) == everything(f"sqlite:///{file}")
    assert 0o600 == file.stat().st_mode & 0o777


def test_one_moment(maintenance, kept, file):
    """
    What is written while the backup is made is in the next one.
    """
    store = SqlStore.open(kept)
    other = maintenance(kept)
    other.backup(file)
    keep(store, builders.child(id=ChildId("late")))
    store.close()

    with closing(sqlite3.connect(file)) as copy:
        found = copy.execute("SELECT id FROM children").fetchall()

    assert ("late",) not in found


def test_file_there_already(maintenance, kept, file):
    """
    No backup takes the place of another.
    """
    file.write_bytes(b"the only copy")

    with pytest.raises(FileExistsError):
        maintenance(kept).backup(file)

    assert b"the only copy" == file.read_bytes()


def test_nothing_left(maintenance, new, file):
    """
    A backup of nothing fails, and leaves no file.
    """
    with pytest.raises(StorageFailed, match="no tables of the portal"):
        maintenance(new).backup(file)

    assert [] == list(file.parent.glob("backup*"))


def test_not_empty(maintenance, kept, file):
    """
    What is there is not mixed with what was.
    """
    maintenance(kept).backup(file)

    with pytest.raises(NotEmpty, match="has rows"):
        maintenance(kept).restore(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no database at all, but long enough to be read", "no backup of"),
        (b"", "no tables of the portal"),
    ],
)
def test_no_backup(maintenance, new, file, content, message):
    """
    Another file is refused, and nothing is written.
    """
    file.write_bytes(content)

    with pytest.raises(NotABackup, match=message):
        maintenance(new).restore(file)


def test_older_backup(maintenance, new, file):
    """
    A backup of older tables says how it is brought up to date, and then is
    restored.
    """
    with closing(sqlite3.connect(file)) as old:
        old.executescript(DUMP.read_text())
    with pytest.raises(NotABackup, match="run « portail db upgrade --storage"):
        maintenance(new).restore(file)

    done = maintenance(f"sqlite:///{file}").upgrade()
    maintenance(new).restore(file)

    assert Upgraded(before="0001", after="0002") == done
    assert everything(f"sqlite:///{file}") == everything(new)


def test_made(maintenance, new):
    """
    An upgrade of an empty database makes the tables.
    """
    assert Upgraded(before=None, after="0002") == maintenance(new).upgrade()
    assert Upgraded(before="0002", after="0002") == maintenance(new).upgrade()


def test_later(maintenance, kept):
    """
    Later tables are not taken back.
    """
    store = SqlStore.open(kept)
    with store.transaction() as tx:
        tx.connection.run("UPDATE alembic_version SET version_num = '0099'")
    store.close()
    other = maintenance(kept)

    with pytest.raises(StorageFailed, match="never taken back"):
        other.upgrade()

    # The tests that follow find the tables as they were.
    store = SqlStore(kept)
    with store.transaction() as tx:
        tx.connection.run("UPDATE alembic_version SET version_num = '0002'")
    store.close()


def test_large(maintenance, url, new, file):
    """
    More rows than are copied at once.
    """
    store = SqlStore.open(url)
    keep(
        store,
        *samples.FAMILY,
        *(
            evolve(builders.child(), id=ChildId(f"child {number}"))
            for number in range(2_500)
        ),
    )
    store.close()

    maintenance(url).backup(file)
    maintenance(new).restore(file)

    assert everything(url) == everything(new)
