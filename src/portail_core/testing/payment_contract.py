"""
What every payment provider must do, for authors of adapters.

    class TestMyPayments(PaymentContract):
        make_payment = staticmethod(make_payment)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pytest

from portail_core.domain.accounts import Email
from portail_core.domain.ids import AttemptReference, ProviderKey, RegieCode
from portail_core.domain.money import ZERO, Money, eur
from portail_core.domain.payments import Outcome, Paid
from portail_core.ports.payment import KeyUnknown, Order, PaymentProvider

from ._kit import Capability, Kit, Maker, needs

HOSTILE_LABELS = {
    "markup": "<script>alert('1')</script>&amp;",
    "header": "ALSH\r\nBcc: someone@example.org",
    "accents": "Été à l'école – n° 1 €",
    "beyond": "\U0001f600\u202e\x00\x1b[31m\ud800",
    "long": "A" * 5_000,
    "nothing": "",
    "format": "{amount} %s %(key)s $key",
}

HOSTILE_EMAILS = {
    "shortest": "a@b.fr",
    "longest": f"{'a' * 64}@{'b' * 12}.fr",
    "quotes": "o'brien+{7*7}&x=`y`|z@example.org",
    "encoded": "%0d%0abcc=x%40example.org@example.org",
}


class Payer(Protocol):
    """
    The other side: drives the provider as a person and a bank would, without
    the adapter.

    When a method returns, the provider is sure: an author whose provider
    waits before it says « abandoned » lets that time pass.
    """

    def pay(self, key: ProviderKey) -> object:
        """
        Pay what is asked for; paying again is harmless.
        """
        ...

    def refuse(self, key: ProviderKey) -> object:
        """
        Try to pay, and let the bank say no.
        """
        ...

    def abandon(self, key: ProviderKey) -> object:
        """
        Leave without paying.
        """
        ...


def an_order(
    reference: str = "ATTEMPT0001",
    *,
    amount: Money = eur("12.50"),
    label: str = "Accueil de loisirs",
    email: str = "parent@example.org",
) -> Order:
    """
    An order as a portal would write it on 13 May 2026, but for what is given.
    """
    return Order(
        reference=AttemptReference(reference),
        regie=RegieCode("alsh"),
        amount=amount,
        label=label,
        email=Email(email),
        return_url="https://portail.example.org/paiement/retour",
        notify_url="https://portail.example.org/paiement/notification",
        at=dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC),
    )


@pytest.fixture(name="_payment")
def _made_payment(
    self: PaymentContract, place: Path
) -> tuple[PaymentProvider, Payer]:
    return self.make_payment(place)


@pytest.fixture(name="provider")
def _made_provider(
    _: PaymentContract, _payment: tuple[PaymentProvider, Payer]
) -> PaymentProvider:
    return _payment[0]


@pytest.fixture(name="payer")
def _made_payer(
    _: PaymentContract, _payment: tuple[PaymentProvider, Payer]
) -> Payer:
    return _payment[1]


class PaymentContract(Kit):
    """
    The checks, in three lines, as above.

    `make_payment(place)` gives a provider that keeps what it keeps in the
    folder *place*, empty at first, and the payer of its pages.  Two fixtures,
    `provider` and `payer`, do as well.

    Attributes:
        key_parameters: The names under which a notification or a returning
            payer carries the key; PayFiP's unless overridden.
    """

    key_parameters: ClassVar[tuple[str, ...]] = ("idop", "idOp")

    make_payment: ClassVar[Maker[tuple[PaymentProvider, Payer]]]
    _maker: ClassVar[str] = "make_payment"
    _made: ClassVar[Mapping[str, Any]] = {
        "payment": _made_payment,
        "provider": _made_provider,
        "payer": _made_payer,
    }

    def test_limits(self, provider: PaymentProvider) -> None:
        """
        It collects something, for some time.
        """
        assert ZERO < provider.minimum <= provider.maximum
        assert dt.timedelta() < provider.horizon

    def test_name_is_a_scheme(self, provider: PaymentProvider) -> None:
        """
        Its name is what one writes before the colon to choose it.
        """
        name = provider.name

        assert name.isascii()
        assert name[:1].islower()
        assert name.replace("+", "").isalnum()
        assert name == name.lower()

    def test_page_on_the_web(self, provider: PaymentProvider) -> None:
        """
        The payer is sent to a page of this payment alone.
        """
        first = provider.create(an_order()).redirect_url
        second = provider.create(an_order()).redirect_url

        assert first != second
        assert first.startswith(("https://", "http://"))

    def test_keys_are_distinct(self, provider: PaymentProvider) -> None:
        """
        One order created twice is two payments.
        """
        keys = {provider.create(an_order()).key for _ in range(20)}

        assert 20 == len(keys)

    def test_keys_cannot_be_guessed(self, provider: PaymentProvider) -> None:
        """
        A key is long, tells nothing of the order, and little of the next one.
        """
        first = provider.create(an_order("ATTEMPT0001")).key
        second = provider.create(an_order("ATTEMPT0002")).key
        alike = sum(a == b for a, b in zip(first, second, strict=False))

        assert 16 <= len(first)
        assert "ATTEMPT0001" not in first
        assert alike < len(first) / 2

    def test_pending_first(self, provider: PaymentProvider) -> None:
        """
        Until the payer does something, there is no answer and no payment.
        """
        key = provider.create(an_order()).key

        answer = provider.look_up(key)

        assert Outcome.PENDING is answer.outcome

    def test_paid(self, provider: PaymentProvider, payer: Payer) -> None:
        """
        A paid payment is reported with all that the portal compares, and when.
        """
        order = an_order(amount=provider.minimum + Money(1))
        key = provider.create(order).key
        payer.pay(key)

        answer = provider.look_up(key)

        assert isinstance(answer, Paid)
        assert order.reference == answer.reference
        assert order.amount == answer.amount
        assert provider.mode is answer.mode

    def test_bounds_included(
        self, provider: PaymentProvider, payer: Payer
    ) -> None:
        """
        The least and the most that it collects can be paid.
        """
        for amount in (provider.minimum, provider.maximum):
            key = provider.create(an_order(amount=amount)).key
            payer.pay(key)

            answer = provider.look_up(key)

            assert isinstance(answer, Paid)
            assert amount == answer.amount

    def test_refused(self, provider: PaymentProvider, payer: Payer) -> None:
        """
        What the bank refused is not paid.
        """
        key = provider.create(an_order()).key
        payer.refuse(key)

        answer = provider.look_up(key)

        assert Outcome.REFUSED is answer.outcome

    def test_abandoned(self, provider: PaymentProvider, payer: Payer) -> None:
        """
        What the payer left is not paid.
        """
        key = provider.create(an_order()).key
        payer.abandon(key)

        answer = provider.look_up(key)

        assert Outcome.ABANDONED is answer.outcome

    def test_asking_changes_nothing(
        self, provider: PaymentProvider, payer: Payer
    ) -> None:
        """
        Asked again, it answers the same: before the payment, and after it.
        """
        key = provider.create(an_order()).key
        before = [provider.look_up(key) for _ in range(3)]
        payer.pay(key)
        after = [provider.look_up(key) for _ in range(3)]

        assert [before[0]] * 3 == before
        assert [after[0]] * 3 == after
        assert Outcome.PAID is after[0].outcome

    def test_paying_twice(
        self, provider: PaymentProvider, payer: Payer
    ) -> None:
        """
        A second try on the same page changes nothing.
        """
        key = provider.create(an_order()).key
        payer.pay(key)
        once = provider.look_up(key)
        payer.pay(key)

        assert once == provider.look_up(key)

    @needs(Capability.REOPENS)
    def test_reopened(self, place: Path) -> None:
        """
        What was paid is paid for who asks after a restart, and what was not
        is not.
        """
        provider, payer = self.make_payment(place)
        paid, other = (provider.create(an_order()).key for _ in range(2))
        payer.pay(paid)

        again, _ = self.make_payment(place)

        assert Outcome.PAID is again.look_up(paid).outcome
        assert Outcome.PENDING is again.look_up(other).outcome

    def test_payments_are_apart(
        self, provider: PaymentProvider, payer: Payer
    ) -> None:
        """
        Paying one payment pays no other, even of the same order.
        """
        paid = provider.create(an_order()).key
        other = provider.create(an_order()).key
        payer.pay(paid)

        assert Outcome.PENDING is provider.look_up(other).outcome

    @pytest.mark.parametrize(
        "label", HOSTILE_LABELS.values(), ids=HOSTILE_LABELS
    )
    def test_hostile_label(
        self, provider: PaymentProvider, payer: Payer, label: str
    ) -> None:
        """
        A label may hold anything: it is cleaned, and the payment is not hurt.
        """
        order = an_order(label=label)
        key = provider.create(order).key
        payer.pay(key)

        answer = provider.look_up(key)

        assert isinstance(answer, Paid)
        assert (order.reference, order.amount) == (
            answer.reference,
            answer.amount,
        )

    @pytest.mark.parametrize(
        "email", HOSTILE_EMAILS.values(), ids=HOSTILE_EMAILS
    )
    def test_hostile_email(
        self, provider: PaymentProvider, payer: Payer, email: str
    ) -> None:
        """
        Every address that an account may have can pay.
        """
        order = an_order(email=email)
        key = provider.create(order).key
        payer.pay(key)

        assert Outcome.PAID is provider.look_up(key).outcome

    def test_key_unknown(self, provider: PaymentProvider) -> None:
        """
        A key that looks genuine and is not is unknown for good.
        """
        key = provider.create(an_order()).key
        last = "1" if key.endswith("0") else "0"

        with pytest.raises(KeyUnknown):
            provider.look_up(ProviderKey(key[:-1] + last))

    @pytest.mark.parametrize(
        "key",
        ["", "../../etc/passwd", "/etc/passwd", "\x00", "é" * 32, "0" * 5_000],
        ids=["empty", "upwards", "absolute", "null", "accents", "long"],
    )
    def test_key_malformed(self, provider: PaymentProvider, key: str) -> None:
        """
        What cannot be a key is unknown too, and opens nothing.
        """
        with pytest.raises(KeyUnknown):
            provider.look_up(ProviderKey(key))

    def test_key_in_parameters(self, provider: PaymentProvider) -> None:
        """
        The key is found where the provider puts it, among other parameters.
        """
        key = provider.create(an_order()).key

        for name in self.key_parameters:
            assert key == provider.key_in({"lang": "fr", name: key})

    def test_no_key_in_parameters(self, provider: PaymentProvider) -> None:
        """
        Foreign parameters hold no key, whatever their values look like.
        """
        key = provider.create(an_order()).key

        assert provider.key_in({}) is None
        assert provider.key_in({"utm_campaign": key}) is None

    @pytest.mark.parametrize(
        "text",
        ["", "../../etc/passwd", "{key}\n", " {key}", "{key}0", "{key},{key}"],
        ids=["empty", "upwards", "newline", "space", "longer", "two"],
    )
    def test_malformed_key_in_parameters(
        self, provider: PaymentProvider, text: str
    ) -> None:
        """
        A value that is not exactly a key is none.
        """
        value = text.format(key=provider.create(an_order()).key)

        for name in self.key_parameters:
            assert provider.key_in({name: value}) is None
