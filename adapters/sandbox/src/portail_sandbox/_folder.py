"""
The folder of a sandbox: one JSON file per payment, and one lock.

A file is whole or absent: it is written beside, then renamed.  Who reads and
then writes holds the lock, so that no answer is lost between two processes.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from attrs import frozen

from portail_core import wire
from portail_core.ports.payment import KeyUnknown

from ._records import KEY, Fault, Payment

LOCK_SECONDS = 10.0


@frozen
class Script:
    """
    Faults to come, in order.
    """

    faults: tuple[Fault, ...]


@frozen
class Folder:
    """
    Where payments are kept.

    Every method may raise `OSError`, and `wire.Unreadable` for a file that
    someone edited.
    """

    path: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """
        Be alone among threads and processes; waits ten seconds at most.
        """
        # SQLite's lock is in the standard library, works on every system,
        # waits no longer than told, and ends with the process that holds it.
        with ExitStack() as stack:
            try:
                lock = sqlite3.connect(
                    self.path / "lock",
                    timeout=LOCK_SECONDS,
                    isolation_level=None,
                )
                stack.enter_context(closing(lock))
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                msg = f"the sandbox {self.path} cannot be locked: {error}"
                raise OSError(msg) from error
            yield

    def read(self, key: str) -> Payment:
        """
        The payment of *key*.

        Raises:
            KeyUnknown: Also for what cannot be a key.
        """
        if not KEY.fullmatch(key):
            raise KeyUnknown(key)
        try:
            text = _text(self.path / f"{key}.json")
        except FileNotFoundError:
            raise KeyUnknown(key) from None
        return wire.load(Payment, text)

    def write(self, payment: Payment) -> None:
        """
        Keep *payment*, in place of what was known of it.
        """
        self._put(f"{payment.key}.json", wire.dump(payment))

    def payments(self) -> tuple[Payment, ...]:
        """
        Every payment, in no order.

        Raises:
            FileNotFoundError: If there is no such folder.
        """
        return tuple(
            self.read(path.stem)
            for path in self.path.iterdir()
            if path.suffix == ".json" and KEY.fullmatch(path.stem)
        )

    def plan(self, faults: tuple[Fault, ...]) -> None:
        """
        Add *faults* to those to come; under the lock.
        """
        self._plan((*self._planned(), *faults))

    def take(self, *kinds: Fault) -> Fault | None:
        """
        The next fault of one of *kinds*, which is then over; under the lock.
        """
        planned = list(self._planned())
        for fault in planned:
            if fault in kinds:
                planned.remove(fault)
                self._plan(tuple(planned))
                return fault
        return None

    def _planned(self) -> tuple[Fault, ...]:
        try:
            text = _text(self.path / "faults.json")
        except FileNotFoundError:
            return ()
        return wire.load(Script, text).faults

    def _plan(self, faults: tuple[Fault, ...]) -> None:
        self._put("faults.json", wire.dump(Script(faults)))

    def _put(self, name: str, text: str) -> None:
        with tempfile.NamedTemporaryFile(
            dir=self.path, prefix=".", suffix=".new", delete=False
        ) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self.path / name)


def _text(path: Path) -> str:
    # Bytes that are no text make text that is no JSON: one error for both.
    return path.read_text(encoding="utf-8", errors="replace")
