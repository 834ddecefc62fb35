"""
What is put is what is read, to the microsecond and to the accent.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from attrs import evolve

from portail_core.domain.accounts import Email
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChildId,
    CommandKey,
    CreditNoteNumber,
    DocumentId,
    HouseholdId,
    HouseRulesVersion,
    InvoiceNumber,
    LinkId,
    PoolCode,
    PreRegistrationId,
    ProviderKey,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.money import Money, eur
from portail_core.domain.payments import AttemptState
from portail_core.domain.places import Place
from portail_core.domain.requests import LineState, Pin
from portail_core.ports.store import Record, Store

from . import builders, samples
from ._contract_tools import keep, read_back
from .builders import ASKED, HOUSEHOLD, LOU, MORNING, REGIE, WEDNESDAY

NASTY = {
    "accents": "Zoé L’Hérissier-Ÿ « œuf »",
    "two ways to write one letter": "Zoe\u0301 and Zo\u00e9",
    "emoji": "👩‍👧 🇫🇷",
    "right to left": "ليلى \u202eabc\u202c",
    "quotes": """'; DROP TABLE households; -- " ` % _ \\ {x} :name ?""",
    "white": " \t\r\n  x \u00a0\u202f",
    "markup": "<b>&amp;</b>",
    "long": "é" * 100_000,
}
"""Text that a family may write, or someone who means harm."""


class RecordsContract:
    """
    Records and events come back equal.
    """

    def test_round_trip(self, store: Store) -> None:
        """
        Every kind of record is read as it was put.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            kept = tuple(read_back(reading, one) for one in samples.RECORDS)

        assert samples.RECORDS == kept

    def test_replaced(self, store: Store) -> None:
        """
        A record that was read is replaced whole.
        """
        keep(store, *samples.RECORDS)
        changed = (
            builders.household(adults=(), address=None, quotient=None),
            builders.account(password="another"),
            builders.child(first_name="Louise"),
            builders.custody(since=WEDNESDAY),
            builders.link(used_at=ASKED),
            builders.session(expires_at=ASKED),
            builders.dismissal(at=ASKED + samples.A_MINUTE),
            builders.registration(password=None, ended_at=ASKED),
            builders.request(lines=(builders.line(state=LineState.EXPIRED),)),
            builders.attempt(state=AttemptState.PAID),
            builders.ledger(received=eur("1.00")),
            builders.invoice_party(name="", address=""),
            builders.document(name="fiche.pdf", reason="illisible"),
            builders.pre_registration(reason="complet"),
            samples.queued(tries=4, due_at=ASKED + samples.A_MINUTE),
        )

        with store.transaction() as tx:
            for record in changed:
                read_back(tx, record)
                tx.put(record)

        with store.reading() as reading:
            assert changed == tuple(read_back(reading, r) for r in changed)

    def test_absent(self, store: Store) -> None:
        """
        What is not there is `None`, empty or zero.
        """
        keep(store, builders.household())

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)

            assert reading.account(AccountId("x")) is None
            assert reading.account_with_email(Email("x@example.org")) is None
            assert reading.link(SecretDigest("x")) is None
            assert reading.link_with_id(LinkId("x")) is None
            assert reading.session(SecretDigest("x")) is None
            assert reading.registration(SecretDigest("x")) is None
            assert reading.household(HouseholdId("x")) is None
            assert () == reading.accounts_of(HOUSEHOLD)
            assert () == reading.matches()
            assert reading.dismissal(HOUSEHOLD, HOUSEHOLD) is None
            assert reading.attempt(AttemptReference("x")) is None
            assert reading.attempt_with_key(ProviderKey("x")) is None
            assert reading.queued("x") is None
            assert reading.document(DocumentId("x")) is None
            assert reading.pre_registration(PreRegistrationId("x")) is None
            assert (
                reading.acceptance(AccountId("x"), HouseRulesVersion("x"))
                is None
            )
            assert () == reading.documents_to_review(1)
            assert () == reading.documents_ending(WEDNESDAY, WEDNESDAY, 1)
            assert () == reading.pre_registrations_to_decide(1)
            assert () == reading.live_requests(LOU, (WEDNESDAY,))
            assert () == reading.unresolved_attempts()
            assert () == reading.stale_requests(ASKED, 1)
            assert () == reading.due_notices(ASKED, 1)
            assert () == reading.reglements()
            assert () == reading.journal()
            assert () == of.children()
            assert () == of.requests()
            assert () == of.attempts(REGIE)
            assert () == of.invoices()
            assert () == of.credit_notes()
            assert () == of.documents()
            assert () == of.pre_registrations()
            assert of.document(DocumentId("x")) is None
            assert of.pre_registration(PreRegistrationId("x")) is None
            assert of.child(ChildId("x")) is None
            assert of.custody(ChildId("x")) is None
            assert of.request(RequestNumber(1)) is None
            assert of.invoice(InvoiceNumber("x")) is None
            assert of.invoice_party(InvoiceNumber("x")) is None
            assert of.credit_note(CreditNoteNumber("x")) is None
            assert of.command(CommandKey("x")) is None
            assert builders.ledger() == of.ledger(REGIE)

    def test_unknown_household(self, store: Store) -> None:
        """
        To ask for a household that is not there is a bug, and says so.
        """
        with store.reading() as reading, pytest.raises(AssertionError):
            reading.of(HouseholdId("nobody")).household()

    def test_other_doors(self, store: Store) -> None:
        """
        An address, a link's id, a provider's key find the same records.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            account = reading.account_with_email(builders.account().email)
            link = reading.link_with_id(builders.link().id)
            attempt = reading.attempt_with_key(samples.A_KEY)

        assert builders.account() == account
        assert builders.link() == link
        assert attempt is not None
        assert builders.ATTEMPT == attempt.reference

    def test_states(self, store: Store) -> None:
        """
        Every state of a line and of an attempt is kept.
        """
        requests = tuple(
            builders.request(
                number,
                lines=(builders.line(state=state, paid=eur("0.01")),),
                asked=builders.asked(child=ChildId(f"child {number}")),
                pin=pin,
            )
            for number, (state, pin) in enumerate(
                product(
                    LineState,
                    (None, Pin(attempt=builders.ATTEMPT, until=ASKED)),
                ),
                start=1,
            )
        )
        attempts = tuple(
            builders.attempt(
                reference=AttemptReference(f"A{state.name}"), state=state
            )
            for state in AttemptState
        )
        children = tuple(
            builders.child(id=request.asked.child) for request in requests
        )
        records: tuple[Record, ...] = (*requests, *attempts)

        keep(store, *samples.FAMILY, *children, *records)

        with store.reading() as reading:
            assert records == tuple(read_back(reading, r) for r in records)

    def test_places(self, store: Store) -> None:
        """
        Lines keep their order, their places and their places' pools; a part
        may be counted in two pools, or in none.
        """
        pools = (PoolCode("both sites"), PoolCode("Aubignosc"))
        request = builders.request(
            lines=(
                builders.line(places=(Place(MORNING, ()),)),
                builders.line(
                    day=builders.NEXT_WEDNESDAY,
                    places=(
                        Place(builders.AFTERNOON, pools),
                        Place(MORNING, pools[:1]),
                    ),
                ),
            )
        )

        keep(store, *samples.FAMILY, request)

        with store.reading() as reading:
            assert request == read_back(reading, request)

    @pytest.mark.parametrize("kind", NASTY)
    def test_text(self, store: Store, kind: str) -> None:
        """
        Text comes back letter for letter, as a name and as an id.
        """
        text = NASTY[kind]
        lou = ChildId(f"child {text[:50]}")
        household = HouseholdId(f"id {text[:50]}")
        records: tuple[Record, ...] = (
            builders.household(
                id=household, address=None, adults=(), quotient=None
            ),
            builders.child(
                id=lou, first_name=f"x{text}", last_name=f"y{text}"
            ),
            builders.custody(household=household, child=lou),
        )

        keep(store, *records)

        with store.reading() as reading:
            of = reading.of(household)

            assert household == of.household().id
            assert records[1] == of.child(lou)
            assert records[2] == of.custody(lou)

    @pytest.mark.parametrize(
        "at",
        [
            ASKED,
            dt.datetime(1, 1, 1, tzinfo=dt.UTC),
            dt.datetime(2026, 10, 25, 0, 30, 0, 1, tzinfo=dt.UTC),
            dt.datetime(2026, 10, 25, 1, 30, 0, 999_999, tzinfo=dt.UTC),
            dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
        ],
        ids=str,
    )
    def test_moments(self, store: Store, at: dt.datetime) -> None:
        """
        A moment keeps its microseconds, and is still in UTC.
        """
        session = builders.session(expires_at=at)

        keep(store, *samples.FAMILY, session)

        with store.reading() as reading:
            assert session == reading.session(session.digest)

    @pytest.mark.parametrize(
        "figure", ["0", "650.10", "0.1", "1E+3", "123456789.123456789"]
    )
    def test_decimals(self, store: Store, figure: str) -> None:
        """
        A quotient is kept as it is written, zeros included.
        """
        quotient = builders.household().quotient
        assert quotient is not None
        household = builders.household(
            quotient=evolve(quotient, value=Decimal(figure))
        )
        request = builders.request(
            asked=builders.asked(facts=builders.facts(figure))
        )

        keep(store, household, builders.child(), request)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            kept = of.household().quotient
            priced = of.request(request.number)

        assert kept is not None
        assert priced is not None
        written = f"{Decimal(figure):f}"
        assert written == f"{kept.value:f}"
        assert written == f"{priced.asked.facts.quotients[0].value:f}"

    @pytest.mark.parametrize("cents", [1, 57, 115, 2**31, 99_999_999_99])
    def test_amounts(self, store: Store, cents: int) -> None:
        """
        A cent is a cent: neither a part of a float, nor beyond a register.
        """
        ledger = builders.ledger(received=Money(cents))

        keep(store, *samples.FAMILY, ledger)

        with store.reading() as reading:
            assert ledger == read_back(reading, ledger)

    def test_events(self, store: Store) -> None:
        """
        Every event is read in the journal as it was added, and numbered.
        """
        with store.transaction() as tx:
            for event in samples.EVENTS:
                tx.append(
                    evolve(samples.entry("s"), event=event),
                )

        with store.reading() as reading:
            journal = reading.journal()

        assert samples.EVENTS == tuple(entry.event for entry in journal)
        assert list(range(1, len(samples.EVENTS) + 1)) == [
            entry.sequence for entry in journal
        ]

    def test_notices(self, store: Store) -> None:
        """
        Every notice is read as it was queued.
        """
        rows = tuple(
            samples.queued(position, due_at=ASKED)
            for position in range(len(samples.NOTICES))
        )

        keep(store, *rows)

        with store.reading() as reading:
            assert rows == reading.due_notices(ASKED, len(rows))
