"""
What pools and amplitudes ask of the rest of a règlement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .amplitudes import Amplitude
from .capacity import SEASON, Pool
from .conditions import OneOf
from .offers import Accueil, Period


def named_by_pools(
    pools: Iterable[Pool],
) -> Iterator[tuple[str, str, str]]:
    """
    Every place where a pool names something else: where, what kind, which.
    """
    for pool in pools:
        if pool.establishment is not None:
            where = f"pools.{pool.code}.establishment"
            yield where, "establishment", pool.establishment
        for accueil in pool.accueils or ():
            yield f"pools.{pool.code}.accueils", "accueil", accueil
        for part in pool.parts or ():
            yield f"pools.{pool.code}.parts", "part", part
        for test in pool.when.tests:
            if isinstance(test, OneOf) and test.fact == "amplitude":
                for code in test.words:
                    yield f"pools.{pool.code}.when", "amplitude", code


def named_by_amplitudes(
    amplitudes: Iterable[Amplitude],
) -> Iterator[tuple[str, str, str]]:
    """
    Every place where an amplitude does.
    """
    for shape in amplitudes:
        where = f"amplitudes.{shape.code}"
        for prestation in (*shape.prestations, *shape.timed):
            yield f"{where}.prestations", "prestation", prestation
        for other in shape.excludes:
            yield f"{where}.excludes", "amplitude", other
        for other in shape.requires:
            yield f"{where}.requires", "amplitude", other


def unknown_seasons(
    pools: Iterable[Pool],
    accueils: Iterable[Accueil],
    periods: Iterable[Period],
) -> Iterator[str]:
    """
    A fault for every period in which a pool asks for a season that nobody
    knows.
    """
    places = tuple(accueils), tuple(periods)
    for pool in pools:
        if SEASON not in pool.when.facts:
            continue
        here = {one.code for one in places[0] if pool.is_at(one)}
        for period in places[1]:
            if period.accueil in here and (
                period.calendar.school_holidays is None
            ):
                yield (
                    f"pools.{pool.code}.when: tells seasons apart, and nobody "
                    f"knows when there is school in {period.code!r}: write "
                    "[[school_holidays]]"
                )
