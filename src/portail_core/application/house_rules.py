"""
The règlement intérieur: showing it, and accepting it.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.days import day_of
from portail_core.domain.house_rules import (
    Acceptance,
    HouseRules,
    HouseRulesNotInForce,
)
from portail_core.domain.ids import HouseRulesVersion
from portail_core.domain.refusals import Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store, Transaction

from ._commits import commit
from .members import Member, account_of
from .reglements import ActiveReglement


@frozen(kw_only=True)
class HouseRulesShown:
    """
    The règlement intérieur in force, and when the account accepted it.

    Attributes:
        accepted_at: UTC; `None` if it has not.
    """

    rules: HouseRules
    accepted_at: dt.datetime | None


def show(
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> HouseRulesShown | None:
    """
    « Nous vous invitons à consulter le règlement intérieur »; `None` if none
    is in force.
    """
    at = clock.now()
    rules = reglement.value.house_rules_on(day_of(at))
    if rules is None:
        return None
    with store.reading() as reading:
        found = reading.acceptance(member.account, rules.version)
    return HouseRulesShown(
        rules=rules, accepted_at=None if found is None else found.at
    )


def accept(
    version: HouseRulesVersion,
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Acceptance:
    """
    Accept the version that was shown; again keeps the first moment.

    Raises:
        Refused: `HouseRulesNotInForce`.
    """
    at = clock.now()
    rules = reglement.value.house_rules_on(day_of(at))
    if rules is None or rules.version != version:
        raise Refused(HouseRulesNotInForce(version))
    accepted = Acceptance(account=member.account, version=version, at=at)

    def work(tx: Transaction) -> Acceptance:
        account_of(tx, member)
        before = tx.acceptance(member.account, version)
        if before is not None:
            return before
        tx.put(accepted)
        return accepted

    return commit(store, work)
