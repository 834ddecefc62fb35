"""
What is known of an attempt to pay, and of what a provider reports.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen

from portail_core.domain.amplitudes import Hours
from portail_core.domain.checks import moment, not_empty
from portail_core.domain.ids import (
    AccountId,
    AmplitudeCode,
    AttemptReference,
    HouseholdId,
    ProviderKey,
    RegieCode,
    RequestNumber,
)
from portail_core.domain.money import Money, total
from portail_core.domain.quotes import PricedLine

NEVER_PRESENTED_AFTER = dt.timedelta(minutes=5)
"""How long an attempt that no payer was sent for stands in the way."""


class AttemptState(Enum):
    """
    Where an attempt stands.
    """

    CREATED = "created"  # kept, the provider not yet asked
    PRESENTED = "presented"  # the payer was sent to the provider
    PAID = "paid"
    REFUSED = "refused"  # the bank said no
    ABANDONED = "abandoned"  # the payer left, or was never sent
    UNKNOWN = "unknown"  # past the horizon without an answer
    SET_ASIDE = "set-aside"  # money came that does not match


OPEN = frozenset({AttemptState.CREATED, AttemptState.PRESENTED})
UNRESOLVED = OPEN | {AttemptState.UNKNOWN}


@frozen(kw_only=True)
class Bought:
    """
    A day, as it was when the family went to pay.

    Attributes:
        hours: Where the family chose them.
    """

    day: dt.date
    amplitude: AmplitudeCode
    hours: Hours | None


@frozen(kw_only=True)
class Due:
    """
    What one request costs, frozen when the family went to pay.

    Attributes:
        days: What it buys.
    """

    request: RequestNumber
    days: tuple[Bought, ...]
    lines: tuple[PricedLine, ...]

    @property
    def amount(self) -> Money:
        """
        The request's whole price.
        """
        return total(line.amount for line in self.lines)


@frozen(kw_only=True)
class Attempt:
    """
    One try to pay a basket.

    Attributes:
        dues: Request by request, oldest first.

        credits: The part paid with avoirs, reserved in the ledger.

        open_until: First moment when it is no longer open, UTC.

        key: The provider's name for it; `None` until presented.
    """

    reference: AttemptReference
    household: HouseholdId
    account: AccountId
    regie: RegieCode
    provider: str
    dues: tuple[Due, ...] = field(validator=not_empty)
    credits: Money
    created_at: dt.datetime = field(validator=moment)
    open_until: dt.datetime = field(validator=moment)
    state: AttemptState = AttemptState.CREATED
    key: ProviderKey | None = None
    redirect_url: str | None = None

    @property
    def total(self) -> Money:
        """
        The price of everything in it.
        """
        return total(due.amount for due in self.dues)

    @property
    def to_pay(self) -> Money:
        """
        What the provider is to collect: the total less the avoirs.
        """
        return self.total - self.credits

    def is_open(self, at: dt.datetime) -> bool:
        """
        Whether its places must be kept.
        """
        return self.state in OPEN and at < self.open_until


class Outcome(Enum):
    """
    What a provider says of a payment.
    """

    PAID = "paid"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    PENDING = "pending"  # no answer yet, or none that can be relied upon


class Mode(Enum):
    """
    Whether the provider moves real money.
    """

    TEST = "test"
    LIVE = "live"


@frozen(kw_only=True)
class Paid:
    """
    A provider says that the payer paid.

    Attributes:
        paid_at: UTC.
    """

    reference: AttemptReference
    amount: Money
    mode: Mode
    paid_at: dt.datetime = field(validator=moment)

    @property
    def outcome(self) -> Outcome:
        """
        Paid.
        """
        return Outcome.PAID


def _not_paid(_: object, __: object, outcome: Outcome) -> None:
    if outcome is Outcome.PAID:
        msg = "a payment is reported as Paid, with its amount"
        raise ValueError(msg)


@frozen
class Unpaid:
    """
    A provider says that nothing was paid, or nothing yet; it need not say
    more (PayFiP's P5 does not).
    """

    outcome: Outcome = field(validator=_not_paid)


Report: TypeAlias = Paid | Unpaid
"""What a provider answered when asked."""
