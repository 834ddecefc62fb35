"""
The command, as typed.
"""

import re
import signal
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from portail_core.domain.payments import Outcome
from portail_core.testing.payment_contract import an_order
from portail_sandbox import Decision
from portail_sandbox.command import main

COMMAND = [sys.executable, "-m", "portail_sandbox"]


def run(*words):
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


class TestList:
    def test_payments(self, provider, directory, desk, key):
        """
        Each payment is a line, with its key, amount and decision.
        """
        other = provider.create(an_order("ATTEMPT0002")).key
        desk.decide(other, Decision.REFUSED, an_order().at)

        answer = run("list", directory)
        _, *lines = answer.stdout.splitlines()

        assert 0 == answer.returncode
        assert {key, other} == {line.split()[0] for line in lines}
        assert "12.50" in answer.stdout
        assert {"pending", "refused"} == set(
            re.findall("pending|refused", answer.stdout)
        )

    def test_none(self, provider, directory):
        """
        Without a payment, there is nothing to read, and a word about it.
        """
        answer = run("list", directory)

        assert (0, "") == (answer.returncode, answer.stdout)
        assert "no payment yet" in answer.stderr

    def test_no_folder(self, directory):
        """
        A folder that is not there is an error, in a sentence.
        """
        answer = run("list", directory)

        assert 1 == answer.returncode
        assert "is unusable" in answer.stderr
        assert "Traceback" not in answer.stderr


class TestDecide:
    @pytest.mark.parametrize("decision", Decision, ids=lambda d: d.value)
    def test_every_decision(self, directory, desk, key, capsys, decision):
        """
        Every decision can be typed.
        """
        assert 0 == main(["decide", str(directory), key, decision.value])
        assert f"{key} is {decision.value}\n" == capsys.readouterr().out
        assert decision is desk.find(key).decision

    def test_other_process(self, provider, directory, key, portal):
        """
        What another process decides, the provider answers; the portal is told
        if asked.
        """
        answer = run("decide", directory, key, "paid", "--notify")

        assert 0 == answer.returncode
        assert "the portal was told" in answer.stdout
        assert Outcome.PAID is provider.look_up(key).outcome
        assert 1 == len(portal.told)

    def test_already_paid(self, directory, key, capsys):
        """
        What is paid cannot be refused.
        """
        main(["decide", str(directory), key, "paid"])

        assert 1 == main(["decide", str(directory), key, "refused"])
        assert "can no longer change" in capsys.readouterr().err

    @pytest.mark.parametrize("text", ["0" * 32, "../faults"])
    def test_unknown_key(self, provider, directory, capsys, text):
        """
        A key that was never given is an error, in a sentence.
        """
        assert 1 == main(["decide", str(directory), text, "paid"])
        assert f"no payment has the key {text}" in capsys.readouterr().err

    def test_portal_says_no(self, directory, desk, key, portal, capsys):
        """
        A portal that answers an error: decided all the same, and said.
        """
        portal.status = 500

        assert 1 == main(["decide", str(directory), key, "paid", "--notify"])
        assert "the portal answered 500" in capsys.readouterr().err
        assert Decision.PAID is desk.find(key).decision

    def test_portal_is_not_there(self, directory, key, portal, capsys):
        """
        So is a portal that is not there.
        """
        portal.stop()

        assert 1 == main(["decide", str(directory), key, "paid", "--notify"])
        assert "the portal did not answer" in capsys.readouterr().err

    def test_no_ticket(self, directory, desk, key, tickets, capsys):
        """
        A ticket that cannot be written: decided all the same, and said.
        """
        tickets.write_text("a file where a folder should be")

        assert 1 == main(["decide", str(directory), key, "paid"])
        assert "decide again" in capsys.readouterr().err
        assert Decision.PAID is desk.find(key).decision

    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["unheard-of"],
            ["list"],
            ["decide", "DIR", "KEY"],
            ["decide", "DIR", "KEY", "stolen"],
            ["serve", "DIR", "--port", "65536"],
            ["serve", "DIR", "--port", "-1"],
            ["serve", "DIR", "--port", "http"],
        ],
        ids=" ".join,
    )
    def test_misuse(self, words, capsys):
        """
        What it does not understand is an error of use.
        """
        with pytest.raises(SystemExit, match="2"):
            main(words)

        assert "usage: portail_sandbox" in capsys.readouterr().err


class TestServe:
    @pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
    def test_until_ended(self, provider, directory, key, end):
        """
        It says where it answers, answers, and ends well when told to.
        """
        with subprocess.Popen(
            [*COMMAND, "serve", str(directory), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            line = process.stdout.readline()
            (url,) = set(re.findall(r"http://127\.0\.0\.1:[0-9]+", line))
            with urlopen(f"{url}/pay/{key}", timeout=10) as page:
                text = page.read().decode()
            with pytest.raises(HTTPError, match="404"):
                urlopen(url, timeout=10)
            process.send_signal(end)
            process.communicate(timeout=30)

        assert "aucun argent réel" in text
        assert 0 == process.returncode

    def test_port_taken(self, directory, portal):
        """
        A port that is taken is an error, in a sentence.
        """
        answer = run("serve", directory, "--port", portal.url.split(":")[-1])

        assert 1 == answer.returncode
        assert "in use" in answer.stderr
        assert "Traceback" not in answer.stderr
