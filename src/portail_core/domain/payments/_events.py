"""
What happened to an attempt.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from attrs import frozen

from portail_core.domain.ids import (
    ProviderKey,
)
from portail_core.domain.money import Money

from ._state import Attempt


@frozen(kw_only=True)
class AttemptOpened:
    """
    Amounts are frozen, places pinned.
    """

    attempt: Attempt


@frozen(kw_only=True)
class AttemptPresented:
    """
    The payer was sent to the provider.
    """

    key: ProviderKey
    redirect_url: str
    until: dt.datetime


@frozen(kw_only=True)
class AttemptPaid:
    """
    The money is there.
    """

    amount: Money


@frozen(kw_only=True)
class AttemptRefused:
    """
    The bank said no.
    """


@frozen(kw_only=True)
class AttemptAbandoned:
    """
    The payer left, or was never sent.
    """


@frozen(kw_only=True)
class AttemptBecameUnknown:
    """
    The horizon passed without an answer.
    """


@frozen(kw_only=True)
class MoneySetAside:
    """
    Money came that does not match; an officer decides.

    Attributes:
        mismatches: Rule labels, one for each thing that differs.
    """

    amount: Money
    mismatches: tuple[str, ...]


Event: TypeAlias = (
    AttemptOpened
    | AttemptPresented
    | AttemptPaid
    | AttemptRefused
    | AttemptAbandoned
    | AttemptBecameUnknown
    | MoneySetAside
)
