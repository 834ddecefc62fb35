"""
What is known of a request.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import field, frozen

from portail_core.domain.amplitudes import ByTheHour, Chosen, Hours
from portail_core.domain.checks import moment
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    HouseholdId,
    PeriodCode,
    RegieCode,
    ReglementDigest,
    RequestNumber,
)
from portail_core.domain.money import ZERO, Money
from portail_core.domain.places import Place, is_taken


class LineState(Enum):
    """
    Where one child-day stands.
    """

    HELD = "held"  # « En attente »: asked for, not paid
    CONFIRMED = "confirmed"  # « validée »: paid, the place is the child's
    CANCELLED = "cancelled"  # given back after payment
    DISCARDED = "discarded"  # thrown away before payment, by the family
    EXPIRED = "expired"  # not paid in time
    CREDITED = "credited"  # paid too late, the place was gone: an avoir
    SUPERSEDED = "superseded"  # a paid change stands in its place


class RequestState(Enum):
    """
    Where a request stands, for who reads it.
    """

    AWAITING_PAYMENT = "awaiting-payment"  # « En attente de paiement »
    CONFIRMED = "confirmed"  # one of its days is, at the least
    CANCELLED = "cancelled"  # all of its days were
    DISCARDED = "discarded"
    EXPIRED = "expired"  # its time is over, whether a job noted it or not
    CREDITED = "credited"
    SUPERSEDED = "superseded"  # all that was left of it, by paid changes


_PAID = frozenset(
    {
        LineState.CONFIRMED,
        LineState.CANCELLED,
        LineState.CREDITED,
        LineState.SUPERSEDED,
    }
)


@frozen(kw_only=True)
class Replaced:
    """
    The booked line that a change stands in for, once the change is paid.

    Attributes:
        amplitude: As it is booked.

        paid: For it; the change costs the difference.

        places: Those that the change takes over from it.

        hours: As it is booked.
    """

    request: RequestNumber
    amplitude: AmplitudeCode
    paid: Money
    places: tuple[Place, ...]
    hours: Hours | None = None


def chosen(amplitude: AmplitudeCode, hours: Hours | None) -> Chosen:
    """
    What a family chose, as it chose it.
    """
    if hours is None:
        return amplitude
    return ByTheHour(amplitude=amplitude, hours=hours)


@frozen(kw_only=True)
class Line:
    """
    One child-day.

    Attributes:
        places: Those of a change are the added ones, until it is confirmed.

        age: Whole years of the child on the day.

        rank: Among the siblings that count, from 1, as *siblings*, how many
            they are; `None` where the règlement ranks nobody.

        paid: What was paid for it, and for what it replaces; zero until
            confirmed.

        replaces: For a change of a booked day.

        hours: From when to when, where the family chooses them.
    """

    day: dt.date
    amplitude: AmplitudeCode
    places: tuple[Place, ...]
    state: LineState = LineState.HELD
    paid: Money = ZERO
    replaces: Replaced | None = None
    age: int | None = None
    rank: int | None = None
    siblings: int | None = None
    hours: Hours | None = None

    @property
    def chosen(self) -> Chosen:
        """
        The amplitude, with its hours if it has some.
        """
        return chosen(self.amplitude, self.hours)


@frozen(kw_only=True)
class Pin:
    """
    An attempt to pay keeps the places.

    Attributes:
        until: First moment when it no longer does, UTC.
    """

    attempt: AttemptReference
    until: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Asked:
    """
    What was asked for, frozen when the places were taken.

    Attributes:
        account: Who asked, the « référent ».

        reglement: The version that decides prices and cancellation.

        facts: Of the household when it asked.

        booked_on: The day it asked, in Paris; a change keeps that of what it
            changes.
    """

    household: HouseholdId
    account: AccountId
    child: ChildId
    regie: RegieCode
    accueil: AccueilCode
    period: PeriodCode
    reglement: ReglementDigest
    facts: HouseholdFacts
    booked_on: dt.date


@frozen(kw_only=True)
class Request:
    """
    A numbered request.

    Attributes:
        created_at: UTC.

        held_until: First moment when it is no longer held, UTC.

        lines: By day, ascending; each day once.
    """

    number: RequestNumber
    asked: Asked
    created_at: dt.datetime
    held_until: dt.datetime
    lines: tuple[Line, ...]
    pin: Pin | None = None

    @property
    def taken_until(self) -> dt.datetime:
        """
        First moment when its held lines no longer take their places, UTC.

        Starting to pay early does not shorten the hold.
        """
        if self.pin is None:
            return self.held_until
        return max(self.held_until, self.pin.until)

    def line(self, day: dt.date) -> Line | None:
        """
        The line of *day*.
        """
        return next((line for line in self.lines if line.day == day), None)

    def is_held(self) -> bool:
        """
        Whether it still waits for its payment; perhaps past its time.
        """
        return any(line.state is LineState.HELD for line in self.lines)

    def state(self, at: dt.datetime) -> RequestState:
        """
        Where it stands *at* a moment.
        """
        if self.is_payable(at):
            return RequestState.AWAITING_PAYMENT
        states = {line.state for line in self.lines}
        for shown, state in _SHOWN.items():
            if shown in states:
                return state
        return RequestState.CANCELLED

    def is_paid(self) -> bool:
        """
        Whether money came for it once, whatever became of its days since.
        """
        return any(line.state in _PAID for line in self.lines)

    def is_payable(self, at: dt.datetime) -> bool:
        """
        Whether its places are still taken, and not yet paid.
        """
        return self.is_held() and is_taken(self.taken_until, at)

    def takes(self, line: Line, at: dt.datetime) -> bool:
        """
        Whether *line* takes its places *at* a moment.
        """
        match line.state:
            case LineState.CONFIRMED:
                return True
            case LineState.HELD:
                return is_taken(self.taken_until, at)
            case _:
                return False


_SHOWN = {
    LineState.HELD: RequestState.EXPIRED,
    LineState.EXPIRED: RequestState.EXPIRED,
    LineState.CONFIRMED: RequestState.CONFIRMED,
    LineState.DISCARDED: RequestState.DISCARDED,
    LineState.CREDITED: RequestState.CREDITED,
    LineState.SUPERSEDED: RequestState.SUPERSEDED,
}
