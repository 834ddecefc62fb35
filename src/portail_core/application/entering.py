"""
Dossiers that staff enters, by hand or by a file, and the invitations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import frozen

from portail_core.domain.accounts import AccountState, Email
from portail_core.domain.children import Custody
from portail_core.domain.days import day_of
from portail_core.domain.dossiers import (
    DossierForm,
    EmailTaken,
    EnteredAdult,
    Judged,
    judge,
    judge_table,
)
from portail_core.domain.forms import (
    EMPTY,
    PROFILE,
    Block,
    adult_values,
    adult_with,
    child_with,
    household_with,
)
from portail_core.domain.households import Adult, Household
from portail_core.domain.ids import ChildId, FieldName, HouseholdId
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens
from portail_core.wire import read_table

from ._commits import commit
from ._forms import Clerk
from .accounts import open_invited_account
from .dossiers import Agent
from .reglements import ActiveReglement


@frozen(kw_only=True)
class Imported:
    """
    What a file came to.

    Attributes:
        dossiers: How many were entered.

        children: How many they have.

        invited: How many people were written to.
    """

    dossiers: int
    children: int
    invited: int


def enter(
    form: DossierForm,
    *,
    agent: Agent,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> HouseholdId:
    """
    Enter a dossier.  An adult with an address gets an account, and the mail
    by which it is activated.

    Args:
        form: As typed.

        agent: Who enters it, for the history.

        clock: When; birth dates are not after that day in Paris, from which
            on the household may book.

        tokens: Names what is entered.

        reglement: The active one, for the journal.

    Raises:
        Refused: Everything that is wrong, each with its path:
            « adults[0].first_name », « children[1].birth_date ».
    """
    at = clock.now()
    judged = judge(form, today=day_of(at))
    emails = [
        (adult.email, adult.email_field)
        for adult in judged.adults
        if adult.email is not None
    ]

    def work(tx: Transaction) -> HouseholdId:
        _refuse(judged.refusals, emails, tx)
        return _keep(
            tx, judged, agent=agent, at=at, tokens=tokens, reglement=reglement
        )

    return commit(store, work)


def import_csv(
    content: bytes,
    *,
    agent: Agent,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> Imported:
    """
    Enter all dossiers of a file, in one commit, or none.

    Args:
        content: A CSV file as `portail_core.wire.read_table` takes it, of
            at most `MOST_BYTES` bytes and `MOST_LINES` lines; columns as
            `portail_core.domain.dossiers.COLUMNS` calls them.

        agent: Who enters them, for the history.

        clock: When.

        tokens: Names what is entered.

        reglement: The active one, for the journal.

    Raises:
        Refused: Everything that is wrong, each with its line and its column:
            « lines[3].Code postal ».
    """
    at = clock.now()
    judged = judge_table(read_table(content), today=day_of(at))

    def work(tx: Transaction) -> Imported:
        _refuse(judged.refusals, judged.emails, tx)
        for dossier in judged.dossiers:
            _keep(
                tx,
                dossier,
                agent=agent,
                at=at,
                tokens=tokens,
                reglement=reglement,
            )
        return Imported(
            dossiers=len(judged.dossiers),
            children=sum(len(one.children) for one in judged.dossiers),
            invited=len(judged.emails),
        )

    return commit(store, work)


def _refuse(
    refusals: tuple[Refusal, ...],
    emails: Iterable[tuple[Email, FieldName]],
    tx: Transaction,
) -> None:
    taken = (EmailTaken(field) for email, field in emails if _has(tx, email))
    every = tuple(dict.fromkeys((*refusals, *taken)))
    if every:
        raise Refused(*every)


def _has(tx: Transaction, email: Email) -> bool:
    # An account that nobody confirmed is taken over.
    account = tx.account_with_email(email)
    return (
        account is not None and account.state is not AccountState.PENDING_EMAIL
    )


def _keep(
    tx: Transaction,
    judged: Judged,
    *,
    agent: Agent,
    at: dt.datetime,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> HouseholdId:
    household = HouseholdId(tokens.new_id())
    clerk = Clerk(
        tx=tx,
        tokens=tokens,
        uses={},
        household=household,
        actor=agent.actor,
        at=at,
        reglement=reglement.digest,
    )
    adults = tuple(
        _keep_adult(clerk, adult, position)
        for position, adult in enumerate(judged.adults, start=1)
    )
    empty = Household(
        id=household,
        adults=adults,
        address=None,
        quotient=None,
        entered_at=at,
    )
    tx.put(household_with(empty, judged.household))
    for block in (Block.HOUSEHOLD, Block.MORE):
        clerk.note("household", block, before=EMPTY, after=judged.household)
    _keep_children(clerk, judged)
    return household


def _keep_adult(clerk: Clerk, entered: EnteredAdult, position: int) -> Adult:
    account = None
    if entered.email is not None:
        account = open_invited_account(
            clerk.tx, entered.email, clerk.household, clerk.at, clerk.tokens
        ).id
    adult = adult_with(entered.values, account=account)
    subject = f"profile/{account}" if account else f"adult/{position}"
    for block in PROFILE:
        clerk.note(subject, block, before=EMPTY, after=adult_values(adult))
    return adult


def _keep_children(clerk: Clerk, judged: Judged) -> None:
    for values in judged.children:
        child = ChildId(clerk.tokens.new_id())
        clerk.tx.put(child_with(values, child=child))
        clerk.tx.put(
            Custody(
                child=child,
                household=clerk.household,
                since=day_of(clerk.at),
            )
        )
        clerk.note(f"child/{child}", Block.CHILD, before=EMPTY, after=values)
