"""
The staff's desk for dossiers.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.application import dossiers, entering, joining
from portail_core.application.dossiers import Agent, Dossier, DossierRow
from portail_core.application.entering import Imported
from portail_core.application.joining import Match
from portail_core.domain.dossiers import DossierForm
from portail_core.domain.ids import HouseholdId
from portail_core.domain.pages import Page, Paging

from ._ports import Ports


@frozen
class DossiersDesk:
    """
    Dossiers: entered, imported, invited, joined.
    """

    _ports: Ports
    _agent: Agent

    def enter(self, form: DossierForm) -> HouseholdId:
        """
        See `portail_core.application.entering.enter`.
        """
        return entering.enter(
            form,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )

    def import_csv(self, content: bytes) -> Imported:
        """
        See `portail_core.application.entering.import_csv`.
        """
        return entering.import_csv(
            content,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )

    def list(
        self, search: str = "", *, page: int = 1, size: int = 10
    ) -> Page[DossierRow]:
        """
        See `portail_core.application.dossiers.dossiers`.
        """
        return dossiers.dossiers(
            search, Paging(number=page, size=size), store=self._ports.store
        )

    def show(self, household: HouseholdId) -> Dossier:
        """
        See `portail_core.application.dossiers.dossier`.
        """
        return dossiers.dossier(household, store=self._ports.store)

    def invite_again(self, household: HouseholdId) -> None:
        """
        See `portail_core.application.dossiers.invite_again`.
        """
        dossiers.invite_again(
            household,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def matches(self) -> tuple[Match, ...]:
        """
        See `portail_core.application.joining.matches`.
        """
        return joining.matches(store=self._ports.store)

    def join(self, registered: HouseholdId, dossier: HouseholdId) -> None:
        """
        See `portail_core.application.joining.join`.
        """
        joining.join(
            registered,
            dossier,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )

    def dismiss(self, registered: HouseholdId, dossier: HouseholdId) -> None:
        """
        See `portail_core.application.joining.dismiss`.
        """
        joining.dismiss(
            registered,
            dossier,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
        )
