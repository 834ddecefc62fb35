"""
Long lists a page at a time: which records, in which order, how many in all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from portail_core.domain.ids import (
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    InvoiceNumber,
    RegieCode,
)
from portail_core.domain.pages import Paging
from portail_core.domain.requests import LineState, Pin, Request
from portail_core.ports.store import HouseholdReading, Record, Store

from . import builders, samples
from ._contract_tools import keep
from .builders import (
    ASKED,
    ELSEWHERE,
    HELD_UNTIL,
    HOUSEHOLD,
    NEXT_WEDNESDAY,
    WEDNESDAY,
)

AN_INSTANT = dt.timedelta(microseconds=1)
ALL = Paging(size=100)

PAGES = [
    (Paging(number=1, size=2), [0, 1]),
    (Paging(number=2, size=2), [2, 3]),
    (Paging(number=3, size=2), [4]),
    (Paging(number=4, size=2), []),
    (Paging(number=1, size=4), [0, 1, 2, 3]),
    (Paging(number=1, size=5), [0, 1, 2, 3, 4]),
    (ALL, [0, 1, 2, 3, 4]),
]
"""Ranks, in a list of five."""

Listed = Callable[[HouseholdReading, Paging], list[str]]


def _requests(of: HouseholdReading, asked: Paging) -> list[str]:
    return [str(one.number) for one in of.shown_requests(ASKED, asked)]


def _invoices(of: HouseholdReading, asked: Paging) -> list[str]:
    return [one.number for one in of.latest_invoices(asked)]


def _credit_notes(of: HouseholdReading, asked: Paging) -> list[str]:
    return [one.number for one in of.latest_credit_notes(asked)]


def _request(number: int, *states: LineState) -> Request:
    """
    Of a child of its own, so that no two clash.
    """
    days = (WEDNESDAY, NEXT_WEDNESDAY)
    return builders.request(
        number,
        asked=builders.asked(child=ChildId(f"child-{number}")),
        lines=tuple(
            builders.line(day=day, state=state)
            for day, state in zip(days, states, strict=False)
        ),
    )


def _children(*requests: Request) -> list[Record]:
    return [builders.child(id=request.asked.child) for request in requests]


def _papers(rank: int) -> tuple[Record, Record, Record]:
    """
    The attempt, the invoice and the avoir of this rank; two were issued each
    minute.
    """
    attempt = builders.attempt(reference=AttemptReference(f"T{rank}"))
    issued_at = ASKED + (rank // 2) * samples.A_MINUTE
    invoice = builders.invoice(
        number=InvoiceNumber(f"I{rank}"),
        attempt=attempt.reference,
        issued_at=issued_at,
    )
    avoir = builders.credit_note(
        number=CreditNoteNumber(f"A{rank}"),
        days=(builders.credited_day(invoice=invoice.number),),
        issued_at=issued_at,
    )
    return attempt, invoice, avoir


# What papers are for, and no page shows.
_OVER = builders.request(lines=(builders.line(state=LineState.EXPIRED),))


class PagesContract:
    """
    The newest first, and only the household's own.
    """

    @pytest.mark.parametrize(("asked", "ranks"), PAGES, ids=str)
    @pytest.mark.parametrize(
        ("listed", "newest_first"),
        [
            (_requests, ["11", "10", "9", "3", "2"]),
            (_invoices, ["I4", "I3", "I2", "I1", "I0"]),
            (_credit_notes, ["A4", "A3", "A2", "A1", "A0"]),
        ],
        ids=["requests", "invoices", "avoirs"],
    )
    def test_page(
        self,
        store: Store,
        listed: Listed,
        newest_first: list[str],
        asked: Paging,
        ranks: list[int],
    ) -> None:
        """
        A page is as long as it was asked to be, the last one shorter, and
        one beyond it empty.
        """
        requests = [_request(n, LineState.HELD) for n in (9, 11, 2, 3, 10)]
        papers = [paper for rank in range(5) for paper in _papers(rank)]
        keep(
            store,
            *samples.FAMILY,
            _OVER,
            *_children(*requests),
            *requests,
            *papers,
        )

        with store.reading() as reading:
            found = listed(reading.of(HOUSEHOLD), asked)

        assert [newest_first[rank] for rank in ranks] == found

    def test_count(self, store: Store) -> None:
        """
        Everything is counted, and nothing of another household.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            for household, count in ((HOUSEHOLD, 1), (ELSEWHERE, 0)):
                of = reading.of(household)
                assert [2 * count] * 3 == [
                    of.count_shown_requests(ASKED),
                    len(of.shown_requests(ASKED, ALL)),
                    len(of.payable_requests(ASKED)),
                ]
                assert [count] * 6 == [
                    of.count_invoices(),
                    of.count_credit_notes(),
                    len(of.latest_invoices(ALL)),
                    len(of.latest_credit_notes(ALL)),
                    len(of.credit_notes_on([builders.INVOICE])),
                    len(of.ledgers()),
                ]

    def test_records_whole(self, store: Store) -> None:
        """
        What is on a page is as it was kept.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            assert of.requests()[::-1] == of.shown_requests(ASKED, ALL)
            assert of.requests() == of.payable_requests(ASKED)
            assert of.invoices() == of.latest_invoices(ALL)
            assert of.credit_notes() == of.latest_credit_notes(ALL)

    def test_shown_requests(self, store: Store) -> None:
        """
        A request is shown while one of its lines takes its place: confirmed,
        or held and in time; a payment that may arrive keeps it.
        """
        over = (
            LineState.CANCELLED,
            LineState.DISCARDED,
            LineState.EXPIRED,
            LineState.CREDITED,
        )
        pin = Pin(
            attempt=builders.ATTEMPT, until=HELD_UNTIL + samples.A_MINUTE
        )
        held = _request(5, LineState.HELD)
        requests = (
            *(_request(n, state) for n, state in enumerate(over, start=1)),
            held,
            _request(6, LineState.CONFIRMED),
            _request(7, LineState.CANCELLED, LineState.CONFIRMED),
            builders.request(
                8, asked=_request(8).asked, pin=pin, lines=held.lines
            ),
        )
        keep(
            store,
            *samples.FAMILY,
            builders.attempt(),
            *_children(*requests),
            *requests,
        )

        for at, shown in (
            (HELD_UNTIL - AN_INSTANT, [8, 7, 6, 5]),
            (HELD_UNTIL, [8, 7, 6]),
            (pin.until - AN_INSTANT, [8, 7, 6]),
            (pin.until, [7, 6]),
        ):
            with store.reading() as reading:
                of = reading.of(HOUSEHOLD)
                found = [r.number for r in of.shown_requests(at, ALL)]
                payable = [r.number for r in of.payable_requests(at)]
                count = of.count_shown_requests(at)
            assert (shown, len(shown)) == (found, count)
            assert [n for n in (5, 8) if n in shown] == payable

    def test_credit_notes_on(self, store: Store) -> None:
        """
        The avoirs of some invoices are found, in the order they were issued.
        """
        papers = [paper for rank in range(4) for paper in _papers(rank)]
        again = builders.credit_note(
            number=CreditNoteNumber("A9"),
            days=(builders.credited_day(invoice=InvoiceNumber("I1")),),
            issued_at=ASKED + 9 * samples.A_MINUTE,
        )
        keep(store, *samples.FAMILY, _OVER, *papers, again)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            found = of.credit_notes_on(
                [InvoiceNumber("I3"), InvoiceNumber("I1"), InvoiceNumber("I")]
            )
            assert () == of.credit_notes_on([])
        assert ["A1", "A3", "A9"] == [note.number for note in found]

    def test_ledgers(self, store: Store) -> None:
        """
        Ledgers are listed by régie, whatever the règlement still has.
        """
        codes = ("ALSH", "CANTINE", "PISCINE")
        ledgers = [builders.ledger(regie=RegieCode(code)) for code in codes]
        keep(store, *samples.FAMILY, *reversed(ledgers))

        with store.reading() as reading:
            assert tuple(ledgers) == reading.of(HOUSEHOLD).ledgers()
