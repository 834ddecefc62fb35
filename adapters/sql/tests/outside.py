"""
What outlives a process: the time of day, a provider's truth, letters sent.

All of it is files of one folder; who writes one line or renames one file has
done it whole, or not at all.
"""

import datetime as dt
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from portail_core import Portal
from portail_core.domain.ids import AttemptReference, ProviderKey
from portail_core.domain.money import Money
from portail_core.domain.payments import Mode, Outcome, Paid, Unpaid
from portail_core.ports.payment import KeyUnknown, Presentation
from portail_core.testing import CheapPasswords
from tests.simulation.town import START

SECRET = "a secret of these tests, and of no portal"


def put(path, text):
    """
    Write *text* whole, in place of what was there.
    """
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


class FileClock:
    """
    Shows the same moment until it is moved, to every process.
    """

    def __init__(self, folder):
        self._path = folder / "clock"

    def now(self):
        if not self._path.exists():
            return START
        return dt.datetime.fromisoformat(
            self._path.read_text(encoding="utf-8")
        )

    def move(self, span):
        put(self._path, (self.now() + span).isoformat())


class FilePayments:
    """
    A provider: a file for each payment, under a key of its own.
    """

    name = "files"
    mode = Mode.LIVE
    horizon = dt.timedelta(minutes=120)
    minimum = Money(100)
    maximum = Money(99_999_99)

    def __init__(self, folder):
        self._folder = folder / "payments"
        self._folder.mkdir(exist_ok=True)

    def create(self, order):
        key = ProviderKey(f"key-{order.reference}")
        payment = {
            "reference": order.reference,
            "cents": order.amount.cents,
            "at": order.at.isoformat(),
            "outcome": Outcome.PENDING.value,
        }
        put(self._path(key), json.dumps(payment))
        return Presentation(
            key=key, redirect_url=f"https://pay.example.org/{key}"
        )

    def look_up(self, key):
        if not self._path(key).exists():
            raise KeyUnknown(key)
        payment = json.loads(self._path(key).read_text(encoding="utf-8"))
        outcome = Outcome(payment["outcome"])
        if outcome is not Outcome.PAID:
            return Unpaid(outcome)
        return Paid(
            reference=AttemptReference(payment["reference"]),
            amount=Money(payment["cents"]),
            mode=self.mode,
            paid_at=dt.datetime.fromisoformat(payment["at"]),
        )

    def key_in(self, params):
        return params.get("key")

    def answer(self, key, outcome):
        payment = json.loads(self._path(key).read_text(encoding="utf-8"))
        put(self._path(key), json.dumps(payment | {"outcome": outcome.value}))

    @property
    def reports(self):
        """
        What is known of each payment, by key.
        """
        keys = sorted(path.stem for path in self._folder.glob("*.json"))
        return {key: self.look_up(ProviderKey(key)) for key in keys}

    def _path(self, key):
        return self._folder / f"{key}.json"


class FileMail:
    """
    A mailer: a line for each letter.
    """

    def __init__(self, folder):
        self._path = folder / "letters"
        self._path.touch()

    def send(self, envelope, _letter):
        with self._path.open("a", encoding="utf-8") as letters:
            letters.write(f"{envelope.key}\n")

    @property
    def keys(self):
        return self._path.read_text(encoding="utf-8").splitlines()

    @property
    def sent(self):
        """
        As `KeptMail` has it, of what is kept here.
        """
        return [(SimpleNamespace(key=key), None) for key in self.keys]


class Outside:
    """
    All of it.
    """

    def __init__(self, folder):
        folder = Path(folder)
        self.clock = FileClock(folder)
        self.payment = FilePayments(folder)
        self.mail = FileMail(folder)

    def open(self, reglement, store, **ports):
        """
        A portal in the midst of it.
        """
        given: dict[str, Any] = {"mail": self.mail, "payment": self.payment}
        return Portal.open(
            reglement,
            storage=store,
            links="https://portail.example.org",
            secret=SECRET,
            clock=self.clock,
            passwords=CheapPasswords(),
            **given | ports,
        )
