"""
« Informations de connexion : identifiant, mot de passe »: forgotten, changed.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from portail_core.domain.accounts import (
    Account,
    AccountState,
    CurrentPasswordWrong,
    Email,
    Stay,
    check_active,
    check_password,
    read_email,
    with_password,
)
from portail_core.domain.links import LinkUnknown, Purpose, address_changed
from portail_core.domain.notices import EmailChangeAsked
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.passwords import Passwords
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._links import (
    choose_password,
    follow,
    new_link,
    refusals_of,
    send_activation,
    send_link,
    tell,
    tell_exists,
    tell_password_changed,
)
from .members import Member, account_of
from .sessions import SignedIn, open_session

# « Mot de passe oublié ? » --------------------------------------------------


def forgot_password(
    email: str, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    Send a link by which the owner of the address chooses another password,
    or the first one.  The answer is the same whether or not the address has
    an account, active or not.

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
            link = new_link(
                account, Purpose.RESET_PASSWORD, at=at, tokens=tokens
            )
            send_link(tx, link, at)
        else:
            send_activation(tx, account, at=at, tokens=tokens)

    commit(store, work)


def reset_password(
    secret: str,
    password: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> None:
    """
    Follow the link of the mail, once, and choose another password.  Every
    session ends, and the owner of the address is told.

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
        Purpose.RESET_PASSWORD,
        store=store,
        clock=clock,
        tokens=tokens,
        passwords=passwords,
    )


# Signed in ------------------------------------------------------------------


def change_password(
    current: str,
    new: str,
    *,
    stay: Stay = Stay.FOR_THE_DAY,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> SignedIn:
    """
    Choose another password.  Every session ends but the one that is returned,
    and the owner of the address is told.

    Args:
        current: Asked again: who finds a session open does not know it.

        new: The one to come.

        stay: How long the session that is returned lasts.

        member: Who is signed in.

    Raises:
        Refused: `NotActiveYet`, `CurrentPasswordWrong`, `PasswordTooWeak`:
            all that apply.
    """
    at = clock.now()
    account = _as_kept(member, store)
    faults = (
        *_faults(account, current, passwords),
        *refusals_of(lambda: check_password(new)),
    )
    if faults:
        raise Refused(*faults)
    derived = passwords.derive(new)

    def work(tx: Transaction) -> SignedIn:
        changed = with_password(_unchanged(tx, member, account), derived)
        tx.put(changed)
        tell_password_changed(tx, changed, at=at, tokens=tokens)
        return open_session(tx, changed, stay, at, tokens)

    return commit(store, work)


def ask_email_change(
    email: str,
    password: str,
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> None:
    """
    Ask for another address: a link is sent there, and an alert to the old
    one; nothing changes until the link is followed.  The answer is the same
    if the new address has an account: its owner is told, by mail.

    Args:
        email: The new address.

        password: Asked again: who finds a session open does not know it.

        member: Who is signed in.

    Raises:
        Refused: `NotActiveYet`, `CurrentPasswordWrong`, `EmailMalformed`:
            all that apply.
    """
    at = clock.now()
    account = _as_kept(member, store)
    faults = (
        *_faults(account, password, passwords),
        *refusals_of(lambda: read_email(email)),
    )
    if faults:
        raise Refused(*faults)
    address = read_email(email)

    def work(tx: Transaction) -> None:
        mine = _unchanged(tx, member, account)
        _send_change(tx, mine, address, at, tokens)

    commit(store, work)


def _send_change(
    tx: Transaction,
    account: Account,
    address: Email,
    at: dt.datetime,
    tokens: Tokens,
) -> None:
    link = evolve(
        new_link(account, Purpose.CHANGE_EMAIL, at=at, tokens=tokens),
        email=address,
        replaces=account.email,
    )
    other = tx.account_with_email(address)
    if other is None:
        send_link(tx, link, at)
    else:
        # Never sent, but the alert speaks of it: that an alert comes must
        # not tell whether the new address has an account.
        tx.put(link)
        tell_exists(tx, other, at=at, tokens=tokens)
    alert = EmailChangeAsked(account=account.id, link=link.id)
    tell(tx, alert, key=f"email-change-asked/{link.id}", at=at)


def _as_kept(member: Member, store: Store) -> Account:
    with store.reading() as reading:
        return account_of(reading, member)


def _faults(
    account: Account, password: str, passwords: Passwords
) -> tuple[Refusal, ...]:
    faults = refusals_of(lambda: check_active(account))
    known = account.password
    if known is None or not passwords.matches(password, known):
        return (*faults, CurrentPasswordWrong())
    return faults


def _unchanged(tx: Transaction, member: Member, seen: Account) -> Account:
    # The password was compared before the commit: it must still be the one.
    account = account_of(tx, member)
    if account.password != seen.password:
        raise Refused(CurrentPasswordWrong())
    return account


def confirm_email_change(
    secret: str, *, store: Store, clock: Clock, tokens: Tokens
) -> None:
    """
    Follow the link that was sent to the new address, once: it becomes the
    account's.  Sessions go on; what was issued before stays as it is.

    Args:
        secret: The last part of the link: 32 characters.

    Raises:
        Refused: `LinkUnknown`, also if the address has another account by
            now; `LinkUsed` or `LinkExpired`.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        link, account = follow(
            tx, secret, Purpose.CHANGE_EMAIL, at=at, tokens=tokens
        )
        if tx.account_with_email(link.email) is not None:
            raise Refused(LinkUnknown())
        tx.put(address_changed(account, link))

    commit(store, work)
