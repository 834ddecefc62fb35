"""
Several processes on one database, and what a crash leaves.
"""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from adapters.sql.tests.processes import unmeasured
from portail_core.domain.ids import ChildId
from portail_core.domain.places import Spot
from portail_core.testing import builders, samples
from portail_core.testing._contract_tools import race
from portail_sql import SqlStore

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture(name="started")
def _started():
    """
    Starts a script, and ends it with the test.
    """
    processes = []

    def start(script, *arguments):
        process = subprocess.Popen(
            [sys.executable, SCRIPTS / script, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=unmeasured(),
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def prepared(url, *records):
    store = SqlStore.open(url)
    with store.transaction() as tx:
        for record in (*samples.FAMILY, *records):
            tx.put(record)
    return store


def test_last_place(url, started):
    """
    Of several processes that want the last place at once, one has it.
    """
    children = [builders.child(id=ChildId(f"child {n}")) for n in range(4)]
    store = prepared(url, *children)
    buyers = [
        started("buy.py", url, str(number), child.id)
        for number, child in enumerate(children, start=1)
    ]
    for buyer in buyers:
        assert "ready\n" == buyer.stdout.readline()

    for buyer in buyers:
        buyer.stdin.write("\n")
        buyer.stdin.flush()
    answers = [buyer.stdout.readline() for buyer in buyers]

    spot = Spot(builders.POOL, builders.WEDNESDAY, builders.MORNING)
    with store.reading() as reading:
        assert {spot: 1} == reading.taken([spot], builders.ASKED)
    store.close()
    assert ["full\n"] * 3 + ["sold\n"] == sorted(answers)


def test_killed_before_the_commit(url, started):
    """
    Of a commit that a crash interrupts, nothing is left; and it holds nobody
    up.
    """
    prepared(url).close()
    process = started("hold_forever.py", url, "unfinished")
    assert "flushed\n" == process.stdout.readline()

    process.kill()
    process.wait()

    store = SqlStore.open(url)
    with store.transaction() as tx:
        assert () == tx.of(builders.HOUSEHOLD).requests()
        assert () == tx.journal()
        assert () == tx.due_notices(builders.ASKED, 9)
        assert 1 == tx.next_number("request")
    store.close()


@pytest.mark.parametrize("commits", [1, 7, 20])
def test_killed_between_commits(url, started, commits):
    """
    What was answered is kept, and every commit is there whole or not at all.
    """
    prepared(url).close()
    process = started("hold_forever.py", url, "on")
    answered = [int(process.stdout.readline()) for _ in range(commits)]

    process.kill()
    process.wait()

    store = SqlStore.open(url)
    with store.reading() as reading:
        requests = reading.of(builders.HOUSEHOLD).requests()
        journal = reading.journal()
        notices = reading.due_notices(builders.ASKED, 10_000)
    with store.transaction() as tx:
        following = tx.next_number("request")
    store.close()

    numbers = [request.number for request in requests]
    assert answered == numbers[:commits]
    assert list(range(1, following)) == numbers
    assert [f"request/{n}" for n in numbers] == [e.stream for e in journal]
    assert [f"notice {n}" for n in numbers] == [q.key for q in notices]


@pytest.fixture(name="empty", params=["sqlite", "postgresql"])
def _empty(request, tmp_path):
    """
    The address of a database without tables.
    """
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/portail.db"
    return request.getfixturevalue("databases").make()


def test_opened_together(empty):
    """
    Several workers may be the first to open a new database.
    """
    url = empty
    stores = race(*[partial(SqlStore.open, url)] * 8)

    with stores[0].transaction() as tx:
        tx.put(builders.household())
    for store in stores:
        with store.reading() as reading:
            of = reading.of(builders.HOUSEHOLD)
            assert builders.household() == of.household()
        store.close()
