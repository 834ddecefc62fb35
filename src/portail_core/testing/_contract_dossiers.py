"""
Documents and pre-registrations: who sees them, and in which order.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from threading import Barrier

import pytest
from attrs import evolve

from portail_core.domain.documents import Document, DocumentState
from portail_core.domain.ids import (
    AccueilCode,
    ChildId,
    DocumentId,
    FileKey,
    HouseholdId,
    PreRegistrationId,
)
from portail_core.domain.pre_registrations import (
    PreRegistration,
    PreRegistrationState,
)
from portail_core.ports.store import Store

from . import builders, samples
from ._contract_tools import again, keep, meet, race
from ._kit import Capability, needs
from .builders import ASKED, ELSEWHERE, HOUSEHOLD, LOU, WEDNESDAY

A_DAY = dt.timedelta(days=1)


def _document(name: str, minute: int = 0, **changes: object) -> Document:
    return builders.document(
        id=DocumentId(name),
        file=FileKey(f"file {name}"),
        submitted_at=ASKED + minute * samples.A_MINUTE,
        **changes,
    )


def _asked(name: str, minute: int = 0, **changes: object) -> PreRegistration:
    return builders.pre_registration(
        id=PreRegistrationId(name),
        accueil=AccueilCode(f"accueil {name}"),
        asked_at=ASKED + minute * samples.A_MINUTE,
        **changes,
    )


class DossiersContract:
    """
    What a family gave and asked for.
    """

    def test_dossier_of_a_shared_child(self, store: Store) -> None:
        """
        What is about a child of two households is both households'; what is
        about a household is its own.
        """
        theirs = builders.custody(household=ELSEWHERE, since=WEDNESDAY)
        about_child = _document("child")
        about_household = _document("household", child=None)
        asked = _asked("asked")
        keep(
            store,
            *samples.FAMILY,
            *samples.OTHER_FAMILY,
            theirs,
            about_child,
            about_household,
            asked,
        )

        with store.reading() as reading:
            mine, other = reading.of(HOUSEHOLD), reading.of(ELSEWHERE)
            assert (about_child, about_household) == mine.documents()
            assert (about_child,) == other.documents()
            assert about_child == other.document(about_child.id)
            assert other.document(about_household.id) is None
            assert (asked,) == other.pre_registrations()
            assert asked == other.pre_registration(asked.id)

    def test_dossier_without_custody(self, store: Store) -> None:
        """
        A household that gave a document of a child which is not, or no
        longer, its own sees it no more.
        """
        strange = builders.child(id=ChildId("strange"))
        keep(
            store,
            *samples.FAMILY,
            strange,
            _document("a", child=strange.id),
            _asked("b", child=strange.id),
        )

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            assert () == of.documents()
            assert of.document(DocumentId("a")) is None
            assert () == of.pre_registrations()
            assert of.pre_registration(PreRegistrationId("b")) is None

    def test_dossier_newest_first(self, store: Store) -> None:
        """
        A household sees the newest first; those of one moment by id.
        """
        given = [_document("b"), _document("c", 1), _document("a")]
        asked = [_asked("b"), _asked("c", 1), _asked("a")]
        keep(store, *samples.FAMILY, *given, *asked)

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            assert ["c", "a", "b"] == [one.id for one in of.documents()]
            assert ["c", "a", "b"] == [
                one.id for one in of.pre_registrations()
            ]

    def test_dossiers_to_decide(self, store: Store) -> None:
        """
        Staff sees what waits, of all households, oldest first, as much as it
        asks for.
        """
        papers = [
            _document("b", 1),
            _document("c"),
            _document("a", 1),
            *(
                _document(state.value, state=state)
                for state in DocumentState
                if state is not DocumentState.SUBMITTED
            ),
        ]
        asked = [
            _asked("b", 1),
            _asked("c"),
            _asked("a", 1),
            *(
                _asked(state.value, state=state)
                for state in PreRegistrationState
                if state is not PreRegistrationState.ASKED
            ),
        ]
        keep(store, *samples.FAMILY, *papers, *asked)

        with store.reading() as reading:
            assert ["c", "a", "b"] == [
                one.id for one in reading.documents_to_review(9)
            ]
            assert ["c", "a"] == [
                one.id for one in reading.documents_to_review(2)
            ]
            assert ["c", "a", "b"] == [
                one.id for one in reading.pre_registrations_to_decide(9)
            ]
            assert ["c", "a"] == [
                one.id for one in reading.pre_registrations_to_decide(2)
            ]

    def test_documents_ending(self, store: Store) -> None:
        """
        Accepted documents by their last day, both ends included; those
        without an end, or not accepted, never end.
        """
        ends = {
            "early": WEDNESDAY - A_DAY,
            "second": WEDNESDAY + A_DAY,
            "first": WEDNESDAY,
            "also first": WEDNESDAY,
            "late": WEDNESDAY + 2 * A_DAY,
            "endless": None,
        }
        keep(
            store,
            *samples.FAMILY,
            *(
                _document(name, state=DocumentState.ACCEPTED, valid_to=end)
                for name, end in ends.items()
            ),
            _document("waits", valid_to=WEDNESDAY),
        )

        with store.reading() as reading:
            ending = reading.documents_ending(WEDNESDAY, WEDNESDAY + A_DAY, 9)
            some = reading.documents_ending(WEDNESDAY, WEDNESDAY + A_DAY, 2)

        assert ["also first", "first", "second"] == [d.id for d in ending]
        assert ["also first", "first"] == [d.id for d in some]

    def test_pre_registered_again(self, store: Store) -> None:
        """
        One that stands no longer leaves room for another.
        """
        over = _asked("a")
        keep(store, *samples.FAMILY, over)

        with store.transaction() as tx:
            tx.pre_registration(over.id)
            tx.put(evolve(over, state=PreRegistrationState.WITHDRAWN))
        keep(store, evolve(over, id=PreRegistrationId("b")))

        with store.reading() as reading:
            assert ["a", "b"] == [
                one.id for one in reading.of(HOUSEHOLD).pre_registrations()
            ]

    @needs(Capability.THREADS)
    @pytest.mark.parametrize(
        ("households", "child"),
        [((HOUSEHOLD, ELSEWHERE), LOU), ((HOUSEHOLD, HOUSEHOLD), None)],
        ids=["child", "household"],
    )
    def test_documents_are_watched(
        self,
        store: Store,
        households: tuple[HouseholdId, ...],
        child: ChildId | None,
    ) -> None:
        """
        Of two writers that each find no document of a child, or of a
        household, and add one, the second finds the first.
        """
        theirs = builders.custody(household=ELSEWHERE)
        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY, theirs)
        both = Barrier(2)

        def add(rank: int, household: HouseholdId) -> int:
            one = _document(str(rank), household=household, child=child)
            with store.transaction() as tx:
                found = tx.of(household).documents()
                meet(both)
                tx.put(one)
            return len(found)

        found = race(
            *(
                partial(again, partial(add, rank, household))
                for rank, household in enumerate(households)
            )
        )

        assert [0, 1] == sorted(found)

    @needs(Capability.THREADS)
    def test_pre_registrations_are_watched(self, store: Store) -> None:
        """
        The same of what they ask for the child.
        """
        theirs = builders.custody(household=ELSEWHERE)
        keep(store, *samples.FAMILY, *samples.OTHER_FAMILY, theirs)
        both = Barrier(2)

        def ask(household: HouseholdId) -> int:
            with store.transaction() as tx:
                found = tx.of(household).pre_registrations()
                meet(both)
                tx.put(_asked(household, household=household))
            return len(found)

        found = race(
            *(partial(again, partial(ask, h)) for h in (HOUSEHOLD, ELSEWHERE))
        )

        assert [0, 1] == sorted(found)
