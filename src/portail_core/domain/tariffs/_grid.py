"""
Grids: the prices of each bracket of quotient familial.

Published grids contain holes (« < 450 » then « 451 à 550 ») and overlaps
(« 1001 à 1200 » then « 1200 et plus »).  A grid is therefore a list of
brackets with explicit bounds, checked when it is built; where two brackets or
none would answer, the règlement must state which one does.  Nothing is picked
silently.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen

from portail_core.domain.bounds import Bounds
from portail_core.domain.checks import not_empty
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import FactName
from portail_core.domain.refusals import Refusal, Refused

from ._formulas import Fixed, Prices

QUOTIENT = FactName("quotient")
ENDLESS = Decimal("Infinity")


class Between(Enum):
    """
    Which bracket answers a figure that the printed grid leaves out, or that
    two brackets hold.
    """

    LOWER = "lower"  # « 1 à 775 » then « 776 »: 775.50 is still below
    UPPER = "upper"  # 775.50 already counts as the next bracket
    REFUSED = "refused"  # no price until the operator decides


class WithoutQuotient(Enum):
    """
    What a household pays that has no quotient.
    """

    HIGHEST = "highest"  # « à défaut, tarif maximum »: as an endless quotient
    LOWEST = "lowest"  # as a quotient of 0
    REFUSED = "refused"  # nothing is booked before a quotient is known


@frozen(kw_only=True)
class Bracket:
    """
    A « tranche » of quotients, and the price of each prestation in it.

    Attributes:
        label: As printed on the grid.

        bounds: Euros; without an upper one it is « et plus ».
    """

    label: str
    bounds: Bounds
    prices: Prices = field(validator=not_empty)

    def comes_after(self, lower: Bracket) -> bool:
        """
        Whether it begins, and ends, after *lower*; one that did not might
        never answer.
        """
        return _start(lower.bounds) < _start(self.bounds) and _end(
            lower.bounds
        ) < _end(self.bounds)


def _start(bounds: Bounds) -> tuple[Decimal, bool]:
    above = -ENDLESS if bounds.above is None else bounds.above
    return above, not bounds.above_included


def _end(bounds: Bounds) -> tuple[Decimal, bool]:
    up_to = ENDLESS if bounds.up_to is None else bounds.up_to
    return up_to, bounds.up_to_included


@frozen
class QuotientMissing(Refusal):
    """
    The grid prices by quotient familial, and the household has none.
    """

    rule: ClassVar[str] = "tariff.quotient.missing"


@frozen
class BetweenBrackets(Refusal):
    """
    No bracket of the printed grid holds this figure, or two do, and the
    règlement does not say which one answers.

    Attributes:
        figure: Euros.

        brackets: The neighbours, as printed.
    """

    rule: ClassVar[str] = "tariff.bracket.undecided"
    figure: Decimal
    brackets: tuple[str, ...]


@frozen
class Chosen:
    """
    A bracket, and why this one.

    Attributes:
        rule: It holds the figure, or the règlement says which one answers
            where none or two do.

        position: In the grid, from 0.
    """

    rule: str
    position: int


_BETWEEN = 'between = "lower", "upper" or "refused"'


@frozen(kw_only=True)
class Grid:
    """
    A voted grid.

    Attributes:
        brackets: Ascending.  Two may touch, leave a gap or overlap only where
            *between* says which one answers.

        by: The fact that brackets are ranges of: the quotient familial, or
            another figure.

        between: `None` where the printed brackets leave nothing open.
    """

    brackets: tuple[Bracket, ...] = field(validator=not_empty)
    by: FactName = QUOTIENT
    between: Between | None = None

    def __attrs_post_init__(self) -> None:
        faults = [*_unordered(self.brackets), *_uneven(self.brackets)]
        if self.between is None:
            faults.extend(
                f"{point}: say which answers, {_BETWEEN}"
                for point in open_points(self.brackets, self.by)
            )
        if faults:
            raise ValueError(*faults)

    def asks(self) -> bool:
        """
        Whether it needs the figure: a grid of one endless bracket does not.
        """
        return self.brackets[0].bounds != Bounds() or len(self.brackets) > 1

    def choose(self, facts: Facts) -> Chosen:
        """
        The bracket that answers.

        Raises:
            Refused: `FactMissing`, `BetweenBrackets`.
        """
        if not self.asks():
            return Chosen("tariff.fixed", 0)
        figure = facts.number(self.by)
        if figure is None:
            raise Refused(FactMissing(self.by))
        if figure == ENDLESS:
            return Chosen("tariff.bracket", len(self.brackets) - 1)
        holding = [
            position
            for position, bracket in enumerate(self.brackets)
            if bracket.bounds.hold(figure)
        ]
        if len(holding) == 1:
            return Chosen("tariff.bracket", holding[0])
        return self._between(figure, holding or self._around(figure))

    def _around(self, figure: Decimal) -> list[int]:
        passed = sum(
            b.bounds.up_to is not None and b.bounds.up_to <= figure
            for b in self.brackets
        )
        last = len(self.brackets) - 1
        # Beyond an end there is one neighbour.
        return sorted({max(passed - 1, 0), min(passed, last)})

    def _between(self, figure: Decimal, neighbours: list[int]) -> Chosen:
        if self.between is Between.REFUSED:
            labels = tuple(self.brackets[at].label for at in neighbours)
            raise Refused(BetweenBrackets(figure, labels))
        at = neighbours[0 if self.between is Between.LOWER else -1]
        return Chosen("tariff.bracket.between", at)


def fixed(prices: Prices) -> Grid:
    """
    Prices that depend on no quotient.
    """
    return Grid(brackets=(Bracket(label="", bounds=Bounds(), prices=prices),))


WHOLE = frozenset(
    FactName(name) for name in ("age", "dependants", "rank", "siblings", "nth")
)
"""Facts that are whole numbers: between 1 and 2 there is none."""


def open_points(
    brackets: tuple[Bracket, ...], by: FactName = QUOTIENT
) -> tuple[str, ...]:
    """
    Every hole and overlap, each with its bounds: between neighbours, below
    the first bracket and above the last.

    Args:
        brackets: Ascending.

        by: The fact that they are ranges of; children are counted from 1.
    """
    first, last = brackets[0], brackets[-1]
    least = Decimal(by in WHOLE - {FactName("age")})
    return tuple(
        fault
        for fault in (
            _below(first, least),
            *(
                _open_point(lower, upper)
                for lower, upper in pairwise(brackets)
                if by not in WHOLE or not _next_to(lower, upper)
            ),
            _beyond(last),
        )
        if fault is not None
    )


def _below(first: Bracket, least: Decimal) -> str | None:
    if first.bounds.above is None or first.bounds.hold(least):
        return None
    return f"hole below « {first.label} »: none holds {least}"


def _next_to(lower: Bracket, upper: Bracket) -> bool:
    end, start = lower.bounds.up_to, upper.bounds.above
    if end is None or start is None:
        return False
    last = (
        math.floor(end) if lower.bounds.up_to_included else math.ceil(end) - 1
    )
    first = (
        math.ceil(start)
        if upper.bounds.above_included
        else math.floor(start) + 1
    )
    return first == last + 1


def _beyond(last: Bracket) -> str | None:
    if last.bounds.up_to is None:
        return None
    end = last.bounds.up_to
    held = f"more than {end}" if last.bounds.up_to_included else f"{end}"
    return f"hole above « {last.label} »: none holds {held}"


def _open_point(lower: Bracket, upper: Bracket) -> str | None:
    where = f"between « {lower.label} » and « {upper.label} »"
    end, start = lower.bounds.up_to, upper.bounds.above
    if start is None:
        return f"overlap {where}: both hold 0 and more"
    if end is None or end > start:
        return f"overlap {where}: both hold {start} and more"
    if end < start:
        return f"hole {where}: none holds {end} to {start}"
    if lower.bounds.up_to_included and upper.bounds.above_included:
        return f"overlap {where}: both hold {end}"
    if not lower.bounds.up_to_included and not upper.bounds.above_included:
        return f"hole {where}: none holds {end}"
    return None


def harmless(brackets: tuple[Bracket, ...]) -> tuple[str, ...]:
    """
    Holes and overlaps whose neighbours ask the same prices.
    """
    return tuple(
        fault
        for lower, upper in pairwise(brackets)
        if lower.prices == upper.prices
        and (fault := _open_point(lower, upper)) is not None
    )


def _unordered(brackets: tuple[Bracket, ...]) -> Iterator[str]:
    for lower, upper in pairwise(brackets):
        if not upper.comes_after(lower):
            yield f"« {upper.label} » does not come after « {lower.label} »"


def _uneven(brackets: tuple[Bracket, ...]) -> Iterator[str]:
    first = brackets[0]
    for bracket in brackets[1:]:
        differing = (
            _left_out(bracket, first),
            _left_out(first, bracket),
        )
        if any(differing):
            yield (
                f"« {bracket.label} » does not price the same prestations "
                f"as « {first.label} »: {'; '.join(filter(None, differing))}"
            )


def _left_out(bracket: Bracket, other: Bracket) -> str:
    missing = sorted(set(other.prices) - set(bracket.prices))
    if not missing:
        return ""
    return f"« {bracket.label} » has no {', '.join(missing)}"


def fixed_prices(prices: Prices) -> dict[str, Decimal]:
    """
    Those of *prices* that are figures.
    """
    return {
        code: formula.euros
        for code, formula in prices.items()
        if isinstance(formula, Fixed)
    }
