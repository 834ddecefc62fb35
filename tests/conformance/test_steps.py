"""
Orders of calls: all that matter, the same each time, and one is named.
"""

from pathlib import Path

import pytest

from portail_core.ports.store import ConcurrentChange
from portail_core.testing import MemoryStore, builders
from portail_core.testing._contract_tools import keep, race
from portail_core.testing._steps import Story, explore
from portail_core.testing.broken.commits import ForgetsVersions
from portail_core.testing.broken.queues import WaitsForEver

HOUSEHOLDS = (builders.HOUSEHOLD, builders.ELSEWHERE)


def kept(store):
    keep(store, *(builders.household(id=one) for one in HOUSEHOLDS))
    return store


def look(store):
    with store.transaction() as tx:
        tx.of(builders.HOUSEHOLD).household()
    store.close()


def explored(store, *writers, ends=lambda _: None, **options):
    story = Story(writers=writers, ends=ends)
    return explore(store, lambda _: story, **options)


class TestExplore:
    @pytest.mark.parametrize(
        ("interruptions", "orders"), [(0, 2), (1, 6), (2, 14)]
    )
    def test_orders(self, interruptions, orders):
        """
        Two writers of three calls each: one after the other, with one
        interruption, with two; as many each time.
        """
        store = kept(MemoryStore())

        for _ in range(2):
            tried = explored(store, look, look, interruptions=interruptions)

            assert orders == tried

    def test_three(self):
        """
        Who comes next, once one is done, is no interruption.
        """
        store = kept(MemoryStore())

        assert 6 == explored(store, look, look, look, interruptions=0)

    def test_named(self):
        """
        An order that ends badly is named, call by call.
        """
        store = kept(ForgetsVersions(Path()))
        numbers: list[int] = []

        def take(store):
            with store.transaction() as tx:
                numbers.append(tx.next_number(str(len(numbers) // 2)))

        def ends(_):
            assert {1, 2} == set(numbers[-2:])

        with pytest.raises(AssertionError) as failed:
            explored(store, take, take, ends=ends)

        (order,) = failed.value.__notes__
        assert order.startswith("in this order: A begins, ")

    def test_deadlock(self):
        """
        Writers that wait for each other for ever are found out.
        """
        store = kept(WaitsForEver(Path()))

        def read(*households):
            def work(store):
                with store.transaction() as tx:
                    for household in households:
                        tx.of(household).household()

            return work

        with pytest.raises(AssertionError, match="2 writers wait") as failed:
            explored(
                store,
                read(*HOUSEHOLDS),
                read(*HOUSEHOLDS[::-1]),
                patience_seconds=0.2,
            )

        assert "(waits)" in failed.value.__notes__[0]

    def test_in_circles(self):
        """
        So are writers that are told to run again, and again.
        """

        def work(store):
            with store.reading():
                pass
            raise ConcurrentChange

        with pytest.raises(AssertionError, match="never come to an end"):
            explored(MemoryStore(), work)


class TestRace:
    def test_late(self):
        """
        A writer that is neither let in nor told is not waited for.
        """
        store = WaitsForEver(Path())
        with store.transaction() as tx:
            tx.of(builders.HOUSEHOLD)

            with pytest.raises(AssertionError, match="at once, 1 were"):
                race(lambda: look(store), patience_seconds=0.1)
