"""
Another process at the same place: `python -m portail_core.testing._worker`.

It says a word a line, and goes on when it is sent a line; who started it may
kill it at any time.  What it is asked to do is in `TASKS`.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from attrs import frozen

from portail_core.domain.ids import ChildId
from portail_core.ports.store import Store, Transaction

from . import builders, samples
from ._contract_places import SPOT
from ._contract_tools import again
from .builders import ASKED, POOL, WEDNESDAY


@frozen(kw_only=True)
class Wire:
    """
    What the process says, and what it is told.
    """

    heard: TextIO
    said: TextIO

    def say(self, what: object) -> None:
        """
        A line, at once.
        """
        self.said.write(f"{what}\n")
        self.said.flush()

    def wait(self) -> None:
        """
        Until a line is sent.
        """
        self.heard.readline()


def found(name: str, file: str) -> Callable[[Path], Any]:
    """
    What is called *name*, « module:function »; read from *file* if no module
    of that name can be imported, as a test file.

    Raises:
        LookupError: If it is nowhere.
    """
    module_name, _, attribute = name.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ImportError:
        spec = importlib.util.spec_from_file_location("of_a_kit", file)
        if spec is None or spec.loader is None:
            msg = f"{name} is not found"
            raise LookupError(msg) from None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    make: Callable[[Path], Any] = attrgetter(attribute)(module)
    return make


# Tasks ----------------------------------------------------------------------


def buy(store: Store, wire: Wire, number: str, child: str) -> None:
    """
    Buy the last place when told to, and say how it went.
    """

    def work() -> str:
        with store.transaction([(POOL, WEDNESDAY)]) as tx:
            if tx.taken([SPOT], ASKED).get(SPOT, 0):
                return "full"
            asked = builders.asked(child=ChildId(child))
            tx.put(builders.request(int(number), asked=asked))
        return "sold"

    wire.say("ready")
    wire.wait()
    wire.say(again(work))


def take(store: Store, wire: Wire, count: str) -> None:
    """
    Take numbers when told to, and say which.
    """

    def work() -> int:
        with store.transaction() as tx:
            return tx.next_number("request")

    wire.say("ready")
    wire.wait()
    for _ in range(int(count)):
        wire.say(again(work))


def hold(store: Store, wire: Wire, count: str) -> None:
    """
    Write *count* requests, and stop before the commit.
    """
    with store.transaction() as tx:
        for _ in range(int(count)):
            write(tx)
        wire.say("written")
        wire.wait()


def commit(store: Store, wire: Wire, count: str) -> None:
    """
    Write *count* requests, commit them at once, and stop.
    """
    with store.transaction() as tx:
        for _ in range(int(count)):
            write(tx)
        wire.say("commits")
    wire.say("committed")
    wire.wait()


def go_on(store: Store, wire: Wire, count: str) -> None:
    """
    Write *count* requests, a commit each, say the number of each, and stop.
    """
    for _ in range(int(count)):
        with store.transaction() as tx:
            number = write(tx)
        wire.say(number)
    wire.wait()


def write(tx: Transaction) -> int:
    """
    A request with all that comes with it; its number.
    """
    number = tx.next_number("request")
    child = builders.child(id=ChildId(f"child {number}"))
    tx.put(child)
    tx.put(builders.request(number, asked=builders.asked(child=child.id)))
    tx.put(samples.queued(key=f"notice {number:04}"))
    tx.append(samples.entry(f"request/{number}"))
    return number


TASKS: Mapping[str, Callable[..., None]] = {
    task.__name__: task for task in (buy, take, hold, commit, go_on)
}


def main(arguments: list[str], wire: Wire) -> None:
    """
    Do one task: the name of the maker, its file, the place, the task and what
    it asks for.
    """
    name, file, place, task, *rest = arguments
    store = found(name, file)(Path(place))
    TASKS[task](store, wire, *rest)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1:], Wire(heard=sys.stdin, said=sys.stdout))
