"""
A kit proves what it says: nobody takes a check away unseen.
"""

import pytest

from portail_core.testing import Capability, StoreContract
from portail_core.testing._contract_queues import QueuesContract
from portail_core.testing._kit import Kit
from portail_core.testing.memory import make_store


def made(*bases, **body):
    return type("Mine", bases, body)


class TestMadeClass:
    def test_redefined(self):
        """
        A check that is redefined is refused by its name, whatever it becomes.
        """
        for check in (lambda _self: None, None):
            with pytest.raises(TypeError, match="Mine redefines test_text, a"):
                made(StoreContract, test_text=check)

    def test_redefined_beside(self):
        """
        So is one that comes first by another base.
        """

        class Aside:
            def test_journal(self): ...

        with pytest.raises(TypeError, match="redefines test_journal"):
            made(Aside, StoreContract)

    def test_twice_among_ours(self):
        """
        Nor do two parts of a kit have checks of one name.
        """
        again = made(Kit, test_journal=None)
        again.__module__ = QueuesContract.__module__

        with pytest.raises(TypeError, match="redefines test_journal"):
            made(again, QueuesContract, Kit)

    @pytest.mark.parametrize("name", ["_kit", "lacking"])
    def test_machinery(self, name):
        """
        What decides which checks apply is not redefined either.
        """
        with pytest.raises(TypeError, match=f"redefines {name}"):
            made(StoreContract, **{name: None})

    def test_own(self):
        """
        An author adds checks, and redefines their own.
        """
        mine = made(StoreContract, test_mine=lambda _self: None)

        made(mine, test_mine=lambda _self: None)

    @pytest.mark.parametrize(
        "lacks",
        [{"THREADS": "why"}, {Capability.THREADS: " "}],
        ids=["no capability", "no reason"],
    )
    def test_lacks(self, lacks):
        """
        What is lacking is a capability, with a reason.
        """
        with pytest.raises(TypeError, match=r"lacks: .* with the reason"):
            made(StoreContract, lacks=lacks)

    @pytest.mark.parametrize(
        "faults",
        [{"test_nothing": "why"}, {"test_text[emoji]": ""}],
        ids=["no check", "no reason"],
    )
    def test_known_faults(self, faults):
        """
        A known fault is of a check, with a reason.
        """
        with pytest.raises(TypeError, match=r"known_faults: .* reason why"):
            made(StoreContract, known_faults=faults)

    def test_without_a_place(self):
        """
        Whoever gives a fixture, and no `make_store`, is not asked to reopen;
        what they say of it counts.
        """
        silent = made(StoreContract)
        told = made(StoreContract, lacks={Capability.REOPENS: "my reason"})

        assert {
            Capability.REOPENS: "there is no make_store",
            Capability.PROCESSES: "there is no make_store",
        } == silent.lacking()
        assert "my reason" == told.lacking()[Capability.REOPENS]
        assert {} == made(StoreContract, make_store=make_store).lacking()


PAGE = """
import pytest
from portail_core.testing import Capability, StoreContract
from portail_core.testing.memory import MemoryStore, make_store

class TestByMaker(StoreContract):
    make_store = staticmethod(make_store)
    lacks = {Capability.THREADS: "there is one of it"}
    known_faults = {
        "test_numbers_follow": "it does not, they say",
        "test_text[emoji]": "nor this",
    }

class TestByFixture(StoreContract):
    @pytest.fixture(name="store")
    def _my_store(self):
        return MemoryStore()
"""


KNOWS = (
    "test_numbers_follow",
    "test_number_given_once",
    "test_text",
    "test_journal",
)


def test_reported(pytester):
    """
    What does not apply is reported with its reason, and a known fault that
    is none fails; a kit on a fixture is run all the same.
    """
    pytester.makepyfile(test_page=PAGE)
    chosen = [
        f"test_page.py::{kit}::{check}"
        for kit in ("TestByMaker", "TestByFixture")
        for check in KNOWS
    ]

    outcomes = pytester.runpytest_inprocess(
        "-rsf", "-p", "no:cacheprovider", *chosen
    )

    outcomes.assert_outcomes(passed=19, failed=2, skipped=1)
    outcomes.stdout.fnmatch_lines(
        ["*not applicable: THREADS, there is one of it*"]
    )
    outcomes.stdout.fnmatch_lines(["*XPASS(strict)*they say*"])
