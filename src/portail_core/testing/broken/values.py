"""
Stores that give back something else than what they were given.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar, cast

from attrs import evolve

from portail_core.domain.accounts import Session
from portail_core.domain.children import Child
from portail_core.domain.days import PARIS
from portail_core.domain.households import Household
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import Money
from portail_core.domain.requests import Request
from portail_core.ports.store import Queued, Record
from portail_core.testing._keys import key_of
from portail_core.testing._memory_reading import MemoryReading
from portail_core.testing.memory import MemoryTransaction

from ._base import Faults, Replaceable

R = TypeVar("R")


class Changing(Replaceable):
    """
    Keeps something else than what is put.
    """

    def changed(self, record: Any) -> Record:
        """
        What it keeps instead.
        """
        return cast("Record", record)

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.writes = {k: self.changed(r) for k, r in tx.writes.items()}
        super()._commit(tx)


# Moments --------------------------------------------------------------------


class RoundsMoments(Changing):
    """
    Breaks: a moment keeps its microseconds.
    """

    def changed(self, record: Any) -> Record:
        """
        To the second.
        """
        if isinstance(record, Session):
            whole = record.expires_at.replace(microsecond=0)
            return evolve(record, expires_at=whole)
        return super().changed(record)


class RoundsMomentsOfNotices(Changing):
    """
    Breaks: every moment of every record keeps its microseconds.
    """

    def changed(self, record: Any) -> Record:
        """
        To the second.
        """
        if isinstance(record, Queued):
            whole = record.due_at.replace(microsecond=0)
            return evolve(record, due_at=whole)
        return super().changed(record)


class KeepsTheClockOnTheWall(Changing):
    """
    Breaks: a moment is itself in the hour that clocks show twice (naive
    clock).
    """

    def changed(self, record: Any) -> Record:
        """
        What a clock in Paris shows, and then what that may mean.
        """
        if isinstance(record, Session):
            shown = record.expires_at.astimezone(PARIS)
            read = shown.replace(fold=0).astimezone(dt.UTC)
            return evolve(record, expires_at=read)
        return super().changed(record)


class ForgetsThePin(Changing):
    """
    Breaks: a place is taken while its attempt is open.
    """

    def changed(self, record: Any) -> Record:
        """
        A request without its pin.
        """
        if isinstance(record, Request):
            return evolve(record, pin=None)
        return super().changed(record)


# Amounts --------------------------------------------------------------------


class CountsEuros(Changing):
    """
    Breaks: a cent is a cent (money as a float, cut to cents).
    """

    def changed(self, record: Any) -> Record:
        """
        0.57 euros are 56.99999999999999 cents.
        """
        if isinstance(record, Ledger):
            euros = record.received.cents / 100
            return evolve(record, received=Money(int(euros * 100)))
        return super().changed(record)


class WeighsQuotients(Changing):
    """
    Breaks: a figure is kept as it is written (decimals as floats).
    """

    def changed(self, record: Any) -> Record:
        """
        650.10 is 650.1.
        """
        if isinstance(record, Household) and record.quotient is not None:
            value = Decimal(str(float(record.quotient.value)))
            quotient = evolve(record.quotient, value=value)
            return evolve(record, quotient=quotient)
        return super().changed(record)


class TurnsPlacesRound(Changing):
    """
    Breaks: what has an order keeps it.
    """

    def changed(self, record: Any) -> Record:
        """
        The last place first.
        """
        if isinstance(record, Request):
            lines = (
                evolve(line, places=line.places[::-1]) for line in record.lines
            )
            return evolve(record, lines=tuple(lines))
        return super().changed(record)


# Text -----------------------------------------------------------------------


class Rewrite(Protocol):
    """
    Another way to write the same, some think.
    """

    def __call__(self, text: str, /) -> str:
        """
        That way.
        """
        ...


class Rewriting(Changing):
    """
    Writes the names of children otherwise.

    Attributes:
        rewrite: What becomes of a name.
    """

    rewrite: ClassVar[Rewrite]

    def changed(self, record: Any) -> Record:
        """
        A child of another name.
        """
        if isinstance(record, Child):
            name = type(self).rewrite(record.first_name)
            return evolve(record, first_name=name)
        return super().changed(record)


class CutsText(Rewriting):
    """
    Breaks: text is as long as it is.
    """

    rewrite = staticmethod(lambda text: text[:255])


class StripsText(Rewriting):
    """
    Breaks: text keeps the white at its ends.
    """

    rewrite = staticmethod(str.rstrip)


class ComposesText(Rewriting):
    """
    Breaks: text comes back letter for letter, whichever way it is written.
    """

    rewrite = staticmethod(lambda text: unicodedata.normalize("NFC", text))


class KeepsThreeBytes(Rewriting):
    """
    Breaks: text is more than the first 65,536 letters.
    """

    rewrite = staticmethod(
        lambda text: "".join(c if c <= "\uffff" else "?" for c in text)
    )


class ReplacesWhatIsNoText(Rewriting):
    """
    Breaks: what is no text is kept as it is, or refused.
    """

    rewrite = staticmethod(lambda text: text.encode(errors="replace").decode())


class EndsAtNull(Rewriting):
    """
    Breaks: text does not end at a null.
    """

    rewrite = staticmethod(lambda text: text.partition("\0")[0])


# Names that are alike -------------------------------------------------------


class Folding(Replaceable):
    """
    Finds a record under every name that it takes for the same.

    Attributes:
        fold: What two such names have in common.
    """

    fold: ClassVar[Rewrite]

    @contextmanager
    def reading(self) -> Iterator[MemoryReading]:
        """
        By folded names.
        """
        fold = type(self).fold

        class Folded(MemoryReading):
            def one(self, kind: type[R], *names: str | int) -> R | None:
                wanted = [fold(str(name)) for name in names]
                for record in self.values(kind):
                    key = key_of(cast("Any", record))
                    if wanted == [fold(str(name)) for name in key[1:]]:
                        return record
                return None

        yield Folded(self._now)


class FoldsCase(Folding):
    """
    Breaks: « Élodie » is not « élodie ».
    """

    fold = staticmethod(str.casefold)


class FoldsAccents(Folding):
    """
    Breaks: « Élodie » is not « Elodie ».
    """

    fold = staticmethod(
        lambda text: "".join(
            letter
            for letter in unicodedata.normalize("NFD", text)
            if not unicodedata.combining(letter)
        )
    )


class FoldsForms(Folding):
    """
    Breaks: two ways to write a letter are two.
    """

    fold = staticmethod(lambda text: unicodedata.normalize("NFC", text))


class FoldsSpaces(Folding):
    """
    Breaks: « Élodie » is not « Élodie  ».
    """

    fold = staticmethod(str.rstrip)


class FoldsNumbers(Folding):
    """
    Breaks: « 0 » is not « 00 ».
    """

    fold = staticmethod(
        lambda text: str(int(text)) if text.isdecimal() else text
    )


VALUES: Faults = {
    RoundsMoments: ("test_moments", "test_moments_of_all"),
    RoundsMomentsOfNotices: ("test_moments_of_all",),
    KeepsTheClockOnTheWall: ("test_moments",),
    ForgetsThePin: ("test_taken", "test_states"),
    CountsEuros: ("test_amounts",),
    WeighsQuotients: ("test_decimals",),
    TurnsPlacesRound: ("test_places",),
    CutsText: ("test_text",),
    StripsText: ("test_text",),
    ComposesText: ("test_text",),
    KeepsThreeBytes: ("test_text",),
    ReplacesWhatIsNoText: ("test_no_text",),
    EndsAtNull: ("test_no_text",),
    FoldsCase: ("test_alike",),
    FoldsAccents: ("test_alike",),
    FoldsForms: ("test_alike",),
    FoldsSpaces: ("test_alike",),
    FoldsNumbers: ("test_alike",),
}
