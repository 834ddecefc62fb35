"""
What the checks of the store contract are made of.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any, TypeVar

import pytest

from portail_core.domain.accounts import Account, Session
from portail_core.domain.changes import Change
from portail_core.domain.children import Child, Custody
from portail_core.domain.documents import Document
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.households import Household
from portail_core.domain.invoices import CreditNote, Invoice, InvoiceParty
from portail_core.domain.ledger import Ledger
from portail_core.domain.links import Link
from portail_core.domain.matches import Dismissal
from portail_core.domain.pages import Paging
from portail_core.domain.payments import Attempt
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.registrations import Registration
from portail_core.domain.requests import Request
from portail_core.ports.store import (
    ConcurrentChange,
    HouseholdReading,
    KeptCommand,
    Queued,
    Reading,
    Record,
    ReglementVersion,
    StorageBusy,
    Store,
    Transaction,
)

from .builders import HOUSEHOLD

T = TypeVar("T")

MEETING_SECONDS = 0.2
"""How long one writer waits for another, which the store may hold back."""

PATIENCE_SECONDS = 30.0
"""How long writers who race may take, before they are held to hang."""


def keep(store: Store, *records: Record) -> None:
    """
    Put all *records* in one commit.
    """
    with store.transaction() as tx:
        for record in records:
            tx.put(record)


def commit(store: Store, work: Callable[[Transaction], object]) -> None:
    """
    Do *work* in one commit.
    """
    with store.transaction() as tx:
        work(tx)


def fail(store: Store, work: Callable[[Transaction], object]) -> bool:
    """
    Do *work* in a transaction that then raises; it does.
    """
    with pytest.raises(ZeroDivisionError):
        commit(store, lambda tx: (work(tx), 1 // 0))
    return True


def again(job: Callable[[], T]) -> T:
    """
    Run *job* until no other writer comes first.
    """
    while True:
        with contextlib.suppress(ConcurrentChange, StorageBusy):
            return job()


def race(
    *jobs: Callable[[], T], patience_seconds: float = PATIENCE_SECONDS
) -> tuple[T, ...]:
    """
    Run *jobs* at the same time, each in its thread; their answers, in order.

    Raises:
        AssertionError: If one neither ends nor is told within its patience.
    """
    futures = tuple(start(job) for job in jobs)
    _, late = wait(futures, timeout=patience_seconds)
    assert not late, (
        f"of {len(jobs)} writers at once, {len(late)} were neither let in nor"
        f" told ConcurrentChange or StorageBusy in {patience_seconds} seconds"
    )
    return tuple(future.result() for future in futures)


def start(job: Callable[[], T]) -> Future[T]:
    """
    Run *job* in a thread that keeps nobody from leaving.
    """
    future: Future[T] = Future()
    Thread(target=_fulfil, args=(job, future), daemon=True).start()
    return future


def _fulfil(job: Callable[[], T], future: Future[T]) -> None:
    try:
        future.set_result(job())
    except BaseException as error:  # noqa: BLE001 - told to who waits for it
        future.set_exception(error)


def meet(place: Barrier) -> None:
    """
    Wait for the other writer, unless the store does not let it in.

    An optimistic store lets both read before either writes; one that locks
    lets the second in when the first is done, and nobody meets.
    """
    with contextlib.suppress(BrokenBarrierError):
        place.wait(MEETING_SECONDS)


def read_back(reading: Reading, record: Record) -> Record | None:
    """
    What is kept under the key of *record*, by the read that names it.
    """
    return _READS[type(record)](reading, record)


_READS: Mapping[type[Any], Callable[[Reading, Any], Record | None]] = {
    Account: lambda reading, one: reading.account(one.id),
    Link: lambda reading, one: reading.link(one.digest),
    Session: lambda reading, one: reading.session(one.digest),
    Dismissal: lambda reading, one: reading.dismissal(
        one.registered, one.dossier
    ),
    Registration: lambda reading, one: reading.registration(one.digest),
    Household: lambda reading, one: reading.of(one.id).household(),
    Child: lambda reading, one: reading.of(HOUSEHOLD).child(one.id),
    Custody: lambda reading, one: _of(reading, one).custody(one.child),
    Document: lambda reading, one: reading.document(one.id),
    PreRegistration: lambda reading, one: reading.pre_registration(one.id),
    Acceptance: lambda reading, one: reading.acceptance(
        one.account, one.version
    ),
    Change: lambda reading, one: next(
        change
        for change in _of(reading, one).latest_changes(Paging(size=100))
        if change.id == one.id
    ),
    Request: lambda reading, one: _of(reading, one.asked).request(one.number),
    Attempt: lambda reading, one: reading.attempt(one.reference),
    Ledger: lambda reading, one: _of(reading, one).ledger(one.regie),
    Invoice: lambda reading, one: _of(reading, one).invoice(one.number),
    InvoiceParty: lambda reading, one: reading.of(HOUSEHOLD).invoice_party(
        one.invoice
    ),
    CreditNote: lambda reading, one: _of(reading, one).credit_note(one.number),
    Queued: lambda reading, one: reading.queued(one.key),
    KeptCommand: lambda reading, one: _of(reading, one).command(one.key),
    ReglementVersion: lambda reading, one: next(
        version for version in reading.reglements() if version == one
    ),
}


def _of(reading: Reading, record: Any) -> HouseholdReading:
    return reading.of(record.household)
