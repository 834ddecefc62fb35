"""
What another process does, done here.
"""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from portail_core.testing import MemoryStore
from portail_core.testing._contract_processes import _started
from portail_core.testing._worker import Wire, found, main
from portail_core.testing.broken import DumpedStore
from portail_core.testing.builders import HOUSEHOLD

MAKER = f"{DumpedStore.__module__}:DumpedStore"


def done(place, *task):
    said = StringIO()
    wire = Wire(heard=StringIO("\n"), said=said)
    main([MAKER, "", str(place), *task], wire)
    return said.getvalue().split()


@pytest.fixture(name="place")
def _place(tmp_path):
    done(tmp_path, "go_on", "0")
    return tmp_path


def make_store(_):
    return MemoryStore()


class TestTasks:
    @pytest.mark.parametrize(
        ("task", "said"),
        [
            (("take", "3"), ["ready", "1", "2", "3"]),
            (("hold", "2"), ["written"]),
            (("commit", "2"), ["commits", "committed"]),
            (("go_on", "2"), ["1", "2"]),
        ],
    )
    def test_said(self, place, task, said):
        """
        Each says how far it is.
        """
        assert said == done(place, *task)

    def test_bought(self, place):
        """
        The last place is sold once.
        """
        assert ["ready", "sold"] == done(place, "buy", "1", "lou")
        assert ["ready", "full"] == done(place, "buy", "2", "zoe")

        with DumpedStore(place).reading() as reading:
            assert 1 == len(reading.of(HOUSEHOLD).requests())


def test_by_itself(place):
    """
    It is a program of its own, as is the command that runs a kit.
    """
    for module, code, arguments in (
        ("_worker", 0, [MAKER, "", str(place), "go_on", "0"]),
        ("conformance", 2, ["nothing"]),
    ):
        ended = subprocess.run(
            [
                *(sys.executable, "-m", f"portail_core.testing.{module}"),
                *arguments,
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )

        assert code == ended.returncode


class TestFound:
    def test_by_file(self, tmp_path):
        """
        A function of a file that no module is called by is found there.
        """
        made = found("of_nowhere:make_store", __file__)(tmp_path)

        assert isinstance(made, MemoryStore)

    def test_nowhere(self):
        """
        What is nowhere says so.
        """
        with pytest.raises(LookupError, match="nowhere:make_store is not"):
            found("of_nowhere:make_store", "")

    @pytest.mark.parametrize(
        "make",
        [lambda _: MemoryStore(), MemoryStore()],
        ids=["local", "value"],
    )
    def test_not_to_be_found(self, make):
        """
        What another process cannot find is refused before it is started.
        """
        with pytest.raises(TypeError, match="a function, or a class, of a"):
            _started(make, Path(), ())
