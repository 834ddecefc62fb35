"""
Tariff grids: the price of each prestation, by bracket of quotient familial.

Published grids contain holes (« < 450 » then « 451 à 550 ») and overlaps
(« 1001 à 1200 » then « 1200 et plus »).  A grid is therefore a list of
brackets with explicit bounds, checked when it is built; where two brackets or
none would answer, the règlement must state which one does.  Nothing is picked
silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen

from .checks import not_empty, not_negative, whole_number
from .ids import PrestationCode
from .money import ZERO, Money
from .refusals import Refusal, Refused


class Nature(Enum):
    """
    What a line pays for; the tax certificate counts only care.
    """

    CARE = "care"
    MEAL = "meal"
    SUPPLEMENT = "supplement"


@frozen(kw_only=True)
class Prestation:
    """
    A billed service: « Journée », « Repas », « Heure d'accueil ».
    """

    code: PrestationCode
    label: str = field(validator=not_empty)
    nature: Nature


class Between(Enum):
    """
    Which bracket answers a quotient that the printed grid leaves out.
    """

    LOWER = "lower"  # « 1 à 775 » then « 776 »: 775.50 is still below
    UPPER = "upper"  # 775.50 already counts as the next bracket


class WithoutQuotient(Enum):
    """
    What a household pays that gave no quotient.
    """

    LAST_BRACKET = "last-bracket"  # « à défaut, tarif maximum »
    REFUSED = "refused"  # nothing is booked before a quotient is known


def _none_negative(_: object, __: object, prices: Mapping[str, Money]) -> None:
    for code, price in prices.items():
        if price < ZERO:
            msg = f"the price of {code} is below zero"
            raise ValueError(msg)


@frozen(kw_only=True)
class Bracket:
    """
    A « tranche » of quotients, and the price of each prestation in it.

    Attributes:
        label: As printed on the grid.

        above: Lower bound, euros; which side it falls on is *above_included*.

        up_to: Upper bound, euros; `None` is « et plus ».
    """

    label: str = field(validator=not_empty)
    above: Decimal = field(validator=not_negative)
    above_included: bool
    up_to: Decimal | None
    up_to_included: bool
    prices: Mapping[PrestationCode, Money] = field(validator=_none_negative)

    def __attrs_post_init__(self) -> None:
        if self.up_to is not None and (
            self.up_to < self.above
            or (self.up_to == self.above and not self._both_included())
        ):
            msg = f"« {self.label} » ends at {self.up_to}, before it begins"
            raise ValueError(msg)

    def _both_included(self) -> bool:
        return self.above_included and self.up_to_included

    def comes_after(self, lower: Bracket) -> bool:
        """
        Whether it begins, and ends, after *lower*; one that did not might
        never answer.
        """
        if lower.up_to is None:
            return False
        begins_after = (lower.above, not lower.above_included) < (
            self.above,
            not self.above_included,
        )
        ends_after = self.up_to is None or (
            (lower.up_to, lower.up_to_included)
            < (self.up_to, self.up_to_included)
        )
        return begins_after and ends_after

    def holds(self, quotient: Decimal) -> bool:
        """
        Whether *quotient* is within the printed bounds.
        """
        if quotient < self.above:
            return False
        if quotient == self.above:
            return self.above_included
        if self.up_to is None or quotient < self.up_to:
            return True
        return quotient == self.up_to and self.up_to_included


@frozen
class QuotientMissing(Refusal):
    """
    The grid prices by quotient familial, and the household has none.
    """

    rule: ClassVar[str] = "tariff.quotient.missing"


@frozen(kw_only=True)
class BracketPrice:
    """
    The price of one prestation, and the bracket that gives it.

    Attributes:
        position: Of the bracket in the grid, from 0.

        rule: Why this bracket: it holds the quotient, or the règlement says
            which one answers where none or two do, or without a quotient.
    """

    rule: str

    price: Money
    position: int = field(validator=whole_number)
    bracket: Bracket


@frozen(kw_only=True)
class Grid:
    """
    A voted grid.

    Attributes:
        brackets: Ascending.  Two may touch, leave a gap or overlap only where
            *between* says which one answers.

        between: `None` where the printed brackets leave nothing open.
    """

    brackets: tuple[Bracket, ...] = field(validator=not_empty)
    between: Between | None
    without_quotient: WithoutQuotient

    def __attrs_post_init__(self) -> None:
        faults = [*_edges(self.brackets), *_uneven(self.brackets)]
        if self.between is None:
            faults.extend(open_points(self.brackets))
        if faults:
            raise ValueError(*faults)

    def price(
        self, prestation: PrestationCode, quotient: Decimal | None
    ) -> BracketPrice:
        """
        What *prestation* costs a household of this *quotient*.

        Args:
            prestation: One that the grid prices.

            quotient: Euros; `None` when the household gave none.

        Raises:
            Refused: `QuotientMissing`, if the grid refuses to price without.
        """
        rule, position = self._position(quotient)
        bracket = self.brackets[position]
        return BracketPrice(
            rule=rule,
            price=bracket.prices[prestation],
            position=position,
            bracket=bracket,
        )

    def _position(self, quotient: Decimal | None) -> tuple[str, int]:
        last = len(self.brackets) - 1
        if quotient is None:
            if self.without_quotient is WithoutQuotient.REFUSED:
                raise Refused(QuotientMissing())
            return "tariff.quotient.highest", last

        holding = [
            position
            for position, bracket in enumerate(self.brackets)
            if bracket.holds(quotient)
        ]
        if len(holding) == 1:
            return "tariff.bracket", holding[0]
        if not holding:
            passed = sum(
                b.up_to is not None and b.up_to <= quotient
                for b in self.brackets
            )
            holding = [passed - 1, passed]
        lower = self.between is Between.LOWER
        return "tariff.bracket.between", holding[0] if lower else holding[-1]


def open_points(brackets: tuple[Bracket, ...]) -> tuple[str, ...]:
    """
    Every hole and overlap between neighbours, each with its bounds.
    """
    return tuple(
        fault
        for lower, upper in pairwise(brackets)
        if (fault := _open_point(lower, upper))
    )


def _open_point(lower: Bracket, upper: Bracket) -> str | None:
    where = f"between « {lower.label} » and « {upper.label} »"
    if lower.up_to is None or lower.up_to > upper.above:
        return f"overlap {where}: both hold {upper.above} and more"
    if lower.up_to < upper.above:
        return f"hole {where}: none holds {lower.up_to} to {upper.above}"
    if lower.up_to_included and upper.above_included:
        return f"overlap {where}: both hold {upper.above}"
    if not lower.up_to_included and not upper.above_included:
        return f"hole {where}: none holds {upper.above}"
    return None


def _edges(brackets: tuple[Bracket, ...]) -> tuple[str, ...]:
    first, last = brackets[0], brackets[-1]
    faults = []
    if not first.holds(Decimal(0)):
        faults.append(f"« {first.label} » must hold a quotient of 0")
    if last.up_to is not None:
        faults.append(f"« {last.label} » must have no upper bound")
    faults.extend(
        f"« {upper.label} » does not come after « {lower.label} »"
        for lower, upper in pairwise(brackets)
        if not upper.comes_after(lower)
    )
    return tuple(faults)


def _uneven(brackets: tuple[Bracket, ...]) -> tuple[str, ...]:
    priced = set(brackets[0].prices)
    return tuple(
        f"« {bracket.label} » does not price the same prestations "
        f"as « {brackets[0].label} »"
        for bracket in brackets[1:]
        if set(bracket.prices) != priced
    )
