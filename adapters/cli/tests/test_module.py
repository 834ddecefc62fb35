"""
The command, where it is not on the path.
"""

import subprocess
import sys


def test_module():
    """
    `python -m portail_cli` is the command.
    """
    found = subprocess.run(
        [sys.executable, "-m", "portail_cli", "--help"],
        capture_output=True,
        check=True,
        text=True,
    )

    assert found.stdout.startswith("usage: portail ")
