"""
Places: what a booked part of a day takes, and until when.

One predicate decides everywhere – occupancy, planning, expiry, settlement –
whether a place is taken; jobs only tidy.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from .ids import PartCode, PoolCode


@frozen(order=True)
class Spot:
    """
    What is counted against a capacity: a part of a day, in a pool.
    """

    pool: PoolCode
    day: dt.date
    part: PartCode


@frozen
class Place:
    """
    A part of a day that a child occupies, and the pools it is counted in.

    Attributes:
        pools: None, where the règlement sets no limit.
    """

    part: PartCode
    pools: tuple[PoolCode, ...]


def spots(day: dt.date, places: tuple[Place, ...]) -> tuple[Spot, ...]:
    """
    Where *places* of *day* are counted.
    """
    return tuple(
        Spot(pool, day, place.part) for place in places for pool in place.pools
    )


def is_taken(until: dt.datetime | None, at: dt.datetime) -> bool:
    """
    Whether a place taken *until* a moment is still taken *at* another.

    The last taken instant is the one before *until*; `None` is for good.
    """
    return until is None or at < until
