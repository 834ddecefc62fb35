"""
Arrears: what a household should have paid by now.

It is the ledger that knows; here is what a règlement makes of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen, validators

from .checks import civil_day
from .money import ZERO, Money, total


@frozen(kw_only=True)
class Debt:
    """
    What is, or was, to be paid.

    Attributes:
        due_on: Last day to pay it in time.

        paid_on: When it was; `None` while it is not.
    """

    amount: Money
    due_on: dt.date = field(validator=civil_day)
    paid_on: dt.date | None = field(
        default=None, validator=validators.optional(civil_day)
    )


def owed(debts: Iterable[Debt], day: dt.date) -> Money:
    """
    What is unpaid as far as is known, and should have been paid before *day*.
    """
    return total(
        debt.amount
        for debt in debts
        if debt.due_on < day and debt.paid_on is None
    )


def was_owed(debts: Iterable[Debt], day: dt.date) -> Money:
    """
    What was unpaid when *day* began, and should have been paid before it.
    """
    return total(
        debt.amount
        for debt in debts
        if debt.due_on < day and (debt.paid_on is None or debt.paid_on >= day)
    )


class OncePaid(Enum):
    """
    What becomes of a child that was not admitted, once all is paid.
    """

    ADMITTED = "admitted"  # at once
    NEXT_MONTH = "next-month"  # when the month is over


def _threshold(_: object, __: object, over: Money) -> None:
    if over < ZERO:
        msg = "over is below zero: nobody owes less than nothing"
        raise ValueError(msg)


@frozen(kw_only=True)
class OwesOver:
    """
    Nothing is booked while more than so much is owed.

    Attributes:
        over: As much, to the cent, closes nothing.
    """

    over: Money = field(validator=_threshold)


@frozen(kw_only=True)
class OwedAtMonthEnd:
    """
    Nothing is booked for a month if more than so much was owed when the month
    before it ended.

    Attributes:
        over: As much, to the cent, closes nothing.
    """

    over: Money = field(validator=_threshold)
    once_paid: OncePaid


Arrears: TypeAlias = OwesOver | OwedAtMonthEnd
"""How a règlement counts what is owed."""
