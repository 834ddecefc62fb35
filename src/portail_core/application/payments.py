"""
What happens when a provider answers: money, bookings, invoice and notices in
one commit.

Notification, return page and reconciliation all end in `settle`, which asks
the provider itself, and changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain import ledger, payments
from portail_core.domain.ids import (
    ProviderKey,
)
from portail_core.domain.payments import (
    Attempt,
    AttemptAbandoned,
    AttemptPaid,
    AttemptRefused,
    AttemptState,
    MoneySetAside,
    Outcome,
    Report,
    Unpaid,
)
from portail_core.ports.clock import Clock
from portail_core.ports.payment import (
    KeyUnknown,
    PaymentProvider,
    ProviderUnavailable,
)
from portail_core.ports.store import Store, Transaction

from ._attempts import locks_for, release
from ._commits import commit
from ._paying import pay
from ._recorder import Recorder
from .reglements import ActiveReglement


def notified(
    params: Mapping[str, str],
    *,
    store: Store,
    clock: Clock,
    payment: PaymentProvider,
    reglement: ActiveReglement,
) -> AttemptState | None:
    """
    A provider, or a payer's browser, says that something happened.

    Nothing in *params* is believed but the key, and the provider is asked.

    Args:
        params: As received, by GET or POST.

    Returns:
        Where the attempt stands now; `None` if no attempt of ours is meant:
        answer the caller with success all the same.
    """
    key = payment.key_in(params)
    if key is None:
        return None
    return settle(
        key,
        actor="provider",
        store=store,
        clock=clock,
        payment=payment,
        reglement=reglement,
    )


def settle(
    key: ProviderKey,
    *,
    actor: str,
    store: Store,
    clock: Clock,
    payment: PaymentProvider,
    reglement: ActiveReglement,
) -> AttemptState | None:
    """
    Ask the provider, and keep what it answers – all of it, or nothing.

    Money that came in time confirms its bookings.  Late money is decided
    request by request: confirmed if every day is still to come and open and
    every place free, else it becomes an avoir.  What does not match is set
    aside for an officer.

    Raises:
        StorageBusy: Nothing was kept; the provider will say it again.
    """
    with store.reading() as reading:
        attempt = reading.attempt_with_key(key)
    if attempt is None:
        return None
    report = _asked(payment, attempt)

    def work(tx: Transaction) -> AttemptState:
        # Stamped here: while the provider was asked, or others wrote, the
        # places may have become free, and been taken.
        recorder = Recorder(
            tx=tx, actor=actor, at=clock.now(), reglement=reglement.digest
        )
        return _take(recorder, attempt, report, payment, reglement)

    return commit(store, work, locks=lambda: locks_for(attempt, store))


def _asked(payment: PaymentProvider, attempt: Attempt) -> Report:
    assert attempt.key is not None, "it was found by its key"
    if attempt.provider != payment.name:
        # The one that took its place knows nothing of it, and that says
        # nothing of the money.
        return Unpaid(Outcome.PENDING)
    try:
        return payment.look_up(attempt.key)
    except KeyUnknown:
        return Unpaid(Outcome.ABANDONED)
    except ProviderUnavailable:
        return Unpaid(Outcome.PENDING)


def _take(
    recorder: Recorder,
    seen: Attempt,
    report: Report,
    payment: PaymentProvider,
    reglement: ActiveReglement,
) -> AttemptState:
    attempt = recorder.tx.attempt(seen.reference)
    assert attempt is not None, "an attempt is never removed"
    books = recorder.tx.of(attempt.household).ledger(attempt.regie)
    command = payments.Take(
        report=report,
        expected=payment.mode,
        credits=books.available + books.reserved(attempt.reference),
        at=recorder.at,
    )
    events = payments.decide(command, attempt)
    if not events:
        return attempt.state
    attempt = recorder.attempt(events, attempt)
    match events[-1]:
        case AttemptPaid():
            pay(recorder, attempt, books, reglement)
        case MoneySetAside(amount=amount):
            aside = ledger.SetAside(attempt=attempt.reference, amount=amount)
            release(recorder, attempt, recorder.ledger(books, aside))
        case AttemptRefused() | AttemptAbandoned():
            release(recorder, attempt, books)
        case _:
            # Unknown: the pin ended by itself, the avoirs stay reserved.
            pass
    return attempt.state
