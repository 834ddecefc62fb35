"""
Whether a kit sees what is broken, check by check.
"""

import inspect
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from portail_core.testing import (
    FilesContract,
    MailContract,
    PaymentContract,
    StoreContract,
)

# What a check may ask for, made of what the author's function gives.
PORTS = {
    StoreContract: ("make_store", ("store",)),
    FilesContract: ("make_files", ("files",)),
    MailContract: ("make_mailer", ("mailer", "mailbox")),
    PaymentContract: ("make_payment", ("provider", "payer")),
}


def rejected(contract, make, name):
    """
    Whether the check *name* fails, with any of its cases.
    """
    maker, _ = PORTS[contract]
    body = {maker: staticmethod(make), "patience_seconds": 0.3}
    kit = type("Kit", (contract,), body)
    check = getattr(kit, name)
    return any(_fails(contract, kit(), check, case) for case in _cases(check))


def checks(contract):
    return {name for name in dir(contract) if name.startswith("test_")}


def _fails(contract, kit, check, case):
    maker, ports = PORTS[contract]
    asked = inspect.signature(check).parameters
    with TemporaryDirectory() as folder:
        known = {"place": Path(folder) / "place", **case}
        known["place"].mkdir()
        if asked.keys() & {*ports}:
            made = getattr(kit, maker)(known["place"])
            known |= zip(
                ports, made if len(ports) > 1 else (made,), strict=True
            )
        try:
            check(kit, **{k: v for k, v in known.items() if k in asked})
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it fails
            return True
    return False


def _cases(check):
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
