"""
Gates: what a household must have done before it may book.
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from attrs import frozen

from .accounts import Account, AccountState
from .households import Household
from .refusals import Refusal


class Gate(Enum):
    """
    A gate that a règlement may put before booking.

    Confirming the e-mail address is not among them: it is always asked.
    """

    HOUSEHOLD_DESCRIBED = "household-described"  # an adult and an address
    QUOTIENT_RECORDED = "quotient-recorded"


@frozen
class EmailUnconfirmed(Refusal):
    """
    « Tant que votre email ne sera pas validé, aucune demande d'inscription ne
    sera prise en compte par nos services. »
    """

    rule: ClassVar[str] = "gate.email.confirmed"


@frozen
class HouseholdUndescribed(Refusal):
    """
    The household has no adult or no address yet.
    """

    rule: ClassVar[str] = "gate.household.described"


@frozen
class QuotientUnrecorded(Refusal):
    """
    The operator has recorded no quotient familial for the household.
    """

    rule: ClassVar[str] = "gate.quotient.recorded"


def unmet(
    gates: tuple[Gate, ...], *, account: Account, household: Household
) -> tuple[Refusal, ...]:
    """
    A refusal for every gate that is still closed.
    """
    refusals: list[Refusal] = []
    if account.state is not AccountState.ACTIVE:
        refusals.append(EmailUnconfirmed())
    if Gate.HOUSEHOLD_DESCRIBED in gates and not (
        household.adults and household.address
    ):
        refusals.append(HouseholdUndescribed())
    if Gate.QUOTIENT_RECORDED in gates and household.quotient is None:
        refusals.append(QuotientUnrecorded())
    return tuple(refusals)
