"""
What is done again: after another came first, by an impatient hand, by a job.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from portail_core.domain.ids import ChildId, CommandKey
from portail_core.domain.invoices import CreditNote, Invoice
from portail_core.domain.money import eur
from portail_core.ports.store import (
    ConcurrentChange,
    KeptCommand,
    Record,
    Store,
    Transaction,
)

from . import builders, samples
from ._contract_places import SPOT
from ._contract_tools import commit, fail, keep, read_back
from ._keys import is_final, key_of
from .builders import ASKED, HOUSEHOLD, REGIE

REWRITTEN: tuple[Record, ...] = tuple(
    record for record in samples.RECORDS if not is_final(key_of(record))
)
"""What may be put in place of itself."""


class RepeatsContract:
    """
    Doing a thing twice is doing it once, or being told so.
    """

    def test_put_as_it_was(self, store: Store) -> None:
        """
        A record put as it was read stays as it was, as often as one likes;
        places are counted once.
        """
        keep(store, *samples.RECORDS)
        with store.reading() as reading:
            before = reading.taken([SPOT], ASKED).get(SPOT, 0)

        for _ in range(3):
            with store.transaction() as tx:
                for record in REWRITTEN:
                    found = read_back(tx, record)
                    assert found is not None
                    tx.put(found)

        with store.reading() as reading:
            kept = tuple(read_back(reading, one) for one in REWRITTEN)
            taken = reading.taken([SPOT], ASKED).get(SPOT, 0)
        assert REWRITTEN == kept
        assert before == taken

    def test_put_twice_in_a_commit(self, store: Store) -> None:
        """
        A new record put twice in a commit is there once.
        """
        keep(store, *samples.RECORDS, *samples.RECORDS)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            kept = tuple(read_back(reading, one) for one in samples.RECORDS)
            assert 1 == reading.taken([SPOT], ASKED).get(SPOT, 0)
            assert 1 == len(of.invoices())
            assert 1 == len(of.credit_notes())
        assert samples.RECORDS == kept

    def test_run_again(self, store: Store) -> None:
        """
        A use case that came too late, and runs again, has happened once:
        one number, one notice, one entry, one euro.
        """
        keep(store, *samples.FAMILY, builders.ledger())
        early = [True]

        def work(tx: Transaction) -> None:
            ledger = tx.of(HOUSEHOLD).ledger(REGIE)
            number = tx.next_number("request")
            tx.put(builders.request(number))
            tx.put(samples.queued())
            tx.append(samples.entry("s"))
            tx.put(evolve(ledger, received=ledger.received + eur("1.00")))
            if early.pop():
                msg = "another came first"
                raise ConcurrentChange(msg)

        with pytest.raises(ConcurrentChange):
            commit(store, work)
        early.append(False)
        commit(store, work)

        with store.transaction() as tx:
            of = tx.of(HOUSEHOLD)
            assert [1] == [request.number for request in of.requests()]
            assert eur("1.00") == of.ledger(REGIE).received
            assert 1 == len(tx.due_notices(ASKED, 9))
            assert [1] == [entry.sequence for entry in tx.journal()]
            assert 2 == tx.next_number("request")

    def test_command_again(self, store: Store) -> None:
        """
        A command that was answered is answered by what was kept, word for
        word, for each household its own.
        """
        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY)
        answer = "« N° 16 » \U0001f600 'x' " * 500
        keys = [CommandKey("tap-1"), CommandKey("tap-2")]
        commands = [
            KeptCommand(
                household=household,
                key=key,
                arguments="a",
                answer=answer + key,
            )
            for household in (HOUSEHOLD, builders.ELSEWHERE)
            for key in keys
        ]
        keep(store, *commands)

        for command in commands:
            with pytest.raises(ConcurrentChange):
                keep(store, evolve(command, answer="another"))

        with store.reading() as reading:
            assert commands == [read_back(reading, one) for one in commands]

    def test_failures_in_a_row(self, store: Store) -> None:
        """
        A store that was failed in twenty times serves the next one, and has
        lost no number and no place.
        """
        keep(store, *samples.FAMILY)

        def work(tx: Transaction) -> None:
            tx.put(builders.request(tx.next_number("request")))
            tx.append(samples.entry("s"))

        for _ in range(20):
            fail(store, work)
        commit(store, work)

        with store.reading() as reading:
            requests = reading.of(HOUSEHOLD).requests()
            assert 1 == len(reading.journal())
            assert 1 == reading.taken([SPOT], ASKED).get(SPOT, 0)
        assert [1] == [request.number for request in requests]

    def test_papers_are_kept_as_issued(self, store: Store) -> None:
        """
        An invoice or an avoir that someone tries to correct stays as it was
        issued.
        """
        keep(store, *samples.RECORDS)

        def correct(tx: Transaction, paper: Invoice | CreditNote) -> None:
            read_back(tx, paper)
            tx.put(evolve(paper, issued_at=ASKED + samples.A_MINUTE * 9))

        for paper in (builders.invoice(), builders.credit_note()):
            with pytest.raises(ConcurrentChange):
                commit(store, lambda tx, paper=paper: correct(tx, paper))  # type: ignore[misc]  # bound now

            with store.reading() as reading:
                assert paper == read_back(reading, paper)

    def test_nothing_to_do(self, store: Store) -> None:
        """
        A transaction that writes nothing changes nothing, and is no failure.
        """
        keep(store, *samples.RECORDS)

        with store.transaction() as tx:
            assert tx.of(HOUSEHOLD).child(ChildId("nobody")) is None
        with store.transaction():
            pass

        with store.reading() as reading:
            kept = tuple(read_back(reading, one) for one in samples.RECORDS)
            assert () == reading.journal()
        assert samples.RECORDS == kept
