"""
The staff's desk, for documents and pre-registrations.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.application import pre_registrations, reviews
from portail_core.application.documents import DocumentContent
from portail_core.application.dossiers import Agent
from portail_core.application.pre_registrations import PreRegistrationToDecide
from portail_core.application.reviews import DocumentToReview
from portail_core.domain.documents import Document
from portail_core.domain.ids import DocumentId, PreRegistrationId
from portail_core.domain.pre_registrations import PreRegistration

from ._ports import Ports

PAGE = 50
"""How many are listed unless another number is asked for."""


@frozen
class DocumentReviews:
    """
    The documents that families gave.
    """

    _ports: Ports
    _agent: Agent

    def to_review(self, limit: int = PAGE) -> tuple[DocumentToReview, ...]:
        """
        See `portail_core.application.reviews.to_review`.
        """
        return reviews.to_review(
            limit, store=self._ports.store, reglement=self._ports.reglement
        )

    def expiring(
        self, ahead_days: int, limit: int = PAGE
    ) -> tuple[DocumentToReview, ...]:
        """
        See `portail_core.application.reviews.expiring`.
        """
        return reviews.expiring(
            ahead_days,
            limit,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def read(self, document: DocumentId) -> DocumentContent:
        """
        See `portail_core.application.reviews.read`.
        """
        return reviews.read(
            document, store=self._ports.store, files=self._ports.filing()
        )

    def accept(
        self,
        document: DocumentId,
        *,
        valid_from: dt.date | None = None,
        valid_to: dt.date | None = None,
    ) -> Document:
        """
        See `portail_core.application.reviews.accept`.
        """
        return reviews.accept(
            document,
            valid_from=valid_from,
            valid_to=valid_to,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def refuse(self, document: DocumentId, *, reason: str) -> Document:
        """
        See `portail_core.application.reviews.refuse`.
        """
        return reviews.refuse(
            document,
            reason=reason,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )


@frozen
class PreRegistrationAnswers:
    """
    The pre-registrations that families asked for.
    """

    _ports: Ports
    _agent: Agent

    def to_decide(
        self, limit: int = PAGE
    ) -> tuple[PreRegistrationToDecide, ...]:
        """
        See `portail_core.application.pre_registrations.to_decide`.
        """
        return pre_registrations.to_decide(
            limit, store=self._ports.store, reglement=self._ports.reglement
        )

    def accept(self, pre_registration: PreRegistrationId) -> PreRegistration:
        """
        See `portail_core.application.pre_registrations.accept`.
        """
        return pre_registrations.accept(
            pre_registration,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def refuse(
        self, pre_registration: PreRegistrationId, *, reason: str
    ) -> PreRegistration:
        """
        See `portail_core.application.pre_registrations.refuse`.
        """
        return pre_registrations.refuse(
            pre_registration,
            reason=reason,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )
