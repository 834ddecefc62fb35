"""
From money given back to the lines of an avoir, each with its invoice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portail_core.domain.cancellation import Settlement
from portail_core.domain.ids import RequestNumber
from portail_core.domain.invoices import CreditedDay, CreditNote, Invoice
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.requests import Request
from portail_core.ports.store import HouseholdReading

from ._booking import known_request


def credited_days(
    request: Request,
    day: dt.date,
    settlement: Settlement,
    family: HouseholdReading,
) -> tuple[CreditedDay, ...]:
    """
    Where *settlement* stands on an avoir: a line for each invoice that the
    day was paid with, the last one first, and never more than it billed.
    """
    parts: list[tuple[RequestNumber, Invoice, Money]] = []
    left = settlement.credited
    for number, invoice in _paid_with(request, day, family):
        # Of all its days: what a day of a package sets free may be more than
        # its share of the invoice.
        room = _billed(invoice, number) - total(
            line.credited
            for line in _given_back(family.credit_notes(), invoice, number)
        )
        parts.append((number, invoice, min(left, room)))
        left -= min(left, room)
    assert left == ZERO, "no more is given back than was billed"
    given = [part for part in parts if part[-1] != ZERO] or parts[:1]
    return tuple(
        CreditedDay(
            invoice=invoice.number,
            request=number,
            child=request.asked.child,
            day=day,
            # Once: it is of the day, not of an invoice.
            kept=settlement.kept if rank == 0 else ZERO,
            credited=credited,
            reason=settlement.label,
        )
        for rank, (number, invoice, credited) in enumerate(given)
    )


def invoice_of(number: RequestNumber, family: HouseholdReading) -> Invoice:
    """
    The invoice that confirmed a request.

    Money that came twice, or for days that the request had before it was
    changed, has an invoice of its own, and was credited at once.
    """
    notes = family.credit_notes()
    return next(
        invoice
        for invoice in family.invoices()
        if any(line.request == number for line in invoice.lines)
        and not any(
            line.reason.startswith("payment.late.")
            for line in _given_back(notes, invoice, number)
        )
    )


def _paid_with(
    request: Request, day: dt.date, family: HouseholdReading
) -> Iterator[tuple[RequestNumber, Invoice]]:
    number: RequestNumber | None = request.number
    while number is not None:
        yield number, invoice_of(number, family)
        line = known_request(family, number).line(day)
        assert line is not None, "a change and what it replaces share a day"
        number = line.replaces.request if line.replaces else None


def _billed(invoice: Invoice, number: RequestNumber) -> Money:
    return total(
        line.priced.amount for line in invoice.lines if line.request == number
    )


def _given_back(
    notes: tuple[CreditNote, ...],
    invoice: Invoice,
    number: RequestNumber,
) -> Iterator[CreditedDay]:
    for note in notes:
        for line in note.days:
            if (line.invoice, line.request) == (invoice.number, number):
                yield line
