"""
Tables of an older portail_sql, brought up to date.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from portail_core.ports.maintenance import Upgraded
from portail_core.testing import builders, samples
from portail_sql import SqlStore

DUMP = Path(__file__).parent / "data" / "schema-0001.sql"


@pytest.fixture(name="path")
def _path(tmp_path):
    return tmp_path / "portail.db"


@pytest.fixture(name="first")
def _first(path):
    """
    What the first portail_sql left, with a record of every kind.
    """
    with closing(sqlite3.connect(path)) as file:
        file.executescript(DUMP.read_text())
    return SqlStore(f"sqlite:///{path}")


def shape(path):
    """
    The tables and indexes of a file, however they came about.
    """
    with closing(sqlite3.connect(path)) as file:
        return {
            name: re.sub(r"[\s\"]+", " ", sql)
            .replace("( ", "(")
            .replace(" )", ")")
            .strip()
            for name, sql in file.execute(
                "SELECT name, sql FROM sqlite_master"
                " WHERE sql IS NOT NULL ORDER BY name"
            )
        }


def test_not_opened(path, first):
    """
    Who opens older tables is told what to do, and changes nothing.
    """
    first.close()
    before = shape(path)

    with pytest.raises(ValueError, match="run « portail db upgrade"):
        SqlStore.open(f"sqlite:///{path}")

    assert before == shape(path)


def test_upgraded(tmp_path, path, first):
    """
    Everything is still there, in tables like those of a new database.
    """
    assert Upgraded(before="0001", after="0002") == first.upgrade()
    first.close()

    SqlStore.open(f"sqlite:///{tmp_path}/new.db").close()
    assert shape(tmp_path / "new.db") == shape(path)

    store = SqlStore.open(f"sqlite:///{path}")
    with store.reading() as reading:
        assert builders.account() == reading.account(builders.ACCOUNT)
        journal = reading.journal()
        assert len(samples.EVENTS) == len(journal)
        assert {reading.reglements()[0].digest} == {
            entry.reglement for entry in journal
        }
    with store.transaction() as tx:
        assert 17 == tx.next_number("requests")
        tx.append(samples.entry("s"))
    with store.reading() as reading:
        assert len(samples.EVENTS) + 1 == reading.journal()[-1].sequence
    store.close()


def test_again(first):
    """
    What is up to date stays as it is.
    """
    first.upgrade()

    assert Upgraded(before="0002", after="0002") == first.upgrade()
    first.close()
