"""
The other desks: the public, the provider, the scheduler, the staff.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from portail_core.application import (
    accounts,
    dossiers,
    jobs,
    mailing,
    payments,
)
from portail_core.application.accounts import SignedIn
from portail_core.application.dossiers import Agent
from portail_core.application.jobs import Tidied
from portail_core.application.mailing import Relayed
from portail_core.domain.ids import (
    AccountId,
    AgentId,
    HouseholdId,
    ProviderKey,
)
from portail_core.domain.payments import AttemptState
from portail_core.domain.quotient_familial import QuotientFamilial

from ._family import FamilyDesk
from ._ports import Ports


@frozen
class PublicDesk:
    """
    What anyone may do.
    """

    _ports: Ports

    def register(self, email: str, password: str) -> None:
        """
        See `portail_core.application.accounts.register`.
        """
        accounts.register(
            email,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def confirm_email(self, secret: str) -> None:
        """
        See `portail_core.application.accounts.confirm_email`.
        """
        accounts.confirm_email(
            secret,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def sign_in(self, email: str, password: str) -> SignedIn:
        """
        See `portail_core.application.accounts.sign_in`.
        """
        return accounts.sign_in(
            email,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )


@frozen
class PaymentsDesk:
    """
    What the provider, and a payer who comes back, may do.
    """

    _ports: Ports

    def notified(self, params: Mapping[str, str]) -> AttemptState | None:
        """
        See `portail_core.application.payments.notified`.
        """
        return payments.notified(
            params,
            store=self._ports.store,
            clock=self._ports.clock,
            payment=self._ports.payment,
            reglement=self._ports.reglement,
        )

    def settle(self, key: ProviderKey) -> AttemptState | None:
        """
        See `portail_core.application.payments.settle`.
        """
        return payments.settle(
            key,
            actor="provider",
            store=self._ports.store,
            clock=self._ports.clock,
            payment=self._ports.payment,
            reglement=self._ports.reglement,
        )


@frozen
class JobsDesk:
    """
    What a scheduler runs, in any order, by as many workers as it likes.
    """

    _ports: Ports

    def expire(self) -> Tidied:
        """
        See `portail_core.application.jobs.expire`.
        """
        return jobs.expire(store=self._ports.store, clock=self._ports.clock)

    def reconcile(self) -> Tidied:
        """
        See `portail_core.application.jobs.reconcile`.
        """
        return jobs.reconcile(
            store=self._ports.store,
            clock=self._ports.clock,
            payment=self._ports.payment,
            reglement=self._ports.reglement,
        )

    def relay(self) -> Relayed:
        """
        See `portail_core.application.mailing.relay`.
        """
        return mailing.relay(
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            mail=self._ports.mail,
            reglement=self._ports.reglement,
            links=self._ports.links,
        )


@frozen
class StaffDesk:
    """
    What the operator's staff may do.
    """

    _ports: Ports
    _agent: Agent

    def find_household(self, email: str) -> HouseholdId:
        """
        See `portail_core.application.dossiers.find_household`.
        """
        return dossiers.find_household(email, store=self._ports.store)

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


@frozen
class TrustedDesk:
    """
    For a host that authenticates people by itself.
    """

    _ports: Ports

    def family(self, account: AccountId) -> FamilyDesk:
        """
        The desk of an account that the host recognised.

        Raises:
            Refused: `SessionEnded`, if there is no such account.
        """
        member = accounts.member_of_account(account, store=self._ports.store)
        return FamilyDesk(self._ports, member)

    def staff(self, agent: AgentId) -> StaffDesk:
        """
        The desk of an agent that the host recognised.
        """
        return StaffDesk(self._ports, Agent(id=agent))
