"""
Payment providers that break one promise each; the first keeps them all.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from attrs import evolve

from portail_core.domain.ids import ProviderKey
from portail_core.domain.money import ZERO, Money, eur
from portail_core.domain.payments import Mode, Outcome, Paid, Report, Unpaid
from portail_core.ports.payment import KeyUnknown, Order, Presentation
from portail_core.testing.payment_contract import an_order

from ._base import Faults

PAID_AT = dt.datetime(2026, 5, 13, 9, 20, tzinfo=dt.UTC)


class Honest:
    """
    The shortest provider there is, and its payer: two dictionaries.
    """

    name: ClassVar[str] = "honest"
    mode: ClassVar[Mode] = Mode.TEST
    horizon: ClassVar[dt.timedelta] = dt.timedelta(minutes=120)
    minimum: ClassVar[Money] = eur("1.00")
    maximum: ClassVar[Money] = eur("99999.99")

    def __init__(self) -> None:
        self.orders: dict[ProviderKey, Order] = {}
        self.outcomes: dict[ProviderKey, Outcome] = {}

    @classmethod
    def open(cls, place: Path) -> tuple[Any, Any]:
        """
        A provider and its payer, as a kit asks for; nothing is at *place*.
        """
        del place
        both = cls()
        return both, both

    def create(self, order: Order) -> Presentation:
        """
        A page for *order*.
        """
        key = self.new_key(order)
        self.orders[key] = order
        return Presentation(key=key, redirect_url=f"https://pay.example/{key}")

    def new_key(self, _: Order) -> ProviderKey:
        """
        One that nobody guesses.
        """
        return ProviderKey(secrets.token_hex(16))

    def look_up(self, key: ProviderKey) -> Report:
        """
        What the payer did.
        """
        if key not in self.orders:
            raise KeyUnknown(key)
        outcome = self.outcomes.get(key, Outcome.PENDING)
        if outcome is not Outcome.PAID:
            return Unpaid(outcome)
        return Paid(
            reference=self.orders[key].reference,
            amount=self.orders[key].amount,
            mode=self.mode,
            paid_at=PAID_AT,
        )

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        Under PayFiP's names.
        """
        for name in ("idop", "idOp"):
            if re.fullmatch(r"[0-9a-f]{32}", params.get(name, "")):
                return ProviderKey(params[name])
        return None

    def pay(self, key: ProviderKey) -> None:
        """
        As a payer does.
        """
        self.outcomes[key] = Outcome.PAID

    def refuse(self, key: ProviderKey) -> None:
        """
        As a bank does.
        """
        self.outcomes[key] = Outcome.REFUSED

    def abandon(self, key: ProviderKey) -> None:
        """
        As a payer who leaves.
        """
        self.outcomes[key] = Outcome.ABANDONED


# What it says of itself -----------------------------------------------------


class CollectsNothing(Honest):
    """
    Breaks: there is something that it collects.
    """

    minimum = eur("2.00")
    maximum = eur("1.00")


class CollectsZero(Honest):
    """
    Breaks: nothing to pay is no payment.
    """

    minimum = ZERO


class AnswersAtOnceOrNever(Honest):
    """
    Breaks: a payer has some time.
    """

    horizon = dt.timedelta()


class Shouts(Honest):
    """
    Breaks: its name is what one writes in a URL.
    """

    name = "Honest"


# Pages and keys -------------------------------------------------------------


class SharesItsPage(Honest):
    """
    Breaks: every payment has its page.
    """

    def create(self, order: Order) -> Presentation:
        """
        The same for all.
        """
        return evolve(super().create(order), redirect_url="https://pay.fr")


class SendsToScript(Honest):
    """
    Breaks: a payer is sent to a page of the web.
    """

    def create(self, order: Order) -> Presentation:
        """
        To whatever a browser runs.
        """
        made = super().create(order)
        return evolve(made, redirect_url=f"javascript:{made.key}")


class OneKeyPerReference(Honest):
    """
    Breaks: an order created twice is two payments, whose keys tell nothing.
    """

    def new_key(self, order: Order) -> ProviderKey:
        """
        The order's own reference.
        """
        return ProviderKey(f"{order.reference:0>32}")


class CountsUp(Honest):
    """
    Breaks: a key says little of the next one.
    """

    def new_key(self, _: Order) -> ProviderKey:
        """
        The next number.
        """
        return ProviderKey(f"{len(self.orders):032x}")


class ShortKeys(Honest):
    """
    Breaks: a key is too long to be tried.
    """

    def new_key(self, _: Order) -> ProviderKey:
        """
        Eight digits.
        """
        return ProviderKey(secrets.token_hex(4))


class KnowsEverything(Honest):
    """
    Breaks: a key that it never gave is unknown.
    """

    def look_up(self, key: ProviderKey) -> Report:
        """
        Whatever the key.
        """
        self.orders.setdefault(key, an_order())
        return super().look_up(key)


class OpensAnything(Honest):
    """
    Breaks: what cannot be a key opens nothing.
    """

    def look_up(self, key: ProviderKey) -> Report:
        """
        As a file of that name.
        """
        if not key.isalnum():
            raise OSError(key)
        return super().look_up(key)


class ReadsNoKey(Honest):
    """
    Breaks: the key of a notification is found.
    """

    def key_in(self, _: Mapping[str, str]) -> ProviderKey | None:
        """
        Nowhere.
        """
        return None


class ReadsAnyParameter(Honest):
    """
    Breaks: foreign parameters hold no key.
    """

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        The first that comes.
        """
        return ProviderKey(next(iter(params.values()), "")) or None


class ReadsAnyValue(Honest):
    """
    Breaks: what is not exactly a key is none.
    """

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        Whatever is there.
        """
        return ProviderKey(params.get("idop", "")) or None


PAGES: Faults = {
    CollectsNothing: ("test_limits",),
    CollectsZero: ("test_limits",),
    AnswersAtOnceOrNever: ("test_limits",),
    Shouts: ("test_name_is_a_scheme",),
    SharesItsPage: ("test_page_on_the_web",),
    SendsToScript: ("test_page_on_the_web",),
    OneKeyPerReference: (
        "test_keys_are_distinct",
        "test_keys_cannot_be_guessed",
    ),
    CountsUp: ("test_keys_cannot_be_guessed",),
    ShortKeys: ("test_keys_cannot_be_guessed",),
    KnowsEverything: ("test_key_unknown",),
    OpensAnything: ("test_key_malformed",),
    ReadsNoKey: ("test_key_in_parameters",),
    ReadsAnyParameter: ("test_no_key_in_parameters",),
    ReadsAnyValue: ("test_malformed_key_in_parameters",),
}
"""Those whose pages and keys are broken."""
