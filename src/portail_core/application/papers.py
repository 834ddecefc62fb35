"""
What a family reads of its invoices and avoirs: « Mes factures ».
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

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
    InvoiceState,
    InvoiceUnknown,
    state_of,
)
from portail_core.domain.money import Money, total
from portail_core.domain.pages import Page, Paging, page
from portail_core.domain.quotes import Quote, estimate
from portail_core.domain.refusals import Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store

from ._together import priced_together
from .members import Member


@frozen(kw_only=True)
class PendingInvoice:
    """
    « Facture en attente »: it gets its number with the payment.

    Attributes:
        held_until: First moment when it is no longer held, UTC.
    """

    request: RequestNumber
    held_until: dt.datetime
    quote: Quote


@frozen(kw_only=True)
class ListedInvoice:
    """
    An invoice, and what became of it.

    Attributes:
        credit_notes: Those that refer to it, in the order they were issued.
    """

    invoice: Invoice
    credit_notes: tuple[CreditNote, ...]

    @property
    def state(self) -> InvoiceState:
        """
        How much of it avoirs gave back.
        """
        return state_of(self.invoice, self.credit_notes)


@frozen(kw_only=True)
class InvoiceDetail(ListedInvoice):
    """
    An invoice, what became of it, and who it was addressed to.
    """

    party: InvoiceParty


@frozen(kw_only=True)
class Balance:
    """
    What is left of the avoirs at a régie, neither used nor reserved.
    """

    regie: RegieCode
    available: Money


@frozen(kw_only=True)
class Summary:
    """
    « Mes factures » at a glance.

    Attributes:
        pending: « Facture(s) en attente de paiement »: how many.

        to_pay: What they come to.

        invoices: How many were issued.

        credit_notes: How many avoirs were issued.

        balances: Régie by régie, where anything ever happened.
    """

    pending: int
    to_pay: Money
    invoices: int
    credit_notes: int
    balances: tuple[Balance, ...]

    @property
    def available(self) -> Money:
        """
        What is left of the avoirs, at all régies.
        """
        return total(balance.available for balance in self.balances)


def summary(*, member: Member, store: Store, clock: Clock) -> Summary:
    """
    How many invoices and avoirs there are, what waits and what is left.
    """
    at = clock.now()
    with store.reading() as reading:
        family = reading.of(member.household)
        pending = _pending(member, reading, at)
        return Summary(
            pending=len(pending),
            to_pay=total(one.quote.total for one in pending),
            invoices=family.count_invoices(),
            credit_notes=family.count_credit_notes(),
            balances=tuple(
                Balance(regie=ledger.regie, available=ledger.available)
                for ledger in family.ledgers()
            ),
        )


def pending_invoices(
    *, member: Member, store: Store, clock: Clock
) -> tuple[PendingInvoice, ...]:
    """
    « Facture(s) en attente de paiement », one for each open request, by
    number.
    """
    at = clock.now()
    with store.reading() as reading:
        return _pending(member, reading, at)


def _pending(
    member: Member, reading: Reading, at: dt.datetime
) -> tuple[PendingInvoice, ...]:
    waiting = reading.of(member.household).payable_requests(at)
    return tuple(
        PendingInvoice(
            request=priced.request.number,
            held_until=priced.request.held_until,
            quote=estimate(priced.lines),
        )
        for priced in priced_together(waiting, member.household, reading)
    )


def invoices(
    asked: Paging, *, member: Member, store: Store
) -> Page[ListedInvoice]:
    """
    The household's invoices, the last one issued first.

    Args:
        asked: Beyond the last page, the last one is shown.
    """
    with store.reading() as reading:
        family = reading.of(member.household)
        count = family.count_invoices()
        asked = asked.within(count)
        shown = family.latest_invoices(asked)
        notes = family.credit_notes_on(one.number for one in shown)
    return page(
        tuple(
            ListedInvoice(invoice=one, credit_notes=_on(one.number, notes))
            for one in shown
        ),
        asked,
        count,
    )


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
        notes = family.credit_notes_on([number])
    return InvoiceDetail(invoice=found, party=party, credit_notes=notes)


def _on(
    number: InvoiceNumber, notes: Iterable[CreditNote]
) -> tuple[CreditNote, ...]:
    return tuple(note for note in notes if number in note.invoices)


def credit_notes(
    asked: Paging, *, member: Member, store: Store
) -> Page[CreditNote]:
    """
    The household's avoirs, the last one issued first.

    Args:
        asked: Beyond the last page, the last one is shown.
    """
    with store.reading() as reading:
        family = reading.of(member.household)
        count = family.count_credit_notes()
        asked = asked.within(count)
        return page(family.latest_credit_notes(asked), asked, count)


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


def credit_balance(*, member: Member, store: Store) -> Money:
    """
    What is left of the household's avoirs, neither used nor reserved, at
    every régie; also at one that the règlement has no longer.
    """
    with store.reading() as reading:
        ledgers = reading.of(member.household).ledgers()
    return total(ledger.available for ledger in ledgers)
