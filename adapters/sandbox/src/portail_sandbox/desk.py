"""
The other side: who decides what becomes of payments, in any process.
"""

from __future__ import annotations

import datetime as dt
import mailbox
from pathlib import Path

from attrs import evolve as replace, frozen

from . import _tickets, notifications
from ._folder import Folder
from ._records import PAYING, Decision, Payment
from .notifications import Answered, NotReached


class AlreadyPaid(Exception):
    """
    Money came: nothing else can be decided any more.
    """


class TicketNotWritten(Exception):
    """
    The payment is decided; its ticket waits for the decision to be repeated.
    """


@frozen
class SandboxDesk:
    """
    Decides payments of the sandbox in *directory*.

    Every method may raise `OSError` if the folder is unusable, and
    `portail_core.wire.Unreadable` for a file that someone edited badly.
    """

    directory: Path

    def list(self) -> tuple[Payment, ...]:
        """
        Every payment, oldest first.

        Raises:
            FileNotFoundError: If there is no such folder.
        """
        payments = Folder(self.directory).payments()
        return tuple(sorted(payments, key=lambda p: (p.order.at, p.key)))

    def find(self, key: str) -> Payment:
        """
        The payment of *key*.

        Raises:
            KeyUnknown: There is none.
        """
        return Folder(self.directory).read(key)

    def decide(self, key: str, decision: Decision, at: dt.datetime) -> Payment:
        """
        Decide, at moment *at* (UTC), and write the payer's ticket if there is
        money.  The same decision again changes nothing, and writes a ticket
        that a crash or a full disk prevented.

        Raises:
            AlreadyPaid: It was paid otherwise; refused or abandoned, it may
                still be paid.
            KeyUnknown: There is no such payment.
            TicketNotWritten: Decided nonetheless; the Maildir is unusable.
        """
        folder = Folder(self.directory)
        folder.read(key)  # A folder that is none must not get a lock file.
        with folder.locked():
            payment = folder.read(key)
            if payment.decision is not decision:
                payment = _decided(payment, decision, at)
                folder.write(payment)
            if _awaits_ticket(payment):
                payment = replace(payment, ticket=_ticketed(payment))
                folder.write(payment)
        return payment

    def notify(
        self, key: str, times: int = 1
    ) -> tuple[Answered | NotReached, ...]:
        """
        Tell the portal, *times* times, that there is news of *key*.

        Raises:
            KeyUnknown: There is no such payment.
        """
        payment = self.find(key)
        return tuple(notifications.send(payment) for _ in range(times))


def _decided(payment: Payment, decision: Decision, at: dt.datetime) -> Payment:
    if payment.decision in PAYING:
        msg = f"{payment.key} is {payment.decision.value} already"
        raise AlreadyPaid(msg)
    return replace(payment, decision=decision, decided_at=at)


def _awaits_ticket(payment: Payment) -> bool:
    return (
        payment.decision in PAYING
        and payment.tickets is not None
        and payment.ticket is None
    )


def _ticketed(payment: Payment) -> str:
    try:
        return _tickets.deliver(payment)
    except (OSError, mailbox.Error) as error:
        msg = f"no ticket in {payment.tickets}: {error}"
        raise TicketNotWritten(msg) from error
