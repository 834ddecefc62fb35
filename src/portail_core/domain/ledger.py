"""
The ledger of a household at one régie: what was invoiced, paid and credited.

Avoirs are consumed oldest first.  Starting to pay reserves the ones that the
attempt uses; they come back if it ends unpaid.  The books balance at any time:
invoiced + avoirs left or reserved = received + avoirs given, in cents.
"""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve as replace, frozen

from .ids import (
    AttemptReference,
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    RegieCode,
)
from .money import ZERO, Money, total

# State ----------------------------------------------------------------------


@frozen(kw_only=True)
class Credit:
    """
    An avoir, and what is left of it.
    """

    number: CreditNoteNumber
    left: Money


@frozen(kw_only=True)
class Reservation:
    """
    A part of an avoir that an attempt to pay may use.
    """

    attempt: AttemptReference
    credit: CreditNoteNumber
    amount: Money


@frozen(kw_only=True)
class Ledger:
    """
    Sums in cents since the beginning, and avoirs oldest first.

    Attributes:
        received: Money that came for invoices.

        invoiced: Totals of invoices.

        credited: Totals of avoirs.

        set_aside: Money that came and matches nothing.
    """

    household: HouseholdId
    regie: RegieCode
    received: Money = ZERO
    invoiced: Money = ZERO
    credited: Money = ZERO
    set_aside: Money = ZERO
    credits: tuple[Credit, ...] = ()
    reservations: tuple[Reservation, ...] = ()

    @property
    def available(self) -> Money:
        """
        What avoirs can pay now: neither used nor reserved.
        """
        return total(credit.left for credit in self.credits)

    def reserved(self, attempt: AttemptReference) -> Money:
        """
        What *attempt* reserved.
        """
        return total(
            part.amount
            for part in self.reservations
            if part.attempt == attempt
        )


# Commands -------------------------------------------------------------------


@frozen(kw_only=True)
class Reserve:
    """
    Set *amount* of avoirs apart for *attempt*, oldest first.
    """

    attempt: AttemptReference
    amount: Money


@frozen(kw_only=True)
class Return:
    """
    *attempt* ended unpaid.
    """

    attempt: AttemptReference


@frozen(kw_only=True)
class Settle:
    """
    *attempt* is paid: the invoice, the money, the avoirs it used.
    """

    attempt: AttemptReference
    invoice: InvoiceNumber
    amount: Money


@frozen(kw_only=True)
class Issue:
    """
    Give an avoir.
    """

    credit_note: CreditNoteNumber
    amount: Money


@frozen(kw_only=True)
class SetAside:
    """
    Keep money that matches nothing.
    """

    attempt: AttemptReference
    amount: Money


Command: TypeAlias = Reserve | Return | Settle | Issue | SetAside

# Events ---------------------------------------------------------------------


@frozen(kw_only=True)
class CreditsReserved:
    """
    Parts of avoirs wait for an attempt.
    """

    attempt: AttemptReference
    parts: tuple[tuple[CreditNoteNumber, Money], ...]


@frozen(kw_only=True)
class CreditsReturned:
    """
    The attempt ended unpaid.
    """

    attempt: AttemptReference


@frozen(kw_only=True)
class InvoiceSettled:
    """
    Money and avoirs paid an invoice.

    Attributes:
        received: The part in money; avoirs paid the rest.
    """

    attempt: AttemptReference
    invoice: InvoiceNumber
    amount: Money
    received: Money


@frozen(kw_only=True)
class CreditIssued:
    """
    The operator owes an avoir.
    """

    credit_note: CreditNoteNumber
    amount: Money


@frozen(kw_only=True)
class MoneyKept:
    """
    Money that matches nothing waits for an officer.
    """

    attempt: AttemptReference
    amount: Money


Event: TypeAlias = (
    CreditsReserved
    | CreditsReturned
    | InvoiceSettled
    | CreditIssued
    | MoneyKept
)

# Decider --------------------------------------------------------------------


def decide(command: Command, ledger: Ledger) -> tuple[Event, ...]:
    """
    Answer *command*; the books refuse nothing.
    """
    match command:
        case Reserve(attempt=attempt, amount=amount):
            if amount == ZERO:
                return ()
            parts = _oldest_first(ledger, amount)
            return (CreditsReserved(attempt=attempt, parts=parts),)

        case Return(attempt=attempt):
            if ledger.reserved(attempt) == ZERO:
                return ()
            return (CreditsReturned(attempt=attempt),)

        case Settle(attempt=attempt, invoice=invoice, amount=amount):
            return (
                InvoiceSettled(
                    attempt=attempt,
                    invoice=invoice,
                    amount=amount,
                    received=amount - ledger.reserved(attempt),
                ),
            )

        case Issue(credit_note=credit_note, amount=amount):
            return (CreditIssued(credit_note=credit_note, amount=amount),)

        case SetAside(attempt=attempt, amount=amount):
            return (MoneyKept(attempt=attempt, amount=amount),)

        case _:
            assert_never(command)


def _oldest_first(
    ledger: Ledger, amount: Money
) -> tuple[tuple[CreditNoteNumber, Money], ...]:
    assert amount <= ledger.available, "no more is reserved than there is"
    parts = []
    for credit in ledger.credits:
        part = min(credit.left, amount)
        if part > ZERO:
            parts.append((credit.number, part))
            amount -= part
    return tuple(parts)


def evolve(ledger: Ledger, event: Event) -> Ledger:
    """
    The ledger after *event*.
    """
    match event:
        case CreditsReserved():
            return _reserved(ledger, event)

        case CreditsReturned(attempt=attempt):
            return _returned(ledger, attempt)

        case InvoiceSettled(attempt=attempt, amount=amount, received=received):
            return replace(
                _without(ledger, attempt),
                invoiced=ledger.invoiced + amount,
                received=ledger.received + received,
            )

        case CreditIssued(credit_note=number, amount=amount):
            return replace(
                ledger,
                credited=ledger.credited + amount,
                credits=(*ledger.credits, Credit(number=number, left=amount)),
            )

        case MoneyKept(amount=amount):
            return replace(ledger, set_aside=ledger.set_aside + amount)

        case _:
            assert_never(event)


def _reserved(ledger: Ledger, event: CreditsReserved) -> Ledger:
    taken = tuple(
        Reservation(attempt=event.attempt, credit=number, amount=amount)
        for number, amount in event.parts
    )
    return replace(
        _moved(ledger, {part.credit: ZERO - part.amount for part in taken}),
        reservations=(*ledger.reservations, *taken),
    )


def _returned(ledger: Ledger, attempt: AttemptReference) -> Ledger:
    back: dict[CreditNoteNumber, Money] = {}
    for part in ledger.reservations:
        if part.attempt == attempt:
            before = back.get(part.credit, ZERO)
            back[part.credit] = before + part.amount
    return _without(_moved(ledger, back), attempt)


def _moved(ledger: Ledger, by: dict[CreditNoteNumber, Money]) -> Ledger:
    return replace(
        ledger,
        credits=tuple(
            replace(credit, left=credit.left + by.get(credit.number, ZERO))
            for credit in ledger.credits
        ),
    )


def _without(ledger: Ledger, attempt: AttemptReference) -> Ledger:
    return replace(
        ledger,
        reservations=tuple(
            part for part in ledger.reservations if part.attempt != attempt
        ),
    )
