"""
Other processes at the same place, and what is there after a crash.
"""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any, ClassVar

import pytest

from portail_core.domain.ids import ChildId
from portail_core.ports.store import Record, Store

from . import builders, samples
from ._contract_places import SPOT
from ._contract_tools import PATIENCE_SECONDS, keep, race, read_back
from ._kit import Capability, Maker, needs
from .builders import ASKED, HOUSEHOLD

MANY = 10_000
"""More of anything than a check writes."""


class ProcessesContract:
    """
    What was answered is kept; a commit is there whole, or not at all.
    """

    make_store: ClassVar[Maker[Store]]

    @needs(Capability.REOPENS)
    def test_reopened(self, place: Path) -> None:
        """
        What was committed is there for who opens the place again: records,
        journal, and where the numbers stand.
        """
        with self._opened(place) as store:
            keep(store, *samples.RECORDS)
            with store.transaction() as tx:
                tx.append(samples.entry("s"))
                tx.next_number("request")

        with self._opened(place) as store, store.transaction() as tx:
            kept = tuple(read_back(tx, one) for one in samples.RECORDS)
            assert samples.RECORDS == kept
            assert [1] == [entry.sequence for entry in tx.journal()]
            assert 2 == tx.next_number("request")

    @needs(Capability.REOPENS)
    def test_places_are_apart(self, place: Path) -> None:
        """
        What is kept at one place is not at another.
        """
        places = place / "one", place / "other"
        for one in places:
            one.mkdir()
        with self._opened(places[0]) as store:
            keep(store, builders.household(), builders.account())

        with self._opened(places[1]) as store, store.reading() as reading:
            assert reading.account(builders.ACCOUNT) is None

    @needs(Capability.REOPENS, Capability.THREADS, Capability.PROCESSES)
    def test_opened_together(self, place: Path) -> None:
        """
        Several workers may be the first to open a place, all at once.
        """
        stores = race(*[partial(self.make_store, place)] * 6)

        keep(stores[0], builders.household())
        for store in stores:
            with store.reading() as reading:
                of = reading.of(HOUSEHOLD)
                assert builders.household() == of.household()
            store.close()

    # Crashes ----------------------------------------------------------------

    @needs(Capability.REOPENS)
    def test_killed_before_the_commit(self, place: Path) -> None:
        """
        Of a commit that never came, nothing is left; and it holds nobody up.
        """
        self._prepare(place)
        with self._other(place, "hold", 3) as other:
            assert "written" == _line(other)

        self._check_whole(place, (0,))

    @needs(Capability.REOPENS)
    def test_killed_after_the_commit(self, place: Path) -> None:
        """
        Once a commit returned, all of it is there, whatever comes next.
        """
        self._prepare(place)
        with self._other(place, "commit", 3) as other:
            assert ["commits", "committed"] == [_line(other) for _ in "12"]

        self._check_whole(place, (3,))

    @needs(Capability.REOPENS)
    def test_killed_in_the_commit(self, place: Path) -> None:
        """
        Of a commit that is interrupted, everything is there or nothing.
        """
        self._prepare(place)
        with self._other(place, "commit", 200) as other:
            assert "commits" == _line(other)

        self._check_whole(place, (0, 200))

    @needs(Capability.REOPENS)
    @pytest.mark.parametrize("commits", [1, 20])
    def test_killed_between_commits(self, place: Path, commits: int) -> None:
        """
        What was answered is there; of the next commit, everything or nothing.
        """
        self._prepare(place)
        with self._other(place, "go_on", MANY) as other:
            answered = [_line(other) for _ in range(commits)]

        assert [str(n) for n in range(1, commits + 1)] == answered
        self._check_whole(place, range(commits, MANY))

    # Races ------------------------------------------------------------------

    @needs(Capability.PROCESSES, Capability.REOPENS)
    def test_last_place_of_processes(self, place: Path) -> None:
        """
        Of two processes that want the last place at once, one has it.
        """
        children = [builders.child(id=ChildId(f"child {n}")) for n in "12"]
        self._prepare(place, *children)

        answers = self._at_once(
            place,
            *(
                ("buy", number, child.id)
                for number, child in enumerate(children, start=1)
            ),
            lines=1,
        )

        with self._opened(place) as store, store.reading() as reading:
            assert 1 == reading.taken([SPOT], ASKED).get(SPOT, 0)
        assert ["full", "sold"] == sorted(answers)

    @needs(Capability.PROCESSES, Capability.REOPENS)
    def test_numbers_of_processes(self, place: Path) -> None:
        """
        Two processes that take five numbers each take 1 to 10.
        """
        self._prepare(place)

        answers = self._at_once(place, *[("take", 5)] * 2, lines=5)

        assert list(range(1, 11)) == sorted(map(int, answers))

    # Helpers ----------------------------------------------------------------

    @contextmanager
    def _opened(self, place: Path) -> Iterator[Store]:
        store = self.make_store(place)
        try:
            yield store
        finally:
            store.close()

    def _prepare(self, place: Path, *records: Record) -> None:
        with self._opened(place) as store:
            keep(store, *samples.FAMILY, *records)

    @contextmanager
    def _other(
        self, place: Path, task: str, *rest: object
    ) -> Iterator[subprocess.Popen[str]]:
        """
        Another process, killed at the end (SIGKILL: it cannot tidy up).
        """
        other = _started(self.make_store, place, (task, *map(str, rest)))
        # A store that hangs is a failure, and not a night of waiting.
        last_minute = Timer(PATIENCE_SECONDS, other.kill)
        last_minute.start()
        try:
            yield other
        finally:
            last_minute.cancel()
            other.kill()
            other.communicate()

    def _at_once(
        self, place: Path, *tasks: tuple[object, ...], lines: int
    ) -> Sequence[str]:
        with ExitStack() as started:
            others = [
                started.enter_context(self._other(place, str(task), *rest))
                for task, *rest in tasks
            ]
            for other in others:
                assert "ready" == _line(other)
            for other in others:
                _let_go(other)
            return [_line(other) for other in others for _ in range(lines)]

    def _check_whole(self, place: Path, counts: Sequence[int]) -> None:
        with self._opened(place) as store:
            with store.reading() as reading:
                requests = reading.of(HOUSEHOLD).requests()
                journal = reading.journal()
                due = reading.due_notices(ASKED, MANY)
            with store.transaction() as tx:
                following = tx.next_number("request")

        numbers = [request.number for request in requests]
        assert len(numbers) in counts
        assert list(range(1, following)) == numbers
        assert [f"request/{n}" for n in numbers] == [e.stream for e in journal]
        assert [f"notice {n:04}" for n in numbers] == [q.key for q in due]


def _started(
    make: Any, place: Path, task: tuple[str, ...]
) -> subprocess.Popen[str]:
    name = getattr(make, "__qualname__", "<nameless>")
    if "<" in name:
        msg = (
            f"{name} is not what another process can find: write it as a"
            " function, or a class, of a module"
        )
        raise TypeError(msg)
    # A killed process leaves half a data file, which coverage cannot combine.
    known = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COVERAGE_")
    }
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "portail_core.testing._worker",
            f"{make.__module__}:{name}",
            inspect.getsourcefile(make) or "",
            str(place),
            *task,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**known, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _line(other: subprocess.Popen[str]) -> str:
    assert other.stdout is not None
    said = other.stdout.readline().rstrip("\n")
    assert said, "the other process ended, or was neither let in nor told"
    return said


def _let_go(other: subprocess.Popen[str]) -> None:
    assert other.stdin is not None
    other.stdin.write("\n")
    other.stdin.flush()
