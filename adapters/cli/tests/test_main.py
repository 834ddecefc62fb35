"""
The command, as typed.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from portail_cli.main import main


class TestMain:
    def test_no_word(self, capsys):
        """
        Without a word, the command says which there are.
        """
        assert 2 == main([])
        assert "usage: portail" in capsys.readouterr().err

    def test_unknown_word(self):
        """
        A word that it does not know is an error of use.
        """
        with pytest.raises(SystemExit, match="2"):
            main(["unheard-of"])

    def test_installed(self):
        """
        The command is installed beside Python.
        """
        command = Path(sys.executable).with_name("portail")

        answer = subprocess.run(
            [command, "--help"], capture_output=True, check=False
        )

        assert 0 == answer.returncode
