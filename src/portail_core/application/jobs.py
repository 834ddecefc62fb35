"""
What a scheduler runs, in any order, as often as it likes: jobs only tidy.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.domain import requests
from portail_core.domain.ids import (
    AttemptReference,
)
from portail_core.domain.payments import AttemptState
from portail_core.ports.clock import Clock
from portail_core.ports.payment import PaymentProvider
from portail_core.ports.store import Store, Transaction

from ._attempts import lapse
from ._commits import commit
from ._failures import Failures
from ._recorder import Recorder
from .payments import settle
from .reglements import ActiveReglement

BATCH = 200
"""
Requests released in one commit: enough that commits cost little beside them,
few enough that a family waits for a fraction of a second, on a store with one
writer, and that one which changes meanwhile has few others done again.
"""


@frozen(kw_only=True)
class Tidied:
    """
    How many things a job changed; zero when there was nothing to do.
    """

    count: int


def expire(
    *, store: Store, clock: Clock, reglement: ActiveReglement
) -> Tidied:
    """
    Release requests that nobody paid in time, and that no other worker has in
    hand; a batch is one commit.

    Their places were free already: whoever looked counted them so.

    Raises:
        StorageBusy: What was released until then stays so.
    """
    at = clock.now()

    def work(tx: Transaction) -> int:
        recorder = Recorder(
            tx=tx, actor="job/expire", at=at, reglement=reglement.digest
        )
        stale = tx.stale_requests(at, BATCH)
        for request in stale:
            recorder.request(requests.Expire(at=at), request)
        return len(stale)

    count = 0
    while released := commit(store, work):
        count += released
    return Tidied(count=count)


def reconcile(
    *,
    store: Store,
    clock: Clock,
    payment: PaymentProvider,
    reglement: ActiveReglement,
) -> Tidied:
    """
    Ask the provider what became of every attempt without an answer.

    Payers close their browser, notifications get lost: this finds their money.
    Workers at once ask about the same ones, and keep each answer once.
    What goes wrong with one is raised once the others were asked about.
    """
    with store.reading() as reading:
        references = reading.unresolved_attempts()
    failures = Failures()
    count = 0
    for reference in references:
        with failures.kept():
            count += _reconciled(
                reference,
                store=store,
                clock=clock,
                payment=payment,
                reglement=reglement,
            )
    failures.tell()
    return Tidied(count=count)


def _reconciled(
    reference: AttemptReference,
    *,
    store: Store,
    clock: Clock,
    payment: PaymentProvider,
    reglement: ActiveReglement,
) -> bool:
    with store.reading() as reading:
        attempt = reading.attempt(reference)
    assert attempt is not None, "an attempt is never removed"
    after: AttemptState | None
    if attempt.key is None:
        after = _lapsed(
            reference, store=store, clock=clock, reglement=reglement
        )
    else:
        after = settle(
            attempt.key,
            actor="job/reconcile",
            store=store,
            clock=clock,
            payment=payment,
            reglement=reglement,
        )
    return after is not attempt.state


def _lapsed(
    reference: AttemptReference,
    *,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> AttemptState:
    at = clock.now()

    def work(tx: Transaction) -> AttemptState:
        attempt = tx.attempt(reference)
        assert attempt is not None, "an attempt is never removed"
        recorder = Recorder(
            tx=tx, actor="job/reconcile", at=at, reglement=reglement.digest
        )
        books = tx.of(attempt.household).ledger(attempt.regie)
        lapsed, _ = lapse(recorder, attempt, books)
        return lapsed.state

    return commit(store, work)
