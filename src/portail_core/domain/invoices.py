"""
Invoices and avoirs: immutable, numbered without a gap.

An invoice is issued when its money came, for everything that was paid; it is
corrected only by an avoir that refers to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import ClassVar

from attrs import field, frozen

from .checks import moment, not_empty, whole_number
from .days import day_of
from .ids import (
    AccueilCode,
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    PeriodCode,
    RegieCode,
    RequestNumber,
)
from .money import ZERO, Money, total
from .quotes import PricedLine
from .refusals import Refusal
from .reglement import Regie


@frozen(kw_only=True)
class InvoiceLine:
    """
    One prestation of one child-day, as it was paid.
    """

    request: RequestNumber
    accueil: AccueilCode
    period: PeriodCode
    priced: PricedLine


@frozen(kw_only=True)
class Invoice:
    """
    A numbered invoice, paid.

    Attributes:
        issued_at: UTC; the day in Paris gives the year of the number.

        paid_with_credits: The part that avoirs covered.
    """

    number: InvoiceNumber
    regie: RegieCode
    household: HouseholdId
    attempt: AttemptReference
    issued_at: dt.datetime = field(validator=moment)
    lines: tuple[InvoiceLine, ...] = field(validator=not_empty)
    paid_with_credits: Money

    @property
    def total(self) -> Money:
        """
        The sum of its lines.
        """
        return total(line.priced.amount for line in self.lines)


@frozen(kw_only=True)
class InvoiceParty:
    """
    Who an invoice was addressed to, kept apart from it for erasure.
    """

    invoice: InvoiceNumber
    name: str
    address: str


@frozen(kw_only=True)
class CreditedDay:
    """
    A day whose money goes back, or partly.

    Attributes:
        invoice: The one that it corrects: a day that was changed has two
            lines, one for each invoice that it was paid with.

        reason: The sentence of the règlement, or the rule, that says so.
    """

    invoice: InvoiceNumber
    request: RequestNumber
    child: ChildId
    day: dt.date
    kept: Money
    credited: Money
    reason: str


@frozen(kw_only=True)
class CreditNote:
    """
    An « avoir »: what the operator owes, consumed by later baskets.
    """

    number: CreditNoteNumber
    regie: RegieCode
    household: HouseholdId
    issued_at: dt.datetime = field(validator=moment)
    days: tuple[CreditedDay, ...] = field(validator=not_empty)

    @property
    def amount(self) -> Money:
        """
        The sum of what its days give back.
        """
        return total(day.credited for day in self.days)

    @property
    def invoices(self) -> tuple[InvoiceNumber, ...]:
        """
        Those that it corrects, each once.
        """
        return tuple(dict.fromkeys(day.invoice for day in self.days))


class InvoiceState(Enum):
    """
    What became of an invoice, which was paid.
    """

    PAID = "paid"
    PARTLY_CREDITED = "partly-credited"  # avoirs gave a part of it back
    CREDITED = "credited"  # avoirs gave all of it back


def state_of(
    invoice: Invoice, credit_notes: Iterable[CreditNote]
) -> InvoiceState:
    """
    What became of *invoice*, by the lines of avoirs that refer to it.
    """
    credited = total(
        day.credited
        for note in credit_notes
        for day in note.days
        if day.invoice == invoice.number
    )
    if credited == ZERO:
        return InvoiceState.PAID
    if credited < invoice.total:
        return InvoiceState.PARTLY_CREDITED
    return InvoiceState.CREDITED


@frozen
class InvoiceUnknown(Refusal):
    """
    This household has no such invoice; whether another has is not said.
    """

    rule: ClassVar[str] = "invoice.unknown"
    number: InvoiceNumber


@frozen
class CreditNoteUnknown(Refusal):
    """
    This household has no such avoir; whether another has is not said.
    """

    rule: ClassVar[str] = "invoice.credit-note.unknown"
    number: CreditNoteNumber


@frozen(kw_only=True)
class Series:
    """
    Numbers 1, 2, 3… of one kind and year, under what is printed before them.

    Attributes:
        prefix: The régie's `series`: a régie that changes its code goes on
            where it was, and never prints a number twice.
    """

    prefix: str
    kind: str
    year: int = field(validator=whole_number)

    @property
    def name(self) -> str:
        """
        Under which storage counts it.
        """
        return f"{self.kind}/{self.prefix}/{self.year}"


def invoice_series(regie: Regie, at: dt.datetime) -> Series:
    """
    The series of invoices issued *at* a moment: that of its year in Paris.
    """
    return Series(prefix=regie.series, kind="invoice", year=day_of(at).year)


def credit_note_series(regie: Regie, at: dt.datetime) -> Series:
    """
    The series of avoirs, apart from that of invoices.
    """
    year = day_of(at).year
    return Series(prefix=regie.series, kind="credit-note", year=year)


def invoice_number(series: Series, rank: int) -> InvoiceNumber:
    """
    As printed: « ALSH-2026-000001 ».
    """
    return InvoiceNumber(f"{series.prefix}-{series.year}-{rank:06d}")


def credit_note_number(series: Series, rank: int) -> CreditNoteNumber:
    """
    As printed: « ALSH-AV-2026-000001 ».
    """
    return CreditNoteNumber(f"{series.prefix}-AV-{series.year}-{rank:06d}")
