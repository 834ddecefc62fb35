"""
Reads of all dossiers.
"""

from __future__ import annotations

from portail_core.domain.accounts import Account
from portail_core.domain.households import Household
from portail_core.domain.ids import HouseholdId
from portail_core.domain.likeness import Search
from portail_core.domain.matches import Dismissal
from portail_core.domain.pages import Paging

from . import _dossiers, _records
from ._looking import Looking


class SqlDossierReading(Looking):
    """
    All households, as staff finds them.
    """

    def household(self, household: HouseholdId) -> Household | None:
        """
        A household.
        """
        return self.one(_records.HOUSEHOLD, household)

    def accounts_of(self, household: HouseholdId) -> tuple[Account, ...]:
        """
        The accounts that act for a household.
        """
        return self.all(
            _records.ACCOUNT, _dossiers.ACCOUNTS_OF, household=household
        )

    def dossiers(self, search: Search, asked: Paging) -> tuple[Household, ...]:
        """
        A page of the households that staff entered, or that have an account.
        """
        return self.all(
            _records.HOUSEHOLD,
            _dossiers.DOSSIERS,
            **_dossiers.holding(search),
            limit=asked.size,
            skip=asked.skip,
        )

    def count_dossiers(self, search: Search) -> int:
        """
        How many those are.
        """
        ((count,),) = self.connection.rows(
            _dossiers.DOSSIERS_COUNT, **_dossiers.holding(search)
        )
        return int(count)

    def matches(self) -> tuple[tuple[HouseholdId, HouseholdId], ...]:
        """
        Pairs of households that share someone, and were not dismissed.
        """
        rows = self.connection.rows(_dossiers.MATCHES)
        return tuple(
            sorted((HouseholdId(one), HouseholdId(two)) for one, two in rows)
        )

    def dismissal(
        self, registered: HouseholdId, dossier: HouseholdId
    ) -> Dismissal | None:
        """
        That of these two households.
        """
        return self.one(_records.DISMISSAL, registered, dossier)
