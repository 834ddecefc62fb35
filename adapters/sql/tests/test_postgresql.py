"""
The store in PostgreSQL keeps the contract, and waits no longer than it says.
"""

import psycopg
import pytest

from adapters.sql.tests.postgres import make_store
from portail_core.domain.ids import PoolCode
from portail_core.plugins import AdapterKind, Plugins
from portail_core.ports.store import (
    ConcurrentChange,
    StorageBusy,
    StorageFailed,
)
from portail_core.testing import StoreContract, builders, samples
from portail_core.testing._contract_tools import again, race
from portail_sql import SqlStore, plugin

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'portail' AND datname = current_database()"
)
LOCK = (PoolCode("club"), builders.WEDNESDAY)


def keep(store, *records):
    with store.transaction() as tx:
        for record in records:
            tx.put(record)


def with_options(url, options):
    return f"{url}{'&' if '?' in url else '?'}{options}"


@pytest.fixture(name="store")
def _store(postgresql):
    store = SqlStore.open(postgresql)
    yield store
    store.close()


@pytest.fixture(name="impatient")
def _impatient(postgresql):
    """
    The same database, by someone who waits a twentieth of a second.
    """
    url = with_options(postgresql, "busy_seconds=0.05&connections=2")
    store = SqlStore.open(url)
    yield store
    store.close()


class TestPostgreSQL(StoreContract):
    """
    One database is emptied for each check; those that ask for a place get one
    of their own.
    """

    make_store = staticmethod(make_store)

    @pytest.fixture(name="store")
    def _store(self, postgresql):
        store = SqlStore.open(postgresql)
        yield store
        store.close()


class TestOpen:
    def test_plugin(self, postgresql):
        """
        The distribution offers storage at « postgresql: ».
        """
        plugins = Plugins(plugin, discover=())

        store = plugins.adapter(AdapterKind.STORAGE, postgresql)

        assert isinstance(store, SqlStore)
        store.close()

    def test_types(self, postgresql, store):
        """
        Days, moments, hours, figures and JSON are PostgreSQL's own, and a
        commit waits for the disk.
        """
        keep(store, *samples.RECORDS)

        with psycopg.connect(postgresql) as connection:
            types = {
                row[0]
                for row in connection.execute(
                    "SELECT DISTINCT data_type FROM information_schema.columns"
                    " WHERE table_schema = 'public'"
                )
            }
            ((day, facts),) = connection.execute(
                "SELECT line.day, request.facts FROM request_lines AS line"
                " JOIN requests AS request"
                " ON request.number = line.request_number"
            ).fetchmany(1)
            durable = connection.execute("SHOW synchronous_commit").fetchone()

        assert {
            "bigint",
            "character varying",  # Alembic's own
            "date",
            "integer",
            "json",
            "numeric",
            "text",
            "time without time zone",
            "timestamp with time zone",
        } == types
        assert builders.WEDNESDAY == day
        assert isinstance(facts, dict)
        assert ("on",) == durable

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ("cache=shared", "takes busy_seconds, statement_seconds, conn"),
            ("busy_seconds=soon", "are numbers: could not convert"),
        ],
    )
    def test_options(self, postgresql, options, message):
        """
        An option that is none is refused in a sentence.
        """
        with pytest.raises(ValueError, match=message):
            SqlStore.open(with_options(postgresql, options))

    def test_unreachable(self):
        """
        A server that does not answer is named, without the password.
        """
        url = "postgresql://camille:s3cret@127.0.0.1:1/portail"

        with pytest.raises(ValueError, match="opened: connection") as told:
            SqlStore.open(url)

        assert "s3cret" not in str(told.value)
        assert "camille:***@127.0.0.1" in str(told.value)

    def test_other_tables(self, databases):
        """
        A database that serves something else is left alone.
        """
        url = databases.make()
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE recipes (title TEXT)")

        with pytest.raises(ValueError, match=r"something else \(recipes"):
            SqlStore.open(url)


class TestWaiting:
    def test_busy(self, store, impatient):
        """
        Who waits too long for a place is told so; who wants another's does
        not wait, nor does who reads.
        """
        other = (PoolCode("other"), builders.WEDNESDAY)
        with store.transaction([LOCK]):
            with pytest.raises(StorageBusy), impatient.transaction([LOCK]):
                pass
            with impatient.transaction([other]):
                pass
            with impatient.reading() as reading:
                assert () == reading.journal()

    def test_every_connection_in_use(self, impatient):
        """
        There is a limit on connections too, and it is the same answer.
        """
        with (
            impatient.reading(),
            impatient.reading(),
            pytest.raises(StorageBusy, match="in use"),
            impatient.reading(),
        ):
            pass

    def test_endless_statement(self, postgresql):
        """
        A statement that does not end is ended.
        """
        store = SqlStore.open(
            with_options(
                postgresql, "busy_seconds=0.01&statement_seconds=0.05"
            )
        )
        with pytest.raises(StorageBusy), store.reading() as reading:
            reading.connection.run("SELECT pg_sleep(60)")
        store.close()

    def test_deadlock(self, store):
        """
        Two writers that hold each other up both get through in the end.
        """
        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY)
        households = (builders.HOUSEHOLD, builders.ELSEWHERE)

        def visit(*order):
            with store.transaction() as tx:
                for household in order:
                    tx.of(household).household()
            return True

        assert race(
            *(
                lambda order=order: again(lambda: visit(*order))
                for order in (households, households[::-1]) * 4
            )
        )


class TestErrors:
    def test_server_started_again(self, postgresql, store):
        """
        Connections that the server has closed are replaced unseen.
        """
        keep(store, *samples.FAMILY)
        with psycopg.connect(postgresql, autocommit=True) as connection:
            connection.execute(CUT)

        with store.reading() as reading:
            assert reading.household(builders.HOUSEHOLD) is not None

    def test_cut_off(self, postgresql, store):
        """
        A transaction whose connection is cut leaves no trace.
        """
        keep(store, *samples.FAMILY)

        def cut_off():
            with store.transaction() as tx:
                tx.put(builders.session())
                with psycopg.connect(postgresql, autocommit=True) as other:
                    other.execute(CUT)

        with pytest.raises(StorageFailed):
            cut_off()

        with store.reading() as reading:
            assert reading.session(builders.session().digest) is None

    def test_cut_off_in_the_commit(self, postgresql, store):
        """
        Whether a commit whose answer was lost is kept, nobody knows: it is
        said, and asking again helps.
        """
        keep(store, *samples.FAMILY)
        with psycopg.connect(postgresql, autocommit=True) as other:
            # The trigger cuts the connection when everything is flushed.
            other.execute(
                "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
                " RETURN NULL; END'"
            )
            other.execute(
                "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON sessions"
                " DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION cut()"
            )
            try:
                with pytest.raises(StorageFailed, match="may have been kept"):
                    keep(store, builders.session())
            finally:
                other.execute("DROP FUNCTION cut() CASCADE")

        keep(store, builders.session())

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE request_lines SET state = 'lost'",
            "UPDATE request_lines SET paid_cents = -1",
            "UPDATE ledgers SET received_cents = -1",
            "UPDATE accounts SET household_id = 'nobody'",
            "DELETE FROM invoices",
        ],
    )
    def test_refused_by_the_database(self, postgresql, store, statement):
        """
        What must never be is refused to everyone, not only to this program.
        """
        keep(store, *samples.RECORDS)

        with psycopg.connect(postgresql) as connection:
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(psycopg.errors.IntegrityError):
                connection.execute(statement)

    def test_changed_meanwhile(self, store):
        """
        A record that changed between two looks of a transaction is not
        decided on.
        """
        keep(store, *samples.RECORDS)

        def look_twice():
            with store.transaction() as tx:
                tx.account(builders.ACCOUNT)
                with store.transaction() as other:
                    other.account(builders.ACCOUNT)
                    other.put(builders.account(password="another"))
                tx.account(builders.ACCOUNT)

        with pytest.raises(ConcurrentChange, match="while it was looked at"):
            look_twice()
