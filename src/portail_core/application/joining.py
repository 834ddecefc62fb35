"""
Joining who signed up to the dossier that they had already.

Offered to staff, never done alone: whoever knows a child's name and birth
date may sign up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from attrs import evolve, frozen

from portail_core.domain.accounts import Account, AccountState
from portail_core.domain.forms import PROFILE, adult_values, adult_with
from portail_core.domain.households import Adult, Household
from portail_core.domain.ids import ChildId, HouseholdId
from portail_core.domain.matches import (
    Alike,
    Dismissal,
    HouseholdJoined,
    alike_adults,
    alike_children,
    same_name,
)
from portail_core.domain.pre_registrations import (
    STANDING,
    PreRegistration,
    PreRegistrationState,
)
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import (
    JournalEntry,
    Reading,
    Store,
    Transaction,
)
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._forms import Clerk
from .dossiers import Agent, known_dossier
from .reglements import ActiveReglement


@frozen
class NotRegistered(Refusal):
    """
    Not a household that someone signed up for and confirmed, or not another
    one than the dossier.
    """

    rule: ClassVar[str] = "dossier.join.registered"


@frozen
class HouseholdInUse(Refusal):
    """
    The household has made a request: it has books of its own.
    """

    rule: ClassVar[str] = "dossier.join.in-use"


@frozen
class AdultHasAccount(Refusal):
    """
    The adult of the dossier signs in already, with another address.
    """

    rule: ClassVar[str] = "dossier.join.own-account"


@frozen(kw_only=True)
class Match:
    """
    A household that signed up, a dossier, and why they may be one.
    """

    registered: Household
    dossier: Household
    alike: Alike


def matches(*, store: Store) -> tuple[Match, ...]:
    """
    Households that signed up, and whose dossier staff may have entered: a
    child, or an adult, of the same name and birth date is in both.
    """
    with store.reading() as reading:
        return tuple(
            _match(reading, registered, dossier)
            for registered, dossier in reading.matches()
        )


def _match(
    reading: Reading, registered: HouseholdId, dossier: HouseholdId
) -> Match:
    one, other = reading.of(registered), reading.of(dossier)
    return Match(
        registered=one.household(),
        dossier=other.household(),
        alike=Alike(
            children=alike_children(one.children(), other.children()),
            adults=alike_adults(one.household(), other.household()),
        ),
    )


def dismiss(
    registered: HouseholdId,
    dossier: HouseholdId,
    *,
    agent: Agent,
    store: Store,
    clock: Clock,
) -> None:
    """
    The two households are two: they are not offered again.

    Raises:
        Refused: `DossierUnknown`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        known_dossier(tx, registered)
        known_dossier(tx, dossier)
        if tx.dismissal(registered, dossier) is None:
            tx.put(
                Dismissal(
                    registered=registered,
                    dossier=dossier,
                    agent=agent.id,
                    at=at,
                )
            )

    commit(store, work)


def join(
    registered: HouseholdId,
    dossier: HouseholdId,
    *,
    agent: Agent,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    Give the dossier to who signed up.  Whoever is signed in stays so, and
    finds the dossier.

    The adult of the dossier with their name gets the account, and keeps what
    the dossier says; what it does not say is as they described it.  Of
    children alike the dossier's stays; the others are booked for by the
    dossier as well.

    Args:
        registered: Has an account whose address is confirmed, and has made no
            request.

        dossier: Another one.

        agent: Who decided it, for the history and the journal.

        clock: When.

        tokens: Names the changes.

        reglement: The active one, for the journal.

    Raises:
        Refused: `DossierUnknown`; or `NotRegistered`, `HouseholdInUse`,
            `AdultHasAccount`, all that apply.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        one = known_dossier(tx, registered)
        other = known_dossier(tx, dossier)
        accounts = tx.accounts_of(registered)
        _check(tx, one, other, accounts)
        clerk = Clerk(
            tx=tx,
            tokens=tokens,
            uses={},
            household=dossier,
            actor=agent.actor,
            at=at,
            reglement=reglement.digest,
        )
        for account in accounts:
            tx.put(evolve(account, household=dossier))
            other = _with_account(clerk, one, other, account)
        tx.put(other)
        _share_children(clerk, one)
        _share_records(clerk, one)
        tx.put(_emptied(one, dossier))
        for household in (registered, dossier):
            tx.append(
                JournalEntry(
                    stream=f"household/{household}",
                    actor=agent.actor,
                    at=at,
                    reglement=reglement.digest,
                    event=HouseholdJoined(dossier=dossier),
                )
            )

    commit(store, work)


def _emptied(registered: Household, dossier: HouseholdId) -> Household:
    # What is left over describes nobody, and can no longer book.
    return evolve(
        registered, adults=(), address=None, phone=None, joined_to=dossier
    )


def _check(
    tx: Transaction,
    registered: Household,
    dossier: Household,
    accounts: tuple[Account, ...],
) -> None:
    faults: list[Refusal] = []
    confirmed = all(one.state is AccountState.ACTIVE for one in accounts)
    if (
        not (accounts and confirmed)
        or registered.entered_at is not None
        or registered.id == dossier.id
    ):
        faults.append(NotRegistered())
    if tx.of(registered.id).requests():
        faults.append(HouseholdInUse())
    if any(
        _signs_in(tx, adult)
        for account in accounts
        if (adult := _namesake(registered, dossier, account)) is not None
    ):
        faults.append(AdultHasAccount())
    if faults:
        raise Refused(*faults)


def _namesake(
    registered: Household, dossier: Household, account: Account
) -> Adult | None:
    """
    The adult of the dossier with the name of who signed up.
    """
    me = registered.adult(account.id)
    if me is None:
        return None
    return next((a for a in dossier.adults if same_name(me, a)), None)


def _signs_in(tx: Transaction, adult: Adult) -> bool:
    # One that was only invited, at another address, is overtaken.
    account = None if adult.account is None else tx.account(adult.account)
    return account is not None and account.state is AccountState.ACTIVE


def _with_account(
    clerk: Clerk, registered: Household, dossier: Household, account: Account
) -> Household:
    me = registered.adult(account.id)
    if me is None:
        return dossier
    held = _namesake(registered, dossier, account)
    before, mine = adult_values(held), adult_values(me)
    after = {
        key: mine[key] if value is None else value
        for key, value in before.items()
    }
    joined = adult_with(after, account=account.id)
    for block in PROFILE:
        clerk.note(f"profile/{account.id}", block, before=before, after=after)
    if held is None:
        return evolve(dossier, adults=(*dossier.adults, joined))
    return evolve(
        dossier,
        adults=tuple(joined if a is held else a for a in dossier.adults),
    )


def _share_children(clerk: Clerk, registered: Household) -> None:
    theirs = clerk.tx.of(registered.id)
    same = _same_children(clerk, registered)
    for child in theirs.children():
        if child.id in same:
            continue
        custody = theirs.custody(child.id)
        assert custody is not None, "a household's child is in its custody"
        clerk.tx.put(evolve(custody, household=clerk.household))


def _same_children(
    clerk: Clerk, registered: Household
) -> Mapping[ChildId, ChildId]:
    """
    Children that the dossier has already, by those who signed up; also the
    same record, where both may book for it.
    """
    children = clerk.tx.of(registered.id).children()
    known = clerk.tx.of(clerk.household).children()
    return {
        **{one.id: two.id for one, two in alike_children(children, known)},
        **{one.id: one.id for one in children if one in known},
    }


def _share_records(clerk: Clerk, registered: Household) -> None:
    """
    What the household gave and asked for is the dossier's, and its child's.

    A pre-registration stays where it is if the dossier's child has one that
    stands at the same accueil.
    """
    theirs = clerk.tx.of(registered.id)
    same = _same_children(clerk, registered)
    for document in theirs.documents():
        if document.household == registered.id:
            child = document.child and same.get(document.child, document.child)
            clerk.tx.put(
                evolve(document, household=clerk.household, child=child)
            )
    standing = {
        (one.child, one.accueil)
        for one in clerk.tx.of(clerk.household).pre_registrations()
        if one.state in STANDING
    }
    for asked in sorted(theirs.pre_registrations(), key=_accepted_first):
        child = same.get(asked.child, asked.child)
        if asked.household == registered.id and not (
            child != asked.child
            and asked.state in STANDING
            and (child, asked.accueil) in standing
        ):
            clerk.tx.put(evolve(asked, household=clerk.household, child=child))
            if asked.state in STANDING:
                # Whoever described a child twice may have asked twice.
                standing.add((child, asked.accueil))


def _accepted_first(asked: PreRegistration) -> tuple[bool, dt.datetime]:
    return asked.state is not PreRegistrationState.ACCEPTED, asked.asked_at
