"""
A provider that collects money: PayFiP, or the sandbox.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from attrs import field, frozen

from portail_core.domain.accounts import Email
from portail_core.domain.checks import moment
from portail_core.domain.ids import AttemptReference, ProviderKey, RegieCode
from portail_core.domain.money import Money
from portail_core.domain.payments import Mode, Report


class ProviderUnavailable(Exception):
    """
    The provider did not answer, or answered nothing usable; ask again later.
    """


class KeyUnknown(Exception):
    """
    The provider knows no payment of this key, for good.
    """


@frozen(kw_only=True)
class Order:
    """
    What to collect.

    Attributes:
        label: Shown to the payer; no name, letters digits and spaces.

        email: Where the provider sends its ticket.

        return_url: Where the payer comes back.

        notify_url: Called by the provider when it knows more.
    """

    reference: AttemptReference
    regie: RegieCode
    amount: Money
    label: str
    email: Email
    return_url: str
    notify_url: str
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Presentation:
    """
    A payment page that awaits the payer.
    """

    key: ProviderKey
    redirect_url: str


class PaymentProvider(Protocol):
    """
    Called outside any transaction; what it says is looked up, never believed
    from a browser.
    """

    @property
    def name(self) -> str:
        """
        The scheme it is chosen by: « sandbox », « payfip ».
        """
        ...

    @property
    def mode(self) -> Mode:
        """
        Whether this configuration moves real money.
        """
        ...

    @property
    def horizon(self) -> dt.timedelta:
        """
        How long after presentation an answer may still come.
        """
        ...

    @property
    def minimum(self) -> Money:
        """
        The least it collects.
        """
        ...

    @property
    def maximum(self) -> Money:
        """
        The most it collects.
        """
        ...

    def create(self, order: Order) -> Presentation:
        """
        Prepare a payment page.

        Raises:
            ProviderUnavailable: The payer was not and will not be sent there.
        """
        ...

    def look_up(self, key: ProviderKey) -> Report:
        """
        What became of a payment; asking changes nothing.

        Raises:
            ProviderUnavailable: Ask again later.
            KeyUnknown: It will never be paid.
        """
        ...

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        The key that a notification or a returning payer carries.
        """
        ...
