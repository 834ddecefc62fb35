"""
What an audit and an export of the journal cost.

    python -m benchmarks.auditing [--requests N]

Each household has four paid requests of one day, each with its attempt, its
invoice and its two notices: what a year leaves.  Half as many, then all of
them, so that one sees whether the cost of one stays what it is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from functools import reduce

from attrs import evolve

from portail_core.application.auditing import audit
from portail_core.application.journal import export
from portail_core.application.reglements import digest_of
from portail_core.domain import ledger, notices, payments, requests
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    HouseholdId,
    InvoiceNumber,
    ProviderKey,
    RequestNumber,
)
from portail_core.domain.invoices import Invoice
from portail_core.ports.store import (
    Delivery,
    Event,
    JournalEntry,
    Queued,
    Record,
    ReglementVersion,
    Store,
)
from portail_core.testing import MemoryStore, StoppedClock, builders, reglement
from portail_core.testing.builders import ASKED, REGIE, WEDNESDAY
from portail_core.wire import dump
from portail_sql import SqlStore

EACH = 4
ONE_DUE = builders.attempt().dues[0]
A_WEEK = dt.timedelta(weeks=1)
A_YEAR = dt.timedelta(days=365)


def version() -> ReglementVersion:
    """
    A règlement without limits.
    """
    one = reglement()
    one = evolve(
        one,
        pools=tuple(evolve(pool, capacity="unlimited") for pool in one.pools),
    )
    return ReglementVersion(
        digest=digest_of(one),
        since=dt.date(2025, 9, 1),
        text=dump(one),
        activated_at=ASKED,
    )


def fill(store: Store, count: int) -> None:
    """
    Keep *count* requests, and all that goes with them.
    """
    under = version()
    with store.transaction() as tx:
        tx.put(under)
    for first in range(1, count + 1, EACH):
        name = f"foyer-{first}"
        records, entries = household(name, first, under)
        with store.transaction() as tx:
            for record in records:
                tx.put(record)
            for stream, event in entries:
                tx.append(
                    JournalEntry(
                        stream=stream,
                        actor=f"account/{name}",
                        at=ASKED,
                        event=event,
                    )
                )


def household(
    name: str, first: int, under: ReglementVersion
) -> tuple[list[Record], list[tuple[str, Event]]]:
    """
    Its records, and what happened.
    """
    home, parent = HouseholdId(name), AccountId(name)
    child = ChildId(name)
    records: list[Record] = [
        builders.household(id=home, adults=()),
        builders.account(
            id=parent, household=home, email=f"{name}@example.org"
        ),
        builders.child(id=child),
        builders.custody(child=child, household=home),
    ]
    books = ledger.Ledger(household=home, regie=REGIE)
    happened: list[tuple[str, Event]] = []
    for rank in range(EACH):
        number = first + rank
        asked = builders.asked(
            household=home, account=parent, child=child, reglement=under.digest
        )
        rows, events = bought(number, WEDNESDAY + rank * A_WEEK, asked)
        records += rows
        happened += events
        for _, event in events:
            if isinstance(event, ledger.InvoiceSettled):
                books = ledger.evolve(books, event)
    return [*records, books], happened


def bought(
    number: int, day: dt.date, asked: requests.Asked
) -> tuple[list[Record], list[tuple[str, Event]]]:
    """
    One day, from asking to the two notices.
    """
    name = RequestNumber(number)
    reference = AttemptReference(f"ALSH{number:026}")
    line = builders.line(day=day)
    prices = (builders.priced(day=day), builders.meal(day=day))
    due = payments.Due(
        request=name, days=(evolve(ONE_DUE.days[0], day=day),), lines=prices
    )
    opened = builders.attempt(
        reference=reference,
        household=asked.household,
        account=asked.account,
        dues=(due,),
    )
    invoice = billed(number, asked, opened)
    of_request, of_attempt = happened(number, asked, line, opened)
    settled = ledger.InvoiceSettled(
        attempt=reference,
        invoice=invoice.number,
        amount=due.amount,
        received=due.amount,
    )
    records: list[Record] = [
        reduce(requests.evolve, of_request, None),  # type: ignore[list-item]  # it begins with nothing
        reduce(payments.evolve, of_attempt, None),  # type: ignore[list-item]  # same
        invoice,
        *told(opened, invoice.number),
    ]
    return records, [
        *((f"request/{number}", event) for event in of_request),
        *((f"attempt/{reference}", event) for event in of_attempt),
        (f"ledger/{asked.household}/{REGIE}", settled),
    ]


def happened(
    number: int,
    asked: requests.Asked,
    line: requests.Line,
    opened: payments.Attempt,
) -> tuple[tuple[requests.Event, ...], tuple[payments.Event, ...]]:
    """
    To a request, and to the attempt that paid it.
    """
    amount = opened.total
    return (
        requests.RequestHeld(
            number=RequestNumber(number),
            asked=asked,
            lines=(line,),
            at=ASKED,
            until=builders.HELD_UNTIL,
        ),
        requests.RequestConfirmed(
            attempt=opened.reference, amounts=((line.day, amount),)
        ),
    ), (
        payments.AttemptOpened(attempt=opened),
        payments.AttemptPresented(
            key=ProviderKey(f"idop-{number}"),
            redirect_url="https://pay.example.org/",
            until=builders.HELD_UNTIL,
        ),
        payments.AttemptPaid(amount=amount),
    )


def billed(
    number: int, asked: requests.Asked, opened: payments.Attempt
) -> Invoice:
    """
    The invoice of an attempt.
    """
    one = builders.invoice(
        number=InvoiceNumber(f"ALSH-2026-{number:06}"),
        household=asked.household,
        attempt=opened.reference,
    )
    (due,) = opened.dues
    lines = tuple(
        evolve(line, request=due.request, priced=priced)
        for line, priced in zip(one.lines, due.lines, strict=True)
    )
    return evolve(one, lines=lines)


def told(
    attempt: payments.Attempt, invoice: InvoiceNumber
) -> Iterator[Queued]:
    """
    Its two notices, sent.
    """
    for kind, notice in (
        (
            "payment-confirmed",
            notices.PaymentConfirmed(
                account=attempt.account,
                household=attempt.household,
                attempt=attempt.reference,
                invoice=invoice,
                credit_notes=(),
            ),
        ),
        (
            "recap",
            notices.BookingsRecap(
                account=attempt.account,
                household=attempt.household,
                requests=(attempt.dues[0].request,),
            ),
        ),
    ):
        yield Queued(
            key=f"{kind}/{attempt.reference}",
            notice=notice,
            queued_at=ASKED,
            due_at=ASKED,
            delivery=Delivery.SENT,
        )


def measure(store: Store, count: int) -> str:
    """
    A line of the table.
    """
    begun = time.perf_counter()
    found = audit(store=store, clock=StoppedClock(ASKED + A_YEAR))
    audited = time.perf_counter() - begun
    assert not found.discrepancies, "\n".join(map(str, found.discrepancies))
    assert found.requests == count, "all of them were looked at"
    begun = time.perf_counter()
    lines = sum(1 for _ in export(store=store))
    exported = time.perf_counter() - begun
    each = audited / count * 1e6
    return f"{audited:9.1f}{each:12.0f}{lines:10}{exported:12.1f}"


def main() -> None:
    """
    Fill two stores of two sizes, and print a table.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000, metavar="N")
    most = parser.parse_args().requests // (2 * EACH) * 2 * EACH
    print(f"{'':24}{'audit s':>9}{'µs/request':>12}", end="")
    print(f"{'entries':>10}{'export s':>12}")
    for count in (most // 2, most):
        with tempfile.TemporaryDirectory() as folder:
            sql = SqlStore.open(f"sqlite:///{folder}/portail.db")
            for store in (MemoryStore(), sql):
                fill(store, count)
                name = f"{type(store).__name__}, {count}"
                print(f"{name:24}{measure(store, count)}", flush=True)
            sql.close()


if __name__ == "__main__":
    main()
