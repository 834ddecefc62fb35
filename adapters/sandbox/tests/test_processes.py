"""
Several processes, and processes that die.
"""

import datetime as dt
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from portail_core.domain.payments import Outcome
from portail_core.ports.payment import ProviderUnavailable
from portail_core.testing.payment_contract import an_order
from portail_sandbox import Decision, Fault

PAID_AT = dt.datetime(2026, 5, 13, 9, 20, 5, tzinfo=dt.UTC)

DECIDE = """
import datetime as dt, sys
from pathlib import Path
from portail_sandbox import AlreadyPaid, Decision, SandboxDesk

desk = SandboxDesk(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for payment in desk.list():
    try:
        desk.decide(
            payment.key, Decision(sys.argv[2]), dt.datetime.now(dt.UTC)
        )
        print(payment.key)
    except AlreadyPaid:
        pass
"""

# The audit event comes right before the rename: the process is killed there,
# as by a power cut, without a word of Python after it.
DIE_BEFORE_RENAME = """
import os, signal, sys

renames = int(sys.argv.pop(1))

def watch(event, _):
    global renames
    if event == "os.rename":
        renames -= 1
        if renames == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
"""

CREATE = """
from pathlib import Path
from portail_core.testing.payment_contract import an_order
from portail_sandbox import SandboxPayments

SandboxPayments(directory=Path(sys.argv[1])).create(an_order())
"""

PAY = """
import datetime as dt
from pathlib import Path
from portail_sandbox import Decision, SandboxDesk

desk = SandboxDesk(Path(sys.argv[1]))
desk.decide(sys.argv[2], Decision.PAID, dt.datetime.now(dt.UTC))
"""


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def at_once(*processes):
    """
    The lines that each printed, once all were ready and told to go.
    """
    for process in processes:
        assert process.stdout
        assert "ready\n" == process.stdout.readline()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0] for process in processes]
    assert [0] * len(processes) == [p.returncode for p in processes]
    return [set(answer.split()) for answer in answers]


def die(renames, code, *arguments):
    """
    Run *code* until it is about to rename a file for the nth time.
    """
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            DIE_BEFORE_RENAME + code,
            str(renames),
            *map(str, arguments),
        ],
        check=False,
    )
    assert -9 == ended.returncode


class TestAtOnce:
    def test_two_decide(self, provider, desk, directory):
        """
        Of two processes that pay at once, exactly one wins each payment, and
        what it was told is what stays.
        """
        keys = {provider.create(an_order()).key for _ in range(40)}

        paid, tampered = at_once(
            start(DECIDE, directory, "paid"),
            start(DECIDE, directory, "paid-other-amount"),
        )

        assert keys == paid | tampered
        assert set() == paid & tampered
        kept = {p.key for p in desk.list() if p.decision is Decision.PAID}
        assert paid == kept

    def test_paid_and_refused(self, provider, desk, directory):
        """
        Whoever comes first, a payment that one process paid is paid.
        """
        for _ in range(40):
            provider.create(an_order())

        at_once(
            start(DECIDE, directory, "paid"),
            start(DECIDE, directory, "refused"),
        )

        assert {Decision.PAID} == {p.decision for p in desk.list()}

    def test_one_ticket(self, provider, desk, directory, tickets):
        """
        Two processes that pay the same payments write one ticket for each.
        """
        for _ in range(20):
            provider.create(an_order())

        at_once(
            start(DECIDE, directory, "paid"), start(DECIDE, directory, "paid")
        )

        assert 20 == len(list(tickets.glob("new/*")))
        assert 20 == len({p.ticket for p in desk.list()})

    def test_changes_its_mind_once(self, provider, desk, key):
        """
        Of many look-ups at once, one is told « abandoned ».
        """
        desk.decide(key, Decision.ABANDONED_THEN_PAID, PAID_AT)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(provider.look_up, [key] * 32))

        outcomes = [answer.outcome for answer in answers]
        assert 1 == outcomes.count(Outcome.ABANDONED)
        assert 31 == outcomes.count(Outcome.PAID)

    def test_fault_happens_once(self, provider, key):
        """
        Of many look-ups at once, as many fail as are scripted.
        """
        provider.script(*[Fault.LOOK_UP_UNAVAILABLE] * 5)

        def fails(_):
            try:
                provider.look_up(key)
            except ProviderUnavailable:
                return True
            return False

        with ThreadPoolExecutor(8) as pool:
            assert 5 == sum(pool.map(fails, range(32)))


class TestCrash:
    def test_create(self, provider, desk, directory):
        """
        Killed before the rename, a creation left nothing that anybody sees,
        and does not stop the next one.
        """
        die(1, CREATE, directory)

        assert () == desk.list()
        assert provider.create(an_order())

    def test_decide(self, provider, desk, directory, key):
        """
        Killed before the rename, a decision was never taken: what was there
        is whole, and can be decided.
        """
        before = (directory / f"{key}.json").read_bytes()

        die(1, PAY, directory, key)

        assert before == (directory / f"{key}.json").read_bytes()
        assert Outcome.PENDING is provider.look_up(key).outcome
        assert desk.decide(key, Decision.PAID, PAID_AT).decision

    def test_between_ticket_and_record(
        self, provider, desk, directory, tickets, key
    ):
        """
        Killed once the ticket is written and before that is noted, the
        payment is paid, and deciding again writes no second ticket.
        """
        # The first rename is the decision's; the Maildir links.
        die(2, PAY, directory, key)
        (ticket,) = tickets.glob("new/*")
        assert Outcome.PAID is provider.look_up(key).outcome
        assert desk.find(key).ticket is None

        desk.decide(key, Decision.PAID, PAID_AT)

        assert [ticket] == list(tickets.glob("new/*"))
        assert desk.find(key).ticket

    @pytest.mark.parametrize("kind", ["new", "json"])
    def test_leftovers(self, provider, desk, directory, key, kind):
        """
        What a dead process left beside the payments is not one of them.
        """
        (directory / f".{key}.{kind}").write_text(json.dumps({}))
        (directory / f"{key}.json.new").write_text("")

        assert [key] == [payment.key for payment in desk.list()]
