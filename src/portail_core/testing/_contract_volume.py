"""
As much as a commune has in a year: long lists, long commits, many keys.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.ids import (
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    InvoiceNumber,
    RegieCode,
)
from portail_core.domain.money import Money
from portail_core.domain.pages import Paging
from portail_core.domain.places import Place, Spot
from portail_core.ports.store import Store

from . import builders, samples
from ._contract_tools import keep
from .builders import (
    ASKED,
    HELD_UNTIL,
    HOUSEHOLD,
    LOU,
    MORNING,
    POOL,
    WEDNESDAY,
)

A_DAY = dt.timedelta(days=1)
MANY = 1_200
"""More than the parameters of a statement in some databases."""

PAPERS = 600


class VolumeContract:
    """
    What is right for three is right for thousands.
    """

    def test_long_commit(self, store: Store) -> None:
        """
        A commit of thousands of records, entries and numbers is one commit.
        """
        series = "request"
        with store.transaction() as tx:
            tx.put(builders.household())
            for rank in range(MANY):
                child = ChildId(f"child {rank:05}")
                tx.put(builders.child(id=child))
                tx.put(builders.custody(child=child))
                tx.append(samples.entry(f"request/{rank}"))
                tx.next_number(series)

        with store.transaction() as tx:
            children = tx.of(HOUSEHOLD).children()
            sequences = [entry.sequence for entry in tx.journal()]
            assert MANY + 1 == tx.next_number(series)
        assert [f"child {r:05}" for r in range(MANY)] == [
            child.id for child in children
        ]
        assert list(range(1, MANY + 1)) == sequences

    def test_many_keys(self, store: Store) -> None:
        """
        More keys than a statement of some databases may have are asked for in
        one read.
        """
        days = [WEDNESDAY + rank * A_DAY for rank in range(MANY)]
        asked = [Spot(POOL, day, MORNING) for day in days]
        lines = tuple(
            builders.line(day=day, places=(Place(MORNING, (POOL,)),))
            for day in (days[0], days[-1])
        )
        request = builders.request(lines=lines)
        keep(store, *samples.FAMILY, request)

        with store.reading() as reading:
            taken = reading.taken(asked, ASKED)
            live = reading.live_requests(LOU, days)
            stale = reading.stale_holders(asked, HELD_UNTIL)

        assert {asked[0]: 1, asked[-1]: 1} == {
            spot: count for spot, count in taken.items() if count
        }
        assert (request,) == live
        assert (request,) == stale

    def test_many_locks(self, store: Store) -> None:
        """
        A year of days is locked at once.
        """
        locks = [(POOL, WEDNESDAY + rank * A_DAY) for rank in range(MANY)]
        keep(store, *samples.FAMILY)

        with store.transaction(locks) as tx:
            assert {} == dict(tx.taken([Spot(*locks[-1], MORNING)], ASKED))
            tx.put(builders.request())

        with store.reading() as reading:
            assert 1 == len(reading.of(HOUSEHOLD).requests())

    def test_long_lists(self, store: Store) -> None:
        """
        Pages one after the other give every paper once, the last one issued
        first, and the avoirs of all invoices are found at once.
        """
        numbers = [InvoiceNumber(f"I{rank:05}") for rank in range(PAPERS)]
        keep(store, *samples.FAMILY, builders.request())
        keep(
            store,
            *(
                builders.attempt(reference=AttemptReference(number))
                for number in numbers
            ),
            *(
                builders.invoice(
                    number=number,
                    attempt=AttemptReference(number),
                    issued_at=ASKED + rank * samples.A_MINUTE,
                )
                for rank, number in enumerate(numbers)
            ),
            *(
                builders.credit_note(
                    number=CreditNoteNumber(f"A{number}"),
                    days=(builders.credited_day(invoice=number),),
                    issued_at=ASKED + rank * samples.A_MINUTE,
                )
                for rank, number in enumerate(numbers)
            ),
        )

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            pages = [
                of.latest_invoices(Paging(number=page, size=100))
                for page in range(1, PAPERS // 100 + 2)
            ]
            notes = of.credit_notes_on([*numbers, *numbers])
            count = of.count_invoices()

        assert numbers[::-1] == [one.number for page in pages for one in page]
        assert [f"A{n}" for n in numbers] == [note.number for note in notes]
        assert PAPERS == count

    def test_many_notices(self, store: Store) -> None:
        """
        A thousand notices wait in their order, and each is marked by itself.
        """
        rows = [
            samples.queued(
                key=f"k{rank:05}",
                queued_at=ASKED + rank * samples.A_MINUTE,
                due_at=ASKED + rank * samples.A_MINUTE,
            )
            for rank in range(MANY)
        ]
        at = rows[-1].due_at
        keep(store, *rows[::-1])

        with store.reading() as reading:
            first = reading.due_notices(at, 1_000)
            one = reading.queued(rows[-1].key)

        assert tuple(rows[:1_000]) == first
        assert rows[-1] == one

    def test_many_commits(self, store: Store) -> None:
        """
        Two hundred commits in a row, and every one counts.
        """
        keep(store, *samples.FAMILY)
        for rank in range(200):
            with store.transaction() as tx:
                tx.put(
                    builders.ledger(
                        regie=RegieCode(f"R{rank:03}"), received=Money(rank)
                    )
                )
                tx.append(samples.entry(f"commit/{tx.next_number('c')}"))

        with store.reading() as reading:
            ledgers = reading.of(HOUSEHOLD).ledgers()
            streams = [entry.stream for entry in reading.journal()]
        assert list(range(200)) == [one.received.cents for one in ledgers]
        assert [f"commit/{number}" for number in range(1, 201)] == streams
