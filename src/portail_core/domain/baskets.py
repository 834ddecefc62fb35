"""
The basket of a household at one régie: what waits for a payment.

Every adult of the household sees it.  Each request keeps its own deadline.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from .ids import RegieCode
from .money import ZERO, Money, total
from .payments import AmountNotPayable, Due
from .refusals import Refused
from .requests import Request


@frozen(kw_only=True)
class BasketItem:
    """
    A request in the basket, at today's price.

    Attributes:
        held_until: First moment when it is no longer held, UTC.
    """

    request: Request
    due: Due
    held_until: dt.datetime


@frozen(kw_only=True)
class Basket:
    """
    What a household has to pay at a régie.

    Attributes:
        items: Oldest request first.

        credits: Avoirs that can be used now.

        paying_until: While an attempt to pay is open, when it ends, UTC.
    """

    regie: RegieCode
    items: tuple[BasketItem, ...]
    credits: Money
    paying_until: dt.datetime | None

    @property
    def total(self) -> Money:
        """
        Before avoirs: the total to show, and to pass to `check_out`.
        """
        return total(item.due.amount for item in self.items)


def credits_to_use(
    amount: Money, *, available: Money, minimum: Money, maximum: Money
) -> Money:
    """
    How much of *available* avoirs pays *amount*.

    As much as possible; but a rest that the provider would find too small is
    raised to its minimum, and the avoir keeps the difference.

    Raises:
        Refused: `AmountNotPayable`, if the rest is out of the provider's
            bounds all the same.
    """
    used = min(available, amount)
    rest = amount - used
    if ZERO < rest < minimum:
        used = max(ZERO, amount - minimum)
        rest = amount - used
    if rest != ZERO and not minimum <= rest <= maximum:
        raise Refused(AmountNotPayable(rest, minimum, maximum))
    return used
