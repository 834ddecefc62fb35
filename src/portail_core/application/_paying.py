"""
Money that is there: bookings, an invoice, avoirs and two notices.
"""

from __future__ import annotations

from portail_core.domain import ledger, requests
from portail_core.domain.bookings import may_still_happen
from portail_core.domain.ids import (
    InvoiceNumber,
    RequestNumber,
)
from portail_core.domain.invoices import (
    CreditedDay,
    CreditNote,
    Invoice,
    InvoiceLine,
    InvoiceParty,
    credit_note_number,
    credit_note_series,
    invoice_number,
    invoice_series,
)
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import ZERO
from portail_core.domain.notices import (
    BookingsRecap,
    Notice,
    PaymentConfirmed,
)
from portail_core.domain.payments import (
    Attempt,
    Due,
)
from portail_core.domain.places import Spot
from portail_core.domain.quotes import by_day
from portail_core.domain.reglement import Regie
from portail_core.domain.requests import LineState, Request
from portail_core.ports.store import Queued, Transaction

from ._attempts import requests_of
from ._booking import (
    known_request,
    spots_of,
    taken_by_child,
    taken_places,
)
from ._recorder import Recorder
from ._together import days_of
from .reglements import ActiveReglement, version


def pay(
    recorder: Recorder,
    attempt: Attempt,
    books: Ledger,
    reglement: ActiveReglement,
) -> None:
    """
    Turn a paid *attempt* into bookings, an invoice, avoirs and two notices.
    """
    invoice = _invoice(recorder, attempt, reglement)
    confirmed: list[RequestNumber] = []
    notes: list[CreditNote] = []
    added: list[Spot] = []
    for due in attempt.dues:
        request = recorder.tx.of(attempt.household).request(due.request)
        assert request is not None, "a request is never removed"
        if _pays(due, request, recorder) and _confirmable(
            recorder, attempt, request, added, reglement
        ):
            amounts = tuple(by_day(due.lines).items())
            confirm = requests.Confirm(
                attempt=attempt.reference, amounts=amounts
            )
            recorder.request(confirm, request)
            _supersede(recorder, request)
            confirmed.append(request.number)
        else:
            notes.append(_credit(recorder, request, due, invoice, reglement))
    missing = attempt.credits - books.reserved(attempt.reference)
    recorder.ledger(
        books,
        ledger.Reserve(attempt=attempt.reference, amount=missing),
        ledger.Settle(
            attempt=attempt.reference,
            invoice=invoice.number,
            amount=invoice.total,
        ),
        *(
            ledger.Issue(credit_note=note.number, amount=note.amount)
            for note in notes
        ),
    )
    _tell(recorder, attempt, invoice.number, tuple(confirmed), tuple(notes))


def _supersede(recorder: Recorder, request: Request) -> None:
    family = recorder.tx.of(request.asked.household)
    for line in request.lines:
        if line.replaces is not None:
            recorder.request(
                requests.Supersede(day=line.day, by=request.number),
                known_request(family, line.replaces.request),
            )


def _replaces_what_stands(recorder: Recorder, request: Request) -> bool:
    # A booked day that was given back meanwhile cannot be changed any more.
    family = recorder.tx.of(request.asked.household)
    for line in request.lines:
        if line.replaces is not None:
            booked = recorder.request_now(
                known_request(family, line.replaces.request)
            ).line(line.day)
            if booked is None or booked.state is not LineState.CONFIRMED:
                return False
            if booked.amplitude != line.replaces.amplitude:
                return False
            if not set(line.replaces.places) <= set(booked.places):
                return False
    return True


def _pays(due: Due, request: Request, recorder: Recorder) -> bool:
    # A request that was changed since is not what this money was for.
    return due.days == days_of(recorder.request_now(request))


def _confirmable(
    recorder: Recorder,
    attempt: Attempt,
    request: Request,
    added: list[Spot],
    reglement: ActiveReglement,
) -> bool:
    if not _replaces_what_stands(recorder, request):
        return False
    if request.is_payable(recorder.at):
        return True
    if not _still_waits(request):
        return False
    together = [due.request for due in attempt.dues]
    taken = dict(taken_places(recorder, request.lines, besides=together))
    # Places that this commit takes anew are in no row yet.
    for spot in added:
        taken[spot] = taken.get(spot, 0) + 1
    confirmable = may_still_happen(
        request.lines,
        period=reglement.value.find_period(request.asked.period),
        own=taken_by_child(
            recorder,
            request.asked.child,
            request.lines,
            besides=together,
        ),
        taken=taken,
        reglement=reglement.value,
        at=recorder.at,
    )
    if confirmable:
        added.extend(spots_of(request.lines))
    return confirmable


def _still_waits(request: Request) -> bool:
    # Thrown away, or paid by another attempt already: this money is an avoir,
    # and the request stays as it is.
    return all(
        line.state in {LineState.HELD, LineState.EXPIRED}
        for line in request.lines
    )


def _invoice(
    recorder: Recorder, attempt: Attempt, reglement: ActiveReglement
) -> Invoice:
    tx = recorder.tx
    asked = {r.number: r.asked for r in requests_of(recorder, attempt)}
    regie = _regie(attempt, attempt.dues[0].request, recorder, reglement)
    series = invoice_series(regie, recorder.at)
    invoice = Invoice(
        number=invoice_number(series, tx.next_number(series.name)),
        regie=attempt.regie,
        household=attempt.household,
        attempt=attempt.reference,
        issued_at=recorder.at,
        lines=tuple(
            InvoiceLine(
                request=due.request,
                accueil=asked[due.request].accueil,
                period=asked[due.request].period,
                priced=line,
            )
            for due in attempt.dues
            for line in due.lines
        ),
        paid_with_credits=attempt.credits,
    )
    tx.put(invoice)
    tx.put(_party(tx, attempt, invoice.number))
    return invoice


def _party(
    tx: Transaction, attempt: Attempt, number: InvoiceNumber
) -> InvoiceParty:
    household = tx.of(attempt.household).household()
    address = household.address
    return InvoiceParty(
        invoice=number,
        name=", ".join(adult.name for adult in household.adults),
        address=(
            f"{address.street}, {address.postcode} {address.town}"
            if address
            else ""
        ),
    )


def _credit(
    recorder: Recorder,
    request: Request,
    due: Due,
    invoice: Invoice,
    reglement: ActiveReglement,
) -> CreditNote:
    reason = _late_reason(recorder, request, due)
    note = issue_credit_note(
        recorder,
        invoice,
        tuple(
            CreditedDay(
                invoice=invoice.number,
                request=request.number,
                child=request.asked.child,
                day=day,
                kept=ZERO,
                credited=amount,
                reason=reason,
            )
            for day, amount in by_day(due.lines).items()
        ),
        reglement,
    )
    if reason not in _STAYS:
        recorder.request(
            requests.Credit(attempt=invoice.attempt, credit_note=note.number),
            request,
        )
    return note


_STAYS = frozenset(
    {"payment.late.no-longer-waited-for", "payment.late.request-changed"}
)
"""Reasons that say nothing of the request: it stays as it is."""


def _late_reason(recorder: Recorder, request: Request, due: Due) -> str:
    if not _still_waits(request):
        return "payment.late.no-longer-waited-for"
    if not _pays(due, request, recorder):
        return "payment.late.request-changed"
    if not _replaces_what_stands(recorder, request):
        return "payment.late.day-changed"
    return "payment.late.place-gone"


def issue_credit_note(
    recorder: Recorder,
    invoice: Invoice,
    days: tuple[CreditedDay, ...],
    reglement: ActiveReglement,
) -> CreditNote:
    """
    Number and keep an avoir, at the régie of *invoice*.
    """
    regie = _regie(invoice, days[0].request, recorder, reglement)
    series = credit_note_series(regie, recorder.at)
    note = CreditNote(
        number=credit_note_number(
            series, recorder.tx.next_number(series.name)
        ),
        regie=invoice.regie,
        household=invoice.household,
        issued_at=recorder.at,
        days=days,
    )
    recorder.tx.put(note)
    return note


def _regie(
    of: Attempt | Invoice,
    number: RequestNumber,
    recorder: Recorder,
    reglement: ActiveReglement,
) -> Regie:
    found = reglement.value.find_regie(of.regie)
    if found is not None:
        return found
    # Gone since: its money and its avoirs are still numbered, as they were
    # when one of its requests was made.
    request = recorder.tx.of(of.household).request(number)
    assert request is not None, "a request is never removed"
    return version(recorder.tx, request.asked.reglement).regie(of.regie)


def _tell(
    recorder: Recorder,
    attempt: Attempt,
    invoice: InvoiceNumber,
    confirmed: tuple[RequestNumber, ...],
    notes: tuple[CreditNote, ...],
) -> None:
    notices: list[tuple[str, Notice]] = [
        (
            f"payment-confirmed/{attempt.reference}",
            PaymentConfirmed(
                account=attempt.account,
                household=attempt.household,
                attempt=attempt.reference,
                invoice=invoice,
                credit_notes=tuple(note.number for note in notes),
            ),
        )
    ]
    if confirmed:
        recap = BookingsRecap(
            account=attempt.account,
            household=attempt.household,
            requests=confirmed,
        )
        notices.append((f"recap/{attempt.reference}", recap))
    for key, notice in notices:
        recorder.tx.put(
            Queued(
                key=key,
                notice=notice,
                queued_at=recorder.at,
                due_at=recorder.at,
            )
        )
