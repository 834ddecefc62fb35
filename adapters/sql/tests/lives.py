"""
The lives of processes that end by kill -9, and what must hold after each.
"""

from collections import Counter
from contextlib import closing
from datetime import timedelta
from functools import partial
from random import Random
from threading import Event
from types import SimpleNamespace
from typing import Any

import psycopg
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

SETTLING_RUNS = 3
NOWHERE = ("nowhere", 1, "kill")

POINTS = {
    "after BEGIN": 7,
    "after SELECT": 40,
    "before INSERT": 20,
    "after INSERT": 20,
    "before UPDATE": 8,
    "after UPDATE": 8,
    "before COMMIT": 7,
    "after COMMIT": 7,
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
        self.point = NOWHERE
        self.cut_after: int | None = None
        self.kill_after = soon
        match self.kind:
            case "point":
                self.point, self.kill_after = (name, nth, "kill"), 60
            case "cut off":
                self.point, self.kill_after = (name, nth, "cut off"), 30
            case "answer lost":
                self.point = ("after COMMIT", nth % 7 + 1, "lose the answer")
                self.kill_after = 30
            case "cut off from outside":
                self.cut_after, self.kill_after = soon, soon + 6
            case _:
                # At some moment, from outside.
                return


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
        self.reglement = town.portal.reglement
        self.households = town.households
        self.told: dict[str, Any] = {}
        self.unfinished = []
        self.counts: Counter[str] = Counter()

    def live(self, start, *given, run=0, point=NOWHERE, how="whole"):
        """
        What *start* makes of a process of this town.
        """
        return start(
            *given,
            url=self.url,
            folder=str(self.folder),
            seed=self.seed,
            run=run,
            households=[asdict(h) for h in self.households],
            unfinished=self.unfinished,
            point=point,
            how=how,
        )

    def run(self, rank, plan, how="whole"):
        """
        One process, from its start to its end.
        """
        start = partial(self.forks.started, "life")
        with self.live(start, run=rank, point=plan.point, how=how) as process:
            died = "at some moment"
            for heard in range(1, 1000):
                line = process.hear()
                if line is None:
                    break
                died = self.note(line, plan) or died
                if heard == plan.cut_after:
                    Event().wait(plan.moment)
                    cut_off_all(self.url)
                    self.counts["cut off from outside"] += 1
                if heard == plan.kill_after:
                    Event().wait(plan.moment)
                    process.kill()
            assert process.wait() == KILLED
        self.counts[f"killed {died}"] += 1

    def note(self, line, plan):
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
            case {"point": name} if plan.kind == "point":
                return name
            case {"point": name}:
                self.counts[f"{plan.kind} {name}"] += 1
            case _:
                msg = f"what does it say: {line}"
                raise ValueError(msg)
        return None

    # What holds -------------------------------------------------------------

    def check(self):
        """
        Open the database again: every promise holds, and every answer.
        """
        with closing(SqlStore.open(self.url)) as store:
            check_promises(
                store, at=self.outside.clock.now(), pools=self.reglement.pools
            )
            with store.reading() as reading:
                for answer in self.told.values():
                    check_answer(reading, answer)
                kept = {
                    request.number
                    for household in self.households
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
            portal = self.outside.open(self.reglement, store)
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
            check_ending(
                SimpleNamespace(
                    store=store,
                    clock=self.outside.clock,
                    payment=payment,
                    mail=self.outside.mail,
                    households=self.households,
                )
            )
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
            assert all(
                reading.queued(key).delivery is Delivery.SENT for key in keys
            )
        case _:
            # A refusal is what was so when it was given.
            return


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
