"""
« Mon foyer », « Mes enfants ».
"""

from __future__ import annotations

import datetime as dt

from portail_core.application import (
    households,
)
from portail_core.domain.children import Child
from portail_core.domain.households import Household, HouseholdForm

from ._tile import Tile


class HouseholdTile(Tile):
    """
    « Mon foyer ».
    """

    def show(self) -> Household:
        """
        The household as it is described.
        """
        return households.household(
            member=self._member, store=self._ports.store
        )

    def describe(self, form: HouseholdForm) -> Household:
        """
        See `portail_core.application.households.describe_household`.
        """
        return households.describe_household(
            form, member=self._member, store=self._ports.store
        )


class ChildrenTile(Tile):
    """
    « Mes enfants ».
    """

    def all(self) -> tuple[Child, ...]:
        """
        The children that this household may book for, oldest first.
        """
        return households.children(
            member=self._member, store=self._ports.store
        )

    def add(
        self, *, first_name: str, last_name: str, birth_date: dt.date
    ) -> Child:
        """
        See `portail_core.application.households.add_child`.
        """
        return households.add_child(
            first_name=first_name,
            last_name=last_name,
            birth_date=birth_date,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )
