"""
The family's desk, tile by tile as the guide shows them.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.application.home import home
from portail_core.application.members import Member
from portail_core.domain.home import Home

from ._ports import Ports
from ._tiles import (
    AccountTile,
    BasketTile,
    ChildrenTile,
    DocumentsTile,
    HouseholdTile,
    HouseRulesTile,
    InvoicesTile,
    PlanningTile,
    PreRegistrationsTile,
    ProfileTile,
)


@frozen
class FamilyDesk:
    """
    What a member of a family may do: only for its household.
    """

    _ports: Ports
    _member: Member

    def home(self) -> Home:
        """
        See `portail_core.application.home.home`.
        """
        return home(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    @property
    def profile(self) -> ProfileTile:
        """
        « Mon profil ».
        """
        return ProfileTile(self._ports, self._member)

    @property
    def account(self) -> AccountTile:
        """
        « Informations de connexion ».
        """
        return AccountTile(self._ports, self._member)

    @property
    def household(self) -> HouseholdTile:
        """
        « Mon foyer ».
        """
        return HouseholdTile(self._ports, self._member)

    @property
    def children(self) -> ChildrenTile:
        """
        « Mes enfants ».
        """
        return ChildrenTile(self._ports, self._member)

    @property
    def documents(self) -> DocumentsTile:
        """
        « Document à fournir ».
        """
        return DocumentsTile(self._ports, self._member)

    @property
    def pre_registrations(self) -> PreRegistrationsTile:
        """
        « Mes pré-inscriptions ».
        """
        return PreRegistrationsTile(self._ports, self._member)

    @property
    def house_rules(self) -> HouseRulesTile:
        """
        The règlement intérieur.
        """
        return HouseRulesTile(self._ports, self._member)

    @property
    def planning(self) -> PlanningTile:
        """
        « Mon planning ».
        """
        return PlanningTile(self._ports, self._member)

    @property
    def basket(self) -> BasketTile:
        """
        « Mon panier ».
        """
        return BasketTile(self._ports, self._member)

    @property
    def invoices(self) -> InvoicesTile:
        """
        « Mes factures ».
        """
        return InvoicesTile(self._ports, self._member)
