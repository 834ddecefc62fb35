"""
Things that go wrong, at a numbered point: crashes, and writers who come first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from portail_core.domain.ids import ProviderKey
from portail_core.domain.money import Money
from portail_core.domain.payments import Mode, Report
from portail_core.ports.mail import Envelope, Letter, Mailer
from portail_core.ports.payment import Order, PaymentProvider, Presentation
from portail_core.ports.store import (
    ConcurrentChange,
    PoolDay,
    Reading,
    Store,
    Transaction,
)


class Crash(BaseException):
    """
    The process ends here; no code of ours may catch it.
    """


class Faults:
    """
    Counts the calls of ports, and crashes at one of them.

    Attributes:
        passed: Points passed so far, by name.

        crash_at: Number of the point to crash at, from 1; `None` for never.
    """

    def __init__(self, crash_at: int | None = None) -> None:
        self.passed: list[str] = []
        self.crash_at = crash_at

    def point(self, name: str) -> None:
        """
        A call begins, or has just ended.
        """
        self.passed.append(name)
        if len(self.passed) == self.crash_at:
            raise Crash(name)


class FaultyStore:
    """
    A store that may crash before and after each commit.
    """

    def __init__(self, store: Store, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    def reading(self) -> AbstractContextManager[Reading]:
        """
        As the store beneath.
        """
        return self._store.reading()

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[Transaction]:
        """
        As the store beneath, with a point on either side of the commit.
        """
        with self._store.transaction(locks) as tx:
            yield tx
            self._faults.point("before commit")
        self._faults.point("after commit")

    def back_off(self, lost: int) -> None:
        """
        As the store beneath.
        """
        self._store.back_off(lost)

    def close(self) -> None:
        """
        As the store beneath.
        """
        self._store.close()


class FaultyPayments:
    """
    A provider whose caller may crash before and after each call.
    """

    def __init__(self, payment: PaymentProvider, faults: Faults) -> None:
        self._payment = payment
        self._faults = faults

    @property
    def name(self) -> str:
        """
        As the provider beneath.
        """
        return self._payment.name

    @property
    def mode(self) -> Mode:
        """
        As the provider beneath.
        """
        return self._payment.mode

    @property
    def horizon(self) -> dt.timedelta:
        """
        As the provider beneath.
        """
        return self._payment.horizon

    @property
    def minimum(self) -> Money:
        """
        As the provider beneath.
        """
        return self._payment.minimum

    @property
    def maximum(self) -> Money:
        """
        As the provider beneath.
        """
        return self._payment.maximum

    def create(self, order: Order) -> Presentation:
        """
        As the provider beneath, with a point on either side.
        """
        self._faults.point("before create")
        presentation = self._payment.create(order)
        self._faults.point("after create")
        return presentation

    def look_up(self, key: ProviderKey) -> Report:
        """
        As the provider beneath, with a point on either side.
        """
        self._faults.point("before look-up")
        report = self._payment.look_up(key)
        self._faults.point("after look-up")
        return report

    def key_in(self, params: Mapping[str, str]) -> ProviderKey | None:
        """
        As the provider beneath.
        """
        return self._payment.key_in(params)


class FaultyMail:
    """
    A mailer whose caller may crash before and after each letter.
    """

    def __init__(self, mail: Mailer, faults: Faults) -> None:
        self._mail = mail
        self._faults = faults

    def send(self, envelope: Envelope, letter: Letter) -> None:
        """
        As the mailer beneath, with a point on either side.
        """
        self._faults.point("before send")
        self._mail.send(envelope, letter)
        self._faults.point("after send")


class RacingStore:
    """
    A store where other writers come first, a number of times.

    Attributes:
        races: How many commits are still lost.

        waits: How many were lost, each time that one waited.
    """

    def __init__(self, store: Store, races: int) -> None:
        self._store = store
        self.races = races
        self.waits: list[int] = []

    def reading(self) -> AbstractContextManager[Reading]:
        """
        As the store beneath.
        """
        return self._store.reading()

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[Transaction]:
        """
        As the store beneath, while no race is left.

        Raises:
            ConcurrentChange: At commit, while one is.
        """
        with self._store.transaction(locks) as tx:
            yield tx
            if self.races:
                self.races -= 1
                msg = "another writer came first"
                raise ConcurrentChange(msg)

    def back_off(self, lost: int) -> None:
        """
        Note it; those who come first are not there.
        """
        self.waits.append(lost)

    def close(self) -> None:
        """
        As the store beneath.
        """
        self._store.close()
