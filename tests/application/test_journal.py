"""
The journal, written out.
"""

import json

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from portail_core.application.journal import PAGE, export
from portail_core.ports.store import JournalEntry
from portail_core.testing import MemoryStore, samples
from portail_core.wire import load
from tests.application.conftest import NEXT, WEDNESDAY
from tests.wire.kinds import values


def keep(store, entries):
    with store.transaction() as tx:
        for entry in entries:
            tx.append(entry)


class TestExport:
    def test_lines(self, world, family):
        """
        Every entry is one line with its number, its moment, its stream, who
        did it and what happened, by its name.
        """
        request = family.book(WEDNESDAY, NEXT)

        lines = [json.loads(line) for line in world.portal.jobs.journal()]

        assert list(range(1, len(lines) + 1)) == [
            line["sequence"] for line in lines
        ]
        (held,) = (x for x in lines if x["event"]["event"] == "RequestHeld")
        assert f"request/{request.number}" == held["stream"]
        assert f"account/{family.member.account}" == held["actor"]
        assert "2026-05-13T09:12:56+00:00" == held["at"]

    @pytest.mark.rule("journal.export")
    @given(
        st.lists(
            values(JournalEntry).map(lambda one: evolve(one, sequence=None)),
            max_size=5,
        )
    )
    def test_read_back(self, entries):
        """
        A line is read back as the entry that it was, whatever happened.
        """
        store = MemoryStore()
        keep(store, entries)

        lines = list(export(store=store))

        with store.reading() as reading:
            kept = reading.journal()
        assert kept == tuple(load(JournalEntry, line) for line in lines)
        assert not any("\n" in line for line in lines)

    @pytest.mark.rule("journal.export.from")
    @pytest.mark.parametrize("after", [0, 1, PAGE - 1, PAGE, PAGE + 1, 9_999])
    def test_after(self, after):
        """
        Who knows the beginning asks for what came after it.
        """
        store = MemoryStore()
        keep(store, [samples.entry("request/1")] * (PAGE + 1))

        numbers = [
            json.loads(line)["sequence"]
            for line in export(store=store, after=after)
        ]

        assert list(range(after + 1, PAGE + 2)) == numbers

    def test_meanwhile(self):
        """
        What is added while it is read comes at the end.
        """
        store = MemoryStore()
        keep(store, [samples.entry("request/1")] * PAGE)

        lines = export(store=store)
        first = next(lines)
        keep(store, [samples.entry("request/2")])

        assert PAGE + 1 == len([first, *lines])
