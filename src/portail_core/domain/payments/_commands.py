"""
What may be asked of an attempt.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from attrs import field, frozen

from portail_core.domain.checks import moment
from portail_core.domain.ids import (
    ProviderKey,
)
from portail_core.domain.money import Money

from ._state import Attempt, Mode, Report


@frozen(kw_only=True)
class Open:
    """
    Freeze what is to be paid.
    """

    attempt: Attempt


@frozen(kw_only=True)
class Present:
    """
    Send the payer to the provider.
    """

    key: ProviderKey
    redirect_url: str
    until: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class GiveUp:
    """
    The provider could not be asked; the payer was never sent.
    """


@frozen(kw_only=True)
class Take:
    """
    Take note of what the provider answered.

    Attributes:
        expected: The mode that this portal runs in.

        credits: Avoirs that this attempt has reserved, or could again.
    """

    report: Report
    expected: Mode
    credits: Money
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class PayWithCredits:
    """
    Avoirs cover everything: no provider is needed.
    """


@frozen(kw_only=True)
class Lapse:
    """
    Note that its time is over, if it is.
    """

    at: dt.datetime = field(validator=moment)


Command: TypeAlias = Open | Present | GiveUp | Take | PayWithCredits | Lapse
