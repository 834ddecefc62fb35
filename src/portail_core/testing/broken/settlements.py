"""
Payment providers that do not say what became of a payment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import evolve

from portail_core.domain.ids import ProviderKey
from portail_core.domain.money import Money, eur
from portail_core.domain.payments import Mode, Paid, Report
from portail_core.ports.payment import Order, Presentation

from ._base import Faults
from .payments import Honest

# What became of it ----------------------------------------------------------


class PaysBeforehand(Honest):
    """
    Breaks: until the payer does something, nothing is paid.
    """

    def create(self, order: Order) -> Presentation:
        """
        Paid at once.
        """
        made = super().create(order)
        self.pay(made.key)
        return made


class Reporting(Honest):
    """
    Says of what was paid something else than what is true.

    Attributes:
        changed: What it says.
    """

    changed: ClassVar[Mapping[str, Any]] = {}

    def look_up(self, key: ProviderKey) -> Report:
        """
        With what is changed.
        """
        answer = super().look_up(key)
        if isinstance(answer, Paid):
            return evolve(answer, **self.changed)
        return answer


class ReportsAFixedAmount(Reporting):
    """
    Breaks: the amount reported is what was paid.
    """

    changed: ClassVar[Mapping[str, Any]] = {"amount": eur("12.50")}


class ReportsAnotherMode(Reporting):
    """
    Breaks: it says whether money moved.
    """

    changed: ClassVar[Mapping[str, Any]] = {"mode": Mode.LIVE}


class ReportsAnotherReference(Reporting):
    """
    Breaks: it says which attempt was paid.
    """

    changed: ClassVar[Mapping[str, Any]] = {"reference": "SOMEOTHER1"}


class CapsBelowItsMaximum(Honest):
    """
    Breaks: the most that it collects can be paid.
    """

    def look_up(self, key: ProviderKey) -> Report:
        """
        A cent less.
        """
        answer = super().look_up(key)
        if isinstance(answer, Paid):
            most = self.maximum - Money(1)
            return evolve(answer, amount=min(answer.amount, most))
        return answer


class TakesNoForYes(Honest):
    """
    Breaks: what was refused, or left, is not paid.
    """

    def refuse(self, key: ProviderKey) -> None:
        """
        Paid all the same.
        """
        self.pay(key)

    def abandon(self, key: ProviderKey) -> None:
        """
        Paid all the same.
        """
        self.pay(key)


class ForgetsOnceAsked(Honest):
    """
    Breaks: asking changes nothing.
    """

    def look_up(self, key: ProviderKey) -> Report:
        """
        For the last time.
        """
        answer = super().look_up(key)
        self.outcomes.pop(key, None)
        return answer


class PaysTwice(Honest):
    """
    Breaks: paying again on the same page changes nothing.
    """

    def pay(self, key: ProviderKey) -> None:
        """
        A cent more.
        """
        if key in self.outcomes:
            order = self.orders[key]
            self.orders[key] = evolve(order, amount=order.amount + Money(1))
        super().pay(key)


class PaysByReference(Honest):
    """
    Breaks: two payments of one order are two.
    """

    def pay(self, key: ProviderKey) -> None:
        """
        All of the same order.
        """
        reference = self.orders[key].reference
        alike = [k for k, o in self.orders.items() if o.reference == reference]
        for other in alike:
            super().pay(other)


class ChokesOnText(Honest):
    """
    Breaks: labels and addresses may hold anything.
    """

    def create(self, order: Order) -> Presentation:
        """
        What is plain English only.
        """
        f"{order.label} {order.email}".encode("ascii")
        if "\n" in order.label or "%" in order.email:
            raise ValueError(order.label)
        return super().create(order)


class ForgetsAll(Honest):
    """
    Breaks: what was paid is paid for who asks after a restart.
    """


SETTLEMENTS: Faults = {
    PaysBeforehand: ("test_pending_first",),
    ReportsAFixedAmount: ("test_paid",),
    ReportsAnotherMode: ("test_paid",),
    ReportsAnotherReference: ("test_paid",),
    CapsBelowItsMaximum: ("test_bounds_included",),
    TakesNoForYes: ("test_refused", "test_abandoned"),
    ForgetsOnceAsked: ("test_asking_changes_nothing",),
    PaysTwice: ("test_paying_twice",),
    PaysByReference: ("test_payments_are_apart",),
    ChokesOnText: ("test_hostile_label", "test_hostile_email"),
    ForgetsAll: ("test_reopened",),
}
"""Those whose answers are."""
