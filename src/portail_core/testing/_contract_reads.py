"""
Who sees what, and in which order.
"""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.documents import Document
from portail_core.domain.ids import (
    AccountId,
    AttemptReference,
    ChangeId,
    ChildId,
    CommandKey,
    CreditNoteNumber,
    InvoiceNumber,
    RegieCode,
    ReglementDigest,
    RequestNumber,
    SecretDigest,
)
from portail_core.domain.ledger import Ledger
from portail_core.domain.pages import Paging
from portail_core.domain.payments import UNRESOLVED, AttemptState
from portail_core.domain.pre_registrations import PreRegistration
from portail_core.domain.requests import LineState
from portail_core.ports.store import Store

from . import builders, samples
from ._contract_tools import keep
from .builders import ASKED, ELSEWHERE, HOUSEHOLD, LOU, REGIE, WEDNESDAY


class ReadsContract:
    """
    A household sees its own, all of it, in order.
    """

    @pytest.mark.parametrize("name", ["\ud800", "\0", "x" * 100_000, ""])
    def test_forged_name(self, store: Store, name: str) -> None:
        """
        A name that nothing can have finds nothing, as any other that nothing
        has: whoever sends half a character is answered like anyone.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)

            assert reading.account(AccountId(name)) is None
            assert reading.session(SecretDigest(name)) is None
            assert reading.link(SecretDigest(name)) is None
            assert of.child(ChildId(name)) is None
            assert of.invoice(InvoiceNumber(name)) is None
            assert of.command(CommandKey(name)) is None

    @pytest.mark.parametrize("number", [-(2**63) - 1, 2**63, 10**30])
    def test_forged_number(self, store: Store, number: int) -> None:
        """
        A number that is beyond what is counted finds nothing.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            assert reading.of(HOUSEHOLD).request(RequestNumber(number)) is None

    def test_scoped(self, store: Store) -> None:
        """
        Another household finds nothing of the first one's, by list or by
        name.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            of = reading.of(ELSEWHERE)

            assert ELSEWHERE == of.household().id
            assert () == of.children()
            assert () == of.latest_changes(Paging())
            assert 0 == of.count_changes()
            assert of.child(LOU) is None
            assert of.custody(LOU) is None
            assert () == of.documents()
            assert () == of.pre_registrations()
            for one in samples.DOSSIER:
                if isinstance(one, Document):
                    assert of.document(one.id) is None
                if isinstance(one, PreRegistration):
                    assert of.pre_registration(one.id) is None
            assert () == of.requests()
            assert () == of.held_requests(REGIE)
            assert of.request(RequestNumber(16)) is None
            assert () == of.attempts(REGIE)
            assert Ledger(household=ELSEWHERE, regie=REGIE) == of.ledger(REGIE)
            assert () == of.invoices()
            assert of.invoice(builders.INVOICE) is None
            assert of.invoice_party(builders.INVOICE) is None
            assert () == of.credit_notes()
            assert of.credit_note(builders.CREDIT_NOTE) is None
            assert of.command(samples.command().key) is None

    def test_own(self, store: Store) -> None:
        """
        The household itself finds all of it.
        """
        keep(store, *samples.RECORDS)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)

            assert (builders.child(),) == of.children()
            assert (*of.documents(), *of.pre_registrations()) == tuple(
                one for one in samples.DOSSIER if one != builders.acceptance()
            )
            for paper in of.documents():
                assert paper == of.document(paper.id)
            for asked in of.pre_registrations():
                assert asked == of.pre_registration(asked.id)
            assert (builders.change(),) == of.latest_changes(Paging())
            assert (
                builders.request(),
                builders.change_request(),
            ) == of.requests()
            assert (
                builders.request(),
                builders.change_request(),
            ) == of.held_requests(REGIE)
            assert [builders.ATTEMPT] == [
                attempt.reference for attempt in of.attempts(REGIE)
            ]
            assert (builders.invoice(),) == of.invoices()
            assert (builders.credit_note(),) == of.credit_notes()

    def test_shared_child(self, store: Store) -> None:
        """
        A child of two households is one child, with a custody each.
        """
        theirs = builders.custody(household=ELSEWHERE, since=WEDNESDAY)

        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY, theirs)

        with store.reading() as reading:
            mine, other = reading.of(HOUSEHOLD), reading.of(ELSEWHERE)
            assert mine.children() == other.children()
            assert builders.custody() == mine.custody(LOU)
            assert theirs == other.custody(LOU)

    def test_children_by_age(self, store: Store) -> None:
        """
        Children are listed oldest first; twins by id.
        """
        born = {"b": 2019, "a": 2019, "c": 2016, "d": 2021}
        children = [
            builders.child(id=ChildId(name), birth_date=dt.date(year, 1, 1))
            for name, year in born.items()
        ]
        custodies = [builders.custody(child=child.id) for child in children]

        keep(store, builders.household(), *children, *custodies)

        with store.reading() as reading:
            listed = reading.of(HOUSEHOLD).children()
        assert ["c", "a", "b", "d"] == [child.id for child in listed]

    def test_changes_newest_first(self, store: Store) -> None:
        """
        Changes are listed newest first, those of one moment by name; a page
        of them is asked for.
        """
        fields = ["town", "street", "phone", "postcode"]
        changes = [
            builders.change(
                id=ChangeId(f"change-{rank}"),
                field_name=f"household.{name}",
                at=ASKED + dt.timedelta(minutes=rank // 3),
            )
            for rank, name in enumerate(fields)
        ]

        keep(store, *samples.FAMILY, *changes)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            listed = [
                change.field_name.removeprefix("household.")
                for number in (1, 2, 3)
                for change in of.latest_changes(Paging(number=number, size=2))
            ]
            assert ["postcode", "phone", "street", "town"] == listed
            assert len(fields) == of.count_changes()

    def test_requests_by_number(self, store: Store) -> None:
        """
        Requests are listed by number; those held, by régie as well.
        """
        other = RegieCode("CANTINE")
        over = builders.line(state=LineState.DISCARDED)
        keep(
            store,
            *samples.FAMILY,
            builders.request(10, lines=(over,)),
            builders.request(9),
            builders.request(
                2, asked=builders.asked(regie=other), lines=(over,)
            ),
            builders.request(
                3,
                asked=builders.asked(regie=other),
                lines=(builders.line(day=builders.NEXT_WEDNESDAY),),
            ),
        )

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            assert [2, 3, 9, 10] == [one.number for one in of.requests()]
            assert [9] == [one.number for one in of.held_requests(REGIE)]
            assert [3] == [one.number for one in of.held_requests(other)]

    def test_attempts_oldest_first(self, store: Store) -> None:
        """
        Attempts are listed oldest first, by régie; unresolved ones of all
        households together.
        """
        keep(
            store,
            *samples.FAMILY,
            *samples.OTHER_FAMILY,
            *(
                builders.attempt(
                    reference=AttemptReference(f"ATTEMPT{9 - minute}"),
                    created_at=ASKED + minute * samples.A_MINUTE,
                    state=state,
                )
                for minute, state in enumerate(AttemptState)
            ),
            builders.attempt(
                reference=AttemptReference("CANTINE"),
                regie=RegieCode("CANTINE"),
                household=ELSEWHERE,
                created_at=ASKED - samples.A_MINUTE,
            ),
        )

        with store.reading() as reading:
            listed = reading.of(HOUSEHOLD).attempts(REGIE)
            unresolved = reading.unresolved_attempts()

        assert tuple(AttemptState) == tuple(one.state for one in listed)
        assert (
            "CANTINE",
            *(one.reference for one in listed if one.state in UNRESOLVED),
        ) == unresolved

    def test_ledgers_by_regie(self, store: Store) -> None:
        """
        Each régie has its own ledger of a household.
        """
        other = builders.ledger(regie=RegieCode("CANTINE"))

        keep(store, *samples.RECORDS, other)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            assert other == of.ledger(other.regie)
            assert other.received != of.ledger(REGIE).received

    @pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)], ids=str)
    def test_papers_as_issued(
        self, store: Store, order: tuple[int, ...]
    ) -> None:
        """
        Invoices and avoirs are listed as they were issued; those of one
        moment by number.
        """
        issued = {1: ASKED, 2: ASKED, 3: ASKED + samples.A_MINUTE}
        keep(
            store,
            *samples.FAMILY,
            builders.request(),
            *(
                paper
                for rank in order
                for paper in (
                    builders.attempt(reference=AttemptReference(f"T{rank}")),
                    builders.invoice(
                        number=InvoiceNumber(f"I{rank}"),
                        attempt=AttemptReference(f"T{rank}"),
                        issued_at=issued[rank],
                    ),
                    builders.credit_note(
                        number=CreditNoteNumber(f"A{rank}"),
                        days=(
                            builders.credited_day(
                                invoice=InvoiceNumber(f"I{rank}")
                            ),
                        ),
                        issued_at=issued[rank],
                    ),
                )
            ),
        )

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            assert ["I1", "I2", "I3"] == [i.number for i in of.invoices()]
            assert ["A1", "A2", "A3"] == [c.number for c in of.credit_notes()]

    def test_reglements_by_day(self, store: Store) -> None:
        """
        Versions are listed by first day, then by moment of activation; one
        règlement may be active twice.
        """
        first = samples.version()
        versions = (
            first,
            evolve(
                first,
                digest=ReglementDigest("1" * 64),
                activated_at=ASKED,
            ),
            evolve(first, since=WEDNESDAY),
        )

        keep(store, *reversed(versions))

        with store.reading() as reading:
            assert versions == reading.reglements()
