"""
What `MemoryStore` shows to staff: dossiers, and those that may be one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail_core.domain.accounts import Account, AccountState
from portail_core.domain.children import Child, Custody
from portail_core.domain.households import Adult, Household
from portail_core.domain.ids import HouseholdId
from portail_core.domain.likeness import Search, name_alike, names_alike
from portail_core.domain.matches import Dismissal

if TYPE_CHECKING:
    from ._memory_reading import MemoryReading


def found_dossiers(
    reading: MemoryReading, search: Search
) -> tuple[Household, ...]:
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


def found_matches(
    reading: MemoryReading,
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
    reading: MemoryReading,
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


def _children(reading: MemoryReading) -> Iterator[tuple[Child, HouseholdId]]:
    for custody in reading.values(Custody):
        child = reading.one(Child, custody.child)
        if child is not None:
            yield child, custody.household


def _name(one: Child | Adult) -> str:
    return name_alike(one.last_name, one.first_name)
