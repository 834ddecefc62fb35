"""
« Voir / Modifier la réservation sur le planning », once it is paid.

What costs more is a request of its own, and the booked day stands until it is
paid; what costs no more stands at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve, frozen

from portail_core.domain import bookings, ledger, requests
from portail_core.domain.amplitudes import Chosen, amplitude_of, hours_of
from portail_core.domain.cancellation import (
    CreditChanged,
    DayOver,
    Settlement,
)
from portail_core.domain.days import day_of
from portail_core.domain.ids import (
    CommandKey,
    CreditNoteNumber,
    RequestNumber,
)
from portail_core.domain.money import ZERO, Money
from portail_core.domain.notices import DayChangeConfirmed
from portail_core.domain.payments import PriceChanged
from portail_core.domain.quotes import Quote, difference, estimate
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.requests import (
    Line,
    LineState,
    PricedTogether,
    Replaced,
    Request,
    SameAmplitude,
    refuse_unless_booked,
)
from portail_core.ports.clock import Clock
from portail_core.ports.store import (
    PoolDay,
    Queued,
    Reading,
    Store,
    Transaction,
)

from ._absences import released_day, settlements
from ._booking import (
    known_child,
    known_request,
    locks_of,
    refuse_while_changing,
)
from ._commands import Command, once
from ._commits import commit
from ._crediting import credited_days, invoice_of
from ._paying import issue_credit_note
from ._pricing import Tariff, tariff_of
from ._recorder import Recorder, recorder_of
from .changing import lines_for, refusals_of
from .members import Member
from .planning import HeldRequest, held_request
from .reglements import ActiveReglement


@frozen(kw_only=True)
class DayChange:
    """
    Another amplitude for a booked day: what it costs, or gives back.

    Attributes:
        quote: The difference, row by row; what was paid before counts less
            than zero.

        settlement: Where what was paid beyond its price goes; `None` if
            there is something to pay.

        held: The request to pay; `None` before asking, and if there is
            nothing to pay.

        credit_note: The avoir that holds what is credited; `None` before
            asking, and if nothing is.
    """

    quote: Quote
    settlement: Settlement | None
    held: HeldRequest | None = None
    credit_note: CreditNoteNumber | None = None

    @property
    def to_pay(self) -> Money:
        """
        Before the day is changed; zero if it is at once.
        """
        return self.quote.total if self.settlement is None else ZERO

    @property
    def credited(self) -> Money:
        """
        What the family gets back.
        """
        return self.settlement.credited if self.settlement else ZERO


def preview(
    number: RequestNumber,
    day: dt.date,
    amplitude: Chosen,
    *,
    member: Member,
    store: Store,
    clock: Clock,
) -> DayChange:
    """
    What another amplitude for a booked day would cost now, or give back.

    Whether its places are free is not asked.

    Raises:
        Refused: `RequestUnknown`, `DayNotBooked`, `DayOver`,
            `SameAmplitude`, `AmplitudeUnknown`, `ChangePending`.
    """
    at = clock.now()
    with store.reading() as reading:
        request = known_request(reading.of(member.household), number)
        return _weighed(request, day, amplitude, reading, at)


def change_day(
    number: RequestNumber,
    day: dt.date,
    amplitude: Chosen,
    *,
    shown: DayChange,
    command: CommandKey,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> DayChange:
    """
    Another amplitude for a booked day.

    One that costs more is a request to pay: it takes the added parts of the
    day, and the booked day stands until it is paid.  One that costs no more
    stands at once, and what was paid beyond it is credited as a cancellation
    at that notice would be.  Prices are those of the booking.

    Args:
        number: A request of the household.

        day: A confirmed line of it.

        amplitude: Another one, of the same accueil; or other hours.

        shown: What the family was shown.

        command: The same key changes once.

        clock: When; the notice is counted to this moment.

        reglement: Decides windows, deadlines, capacity and gates for what is
            added, and until when days are changed; numbers the avoir.

    Raises:
        Refused: As `preview`, `PriceChanged` or `CreditChanged`;
            `ChangeTooLate`; and as `planning.request` if anything is added.
    """
    asked = Command(
        household=member.household,
        key=command,
        name="change_day",
        arguments=(number, day, amplitude, shown.to_pay, shown.credited),
    )
    change = _Change(
        number=number,
        day=day,
        chosen=amplitude,
        member=member,
        reglement=reglement,
        command=command,
    )
    at = clock.now()

    def work(tx: Transaction) -> DayChange:
        recorder = recorder_of(member, tx, reglement, at)
        return once(tx, asked, DayChange, lambda: change.made(recorder, shown))

    def locks() -> tuple[PoolDay, ...]:
        with store.reading() as reading:
            family = reading.of(member.household)
            if family.command(asked.kept_key) is not None:
                # Answered as it was, whatever became of what it asked for.
                return ()
            request = known_request(family, number)
            lines = lines_for(request, {day: amplitude}, reading, reglement)
        return locks_of((*request.lines, *lines))

    return commit(store, work, locks=locks)


def _weighed(
    request: Request,
    day: dt.date,
    chosen: Chosen,
    reading: Reading,
    at: dt.datetime,
) -> DayChange:
    refuse_unless_booked(request, (day,))
    if day < day_of(at):
        raise Refused(DayOver(day))
    refuse_while_changing(request, (day,), reading, at)
    line = request.line(day)
    assert line is not None, "it is booked"
    if line.chosen == chosen:
        raise Refused(SameAmplitude(day))
    tariff = tariff_of(request, reading)
    _refuse_priced_together(request, line, tariff)
    other = evolve(
        line, amplitude=amplitude_of(chosen), hours=hours_of(chosen)
    )
    quote = estimate(difference(tariff.price((other,)), tariff.price((line,))))
    if quote.total > ZERO:
        return DayChange(quote=quote, settlement=None)
    released = released_day(
        request.asked, tariff.period, line, ZERO - quote.total, quote.lines
    )
    (settlement,) = settlements(request.asked, (released,), reading, at)
    return DayChange(quote=quote, settlement=settlement)


def _refuse_priced_together(
    request: Request, line: Line, tariff: Tariff
) -> None:
    booked = [one for one in request.lines if one.state is LineState.CONFIRMED]
    if any(
        one.together and one.day == line.day for one in tariff.price(booked)
    ):
        raise Refused(PricedTogether(line.day))


@frozen(kw_only=True)
class _Change:
    """
    One booked day, one other amplitude.
    """

    number: RequestNumber
    day: dt.date
    chosen: Chosen
    member: Member
    reglement: ActiveReglement
    command: CommandKey

    def made(self, recorder: Recorder, shown: DayChange) -> DayChange:
        tx = recorder.tx
        request = known_request(tx.of(self.member.household), self.number)
        weighed = _weighed(request, self.day, self.chosen, tx, recorder.at)
        line = self._line(request, tx)
        refusals = [*_unless_as_shown(weighed, shown)]
        if line.places or weighed.settlement is None:
            refusals.extend(
                refusals_of(
                    request, (line,), self.member, recorder, self.reglement
                )
            )
        else:
            refusals.extend(self._late(request, line, recorder))
        if refusals:
            raise Refused(*refusals)
        if weighed.settlement is None:
            held = self._hold(request, line, recorder)
            return evolve(weighed, held=held_request(held, weighed.to_pay))
        return self._altered(request, line, weighed, recorder)

    def _late(
        self, request: Request, line: Line, recorder: Recorder
    ) -> tuple[Refusal, ...]:
        """
        Of what costs no more and adds nothing, only this is asked.
        """
        reglement = self.reglement.value
        family = recorder.tx.of(self.member.household)
        return bookings.too_late_to_change(
            line,
            period=reglement.period(request.asked.period),
            child=known_child(family, request.asked.child),
            household=request.asked.facts,
            reglement=reglement,
            at=recorder.at,
        )

    def _line(self, request: Request, reading: Reading) -> Line:
        """
        The changed day, with the places that it adds to those it replaces.
        """
        (line,) = lines_for(
            request, {self.day: self.chosen}, reading, self.reglement
        )
        return bookings.replacing(request, line)

    def _hold(
        self, request: Request, line: Line, recorder: Recorder
    ) -> Request:
        at = recorder.at
        number = RequestNumber(recorder.tx.next_number("requests"))
        return recorder.request(
            requests.Hold(
                number=number,
                asked=evolve(request.asked, account=self.member.account),
                lines=(line,),
                at=at,
                span=self.reglement.value.hold.on(day_of(at)).value.span,
            ),
            None,
        )

    def _altered(
        self,
        request: Request,
        line: Line,
        weighed: DayChange,
        recorder: Recorder,
    ) -> DayChange:
        settlement, replaces = weighed.settlement, line.replaces
        assert settlement is not None, "there is nothing to pay"
        assert replaces is not None, "it changes a booked day"
        note = self._credit(request, settlement, recorder)
        recorder.request(
            requests.Alter(
                day=self.day,
                amplitude=line.amplitude,
                hours=line.hours,
                places=(*replaces.places, *line.places),
                paid=replaces.paid + weighed.quote.total,
                settlement=settlement,
                credit_note=note,
            ),
            request,
        )
        self._tell(request, replaces, settlement, note, recorder)
        return evolve(weighed, credit_note=note)

    def _credit(
        self, request: Request, settlement: Settlement, recorder: Recorder
    ) -> CreditNoteNumber | None:
        if settlement.credited == ZERO:
            return None
        family = recorder.tx.of(request.asked.household)
        note = issue_credit_note(
            recorder,
            invoice_of(request.number, family),
            credited_days(request, self.day, settlement, family),
            self.reglement,
        )
        recorder.ledger(
            family.ledger(request.asked.regie),
            ledger.Issue(credit_note=note.number, amount=note.amount),
        )
        return note.number

    def _tell(
        self,
        request: Request,
        replaced: Replaced,
        settlement: Settlement,
        note: CreditNoteNumber | None,
        recorder: Recorder,
    ) -> None:
        notice = DayChangeConfirmed(
            account=self.member.account,
            household=self.member.household,
            request=request.number,
            day=self.day,
            before=replaced.amplitude,
            after=amplitude_of(self.chosen),
            settlement=settlement,
            credit_note=note,
        )
        recorder.tx.put(
            Queued(
                key=f"changed/{self.member.household}/{self.command}",
                notice=notice,
                queued_at=recorder.at,
                due_at=recorder.at,
            )
        )


def _unless_as_shown(
    weighed: DayChange, shown: DayChange
) -> Iterable[Refusal]:
    if weighed.to_pay != shown.to_pay:
        yield PriceChanged(shown.to_pay, weighed.to_pay)
    if weighed.credited != shown.credited:
        yield CreditChanged(shown.credited, weighed.credited)
