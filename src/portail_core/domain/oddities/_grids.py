"""
The brackets of each grid: what they hold, and what they leave open.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from attrs import frozen

from portail_core.domain.bounds import Bounds
from portail_core.domain.ids import PrestationCode
from portail_core.domain.reglement import Reglement, every_terms
from portail_core.domain.tariffs import Bracket, Grid, open_points

from ._oddity import Oddity


@frozen(kw_only=True)
class BracketReport:
    """
    A bracket, and the quotients that it holds, euros.
    """

    label: str
    bounds: Bounds


@frozen(kw_only=True)
class OpenPoint:
    """
    A hole or an overlap of the printed brackets.

    Attributes:
        says: Which, with its bounds.

        settled: Which bracket answers there: « lower », « upper ».

        harmless: Whether both neighbours have the same prices.
    """

    says: str
    settled: str
    harmless: bool


@frozen(kw_only=True)
class GridReport:
    """
    A grid.

    Attributes:
        path: Where it stands in the file.

        without_quotient: What a household pays that gave none.
    """

    path: str
    source: str
    brackets: tuple[BracketReport, ...]
    open_points: tuple[OpenPoint, ...]
    without_quotient: str


def grid_reports(reglement: Reglement) -> tuple[GridReport, ...]:
    """
    Every grid of every level, from the operator's down.
    """
    return tuple(
        GridReport(
            path=decision.path,
            source=decision.source,
            brackets=tuple(
                BracketReport(label=one.label, bounds=bounds_of(one))
                for one in decision.value.brackets
            ),
            open_points=tuple(_open_points(decision.value)),
            without_quotient=decision.value.without_quotient.value,
        )
        for terms in every_terms(reglement)
        if terms.tariffs is not None
        for decision in terms.tariffs.decisions
    )


def bounds_of(bracket: Bracket) -> Bounds:
    """
    The quotients that *bracket* holds.
    """
    return Bounds(
        above=bracket.above,
        above_included=bracket.above_included,
        up_to=bracket.up_to,
        up_to_included=bracket.up_to_included,
    )


def _open_points(grid: Grid) -> Iterator[OpenPoint]:
    if grid.between is None:
        return
    for lower, upper in pairwise(grid.brackets):
        for point in open_points((lower, upper)):
            yield OpenPoint(
                says=point,
                settled=grid.between.value,
                harmless=lower.prices == upper.prices,
            )


def falling(reglement: Reglement) -> Iterator[Oddity]:
    """
    Prices that go down as the quotient goes up.
    """
    for terms in every_terms(reglement):
        for decision in terms.tariffs.decisions if terms.tariffs else ():
            brackets = decision.value.brackets
            for rank, (lower, upper) in enumerate(pairwise(brackets), start=1):
                less = _less(lower, upper)
                if less:
                    yield Oddity(
                        rule="reglement.odd.falling-price",
                        path=f"{decision.path}.brackets[{rank}].prices",
                        sentence=(
                            f"« {upper.label} » pays less than "
                            f"« {lower.label} » for {', '.join(less)}"
                        ),
                    )


def _less(lower: Bracket, upper: Bracket) -> list[PrestationCode]:
    below, above = _euros(lower), _euros(upper)
    return [
        code
        for code, price in above.items()
        if code in below and price < below[code]
    ]


def _euros(bracket: Bracket) -> dict[PrestationCode, Decimal]:
    return {
        code: Decimal(price.cents) / 100
        for code, price in bracket.prices.items()
    }


def unneeded(reglement: Reglement) -> Iterator[Oddity]:
    """
    A policy between brackets that leave nothing open, and holes that change
    no price.
    """
    for terms in every_terms(reglement):
        for decision in terms.tariffs.decisions if terms.tariffs else ():
            grid = decision.value
            if grid.between is None:
                continue
            points = list(_open_points(grid))
            if not points:
                yield Oddity(
                    rule="reglement.odd.nothing-between",
                    path=f"{decision.path}.between",
                    sentence=(
                        "these brackets leave nothing open, so nothing is "
                        "ever between them: leave it out"
                    ),
                )
            for point in points:
                if point.harmless:
                    yield Oddity(
                        rule="reglement.odd.harmless-hole",
                        path=decision.path,
                        sentence=(
                            f"{point.says}; both have the same prices, so it "
                            "changes nothing"
                        ),
                    )


CHECKS = (falling, unneeded)
