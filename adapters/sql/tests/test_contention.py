"""
Opening day: eight processes, and fewer places than children.
"""

import os
from collections import Counter
from contextlib import ExitStack
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest

from adapters.sql.tests import season
from adapters.sql.tests.outside import Outside
from portail_core.domain.payments import AttemptState
from portail_core.domain.places import Spot
from portail_core.testing import check_promises
from portail_core.testing._contract_tools import race
from portail_core.testing.builders import JOURNEE_REPAS, PARTS, POOL
from portail_sql import SqlStore

FULL = os.environ.get("PORTAIL_PROOF") == "full"
FIRST = int(os.environ.get("PORTAIL_SEED", "0"))
SEEDS = range(FIRST, FIRST + (10 if FULL else 1))
PIECES = 4 if FULL else 2
CHILDREN = 5 * season.PROCESSES


class OpeningDay:
    """
    Eight processes that start at one signal.

    Attributes:
        told: All that they said, in order of the processes.
    """

    def __init__(self, forks, url, folder):
        self.forks = forks
        self.url = url
        self.folder = folder
        self.outside = Outside(folder)
        self.store = SqlStore.open(url)

    def run(self, *, children, seed=0, pieces=1, how="apart", patience=0.1):
        """
        Args:
            children: How many there are in all.

            seed: Gives the order in which each asks for its days.

            pieces: How many requests each child's days are asked in.

            how: « apart »; « locked » or « unlocked », if they are to meet
                each time that they have counted places.

            patience: How long, in seconds, the first waits for the last; if
                it did so in vain, they do not wait for each other again.
        """
        season.settle(self.store, children)
        self.outside.open(season.season(), self.store)
        place = Barrier(season.PROCESSES)
        with ExitStack() as stack:
            processes = [
                stack.enter_context(
                    self.forks.started(
                        "opening_day",
                        url=self.url,
                        folder=str(self.folder),
                        seed=seed,
                        rank=rank,
                        children=children,
                        pieces=pieces,
                        how=how,
                    )
                )
                for rank in range(season.PROCESSES)
            ]
            for process in processes:
                assert "ready" in process.hear()
            for process in processes:
                process.tell("go")
            heard = race(
                *(partial(hear, p, place, patience) for p in processes)
            )
            assert [0] * season.PROCESSES == [p.wait() for p in processes]
        self.told = [line for lines in heard for line in lines]

    def taken(self):
        """
        How often each number of places is taken on a part of a day.
        """
        spots = [
            Spot(POOL, day, part)
            for day in season.WEDNESDAYS
            for part in PARTS[JOURNEE_REPAS]
        ]
        with self.store.reading() as reading:
            taken = reading.taken(spots, self.outside.clock.now())
        return Counter(taken.values())

    def requests(self):
        """
        What the database holds, as a family is told of it.
        """
        with self.store.reading() as reading:
            households = {
                season.household_id(rank) for rank in range(CHILDREN)
            }
            return {
                request.number: (
                    request.asked.child,
                    [line.day.isoformat() for line in request.lines],
                )
                for household in households
                for request in reading.of(household).requests()
            }

    def held(self):
        """
        What families were told that they hold.
        """
        return {
            line["held"]: (line["child"], line["days"])
            for line in self.told
            if "held" in line
        }

    def check(self, *, pools=()):
        check_promises(self.store, at=self.outside.clock.now(), pools=pools)


def hear(process, place, patience):
    """
    All that *process* says; it waits at *place* with the others.
    """
    told = []
    try:
        while (line := process.hear()) is not None:
            told.append(line)
            if "counted" in line:
                meet(place, patience)
                process.tell("go on")
    finally:
        # Nobody waits for one that has ended.
        place.abort()
    return told


def meet(place, patience):
    try:
        place.wait(patience)
    except BrokenBarrierError:
        return


@pytest.fixture(name="opening")
def _opening(forks, url, tmp_path):
    opening = OpeningDay(forks, url, tmp_path)
    yield opening
    opening.store.close()


def all_days(places):
    return {places: len(season.WEDNESDAYS) * len(PARTS[JOURNEE_REPAS])}


class TestTwentyPlaces:
    @pytest.mark.proof
    @pytest.mark.rule("request.one-winner")
    @pytest.mark.hard_case(20)
    @pytest.mark.parametrize("seed", SEEDS)
    def test_none_oversold_and_none_lost(self, opening, seed):
        """
        Forty children want each of 36 days, in requests that overlap as they
        like: twenty have each, and who was told so has it.
        """
        opening.run(children=CHILDREN, seed=seed, pieces=PIECES)

        assert all_days(season.PLACES) == opening.taken()
        told, kept = opening.held(), opening.requests()
        assert told == kept
        assert list(range(1, len(kept) + 1)) == sorted(kept)
        opening.check(pools=season.season().pools)
        check_paid(opening)
        tell(f"opening day: seed {seed}, {len(kept)} requests held", opening)

    def test_one_counts_at_a_time(self, opening):
        """
        Who has counted waits for the others, and is alone: they wait for the
        lock.
        """
        opening.run(children=3 * season.PROCESSES, how="locked")

        assert all_days(season.PLACES) == opening.taken()
        assert opening.requests() == opening.held()
        opening.check(pools=season.season().pools)

    def test_without_locks(self, opening):
        """
        The same, with the locks off, sells 24 places of twenty.

        Nothing is left to luck: all eight have counted before one of them
        writes.  They find none taken, then eight, then sixteen, three times
        room for all of them.
        """
        opening.run(children=3 * season.PROCESSES, how="unlocked", patience=60)

        assert all_days(24) == opening.taken()
        with pytest.raises(AssertionError, match="over-capacity"):
            opening.check(pools=season.season().pools)


def check_paid(opening):
    """
    Who was told that a payment came has it in the books.
    """
    paid = [line for line in opening.told if "paid" in line]
    with opening.store.reading() as reading:
        states = [reading.attempt(line["paid"]).state for line in paid]
    assert [AttemptState.PAID.value] * len(paid) == [
        line["state"] for line in paid
    ]
    assert [AttemptState.PAID] * len(paid) == states


def tell(what, opening):
    paid = sum("paid" in line for line in opening.told)
    busy = sum(line.get("busy", 0) for line in opening.told)
    database = opening.store._source.database.name
    print(  # noqa: T201 - read by who runs the proofs
        f"{what}, {paid} payments, {busy} times busy on {database}; "
        "0 oversold, 0 lost"
    )
