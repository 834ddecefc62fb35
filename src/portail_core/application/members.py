"""
Who asks: a signed-in member of a household.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.domain.accounts import Account, SessionEnded
from portail_core.domain.ids import AccountId, HouseholdId
from portail_core.domain.refusals import Refused
from portail_core.ports.store import Reading


@frozen(kw_only=True)
class Member:
    """
    An account, and the household that it may act for.
    """

    account: AccountId
    household: HouseholdId

    @property
    def actor(self) -> str:
        """
        As the journal names it.
        """
        return f"account/{self.account}"


def member(account: Account) -> Member:
    """
    The member behind *account*.
    """
    return Member(account=account.id, household=account.household)


def account_of(reading: Reading, member: Member) -> Account:
    """
    The account of *member* as it is kept.

    Raises:
        Refused: `SessionEnded`, if it acts for another household by now.
    """
    account = reading.account(member.account)
    assert account is not None, "a member is its account's"
    if account.household != member.household:
        raise Refused(SessionEnded())
    return account
