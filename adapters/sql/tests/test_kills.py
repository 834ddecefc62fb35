"""
kill -9, wherever it hits, and what is there afterwards.

The operating system survives, and with it what it was given to write: what a
power cut leaves is the databases' own to promise.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from attrs import frozen

from adapters.sql.tests import season
from adapters.sql.tests.breaking import Points, cut_off, lost, watch
from adapters.sql.tests.lives import Life, Plan
from adapters.sql.tests.outside import Outside
from portail_core import Wish
from portail_core.ports.store import StorageFailed
from portail_core.testing.builders import JOURNEE_REPAS, PERIOD
from portail_sql import SqlStore

FULL = os.environ.get("PORTAIL_PROOF") == "full"
FIRST = int(os.environ.get("PORTAIL_SEED", "0"))
LIVES = range(FIRST, FIRST + (20 if FULL else 2))
KILLS = 10
"""In each life."""

EVERYWHERE = ("point",) * 5 + ("moment",)
CUT_OFF = ("cut off", "cut off from outside", "answer lost")


@frozen
class Another:
    """
    A database of a kind, for each life; how the processes end there.
    """

    database: str
    kinds: tuple[str, ...]
    url: Callable[[int], str]


@pytest.fixture(name="another", params=["sqlite", "postgresql"])
def _another(request, tmp_path):
    """
    Makes a database for each life.
    """
    if request.param == "sqlite":
        yield Another(
            request.param, EVERYWHERE, f"sqlite:///{tmp_path}/{{}}.db".format
        )
        return
    databases = request.getfixturevalue("databases")
    made: list[str] = []

    def make(_):
        made.append(databases.make())
        return made[-1]

    yield Another(request.param, EVERYWHERE + CUT_OFF, make)
    for url in made:
        databases.drop(url)


@pytest.mark.proof
@pytest.mark.timeout(3_600)
@pytest.mark.rule("jobs.crash")
def test_killed_anywhere(forks, another, tmp_path):
    """
    A process is killed in the middle of its work, again and again, and on
    PostgreSQL its connections are cut off as well: after each kill every
    promise holds, what was answered is so, and a command that is given again
    has not happened twice; in the end nothing waits, and no money is lost.
    """
    counts: Counter[str] = Counter()
    for seed in LIVES:
        folder = tmp_path / f"outside-{seed}"
        folder.mkdir()
        life = Life(forks, another.url(seed), folder, seed)
        for rank in range(KILLS):
            plan = Plan(life.random, another.kinds)
            try:
                life.run(rank, plan)
                life.check()
            except BaseException as error:
                error.add_note(f"seed {seed}, process {rank}, {plan.kind}")
                raise
        life.settle()
        counts += life.counts

    killed = sum(n for what, n in counts.items() if what.startswith("killed"))
    assert KILLS * len(LIVES) == killed
    told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
    print(  # noqa: T201 - read by who runs the proofs
        f"kill -9 on {another.database}: seeds {LIVES.start} to "
        f"{LIVES.stop - 1}, {killed} kills; {told}"
    )


def test_halves_are_seen(forks, another, tmp_path):
    """
    If a commit were not whole, these checks would say so: of ten processes
    that commit row by row, each killed after a row, one leaves what they
    find.
    """
    life = Life(forks, another.url(0), tmp_path, 0)

    assert any(leaves_halves(life, rank) for rank in range(10))


def leaves_halves(life, rank):
    plan = Plan(life.random, ["point"])
    plan.point = ("after INSERT", rank + 3, "kill")
    life.run(rank, plan, how="by halves")
    try:
        life.check()
    except AssertionError:
        return True
    return False


class TestServerGone:
    """
    PostgreSQL ends a connection, or its answer gets lost.
    """

    @pytest.fixture(name="store")
    def _store(self, postgresql):
        with closing(SqlStore.open(postgresql)) as store:
            season.settle(store, 2)
            yield store

    @pytest.fixture(name="ask")
    def _ask(self, store, tmp_path):
        """
        Presses « valider » – again and again for the same days.
        """
        portal = Outside(tmp_path).open(season.season(), store)
        planning = portal.trusted.family(season.account_id(0)).planning
        days = {season.WEDNESDAYS[0]: JOURNEE_REPAS}
        wish = Wish(child=season.child_id(0), period=PERIOD, days=days)
        shown = planning.quote(wish).total
        return partial(
            planning.request, wish, shown_total=shown, command="once"
        )

    @pytest.mark.parametrize(
        "where", ["after BEGIN", "after INSERT", "before COMMIT"]
    )
    def test_nothing_by_halves(self, store, ask, postgresql, caplog, where):
        """
        Nothing is kept of a transaction that the server ended, and the next
        one has a connection of its own; there is nothing for a log.
        """
        watch(store, Points(str, where, 1, cut_off(postgresql)))

        with pytest.raises(StorageFailed):
            ask()

        assert [] == numbers(store)
        assert 1 == ask().number
        assert [1] == numbers(store)
        assert [] == caplog.records

    def test_answer_lost(self, store, ask):
        """
        Whoever heard nothing of a commit gives the command again, and is told
        what was answered the first time.
        """
        watch(store, Points(str, "after COMMIT", 1, lost))

        with pytest.raises(StorageFailed):
            ask()

        assert [1] == numbers(store)
        assert 1 == ask().number
        assert [1] == numbers(store)


def numbers(store):
    with store.reading() as reading:
        family = reading.of(season.household_id(0))
        return [request.number for request in family.requests()]
