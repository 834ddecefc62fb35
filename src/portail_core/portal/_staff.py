"""
The staff's desk.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from portail_core.application import (
    dossiers,
    excusing,
)
from portail_core.application.cancelling import Cancellation
from portail_core.application.dossiers import Agent
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.ids import (
    ChildId,
    HouseholdId,
    ReasonCode,
    RequestNumber,
)
from portail_core.domain.quotient_familial import QuotientFamilial

from ._dossiers import DossiersDesk
from ._ports import Ports
from ._reviews import DocumentReviews, PreRegistrationAnswers


@frozen
class StaffDesk:
    """
    What the operator's staff may do.
    """

    _ports: Ports
    _agent: Agent

    @property
    def dossiers(self) -> DossiersDesk:
        """
        Dossiers: entered, imported, invited, joined.
        """
        return DossiersDesk(self._ports, self._agent)

    @property
    def documents(self) -> DocumentReviews:
        """
        The documents that families gave.
        """
        return DocumentReviews(self._ports, self._agent)

    @property
    def pre_registrations(self) -> PreRegistrationAnswers:
        """
        The pre-registrations that families asked for.
        """
        return PreRegistrationAnswers(self._ports, self._agent)

    def find_household(self, email: str) -> HouseholdId:
        """
        See `portail_core.application.dossiers.find_household`.
        """
        return dossiers.find_household(email, store=self._ports.store)

    def excuse(
        self,
        household: HouseholdId,
        number: RequestNumber,
        day: dt.date,
        *,
        reason: str,
        document_at: dt.datetime,
        about: ChildId | None = None,
    ) -> Cancellation:
        """
        See `portail_core.application.excusing.excuse`.
        """
        return excusing.excuse(
            number,
            day,
            household=household,
            reason=ReasonCode(reason),
            about=about,
            document_at=document_at,
            agent=self._agent,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def record_quotient(
        self,
        household: HouseholdId,
        *,
        value: Decimal,
        month: dt.date,
        evidence: str,
    ) -> QuotientFamilial:
        """
        See `portail_core.application.dossiers.record_quotient`.
        """
        return dossiers.record_quotient(
            household,
            value=value,
            month=month,
            evidence=evidence,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def record_facts(
        self, household: HouseholdId, facts: HouseholdFacts
    ) -> None:
        """
        See `portail_core.application.dossiers.record_facts`.
        """
        dossiers.record_facts(household, facts, store=self._ports.store)
