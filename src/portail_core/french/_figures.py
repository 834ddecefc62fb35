"""
Amounts and quantities, as French writes them.
"""

from __future__ import annotations

from decimal import Decimal

from portail_core.domain.money import Money

from ._typography import MINUS, NARROW_NO_BREAK, NO_BREAK


def amount(money: Money) -> str:
    r"""
    Euros and cents: « 12,50 € », and no-break spaces in « 1 234,50 € ».

    >>> amount(Money(-1250))
    '−12,50\xa0€'
    """
    return _figure(f"{Decimal(money.cents) / 100:,.2f}") + f"{NO_BREAK}€"


def quantity(number: Decimal) -> str:
    """
    A number of times or of hours, without idle zeros: « 1 », « 2,5 ».

    >>> quantity(Decimal("2.50"))
    '2,5'
    """
    written = f"{number:,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return _figure(written)


def _figure(english: str) -> str:
    return english.translate(
        {ord(","): NARROW_NO_BREAK, ord("."): ",", ord("-"): MINUS}
    )
