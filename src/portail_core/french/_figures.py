"""
Amounts and quantities, as French writes them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portail_core.domain.money import Money, UnitPrice
from portail_core.domain.pages import Page
from portail_core.domain.quotes import QuoteRow

from ._typography import MINUS, NARROW_NO_BREAK, NO_BREAK


def amount(money: Money) -> str:
    r"""
    Euros and cents: « 12,50 € », and no-break spaces in « 1 234,50 € ».

    >>> amount(Money(-1250))
    '−12,50\xa0€'
    """
    return _figure(f"{Decimal(money.cents) / 100:,.2f}") + f"{NO_BREAK}€"


def unit_price(price: UnitPrice) -> str:
    r"""
    « Tarif »: as many decimals as it has, two at the least.

    >>> unit_price(UnitPrice(Decimal("0.225")))
    '0,225\xa0€'
    """
    decimals = max(2, -int(price.euros.normalize().as_tuple().exponent))
    return _figure(f"{price.euros:,.{decimals}f}") + f"{NO_BREAK}€"


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


def page(shown: Page[Any]) -> str:
    """
    Which items of a list are shown, as the guide does: « 1 - 1 sur 1 ».

    >>> page(Page(items=("a", "b"), number=2, size=10, total=12))
    '11 - 12 sur 12'
    """
    if not shown.items:
        return f"0 sur {shown.total}"
    return f"{shown.first} - {shown.last} sur {shown.total}"


def _figure(english: str) -> str:
    return english.translate(
        {ord(","): NARROW_NO_BREAK, ord("."): ",", ord("-"): MINUS}
    )


def designation(row: QuoteRow) -> str:
    """
    What a row of an estimate or of an invoice is for; a change lists what was
    paid before, to be taken off.
    """
    if row.quantity < 0:
        return f"{row.designation}, déjà payé"
    return row.designation
