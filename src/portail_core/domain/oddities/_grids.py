"""
The brackets of each grid: what they hold, and what they leave open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from portail_core.domain.bounds import Bounds
from portail_core.domain.dated import Decision
from portail_core.domain.ids import FactName
from portail_core.domain.reglement import Reglement, every_terms
from portail_core.domain.tariffs import (
    Bracket,
    Grid,
    Tariff,
    fixed_prices,
    harmless,
    open_points,
)

from ._oddity import Oddity

RESOURCES = {FactName("quotient"), FactName("income")}
"""What a family has: who has more pays no less."""


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

        code: Of its tariff: what tells those of a level apart.

        since: Its first day in force.

        by: What its brackets are ranges of.

        without_quotient: What a household pays that gave none; `None` where
            nothing depends on one.
    """

    path: str
    code: str
    since: dt.date
    source: str
    by: FactName
    brackets: tuple[BracketReport, ...]
    open_points: tuple[OpenPoint, ...]
    without_quotient: str | None


def grid_reports(reglement: Reglement) -> tuple[GridReport, ...]:
    """
    Every grid of every level, from the operator's down; prices that depend
    on no figure are none.
    """
    return tuple(
        _report(code, decision) for code, decision in _coded(reglement)
    )


def _decisions(reglement: Reglement) -> Iterator[Decision[Tariff]]:
    for _, decision in _coded(reglement):
        yield decision


def _coded(reglement: Reglement) -> Iterator[tuple[str, Decision[Tariff]]]:
    for terms in every_terms(reglement):
        for tariff in terms.tariffs.named if terms.tariffs else ():
            for decision in tariff.versions.decisions:
                if decision.value.grid.asks():
                    yield tariff.code, decision


def _report(code: str, decision: Decision[Tariff]) -> GridReport:
    grid, without = decision.value.grid, decision.value.without_quotient
    return GridReport(
        path=decision.path,
        code=code,
        since=decision.since,
        source=decision.source,
        by=grid.by,
        brackets=tuple(
            BracketReport(label=bracket.label, bounds=bracket.bounds)
            for bracket in grid.brackets
        ),
        open_points=tuple(_open_points(grid)),
        without_quotient=without and without.value,
    )


def _open_points(grid: Grid) -> Iterator[OpenPoint]:
    if grid.between is None:
        return
    changes_nothing = harmless(grid.brackets)
    for point in open_points(grid.brackets, grid.by):
        yield OpenPoint(
            says=point,
            settled=grid.between.value,
            harmless=point in changes_nothing,
        )


def falling(reglement: Reglement) -> Iterator[Oddity]:
    """
    Prices that go down as the quotient, or the income, goes up.
    """
    for decision in _decisions(reglement):
        grid = decision.value.grid
        if grid.by not in RESOURCES:
            continue
        for rank, (lower, upper) in enumerate(pairwise(grid.brackets), 1):
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


def _less(lower: Bracket, upper: Bracket) -> list[str]:
    below = fixed_prices(lower.prices)
    return [
        code
        for code, price in fixed_prices(upper.prices).items()
        if code in below and price < below[code]
    ]


def unneeded(reglement: Reglement) -> Iterator[Oddity]:
    """
    A policy between brackets that leave nothing open, and holes that change
    no price.
    """
    for decision in _decisions(reglement):
        points = list(_open_points(decision.value.grid))
        if not points and decision.value.grid.between is not None:
            yield Oddity(
                rule="reglement.odd.nothing-between",
                path=f"{decision.path}.between",
                sentence=(
                    "these brackets leave nothing open, so nothing is ever "
                    "between them: leave it out"
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
