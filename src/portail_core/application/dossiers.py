"""
What the operator's staff records about a household.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from attrs import evolve, frozen

from portail_core.domain.accounts import read_email
from portail_core.domain.ids import AgentId, HouseholdId
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store, Transaction

from ._commits import commit


@frozen(kw_only=True)
class Agent:
    """
    A member of the operator's staff, authenticated by the host.
    """

    id: AgentId


@frozen
class HouseholdUnknown(Refusal):
    """
    There is no account with this address.
    """

    rule: ClassVar[str] = "dossier.household.unknown"


def find_household(email: str, *, store: Store) -> HouseholdId:
    """
    The household of the account with this address.

    Raises:
        Refused: `EmailMalformed`, or `HouseholdUnknown`.
    """
    address = read_email(email)
    with store.reading() as reading:
        account = reading.account_with_email(address)
    if account is None:
        raise Refused(HouseholdUnknown())
    return account.household


def record_quotient(
    household: HouseholdId,
    *,
    value: Decimal,
    month: dt.date,
    evidence: str,
    store: Store,
    clock: Clock,
) -> QuotientFamilial:
    """
    Record a household's quotient; requests made before keep theirs.

    Args:
        household: One that exists.

        value: Euros, zero or more.

        month: Any day of the month that it was computed for.

        evidence: Where it was read: « attestation CAF du 04/05/2026 ».
    """
    quotient = QuotientFamilial(
        value=value,
        month=month.replace(day=1),
        evidence=evidence,
        recorded_at=clock.now(),
    )

    def work(tx: Transaction) -> None:
        described = tx.of(household).household()
        tx.put(evolve(described, quotient=quotient))

    commit(store, work)
    return quotient
