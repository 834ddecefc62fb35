"""
A process that has loaded everything, and becomes others as it is told to.

A start from nothing takes seconds; a fork, milliseconds.  Whoever ends a child
asks here: until its end is fetched, its number is no other process's.
"""

import json
import os
import signal
import sys
import tempfile
import traceback
from contextlib import suppress
from typing import Any

from adapters.sql.tests.lives import Life
from adapters.sql.tests.scripts import life, opening_day

ROLES: dict[str, Any] = {"life": life.main, "opening_day": opening_day.main}


class Talk:
    """
    Lines of JSON, to and from whoever started this process.
    """

    def __init__(self, folder):
        # In the order in which the other side opens them.
        self._said = os.open(f"{folder}/said", os.O_WRONLY)
        self._told = open(f"{folder}/told", encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as the process lives

    def say(self, what):
        # In one piece, and at once: a kill may follow.
        os.write(self._said, json.dumps(what).encode() + b"\n")

    def hear(self):
        return json.loads(self._told.readline())


def start(role, folder, settings):
    pid = os.fork()
    if pid:
        return pid
    try:
        ROLES[role](Talk(folder), **settings)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - nothing of the parent's may run
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def end(pid, how):
    if how == "kill":
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


class Enough(Exception):
    """
    Of a life that nobody else hears of.
    """


class Alone:
    """
    Hears the first lines of a life, and ends it.
    """

    left = 80

    def say(self, _):
        self.left -= 1
        if not self.left:
            raise Enough


def warm_up():
    """
    Live for a while: much is worked out the first time that it is used.
    """
    with tempfile.TemporaryDirectory() as folder, suppress(Enough):
        url = f"sqlite:///{folder}/portail.db"
        Life(None, url, folder, 0).live(life.main, Alone())


def main():
    warm_up()
    acts: dict[str, Any] = {"start": start, "end": end}
    for line in sys.stdin:
        act, *arguments = json.loads(line)
        print(acts[act](*arguments), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
