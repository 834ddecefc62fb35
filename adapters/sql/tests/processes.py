"""
Other processes on the tests' machine, started in milliseconds.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).parents[3]
KILLED = -9


def unmeasured():
    """
    The environment of a process that may be killed: it would leave half a
    data file, which coverage cannot combine.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COVERAGE_")
    }


class Forks:
    """
    What starts and ends them; from several threads, one after the other.
    """

    def __init__(self, process):
        self._process = process
        self._lock = Lock()

    def ask(self, *what):
        with self._lock:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())

    @contextmanager
    def started(self, role, **settings):
        """
        A process; killed when the block ends, unless it has ended.
        """
        folder = tempfile.mkdtemp(prefix="portail-talk-")
        for pipe in ("said", "told"):
            os.mkfifo(f"{folder}/{pipe}")
        fork = Fork(self, self.ask("start", role, folder, settings), folder)
        try:
            yield fork
        finally:
            fork.kill()
            fork.close()
            shutil.rmtree(folder)


class Fork:
    """
    One of them, and what it says.
    """

    def __init__(self, forks, pid, folder):
        self._forks = forks
        self.pid = pid
        self.status = None
        self.said = open(f"{folder}/said", encoding="utf-8")  # noqa: SIM115, PTH123 - closed below
        self.told = open(f"{folder}/told", "w", encoding="utf-8")  # noqa: SIM115, PTH123 - closed below

    def hear(self):
        """
        What it says next; `None` once it has ended.
        """
        line = self.said.readline()
        # A line that a kill cut short was never said.
        return json.loads(line) if line.endswith("\n") else None

    def tell(self, what):
        self.told.write(json.dumps(what) + "\n")
        self.told.flush()

    def kill(self):
        self._end("kill")

    def wait(self):
        """
        How it ended; -9 if it was killed.
        """
        self._end("wait")
        return self.status

    def _end(self, how):
        if self.status is None:
            self.status = self._forks.ask("end", self.pid, how)

    def close(self):
        self.said.close()
        self.told.close()


@contextmanager
def forking():
    """
    What starts processes, for a session.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    with subprocess.Popen(
        [sys.executable, "-m", "adapters.sql.tests.scripts.forks"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**unmeasured(), "PYTHONPATH": os.pathsep.join(paths)},
    ) as process:
        yield Forks(process)
        # It ends with its input.
        process.communicate()
