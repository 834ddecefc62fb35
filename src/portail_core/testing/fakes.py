"""
Ports that do what a test tells them: time, chance, mails, payments.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from threading import Lock

from portail_core.domain.ids import (
    AttemptReference,
    FileKey,
    LinkId,
    ProviderKey,
    SecretDigest,
)
from portail_core.domain.money import Money
from portail_core.domain.payments import Mode, Outcome, Paid, Report, Unpaid
from portail_core.ports.files import FileMissing, FilesFailed
from portail_core.ports.mail import (
    Envelope,
    Letter,
    MailDelayed,
    MailRejected,
)
from portail_core.ports.payment import (
    KeyUnknown,
    Order,
    Presentation,
    ProviderUnavailable,
)


class StoppedClock:
    """
    Shows the same moment until it is moved.

    Args:
        moment: UTC.
    """

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def now(self) -> dt.datetime:
        """
        The moment it was set to.
        """
        return self.moment

    def move(self, span: dt.timedelta) -> None:
        """
        Let time pass.
        """
        self.moment += span


class CountedTokens:
    """
    Identifiers in order: « id-1 », « id-2 »… so that a test can name them.
    """

    def __init__(self) -> None:
        self._count = 0

    def new_id(self) -> str:
        """
        The next one.
        """
        self._count += 1
        return f"id-{self._count}"

    def new_reference(self) -> AttemptReference:
        """
        The next one, in the alphabet of a provider.
        """
        self._count += 1
        return AttemptReference(f"REF{self._count:05d}")

    def link_secret(self, link: LinkId) -> str:
        """
        Known to whoever knows *link*.
        """
        return hashlib.sha256(link.encode()).hexdigest()[:32].upper()

    def digest(self, secret: str) -> SecretDigest:
        """
        The secret, recognisable.
        """
        return SecretDigest(f"digest of {secret}")


class CheapPasswords:
    """
    Derives nothing, at no cost: for tests alone.
    """

    def __init__(self) -> None:
        self.wasted = 0
        self.compared = 0

    def derive(self, password: str) -> str:
        """
        The password, recognisable.
        """
        return f"derived from {password}"

    def matches(self, password: str, derived: str) -> bool:
        """
        Whether *derived* was derived from *password*; counts the time.
        """
        self.compared += 1
        return derived == self.derive(password)

    def waste(self, password: str) -> None:
        """
        Counts the time that was wasted.
        """
        del password
        self.wasted += 1


class KeptFiles:
    """
    Contents in memory.

    Attributes:
        kept: By key; a test may look, or spoil one.
    """

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._lock = Lock()

    def keep(self, key: FileKey, content: bytes) -> None:
        """
        Once for each key.
        """
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", key):
            msg = "the key of a content is no key of ours"
            raise FilesFailed(msg)
        with self._lock:
            if key in self.kept:
                msg = "something is kept there already"
                raise FilesFailed(msg)
            self.kept[key] = content

    def read(self, key: FileKey) -> bytes:
        """
        The same bytes.
        """
        if key not in self.kept:
            raise FileMissing
        return self.kept[key]

    def delete(self, key: FileKey) -> None:
        """
        Nothing to do if it is not there.
        """
        self.kept.pop(key, None)


class KeptMail:
    """
    A mailer that keeps what it is given.

    Attributes:
        sent: In order.

        trouble: Raised by the next calls, the first first.
    """

    def __init__(self) -> None:
        self.sent: list[tuple[Envelope, Letter]] = []
        self.trouble: list[MailDelayed | MailRejected] = []

    def send(self, envelope: Envelope, letter: Letter) -> None:
        """
        Keep a letter, unless trouble waits.
        """
        if self.trouble:
            raise self.trouble.pop(0)
        self.sent.append((envelope, letter))


class ScriptedPayments:
    """
    A provider whose payers do what a test tells them.

    Attributes:
        orders: What was asked to be collected, by key.

        reports: What it answers; a test may change them at will.

        trouble: Raised by the next calls, the first first.
    """

    def __init__(self) -> None:
        self.orders: dict[ProviderKey, Order] = {}
        self.reports: dict[ProviderKey, Report] = {}
        self.trouble: list[ProviderUnavailable] = []

    name = "scripted"
    mode = Mode.LIVE
    horizon = dt.timedelta(minutes=120)
    minimum = Money(100)
    maximum = Money(99_999_99)

    def create(self, order: Order) -> Presentation:
        """
        A page for *order*, unless trouble waits.
        """
        self._stumble()
        key = ProviderKey(f"key-{len(self.orders) + 1}")
        self.orders[key] = order
        self.reports[key] = Unpaid(Outcome.PENDING)
        return Presentation(
            key=key, redirect_url=f"https://pay.example.org/{key}"
        )

    def look_up(self, key: ProviderKey) -> Report:
        """
        What the test last decided, unless trouble waits.
        """
        self._stumble()
        if key not in self.reports:
            raise KeyUnknown(key)
        return self.reports[key]

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        Under « key ».
        """
        found = params.get("key")
        return ProviderKey(found) if found else None

    def answer(self, key: ProviderKey, outcome: Outcome) -> None:
        """
        From now on, *outcome*; a payment is what was ordered.
        """
        if outcome is not Outcome.PAID:
            self.reports[key] = Unpaid(outcome)
            return
        order = self.orders[key]
        self.reports[key] = Paid(
            reference=order.reference,
            amount=order.amount,
            mode=self.mode,
            paid_at=order.at,
        )

    def forget(self, key: ProviderKey) -> None:
        """
        From now on, no such payment.
        """
        del self.reports[key]

    def _stumble(self) -> None:
        if self.trouble:
            raise self.trouble.pop(0)
