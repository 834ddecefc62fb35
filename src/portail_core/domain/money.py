"""
Amounts of euros: whole cents, one place that rounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from attrs import field, frozen

from .checks import whole_number


@frozen(order=True)
class Money:
    """
    An amount in euro cents; below zero where a difference is meant.
    """

    cents: int = field(validator=whole_number)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def times(self, quantity: Decimal) -> Money:
        """
        This amount *quantity* times, or the share that *quantity* stands for.

        Half a cent rounds away from zero: published bills print 3.5 h at 0.95
        as 3.33.

        >>> eur("0.95").times(Decimal("3.5"))
        Money(cents=333)
        """
        exact = Decimal(self.cents) * quantity
        return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


ZERO = Money(0)


@frozen(order=True)
class UnitPrice:
    """
    « Tarif »: the price of one, exact: it may be finer than a cent.
    """

    euros: Decimal

    def times(self, quantity: Decimal) -> Money:
        """
        The amount of *quantity*, half a cent up.

        >>> UnitPrice(Decimal("0.225")).times(Decimal(3))
        Money(cents=68)
        """
        return cents(self.euros * quantity)


def cents(euros: Decimal) -> Money:
    """
    *euros* as an amount, half a cent away from zero.
    """
    return Money(
        int((euros * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    )


def eur(text: str) -> Money:
    """
    Read an amount in euros as written on a tariff grid.

    Raises:
        ValueError: If *text* is not a number, or is finer than a cent.

    >>> eur("12.50")
    Money(cents=1250)
    """
    try:
        cents = Decimal(text) * 100
        whole = cents.to_integral_value()
    except InvalidOperation:
        msg = f"{text!r} is not an amount, write it as '12.50'"
        raise ValueError(msg) from None
    if not cents.is_finite() or cents != whole:
        msg = f"{text!r} is not an amount in whole cents"
        raise ValueError(msg)
    return Money(int(whole))


def total(amounts: Iterable[Money]) -> Money:
    """
    The sum of *amounts*; nothing sums to zero.
    """
    return Money(sum(amount.cents for amount in amounts))
