"""
The contracts of files, mail and payment reject each flaw, and nothing else.
"""

from typing import ClassVar

import pytest

from portail_core.domain.accounts import read_email
from portail_core.testing import (
    Capability,
    FilesContract,
    MailContract,
    PaymentContract,
    broken,
)
from portail_core.testing.broken.files import LooksBeforeItKeeps, TakesAnyKey
from portail_core.testing.broken.mailers import PlainMailer
from portail_core.testing.broken.payments import Honest, OpensAnything
from portail_core.testing.broken.settlements import (
    CapsBelowItsMaximum,
    ReportsAFixedAmount,
)
from portail_core.testing.payment_contract import HOSTILE_EMAILS
from tests.conformance.rejecting import checks, rejected

FAULTS = [
    (contract, fault, check)
    for contract, faults in (
        (FilesContract, broken.FILES),
        (MailContract, broken.MAILERS),
        (PaymentContract, broken.PAYMENTS),
    )
    for fault, seen in faults.items()
    for check in seen
]
NOWHERE = dict.fromkeys(
    (Capability.REOPENS, Capability.PROCESSES), "it is kept in memory"
)


def made_by(fault):
    return fault.open if issubclass(fault, Honest | PlainMailer) else fault


class TestHonest(PaymentContract):
    make_payment = staticmethod(Honest.open)
    lacks: ClassVar[dict[Capability, str]] = NOWHERE  # type: ignore[mutable-override]  # as an author writes it


class TestPlainMailer(MailContract):
    make_mailer = staticmethod(PlainMailer.open)


@pytest.mark.parametrize(
    ("contract", "fault", "check"),
    FAULTS,
    ids=[f"{fault.__name__}-{check}" for _, fault, check in FAULTS],
)
def test_rejected(contract, fault, check):
    """
    An adapter with this flaw does not pass this check.
    """
    assert rejected(contract, made_by(fault), check)


@pytest.mark.parametrize(
    ("contract", "fault", "check"),
    [
        (FilesContract, TakesAnyKey, "test_kept_once"),
        (FilesContract, LooksBeforeItKeeps, "test_kept_once"),
        (PaymentContract, OpensAnything, "test_paid"),
        (PaymentContract, ReportsAFixedAmount, "test_refused"),
        (PaymentContract, CapsBelowItsMaximum, "test_refused"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_one_flaw(contract, fault, check):
    """
    What it does not break, it keeps.
    """
    assert not rejected(contract, made_by(fault), check)


@pytest.mark.parametrize("contract", [PaymentContract, MailContract])
def test_every_check_rejects_something(contract):
    """
    No check of these contracts is idle.
    """
    seen = {check for one, _, check in FAULTS if one is contract}

    assert checks(contract) == seen


@pytest.mark.parametrize(
    "faults",
    [broken.STORES, broken.FILES, broken.MAILERS, broken.PAYMENTS],
    ids=["stores", "files", "mailers", "payments"],
)
def test_says_what_it_breaks(faults):
    """
    Each says which promise it breaks.
    """
    silent = [
        fault
        for fault in faults
        if not str(fault.__doc__).strip().startswith("Breaks: ")
    ]

    assert [] == silent


@pytest.mark.parametrize("email", HOSTILE_EMAILS.values(), ids=HOSTILE_EMAILS)
def test_hostile_email_is_an_account_s(email):
    """
    Hostile addresses are among those that an account may have.
    """
    assert email == read_email(email)
