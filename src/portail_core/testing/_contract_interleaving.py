"""
Two or three writers, one call at a time, in every order that matters.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from attrs import evolve

from portail_core.domain.accounts import Email
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    CommandKey,
    HouseholdId,
    PoolCode,
    RegieCode,
)
from portail_core.domain.money import Money, eur
from portail_core.domain.places import Place, Spot
from portail_core.domain.requests import Request
from portail_core.ports.store import KeptCommand, Store

from . import builders, samples
from ._contract_tools import fail, keep
from ._kit import Capability, needs
from ._steps import Story, explore
from .builders import ASKED, MORNING, REGIE, WEDNESDAY

A_EURO = eur("1.00")
A_DAY = dt.timedelta(days=1)


def family(run: int, store: Store) -> HouseholdId:
    """
    A household with three children, of this run alone.
    """
    household = HouseholdId(f"family {run}")
    keep(
        store,
        builders.household(
            id=household, adults=(), address=None, quotient=None
        ),
        *(builders.child(id=child(run, rank)) for rank in range(3)),
        *(
            builders.custody(household=household, child=child(run, rank))
            for rank in range(3)
        ),
    )
    return household


def child(run: int, rank: int) -> ChildId:
    """
    One of the children of that household.
    """
    return ChildId(f"child {run}-{rank}")


def a_morning(run: int, rank: int, number: int, pool: PoolCode) -> Request:
    """
    The Wednesday morning of a child, in a pool.
    """
    return builders.request(
        number,
        asked=builders.asked(
            household=HouseholdId(f"family {run}"), child=child(run, rank)
        ),
        lines=(builders.line(places=(Place(MORNING, (pool,)),)),),
    )


class InterleavingContract:
    """
    Whatever the order of their calls, it is as if one writer came after the
    other.
    """

    patience_seconds: ClassVar[float]

    @needs(Capability.THREADS)
    def test_orders_lose_no_update(self, store: Store) -> None:
        """
        Two that add a euro to a ledger make two.
        """
        explore(store, lambda run: _add_a_euro(store, run, writers=2))

    @needs(Capability.THREADS)
    def test_orders_of_three(self, store: Store) -> None:
        """
        Three make three.
        """
        explore(
            store,
            lambda run: _add_a_euro(store, run, writers=3),
            interruptions=1,
        )

    @needs(Capability.THREADS)
    def test_orders_sell_the_last_place_once(self, store: Store) -> None:
        """
        Two that lock a day of a pool, count, and buy: one has the last place.
        """

        def tell(run: int) -> Story:
            family(run, store)
            pool = PoolCode(f"pool {run}")
            spot = Spot(pool, WEDNESDAY, MORNING)

            def buy(store: Store, rank: int) -> str:
                with store.transaction([(pool, WEDNESDAY)]) as tx:
                    if tx.taken([spot], ASKED).get(spot, 0):
                        return "full"
                    tx.put(a_morning(run, rank, 10 * run + rank, pool))
                return "sold"

            def ends(answers: tuple[Any, ...]) -> None:
                with store.reading() as reading:
                    taken = reading.taken([spot], ASKED).get(spot, 0)
                assert ["full", "sold"] == sorted(answers)
                assert 1 == taken

            return Story(writers=_ranked(buy, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_of_pools(self, store: Store) -> None:
        """
        Two that want the same two pools, named in another order, do not wait
        for each other for ever.
        """

        def tell(run: int) -> Story:
            family(run, store)
            pools = PoolCode(f"a {run}"), PoolCode(f"b {run}")
            asked = [Spot(pool, WEDNESDAY, MORNING) for pool in pools]

            def buy(store: Store, rank: int) -> int:
                locks = [(pool, WEDNESDAY) for pool in pools]
                with store.transaction(locks[:: 1 - 2 * rank]) as tx:
                    free = 1 - max(tx.taken(asked, ASKED).values(), default=0)
                    for pool in pools[:free]:
                        tx.put(a_morning(run, rank, 10 * run + rank, pool))
                return free

            def ends(answers: tuple[Any, ...]) -> None:
                assert [0, 1] == sorted(answers)

            return Story(writers=_ranked(buy, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_number_without_a_gap(self, store: Store) -> None:
        """
        Two that take a number, one of which fails first, take 1 and 2.
        """

        def tell(run: int) -> Story:
            def take(store: Store, rank: int) -> int:
                if rank:
                    fail(store, lambda tx: tx.next_number(f"series {run}"))
                with store.transaction() as tx:
                    number = tx.next_number(f"series {run}")
                    tx.append(samples.entry(f"{run}/{number}"))
                return number

            def ends(answers: tuple[Any, ...]) -> None:
                assert [1, 2] == sorted(answers)

            return Story(writers=_ranked(take, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_of_one_address(self, store: Store) -> None:
        """
        Two that find an address free, and take it: one has it.
        """

        def tell(run: int) -> Story:
            household = family(run, store)
            email = Email(f"family-{run}@example.org")

            def sign_up(store: Store, rank: int) -> str:
                with store.transaction() as tx:
                    if tx.account_with_email(email) is not None:
                        return "taken"
                    tx.put(
                        builders.account(
                            id=AccountId(f"account {run}-{rank}"),
                            email=email,
                            household=household,
                        )
                    )
                return "welcome"

            def ends(answers: tuple[Any, ...]) -> None:
                assert ["taken", "welcome"] == sorted(answers)

            return Story(writers=_ranked(sign_up, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_of_one_command(self, store: Store) -> None:
        """
        A command that comes twice at once happens once, and both are given
        the same answer.
        """

        def tell(run: int) -> Story:
            household = family(run, store)
            key = CommandKey(f"tap {run}")

            def tap(store: Store, rank: int) -> str:
                with store.transaction() as tx:
                    kept = tx.of(household).command(key)
                    if kept is not None:
                        return kept.answer
                    answer = f"{rank} first"
                    tx.put(
                        KeptCommand(
                            household=household,
                            key=key,
                            arguments="",
                            answer=answer,
                        )
                    )
                    tx.append(samples.entry(f"tap/{run}"))
                return answer

            def ends(answers: tuple[Any, ...]) -> None:
                with store.reading() as reading:
                    happened = reading.journal(f"tap/{run}")
                assert answers[0] == answers[1]
                assert 1 == len(happened)

            return Story(writers=_ranked(tap, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_of_a_list(self, store: Store) -> None:
        """
        Two that find no attempt to pay, and open one: one does.
        """

        def tell(run: int) -> Story:
            household = family(run, store)

            def open_one(store: Store, rank: int) -> None:
                with store.transaction() as tx:
                    if not tx.of(household).attempts(REGIE):
                        tx.put(
                            builders.attempt(
                                reference=AttemptReference(f"R{run}N{rank}"),
                                household=household,
                            )
                        )

            def ends(_: tuple[Any, ...]) -> None:
                with store.reading() as reading:
                    opened = reading.of(household).attempts(REGIE)
                assert 1 == len(opened)

            return Story(writers=_ranked(open_one, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_of_two_ledgers(self, store: Store) -> None:
        """
        Two that read both ledgers of a household, and spend from one of them
        while a euro is left in all: one spends.
        """

        def tell(run: int) -> Story:
            household = family(run, store)
            regies = REGIE, RegieCode("CANTINE")
            ledgers = [
                builders.ledger(
                    household=household, regie=regie, received=Money(50)
                )
                for regie in regies
            ]
            keep(store, *ledgers)

            def spend(store: Store, rank: int) -> str:
                with store.transaction() as tx:
                    of = tx.of(household)
                    both = [of.ledger(regie) for regie in regies]
                    if sum(one.received.cents for one in both) < 100:
                        return "nothing left"
                    tx.put(evolve(both[rank], received=Money(0)))
                return "spent"

            def ends(answers: tuple[Any, ...]) -> None:
                assert ["nothing left", "spent"] == sorted(answers)

            return Story(writers=_ranked(spend, 2), ends=ends)

        explore(store, tell)

    @needs(Capability.THREADS)
    def test_orders_of_two_households(self, store: Store) -> None:
        """
        Two that change the same two households, each in its own order, do not
        wait for each other for ever.
        """

        def tell(run: int) -> Story:
            households = family(2 * run, store), family(2 * run + 1, store)
            for household in households:
                keep(store, builders.ledger(household=household))

            def add(store: Store, rank: int) -> None:
                with store.transaction() as tx:
                    for household in households[:: 1 - 2 * rank]:
                        ledger = tx.of(household).ledger(REGIE)
                        received = ledger.received + A_EURO
                        tx.put(evolve(ledger, received=received))

            def ends(_: tuple[Any, ...]) -> None:
                with store.reading() as reading:
                    received = [
                        reading.of(household).ledger(REGIE).received.cents
                        for household in households
                    ]
                assert [200, 200] == received

            return Story(writers=_ranked(add, 2), ends=ends)

        explore(store, tell, patience_seconds=self.patience_seconds)


def _ranked(work: Any, count: int) -> Any:
    def ranked(rank: int) -> Any:
        return lambda store: work(store, rank)

    return tuple(ranked(rank) for rank in range(count))


def _add_a_euro(store: Store, run: int, *, writers: int) -> Story:
    household = family(run, store)
    keep(store, builders.ledger(household=household))

    def add(store: Store, _: int) -> None:
        with store.transaction() as tx:
            ledger = tx.of(household).ledger(REGIE)
            tx.put(evolve(ledger, received=ledger.received + A_EURO))

    def ends(_: tuple[Any, ...]) -> None:
        with store.reading() as reading:
            ledger = reading.of(household).ledger(REGIE)
        assert writers * A_EURO.cents == ledger.received.cents

    return Story(writers=_ranked(add, writers), ends=ends)
