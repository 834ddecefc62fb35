"""
Text that looks alike, text that is none, and moments that are read twice.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from attrs import evolve

from portail_core.domain.children import Child
from portail_core.domain.ids import (
    ChildId,
    CommandKey,
    RegieCode,
    SecretDigest,
)
from portail_core.domain.money import Money
from portail_core.domain.requests import Pin
from portail_core.ports.store import (
    KeptCommand,
    Record,
    StorageFailed,
    Store,
)

from . import builders, samples
from ._contract_places import SPOT
from ._contract_tools import keep, read_back
from .builders import ASKED, HOUSEHOLD

AN_INSTANT = dt.timedelta(microseconds=1)
AN_HOUR = dt.timedelta(hours=1)

ALIKE = (
    "Élodie",
    "élodie",
    "ÉLODIE",
    "elodie",
    "Elodie",
    "E\u0301lodie",  # the accent apart
    "Élodie ",
    " Élodie",
    "Élodie\u00a0",
    "Élodie\u200d",  # nothing that one sees
    "Ｅlodie",
    "strasse",
    "straße",
    "STRASSE",
    "ı",  # Turkish: without a dot, and with one
    "i",
    "I",
    "İ",
    "ﬁ",  # one letter, or two
    "fi",
    "%",
    "_",
    "*",
    "?",
    "x' OR '1'='1",
    'x" OR "1"="1',
    "x\\",
    "0",
    "00",
    "0.0",
    "NULL",
    "2026-05-27",
)
"""Names that are each their own, whatever a collation makes of them."""

IN_ORDER = (
    "",
    "\t",
    " ",
    "!",
    "-",
    "10",
    "9",
    "A",
    "Z",
    "_",
    "a",
    "aA",
    "a\u0301",
    "b",
    "z",
    "É",
    "é",
    "œ",
    "ﬁ",
    "\ufffd",
    "\U0001f600",  # after all others, but not where text is UTF-16
)
"""By code point, as an archive or another program sorts them."""

NO_TEXT = {
    "half a character": "a\ud800b",
    "the other half": "\udfff",
    "null": "a\0b",
}
"""What no database has to keep."""

NIGHTS = {
    "hour that is twice": dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC),
    "hour that is not": dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC),
    "midnight in Paris": dt.datetime(2026, 5, 12, 22, tzinfo=dt.UTC),
    "midnight in UTC": dt.datetime(2026, 5, 13, 0, tzinfo=dt.UTC),
    "new year": dt.datetime(2026, 12, 31, 23, tzinfo=dt.UTC),
    "leap day": dt.datetime(2028, 2, 29, 23, tzinfo=dt.UTC),
}
"""When what a clock on the wall shows is not what time it is."""


class TextContract:
    """
    Two names are one if they are equal, and two moments likewise.
    """

    @pytest.mark.parametrize("by", ["child", "command", "ledger", "digest"])
    def test_alike(self, store: Store, by: str) -> None:
        """
        Names that look alike, or that a database folds, are each their own.
        """
        records = tuple(
            _named(by, name, rank) for rank, name in enumerate(ALIKE)
        )
        keep(store, *samples.FAMILY)
        keep(store, *records, *_custodies(records))

        with store.reading() as reading:
            kept = tuple(read_back(reading, one) for one in records)

        assert records == kept

    def test_alike_one_at_a_time(self, store: Store) -> None:
        """
        A name that is looked for is not found under one that looks alike.
        """
        keep(store, *samples.FAMILY)
        for rank, name in enumerate(ALIKE):
            digest = SecretDigest(name)
            with store.transaction() as tx:
                assert tx.session(digest) is None
                tx.put(_named("digest", name, rank))

    def test_by_code_point(self, store: Store) -> None:
        """
        Where two come at the same moment, the order is that of code points:
        neither a language's, nor the one in which they came.
        """
        children = [builders.child(id=ChildId(name)) for name in IN_ORDER]
        ledgers = [_ledger(name) for name in IN_ORDER]
        keep(store, builders.household())
        keep(store, *children[::-1])
        keep(store, *_custodies(children[::-1]), *ledgers[::-1])

        with store.reading() as reading:
            of = reading.of(HOUSEHOLD)
            by_id = [child.id for child in of.children()]
            by_regie = [ledger.regie for ledger in of.ledgers()]

        assert list(IN_ORDER) == by_id
        assert list(IN_ORDER) == by_regie

    @pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
    def test_no_text(self, store: Store, text: str) -> None:
        """
        What is no text is kept letter for letter, or refused whole as
        `StorageFailed`: never cut, nor replaced.
        """
        keep(store, *samples.FAMILY)
        strange = builders.child(id=ChildId("strange"), first_name=text)
        refused = True

        with contextlib.suppress(StorageFailed):
            keep(store, builders.session(), strange, _custody(strange.id))
            refused = False

        with store.reading() as reading:
            found = reading.of(HOUSEHOLD).child(strange.id)
            session = reading.session(builders.session().digest)
        assert (None if refused else strange) == found
        assert (None if refused else builders.session()) == session

    # Moments ----------------------------------------------------------------

    @pytest.mark.parametrize("at", NIGHTS.values(), ids=NIGHTS)
    def test_moments_of_all(self, store: Store, at: dt.datetime) -> None:
        """
        Every moment of every record comes back to the microsecond, in UTC,
        also where clocks change.
        """
        late = at - ASKED + 123_456 * AN_INSTANT
        records = tuple(_later(record, late) for record in samples.RECORDS)
        keep(store, *records)

        with store.reading() as reading:
            kept = tuple(read_back(reading, one) for one in records)

        assert records == kept
        assert {dt.UTC} == {m.tzinfo for one in kept for m in _moments(one)}

    @pytest.mark.parametrize("at", NIGHTS.values(), ids=NIGHTS)
    def test_moments_compared(self, store: Store, at: dt.datetime) -> None:
        """
        What is due an hour later is not due an instant before, though clocks
        may show the same hour twice.
        """
        first = samples.queued(0, due_at=at)
        second = samples.queued(1, due_at=at + AN_HOUR)
        pin = Pin(attempt=builders.ATTEMPT, until=at + AN_HOUR)
        held = builders.request(held_until=at, pin=pin)
        keep(store, *samples.FAMILY, first, second, held)

        with store.reading() as reading:
            before, after = at + AN_HOUR - AN_INSTANT, at + AN_HOUR

            assert (first,) == reading.due_notices(before, 9)
            assert (first, second) == reading.due_notices(after, 9)
            assert 1 == reading.taken([SPOT], before).get(SPOT, 0)
            assert 0 == reading.taken([SPOT], after).get(SPOT, 0)
            assert () == reading.stale_requests(before, 9)
            assert 1 == len(reading.stale_requests(after, 9))


def _named(by: str, name: str, rank: int) -> Record:
    """
    A record that its name tells from the others, and something beside.
    """
    if by == "child":
        return builders.child(id=ChildId(name), first_name=f"n {rank}")
    if by == "command":
        return KeptCommand(
            household=HOUSEHOLD,
            key=CommandKey(name),
            arguments=name,
            answer=str(rank),
        )
    if by == "ledger":
        return _ledger(name)
    return builders.session(
        digest=SecretDigest(name), expires_at=ASKED + rank * AN_HOUR
    )


def _ledger(regie: str) -> Record:
    return builders.ledger(regie=RegieCode(regie), received=Money(1))


def _custodies(records: Iterable[Record]) -> list[Record]:
    # Whoever looks for a child looks for one of its own.
    return [_custody(one.id) for one in records if isinstance(one, Child)]


def _custody(child: ChildId) -> Record:
    return builders.custody(household=HOUSEHOLD, child=child)


def _later(value: Any, late: dt.timedelta) -> Any:
    """
    *value* with every moment in it moved by as much.
    """
    if isinstance(value, dt.datetime):
        return value + late
    if isinstance(value, tuple):
        return tuple(_later(one, late) for one in value)
    if not attrs.has(type(value)):
        return value
    moved = {
        one.alias: _later(getattr(value, one.name), late)
        for one in attrs.fields(type(value))
    }
    return evolve(value, **moved)


def _moments(value: Any) -> list[dt.datetime]:
    if isinstance(value, dt.datetime):
        return [value]
    if isinstance(value, tuple):
        return [moment for one in value for moment in _moments(one)]
    if not attrs.has(type(value)):
        return []
    return [
        moment
        for one in attrs.fields(type(value))
        for moment in _moments(getattr(value, one.name))
    ]
