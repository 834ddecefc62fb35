"""
Writers that go one call of the port at a time, in every order that matters.

`explore` runs a story again and again.  Each time one writer alone may go, up
to its next call of the store; where it stops, another may be let go instead.
The orders are tried from the simplest: nobody is interrupted, then one is,
then two times somebody is.  That finds what a race of threads finds once in a
thousand nights, and the same way every time.

A store that makes the second writer wait is not hurried: the one that does
not come back is held to wait, and another goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Condition
from typing import Any, cast

from attrs import frozen

from portail_core.ports.store import PoolDay, Reading, Store, Transaction

from ._contract_tools import PATIENCE_SECONDS, again, start

WAITS_SECONDS = 0.05
"""A writer that takes longer for one call is held to wait for another."""

MOST_STEPS = 300
"""Calls of all writers of a story together; more is going round in circles."""

MOST_ORDERS = 300
"""Orders in which one story is tried."""

Writer = Callable[[Store], object]
"""What one of those at work does; run again when another came first."""


@frozen(kw_only=True)
class Story:
    """
    Some writers, and how one sees that they did not hurt each other.

    Attributes:
        ends: Told the answers of the writers, in their order; fails if they,
            and what is kept, could not come of one writer after the other.
    """

    writers: tuple[Writer, ...]
    ends: Callable[[tuple[Any, ...]], None]


@frozen(kw_only=True)
class _Step:
    """
    A choice that was made.

    Attributes:
        ready: Ranks of the writers that could go.

        last: Who went before.

        waited: Whether the chosen one then waited for another.
    """

    ready: tuple[int, ...]
    last: int | None
    chosen: int
    call: str
    waited: bool

    def interrupts(self, other: int) -> bool:
        """
        Whether choosing *other* here stops someone who could go on.
        """
        return self.last in self.ready and other != self.last


def explore(
    store: Store,
    tell: Callable[[int], Story],
    *,
    interruptions: int = 2,
    patience_seconds: float = PATIENCE_SECONDS,
) -> int:
    """
    Try a story in every order with so many interruptions; how many they were.

    Args:
        tell: Given 1, 2, 3…, prepares the story again with other names.

        patience_seconds: How long writers who all wait may do so.

    Raises:
        AssertionError: With the order of calls, if a story ends badly.
    """
    todo: list[tuple[int, ...]] = [()]
    tried = 0
    while todo and tried < MOST_ORDERS:
        choices = todo.pop(0)
        tried += 1
        turns = _Turns(patience_seconds)
        steps = _run(store, tell(tried), choices, turns)
        todo.extend(_others(steps, len(choices), interruptions))
    return tried


def _others(
    steps: Sequence[_Step], given: int, interruptions: int
) -> Iterator[tuple[int, ...]]:
    # What follows a wait is another order already: it is not varied.
    waited = [step.waited for step in steps]
    end = waited.index(True) + 1 if True in waited else len(steps)
    chosen = tuple(step.chosen for step in steps)
    spent = sum(step.interrupts(step.chosen) for step in steps[:given])
    for position in range(given, end):
        step = steps[position]
        for other in step.ready:
            cost = spent + step.interrupts(other)
            if other != step.chosen and cost <= interruptions:
                yield (*chosen[:position], other)


def _run(
    store: Store, story: Story, choices: tuple[int, ...], turns: _Turns
) -> Sequence[_Step]:
    futures = [
        turns.enter(rank, store, writer)
        for rank, writer in enumerate(story.writers)
    ]
    steps: list[_Step] = []
    try:
        while ready := turns.ready():
            last = steps[-1].chosen if steps else None
            wanted = choices[len(steps)] if len(steps) < len(choices) else last
            chosen = wanted if wanted in ready else ready[0]
            assert chosen is not None
            call, waited = turns.let_go(chosen)
            steps.append(
                _Step(
                    ready=ready,
                    last=last,
                    chosen=chosen,
                    call=call,
                    waited=waited,
                )
            )
            assert len(steps) < MOST_STEPS, "the writers never come to an end"
        story.ends(tuple(future.result() for future in futures))
    except Exception as error:
        error.add_note(f"in this order: {_told(steps)}")
        raise
    finally:
        turns.end()
    return steps


def _told(steps: Iterable[_Step]) -> str:
    return ", ".join(
        f"{'ABCDEFGH'[step.chosen]} {step.call}"
        + (" (waits)" if step.waited else "")
        for step in steps
    )


# Turns ----------------------------------------------------------------------


class _Abandoned(BaseException):
    """
    The story is over: leave, and keep nothing.
    """


class _Turns:
    """
    Lets one writer at a time go from one call to the next.
    """

    def __init__(self, patience_seconds: float) -> None:
        self._patience_seconds = patience_seconds
        self._moved = Condition()
        self._stopped: dict[int, str] = {}
        self._at_work: set[int] = set()
        self._waiting: set[int] = set()
        self._turn: int | None = None
        self._over = False

    def enter(self, rank: int, store: Store, writer: Writer) -> Future[object]:
        """
        Let *writer* come to its first call.
        """

        def work() -> object:
            try:
                return again(lambda: writer(stepped))
            finally:
                self._leave(rank)

        stepped = _SteppedStore(store, lambda call: self._stop(rank, call))
        self._at_work.add(rank)
        return start(work)

    def ready(self) -> tuple[int, ...]:
        """
        Who could go; nobody once all are done.

        Raises:
            AssertionError: If those that are left wait for ever.
        """
        with self._moved:
            if not self._moved.wait_for(
                lambda: self._stopped or not self._at_work,
                self._patience_seconds,
            ):
                msg = (
                    f"{len(self._at_work)} writers wait for each other, and"
                    f" none was told so in {self._patience_seconds} seconds"
                )
                raise AssertionError(msg)
            self._moved.wait_for(self._all_stopped, WAITS_SECONDS)
            return tuple(sorted(self._stopped))

    def let_go(self, rank: int) -> tuple[str, bool]:
        """
        Let one go to its next call; which it makes, and whether it waits.
        """
        with self._moved:
            call = self._stopped.pop(rank)
            self._turn = rank
            self._moved.notify_all()
            came_back = self._moved.wait_for(
                lambda: rank in self._stopped or rank not in self._at_work,
                WAITS_SECONDS,
            )
            if not came_back:
                self._waiting.add(rank)
            return call, not came_back

    def end(self) -> None:
        """
        Let everyone who is still there leave.
        """
        with self._moved:
            self._over = True
            self._moved.notify_all()

    def _all_stopped(self) -> bool:
        return self._at_work <= {*self._stopped, *self._waiting}

    def _stop(self, rank: int, call: str) -> None:
        with self._moved:
            self._waiting.discard(rank)
            self._stopped[rank] = call
            self._moved.notify_all()
            self._moved.wait_for(lambda: self._over or self._turn == rank)
            self._turn = None
            if self._over:
                raise _Abandoned

    def _leave(self, rank: int) -> None:
        with self._moved:
            self._at_work.discard(rank)
            self._moved.notify_all()


class _SteppedStore:
    """
    A store whose every call waits for its turn.
    """

    def __init__(self, store: Store, stop: Callable[[str], None]) -> None:
        self._store = store
        self._stop = stop

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """
        As the store beneath.
        """
        self._stop("looks")
        with self._store.reading() as reading:
            yield cast("Reading", _Stepped(reading, self._stop))

    @contextmanager
    def transaction(
        self, locks: Iterable[PoolDay] = ()
    ) -> Iterator[Transaction]:
        """
        As the store beneath; the commit is a step of its own.
        """
        self._stop("begins")
        with self._store.transaction(locks) as tx:
            yield cast("Transaction", _Stepped(tx, self._stop))
            self._stop("commits")

    def back_off(self, lost: int) -> None:
        """
        No wait: the steps decide who comes first.
        """

    def close(self) -> None:
        """
        As the store beneath, which the check closes.
        """


class _Stepped:
    """
    A reading whose every call waits for its turn.
    """

    def __init__(self, reading: Any, stop: Callable[[str], None]) -> None:
        self._reading = reading
        self._stop = stop

    def of(self, household: str) -> Any:
        """
        What one household may read, a step a call.
        """
        return _Stepped(self._reading.of(household), self._stop)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._reading, name)

        def step(*args: Any, **named: Any) -> Any:
            self._stop(name)
            return call(*args, **named)

        return step
