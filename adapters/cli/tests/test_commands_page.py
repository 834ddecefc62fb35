"""
docs/reference/commands.md and request.md: what they show is what comes.
"""

import re
import shlex
from pathlib import Path

import pytest

from portail_cli.main import main

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "reference"
SHOWN = re.findall(
    r"```console\n\$ ./portail (.*)\n([^`]*)```",
    (PAGES / "commands.md").read_text(encoding="utf-8"),
)


class TestShown:
    def test_there(self):
        """
        A quote and a cancellation are shown.
        """
        assert ["quote", "cancel"] == [
            command.split()[0] for command, _ in SHOWN
        ]

    @pytest.mark.parametrize(
        ("command", "answer"), SHOWN, ids=[shown[0] for shown in SHOWN]
    )
    def test_answer(self, command, answer, monkeypatch, capsys):
        """
        Typed at the root of the project, it answers as shown.
        """
        monkeypatch.chdir(ROOT)

        assert 0 == main(shlex.split(command))

        out = capsys.readouterr().out
        plain = out.replace("\u00a0", " ").replace("\u202f", " ")
        assert answer.rstrip() == plain.rstrip()


class TestRequests:
    def test_as_made(self, capsys):
        """
        The page of requests is what the code makes.
        """
        assert 0 == main(["reglement", "request"])

        written = (PAGES / "request.md").read_text(encoding="utf-8")
        assert capsys.readouterr().out == written, (
            "run ./portail reglement request > docs/reference/request.md"
        )
