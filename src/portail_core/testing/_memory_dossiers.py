"""
What `MemoryStore` shows to staff: dossiers, and those that may be one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from portail_core.domain.accounts import Account, AccountState
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Adult, Household
from portail_core.domain.ids import HouseholdId
from portail_core.domain.likeness import Search, name_alike, names_alike
from portail_core.domain.matches import Dismissal
from portail_core.domain.pages import Paging

from ._keys import of_topic
from ._memory_snapshot import SnapshotReading


class MemoryDossierReading(SnapshotReading):
    """
    All households, as staff finds them.
    """

    def household(self, household: HouseholdId) -> Household | None:
        """
        A household.
        """
        return self.one(Household, household)

    def accounts_of(self, household: HouseholdId) -> tuple[Account, ...]:
        """
        The accounts that act for a household.
        """
        self.watched.add(of_topic(Account, household))
        return self.all(
            Account,
            lambda account: account.household == household,
            by=lambda account: (account.created_at, account.id),
        )

    def dossiers(self, search: Search, asked: Paging) -> tuple[Household, ...]:
        """
        A page of the households that staff entered, or that have an account.
        """
        return _found(self, search)[asked.skip :][: asked.size]

    def count_dossiers(self, search: Search) -> int:
        """
        How many those are.
        """
        return len(_found(self, search))

    def matches(self) -> tuple[tuple[HouseholdId, HouseholdId], ...]:
        """
        Pairs of households that share someone, and were not dismissed.
        """
        return _matches(self)

    def dismissal(
        self, registered: HouseholdId, dossier: HouseholdId
    ) -> Dismissal | None:
        """
        That of these two households.
        """
        return self.one(Dismissal, registered, dossier)


def _found(reading: SnapshotReading, search: Search) -> tuple[Household, ...]:
    """
    All dossiers in which *search* is found, by name.
    """
    emails = defaultdict(list)
    for account in reading.values(Account):
        emails[account.household].append(account.email)
    children = defaultdict(list)
    for child, household in _children(reading):
        children[household].append(_name(child))
    found = (
        one
        for one in reading.values(Household)
        if one.joined_to is None
        and (one.entered_at is not None or one.id in emails)
        and (
            any(search.email in email for email in emails[one.id])
            or any(search.name in name for name in children[one.id])
            or search.name in names_alike(one)
        )
    )
    return tuple(sorted(found, key=lambda one: (names_alike(one), one.id)))


def _matches(
    reading: SnapshotReading,
) -> tuple[tuple[HouseholdId, HouseholdId], ...]:
    """
    Pairs of households that share someone, and were not dismissed.
    """
    active = {
        account.household
        for account in reading.values(Account)
        if account.state is AccountState.ACTIVE
    }
    households = {
        one.id: one
        for one in reading.values(Household)
        if one.joined_to is None
        and (one.entered_at is not None or one.id in active)
    }
    sharing = defaultdict(set)
    for who, named, household in _people(reading):
        if household in households:
            sharing[who].add((named, household))
    pairs = {
        (registered, dossier)
        for named in sharing.values()
        for one, registered in named
        for other, dossier in named
        if one != other
        and households[registered].entered_at is None
        and households[dossier].entered_at is not None
    }
    dismissed = {
        (one.registered, one.dossier) for one in reading.values(Dismissal)
    }
    return tuple(sorted(pairs - dismissed))


def _people(
    reading: SnapshotReading,
) -> Iterator[tuple[tuple[str, str, dt.date], str, HouseholdId]]:
    """
    Who is compared, which record it is, and its household.
    """
    for child, household in _children(reading):
        yield ("child", _name(child), child.birth_date), child.id, household
    for one in reading.values(Household):
        for adult in one.adults:
            if adult.birth_date is not None:
                who = ("adult", _name(adult), adult.birth_date)
                yield who, one.id, one.id


def _children(reading: SnapshotReading) -> Iterator[tuple[Child, HouseholdId]]:
    children = {child.id: child for child in reading.values(Child)}
    for custody in reading.values(Custody):
        yield children[custody.child], custody.household


def _name(one: Child | Adult) -> str:
    return name_alike(one.last_name, one.first_name)
