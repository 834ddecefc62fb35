"""
Cancelling paid days under the règlement, with what it gives back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve, frozen

from portail_core.domain import ledger, requests
from portail_core.domain.cancellation import (
    By,
    CreditChanged,
    DayOver,
    Reason,
    Settlement,
)
from portail_core.domain.days import day_of
from portail_core.domain.ids import (
    ChildId,
    CommandKey,
    CreditNoteNumber,
    ReasonCode,
    RequestNumber,
)
from portail_core.domain.invoices import (
    CreditedDay,
    CreditNote,
)
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.notices import CancellationConfirmed
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import Request, refuse_unless_booked
from portail_core.ports.clock import Clock
from portail_core.ports.store import (
    HouseholdReading,
    PoolDay,
    Queued,
    Reading,
    Store,
    Transaction,
)

from . import reglements
from ._absences import claim_of, released_days, settlements
from ._booking import (
    known_request,
    locks_of,
    refuse_while_changing,
)
from ._commands import Command, once
from ._commits import commit
from ._crediting import credited_days, invoice_of
from ._paying import issue_credit_note
from ._recorder import Recorder, recorder_of
from .members import Member
from .reglements import ActiveReglement


@frozen(kw_only=True)
class CancelledDay:
    """
    A day cancelled, or about to be, and where its money goes.
    """

    day: dt.date
    settlement: Settlement


@frozen(kw_only=True)
class Cancellation:
    """
    Days of one request, cancelled or about to be.

    Attributes:
        left: What is paid from now on for the days that remain, where it is
            not as before: those of a package that is broken.

        credit_note: The avoir that holds what is credited; `None` before
            cancelling, and if nothing is credited.
    """

    request: RequestNumber
    days: tuple[CancelledDay, ...]
    left: tuple[tuple[dt.date, Money], ...] = ()
    credit_note: CreditNoteNumber | None

    @property
    def credited(self) -> Money:
        """
        What the family gets back, in all.
        """
        return total(day.settlement.credited for day in self.days)

    @property
    def kept(self) -> Money:
        """
        What the operator keeps, in all.
        """
        return total(day.settlement.kept for day in self.days)


@frozen(kw_only=True)
class _Given:
    reason: ReasonCode | None
    about: ChildId | None


def reasons(
    number: RequestNumber, *, member: Member, store: Store
) -> tuple[Reason, ...]:
    """
    Those that the family may give for days of a request, in the order of the
    règlement under which it was booked.

    Raises:
        Refused: `RequestUnknown`.
    """
    with store.reading() as reading:
        request = known_request(reading.of(member.household), number)
        under = reglements.version(reading, request.asked.reglement)
    return tuple(one for one in under.reasons if one.by is By.FAMILY)


def preview(
    number: RequestNumber,
    days: Iterable[dt.date],
    *,
    reason: ReasonCode | None = None,
    about: ChildId | None = None,
    member: Member,
    store: Store,
    clock: Clock,
) -> Cancellation:
    """
    What cancelling *days* now would give back.

    Args:
        number: A request of the household.

        days: Confirmed lines of it.

        reason: Why, as the règlement calls it; `None` without one.

        about: The child that the reason is about; `None` is the one booked.

    Raises:
        Refused: `RequestUnknown`, `ReasonUnknown`, `ChildUnknown`, and for
            each day `DayNotBooked` or `DayOver`.
    """
    at = clock.now()
    with store.reading() as reading:
        request = known_request(reading.of(member.household), number)
        given = _Given(reason=reason, about=about)
        return _weighed(request, _ascending(days), reading, at, given)


def cancel(
    number: RequestNumber,
    days: Iterable[dt.date],
    *,
    shown_credit: Money,
    command: CommandKey,
    reason: ReasonCode | None = None,
    about: ChildId | None = None,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Cancellation:
    """
    Cancel paid *days*: their places are free, and what the règlement gives
    back becomes one avoir.  One mail confirms it.

    Args:
        number: A request of the household.

        days: Confirmed lines of it.

        shown_credit: What the family was told that it gets back.

        command: The same key cancels once.

        reason: As in `preview`; it is not kept.  Where it needs a document,
            see `portail_core.application.excusing`.

        about: As in `preview`.

        clock: When; the notice is counted to this moment.

        reglement: Numbers the avoir; the booking's own version decides what
            is given back.

    Raises:
        Refused: As `preview`, or `CreditChanged` if a deadline passed since
            the family looked.
    """
    at = clock.now()
    wanted = _ascending(days)
    given = _Given(reason=reason, about=about)
    asked = Command(
        household=member.household,
        key=command,
        name="cancel",
        arguments=(number, wanted, shown_credit, reason, about),
    )

    def work(tx: Transaction) -> Cancellation:
        recorder = recorder_of(member, tx, reglement, at)

        def act() -> Cancellation:
            request = known_request(tx.of(member.household), number)
            weighed = _weighed(request, wanted, tx, at, given)
            if weighed.credited != shown_credit:
                refusal = CreditChanged(shown_credit, weighed.credited)
                raise Refused(refusal)
            done = _cancelled(recorder, request, weighed, reglement)
            _tell(recorder, member, request, done, command)
            return done

        return once(tx, asked, Cancellation, act)

    def locks() -> tuple[PoolDay, ...]:
        # So that no change of these days is held meanwhile.
        with store.reading() as reading:
            request = known_request(reading.of(member.household), number)
        return locks_of(line for line in request.lines if line.day in wanted)

    return commit(store, work, locks=locks)


def _ascending(days: Iterable[dt.date]) -> tuple[dt.date, ...]:
    return tuple(sorted(set(days)))


def _weighed(
    request: Request,
    days: tuple[dt.date, ...],
    reading: Reading,
    at: dt.datetime,
    given: _Given,
) -> Cancellation:
    if not days:
        raise Refused(requests.NoDayCancelled())
    refuse_unless_booked(request, days)
    refuse_while_changing(request, days, reading, at)
    over = [DayOver(day) for day in days if day < day_of(at)]
    if over:
        raise Refused(*over)
    released = released_days(request, days, reading)
    split = settlements(
        request.asked,
        released.days,
        reading,
        at,
        claim=claim_of(request.asked, given.reason, given.about, reading),
    )
    return Cancellation(
        request=request.number,
        days=tuple(
            CancelledDay(day=day, settlement=settlement)
            for day, settlement in zip(days, split, strict=True)
        ),
        left=released.left,
        credit_note=None,
    )


def _cancelled(
    recorder: Recorder,
    request: Request,
    weighed: Cancellation,
    reglement: ActiveReglement,
) -> Cancellation:
    note = _credit_note(recorder, request, weighed, reglement)
    done = evolve(weighed, credit_note=note.number if note else None)
    recorder.request(
        requests.Cancel(
            settlements=tuple((d.day, d.settlement) for d in done.days),
            left=done.left,
            credit_note=done.credit_note,
        ),
        request,
    )
    return done


def _tell(
    recorder: Recorder,
    member: Member,
    request: Request,
    done: Cancellation,
    command: CommandKey,
) -> None:
    notice = CancellationConfirmed(
        account=member.account,
        household=member.household,
        request=done.request,
        days=_credited_days(request, done, recorder.tx.of(member.household)),
        credit_note=done.credit_note,
    )
    recorder.tx.put(
        Queued(
            key=f"cancelled/{member.household}/{command}",
            notice=notice,
            queued_at=recorder.at,
            due_at=recorder.at,
        )
    )


def _credit_note(
    recorder: Recorder,
    request: Request,
    weighed: Cancellation,
    reglement: ActiveReglement,
) -> CreditNote | None:
    if weighed.credited == ZERO:
        return None
    family = recorder.tx.of(request.asked.household)
    note = issue_credit_note(
        recorder,
        invoice_of(request.number, family),
        _credited_days(request, weighed, family),
        reglement,
    )
    recorder.ledger(
        family.ledger(request.asked.regie),
        ledger.Issue(credit_note=note.number, amount=note.amount),
    )
    return note


def _credited_days(
    request: Request, weighed: Cancellation, family: HouseholdReading
) -> tuple[CreditedDay, ...]:
    return tuple(
        line
        for day in weighed.days
        for line in credited_days(request, day.day, day.settlement, family)
    )
