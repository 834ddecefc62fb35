"""
Adjustments: what becomes of a price, step by step, in the order written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen

from portail_core.domain.checks import (
    not_empty,
    not_negative,
    positive,
    share,
    whole_number,
)
from portail_core.domain.extended import price_of
from portail_core.domain.facts import Facts
from portail_core.domain.ids import FactName, PrestationCode

from ._rounding import Rounding


class Per(Enum):
    """
    What an amount is added to.
    """

    UNIT = "unit"  # each meal, each hour
    LINE = "line"  # once, whatever the quantity
    DAY = "day"  # once a child and day, however many lines it has


@frozen(kw_only=True)
class Factor:
    """
    « -20 % à partir du 2e enfant » is 0.80; « hors commune : double » is 2.
    """

    factor: Decimal = field(validator=not_negative)


@frozen(kw_only=True)
class Add:
    """
    « majoration de 2 € »; below zero for a discount, never below 0 in all.
    """

    add: Decimal
    per: Per = Per.UNIT


@frozen(kw_only=True)
class Replace:
    """
    Another price in its place, euros a unit: « repas PAI : 1,75 € ».
    """

    replace: Decimal = field(validator=not_negative)


@frozen(kw_only=True)
class LowerBracket:
    """
    « la tranche immédiatement inférieure »; the first stays the first.

    The bracket is chosen before anything else is done to the price, wherever
    this stands among the adjustments.
    """

    lower_bracket: int = field(validator=[whole_number, positive])


@frozen(kw_only=True)
class Floor:
    """
    No less than this, euros a unit.
    """

    floor: Decimal = field(validator=not_negative)


@frozen(kw_only=True)
class Ceiling:
    """
    No more than this, euros a unit.
    """

    ceiling: Decimal = field(validator=not_negative)


@frozen(kw_only=True)
class Round:
    """
    A rounding before the last: « arrondi au dixième d'euro ».
    """

    round: Rounding


@frozen(kw_only=True)
class Aid:
    """
    What a third party pays: shown as full price, aid and family part.

    Attributes:
        payer: « CCAS », « CAF », « commune ».

        amount: Euros, by *per*; no more than there is to pay.
    """

    payer: str = field(validator=not_empty)
    amount: Decimal = field(validator=not_negative)
    per: Per = Per.UNIT


@frozen(kw_only=True)
class AidShare:
    """
    A share of what there is to pay, by a third party.
    """

    payer: str = field(validator=not_empty)
    share: Decimal = field(validator=share)


@frozen(kw_only=True)
class FamilyPart:
    """
    What the family pays, euros a unit; a third party pays the rest.
    """

    payer: str = field(validator=not_empty)
    amount: Decimal = field(validator=not_negative)


class StepKind(ABC):
    """
    An adjustment that a plugin adds.
    """

    __slots__ = ()

    @property
    def asks(self) -> frozenset[FactName]:
        """
        The facts that it reads: the others may not be worked out.
        """
        return frozenset()

    @abstractmethod
    def adjusted(self, unit_price: Decimal, facts: Facts) -> Decimal:
        """
        The price of one unit in the place of *unit_price*, from 0 on, not
        rounded.

        Args:
            unit_price: Euros, as the steps before left it.

            facts: Of the child-day.

        Raises:
            Refused: `FactMissing`, if nobody stated what it asks for.
        """


def adjusted_by(kind: StepKind, unit_price: Decimal, facts: Facts) -> Decimal:
    """
    What a plugin's step answers, held to its promise.

    Raises:
        Refused: As the step says.
        KindBroken: If it answers no price.
    """
    return price_of(kind, lambda: kind.adjusted(unit_price, facts))


Step: TypeAlias = (
    Factor
    | Add
    | Replace
    | LowerBracket
    | Floor
    | Ceiling
    | Round
    | Aid
    | AidShare
    | FamilyPart
    | StepKind
)

Only: TypeAlias = tuple[PrestationCode, ...] | None
"""The prestations that a rule is for; all without."""
