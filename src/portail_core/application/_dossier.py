"""
What gates look at.
"""

from __future__ import annotations

from portail_core.domain.accounts import AccountState
from portail_core.domain.gates import Dossier, EmailUnconfirmed
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement
from portail_core.ports.store import Reading

from .members import Member, account_of


def dossier_of(
    member: Member, reading: Reading, reglement: Reglement
) -> Dossier:
    """
    What the member's family did and gave until now.
    """
    account = account_of(reading, member)
    family = reading.of(member.household)
    rules = reglement.house_rules
    accepted = [
        reading.acceptance(member.account, decision.value.version)
        for decision in (rules.decisions if rules else ())
    ]
    return Dossier(
        account=account,
        household=family.household(),
        documents=family.documents(),
        pre_registrations=family.pre_registrations(),
        acceptances=tuple(one for one in accepted if one is not None),
        # Everything is paid before it is confirmed.
        debts=(),
    )


def unconfirmed(member: Member, reading: Reading) -> tuple[Refusal, ...]:
    """
    A refusal if the member has not confirmed its address: until then no file
    of it is kept, and nothing it asks for waits for the operator.
    """
    if account_of(reading, member).state is AccountState.ACTIVE:
        return ()
    return (EmailUnconfirmed(),)
