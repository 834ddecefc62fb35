"""
What happens when a provider answers: money, bookings, invoice and notices in
one commit.

Notification, return page and reconciliation all end in `settle`, which asks
the provider itself, and changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain import ledger, payments, requests
from portail_core.domain.bookings import may_still_happen
from portail_core.domain.ids import (
    InvoiceNumber,
    ProviderKey,
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
    AttemptAbandoned,
    AttemptPaid,
    AttemptRefused,
    AttemptState,
    Due,
    MoneySetAside,
    Outcome,
    Report,
)
from portail_core.domain.places import Spot
from portail_core.domain.quotes import by_day
from portail_core.domain.requests import LineState, Request
from portail_core.ports.clock import Clock
from portail_core.ports.payment import (
    KeyUnknown,
    PaymentProvider,
    ProviderUnavailable,
)
from portail_core.ports.store import PoolDay, Queued, Store, Transaction

from ._attempts import release, requests_of
from ._booking import locks_of, spots_of, taken_by_child
from ._commits import commit
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

        store: Where.

        clock: When.

        payment: Asked.

        reglement: The active one.

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
    at = clock.now()
    with store.reading() as reading:
        attempt = reading.attempt_with_key(key)
    if attempt is None:
        return None
    report = _asked(payment, attempt)

    def work(tx: Transaction) -> AttemptState:
        recorder = Recorder(tx=tx, actor=actor, at=at)
        return _take(recorder, attempt, report, payment, reglement)

    return commit(store, work, locks=lambda: _locks(store, attempt))


def _asked(payment: PaymentProvider, attempt: Attempt) -> Report:
    assert attempt.key is not None, "it was found by its key"
    outcome = Outcome.PENDING
    try:
        return payment.look_up(attempt.key)
    except KeyUnknown:
        outcome = Outcome.ABANDONED
    except ProviderUnavailable:
        pass
    return Report(
        outcome=outcome,
        reference=attempt.reference,
        amount=ZERO,
        mode=payment.mode,
        paid_at=None,
    )


def _locks(store: Store, attempt: Attempt) -> tuple[PoolDay, ...]:
    with store.reading() as reading:
        family = reading.of(attempt.household)
        found = [family.request(due.request) for due in attempt.dues]
    return locks_of(
        line for request in found if request for line in request.lines
    )


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


# Money that is there --------------------------------------------------------


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
        if _confirmable(recorder, request, added, reglement):
            amounts = tuple(by_day(due.lines).items())
            confirm = requests.Confirm(
                attempt=attempt.reference, amounts=amounts
            )
            recorder.request(confirm, request)
            added.extend(spots_of(request.lines))
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


def _confirmable(
    recorder: Recorder,
    request: Request,
    added: list[Spot],
    reglement: ActiveReglement,
) -> bool:
    if request.is_payable(recorder.at):
        return True
    if not _still_waits(request):
        return False
    taken = dict(recorder.tx.taken(spots_of(request.lines), recorder.at))
    for spot in added:
        taken[spot] = taken.get(spot, 0) + 1
    return may_still_happen(
        request.lines,
        period=reglement.value.find_period(request.asked.period),
        own=taken_by_child(
            recorder,
            request.asked.child,
            request.lines,
            besides=request.number,
        ),
        taken=taken,
        reglement=reglement.value,
        at=recorder.at,
    )


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
    series = invoice_series(attempt.regie, recorder.at)
    asked = {r.number: r.asked for r in requests_of(recorder, attempt)}
    invoice = Invoice(
        number=invoice_number(
            reglement.value.regie(attempt.regie),
            series,
            tx.next_number(series.name),
        ),
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
    waits = _still_waits(request)
    note = issue_credit_note(
        recorder,
        invoice,
        tuple(
            CreditedDay(
                request=request.number,
                child=request.asked.child,
                day=day,
                kept=ZERO,
                credited=amount,
                reason=(
                    "payment.late.place-gone"
                    if waits
                    else "payment.late.no-longer-waited-for"
                ),
            )
            for day, amount in by_day(due.lines).items()
        ),
        reglement,
    )
    if waits:
        recorder.request(
            requests.Credit(attempt=invoice.attempt, credit_note=note.number),
            request,
        )
    return note


def issue_credit_note(
    recorder: Recorder,
    invoice: Invoice,
    days: tuple[CreditedDay, ...],
    reglement: ActiveReglement,
) -> CreditNote:
    """
    Number and keep an avoir that corrects *invoice*.
    """
    series = credit_note_series(invoice.regie, recorder.at)
    note = CreditNote(
        number=credit_note_number(
            reglement.value.regie(invoice.regie),
            series,
            recorder.tx.next_number(series.name),
        ),
        regie=invoice.regie,
        household=invoice.household,
        invoice=invoice.number,
        issued_at=recorder.at,
        days=days,
    )
    recorder.tx.put(note)
    return note


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
