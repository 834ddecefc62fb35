"""
The other desks: the provider, the scheduler, a host of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from portail_core.application import (
    auditing,
    jobs,
    journal,
    mailing,
    payments,
    sessions,
)
from portail_core.application.auditing import Audit
from portail_core.application.dossiers import Agent
from portail_core.application.jobs import Tidied
from portail_core.application.mailing import Relayed
from portail_core.domain.ids import (
    AccountId,
    AgentId,
    ProviderKey,
)
from portail_core.domain.payments import AttemptState

from ._family import FamilyDesk
from ._ports import Ports
from ._staff import StaffDesk


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
        return jobs.expire(
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

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

    def audit(self) -> Audit:
        """
        See `portail_core.application.auditing.audit`: every night, say; it
        changes nothing.
        """
        return auditing.audit(store=self._ports.store, clock=self._ports.clock)

    def journal(self, *, after: int = 0) -> Iterator[str]:
        """
        See `portail_core.application.journal.export`.
        """
        return journal.export(store=self._ports.store, after=after)

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
        member = sessions.member_of_account(account, store=self._ports.store)
        return FamilyDesk(self._ports, member)

    def staff(self, agent: AgentId) -> StaffDesk:
        """
        The desk of an agent that the host recognised.
        """
        return StaffDesk(self._ports, Agent(id=agent))
