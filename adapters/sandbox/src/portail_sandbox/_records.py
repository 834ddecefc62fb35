"""
What is kept of a payment, and what is answered about it.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum

from attrs import evolve as replace, field, frozen, validators

from portail_core.domain.checks import moment
from portail_core.domain.ids import AttemptReference, ProviderKey
from portail_core.domain.money import Money
from portail_core.domain.payments import Mode, Outcome, Paid, Report, Unpaid
from portail_core.ports.payment import Order

KEY = re.compile(r"[0-9a-f]{32}")
"""What a key of ours looks like; nothing else ever becomes a file name."""


class Decision(Enum):
    """
    What becomes of a payment; undecided, it is pending for ever.
    """

    PAID = "paid"  # what was asked for
    REFUSED = "refused"  # the bank said no; the payer may try again
    ABANDONED = "abandoned"  # the payer left; and may come back
    ABANDONED_THEN_PAID = "abandoned-then-paid"  # told so one after the other
    PAID_OTHER_AMOUNT = "paid-other-amount"  # a cent less than asked for
    PAID_OTHER_REFERENCE = "paid-other-reference"  # another attempt's
    PAID_IN_OTHER_MODE = "paid-in-other-mode"  # a test on a live portal


PAYING = frozenset(Decision) - {Decision.REFUSED, Decision.ABANDONED}
"""Decisions after which the money is there: they are final."""


class Fault(Enum):
    """
    What goes wrong once, when the sandbox is next asked.
    """

    CREATE_UNAVAILABLE = "create-unavailable"  # nothing was created
    CREATE_ANSWER_LOST = "create-answer-lost"  # created, and nobody knows
    LOOK_UP_UNAVAILABLE = "look-up-unavailable"


@frozen(kw_only=True)
class Payment:
    """
    A payment as its file keeps it.

    Attributes:
        mode: The sandbox's, when it was created.

        tickets: The Maildir for its ticket, an absolute path; `None` for no
            ticket.

        decision: `None` while it is pending.

        decided_at: UTC.

        told: What the first look-up was answered, where later ones differ.

        ticket: The Message-ID of its ticket, once written.
    """

    key: ProviderKey
    order: Order
    mode: Mode
    tickets: str | None
    decision: Decision | None = None
    decided_at: dt.datetime | None = field(
        default=None, validator=validators.optional(moment)
    )
    told: Outcome | None = None
    ticket: str | None = None


def report(payment: Payment) -> Report:
    """
    What a look-up is answered now.
    """
    match payment.decision:
        case None:
            return Unpaid(Outcome.PENDING)
        case Decision.REFUSED:
            return Unpaid(Outcome.REFUSED)
        case Decision.ABANDONED:
            return Unpaid(Outcome.ABANDONED)
        case Decision.ABANDONED_THEN_PAID if payment.told is None:
            return Unpaid(Outcome.ABANDONED)
        case _:
            return paid_report(payment)


def paid_report(payment: Payment) -> Paid:
    """
    What is answered, in the end, of a payment that was paid.
    """
    assert payment.decision in PAYING, "asked of a paid payment only"
    assert payment.decided_at is not None, "a decision has its moment"
    paid = Paid(
        reference=payment.order.reference,
        amount=payment.order.amount,
        mode=payment.mode,
        paid_at=payment.decided_at,
    )
    match payment.decision:
        case Decision.PAID_OTHER_AMOUNT:
            return replace(paid, amount=paid.amount - Money(1))
        case Decision.PAID_OTHER_REFERENCE:
            return replace(paid, reference=_another(paid.reference))
        case Decision.PAID_IN_OTHER_MODE:
            (other,) = set(Mode) - {payment.mode}
            return replace(paid, mode=other)
        case _:
            return paid


def _another(reference: AttemptReference) -> AttemptReference:
    last = "1" if reference.endswith("0") else "0"
    return AttemptReference(reference[:-1] + last)
