"""
What the storage costs, beside raw SQL that writes and reads the same rows.

    python -m benchmarks.storage [--database sqlite|postgresql|both]
                                 [--runs N] [--expiry N [N ...]]

Each line is paired: floor and portal take turns on one database, in one run,
with the same guarantees.  The portal also prices, judges and explains; the
floor (`benchmarks.storage_floor`) knows its rows beforehand.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from attrs import frozen

from portail_core.domain.ids import AccountId, ChildId
from portail_core.domain.money import Money

from .storage_floor import Family, Rows
from .storage_rows import MODEL, family, like, payment_rows, without
from .storage_town import (
    LATER,
    NOW,
    PERIOD,
    POOLS,
    Town,
    postgresql,
    rank_of,
    sqlite,
)

CHILDREN = 200


@frozen
class Pair:
    """
    Seconds of one workload: by hand, and by the portal.
    """

    floor: float
    portal: float

    @property
    def ratio(self) -> float:
        """
        How many floors the portal is.
        """
        return self.portal / self.floor


def timed(act: Callable[[], object]) -> float:
    """
    Seconds that *act* takes.
    """
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def median(pairs: list[Pair]) -> Pair:
    """
    The medians of both sides.
    """
    return Pair(
        statistics.median(pair.floor for pair in pairs),
        statistics.median(pair.portal for pair in pairs),
    )


@frozen
class Bench:
    """
    A town whose first family has done everything once, by the portal.
    """

    town: Town
    asked: Rows
    expired: Mapping[str, Any]
    runs: int

    @classmethod
    def of(cls, town: Town, runs: int) -> Bench:
        """
        Let the model ask, and its time pass.
        """
        model = family(MODEL)
        wish, total = town.wish(model)
        number = town.place(model, wish, total)
        asked = town.asked_rows(number)
        town.clock.moment = LATER
        town.portal.jobs.expire()
        town.clock.moment = NOW
        entries = town.rows("journal", "stream", f"request/{number}")
        return cls(
            town, asked, without(entries[-1], "sequence", "stream"), runs
        )

    # 36 days, then their payment --------------------------------------------

    def place(self) -> Pair:
        """
        36 days asked for and held.
        """
        town, pairs = self.town, []
        for one, other in couples(town.settle_down(2 * self.runs)):
            rows, wish, total = self._asked(one), *town.wish(other)
            with town.same_rows() as by_portal:
                floor = timed(partial(self._place, one, rows))
                by_portal()
                portal = timed(partial(town.place, other, wish, total))
            pairs.append(Pair(floor, portal))
        return median(pairs)

    def pay(self) -> Pair:
        """
        « Valider et payer », and the provider's answer.
        """
        town, pairs = self.town, []
        (first,) = town.settle_down(1)
        wish, total = town.wish(first)
        number = town.place(first, wish, total)
        town.settle(town.paid(town.check_out(first, total)))
        payment = payment_rows(town, rank_of(first), number)
        for one, other in couples(town.settle_down(2 * self.runs)):
            number = self._place(one, self._asked(one))
            rows = payment(rank_of(one), number)
            town.place(other, *town.wish(other))
            with town.same_rows() as by_portal:
                floor = timed(partial(town.hand.pay, one, rows))
                by_portal()
                portal = timed(partial(self._pay, other, total))
            pairs.append(Pair(floor, portal))
        return median(pairs)

    def _asked(self, of: Family) -> Rows:
        return {
            table: [like(row, rank_of(of)) for row in rows]
            for table, rows in self.asked.items()
        }

    def _place(self, of: Family, rows: Rows) -> int:
        town = self.town
        return town.hand.place(of, rows, POOLS, town.moment(NOW))

    def _pay(self, of: Family, total: Money) -> None:
        town = self.town
        town.settle(town.paid(town.check_out(of, total)))

    # Expiry -----------------------------------------------------------------

    def expire(self, count: int) -> Pair:
        """
        Requests of one day whose time is over, released.
        """
        town = self.town
        families = -(-count // len(town.wednesdays))
        first = rank_of(town.settle_down(families)[0])
        pairs = []
        for _ in range(3 if count <= 10_000 else 1):
            self._hold(count, first, families)
            floor = timed(
                lambda: town.hand.expire(town.moment(LATER), self.expired)
            )
            self._hold(count, first, families)
            town.clock.moment = LATER
            portal = timed(town.portal.jobs.expire)
            town.clock.moment = NOW
            pairs.append(Pair(floor, portal))
        return median(pairs)

    def _hold(self, count: int, first: int, families: int) -> None:
        days = self.town.wednesdays
        self.town.book(
            self.asked,
            (
                (first + at % families, (days[at // families],))
                for at in range(count)
            ),
        )

    # A month ----------------------------------------------------------------

    def month(self) -> Pair:
        """
        A month of every week day, with 200 children there on each.
        """
        town, days = self.town, self.town.month_days
        children = town.settle_down(CHILDREN)
        first = rank_of(children[0])
        town.book(
            self.asked,
            ((first + at, days) for at in range(CHILDREN)),
            state="confirmed",
            taken_until=None,
        )
        at = town.moment(NOW)
        shown = [town.day(day) for day in days]
        pairs = []
        for child in children[: self.runs]:
            floor = timed(partial(town.hand.month, child, POOLS, shown, at))
            pairs.append(Pair(floor, timed(partial(self._look, child))))
        return median(pairs)

    def _look(self, of: Any) -> None:
        desk = self.town.portal.trusted.family(AccountId(of.account))
        month = desk.planning.month(
            ChildId(of.child), PERIOD, self.town.month_days[0]
        )
        assert any(day.booked for week in month.weeks for day in week)


def couples(families: Sequence[Family]) -> Iterator[tuple[Family, Family]]:
    """
    One for the floor, one for the portal.
    """
    return zip(families[::2], families[1::2], strict=True)


def report(bench: Bench, expiries: Sequence[int]) -> None:
    """
    Print a line a workload, each once it is measured.
    """
    said(f"36 days placed, {bench.runs} pairs", bench.place())
    said(f"checkout and settlement, {bench.runs} pairs", bench.pay())
    said(f"a month of {CHILDREN} children, {bench.runs} pairs", bench.month())
    each: dict[int, Pair] = {}
    for count in expiries:
        each[count] = bench.expire(count)
        said(f"expiry of {count:,}", each[count])
    if len(each) > 1:
        (few, one), *_, (many, other) = sorted(each.items())
        print(
            f"  {many // few} times as many take the floor"
            f" {other.floor / one.floor:.1f} times as long,"
            f" the portal {other.portal / one.portal:.1f} times"
        )


def said(name: str, pair: Pair) -> None:
    """
    One line.
    """
    print(
        f"  {name:36}{pair.floor * 1e3:10.2f}{pair.portal * 1e3:10.2f}"
        f"{pair.ratio:9.1f}",
        flush=True,
    )


def main() -> None:
    """
    Print a table for each database.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    known = {"sqlite": sqlite, "postgresql": postgresql}
    parser.add_argument("--database", choices=[*known, "both"], default="both")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument(
        "--expiry", type=int, nargs="*", default=[10_000, 100_000]
    )
    asked = parser.parse_args()
    for name, opened in known.items():
        if asked.database in {name, "both"}:
            print(f"{name:38}{'floor ms':>10}{'portal ms':>10}{'ratio':>9}")
            with (
                tempfile.TemporaryDirectory() as folder,
                opened(Path(folder)) as town,
            ):
                report(Bench.of(town, asked.runs), asked.expiry)


if __name__ == "__main__":
    main()
