"""
What nobody can book, and what nothing uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail_core.domain.capacity import Pool
from portail_core.domain.ids import PartCode, PrestationCode
from portail_core.domain.offers import Accueil
from portail_core.domain.reglement import Reglement, every_terms
from portail_core.domain.tariffs import ShareOf, Tariff

from ._oddity import Oddity


def without_period(reglement: Reglement) -> Iterator[Oddity]:
    """
    Accueils that are never open.
    """
    booked = {period.accueil for period in reglement.periods}
    for accueil in reglement.accueils:
        if accueil.code not in booked:
            yield Oddity(
                rule="reglement.odd.no-period",
                path=f"accueils.{accueil.code}",
                sentence=(
                    f"« {accueil.label} » has no period, so it is never "
                    "booked: write [[periods]] with its code, or leave it out"
                ),
            )


def uncounted(reglement: Reglement) -> Iterator[Oddity]:
    """
    Parts of a day that any number of children may book.
    """
    for accueil in reglement.accueils:
        parts = [
            part
            for part in _parts(reglement, accueil)
            if not _pools(reglement, accueil, part)
        ]
        if parts:
            yield Oddity(
                rule="reglement.odd.uncounted",
                path=f"accueils.{accueil.code}",
                sentence=(
                    f"no pool counts {', '.join(parts)} at "
                    f"« {accueil.label} », so any number of children may "
                    "come: add it to a pool, or write one with "
                    'capacity = "unlimited"'
                ),
            )


def ages_left_out(reglement: Reglement) -> Iterator[Oddity]:
    """
    Ages between those that pools count, and that none takes.
    """
    for accueil in reglement.accueils:
        parts_without: dict[str, list[PartCode]] = {}
        for part in _parts(reglement, accueil):
            missing = _missing_ages(_pools(reglement, accueil, part))
            if missing:
                ages = ", ".join(map(str, missing))
                parts_without.setdefault(ages, []).append(part)
        for ages, parts in parts_without.items():
            yield Oddity(
                rule="reglement.odd.age-left-out",
                path=f"accueils.{accueil.code}",
                sentence=(
                    f"no pool takes children of {ages} years for "
                    f"{', '.join(parts)}, and others take younger and older "
                    "ones: look at first_age and last_age"
                ),
            )


def _missing_ages(pools: Iterable[Pool]) -> list[int]:
    missing: list[int] = []
    expected: int | None = None
    for rank, pool in enumerate(sorted(pools, key=lambda p: p.first_age)):
        if rank and expected is None:
            break  # one above has no oldest age
        if expected is not None:
            missing.extend(range(expected, pool.first_age))
        expected = _later(expected, pool.last_age)
    return missing


def _later(expected: int | None, last_age: int | None) -> int | None:
    return None if last_age is None else max(expected or 0, last_age + 1)


def empty_pools(reglement: Reglement) -> Iterator[Oddity]:
    """
    Pools that count no child, and those that take none.
    """
    offered = [
        (accueil, part)
        for accueil in reglement.accueils
        for part in _parts(reglement, accueil)
    ]
    for pool in reglement.pools:
        path = f"pools.{pool.code}"
        if not any(_counts(pool, accueil, part) for accueil, part in offered):
            yield Oddity(
                rule="reglement.odd.pool-unused",
                path=path,
                sentence=(
                    f"« {pool.label} » counts nobody: none of its accueils "
                    "has an amplitude with one of its parts"
                ),
            )
        if pool.capacity == 0:
            yield Oddity(
                rule="reglement.odd.pool-closed",
                path=f"{path}.capacity",
                sentence=(
                    f"« {pool.label} » has 0 places, so whoever it counts "
                    'books nothing; no limit is written "unlimited"'
                ),
            )


def unused(reglement: Reglement) -> Iterator[Oddity]:
    """
    What has a code, and is named nowhere.
    """
    for kind, named, what in (
        (
            "amplitudes",
            {code for a in reglement.accueils for code in a.amplitudes},
            "no accueil offers it",
        ),
        ("prestations", billed(reglement), "nothing bills it"),
        (
            "establishments",
            {accueil.establishment for accueil in reglement.accueils},
            "no accueil is there",
        ),
        (
            "regies",
            {accueil.regie for accueil in reglement.accueils},
            "it collects for no accueil",
        ),
    ):
        for thing in getattr(reglement, kind):
            if thing.code not in named:
                yield Oddity(
                    rule="reglement.odd.unused",
                    path=f"{kind}.{thing.code}",
                    sentence=(
                        f"{what}: name « {thing.code} » where it is meant, "
                        "or leave it out"
                    ),
                )


def billed(reglement: Reglement) -> set[PrestationCode]:
    """
    The prestations that something bills, or is a share of.
    """
    tariffs = (
        decision.value
        for terms in every_terms(reglement)
        for decision in (terms.tariffs.decisions if terms.tariffs else ())
    )
    return {
        *(
            code
            for one in reglement.amplitudes
            for code in (*one.prestations, *one.timed)
        ),
        *(code for tariff in tariffs for code in _named_by(tariff)),
    }


def _named_by(tariff: Tariff) -> Iterator[PrestationCode]:
    for packages in tariff.packages:
        for size in packages.sizes:
            yield size.billed_as
    for bracket in tariff.grid.brackets:
        for formula in bracket.prices.values():
            if isinstance(formula, ShareOf):
                yield formula.prestation


def _parts(reglement: Reglement, accueil: Accueil) -> list[PartCode]:
    """
    Those that the accueil's amplitudes occupy, each once.
    """
    parts = (
        part
        for code in accueil.amplitudes
        for part in reglement.amplitude(accueil, code).parts
    )
    return list(dict.fromkeys(parts))


def _pools(
    reglement: Reglement, accueil: Accueil, part: PartCode
) -> list[Pool]:
    """
    Those that count this part on some days at least.
    """
    return [pool for pool in reglement.pools if _counts(pool, accueil, part)]


def _counts(pool: Pool, accueil: Accueil, part: PartCode) -> bool:
    if pool.accueils is None:
        is_here = pool.establishment == accueil.establishment
    else:
        is_here = accueil.code in pool.accueils
    return is_here and (pool.parts is None or part in pool.parts)


CHECKS = (without_period, uncounted, ages_left_out, empty_pools, unused)
