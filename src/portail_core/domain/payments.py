"""
An attempt to pay: one try, with its own reference, at a frozen amount.

An attempt is open from its first commit to a final answer, or to the
provider's horizon once the payer was sent there, or for five minutes if never.
Past that it is unknown: places are free, the provider is still asked, and
money that comes later is late money.

A payment is a fact reported to us, not a wish: it is accepted from every
state, once; what does not match is set aside for a human, never dropped.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar, TypeAlias, assert_never

from attrs import evolve as replace, field, frozen, validators

from ._checks import moment, not_empty
from .ids import (
    AccountId,
    AttemptReference,
    HouseholdId,
    ProviderKey,
    RegieCode,
    RequestNumber,
)
from .money import ZERO, Money, total
from .quotes import PricedLine
from .refusals import Refusal

NEVER_PRESENTED_AFTER = dt.timedelta(minutes=5)

# State ----------------------------------------------------------------------


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
class Due:
    """
    What one request costs, frozen when the family went to pay.
    """

    request: RequestNumber
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
class Report:
    """
    What a provider answered when asked.

    Attributes:
        paid_at: When the payer paid, UTC; `None` unless paid.
    """

    outcome: Outcome
    reference: AttemptReference
    amount: Money
    mode: Mode
    paid_at: dt.datetime | None = field(validator=validators.optional(moment))


# Commands -------------------------------------------------------------------


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

# Events ---------------------------------------------------------------------


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

# Refusals -------------------------------------------------------------------


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


# Decider --------------------------------------------------------------------


def decide(command: Command, attempt: Attempt | None) -> tuple[Event, ...]:
    """
    Answer *command*; `None` is an attempt that is not there yet.  Nothing is
    refused: what no longer applies is answered by no event.
    """
    if isinstance(command, Open):
        return (AttemptOpened(attempt=command.attempt),)
    assert attempt is not None, "only Open begins an attempt"

    match command:
        case Present(key=key, redirect_url=url, until=until):
            if attempt.state is not AttemptState.CREATED:
                return ()
            return (AttemptPresented(key=key, redirect_url=url, until=until),)

        case GiveUp():
            if attempt.state is not AttemptState.CREATED:
                return ()
            return (AttemptAbandoned(),)

        case Take():
            return _taken(command, attempt)

        case PayWithCredits():
            assert attempt.to_pay == ZERO, "avoirs cover everything"
            if attempt.state is not AttemptState.CREATED:
                return ()
            return (AttemptPaid(amount=ZERO),)

        case Lapse(at=at):
            return _lapsed(attempt, at)

        case _:
            assert_never(command)


def _taken(command: Take, attempt: Attempt) -> tuple[Event, ...]:
    match command.report.outcome:
        case Outcome.PAID:
            return _paid(command, attempt)
        case Outcome.PENDING:
            return _lapsed(attempt, command.at)
        case _ if attempt.state not in UNRESOLVED:
            return ()
        case Outcome.REFUSED:
            return (AttemptRefused(),)
        case Outcome.ABANDONED:
            return (AttemptAbandoned(),)
        case _:
            assert_never(command.report.outcome)


def _paid(command: Take, attempt: Attempt) -> tuple[Event, ...]:
    if attempt.state in {AttemptState.PAID, AttemptState.SET_ASIDE}:
        return ()
    mismatches = _mismatches(command, attempt)
    if mismatches:
        return (
            MoneySetAside(amount=command.report.amount, mismatches=mismatches),
        )
    return (AttemptPaid(amount=command.report.amount),)


def _mismatches(command: Take, attempt: Attempt) -> tuple[str, ...]:
    report = command.report
    checks = {
        "payment.mismatch.amount": report.amount == attempt.to_pay,
        "payment.mismatch.reference": report.reference == attempt.reference,
        "payment.mismatch.mode": report.mode is command.expected,
        "payment.mismatch.credits": command.credits >= attempt.credits,
    }
    return tuple(rule for rule, holds in checks.items() if not holds)


def _lapsed(attempt: Attempt, at: dt.datetime) -> tuple[Event, ...]:
    if attempt.state not in OPEN or attempt.is_open(at):
        return ()
    if attempt.state is AttemptState.CREATED:
        return (AttemptAbandoned(),)
    return (AttemptBecameUnknown(),)


def evolve(attempt: Attempt | None, event: Event) -> Attempt:
    """
    The attempt after *event*.
    """
    if isinstance(event, AttemptOpened):
        return event.attempt
    assert attempt is not None, "only AttemptOpened begins an attempt"

    match event:
        case AttemptPresented(key=key, redirect_url=url, until=until):
            return replace(
                attempt,
                state=AttemptState.PRESENTED,
                key=key,
                redirect_url=url,
                open_until=until,
            )
        case AttemptPaid():
            return replace(attempt, state=AttemptState.PAID)
        case AttemptRefused():
            return replace(attempt, state=AttemptState.REFUSED)
        case AttemptAbandoned():
            return replace(attempt, state=AttemptState.ABANDONED)
        case AttemptBecameUnknown():
            return replace(attempt, state=AttemptState.UNKNOWN)
        case MoneySetAside():
            return replace(attempt, state=AttemptState.SET_ASIDE)
        case _:
            assert_never(event)
