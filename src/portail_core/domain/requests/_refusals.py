"""
Why a request says no.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import frozen

from portail_core.domain.ids import (
    RequestNumber,
)
from portail_core.domain.refusals import Refusal


@frozen
class RequestUnknown(Refusal):
    """
    This household has no such request; whether another has is not said.
    """

    rule: ClassVar[str] = "request.unknown"
    number: RequestNumber


@frozen
class RequestOver(Refusal):
    """
    The request no longer waits for payment.
    """

    rule: ClassVar[str] = "request.over"
    number: RequestNumber


@frozen
class PaymentInProgress(Refusal):
    """
    A payment of these days may still arrive.
    """

    rule: ClassVar[str] = "request.payment-in-progress"
    until: dt.datetime


@frozen
class ChangePending(Refusal):
    """
    A change of this day waits for its payment.

    Attributes:
        number: The request that is the change.

        until: First moment when it no longer waits, UTC.
    """

    rule: ClassVar[str] = "request.change.pending"
    day: dt.date
    number: RequestNumber
    until: dt.datetime


@frozen
class PricedTogether(Refusal):
    """
    The day has one price with others (a package, a month): it is cancelled,
    and booked again, rather than changed.
    """

    rule: ClassVar[str] = "request.change.priced-together"
    day: dt.date


@frozen
class SameAmplitude(Refusal):
    """
    The day is booked so already.
    """

    rule: ClassVar[str] = "request.change.same"
    day: dt.date


@frozen
class DayNotBooked(Refusal):
    """
    The day is no confirmed line of the request.
    """

    rule: ClassVar[str] = "request.cancel.not-booked"
    day: dt.date


@frozen
class DayNotCancelled(Refusal):
    """
    The day is no cancelled line of the request.
    """

    rule: ClassVar[str] = "request.excuse.not-cancelled"
    day: dt.date


@frozen
class NoDayCancelled(Refusal):
    """
    No day was chosen.
    """

    rule: ClassVar[str] = "request.cancel.no-day"
