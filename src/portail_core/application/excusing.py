"""
A document that comes after days were cancelled, and what it gives back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve

from portail_core.domain import ledger, requests
from portail_core.domain.cancellation import NothingMore, Settlement
from portail_core.domain.ids import (
    ChildId,
    HouseholdId,
    ReasonCode,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.notices import CancellationConfirmed
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import (
    DayCancelled,
    DayExcused,
    DayNotCancelled,
    Request,
)
from portail_core.ports.clock import Clock
from portail_core.ports.store import Queued, Reading, Store, Transaction

from ._absences import cancelled_days, claim_of, settlements
from ._booking import known_request
from ._commits import commit
from ._crediting import credited_days, invoice_of
from ._paying import issue_credit_note
from ._recorder import Recorder
from .cancelling import Cancellation, CancelledDay
from .dossiers import Agent
from .reglements import ActiveReglement


def excuse(
    number: RequestNumber,
    day: dt.date,
    *,
    household: HouseholdId,
    reason: ReasonCode,
    about: ChildId | None = None,
    document_at: dt.datetime,
    agent: Agent,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Cancellation:
    """
    Credit what a document adds to days that were cancelled.

    The reason is not kept: it may be a child's health.  Staff, who holds the
    document, says it again; the moment of the cancellation decides as it did.

    Args:
        number: A request of *household*.

        day: A cancelled line of it; those cancelled with it are judged with
            it.

        reason: One of those that families may give.

        about: The child that the document is about; `None` is the one booked.

        document_at: When it came, UTC.

        agent: Who holds it.

        clock: When the avoir is issued.

        reglement: Numbers it; the booking's own version decides what is
            given back.

    Returns:
        The days for which more is credited, and how much more.

    Raises:
        Refused: `RequestUnknown`, `DayNotCancelled`, `ReasonUnknown`,
            `ChildUnknown`, or `NothingMore` if the document changes nothing:
            so also the second time.
    """
    at = clock.now()

    def work(tx: Transaction) -> Cancellation:
        request = known_request(tx.of(household), number)
        told = _cancelled_with(request, day, tx)
        claim = claim_of(request.asked, reason, about, tx)
        assert claim is not None, "there is a reason"
        more = tuple(
            _more(
                settlements(
                    request.asked,
                    cancelled_days(request, tuple(told), tx),
                    tx,
                    _told_at(request, day, tx),
                    claim=evolve(claim, document_at=document_at),
                ),
                told,
            )
        )
        if not more:
            raise Refused(NothingMore(day))
        recorder = Recorder(
            tx=tx, actor=agent.actor, at=at, reglement=reglement.digest
        )
        return _credited(recorder, request, more, reglement)

    return commit(store, work)


def _stream(request: Request) -> str:
    return f"request/{request.number}"


def _told_at(request: Request, day: dt.date, reading: Reading) -> dt.datetime:
    for entry in reading.journal(_stream(request)):
        event = entry.event
        if isinstance(event, DayCancelled) and event.day == day:
            return entry.at
    raise Refused(DayNotCancelled(day))


def _cancelled_with(
    request: Request, day: dt.date, reading: Reading
) -> dict[dt.date, Money]:
    """
    The days cancelled together with *day*, and what was credited for each
    until now.
    """
    at = _told_at(request, day, reading)
    credited: dict[dt.date, Money] = {}
    for entry in reading.journal(_stream(request)):
        match entry.event:
            case DayCancelled() as event if entry.at == at:
                credited[event.day] = event.credited
            case DayExcused() as event if event.day in credited:
                credited[event.day] += event.credited
    return credited


def _more(
    found: tuple[Settlement, ...],
    credited: dict[dt.date, Money],
) -> Iterator[CancelledDay]:
    days = sorted(credited)
    for day, settlement in zip(days, found, strict=True):
        if settlement.credited > credited[day]:
            more = settlement.credited - credited[day]
            yield CancelledDay(
                day=day, settlement=evolve(settlement, credited=more)
            )


def _credited(
    recorder: Recorder,
    request: Request,
    days: tuple[CancelledDay, ...],
    reglement: ActiveReglement,
) -> Cancellation:
    family = recorder.tx.of(request.asked.household)
    lines = tuple(
        line
        for one in days
        for line in credited_days(request, one.day, one.settlement, family)
    )
    note = issue_credit_note(
        recorder,
        invoice_of(request.number, family),
        lines,
        reglement,
    )
    recorder.ledger(
        family.ledger(request.asked.regie),
        ledger.Issue(credit_note=note.number, amount=note.amount),
    )
    recorder.request(
        requests.Excuse(
            settlements=tuple((one.day, one.settlement) for one in days),
            credit_note=note.number,
        ),
        request,
    )
    recorder.tx.put(
        Queued(
            key=f"excused/{note.number}",
            notice=CancellationConfirmed(
                account=request.asked.account,
                household=request.asked.household,
                request=request.number,
                days=lines,
                credit_note=note.number,
            ),
            queued_at=recorder.at,
            due_at=recorder.at,
        )
    )
    return Cancellation(
        request=request.number, days=days, credit_note=note.number
    )
