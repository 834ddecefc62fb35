"""
kill -9, wherever it hits, and what is there afterwards.

The operating system survives, and with it what it was given to write: what a
power cut leaves is the databases' own to promise.
"""

import os
from collections import Counter
from contextlib import closing
from datetime import timedelta
from random import Random
from threading import Event

import psycopg
import pytest
from attrs import asdict

from adapters.sql.tests.outside import Outside
from adapters.sql.tests.processes import KILLED
from portail_core.domain.ids import ChildId, HouseholdId
from portail_core.domain.payments import AttemptState, Outcome
from portail_core.domain.requests import LineState
from portail_core.ports.store import Delivery
from portail_core.testing import check_promises
from portail_sql import SqlStore
from tests.simulation.chaos import Chaos
from tests.simulation.ending import check_ending
from tests.simulation.town import Town

FULL = os.environ.get("PORTAIL_PROOF") == "full"
FIRST = int(os.environ.get("PORTAIL_SEED", "0"))
LIVES = range(FIRST, FIRST + (20 if FULL else 2))
KILLS = 10
"""In each life."""

SETTLING_RUNS = 3

POINTS = {
    "after BEGIN": 9,
    "after SELECT": 60,
    "before INSERT": 30,
    "after INSERT": 30,
    "before UPDATE": 12,
    "after UPDATE": 12,
    "before COMMIT": 9,
    "after COMMIT": 9,
    "before create": 2,
    "after create": 2,
    "after look-up": 3,
    "before send": 3,
    "after send": 3,
}
"""Where a process may die by itself, and at the latest which time it does."""


class Plan:
    """
    How one process ends.

    Attributes:
        point: Where it breaks by itself, if it gets there.

        cut_after: When its connections are cut off from outside: after so
            many lines that it said, and a moment.

        kill_after: When it is killed from outside, at the latest.
    """

    def __init__(self, random, kinds):
        self.kind = random.choice(kinds)
        self.moment = random.uniform(0, 0.03)
        name = random.choice(list(POINTS))
        nth = random.randint(1, POINTS[name])
        soon = random.randint(2, 16)
        self.point = ("nowhere", 1, "kill")
        self.cut_after, self.kill_after = None, soon
        match self.kind:
            case "point":
                self.point, self.kill_after = (name, nth, "kill"), 80
            case "cut off":
                self.point, self.kill_after = (name, nth, "cut off"), 40
            case "cut off from outside":
                self.cut_after, self.kill_after = soon, soon + 6


class Life:
    """
    A town, and the processes that work for it, one after the other.

    Attributes:
        told: What was answered, by the key of its command.

        unfinished: Commands without an answer: the next process is given
            them again.

        counts: What ended or broke, by kind.
    """

    def __init__(self, forks, url, folder, seed):
        self.forks = forks
        self.url = url
        self.seed = seed
        self.random = Random(seed)
        self.folder = folder
        self.outside = Outside(folder)
        with closing(SqlStore.open(url)) as store:
            town = Town(Random(seed), store, Chaos(self.random), families=3)
        town.clock, town.payment = self.outside.clock, self.outside.payment
        town.mail = self.outside.mail
        self.town = town
        self.told = {}
        self.unfinished = []
        self.counts = Counter()

    def run(self, rank, plan):
        """
        One process, from its start to its end.
        """
        with self.forks.started(
            "life",
            url=self.url,
            folder=str(self.folder),
            seed=self.seed,
            run=rank,
            households=[asdict(h) for h in self.town.households],
            unfinished=self.unfinished,
            point=plan.point,
        ) as process:
            how = "between lines"
            for heard in range(1, 1000):
                line = process.hear()
                if line is None:
                    break
                how = self.note(line) or how
                if heard == plan.cut_after:
                    Event().wait(plan.moment)
                    cut_off_all(self.url)
                    self.counts["cut off from outside"] += 1
                if heard == plan.kill_after:
                    Event().wait(plan.moment)
                    process.kill()
            assert process.wait() == KILLED
        self.counts[f"killed {how}"] += 1

    def note(self, line):
        """
        Remember what was said; the point at which the process dies, if it is
        one.
        """
        match line:
            case {"asked": command}:
                if command not in self.unfinished:
                    self.unfinished.append(command)
            case {"answered": key, "answer": answer}:
                self.unfinished = [
                    c for c in self.unfinished if c["key"] != key
                ]
                self.told[key] = answer
                self.counts["answers"] += 1
            case {"failed": error}:
                self.counts[error] += 1
            case {"point": name}:
                return name
        return None

    # What holds -------------------------------------------------------------

    def check(self):
        """
        Open the database again: every promise holds, and every answer.
        """
        with closing(SqlStore.open(self.url)) as store:
            check_promises(
                store, at=self.outside.clock.now(), pools=self.town.pools
            )
            with store.reading() as reading:
                for answer in self.told.values():
                    check_answer(reading, answer)
                kept = {
                    request.number
                    for household in self.town.households
                    for request in reading.of(household.id).requests()
                }
        self.check_once(kept)

    def check_once(self, kept):
        """
        Nothing is kept that nobody was told of, but for what the killed
        process was about to say.
        """
        told = {
            answer["held"] for answer in self.told.values() if "held" in answer
        }
        asked = [c for c in self.unfinished if c["do"] == "do_ask"]
        assert told <= kept
        assert len(kept - told) <= len(asked)

    def settle(self):
        """
        Nobody is killed any more: payers decide, and a few runs of the jobs
        leave nothing that waits.
        """
        with closing(SqlStore.open(self.url)) as store:
            portal = self.outside.open(self.town.portals[0].reglement, store)
            payment = self.outside.payment
            for key, report in payment.reports.items():
                with store.reading() as reading:
                    seen = reading.attempt_with_key(key)
                if seen is not None and report.outcome is Outcome.PENDING:
                    payment.answer(
                        key,
                        self.random.choice((Outcome.PAID, Outcome.ABANDONED)),
                    )
            for _ in range(SETTLING_RUNS):
                self.outside.clock.move(timedelta(hours=6))
                portal.jobs.expire()
                portal.jobs.reconcile()
                portal.jobs.relay()
            self.town.store = store
            check_ending(self.town)
        self.check()


def check_answer(reading, answer):
    """
    What a family was told is still so.
    """
    match answer:
        case {"held": number, "household": of, "child": child, "days": days}:
            kept = reading.of(HouseholdId(of)).request(number)
            assert ChildId(child) == kept.asked.child
            assert days == sorted(x.day.isoformat() for x in kept.lines)
        case {"attempt": reference, "to_pay": cents}:
            assert cents == reading.attempt(reference).to_pay.cents
        case {"cancelled": number, "household": of, "day": day}:
            kept = reading.of(HouseholdId(of)).request(number)
            states = {x.day.isoformat(): x.state for x in kept.lines}
            assert LineState.CANCELLED is states[day]
        case {"discarded": number, "household": of}:
            kept = reading.of(HouseholdId(of)).request(number)
            assert {LineState.DISCARDED} == {x.state for x in kept.lines}
        case {"payment": key, "state": "paid"}:
            assert AttemptState.PAID is reading.attempt_with_key(key).state
        case {"sent": keys}:
            states = {reading.queued(key).delivery for key in keys}
            assert states <= {Delivery.SENT}


def cut_off_all(url):
    """
    The server ends every connection of a store to this database.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database()"
            " AND application_name = 'portail'"
        )


@pytest.fixture(name="another", params=["sqlite", "postgresql"])
def _another(request, tmp_path):
    """
    Makes a database for each life; how its processes end.
    """
    made = []

    def another(seed):
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path}/{seed}.db"
        made.append(request.getfixturevalue("databases").make())
        return made[-1]

    another.kinds = ["point", "point", "moment"]
    if request.param == "postgresql":
        another.kinds += ["cut off", "cut off from outside"]
    another.database = request.param
    yield another
    for url in made:
        request.getfixturevalue("databases").drop(url)


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
    counts = Counter()
    for seed in LIVES:
        folder = tmp_path / f"outside-{seed}"
        folder.mkdir()
        life = Life(forks, another(seed), folder, seed)
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
