"""
Places: one predicate, one row a place, and the last one sold once.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from threading import Barrier

import pytest
from attrs import evolve

from portail_core.domain.children import Child
from portail_core.domain.ids import (
    ChildId,
    HouseholdId,
    PoolCode,
)
from portail_core.domain.places import Place, Spot, is_taken, spots
from portail_core.domain.requests import Line, LineState, Pin, Request
from portail_core.ports.store import ConcurrentChange, Store

from . import builders, samples
from ._contract_tools import again, keep, meet, race
from ._kit import Capability, needs
from .builders import (
    ASKED,
    ELSEWHERE,
    HELD_UNTIL,
    HOUSEHOLD,
    LOU,
    LUNCH,
    MATIN,
    MORNING,
    NEXT_WEDNESDAY,
    POOL,
    WEDNESDAY,
)

AN_INSTANT = dt.timedelta(microseconds=1)
AN_HOUR = dt.timedelta(hours=1)
SPOT = Spot(POOL, WEDNESDAY, MORNING)

PINS = {
    "no pin": None,
    "pin shorter than the hold": HELD_UNTIL - AN_HOUR,
    "pin longer than the hold": HELD_UNTIL + AN_HOUR,
}


class PlacesContract:
    """
    Occupancy is that of `portail_core.domain`, and never oversold.
    """

    @pytest.mark.parametrize("state", LineState)
    @pytest.mark.parametrize("pin", PINS)
    def test_taken(self, store: Store, state: LineState, pin: str) -> None:
        """
        A place is counted exactly while its line takes it; the last instant
        is the one before `taken_until`.
        """
        until = PINS[pin]
        request = builders.request(
            lines=(builders.line(state=state),),
            pin=until and Pin(attempt=builders.ATTEMPT, until=until),
        )
        line = request.lines[0]
        ends = request.taken_until
        keep(store, *samples.FAMILY, request)

        for at in (ASKED, ends - AN_INSTANT, ends, ends + AN_INSTANT):
            with store.reading() as reading:
                taken = reading.taken(spots(line.day, line.places), at)

            expected = int(request.takes(line, at))
            assert [expected] * 3 == [
                taken.get(spot, 0) for spot in spots(line.day, line.places)
            ]

    def test_boundary(self, store: Store) -> None:
        """
        Said twice, since money hangs on it: free at `taken_until` itself.
        """
        keep(store, *samples.FAMILY, builders.request())

        with store.reading() as reading:
            before = reading.taken([SPOT], HELD_UNTIL - AN_INSTANT)
            after = reading.taken([SPOT], HELD_UNTIL)

        assert is_taken(HELD_UNTIL, HELD_UNTIL - AN_INSTANT)
        assert 1 == before.get(SPOT, 0)
        assert 0 == after.get(SPOT, 0)

    def test_counted_apart(self, store: Store) -> None:
        """
        Children are counted together; pools, days and parts apart.
        """
        other = PoolCode("elsewhere")
        keep(
            store,
            *samples.FAMILY,
            *(builders.child(id=ChildId(f"child {n}")) for n in (1, 2)),
            _request(1, ChildId("child 1")),
            _request(2, ChildId("child 2"), POOL, other),
            builders.request(3, lines=(_morning(NEXT_WEDNESDAY, POOL),)),
        )
        asked = (
            SPOT,
            Spot(other, WEDNESDAY, MORNING),
            Spot(POOL, NEXT_WEDNESDAY, MORNING),
            Spot(POOL, WEDNESDAY, builders.LUNCH),
            Spot(other, NEXT_WEDNESDAY, MORNING),
        )

        with store.reading() as reading:
            taken = reading.taken(asked, ASKED)
            none = reading.taken((), ASKED)

        assert [2, 1, 1, 0, 0] == [taken.get(spot, 0) for spot in asked]
        assert set(taken) <= set(asked)
        assert {} == dict(none)

    def test_many_spots(self, store: Store) -> None:
        """
        A year of days is counted at once.
        """
        keep(store, *samples.FAMILY, builders.request())
        year = tuple(
            Spot(POOL, WEDNESDAY + dt.timedelta(days=days), part)
            for days in range(366)
            for part in builders.PARTS[builders.JOURNEE_REPAS]
        )

        with store.reading() as reading:
            taken = reading.taken(year, ASKED)

        assert 3 == sum(taken.get(spot, 0) for spot in year)

    def test_released(self, store: Store) -> None:
        """
        A day given back is free at once; the others stay taken.
        """
        days = (WEDNESDAY, NEXT_WEDNESDAY)
        confirmed = builders.request(
            lines=tuple(
                builders.line(day=day, state=LineState.CONFIRMED)
                for day in days
            )
        )
        keep(store, *samples.FAMILY, confirmed)
        first, second = confirmed.lines
        cancelled = evolve(first, state=LineState.CANCELLED)

        _replace(store, evolve(confirmed, lines=(cancelled, second)))

        with store.reading() as reading:
            taken = reading.taken(
                [Spot(POOL, day, MORNING) for day in days], HELD_UNTIL
            )
        assert {Spot(POOL, NEXT_WEDNESDAY, MORNING): 1} == {
            spot: count for spot, count in taken.items() if count
        }

    def test_handed_over(self, store: Store) -> None:
        """
        A part released in a commit may be taken in the same commit, also by
        a request that was put first.
        """
        keep(store, *samples.FAMILY, builders.request())
        expired = builders.request(
            lines=(builders.line(state=LineState.EXPIRED),)
        )

        with store.transaction() as tx:
            tx.of(HOUSEHOLD).request(expired.number)
            tx.put(builders.request(17))
            tx.put(expired)

        with store.reading() as reading:
            live = reading.live_requests(LOU, [WEDNESDAY])
            assert 1 == reading.taken([SPOT], ASKED).get(SPOT, 0)
        assert (builders.request(17),) == live

    def test_held_past_its_time(self, store: Store) -> None:
        """
        A part of a day has one row, tidied or not: the request that is over
        expires in the commit that takes its part again.
        """
        keep(store, *samples.FAMILY, builders.request())

        with pytest.raises(ConcurrentChange):
            keep(store, builders.request(17))

    def test_other_part(self, store: Store) -> None:
        """
        A child may take a morning here and an afternoon there.
        """
        morning = builders.request(lines=(builders.line(amplitude=MATIN),))
        afternoon = builders.request(
            17,
            lines=(
                builders.line(places=(Place(builders.AFTERNOON, (POOL,)),)),
            ),
        )

        keep(store, *samples.FAMILY, morning, afternoon)

        with store.reading() as reading:
            live = reading.live_requests(LOU, [WEDNESDAY])
        assert (morning, afternoon) == live

    def test_live_requests(self, store: Store) -> None:
        """
        Those of any household with a line held or confirmed on these days.
        """
        over = builders.line(day=NEXT_WEDNESDAY, state=LineState.CANCELLED)
        elsewhere = builders.request(
            18,
            asked=builders.asked(household=ELSEWHERE),
            lines=(builders.line(state=LineState.CONFIRMED), over),
        )
        other_child = _request(19, ChildId("zoe"))
        keep(
            store,
            *samples.FAMILY,
            *samples.OTHER_FAMILY,
            builders.child(id=ChildId("zoe")),
            elsewhere,
            other_child,
        )

        with store.reading() as reading:
            assert (elsewhere,) == reading.live_requests(LOU, [WEDNESDAY])
            assert () == reading.live_requests(LOU, [NEXT_WEDNESDAY])
            assert () == reading.live_requests(LOU, [])

    def test_stale_requests(self, store: Store) -> None:
        """
        Held requests are stale from `taken_until` on, by number, as many as
        asked for; confirmed ones never.
        """
        pin = Pin(attempt=builders.ATTEMPT, until=HELD_UNTIL + AN_HOUR)
        children = [builders.child(id=ChildId(f"child {n}")) for n in range(4)]
        keep(
            store,
            *samples.FAMILY,
            *children,
            _request(10, children[0].id),
            _request(9, children[1].id),
            evolve(_request(8, children[2].id), pin=pin),
            builders.request(
                7, lines=(builders.line(state=LineState.CONFIRMED),)
            ),
        )

        with store.reading() as reading:
            assert () == reading.stale_requests(HELD_UNTIL - AN_INSTANT, 9)
            assert [9, 10] == _numbers(reading.stale_requests(HELD_UNTIL, 9))
            assert [9] == _numbers(reading.stale_requests(HELD_UNTIL, 1))
            assert [8, 9, 10] == _numbers(reading.stale_requests(pin.until, 9))

    def test_stale_holders(self, store: Store) -> None:
        """
        Stale requests are found by the spots they held, of any household.
        """
        stale = _request(9, LOU)
        keep(store, *samples.FAMILY, stale)
        others = [
            Spot(POOL, NEXT_WEDNESDAY, MORNING),
            Spot(POOL, WEDNESDAY, LUNCH),
        ]

        with store.reading() as reading:
            early = HELD_UNTIL - AN_INSTANT
            assert () == reading.stale_holders([SPOT], early)
            assert (stale,) == reading.stale_holders([SPOT], HELD_UNTIL)
            assert () == reading.stale_holders(others, HELD_UNTIL)
            assert () == reading.stale_holders([], HELD_UNTIL)

    # Races ------------------------------------------------------------------

    @needs(Capability.THREADS)
    def test_last_place(self, store: Store) -> None:
        """
        Two families that lock the same day of the same pool, and count, sell
        its last place once.
        """
        children = (ChildId("first"), ChildId("second"))
        keep(store, *samples.FAMILY, *map(_child, children))
        both = Barrier(2)

        def buy(number: int, child: ChildId) -> str:
            with store.transaction([(POOL, WEDNESDAY)]) as tx:
                taken = tx.taken([SPOT], ASKED).get(SPOT, 0)
                meet(both)
                if taken:
                    return "full"
                tx.put(_request(number, child))
            return "sold"

        answers = race(
            *(
                partial(again, partial(buy, number, child))
                for number, child in enumerate(children, start=1)
            )
        )

        with store.reading() as reading:
            taken = reading.taken([SPOT], ASKED)
        assert ["full", "sold"] == sorted(answers)
        assert 1 == taken.get(SPOT, 0)

    @needs(Capability.THREADS)
    def test_locked(self, store: Store) -> None:
        """
        Who locked a pool-day has seen all that others did under that lock,
        whatever it reads.
        """
        children = (ChildId("first"), ChildId("second"))
        keep(store, *samples.FAMILY, *map(_child, children))
        both = Barrier(2)

        def follow(number: int, child: ChildId) -> None:
            with store.transaction([(POOL, WEDNESDAY)]) as tx:
                before = len(tx.journal())
                meet(both)
                tx.put(_request(number, child))
                tx.append(samples.entry(f"after {before}"))

        race(
            *(
                partial(again, partial(follow, number, child))
                for number, child in enumerate(children, start=1)
            )
        )

        with store.reading() as reading:
            journal = reading.journal()
        assert ["after 0", "after 1"] == [entry.stream for entry in journal]

    @needs(Capability.THREADS)
    def test_two_households_one_child(self, store: Store) -> None:
        """
        Two households that want the same part of a child's day: one has it.
        """
        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY)
        both = Barrier(2)

        def want(number: int, household: HouseholdId) -> str:
            with store.transaction() as tx:
                live = tx.live_requests(LOU, [WEDNESDAY])
                meet(both)
                if live:
                    return "elsewhere"
                asked = builders.asked(household=household)
                tx.put(builders.request(number, asked=asked))
            return "held"

        answers = race(
            partial(again, partial(want, 1, HOUSEHOLD)),
            partial(again, partial(want, 2, ELSEWHERE)),
        )

        assert ["elsewhere", "held"] == sorted(answers)


def _child(child: ChildId) -> Child:
    return builders.child(id=child)


def _request(number: int, child: ChildId, *pools: PoolCode) -> Request:
    return builders.request(
        number,
        asked=builders.asked(child=child),
        lines=(_morning(WEDNESDAY, *(pools or (POOL,))),),
    )


def _morning(day: dt.date, *pools: PoolCode) -> Line:
    return builders.line(
        day=day, amplitude=MATIN, places=(Place(MORNING, pools),)
    )


def _replace(store: Store, request: Request) -> None:
    with store.transaction() as tx:
        tx.of(request.asked.household).request(request.number)
        tx.put(request)


def _numbers(stale: tuple[Request, ...]) -> list[int]:
    return [request.number for request in stale]
