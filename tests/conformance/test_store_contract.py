"""
The contract rejects stores that break it: at least one for each promise.
"""

import inspect

import pytest

from portail_core.testing import Capability, StoreContract, broken
from portail_core.testing.broken.commits import CorrectsPapers
from portail_core.testing.broken.queues import RepeatsNumbers, WaitsForEver
from portail_core.testing.broken.reads import ShowsAThousand
from portail_core.testing.broken.values import FoldsCase
from tests.conformance.rejecting import checks, rejected

FAULTS = [
    (fault, check) for fault, seen in broken.STORES.items() for check in seen
]
# Those that open the place themselves, one process at a time.
ELSEWHERE = sorted(
    name
    for name in checks(StoreContract)
    for check in (getattr(StoreContract, name),)
    if "place" in inspect.signature(check).parameters
    and Capability.PROCESSES not in check.needs
)


@pytest.mark.parametrize(
    ("fault", "check"),
    FAULTS,
    ids=[f"{fault.__name__}-{check}" for fault, check in FAULTS],
)
def test_rejected(fault, check):
    """
    A store with one fault is rejected.
    """
    assert rejected(StoreContract, fault, check)


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (CorrectsPapers, "test_new_is_new"),
        (RepeatsNumbers, "test_journal"),
        (WaitsForEver, "test_replaced"),
        (ShowsAThousand, "test_journal"),
        (FoldsCase, "test_absent"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_one_fault(fault, check):
    """
    What a broken store does not break, it keeps: it is not refused for
    another reason.
    """
    assert not rejected(StoreContract, fault, check)


@pytest.mark.parametrize("check", ELSEWHERE)
def test_accepted(check):
    """
    What those that forget are made of is not: it forgets nothing.
    """
    assert not rejected(StoreContract, broken.DumpedStore, check)
