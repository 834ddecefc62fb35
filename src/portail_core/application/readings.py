"""
What a family reads: its requests, invoices and avoirs, with their labels.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.ids import (
    CreditNoteNumber,
    InvoiceNumber,
    RegieCode,
    RequestNumber,
)
from portail_core.domain.invoices import (
    CreditNote,
    CreditNoteUnknown,
    Invoice,
    InvoiceParty,
    InvoiceUnknown,
)
from portail_core.domain.money import Money, total
from portail_core.domain.quotes import Quote, by_day, estimate
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import (
    LineState,
    Request,
    RequestState,
)
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store

from . import reglements
from ._booking import known_request, priced
from .members import Member


@frozen(kw_only=True)
class LineDetail:
    """
    A child-day of the guide's « Détail de la réservation ».

    Attributes:
        takes_place: Whether its place is taken now.

        amount: What it costs, or what was paid.
    """

    day: dt.date
    amplitude: str
    state: LineState
    takes_place: bool
    amount: Money


@frozen(kw_only=True)
class RequestDetail:
    """
    The guide's « Détail de la réservation ».

    Attributes:
        referent: Who asked: « MARTIN-DURAND Camille », or the account's
            address if the household did not describe itself.

        usager: The child: « MARTIN-DURAND Lou ».

        created_at: UTC.

        held_until: First moment when it is no longer held, UTC.

        state: Where it stands now.
    """

    number: RequestNumber
    referent: str
    usager: str
    establishment: str
    accueil: str
    period: str
    created_at: dt.datetime
    held_until: dt.datetime
    state: RequestState
    lines: tuple[LineDetail, ...]


@frozen(kw_only=True)
class PendingInvoice:
    """
    « Facture en attente »: it gets its number with the payment.
    """

    request: RequestNumber
    held_until: dt.datetime
    quote: Quote


@frozen(kw_only=True)
class InvoiceDetail:
    """
    An invoice, and who it was addressed to.
    """

    invoice: Invoice
    party: InvoiceParty


def request_detail(
    number: RequestNumber, *, member: Member, store: Store, clock: Clock
) -> RequestDetail:
    """
    « Détail de la réservation. »

    Raises:
        Refused: `RequestUnknown`.
    """
    at = clock.now()
    with store.reading() as reading:
        request = known_request(reading.of(member.household), number)
        return _detail(request, reading, at)


def request_details(
    *, member: Member, store: Store, clock: Clock
) -> tuple[RequestDetail, ...]:
    """
    Every request of the household, by number.
    """
    at = clock.now()
    with store.reading() as reading:
        return tuple(
            _detail(request, reading, at)
            for request in reading.of(member.household).requests()
        )


def pending_invoices(
    *, member: Member, store: Store, clock: Clock
) -> tuple[PendingInvoice, ...]:
    """
    « Facture(s) en attente de paiement », one for each open request.
    """
    at = clock.now()
    with store.reading() as reading:
        return tuple(
            PendingInvoice(
                request=request.number,
                held_until=request.held_until,
                quote=estimate(priced(request, reading)),
            )
            for request in reading.of(member.household).requests()
            if request.is_payable(at)
        )


def invoices(*, member: Member, store: Store) -> tuple[Invoice, ...]:
    """
    The household's invoices, in the order they were issued.
    """
    with store.reading() as reading:
        return reading.of(member.household).invoices()


def invoice(
    number: InvoiceNumber, *, member: Member, store: Store
) -> InvoiceDetail:
    """
    One invoice.

    Raises:
        Refused: `InvoiceUnknown`.
    """
    with store.reading() as reading:
        family = reading.of(member.household)
        found = family.invoice(number)
        party = family.invoice_party(number)
    if found is None or party is None:
        raise Refused(InvoiceUnknown(number))
    return InvoiceDetail(invoice=found, party=party)


def credit_notes(*, member: Member, store: Store) -> tuple[CreditNote, ...]:
    """
    The household's avoirs, in the order they were issued.
    """
    with store.reading() as reading:
        return reading.of(member.household).credit_notes()


def credit_note(
    number: CreditNoteNumber, *, member: Member, store: Store
) -> CreditNote:
    """
    One avoir.

    Raises:
        Refused: `CreditNoteUnknown`.
    """
    with store.reading() as reading:
        found = reading.of(member.household).credit_note(number)
    if found is None:
        raise Refused(CreditNoteUnknown(number))
    return found


def credit_balance(
    regies: tuple[RegieCode, ...], *, member: Member, store: Store
) -> Money:
    """
    What is left of the household's avoirs, neither used nor reserved.
    """
    with store.reading() as reading:
        family = reading.of(member.household)
        return total(family.ledger(regie).available for regie in regies)


def _detail(
    request: Request, reading: Reading, at: dt.datetime
) -> RequestDetail:
    asked = request.asked
    reglement = reglements.version(reading, asked.reglement)
    accueil = reglement.accueil(asked.accueil)
    child = reading.of(asked.household).child(asked.child)
    assert child is not None, "a request is for a child of the household"
    prices = by_day(priced(request, reading))
    return RequestDetail(
        number=request.number,
        referent=_referent(request, reading),
        usager=child.name,
        establishment=reglement.establishment(accueil.establishment).label,
        accueil=accueil.label,
        period=reglement.period(asked.period).label,
        created_at=request.created_at,
        held_until=request.held_until,
        state=request.state(at),
        lines=tuple(
            LineDetail(
                day=line.day,
                amplitude=reglement.amplitude(accueil, line.amplitude).label,
                state=line.state,
                takes_place=request.takes(line, at),
                amount=prices[line.day],
            )
            for line in request.lines
        ),
    )


def _referent(request: Request, reading: Reading) -> str:
    household = reading.of(request.asked.household).household()
    for adult in household.adults:
        if adult.account == request.asked.account:
            return adult.name
    account = reading.account(request.asked.account)
    assert account is not None, "a request was asked by an account"
    return account.email
