"""
Reading dossiers: for the staff's side alone.
"""

from __future__ import annotations

from typing import Protocol

from portail_core.domain.accounts import Account
from portail_core.domain.households import Household
from portail_core.domain.ids import HouseholdId
from portail_core.domain.likeness import Search
from portail_core.domain.matches import Dismissal
from portail_core.domain.pages import Paging


class DossierReading(Protocol):
    """
    All households, as staff finds them.
    """

    def household(self, household: HouseholdId) -> Household | None:
        """
        A household; for the staff's side alone.
        """
        ...

    def accounts_of(self, household: HouseholdId) -> tuple[Account, ...]:
        """
        The accounts that act for a household, oldest first, then by id.
        """
        ...

    def dossiers(self, search: Search, asked: Paging) -> tuple[Household, ...]:
        """
        A page of the households that staff entered, or that have an account,
        and are not joined to another, by `names_alike`, then by id; with what
        is searched in the name of an adult or of a child they may book for,
        or in the address of an account.
        """
        ...

    def count_dossiers(self, search: Search) -> int:
        """
        How many those are.
        """
        ...

    def matches(self) -> tuple[tuple[HouseholdId, HouseholdId], ...]:
        """
        Pairs of a household that staff did not enter, with an active account,
        and of a dossier that it did, neither joined to another, which share
        the `name_alike` and the birth date of a child, or of an adult; those
        dismissed are left out.  By ids; found by index, not by comparing all
        with all.
        """
        ...

    def dismissal(
        self, registered: HouseholdId, dossier: HouseholdId
    ) -> Dismissal | None:
        """
        That of these two households.
        """
        ...
