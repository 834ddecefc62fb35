"""
A kit without a test file, and what it says.
"""

from argparse import Namespace
from collections import Counter

import pytest

from portail_core.testing.conformance import Report, main, told

MEMORY = "portail_core.testing.memory:make_store"
BROKEN = "portail_core.testing.broken"
IN_MEMORY = ("--lacks", "REOPENS", "PROCESSES")


class TestWhole:
    def test_kept(self, capsys):
        """
        The store in memory keeps every check that applies, and they are
        counted.
        """
        assert 0 == main([MEMORY, *IN_MEMORY])

        first, *reasons = capsys.readouterr().out.splitlines()
        assert f"StoreContract on {MEMORY}: " in first
        assert int(first.split(": ")[1].split()[0]) >= 240
        assert first.endswith("checks kept, 10 not applicable, 0 broken.")
        assert [
            "  not applicable (2): PROCESSES, said so on the command line",
            "  not applicable (8): REOPENS, said so on the command line",
        ] == reasons

    def test_broken(self, capsys):
        """
        A broken one does not: what was promised, what was found, what to do.
        """
        maker = f"{BROKEN}.commits:LosesTheOutbox"

        assert 1 == main([maker, *IN_MEMORY])

        said = capsys.readouterr().out
        assert "0 broken" not in said
        assert "  broken: test_all_at_once\n" in said
        assert (
            "promised: Records, notices and journal of one commit are seen"
            in said
        )
        assert "What to do next: read test_" in said
        assert f"conformance {maker} --only test_" in said


class TestSome:
    @pytest.mark.parametrize(
        ("arguments", "code", "counts"),
        [
            (
                (MEMORY, *IN_MEMORY, "--only", "test_text", "test_reopened"),
                0,
                "8 checks kept, 1 not applicable, 0 broken",
            ),
            (
                (f"{BROKEN}.payments:Honest.open", "--kit", "payment"),
                1,
                "1 broken",
            ),
            (
                ("portail_core.local_files:LocalFiles", "--kit", "files"),
                0,
                "0 not applicable, 0 broken",
            ),
            (
                (f"{BROKEN}.mailers:PlainMailer.open", "--kit", "mail"),
                0,
                "0 broken",
            ),
        ],
        ids=["only", "payment", "files", "mail"],
    )
    def test_counted(self, capsys, arguments, code, counts):
        """
        Any kit, and any of its checks, is run the same way.
        """
        assert code == main(arguments)

        said = capsys.readouterr().out.splitlines()
        again = "--kit payment --only test_reopened" in said[-1]
        assert counts in said[0]
        assert bool(code) == again

    def test_nothing_proven(self):
        """
        To prove nothing is told, since it looks like success.
        """
        asked = Namespace(kit="store", maker=MEMORY)
        report = Report(kept=0, not_applicable=Counter(), broken=())

        first, last = told(asked, report)

        assert first.endswith(": 0 checks kept, 0 not applicable, 0 broken.")
        assert "Nothing was proven: no check applies." == last

    def test_not_run(self, capsys, monkeypatch):
        """
        A kit that pytest cannot run is told as it says it.
        """
        monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")

        assert 1 == main([MEMORY])

        said = capsys.readouterr().out
        assert "0 checks kept, 0 not applicable, 1 broken" in said
        assert "--no-such-option" in said
        assert "What to do next: put right what is said above." in said


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["nothing"], "write module:function, as my_package:make_store"),
            (["no_such_module:x"], "is not found from this folder: No module"),
            (["portail_core:x"], "is not found from this folder: module"),
            ([f"{BROKEN}:STORES"], "is nothing that one calls with a folder"),
            ([MEMORY, "--lacks", "MONEY"], "choose from"),
            ([MEMORY, "--kit", "soap"], "choose from"),
        ],
    )
    def test_refused(self, capsys, arguments, message):
        """
        What cannot be run is refused in a sentence.
        """
        with pytest.raises(SystemExit) as stopped:
            main(arguments)

        assert 2 == stopped.value.code
        assert message in capsys.readouterr().err

    def test_no_such_check(self, capsys):
        """
        So is a check that the kit does not have.
        """
        assert 2 == main([MEMORY, "--only", "test_nothing"])

        assert (
            "StoreContract has no check 'test_nothing'.\n"
            == capsys.readouterr().err
        )
