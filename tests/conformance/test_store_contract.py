"""
The contract rejects stores that break it: at least one for each promise.
"""

import inspect
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from portail_core.testing import Capability, StoreContract, broken


def rejected(make, name):
    """
    Whether the check *name* of the contract fails, with any of its cases.
    """
    kit = type(
        "Kit",
        (StoreContract,),
        {"make_store": staticmethod(make), "patience_seconds": 0.3},
    )
    check = getattr(kit, name)
    return any(fails(kit(), check, case) for case in cases(check))


def fails(kit, check, case):
    with TemporaryDirectory() as folder:
        known = {"place": Path(folder) / "place", **case}
        known["place"].mkdir()
        asked = inspect.signature(check).parameters
        if "store" in asked:
            known["store"] = kit.make_store(known["place"])
        try:
            check(kit, **{k: v for k, v in known.items() if k in asked})
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it fails
            return True
    return False


def cases(check):
    marks = [
        mark
        for mark in getattr(check, "pytestmark", [])
        if mark.name == "parametrize"
    ]
    for chosen in product(*(mark.args[1] for mark in marks)):
        case = {}
        for mark, values in zip(marks, chosen, strict=True):
            names = mark.args[0]
            if isinstance(names, str):
                case[names] = values
            else:
                case.update(zip(names, values, strict=True))
        yield case


FAULTS = [
    (make, check) for make, checks in broken.STORES.items() for check in checks
]


@pytest.mark.parametrize(
    ("fault", "check"),
    FAULTS,
    ids=[f"{fault.__name__}-{check}" for fault, check in FAULTS],
)
def test_rejected(fault, check):
    """
    A store with one fault is rejected.
    """
    assert rejected(fault, check)


ELSEWHERE = [
    name
    for name in dir(StoreContract)
    if name.startswith("test_")
    and "place" in inspect.signature(getattr(StoreContract, name)).parameters
    and Capability.PROCESSES not in getattr(StoreContract, name).needs
]


@pytest.mark.parametrize("check", ELSEWHERE)
def test_accepted(check):
    """
    What these are made of is not: it forgets nothing.
    """
    assert not rejected(broken.DumpedStore, check)


@pytest.mark.parametrize(
    "fault", broken.STORES, ids=lambda fault: fault.__name__
)
def test_says_what_it_breaks(fault):
    """
    Each says which promise it breaks, and one check at least sees it.
    """
    assert fault.__doc__.strip().startswith("Breaks: ")
    assert broken.STORES[fault]
