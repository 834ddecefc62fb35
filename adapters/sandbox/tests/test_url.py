"""
A sandbox, written on one line.
"""

import datetime as dt
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from portail_core.domain.money import eur
from portail_core.domain.payments import Mode
from portail_core.plugins import PROJECT, AdapterKind, Plugins
from portail_sandbox import SandboxPayments
from portail_sandbox.plugin import portail_adapters

(ADAPTER,) = portail_adapters()

WITHOUT_FOLDER = """
from portail_sandbox.plugin import portail_adapters

(adapter,) = portail_adapters()
assert adapter.open("sandbox:") == adapter.open("sandbox:")
print(adapter.open("sandbox:").directory)
"""

FORKED = """
import os, sys
from portail_sandbox.plugin import portail_adapters

(adapter,) = portail_adapters()
folder = adapter.open("sandbox:").directory
child = os.fork()
if not child:
    sys.exit(adapter.open("sandbox:").directory != folder)
_, status = os.waitpid(child, 0)
print(status, folder.exists())
"""


class TestUrl:
    def test_found(self, tmp_path):
        """
        A portal that names the scheme gets this adapter.
        """
        ours = entry_points(group=PROJECT, name="sandbox")

        provider = Plugins(discover=ours).adapter(
            AdapterKind.PAYMENT, f"sandbox:{tmp_path}/payments"
        )

        expected = SandboxPayments(directory=tmp_path / "payments")
        assert expected == provider

    def test_every_option(self, tmp_path):
        """
        Every setting can be given, percent-encoded where it must be.
        """
        provider = ADAPTER.open(
            f"sandbox:{tmp_path}/a%20folder?tickets={tmp_path}/my%20mails"
            "&page=http://localhost:9000/demo/&horizon_minutes=15"
            "&minimum=5.00&maximum=10.00&mode=live"
        )

        expected = SandboxPayments(
            directory=tmp_path / "a folder",
            tickets=tmp_path / "my mails",
            page="http://localhost:9000/demo",
            horizon=dt.timedelta(minutes=15),
            minimum=eur("5.00"),
            maximum=eur("10.00"),
            mode=Mode.LIVE,
        )
        assert expected == provider

    def test_relative(self, tmp_path):
        """
        A relative folder is found from where the process is at that moment.
        """
        code = (
            "import sys; from portail_sandbox.plugin import portail_adapters\n"
            "(adapter,) = portail_adapters()\n"
            "print(adapter.open('sandbox:here?tickets=mails'))"
        )
        shown = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

        assert f"directory={tmp_path / 'here'!r}" in shown
        assert f"tickets={tmp_path / 'mails'!r}" in shown

    def test_folder_of_the_process(self):
        """
        Without a folder, a process has one of its own, and takes it along.
        """
        ran = subprocess.run(
            [sys.executable, "-c", WITHOUT_FOLDER],
            capture_output=True,
            text=True,
            check=True,
        )
        folder = Path(ran.stdout.strip())

        assert folder.is_absolute()
        assert folder.name.startswith("portail-sandbox-")
        assert not folder.exists()

    def test_forked(self):
        """
        A worker that a server forks shares the folder, and does not take it
        along when it ends.
        """
        ran = subprocess.run(
            [sys.executable, "-c", FORKED],
            capture_output=True,
            text=True,
            check=True,
        )

        assert "0 True\n" == ran.stdout

    def test_options_without_a_folder(self, tmp_path):
        """
        Options do not need a folder.
        """
        provider = ADAPTER.open(f"sandbox:?tickets={tmp_path}&mode=live")

        assert isinstance(provider, SandboxPayments)
        assert tmp_path == provider.tickets
        assert Mode.LIVE is provider.mode

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("colour=red", "no option 'colour'; it has horizon_minutes"),
            ("directory=x", "no option 'directory'"),
            ("name=x", "no option 'name'"),
            ("mode=prod", "write test"),
            ("mode=", "write test"),
            ("mode", "not written as name=value"),
            ("mode=test&mode=live", "given twice"),
            ("mode=test&", "not written as name=value"),
            ("horizon_minutes=0", "from 1 to 10080"),
            ("horizon_minutes=10081", "from 1 to 10080"),
            ("horizon_minutes=-5", "whole minutes"),
            ("horizon_minutes=2h", "whole minutes"),
            ("horizon_minutes=1_0", "whole minutes"),
            ("horizon_minutes=٣", "whole minutes"),
            ("minimum=one", "write it as '12.50'"),
            ("minimum=1.005", "whole cents"),
            ("minimum=nan", "whole cents"),
            ("minimum=0.01", "below 0.02"),
            ("minimum=10.00&maximum=9.99", "below the minimum"),
            ("page=ftp://example.org", "written as http://127.0.0.1:8010"),
            ("page=http://x/?y", "written as http://127.0.0.1:8010"),
            ("tickets=", "tickets=mails"),
        ],
    )
    def test_wrong_option(self, tmp_path, query, sentence):
        """
        A wrong option is an error that says what to write.
        """
        with pytest.raises(ValueError, match=sentence):
            ADAPTER.open(f"sandbox:{tmp_path}/payments?{query}")

        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("minutes", [1, 10080])
    def test_horizon_bounds(self, tmp_path, minutes):
        """
        From a minute to a week, both included.
        """
        url = f"sandbox:{tmp_path}?horizon_minutes={minutes}"
        provider = ADAPTER.open(url)

        assert isinstance(provider, SandboxPayments)
        assert dt.timedelta(minutes=minutes) == provider.horizon

    @pytest.mark.parametrize("place", ["//tmp/payments", "///tmp/payments"])
    def test_slashes(self, place):
        """
        Two slashes are another kind of URL: which folder is meant is asked.
        """
        with pytest.raises(ValueError, match="too many slashes"):
            ADAPTER.open(f"sandbox:{place}")

    def test_folder_that_is_a_file(self, tmp_path):
        """
        A folder that cannot be made is an error of the URL.
        """
        (tmp_path / "file").write_text("")

        with pytest.raises(ValueError, match="cannot be made"):
            ADAPTER.open(f"sandbox:{tmp_path}/file")
