"""
Sessions: sign in, stay or leave.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.accounts import (
    SESSION_LIVES,
    Account,
    CredentialsWrong,
    Session,
    SessionEnded,
    Stay,
    check_session,
    ended,
    next_epoch,
    read_email,
)
from portail_core.domain.ids import AccountId, SessionToken
from portail_core.domain.refusals import Refused
from portail_core.ports.clock import Clock
from portail_core.ports.passwords import Passwords
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from .members import Member, account_of, member


@frozen(kw_only=True)
class SignedIn:
    """
    A session, told once to whoever signed in.

    Attributes:
        expires_at: First moment when it no longer works, UTC.
    """

    token: SessionToken
    expires_at: dt.datetime


def sign_in(
    email: str,
    password: str,
    *,
    stay: Stay = Stay.FOR_THE_DAY,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> SignedIn:
    """
    Open a session.

    An account whose address is not confirmed may sign in; it may not book.

    Args:
        email: As typed.

        password: As typed.

        stay: « Se souvenir de moi »: 30 days, and 12 hours without.

        store: Holds the account.

        passwords: Take as long for an address without an account.

    Raises:
        Refused: `CredentialsWrong`, whatever is wrong, after the same time.
    """
    at = clock.now()
    account = _recognised(email, password, store, passwords)
    return commit(
        store, lambda tx: open_session(tx, account, stay, at, tokens)
    )


def _recognised(
    email: str, password: str, store: Store, passwords: Passwords
) -> Account:
    try:
        address = read_email(email)
    except Refused:
        account = None
    else:
        with store.reading() as reading:
            account = reading.account_with_email(address)
    if account is None or account.password is None:
        passwords.waste(password)
    elif passwords.matches(password, account.password):
        return account
    raise Refused(CredentialsWrong())


def open_session(
    tx: Transaction,
    account: Account,
    stay: Stay,
    at: dt.datetime,
    tokens: Tokens,
) -> SignedIn:
    """
    Keep a session of *account* that begins now.
    """
    token = SessionToken(tokens.new_id())
    session = Session(
        digest=tokens.digest(token),
        account=account.id,
        epoch=account.epoch,
        expires_at=at + SESSION_LIVES[stay],
    )
    tx.put(session)
    return SignedIn(token=token, expires_at=session.expires_at)


def sign_out(
    token: str, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    End a session now; one that ended already, or never was, stays so.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        session = tx.session(tokens.digest(token))
        if session is not None:
            tx.put(ended(session, at))

    commit(store, work)


def sign_out_everywhere(*, member: Member, store: Store) -> None:
    """
    End every session of the account, this one included, and every link that
    would change its password or its address.
    """

    def work(tx: Transaction) -> None:
        tx.put(next_epoch(account_of(tx, member)))

    commit(store, work)


def member_of_session(
    token: str, *, store: Store, clock: Clock, tokens: Tokens
) -> Member:
    """
    Who is signed in with *token*.

    Raises:
        Refused: `SessionEnded`.
    """
    with store.reading() as reading:
        session = reading.session(tokens.digest(token))
        account = reading.account(session.account) if session else None
    return member(check_session(session, account, clock.now()))


def member_of_account(account: AccountId, *, store: Store) -> Member:
    """
    The member of an account that the host authenticated by itself.

    Raises:
        Refused: `SessionEnded`, if there is no such account.
    """
    with store.reading() as reading:
        found = reading.account(account)
    if found is None:
        raise Refused(SessionEnded())
    return member(found)
