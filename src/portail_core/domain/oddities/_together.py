"""
What can never be together, and ranks that nobody can work out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.ids import FactName
from portail_core.domain.reglement import Reglement, every_terms

from ._oddity import Oddity

RANKS = frozenset({FactName("rank"), FactName("siblings")})


def never_together(reglement: Reglement) -> Iterator[Oddity]:
    """
    Amplitudes of one day that the règlement asks for together, and that no
    child may have together.
    """
    known = {one.code: one for one in reglement.amplitudes}
    for shape in reglement.amplitudes:
        if shape.requires and not any(
            _may_meet(shape, known[code]) for code in shape.requires
        ):
            yield Oddity(
                rule="reglement.odd.never-together",
                path=f"amplitudes.{shape.code}.requires",
                sentence=(
                    f"« {shape.label} » needs another amplitude the same day, "
                    "and shares a part of the day with it or excludes it: "
                    "nobody can book it"
                ),
            )
    for terms in every_terms(reglement):
        for combination in terms.combinations or ():
            shapes = [known[code] for code in combination.amplitudes]
            for one, other in combinations(shapes, 2):
                if not _may_meet(one, other):
                    yield Oddity(
                        rule="reglement.odd.never-together",
                        path="combinations",
                        sentence=(
                            f"« {one.label} » and « {other.label} » share a "
                            "part of the day, or one excludes the other: "
                            "nobody books both, so they never cost what "
                            f"{combination.priced_as} does"
                        ),
                    )


def _may_meet(one: Amplitude, other: Amplitude) -> bool:
    return not (
        set(one.parts) & set(other.parts)
        or one.code in other.excludes
        or other.code in one.excludes
    )


def unranked(reglement: Reglement) -> Iterator[Oddity]:
    """
    Periods whose prices depend on siblings, where nothing says which count.
    """
    for period in reglement.periods:
        asked = sorted(reglement.tariffs_of(period).facts & RANKS)
        if asked and reglement.siblings_of(period) is None:
            yield Oddity(
                rule="reglement.odd.unranked",
                path=f"periods.{period.code}",
                sentence=(
                    f"prices ask for {' and '.join(asked)}, and nothing says "
                    "which children count: write [siblings], or no day has a "
                    "price"
                ),
            )


CHECKS = (never_together, unranked)
