"""
From a command to events, and from events to the attempt.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from attrs import evolve as replace

from portail_core.domain.money import ZERO

from ._commands import (
    Command,
    GiveUp,
    Lapse,
    Open,
    PayWithCredits,
    Present,
    Take,
)
from ._events import (
    AttemptAbandoned,
    AttemptBecameUnknown,
    AttemptOpened,
    AttemptPaid,
    AttemptPresented,
    AttemptRefused,
    Event,
    MoneySetAside,
)
from ._state import (
    OPEN,
    UNRESOLVED,
    Attempt,
    AttemptState,
    Outcome,
    Paid,
    Unpaid,
)


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
    match command.report:
        case Paid() as paid:
            return _paid(paid, command, attempt)
        case Unpaid(outcome=Outcome.PENDING):
            return _lapsed(attempt, command.at)
        case _ if attempt.state not in UNRESOLVED:
            return ()
        case Unpaid(outcome=Outcome.REFUSED):
            return (AttemptRefused(),)
        case Unpaid():
            return (AttemptAbandoned(),)
        case _:
            assert_never(command.report)


def _paid(paid: Paid, command: Take, attempt: Attempt) -> tuple[Event, ...]:
    if attempt.state in {AttemptState.PAID, AttemptState.SET_ASIDE}:
        return ()
    checks = {
        "payment.mismatch.amount": paid.amount == attempt.to_pay,
        "payment.mismatch.reference": paid.reference == attempt.reference,
        "payment.mismatch.mode": paid.mode is command.expected,
        "payment.mismatch.credits": command.credits >= attempt.credits,
    }
    mismatches = tuple(rule for rule, holds in checks.items() if not holds)
    if mismatches:
        return (MoneySetAside(amount=paid.amount, mismatches=mismatches),)
    return (AttemptPaid(amount=paid.amount),)


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
