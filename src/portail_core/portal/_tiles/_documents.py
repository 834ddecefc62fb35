"""
« Document à fournir », « Mes pré-inscriptions », the règlement intérieur.
"""

from __future__ import annotations

from portail_core.application import (
    documents,
    house_rules,
    pre_registrations,
)
from portail_core.application.documents import DocumentContent, DocumentDetail
from portail_core.application.house_rules import HouseRulesShown
from portail_core.application.pre_registrations import PreRegistrationDetail
from portail_core.domain.documents import DocumentStanding
from portail_core.domain.house_rules import Acceptance
from portail_core.domain.ids import (
    AccueilCode,
    ChildId,
    DocumentCode,
    DocumentId,
    HouseRulesVersion,
    PreRegistrationId,
)

from ._tile import Tile


class DocumentsTile(Tile):
    """
    « Document à fournir ».
    """

    def asked(self) -> tuple[DocumentStanding, ...]:
        """
        See `portail_core.application.documents.asked`.
        """
        return documents.asked(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def submit(
        self,
        kind: DocumentCode,
        content: bytes,
        name: str,
        *,
        child: ChildId | None = None,
    ) -> DocumentDetail:
        """
        See `portail_core.application.documents.submit`.
        """
        return documents.submit(
            kind,
            content,
            name,
            child=child,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            files=self._ports.filing(),
            reglement=self._ports.reglement,
        )

    def history(self) -> tuple[DocumentDetail, ...]:
        """
        See `portail_core.application.documents.history`.
        """
        return documents.history(
            member=self._member,
            store=self._ports.store,
            reglement=self._ports.reglement,
        )

    def read(self, document: DocumentId) -> DocumentContent:
        """
        See `portail_core.application.documents.read`.
        """
        return documents.read(
            document,
            member=self._member,
            store=self._ports.store,
            files=self._ports.filing(),
        )


class PreRegistrationsTile(Tile):
    """
    « Mes pré-inscriptions ».
    """

    def all(self) -> tuple[PreRegistrationDetail, ...]:
        """
        See `portail_core.application.pre_registrations.all_of_family`.
        """
        return pre_registrations.all_of_family(
            member=self._member,
            store=self._ports.store,
            reglement=self._ports.reglement,
        )

    def ask(
        self, child: ChildId, accueil: AccueilCode
    ) -> PreRegistrationDetail:
        """
        See `portail_core.application.pre_registrations.ask`.
        """
        return pre_registrations.ask(
            child,
            accueil,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )

    def withdraw(self, pre_registration: PreRegistrationId) -> None:
        """
        See `portail_core.application.pre_registrations.withdraw`.
        """
        pre_registrations.withdraw(
            pre_registration, member=self._member, store=self._ports.store
        )


class HouseRulesTile(Tile):
    """
    « Le règlement intérieur disponible sur le portail famille ».
    """

    def show(self) -> HouseRulesShown | None:
        """
        See `portail_core.application.house_rules.show`.
        """
        return house_rules.show(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def accept(self, version: HouseRulesVersion) -> Acceptance:
        """
        See `portail_core.application.house_rules.accept`.
        """
        return house_rules.accept(
            version,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )
