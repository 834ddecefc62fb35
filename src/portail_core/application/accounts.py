"""
Accounts: sign up, confirm the address, be invited, activate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from attrs import evolve

from portail_core.domain.accounts import (
    Account,
    AccountState,
    Email,
    check_password,
    invited,
    read_email,
)
from portail_core.domain.ids import AccountId, HouseholdId
from portail_core.domain.links import INVITATION_LIFE, Purpose, confirmed
from portail_core.domain.refusals import Refused
from portail_core.ports.clock import Clock
from portail_core.ports.passwords import Passwords
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._links import (
    choose_password,
    find_link,
    follow,
    new_household,
    new_link,
    refusals_of,
    send_activation,
    send_link,
    tell_exists,
)
from .members import Member, account_of

# Signing up -----------------------------------------------------------------


def register(
    email: str,
    password: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> None:
    """
    Sign up.  The answer is the same whether or not the address has an account,
    after the same time: what follows is told by mail, to that address.

    Raises:
        Refused: `EmailMalformed`, `PasswordTooWeak`, or both.
    """
    at = clock.now()
    address = read_credentials(email, password)
    derived = passwords.derive(password)
    known = _known(address, password, store, passwords)

    def work(tx: Transaction) -> None:
        account = tx.account_with_email(address)
        if (
            account is not None
            and account.state is AccountState.PENDING_EMAIL
            and account.password == known
        ):
            _send_confirmation(tx, account, at, tokens)
        else:
            sign_up(
                tx,
                address,
                derived,
                at=at,
                tokens=tokens,
                describe=lambda _: new_household(tx, tokens),
            )

    commit(store, work)


def sign_up(
    tx: Transaction,
    email: Email,
    password: str,
    *,
    at: dt.datetime,
    tokens: Tokens,
    describe: Callable[[AccountId], HouseholdId],
) -> None:
    """
    Inside a transaction: open an account, or tell its owner what is so.

    Args:
        tx: In which the household is put.

        email: Whoever has it.

        password: As derived.

        describe: Puts the household of an account that may come to be; not
            asked where the address is confirmed, or invited.
    """
    account = tx.account_with_email(email)
    if account is None:
        named = AccountId(tokens.new_id())
        account = _new_account(
            tx,
            named,
            email,
            describe(named),
            password=password,
            state=AccountState.PENDING_EMAIL,
            at=at,
        )
        _send_confirmation(tx, account, at, tokens)
    elif account.state is AccountState.ACTIVE:
        tell_exists(tx, account, at=at, tokens=tokens)
    elif account.state is AccountState.INVITED:
        send_activation(tx, account, at=at, tokens=tokens)
    else:
        # Perhaps another person: nothing of theirs is mixed.
        second = evolve(
            account, password=password, household=describe(account.id)
        )
        _send_confirmation(tx, second, at, tokens)


def read_credentials(email: str, password: str) -> Email:
    """
    The address to sign up with; who has it is not looked up.

    Raises:
        Refused: `EmailMalformed`, `PasswordTooWeak`, or both.
    """
    faults = (
        *refusals_of(lambda: read_email(email)),
        *refusals_of(lambda: check_password(password)),
    )
    if faults:
        raise Refused(*faults)
    return read_email(email)


def _known(
    email: Email, password: str, store: Store, passwords: Passwords
) -> str | None:
    # What the account keeps of this password, if it has it: looked for
    # before the commit, which holds others up.
    with store.reading() as reading:
        account = reading.account_with_email(email)
    if account is None or account.password is None:
        passwords.waste(password)
    elif passwords.matches(password, account.password):
        return account.password
    return None


def _new_account(
    tx: Transaction,
    named: AccountId,
    email: Email,
    household: HouseholdId,
    *,
    password: str | None,
    state: AccountState,
    at: dt.datetime,
) -> Account:
    account = Account(
        id=named,
        email=email,
        password=password,
        household=household,
        state=state,
        created_at=at,
        epoch=0,
    )
    tx.put(account)
    return account


def _send_confirmation(
    tx: Transaction, account: Account, at: dt.datetime, tokens: Tokens
) -> None:
    link = new_link(account, Purpose.CONFIRM_EMAIL, at=at, tokens=tokens)
    send_link(tx, evolve(link, password=account.password), at)


def confirm_email(
    secret: str, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    Follow the link of the mail, once.  The password given with it and its
    household become the account's: others may have signed up with the same
    address.

    Args:
        secret: The last part of the link: 32 characters.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        link, account = follow(
            tx, secret, Purpose.CONFIRM_EMAIL, at=at, tokens=tokens
        )
        tx.put(confirmed(account, link))

    commit(store, work)


def send_confirmation_again(
    *, member: Member, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    Send the link again to whoever is signed in and has not confirmed the
    address: what this family described stays.  To a confirmed address nothing
    is sent.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        account = account_of(tx, member)
        if account.state is AccountState.PENDING_EMAIL:
            _send_confirmation(tx, account, at, tokens)

    commit(store, work)


# Invited by staff -----------------------------------------------------------


def open_invited_account(
    tx: Transaction,
    email: Email,
    household: HouseholdId,
    at: dt.datetime,
    tokens: Tokens,
) -> Account:
    """
    Inside a transaction of the staff's: open the account of a household that
    the staff described, and invite the owner of the address to activate it,
    within seven days.

    An account that someone signed up for, and nobody confirmed, is taken over.

    Args:
        tx: In which the household is put, or was before.

        email: Not of an account that is active, or invited already.

        household: The dossier's.

    Raises:
        Refused: `AddressTaken`.
    """
    account = tx.account_with_email(email)
    if account is None:
        account = _new_account(
            tx,
            AccountId(tokens.new_id()),
            email,
            household,
            password=None,
            state=AccountState.INVITED,
            at=at,
        )
    else:
        account = invited(account, household)
        tx.put(account)
    send_activation(tx, account, at=at, tokens=tokens, life=INVITATION_LIFE)
    return account


def activate(
    secret: str,
    password: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> None:
    """
    « Cliquez sur le lien d'activation et personnalisez votre mot de passe. »

    Args:
        secret: The last part of the link: 32 characters.

        password: Chosen by whoever followed it.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`, and
            `PasswordTooWeak`; the link is then not used up.
    """
    choose_password(
        secret,
        password,
        Purpose.ACTIVATE,
        store=store,
        clock=clock,
        tokens=tokens,
        passwords=passwords,
    )


# Both -----------------------------------------------------------------------


def resend_link(
    email: str, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    The link was lost, or is too old: send another, by which a password is
    chosen as well.  The answer is the same whether or not the address has an
    account, active or not.

    Raises:
        Refused: `EmailMalformed`.
    """
    at = clock.now()
    address = read_email(email)

    def work(tx: Transaction) -> None:
        account = tx.account_with_email(address)
        if account is None:
            return
        if account.state is AccountState.ACTIVE:
            tell_exists(tx, account, at=at, tokens=tokens)
        else:
            send_activation(tx, account, at=at, tokens=tokens)

    commit(store, work)


def purpose_of_link(
    secret: str, *, store: Store, clock: Clock, tokens: Tokens
) -> Purpose:
    """
    What the host shows to whoever follows a link: the form that its purpose
    asks for.  Nothing is used up: programs that look at mails follow links.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    with store.reading() as reading:
        link, _ = find_link(reading, secret, clock.now(), tokens)
    return link.purpose
