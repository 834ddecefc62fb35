"""
« Mon profil », « Mon foyer », « Mes enfants ».
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from portail_core.application import children, profiles
from portail_core.application.members import Member
from portail_core.application.profiles import HouseholdDescription, Profile
from portail_core.application.reglements import ActiveReglement
from portail_core.domain.changes import Change
from portail_core.domain.children import Child
from portail_core.domain.forms import Block, Form
from portail_core.domain.ids import ChildId
from portail_core.domain.pages import Page, Paging
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store
from portail_core.ports.tokens import Tokens

from ._tile import Tile


class _FormPorts(TypedDict):
    member: Member
    store: Store
    clock: Clock
    tokens: Tokens
    reglement: ActiveReglement


class _FormsTile(Tile):
    @property
    def _forms(self) -> _FormPorts:
        """
        What every use case that fills in a form works with.
        """
        return {
            "member": self._member,
            "store": self._ports.store,
            "clock": self._ports.clock,
            "tokens": self._ports.tokens,
            "reglement": self._ports.reglement,
        }


class ProfileTile(_FormsTile):
    """
    « Mon profil »: « Accès à mes informations personnelles ».
    """

    def show(self) -> Profile:
        """
        See `portail_core.application.profiles.profile`.
        """
        return profiles.profile(
            member=self._member,
            store=self._ports.store,
            reglement=self._ports.reglement,
        )

    def update_coordinates(self, typed: Mapping[str, str]) -> None:
        """
        « Coordonnées : adresses et contact »; see
        `portail_core.application.profiles.update_profile`.
        """
        profiles.update_profile(Block.COORDINATES, typed, **self._forms)

    def update_personal(self, typed: Mapping[str, str]) -> None:
        """
        « Informations personnelles »; the same.
        """
        profiles.update_profile(Block.PERSONAL, typed, **self._forms)

    def update_professional(self, typed: Mapping[str, str]) -> None:
        """
        « Informations professionnelles »; the same.
        """
        profiles.update_profile(Block.PROFESSIONAL, typed, **self._forms)


class HouseholdTile(_FormsTile):
    """
    « Mon foyer »: « Accès aux informations de mon foyer ».
    """

    def show(self) -> HouseholdDescription:
        """
        See `portail_core.application.profiles.household`.
        """
        return profiles.household(
            member=self._member,
            store=self._ports.store,
            reglement=self._ports.reglement,
        )

    def update(self, typed: Mapping[str, str]) -> None:
        """
        « Coordonnées du foyer »; see
        `portail_core.application.profiles.update_household`.
        """
        profiles.update_household(Block.HOUSEHOLD, typed, **self._forms)

    def update_more(self, typed: Mapping[str, str]) -> None:
        """
        « Informations complémentaires : nombre d'enfants »; the same.
        """
        profiles.update_household(Block.MORE, typed, **self._forms)

    def update_partner(self, typed: Mapping[str, str]) -> None:
        """
        See `portail_core.application.profiles.update_partner`.
        """
        profiles.update_partner(typed, **self._forms)

    def remove_partner(self) -> None:
        """
        See `portail_core.application.profiles.remove_partner`.
        """
        profiles.remove_partner(**self._forms)

    def history(self, *, page: int = 1, size: int = 10) -> Page[Change]:
        """
        See `portail_core.application.profiles.history`.
        """
        return profiles.history(
            Paging(number=page, size=size),
            member=self._member,
            store=self._ports.store,
        )


class ChildrenTile(_FormsTile):
    """
    « Mes enfants »: « Accès aux informations enfant ».
    """

    def all(self) -> tuple[Child, ...]:
        """
        The children that this household may book for, oldest first.
        """
        return children.children(member=self._member, store=self._ports.store)

    def form(self, child: ChildId | None = None) -> Form:
        """
        See `portail_core.application.children.form`.
        """
        return children.form(
            child,
            member=self._member,
            store=self._ports.store,
            reglement=self._ports.reglement,
        )

    def add(self, typed: Mapping[str, str]) -> Child:
        """
        See `portail_core.application.children.add_child`.
        """
        return children.add_child(typed, **self._forms)

    def update(self, child: ChildId, typed: Mapping[str, str]) -> Child:
        """
        See `portail_core.application.children.update_child`.
        """
        return children.update_child(child, typed, **self._forms)
