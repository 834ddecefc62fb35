"""
Dossiers: which are listed, what finds them, and which two may be one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import evolve

from portail_core.domain.accounts import AccountState, Email
from portail_core.domain.households import Adult
from portail_core.domain.ids import AccountId, ChildId, HouseholdId
from portail_core.domain.likeness import search
from portail_core.domain.pages import Paging
from portail_core.ports.store import Record, Store

from . import builders
from ._contract_tools import keep
from .builders import ASKED

ALL = Paging(size=100)
BORN = dt.date(2019, 4, 2)


def _household(name: str, *adults: Adult, **changes: Any) -> Record:
    facts = {"address": None, "quotient": None, "entered_at": ASKED, **changes}
    return builders.household(id=HouseholdId(name), adults=adults, **facts)


def _adult(
    last: str, first: str = "Camille", born: dt.date | None = None
) -> Adult:
    return Adult(
        account=None, first_name=first, last_name=last, birth_date=born
    )


def _account(name: str, **changes: Any) -> Record:
    facts = {"email": Email(f"{name}@example.org"), **changes}
    return builders.account(
        id=AccountId(name), household=HouseholdId(name), **facts
    )


def _child(name: str, *households: str, **changes: Any) -> tuple[Record, ...]:
    child = builders.child(id=ChildId(name), **changes)
    return (
        child,
        *(
            builders.custody(child=child.id, household=HouseholdId(household))
            for household in households
        ),
    )


REGISTERED = (
    _household("registered", _adult("Morel", born=BORN), entered_at=None),
    _account("registered"),
    *_child("lou", "registered", last_name="Martin-Durand"),
)
"""A family that signed up."""


class IntakeContract:
    """
    Staff finds every dossier, and two that may be one, once.
    """

    def test_accounts_of(self, store: Store) -> None:
        """
        The accounts of a household are listed oldest first; one that moves is
        the other's.
        """
        keep(store, _household("a"), _household("b"))
        first, second, third = (
            builders.account(
                id=AccountId(name),
                email=Email(f"{name}@example.org"),
                household=HouseholdId("a"),
                created_at=ASKED + dt.timedelta(minutes=rank),
            )
            for name, rank in (("z", 0), ("x", 1), ("y", 1))
        )
        keep(store, first, third, second)

        with store.transaction() as tx:
            assert (first, second, third) == tx.accounts_of(HouseholdId("a"))
            tx.put(evolve(second, household=HouseholdId("b")))

        with store.reading() as reading:
            of_a = reading.accounts_of(HouseholdId("a"))
            (of_b,) = reading.accounts_of(HouseholdId("b"))
        assert ((first, third), second.id) == (of_a, of_b.id)

    def test_listed(self, store: Store) -> None:
        """
        A dossier is listed if staff entered it or someone signs in for it,
        until it is joined; by the names of its adults.
        """
        keep(
            store,
            _household("c", _adult("Petit")),
            _household("b", _adult("Émile-Zola"), entered_at=None),
            _account("b"),
            _household("nobody's", _adult("Garcia"), entered_at=None),
            _household("joined", joined_to=HouseholdId("c")),
            _household("a", _adult("petit")),
            _household("none"),
        )

        with store.reading() as reading:
            count = reading.count_dossiers(search(""))
            listed = [
                [
                    one.id
                    for one in reading.dossiers(
                        search(""), Paging(number=number, size=3)
                    )
                ]
                for number in (1, 2, 3)
            ]

        assert (4, [["none", "b", "a"], ["c"], []]) == (count, listed)

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("martin durand", ["one"]),
            ("CAMILLE MARTIN", ["one"]),
            ("Zoé petit", ["one"]),
            ("petit-zoe", ["one"]),
            ("One@Example", ["one"]),
            ("%", ["two"]),
            ("x_y", ["two"]),
            ("camille", ["one", "two"]),
            ("\\", []),
            ("nobody", []),
        ],
    )
    def test_searched(
        self, store: Store, typed: str, found: list[str]
    ) -> None:
        """
        The name of an adult or of a child, in any order and spelling, or an
        address finds a dossier; no sign has a meaning of its own.
        """
        keep(
            store,
            _household("one", _adult("Martin-Durand")),
            _account("one"),
            *_child("zoé", "one", first_name="Zoe", last_name="Petit"),
            _household("two", _adult("Morel")),
            _account("two", email=Email("x_y%z@example.com")),
        )

        with store.reading() as reading:
            listed = [one.id for one in reading.dossiers(search(typed), ALL)]
            count = reading.count_dossiers(search(typed))

        assert (found, len(found)) == (listed, count)

    def test_matches(self, store: Store) -> None:
        """
        A child, or an adult, of one name and one birth date makes a match,
        once; each dossier with one is offered.
        """
        keep(
            store,
            *REGISTERED,
            _household("by child", _adult("Garcia")),
            *_child("LOU", "by child", last_name="MARTIN DURAND"),
            _household("by adult", _adult("MOREL", "camille", BORN)),
            _household("by both", _adult("Morel", born=BORN)),
            *_child("Lou", "by both"),
        )

        with store.reading() as reading:
            assert (
                ("registered", "by adult"),
                ("registered", "by both"),
                ("registered", "by child"),
            ) == reading.matches()

    @pytest.mark.parametrize(
        "records",
        [
            (_household("other", _adult("Morel")),),
            (_household("other", _adult("Morel", "Alex", BORN)),),
            (
                _household("other"),
                *_child("Lou", "other", birth_date=dt.date(2019, 4, 3)),
            ),
            (_household("other"), *_child("Lou", "other", first_name="Zoé")),
            (
                _household("other"),
                builders.custody(
                    child=ChildId("lou"), household=HouseholdId("other")
                ),
            ),
            (
                _household("other", entered_at=None),
                _account("other"),
                *_child("Lou", "other"),
            ),
            (
                _household("other", joined_to=HouseholdId("registered")),
                *_child("Lou", "other"),
            ),
            (
                _household("other"),
                *_child("Lou", "other"),
                builders.dismissal(
                    registered=HouseholdId("registered"),
                    dossier=HouseholdId("other"),
                ),
            ),
        ],
        ids=[
            "adult without a birth date",
            "another first name",
            "born another day",
            "another child",
            "one child of two households",
            "neither entered by staff",
            "joined",
            "dismissed",
        ],
    )
    def test_no_match(self, store: Store, records: tuple[Record, ...]) -> None:
        """
        What differs, what staff did not enter, what is one child already, and
        what was decided is not offered.
        """
        keep(store, *REGISTERED, *records)

        with store.reading() as reading:
            assert () == reading.matches()

    @pytest.mark.parametrize(
        "state", [AccountState.PENDING_EMAIL, AccountState.INVITED]
    )
    def test_no_match_unconfirmed(
        self, store: Store, state: AccountState
    ) -> None:
        """
        Nor is a household whose address nobody confirmed.
        """
        household, _, *child = REGISTERED
        keep(
            store,
            household,
            _account("registered", state=state),
            *child,
            _household("other"),
            *_child("Lou", "other"),
        )

        with store.reading() as reading:
            assert () == reading.matches()

    def test_no_match_joined(self, store: Store) -> None:
        """
        Nor is one that was joined to a dossier, this one or another.
        """
        joined = _household(
            "registered", entered_at=None, joined_to=HouseholdId("other")
        )
        keep(
            store,
            joined,
            *REGISTERED[1:],
            _household("other"),
            *_child("Lou", "other"),
        )

        with store.reading() as reading:
            assert () == reading.matches()
