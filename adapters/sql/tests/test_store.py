"""
The store in SQLite keeps the contract.
"""

import sqlite3
from contextlib import ExitStack, closing

import pytest
import sqlalchemy as sa
from attrs import evolve

from portail_core.domain.ids import ChildId
from portail_core.domain.money import Money
from portail_core.domain.requests import LineState
from portail_core.plugins import AdapterKind, Plugins
from portail_core.ports.store import (
    ConcurrentChange,
    StorageBusy,
    StorageFailed,
)
from portail_core.testing import StoreContract, builders, samples
from portail_sql import SqlStore, plugin


def keep(store, *records):
    with store.transaction() as tx:
        for record in records:
            tx.put(record)


def look(path, query):
    """
    What any program that reads SQLite is shown.
    """
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


def edit(path, statement):
    """
    What someone else may do to the file.
    """
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA foreign_keys = ON")
        file.execute(statement)
        file.commit()


@pytest.fixture(name="path")
def _path(tmp_path):
    return tmp_path / "portail.db"


@pytest.fixture(name="store")
def _store(path):
    store = SqlStore.open(f"sqlite:///{path}?busy_seconds=5")
    yield store
    store.close()


@pytest.fixture(name="impatient")
def _impatient(path):
    """
    The same file, by someone who waits a twentieth of a second.
    """
    store = SqlStore.open(f"sqlite:///{path}?busy_seconds=0.05")
    yield store
    store.close()


def make_store(place):
    return SqlStore.open(f"sqlite:///{place}/portail.db")


class TestSqlStore(StoreContract):
    make_store = staticmethod(make_store)


class TestOpen:
    def test_pragmas(self, store):
        """
        A commit is on the disk when it returns, references are checked, and
        a writer waits for the other.
        """
        with store.reading() as reading:
            cursor = reading.connection.cursor
            pragmas = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in (
                    "journal_mode",
                    "synchronous",
                    "foreign_keys",
                    "busy_timeout",
                )
            }

        assert {
            "journal_mode": "wal",
            "synchronous": 2,  # FULL
            "foreign_keys": 1,
            "busy_timeout": 5000,
        } == pragmas

    def test_reopened(self, path, store):
        """
        What was committed is there for who opens the file again.
        """
        keep(store, *samples.RECORDS)
        store.close()

        again = SqlStore.open(f"sqlite:///{path}")
        with again.reading() as reading:
            kept = reading.account(builders.ACCOUNT)
        again.close()

        assert builders.account() == kept

    def test_relative(self, tmp_path, monkeypatch):
        """
        Three slashes name a file of the current folder.
        """
        monkeypatch.chdir(tmp_path)

        SqlStore.open("sqlite:///here.db").close()

        assert (tmp_path / "here.db").is_file()

    def test_plugin(self, path):
        """
        The distribution offers storage at « sqlite: ».
        """
        plugins = Plugins(plugin, discover=())

        store = plugins.adapter(AdapterKind.STORAGE, f"sqlite:///{path}")

        assert isinstance(store, SqlStore)
        store.close()

    def test_engine(self, path):
        """
        A host may hand over an engine of its own making.
        """
        store = SqlStore(sa.create_engine(f"sqlite:///{path}"))
        store.create_tables()

        keep(store, builders.household())

        with store.reading() as reading:
            of = reading.of(builders.HOUSEHOLD)
            assert builders.household() == of.household()
        store.close()

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("sqlite://", "name a file"),
            ("sqlite:///:memory:", "name a file"),
            ("sqlite:///x.db?cache=shared", "no option but busy_seconds"),
            ("sqlite:///x.db?busy_seconds=soon", "are numbers: could not"),
            ("no address", "no address of a database"),
            ("mysql://user@host/portail", "knows SQLite and PostgreSQL"),
            ("sqlite:////nowhere/at/all.db", "unable to open"),
        ],
    )
    def test_no_such_address(self, tmp_path, monkeypatch, url, message):
        """
        An address that cannot be used is refused in a sentence.
        """
        monkeypatch.chdir(tmp_path)

        with pytest.raises(ValueError, match=message):
            SqlStore.open(url)

    def test_other_version(self, path, store):
        """
        Tables of another version are neither read nor changed.
        """
        store.close()
        edit(path, "UPDATE alembic_version SET version_num = '0099'")

        with pytest.raises(ValueError, match="of revision 0099, and this"):
            SqlStore.open(f"sqlite:///{path}")

    def test_other_tables(self, path):
        """
        A database that serves something else is left alone.
        """
        edit(path, "CREATE TABLE recipes (title TEXT)")

        with pytest.raises(ValueError, match=r"something else \(recipes"):
            SqlStore.open(f"sqlite:///{path}")

        assert [("recipes",)] == look(path, "SELECT name FROM sqlite_master")

    def test_no_database(self, path):
        """
        A file that is no database is refused in a sentence.
        """
        path.write_text("Dear diary, " * 500, encoding="utf-8")

        with pytest.raises(ValueError, match="not a database"):
            SqlStore.open(f"sqlite:///{path}")


class TestTables:
    def test_one_row_a_child_day(self, path, store):
        """
        An analyst sees each child-day with its state and what was paid.
        """
        lines = (
            builders.line(state=LineState.CONFIRMED, paid=Money(1250)),
            builders.line(
                day=builders.NEXT_WEDNESDAY, state=LineState.CANCELLED
            ),
        )
        keep(store, *samples.FAMILY, builders.request(lines=lines))

        rows = look(
            path,
            "SELECT request_number, child_id, day, amplitude, state,"
            " paid_cents FROM request_lines ORDER BY day",
        )

        assert [
            (16, "lou", "2026-05-27", "JOURNEE-REPAS", "confirmed", 1250),
            (16, "lou", "2026-06-03", "JOURNEE-REPAS", "cancelled", 0),
        ] == rows

    def test_one_row_a_taken_place(self, path, store):
        """
        A held line has a row for each part of the day, with its last moment,
        and one for each pool that counts it.
        """
        keep(store, *samples.FAMILY, builders.request())

        parts = look(
            path, "SELECT part, taken_until FROM taken_parts ORDER BY part"
        )
        places = look(
            path, "SELECT pool, part FROM taken_places ORDER BY part"
        )

        until = "2026-05-13T11:12:56.000000Z"
        assert [(p, until) for p in ("apres-midi", "matin", "repas")] == parts
        assert [("AUBIGNOSC", part) for part, _ in parts] == places

    def test_one_row_an_invoice_line(self, path, store):
        """
        So are invoices: their lines sum to their total.
        """
        keep(store, *samples.RECORDS)

        rows = look(
            path,
            "SELECT i.total_cents, sum(l.amount_cents), count(*)"
            " FROM invoices i JOIN invoice_lines l"
            " ON l.invoice_number = i.number GROUP BY i.number",
        )

        assert [(1250, 1250, 2)] == rows

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE request_lines SET state = 'lost'",
            "UPDATE request_lines SET paid_cents = -1",
            "UPDATE request_lines SET paid_cents = 'much'",
            "UPDATE ledgers SET received_cents = -1",
            "UPDATE accounts SET email = 'camille@example.org'",
            "DELETE FROM invoices",
        ],
    )
    def test_refused_by_the_database(self, path, store, statement):
        """
        What must never be is refused to everyone, not only to this program.
        """
        keep(store, *samples.RECORDS)

        with pytest.raises(sqlite3.IntegrityError):
            edit(path, statement)


class TestErrors:
    def test_busy(self, store, impatient):
        """
        A writer that waits for too long is told so; who reads never waits.
        """
        with store.transaction():
            with pytest.raises(StorageBusy), impatient.transaction():
                pass
            with impatient.reading() as reading:
                assert () == reading.journal()

    def test_busy_from_the_start(self, path):
        """
        So is who opens a new file that another program keeps to itself.
        """
        with closing(sqlite3.connect(path)) as file:
            file.execute("BEGIN EXCLUSIVE")

            with pytest.raises(StorageBusy):
                SqlStore.open(f"sqlite:///{path}?busy_seconds=0.05")

    def test_every_connection_in_use(self, impatient):
        """
        There is a limit on connections too, and it is the same answer.
        """
        with ExitStack() as many, pytest.raises(StorageBusy, match="in use"):
            _exhaust(impatient, many)

        with impatient.reading() as reading:
            assert () == reading.journal()

    def test_not_as_it_was_read(self, store):
        """
        A version that changed under a writer refuses its commit.
        """
        keep(store, builders.household())

        def write_too_late():
            with store.transaction() as tx:
                before = tx.of(builders.HOUSEHOLD).household()
                tx.seen = dict.fromkeys(tx.seen, 0)
                tx.put(evolve(before, adults=()))

        with pytest.raises(ConcurrentChange):
            write_too_late()

        with store.reading() as reading:
            of = reading.of(builders.HOUSEHOLD)
            assert builders.household() == of.household()

    @pytest.mark.parametrize(
        "record",
        [
            builders.custody(household="nobody"),
            builders.ledger(received=Money(-1)),
            builders.ledger(received=Money(2**63)),
            builders.child(id=ChildId("x"), first_name="\ud800"),
            builders.request(
                17, held_until=builders.ASKED.replace(tzinfo=None)
            ),
        ],
        ids=["orphan", "below zero", "too much", "no letter", "no zone"],
    )
    def test_cannot_be_kept(self, store, record):
        """
        What the tables cannot hold fails, whole, and not as a race would.
        """
        keep(store, *samples.FAMILY)

        with pytest.raises(StorageFailed):
            keep(store, builders.session(), record)

        with store.reading() as reading:
            assert reading.session(builders.session().digest) is None

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE children SET birth_date = 'in spring'",
            "UPDATE children SET first_name = ''",
        ],
    )
    def test_cannot_be_read(self, path, store, statement):
        """
        Rows that someone spoilt are not handed out as if they were sound.
        """
        keep(store, *samples.FAMILY)
        edit(path, statement)

        with store.reading() as reading, pytest.raises(StorageFailed):
            reading.of(builders.HOUSEHOLD).children()

    def test_no_tables(self, path):
        """
        A store that was never made ready says so.
        """
        store = SqlStore(f"sqlite:///{path}")

        with pytest.raises(StorageFailed, match="no such table"):
            keep(store, builders.household())
        store.close()

    def test_own_exceptions(self, store):
        """
        What the use case raises is what comes out.
        """
        with pytest.raises(ZeroDivisionError), store.transaction() as tx:
            tx.put(1 // 0)


def _exhaust(store, many):
    for _ in range(100):
        many.enter_context(store.reading())
