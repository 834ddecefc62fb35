"""
The payment contract accepts an honest provider, and rejects each flaw.
"""

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from inspect import signature

import pytest
from attrs import evolve as replace

from portail_core.domain.accounts import read_email
from portail_core.domain.ids import ProviderKey
from portail_core.domain.money import ZERO, Money, eur
from portail_core.domain.payments import Mode, Outcome, Paid, Unpaid
from portail_core.ports.payment import KeyUnknown, Presentation
from portail_core.testing.payment_contract import (
    HOSTILE_EMAILS,
    HOSTILE_LABELS,
    PaymentContract,
    an_order,
)

PAID_AT = dt.datetime(2026, 5, 13, 9, 20, tzinfo=dt.UTC)


class Honest:
    """
    The shortest provider there is: a dictionary.
    """

    name = "honest"
    mode = Mode.TEST
    horizon = dt.timedelta(minutes=120)
    minimum = eur("1.00")
    maximum = eur("99999.99")

    def __init__(self):
        self.orders = {}
        self.outcomes = {}

    def create(self, order):
        key = self.new_key(order)
        self.orders[key] = order
        return Presentation(key=key, redirect_url=f"https://pay.example/{key}")

    def new_key(self, _):
        return ProviderKey(secrets.token_hex(16))

    def look_up(self, key):
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

    def key_in(self, params):
        for name in ("idop", "idOp"):
            if re.fullmatch(r"[0-9a-f]{32}", params.get(name, "")):
                return ProviderKey(params[name])
        return None

    def pay(self, key):
        self.outcomes[key] = Outcome.PAID

    def refuse(self, key):
        self.outcomes[key] = Outcome.REFUSED

    def abandon(self, key):
        self.outcomes[key] = Outcome.ABANDONED


class TestHonest(PaymentContract):
    @pytest.fixture
    def provider(self):
        return Honest()

    @pytest.fixture
    def payer(self, provider):
        return provider


# Flaws ----------------------------------------------------------------------


class CollectsNothing(Honest):
    minimum = eur("2.00")
    maximum = eur("1.00")


class CollectsZero(Honest):
    minimum = ZERO


class AnswersAtOnceOrNever(Honest):
    horizon = dt.timedelta()


class Shouts(Honest):
    name = "Honest"


class SharesItsPage(Honest):
    def create(self, order):
        return replace(super().create(order), redirect_url="https://pay.fr")


class SendsToScript(Honest):
    def create(self, order):
        made = super().create(order)
        return replace(made, redirect_url=f"javascript:{made.key}")


class OneKeyPerReference(Honest):
    def new_key(self, order):
        return ProviderKey(f"{order.reference:0>32}")


class CountsUp(Honest):
    def new_key(self, _):
        return ProviderKey(f"{len(self.orders):032x}")


class ShortKeys(Honest):
    def new_key(self, _):
        return ProviderKey(secrets.token_hex(4))


class PaysBeforehand(Honest):
    def create(self, order):
        made = super().create(order)
        self.pay(made.key)
        return made


class Reported(Honest):
    """
    Says of what was paid something else than what is true.
    """

    changed: Mapping[str, object] = {}

    def look_up(self, key):
        answer = super().look_up(key)
        if answer.outcome is not Outcome.PAID:
            return answer
        return replace(answer, **self.changed)


class ReportsAFixedAmount(Reported):
    changed: Mapping[str, object] = {"amount": eur("12.50")}


class ReportsAnotherMode(Reported):
    changed: Mapping[str, object] = {"mode": Mode.LIVE}


class ReportsAnotherReference(Reported):
    changed: Mapping[str, object] = {"reference": "SOMEOTHER1"}


class CapsBelowItsMaximum(Honest):
    def look_up(self, key):
        answer = super().look_up(key)
        if answer.outcome is not Outcome.PAID:
            return answer
        return replace(answer, amount=min(answer.amount, eur("99999.98")))


class TakesNoForYes(Honest):
    def refuse(self, key):
        self.pay(key)

    def abandon(self, key):
        self.pay(key)


class ForgetsOnceAsked(Honest):
    def look_up(self, key):
        answer = super().look_up(key)
        self.outcomes.pop(key, None)
        return answer


class PaysTwice(Honest):
    def pay(self, key):
        if key in self.outcomes:
            order = self.orders[key]
            self.orders[key] = replace(order, amount=order.amount + Money(1))
        super().pay(key)


class PaysByReference(Honest):
    def pay(self, key):
        for other, order in self.orders.items():
            if order.reference == self.orders[key].reference:
                super().pay(other)


class ChokesOnText(Honest):
    def create(self, order):
        f"{order.label} {order.email}".encode("ascii")
        if "\n" in order.label or "%" in order.email:
            raise ValueError
        return super().create(order)


class KnowsEverything(Honest):
    def look_up(self, key):
        self.orders.setdefault(key, an_order())
        return super().look_up(key)


class OpensAnything(Honest):
    def look_up(self, key):
        if not key.isalnum():
            raise OSError
        return super().look_up(key)


class ReadsNoKey(Honest):
    def key_in(self, _):
        return None


class ReadsAnyParameter(Honest):
    def key_in(self, params):
        return next(iter(params.values()), None)


class ReadsAnyValue(Honest):
    def key_in(self, params):
        return params.get("idop")


# How a run of pytest sees that a check did not pass.
FAILURES = (AssertionError, OSError, ValueError, pytest.fail.Exception)

FLAWS = [
    (CollectsNothing, "test_limits", {}),
    (CollectsZero, "test_limits", {}),
    (AnswersAtOnceOrNever, "test_limits", {}),
    (Shouts, "test_name_is_a_scheme", {}),
    (SharesItsPage, "test_page_on_the_web", {}),
    (SendsToScript, "test_page_on_the_web", {}),
    (OneKeyPerReference, "test_keys_are_distinct", {}),
    (OneKeyPerReference, "test_keys_cannot_be_guessed", {}),
    (CountsUp, "test_keys_cannot_be_guessed", {}),
    (ShortKeys, "test_keys_cannot_be_guessed", {}),
    (PaysBeforehand, "test_pending_first", {}),
    (ReportsAFixedAmount, "test_paid", {}),
    (ReportsAnotherMode, "test_paid", {}),
    (ReportsAnotherReference, "test_paid", {}),
    (CapsBelowItsMaximum, "test_bounds_included", {}),
    (TakesNoForYes, "test_refused", {}),
    (TakesNoForYes, "test_abandoned", {}),
    (ForgetsOnceAsked, "test_asking_changes_nothing", {}),
    (PaysTwice, "test_paying_twice", {}),
    (PaysByReference, "test_payments_are_apart", {}),
    (ChokesOnText, "test_hostile_label", {"label": HOSTILE_LABELS["header"]}),
    (ChokesOnText, "test_hostile_email", {"email": HOSTILE_EMAILS["encoded"]}),
    (KnowsEverything, "test_key_unknown", {}),
    (OpensAnything, "test_key_malformed", {"key": "../../etc/passwd"}),
    (ReadsNoKey, "test_key_in_parameters", {}),
    (ReadsAnyParameter, "test_no_key_in_parameters", {}),
    (ReadsAnyValue, "test_malformed_key_in_parameters", {"text": "{key}\n"}),
]


class TestContract:
    @pytest.mark.parametrize(
        ("flawed", "check", "case"),
        FLAWS,
        ids=[f"{flawed.__name__}-{check}" for flawed, check, _ in FLAWS],
    )
    def test_flaw_is_seen(self, flawed, check, case):
        """
        A provider with this flaw does not pass this check.
        """
        provider = flawed()
        run = getattr(PaymentContract(), check)
        known = {"provider": provider, "payer": provider, **case}
        asked = {name: known[name] for name in signature(run).parameters}

        with pytest.raises(FAILURES):
            run(**asked)

    def test_every_check_rejects_something(self):
        """
        No check of the contract is idle.
        """
        checks = {n for n in vars(PaymentContract) if n.startswith("test_")}

        assert checks == {check for _, check, _ in FLAWS}

    @pytest.mark.parametrize(
        "email", HOSTILE_EMAILS.values(), ids=HOSTILE_EMAILS
    )
    def test_hostile_email_is_an_account_s(self, email):
        """
        Hostile addresses are among those that an account may have.
        """
        assert email == read_email(email)
