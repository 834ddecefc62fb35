"""
What stands where a grid has a price: a figure, or how to make one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import ClassVar, TypeAlias, assert_never

from attrs import field, frozen

from portail_core.domain.checks import not_empty, not_negative
from portail_core.domain.extended import price_of
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import FactName, PrestationCode
from portail_core.domain.refusals import Refusal, Refused

DEPENDANTS = FactName("dependants")
INDIVIDUAL = FactName("individual")


@frozen
class IndividualOutside(Refusal):
    """
    The amount that was set for this family is not one the grid allows.
    """

    rule: ClassVar[str] = "tariff.individual.bounds"
    prestation: PrestationCode
    amount: Decimal
    at_least: Decimal
    at_most: Decimal


@frozen
class Fixed:
    """
    A price as voted.

    Attributes:
        euros: May be finer than a cent.
    """

    euros: Decimal = field(validator=not_negative)


@frozen(kw_only=True)
class Rate:
    """
    « 0,36 % du quotient familial, minimum 2,60 €, maximum 4,50 € ».

    Attributes:
        of: The fact that it is a rate of: quotient, income or cost.

        rates: 0.0036 is 0.36 %.  Several are for one dependant, two…; the
            last is for more.

        plus: Added, euros: a formula may begin higher than 0.

        floor: « mini », euros; `None` for none, as is *ceiling*.

        of_floor: The fact is counted no lower, as *of_ceiling* no higher.
    """

    of: FactName
    rates: tuple[Decimal, ...] = field(validator=not_empty)
    plus: Decimal = Decimal(0)
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    of_floor: Decimal | None = None
    of_ceiling: Decimal | None = None

    def __attrs_post_init__(self) -> None:
        for low, high, what in (
            (self.floor, self.ceiling, "the price"),
            (self.of_floor, self.of_ceiling, f"the {self.of}"),
        ):
            if low is not None and high is not None and low > high:
                msg = f"{what} is at least {low} and at most {high}"
                raise ValueError(msg)


@frozen(kw_only=True)
class Individual:
    """
    An amount that the operator sets for each family, between two bounds.
    """

    at_least: Decimal = field(validator=not_negative)
    at_most: Decimal = field(validator=not_negative)


@frozen(kw_only=True)
class ShareOf:
    """
    A share of the price of another prestation, for the same child-day.
    """

    prestation: PrestationCode
    share: Decimal = field(validator=not_negative)


class FormulaKind(ABC):
    """
    A way to make a price that a plugin adds.
    """

    __slots__ = ()

    @property
    def asks(self) -> frozenset[FactName]:
        """
        The facts that it reads: the others may not be worked out.
        """
        return frozenset()

    @abstractmethod
    def euros(self, facts: Facts) -> Decimal:
        """
        The price of one unit, from 0 on, not rounded.

        Args:
            facts: Of the child-day.  A quotient may be endless, where the
                règlement has the highest price without one.

        Raises:
            Refused: `FactMissing`, if nobody stated what it asks for.
        """


Formula: TypeAlias = Fixed | Rate | Individual | ShareOf | FormulaKind

Prices: TypeAlias = Mapping[PrestationCode, Formula]


def exact(
    prices: Prices,
    prestation: PrestationCode,
    facts: Facts,
    amounts: Mapping[PrestationCode, Decimal],
) -> Decimal:
    """
    What *prestation* costs, euros, not rounded.

    Args:
        prices: Of the bracket that answers.

        prestation: One that they price.

        facts: Of the child-day.

        amounts: Those that the operator set for this family.

    Raises:
        Refused: `FactMissing`, `IndividualOutside`.
        KindBroken: If a plugin's formula answers no price.
    """
    formula = prices[prestation]
    match formula:
        case Fixed(euros=euros):
            return euros
        case Rate() as rate:
            return _rated(rate, facts)
        case Individual() as bounds:
            return _individual(bounds, prestation, amounts)
        case ShareOf(prestation=other, share=share):
            return exact(prices, other, facts, amounts) * share
        case FormulaKind() as kind:
            return priced_by(kind, facts)
        case _:
            assert_never(formula)


def priced_by(kind: FormulaKind, facts: Facts) -> Decimal:
    """
    What a plugin's formula answers, held to its promise.

    Raises:
        Refused: As the formula says.
        KindBroken: If it answers no price.
    """
    return price_of(kind, lambda: kind.euros(facts))


def _rated(rate: Rate, facts: Facts) -> Decimal:
    base = _known(rate.of, facts.number)
    base = clamp(base, rate.of_floor, rate.of_ceiling)
    each = _rate_for(rate, facts)
    # Without a quotient the highest price is that of an endless one.
    price = (each * base if each else Decimal(0)) + rate.plus
    return max(clamp(price, rate.floor, rate.ceiling), Decimal(0))


def _rate_for(rate: Rate, facts: Facts) -> Decimal:
    if len(rate.rates) == 1:
        return rate.rates[0]
    dependants = int(_known(DEPENDANTS, facts.number))
    return rate.rates[min(max(dependants, 1), len(rate.rates)) - 1]


def _known(
    name: FactName, of: Callable[[FactName], Decimal | None]
) -> Decimal:
    figure = of(name)
    if figure is None:
        raise Refused(FactMissing(name))
    return figure


def _individual(
    bounds: Individual,
    prestation: PrestationCode,
    amounts: Mapping[PrestationCode, Decimal],
) -> Decimal:
    amount = amounts.get(prestation)
    if amount is None:
        raise Refused(FactMissing(INDIVIDUAL))
    if not bounds.at_least <= amount <= bounds.at_most:
        raise Refused(
            IndividualOutside(
                prestation, amount, bounds.at_least, bounds.at_most
            )
        )
    return amount


def clamp(
    figure: Decimal, floor: Decimal | None, ceiling: Decimal | None
) -> Decimal:
    """
    *figure*, or the bound that it is beyond.

    >>> clamp(Decimal("1.80"), Decimal("2.60"), Decimal("4.50"))
    Decimal('2.60')
    """
    if floor is not None:
        figure = max(figure, floor)
    return figure if ceiling is None else min(figure, ceiling)
