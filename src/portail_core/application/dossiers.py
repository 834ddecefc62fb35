"""
Dossiers, as the operator's staff reads them, and what it records there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from attrs import evolve, frozen

from portail_core.domain.accounts import (
    Account,
    AccountState,
    Email,
    read_email,
)
from portail_core.domain.children import Child
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.households import Household
from portail_core.domain.ids import AccountId, AgentId, HouseholdId
from portail_core.domain.likeness import search
from portail_core.domain.links import INVITATION_LIFE
from portail_core.domain.pages import Page, Paging, page
from portail_core.domain.quotient_familial import QuotientFamilial
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._links import send_activation


@frozen(kw_only=True)
class Agent:
    """
    A member of the operator's staff, authenticated by the host.
    """

    id: AgentId

    @property
    def actor(self) -> str:
        """
        As the history names it.
        """
        return f"agent/{self.id}"


@frozen
class HouseholdUnknown(Refusal):
    """
    There is no account with this address.
    """

    rule: ClassVar[str] = "dossier.household.unknown"


@frozen
class DossierUnknown(Refusal):
    """
    There is no such household, or it was joined to another.
    """

    rule: ClassVar[str] = "dossier.unknown"


@frozen
class NobodyInvited(Refusal):
    """
    Nobody of the dossier waits to be invited again.
    """

    rule: ClassVar[str] = "dossier.invite.nobody"


class DossierState(Enum):
    """
    Where a dossier stands, by the account that is furthest.
    """

    NO_ACCOUNT = "no-account"
    UNCONFIRMED = "unconfirmed"  # someone signed up, and confirmed nothing
    INVITED = "invited"
    ACTIVE = "active"


_STATES = {
    AccountState.PENDING_EMAIL: DossierState.UNCONFIRMED,
    AccountState.INVITED: DossierState.INVITED,
    AccountState.ACTIVE: DossierState.ACTIVE,
}


@frozen(kw_only=True)
class DossierRow:
    """
    A dossier in a list.

    Attributes:
        adults: « MARTIN-DURAND Camille »; empty until they said it.

        since: When the account was opened, UTC: when someone was invited, or
            signed up; `None` without one.
    """

    household: HouseholdId
    adults: tuple[str, ...]
    emails: tuple[Email, ...]
    state: DossierState
    since: dt.datetime | None


@frozen(kw_only=True)
class Dossier:
    """
    A dossier, as staff reads it.

    Attributes:
        emails: Of its accounts, by account.
    """

    row: DossierRow
    household: Household
    emails: Mapping[AccountId, Email]
    children: tuple[Child, ...]


def dossiers(
    searched: str, asked: Paging, *, store: Store
) -> Page[DossierRow]:
    """
    The dossiers that staff entered and those of families that signed up, by
    name.

    Args:
        searched: A part of the name of an adult or of a child, in any
            spelling, or of an address; all of them, if empty.

        asked: Beyond the last page, the last one is shown.
    """
    wanted = search(searched)
    with store.reading() as reading:
        count = reading.count_dossiers(wanted)
        asked = asked.within(count)
        rows = tuple(
            _row(household, reading.accounts_of(household.id))
            for household in reading.dossiers(wanted, asked)
        )
    return page(rows, asked, count)


def dossier(household: HouseholdId, *, store: Store) -> Dossier:
    """
    All that is known of a household.

    Raises:
        Refused: `DossierUnknown`.
    """
    with store.reading() as reading:
        described = known_dossier(reading, household)
        accounts = reading.accounts_of(household)
        children = reading.of(household).children()
    return Dossier(
        row=_row(described, accounts),
        household=described,
        emails={account.id: account.email for account in accounts},
        children=children,
    )


def known_dossier(reading: Reading, household: HouseholdId) -> Household:
    """
    A household, which was not joined to another.

    Raises:
        Refused: `DossierUnknown`.
    """
    found = reading.household(household)
    if found is None or found.joined_to is not None:
        raise Refused(DossierUnknown())
    return found


def _row(household: Household, accounts: tuple[Account, ...]) -> DossierRow:
    states = [_STATES[account.state] for account in accounts]
    state = max(states, key=list(DossierState).index, default=None)
    moments = [
        account.created_at
        for account in accounts
        if _STATES[account.state] is state
    ]
    if moments and household.entered_at is not None:
        # An account that someone had signed up for, and staff took over.
        moments = [max(one, household.entered_at) for one in moments]
    return DossierRow(
        household=household.id,
        adults=tuple(adult.name for adult in household.adults),
        emails=tuple(account.email for account in accounts),
        state=state or DossierState.NO_ACCOUNT,
        since=min(moments, default=None),
    )


def invite_again(
    household: HouseholdId, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    Send the activation mail again to everyone of a dossier who was invited
    and did not follow the link; the new one works seven days.

    Raises:
        Refused: `DossierUnknown` or `NobodyInvited`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        known_dossier(tx, household)
        waiting = [
            account
            for account in tx.accounts_of(household)
            if account.state is AccountState.INVITED
        ]
        if not waiting:
            raise Refused(NobodyInvited())
        for account in waiting:
            send_activation(
                tx, account, at=at, tokens=tokens, life=INVITATION_LIFE
            )

    commit(store, work)


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

        value: Euros, zero to a thousand million.

        month: Any day of the month that it was computed for.

        evidence: Where it was read: « attestation CAF du 04/05/2026 »; a line
            of at most 200 characters.

    Raises:
        Refused: `DossierUnknown`.
        ValueError: If the figure or the evidence is none.
    """
    quotient = QuotientFamilial(
        value=value,
        month=month.replace(day=1),
        evidence=evidence,
        recorded_at=clock.now(),
    )

    def work(tx: Transaction) -> None:
        described = known_dossier(tx, household)
        tx.put(evolve(described, quotient=quotient))

    commit(store, work)
    return quotient


def record_facts(
    household: HouseholdId, facts: HouseholdFacts, *, store: Store
) -> None:
    """
    Record what prices and conditions depend on, beside the quotient; requests
    made before keep theirs.

    Args:
        household: One that exists.

        facts: All of them, in place of those recorded before.  Quotients are
            recorded by `record_quotient`, and passed over here.

    Raises:
        Refused: `DossierUnknown`.
    """

    def work(tx: Transaction) -> None:
        described = known_dossier(tx, household)
        tx.put(evolve(described, facts=evolve(facts, quotients=())))

    commit(store, work)
