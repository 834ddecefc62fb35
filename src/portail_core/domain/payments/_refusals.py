"""
Why a basket cannot be paid.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import frozen

from portail_core.domain.money import Money
from portail_core.domain.refusals import Refusal


@frozen
class PriceChanged(Refusal):
    """
    The total differs from what the family was shown.
    """

    rule: ClassVar[str] = "payment.price-changed"
    shown: Money
    total: Money


@frozen
class NothingToPay(Refusal):
    """
    No request in the basket waits for a payment.
    """

    rule: ClassVar[str] = "payment.nothing-to-pay"


@frozen
class AttemptOpen(Refusal):
    """
    The basket is already being paid.
    """

    rule: ClassVar[str] = "payment.one-open-attempt"
    until: dt.datetime


@frozen
class AmountNotPayable(Refusal):
    """
    The provider takes no such amount.
    """

    rule: ClassVar[str] = "payment.amount-not-payable"
    amount: Money
    minimum: Money
    maximum: Money


@frozen
class PaymentUnavailable(Refusal):
    """
    The provider did not answer; nothing was paid, the places are still held.
    """

    rule: ClassVar[str] = "payment.provider-unavailable"
