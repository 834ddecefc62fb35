"""
Stores that do not show what they keep: another order, another household's,
another moment's, or half of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from portail_core.domain.children import Child
from portail_core.domain.ids import ChildId, HouseholdId
from portail_core.domain.invoices import Invoice
from portail_core.domain.ledger import Ledger
from portail_core.domain.pages import Paging
from portail_core.domain.places import Spot
from portail_core.domain.requests import Request
from portail_core.ports.store import JournalEntry, PoolDay, Queued
from portail_core.testing._keys import kept_places
from portail_core.testing._memory_household import MemoryHouseholdReading
from portail_core.testing._memory_reading import MemoryReading
from portail_core.testing.builders import HOUSEHOLD
from portail_core.testing.memory import MemoryTransaction

from ._base import Faults, Replaceable

AN_INSTANT = dt.timedelta(microseconds=1)
R = TypeVar("R")


def _seen_through(
    household_reading: type[MemoryHouseholdReading],
) -> type[MemoryReading]:
    """
    A reading whose households are read otherwise.
    """

    class Reading(MemoryReading):
        def of(self, household: HouseholdId) -> MemoryHouseholdReading:
            return household_reading(self, household)

    return Reading


# Whose ----------------------------------------------------------------------


class ShowsEverything(Replaceable):
    """
    Breaks: a household reads its own, and nothing else (unscoped reads).
    """

    class reads(MemoryReading):  # noqa: N801 - the part that is replaced
        """
        Everyone is the same household.
        """

        def of(self, household: HouseholdId) -> MemoryHouseholdReading:
            """
            One's own, whoever asks.
            """
            del household
            return super().of(HOUSEHOLD)


class ShowsAnyChild(Replaceable):
    """
    Breaks: a child that is named is one's own.
    """

    class _Seen(MemoryHouseholdReading):
        def child(self, child: ChildId) -> Child | None:
            return self._reading.one(Child, child)

    reads = _seen_through(_Seen)


# When -----------------------------------------------------------------------


class ReadsWhatIsThereNow(Replaceable):
    """
    Breaks: a reading is of one moment (read skew, non-repeatable read).
    """

    @contextmanager
    def reading(self) -> Iterator[MemoryReading]:
        """
        Of whatever moment it is.
        """
        store = self

        class Live(MemoryReading):
            snapshot: Any = property(lambda _: store._now, lambda *_: None)

        yield Live(self._now)


class ReadsCommitted(Replaceable):
    """
    Breaks: what a transaction read is of one moment, or it does not end well
    (read skew, phantom: what databases call « read committed », alone).
    """

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[MemoryTransaction]:
        """
        Of whatever moment it is.
        """
        store = self

        class Live(MemoryTransaction):
            snapshot: Any = property(lambda _: store._now, lambda *_: None)

        with super().transaction(locks) as tx:
            live = Live(self._now)
            live.watched, live.writes = tx.watched, tx.writes
            live.entries, live.counters = tx.entries, tx.counters
            yield live

    def _commit(self, tx: MemoryTransaction) -> None:
        tx.watched &= tx.writes.keys()
        super()._commit(tx)


class HoldsAnInstantTooLong(Replaceable):
    """
    Breaks: a place is free at `taken_until` itself.
    """

    class reads(MemoryReading):  # noqa: N801 - the part that is replaced
        """
        As it was an instant ago.
        """

        def taken(
            self, spots: Iterable[Spot], at: dt.datetime
        ) -> Mapping[Spot, int]:
            """
            Up to that moment included.
            """
            return super().taken(spots, at - AN_INSTANT)


class DueAnInstantLate(Replaceable):
    """
    Breaks: a notice is due from its moment on.
    """

    class reads(MemoryReading):  # noqa: N801 - the part that is replaced
        """
        As it was an instant ago.
        """

        def due_notices(
            self, at: dt.datetime, limit: int
        ) -> tuple[Queued, ...]:
            """
            From the instant after it.
            """
            return super().due_notices(at - AN_INSTANT, limit)


class CountsInACounter(Replaceable):
    """
    Breaks: places are counted from what takes them.
    """

    def __init__(self, place: Any) -> None:
        super().__init__(place)
        counts = self._counts = dict[Spot, int]()

        class Counted(MemoryReading):
            def taken(
                self, spots: Iterable[Spot], at: dt.datetime
            ) -> Mapping[Spot, int]:
                del at
                return {spot: counts.get(spot, 0) for spot in spots}

        self.reads = Counted  # type: ignore[misc]  # of this one alone

    def _commit(self, tx: MemoryTransaction) -> None:
        super()._commit(tx)
        for request in tx.writes.values():
            if isinstance(request, Request):
                self._count(request)

    def _count(self, request: Request) -> None:
        for day, place in kept_places(request):
            for pool in place.pools:
                spot = Spot(pool, day, place.part)
                self._counts[spot] = self._counts.get(spot, 0) + 1


# In which order -------------------------------------------------------------


def _children_by(key: Callable[[str], Any]) -> type[MemoryReading]:
    class Seen(MemoryHouseholdReading):
        def children(self) -> tuple[Child, ...]:
            return tuple(
                sorted(
                    super().children(),
                    key=lambda child: (child.birth_date, key(child.id)),
                )
            )

    return _seen_through(Seen)


class SortsAsADictionary(Replaceable):
    """
    Breaks: names are in the order of code points, on every machine.
    """

    reads = _children_by(str.casefold)


class SortsAsUtf16(Replaceable):
    """
    Breaks: names are in the order of code points, beyond the first 65,536.
    """

    reads = _children_by(lambda name: name.encode("utf-16-be"))


class SortsAsItCame(Replaceable):
    """
    Breaks: what a household has is in order.
    """

    class _Seen(MemoryHouseholdReading):
        def children(self) -> tuple[Child, ...]:
            mine = {child.id for child in super().children()}
            kept = self._reading.values(Child)
            return tuple(child for child in kept if child.id in mine)

        def ledgers(self) -> tuple[Ledger, ...]:
            mine = super().ledgers()
            kept = self._reading.values(Ledger)
            return tuple(ledger for ledger in kept if ledger in mine)

    reads = _seen_through(_Seen)


# How much -------------------------------------------------------------------


class PagesOverlap(Replaceable):
    """
    Breaks: one page follows the other.
    """

    class _Seen(MemoryHouseholdReading):
        def latest_invoices(self, asked: Paging) -> tuple[Invoice, ...]:
            start = max(asked.skip - 1, 0)
            return self.invoices()[::-1][start : start + asked.size]

    reads = _seen_through(_Seen)


class AsksForFiveHundred(Replaceable):
    """
    Breaks: as many keys as one likes are asked for in one read.
    """

    class reads(MemoryReading):  # noqa: N801 - the part that is replaced
        """
        The others are left out.
        """

        def taken(
            self, spots: Iterable[Spot], at: dt.datetime
        ) -> Mapping[Spot, int]:
            """
            Of the first five hundred.
            """
            return super().taken([*spots][:500], at)


class ShowsAThousand(Replaceable):
    """
    Breaks: what has no limit is shown whole.
    """

    class reads(MemoryReading):  # noqa: N801 - the part that is replaced
        """
        Of a long journal, the beginning.
        """

        def journal(
            self, stream: str | None = None
        ) -> tuple[JournalEntry, ...]:
            """
            The first thousand.
            """
            return super().journal(stream)[:1_000]

    class writes(MemoryTransaction):  # noqa: N801 - the part that is replaced
        """
        The same.
        """

        def journal(
            self, stream: str | None = None
        ) -> tuple[JournalEntry, ...]:
            """
            The first thousand.
            """
            return super().journal(stream)[:1_000]


READS: Faults = {
    ShowsEverything: ("test_scoped",),
    ShowsAnyChild: ("test_scoped",),
    ReadsWhatIsThereNow: (
        "test_reading_is_a_snapshot",
        "test_reading_is_of_one_moment",
        "test_reading_says_the_same_twice",
        "test_lists_do_not_grow",
    ),
    ReadsCommitted: (
        "test_transaction_is_of_one_moment",
        "test_lists_do_not_grow_unseen",
    ),
    HoldsAnInstantTooLong: (
        "test_taken",
        "test_boundary",
        "test_moments_compared",
    ),
    DueAnInstantLate: ("test_due_notices", "test_moments_compared"),
    CountsInACounter: (
        "test_put_as_it_was",
        "test_boundary",
        "test_released",
        "test_moments_compared",
    ),
    SortsAsADictionary: ("test_by_code_point",),
    SortsAsUtf16: ("test_by_code_point",),
    SortsAsItCame: ("test_by_code_point", "test_children_by_age"),
    PagesOverlap: ("test_page", "test_long_lists"),
    AsksForFiveHundred: ("test_many_keys",),
    ShowsAThousand: ("test_long_commit",),
}
