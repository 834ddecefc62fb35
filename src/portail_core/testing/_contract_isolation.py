"""
What others are doing is not seen: neither half of it, nor before it is done.

Each check is a trap that some level of isolation of some database falls into.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from portail_core.domain.ids import CommandKey, HouseholdId, RegieCode
from portail_core.domain.money import Money
from portail_core.ports.store import KeptCommand, Reading, Store

from . import builders, samples
from ._contract_interleaving import a_morning, family
from ._contract_tools import fail, keep
from ._kit import Capability, needs
from ._steps import Story, Writer, explore
from .builders import ASKED, POOL, REGIE

OTHER_REGIE = RegieCode("CANTINE")
FIFTY = Money(50)


class IsolationContract:
    """
    A reading is of one moment; what a transaction read is true at its commit.
    """

    @needs(Capability.THREADS)
    def test_reading_is_of_one_moment(self, store: Store) -> None:
        """
        A reading sees both halves of a commit, or neither (read skew).
        """
        explore(store, lambda run: _moved_while(store, run, _look_at_both))

    @needs(Capability.THREADS)
    def test_reading_says_the_same_twice(self, store: Store) -> None:
        """
        What a reading was told, it is told again (non-repeatable read).
        """
        explore(store, lambda run: _moved_while(store, run, _look_twice))

    @needs(Capability.THREADS)
    def test_transaction_is_of_one_moment(self, store: Store) -> None:
        """
        A transaction that saw half of another's commit does not end well.
        """
        explore(store, lambda run: _moved_while(store, run, _note_both))

    @needs(Capability.THREADS)
    def test_lists_do_not_grow(self, store: Store) -> None:
        """
        A list read twice in a reading is one list (phantom).
        """
        explore(store, lambda run: _asked_while(store, run, _count_twice))

    @needs(Capability.THREADS)
    def test_lists_do_not_grow_unseen(self, store: Store) -> None:
        """
        Nor does it grow in a transaction that ends well.
        """
        explore(store, lambda run: _asked_while(store, run, _note_counts))

    @needs(Capability.THREADS)
    def test_nothing_unfinished_is_seen(self, store: Store) -> None:
        """
        What a transaction puts, and then does not commit, nobody ever sees
        (dirty read): no record, no notice, no entry, no number.
        """
        explore(
            store, lambda run: _given_up_while(store, run), interruptions=1
        )

    @needs(Capability.THREADS)
    def test_journal_in_order_of_commits(self, store: Store) -> None:
        """
        Who saw the journal up to an entry is never told of an earlier one
        later on.
        """
        explore(store, lambda run: _journal_while(store, run), interruptions=1)


# Who looks, and what of ------------------------------------------------------

Look = Callable[[Store, HouseholdId], tuple[int, int]]
"""Two figures, which one writer after the other would make one moment's."""


def _moved_while(store: Store, run: int, look: Look) -> Story:
    """
    Fifty cents move from one ledger to the other while someone looks; they
    look at an even hundred, however they look.
    """
    household = family(run, store)
    for regie in (REGIE, OTHER_REGIE):
        keep(
            store,
            builders.ledger(household=household, regie=regie, received=FIFTY),
        )

    def move(store: Store) -> None:
        with store.transaction() as tx:
            of = tx.of(household)
            one, other = of.ledger(REGIE), of.ledger(OTHER_REGIE)
            tx.put(evolve(one, received=one.received - FIFTY))
            tx.put(evolve(other, received=other.received + FIFTY))

    def ends(answers: tuple[Any, ...]) -> None:
        assert answers[1] in {(50, 50), (0, 100)}

    return Story(
        writers=(move, lambda store: look(store, household)), ends=ends
    )


def _received(reading: Reading, household: HouseholdId) -> tuple[int, int]:
    of = reading.of(household)
    one, other = of.ledger(REGIE), of.ledger(OTHER_REGIE)
    return one.received.cents, other.received.cents


def _look_at_both(store: Store, household: HouseholdId) -> tuple[int, int]:
    with store.reading() as reading:
        return _received(reading, household)


def _look_twice(store: Store, household: HouseholdId) -> tuple[int, int]:
    with store.reading() as reading:
        first = _received(reading, household)
        assert first == _received(reading, household)
        return first


def _note_both(store: Store, household: HouseholdId) -> tuple[int, int]:
    with store.transaction() as tx:
        both = _received(tx, household)
        tx.put(_note(household, both))
    return both


def _note(household: HouseholdId, seen: tuple[int, int]) -> KeptCommand:
    return KeptCommand(
        household=household,
        key=CommandKey("what was seen"),
        arguments="",
        answer=str(seen),
    )


def _asked_while(store: Store, run: int, count: Look) -> Story:
    household = family(run, store)

    def ask(store: Store) -> None:
        with store.transaction() as tx:
            tx.of(household).requests()
            tx.put(a_morning(run, 0, run, POOL))

    def ends(answers: tuple[Any, ...]) -> None:
        assert answers[1] in {(0, 0), (1, 1)}

    return Story(
        writers=(ask, lambda store: count(store, household)), ends=ends
    )


def _count_twice(store: Store, household: HouseholdId) -> tuple[int, int]:
    with store.reading() as reading:
        of = reading.of(household)
        return len(of.requests()), len(of.requests())


def _note_counts(store: Store, household: HouseholdId) -> tuple[int, int]:
    with store.transaction() as tx:
        of = tx.of(household)
        counts = len(of.requests()), len(of.requests())
        tx.put(_note(household, counts))
    return counts


def _given_up_while(store: Store, run: int) -> Story:
    household = family(run, store)
    key = f"notice {run}"

    def give_up(store: Store) -> None:
        def work(tx: Any) -> None:
            tx.put(builders.ledger(household=household, received=FIFTY))
            tx.put(samples.queued(key=key))
            tx.append(samples.entry(key))

        fail(store, work)

    def look(store: Store) -> tuple[Any, ...]:
        with store.reading() as reading:
            return _seen(reading)

    def look_and_write(store: Store) -> tuple[Any, ...]:
        with store.transaction() as tx:
            seen = _seen(tx)
            tx.next_number(f"series {run}")
        return seen

    def _seen(reading: Reading) -> tuple[Any, ...]:
        received = reading.of(household).ledger(REGIE).received.cents
        return received, reading.queued(key), len(reading.journal(key))

    def ends(answers: tuple[Any, ...]) -> None:
        assert (0, None, 0) == answers[1]
        assert (0, None, 0) == answers[2]

    writers: tuple[Writer, ...] = (give_up, look, look_and_write)
    return Story(writers=writers, ends=ends)


def _journal_while(store: Store, run: int) -> Story:
    family(run, store)

    def write(store: Store) -> None:
        with store.transaction() as tx:
            tx.due_notices(ASKED, 1)
            tx.append(samples.entry(f"journal/{run}"))

    def look(store: Store) -> tuple[list[int | None], list[int | None]]:
        seen = []
        for _ in range(2):
            with store.reading() as reading:
                journal = reading.journal(f"journal/{run}")
                seen.append([entry.sequence for entry in journal])
        return seen[0], seen[1]

    def ends(answers: tuple[Any, ...]) -> None:
        before, after = answers[2]
        with store.reading() as reading:
            journal = reading.journal(f"journal/{run}")
        assert 2 == len(journal)
        assert after[: len(before)] == before

    return Story(writers=(write, write, look), ends=ends)
