"""
Places: what is taken, of what there is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from portail_core.domain.capacity import Pool
from portail_core.domain.days import day_of
from portail_core.domain.ids import ReglementDigest, RequestNumber
from portail_core.domain.payments import Attempt, AttemptState
from portail_core.domain.places import Spot
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line, LineState, Request
from portail_core.ports.store import Reading

from ._books import Books
from ._found import Check
from ._questions import (
    BOOKED_TWICE,
    CAPACITY_LOWERED,
    OVER_CAPACITY,
    PLACES_TAKEN,
    TAKES_ITS_PLACE,
)

_WAITS = frozenset({AttemptState.CREATED, AttemptState.PRESENTED})


def places(
    books: Books, reading: Reading, at: dt.datetime, pools: tuple[Pool, ...]
) -> Iterator[Check]:
    """
    Every line, every child's part of a day, every pool.
    """
    paying = _paying(books)
    takers: dict[Spot, list[RequestNumber]] = defaultdict(list)
    children: Counter[str] = Counter()
    asked: set[Spot] = set()
    for request in books.requests.values():
        for line in request.lines:
            asked |= set(_spots(line))
            takes = _takes(request, line, at, paying)
            yield Check(
                TAKES_ITS_PLACE,
                f"request/{request.number}, {line.day}",
                "yes" if takes else "no",
                "yes" if request.takes(line, at) else "no",
            )
            if takes:
                for spot in _spots(line):
                    takers[spot].append(request.number)
                children.update(
                    f"child/{request.asked.child}, {line.day}, {place.part}"
                    for place in line.places
                )
    yield from _counted(takers, reading, asked, at)
    for part, times in children.items():
        yield Check(BOOKED_TWICE, part, 1, times)
    yield from _capacity(books, takers, at, pools)


def _spots(line: Line) -> Iterator[Spot]:
    for place in line.places:
        for pool in place.pools:
            yield Spot(pool, line.day, place.part)


def _name(spot: Spot) -> str:
    return f"pool/{spot.pool}, {spot.day}, {spot.part}"


def _paying(books: Books) -> Mapping[RequestNumber, list[Attempt]]:
    paying: dict[RequestNumber, list[Attempt]] = defaultdict(list)
    for attempt in books.attempts:
        for due in attempt.dues:
            paying[due.request].append(attempt)
    return paying


def _takes(
    request: Request,
    line: Line,
    at: dt.datetime,
    paying: Mapping[RequestNumber, list[Attempt]],
) -> bool:
    if line.state is not LineState.HELD:
        return line.state is LineState.CONFIRMED
    return at < request.held_until or any(
        attempt.state in _WAITS and at < attempt.open_until
        for attempt in paying.get(request.number, ())
    )


def _counted(
    takers: Mapping[Spot, list[RequestNumber]],
    reading: Reading,
    asked: Iterable[Spot],
    at: dt.datetime,
) -> Iterator[Check]:
    kept = reading.taken(asked, at)
    for spot in sorted(asked):
        ours = len(takers.get(spot, ()))
        yield Check(PLACES_TAKEN, _name(spot), ours, kept.get(spot, 0))


# Capacity -------------------------------------------------------------------


def _capacity(
    books: Books,
    takers: Mapping[Spot, list[RequestNumber]],
    at: dt.datetime,
    pools: tuple[Pool, ...],
) -> Iterator[Check]:
    """
    Who books is held to the règlement of the day of booking: a capacity that
    another one lowers since is exceeded by nobody's fault.
    """
    rooms = _Rooms(books)
    strict = {pool.code: pool for pool in pools}
    now = rooms.on(day_of(at))
    for spot, numbers in sorted(takers.items()):
        taken = len(numbers)
        if spot.pool in strict and strict[spot.pool].is_full(taken - 1):
            room = strict[spot.pool].capacity
            yield Check(OVER_CAPACITY, _name(spot), f"≤ {room}", taken)
            continue
        pool = now.get(spot.pool)
        if pool is None or not pool.is_full(taken - 1):
            continue
        before = [
            then.get(spot.pool)
            for number in numbers
            for day in rooms.days_of(number)
            for then in (rooms.on(day),)
        ]
        was_enough = any(
            one is None or not one.is_full(taken - 1) for one in before
        )
        yield Check(
            CAPACITY_LOWERED if was_enough else OVER_CAPACITY,
            _name(spot),
            f"{pool.capacity} at most",
            taken,
        )


class _Rooms:
    """
    The pools of every day, by the règlement that was in force that day.
    """

    def __init__(self, books: Books) -> None:
        self._books = books
        self._pools: dict[dt.date, Mapping[str, Pool]] = {}

    def on(self, day: dt.date) -> Mapping[str, Pool]:
        if day not in self._pools:
            reglement = self._in_force(day)
            pools = reglement.pools if reglement else ()
            self._pools[day] = {pool.code: pool for pool in pools}
        return self._pools[day]

    def _in_force(self, day: dt.date) -> Reglement | None:
        in_force: ReglementDigest | None = None
        for version in self._books.versions:
            known = day_of(version.activated_at) <= day
            if in_force is None or (known and version.since <= day):
                in_force = version.digest
        return self._books.under.get(in_force) if in_force else None

    def days_of(self, number: RequestNumber) -> set[dt.date]:
        entries = self._books.streams.get(f"request/{number}", ())
        return {day_of(entry.at) for entry in entries}
