"""
An audit of a file that somebody wrote in beside the portal.
"""

import sqlite3
from contextlib import closing

import pytest

from portail_core.application.journal import export
from portail_core.ports.store import JournalEntry
from portail_core.wire import load
from portail_sql import SqlStore
from tests.application.conftest import NEXT, WEDNESDAY, World


@pytest.fixture(name="path")
def _path(tmp_path):
    return tmp_path / "portail.db"


@pytest.fixture(name="world")
def _world(path):
    """
    One day paid, one cancelled for an avoir.
    """
    world = World(SqlStore.open(f"sqlite:///{path}"))
    family = world.family()
    request = family.book(WEDNESDAY, NEXT)
    family.cancel(request.number, NEXT)
    yield world
    world.store.close()


def edit(path, statement):
    """
    What somebody may do to the file.
    """
    with closing(sqlite3.connect(path)) as file:
        file.execute(statement)
        file.commit()


class TestAudit:
    def test_sound(self, world):
        """
        What the portal wrote holds.
        """
        found = world.portal.jobs.audit()

        assert ((), ()) == (found.discrepancies, found.explained)
        assert (1, 1) == (found.requests, found.attempts)

    @pytest.mark.rule("operations.audit.unreadable")
    @pytest.mark.parametrize(
        ("statement", "codes"),
        [
            ("UPDATE requests SET created_at = 'in May'", {"unreadable"}),
            ("UPDATE invoices SET issued_at = 'in May'", {"unreadable"}),
            ("UPDATE credit_notes SET issued_at = 'May'", {"unreadable"}),
            ("UPDATE attempts SET created_at = 'in May'", {"unreadable"}),
            ("UPDATE outbox SET due_at = 'soon'", {"unreadable"}),
            ("UPDATE reglements SET since = 'soon'", {"unreadable"}),
            (
                "UPDATE reglements SET text = '{}'",
                {"reglement-unreadable"},
            ),
            ("DELETE FROM taken_places", {"places-taken"}),
            (
                "UPDATE ledgers SET received_cents = received_cents + 1",
                {"replay", "received", "balance"},
            ),
            (
                "DELETE FROM outbox WHERE key LIKE 'recap/%'",
                {"told"},
            ),
        ],
    )
    def test_edited(self, path, world, statement, codes):
        """
        What was edited is told, and nothing is a traceback.
        """
        edit(path, statement)

        found = world.portal.jobs.audit()

        told = {one.question.code for one in found.discrepancies}
        assert codes <= told
        assert told <= codes | {"reglement-unreadable"}


class TestExport:
    @pytest.mark.rule("journal.export")
    def test_read_back(self, world):
        """
        Every line is read back as the entry that is kept.
        """
        lines = list(export(store=world.store))

        with world.store.reading() as reading:
            kept = reading.journal()
        assert kept == tuple(load(JournalEntry, line) for line in lines)
