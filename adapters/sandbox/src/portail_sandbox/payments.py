"""
The provider that a portal asks.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve as replace, field, frozen

from portail_core.domain.accounts import read_email
from portail_core.domain.ids import ProviderKey
from portail_core.domain.money import Money, eur
from portail_core.domain.payments import Mode, Report
from portail_core.domain.refusals import Refused
from portail_core.ports.payment import (
    Order,
    Presentation,
    ProviderUnavailable,
)
from portail_core.wire import Unreadable

from ._folder import Folder
from ._records import KEY, Decision, Fault, Payment, report

if TYPE_CHECKING:
    from attrs import Attribute

PAGE = "http://127.0.0.1:8010"
"""Where `python -m portail_sandbox serve` answers, unless told otherwise."""

HORIZON = dt.timedelta(minutes=120)
MINIMUM = eur("1.00")
MAXIMUM = eur("99999.99")

_LABEL_LENGTH = 100
_PARAMETERS = ("idop", "idOp", "key")
_REFERENCE = re.compile(r"[A-Za-z0-9]{6,30}")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+([/?#][!-~]*)?")
_PAGE = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~%-]+)*")


def _absolute(_: object, attribute: Attribute[Any], path: Path | None) -> None:
    if path is not None and not path.is_absolute():
        msg = f"{attribute.name} is {path}, expected an absolute path"
        raise ValueError(msg)


def _web_page(_: object, __: object, page: str) -> None:
    if not _PAGE.fullmatch(page):
        msg = (
            f"the page {page!r} is not written as http://127.0.0.1:8010, "
            "without a final slash"
        )
        raise ValueError(msg)


def _some_time(_: object, __: object, horizon: dt.timedelta) -> None:
    if horizon <= dt.timedelta():
        msg = "the horizon leaves no time to pay"
        raise ValueError(msg)


def _two_cents(_: object, __: object, minimum: Money) -> None:
    if minimum < Money(2):
        msg = "the minimum is below 0.02: a cent less would be nothing"
        raise ValueError(msg)


def _no_less(payments: SandboxPayments, _: object, maximum: Money) -> None:
    if maximum < payments.minimum:
        msg = "the maximum is below the minimum: nothing could be paid"
        raise ValueError(msg)


@frozen(kw_only=True)
class SandboxPayments:
    """
    Payments that are files of *directory*, decided by whoever opens it with
    `SandboxDesk`.

    Limits are PayFiP's unless others are given.  What PayFiP would answer by
    an error that no retry mends – a reference, an amount, an address against
    its rules – is a `ValueError`: the portal is wrong, and is told so.

    Attributes:
        directory: An absolute path; made if missing, for its owner alone.

        tickets: The Maildir where payers find their tickets, an absolute
            path; `None` for no tickets.

        page: Where the payment page is served, without a final slash.

        horizon: How long after presentation an answer may still come.

        minimum: At least 0.02, so that a cent less is still an amount.

        maximum: Included.

        mode: What reports say; test is the truth, live is for rehearsals.

    Raises:
        OSError: If *directory* can be neither found nor made.
        ValueError: If a limit makes no sense.
    """

    directory: Path = field(validator=_absolute)
    tickets: Path | None = field(default=None, validator=_absolute)
    page: str = field(default=PAGE, validator=_web_page)
    horizon: dt.timedelta = field(default=HORIZON, validator=_some_time)
    minimum: Money = field(default=MINIMUM, validator=_two_cents)
    maximum: Money = field(default=MAXIMUM, validator=_no_less)
    mode: Mode = Mode.TEST
    name: str = field(default="sandbox", init=False)

    def __attrs_post_init__(self) -> None:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def create(self, order: Order) -> Presentation:
        """
        Keep *order*, pending, under a new key.

        Raises:
            ProviderUnavailable: As scripted, or if the folder is unusable.
            ValueError: If PayFiP would never take such an order.
        """
        self._check(order)
        key = ProviderKey(secrets.token_hex(16))
        with self._answering() as folder:
            fault = folder.take(
                Fault.CREATE_UNAVAILABLE, Fault.CREATE_ANSWER_LOST
            )
            if fault is Fault.CREATE_UNAVAILABLE:
                raise ProviderUnavailable(fault.value)
            folder.write(
                Payment(
                    key=key,
                    order=replace(order, label=_shown(order.label)),
                    mode=self.mode,
                    tickets=str(self.tickets) if self.tickets else None,
                )
            )
        if fault is Fault.CREATE_ANSWER_LOST:
            raise ProviderUnavailable(fault.value)
        return Presentation(key=key, redirect_url=f"{self.page}/pay/{key}")

    def look_up(self, key: ProviderKey) -> Report:
        """
        What was decided of *key*; asking twice is answered twice the same,
        but for `ABANDONED_THEN_PAID`, made to change its mind.

        Raises:
            ProviderUnavailable: As scripted, or if the file is unusable.
            KeyUnknown: Nothing was ever created under this key.
        """
        with self._answering() as folder:
            fault = folder.take(Fault.LOOK_UP_UNAVAILABLE)
            if fault is not None:
                raise ProviderUnavailable(fault.value)
            payment = folder.read(key)
            answer = report(payment)
            changing = payment.decision is Decision.ABANDONED_THEN_PAID
            if changing and payment.told is None:
                folder.write(replace(payment, told=answer.outcome))
        return answer

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        The first of `idop`, `idOp` and `key` that looks like a key of ours.
        """
        for name in _PARAMETERS:
            if KEY.fullmatch(value := params.get(name, "")):
                return ProviderKey(value)
        return None

    def script(self, *faults: Fault) -> None:
        """
        Let *faults* happen, once each and in this order, to whichever process
        asks next; they come after those already scripted.
        """
        folder = Folder(self.directory)
        with folder.locked():
            folder.plan(faults)

    @contextmanager
    def _answering(self) -> Iterator[Folder]:
        folder = Folder(self.directory)
        try:
            with folder.locked():
                yield folder
        except (OSError, Unreadable) as error:
            msg = f"the sandbox {self.directory} is unusable: {error}"
            raise ProviderUnavailable(msg) from error

    def _check(self, order: Order) -> None:
        if not _REFERENCE.fullmatch(order.reference):
            msg = f"{order.reference!r} is not 6 to 30 letters and digits"
            raise ValueError(msg)
        if not self.minimum <= order.amount <= self.maximum:
            msg = (
                f"{order.amount.cents} cents are not from "
                f"{self.minimum.cents} to {self.maximum.cents}"
            )
            raise ValueError(msg)
        for url in (order.return_url, order.notify_url):
            if not _ADDRESS.fullmatch(url):
                msg = f"{url!r} is not an http(s) address in ASCII"
                raise ValueError(msg)
        try:
            read_email(order.email)
        except Refused as error:
            msg = f"{order.email!r} is not an e-mail address"
            raise ValueError(msg) from error


def _shown(label: str) -> str:
    # No control character, no direction mark: it goes into a page and a mail.
    visible = "".join(c if c.isprintable() else " " for c in label)
    return " ".join(visible.split())[:_LABEL_LENGTH]
