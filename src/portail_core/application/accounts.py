"""
Accounts: sign up, confirm the address, sign in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from attrs import evolve, frozen

from portail_core.domain.accounts import (
    LINK_LIFE,
    SESSION_LIFE,
    Account,
    AccountState,
    CredentialsWrong,
    Email,
    Link,
    Purpose,
    Session,
    SessionEnded,
    check_link,
    check_password,
    check_session,
    confirmed,
    read_email,
)
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AccountId,
    HouseholdId,
    LinkId,
    SessionToken,
)
from portail_core.domain.notices import AccountExists, EmailToConfirm
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.passwords import Passwords
from portail_core.ports.store import Queued, Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from .members import Member, member


@frozen(kw_only=True)
class SignedIn:
    """
    A session, told once to whoever signed in.

    Attributes:
        expires_at: First moment when it no longer works, UTC.
    """

    token: SessionToken
    expires_at: dt.datetime


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
    Sign up.  The answer is the same whether or not the address has an account:
    what follows is told by mail, to that address.

    Raises:
        Refused: `EmailMalformed`, `PasswordTooWeak`, or both.
    """
    at = clock.now()
    address = _checked(email, password)
    derived = passwords.derive(password)

    def work(tx: Transaction) -> None:
        account = tx.account_with_email(address)
        if account is None:
            account = _new_account(tx, address, derived, at, tokens)
        if account.state is AccountState.ACTIVE:
            notice = AccountExists(account=account.id)
            key = f"account-exists/{tokens.new_id()}"
            tx.put(Queued(key=key, notice=notice, queued_at=at, due_at=at))
        else:
            _send_link(tx, account, derived, at, tokens)

    commit(store, work)


def _checked(email: str, password: str) -> Email:
    refusals: list[Refusal] = []
    for check in (
        lambda: read_email(email),
        lambda: check_password(password),
    ):
        refusals.extend(_refusals_of(check))
    if refusals:
        raise Refused(*refusals)
    return read_email(email)


def _refusals_of(check: Callable[[], object]) -> tuple[Refusal, ...]:
    try:
        check()
    except Refused as refused:
        return refused.refusals
    return ()


def _new_account(
    tx: Transaction,
    email: Email,
    password: str,
    at: dt.datetime,
    tokens: Tokens,
) -> Account:
    household = Household(
        id=HouseholdId(tokens.new_id()),
        adults=(),
        address=None,
        quotient=None,
    )
    account = Account(
        id=AccountId(tokens.new_id()),
        email=email,
        password=password,
        household=household.id,
        state=AccountState.PENDING_EMAIL,
        created_at=at,
    )
    tx.put(household)
    tx.put(account)
    return account


def _send_link(
    tx: Transaction,
    account: Account,
    password: str,
    at: dt.datetime,
    tokens: Tokens,
) -> None:
    link = LinkId(tokens.new_id())
    tx.put(
        Link(
            id=link,
            digest=tokens.digest(tokens.link_secret(link)),
            account=account.id,
            purpose=Purpose.CONFIRM_EMAIL,
            password=password,
            expires_at=at + LINK_LIFE,
            used_at=None,
        )
    )
    notice = EmailToConfirm(account=account.id, link=link)
    key = f"email-to-confirm/{link}"
    tx.put(Queued(key=key, notice=notice, queued_at=at, due_at=at))


def confirm_email(
    secret: str, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    Follow the link of the mail, once.  The password given with it becomes
    the account's: others may have signed up with the same address.

    Args:
        secret: The last part of the link: 32 characters.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        found = tx.link(tokens.digest(secret))
        link = check_link(found, Purpose.CONFIRM_EMAIL, at)
        account = tx.account(link.account)
        assert account is not None, "a link is its account's"
        tx.put(evolve(link, used_at=at))
        tx.put(confirmed(account, link))

    commit(store, work)


def sign_in(
    email: str,
    password: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> SignedIn:
    """
    Open a session of twelve hours.

    An account whose address is not confirmed may sign in; it may not book.

    Raises:
        Refused: `CredentialsWrong`, whatever is wrong, after the same time.
    """
    at = clock.now()
    account = _recognised(email, password, store, passwords)
    token = SessionToken(tokens.new_id())
    session = Session(
        digest=tokens.digest(token),
        account=account.id,
        password=tokens.digest(account.password),
        expires_at=at + SESSION_LIFE,
    )
    commit(store, lambda tx: tx.put(session))
    return SignedIn(token=token, expires_at=session.expires_at)


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
    if account is None:
        passwords.waste(password)
    elif passwords.matches(password, account.password):
        return account
    raise Refused(CredentialsWrong())


def member_of_session(
    token: str, *, store: Store, clock: Clock, tokens: Tokens
) -> Member:
    """
    Who is signed in with *token*.

    Raises:
        Refused: `SessionEnded`.
    """
    with store.reading() as reading:
        session = check_session(
            reading.session(tokens.digest(token)), clock.now()
        )
        account = reading.account(session.account)
    assert account is not None, "a session is its account's"
    if tokens.digest(account.password) != session.password:
        raise Refused(SessionEnded())
    return member(account)


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
