"""
Links in mails: made, queued, followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import evolve

from portail_core.domain.accounts import (
    Account,
    AccountState,
    check_password,
)
from portail_core.domain.households import Household
from portail_core.domain.ids import HouseholdId, LinkId
from portail_core.domain.links import (
    LINK_LIFE,
    Link,
    Purpose,
    check_link,
    check_not_overtaken,
    check_purpose,
    password_chosen,
)
from portail_core.domain.notices import (
    AccountExists,
    AccountToActivate,
    EmailToChange,
    EmailToConfirm,
    Notice,
    PasswordChanged,
    PasswordToReset,
)
from portail_core.domain.refusals import Refusal, Refused
from portail_core.ports.clock import Clock
from portail_core.ports.passwords import Passwords
from portail_core.ports.store import Queued, Reading, Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit

_NOTICES: Mapping[Purpose, tuple[str, Callable[..., Notice]]] = (
    MappingProxyType(
        {
            Purpose.CONFIRM_EMAIL: ("email-to-confirm", EmailToConfirm),
            Purpose.ACTIVATE: ("account-to-activate", AccountToActivate),
            Purpose.RESET_PASSWORD: ("password-to-reset", PasswordToReset),
            Purpose.CHANGE_EMAIL: ("email-to-change", EmailToChange),
        }
    )
)


# Sending --------------------------------------------------------------------


def new_link(
    account: Account,
    purpose: Purpose,
    *,
    at: dt.datetime,
    tokens: Tokens,
    life: dt.timedelta = LINK_LIFE,
) -> Link:
    """
    A link for the owner of *account* as it is; nothing is kept yet.
    """
    link = LinkId(tokens.new_id())
    return Link(
        id=link,
        digest=tokens.digest(tokens.link_secret(link)),
        account=account.id,
        purpose=purpose,
        email=account.email,
        password=None,
        household=account.household,
        replaces=None,
        epoch=account.epoch,
        expires_at=at + life,
        used_at=None,
    )


def send_link(tx: Transaction, link: Link, at: dt.datetime) -> None:
    """
    Keep *link*, and queue the letter that it stands in.
    """
    name, notice = _NOTICES[link.purpose]
    tx.put(link)
    tell(
        tx,
        notice(account=link.account, link=link.id),
        key=f"{name}/{link.id}",
        at=at,
    )


def send_activation(
    tx: Transaction,
    account: Account,
    *,
    at: dt.datetime,
    tokens: Tokens,
    life: dt.timedelta = LINK_LIFE,
) -> None:
    """
    Send the link by which the owner of an address opens an account that
    nobody opened yet.

    An account that someone signed up for gets a household of its own with it:
    what is described in the other may be a stranger's.
    """
    link = new_link(account, Purpose.ACTIVATE, at=at, tokens=tokens, life=life)
    if account.state is AccountState.PENDING_EMAIL:
        link = evolve(link, household=new_household(tx, tokens))
    send_link(tx, link, at)


def tell_exists(
    tx: Transaction, account: Account, *, at: dt.datetime, tokens: Tokens
) -> None:
    """
    Queue the letter that says that an address has an account.
    """
    notice = AccountExists(account=account.id)
    tell(tx, notice, key=f"account-exists/{tokens.new_id()}", at=at)


def tell(
    tx: Transaction, notice: Notice, *, key: str, at: dt.datetime
) -> None:
    """
    Queue *notice*, to be sent at once.
    """
    tx.put(Queued(key=key, notice=notice, queued_at=at, due_at=at))


def new_household(tx: Transaction, tokens: Tokens) -> HouseholdId:
    """
    A household that describes nobody yet.
    """
    household = Household(
        id=HouseholdId(tokens.new_id()),
        adults=(),
        address=None,
        quotient=None,
    )
    tx.put(household)
    return household.id


# Following ------------------------------------------------------------------


def find_link(
    reading: Reading, secret: str, at: dt.datetime, tokens: Tokens
) -> tuple[Link, Account]:
    """
    The link of *secret*, which works, and its account.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    link = check_link(reading.link(tokens.digest(secret)), at)
    account = reading.account(link.account)
    assert account is not None, "a link is its account's"
    check_not_overtaken(link, account)
    return link, account


def follow(
    tx: Transaction,
    secret: str,
    purpose: Purpose,
    *,
    at: dt.datetime,
    tokens: Tokens,
) -> tuple[Link, Account]:
    """
    Use up the link of *secret*, and find its account as it was.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    link, account = find_link(tx, secret, at, tokens)
    check_purpose(link, purpose)
    tx.put(evolve(link, used_at=at))
    return link, account


def choose_password(
    secret: str,
    password: str,
    purpose: Purpose,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> None:
    """
    Follow a link, and make *password* the account's.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`, and
            `PasswordTooWeak`; the link is then not used up.
    """
    at = clock.now()
    weak = refusals_of(lambda: check_password(password))
    if weak:
        with store.reading() as reading:
            dead = refusals_of(
                lambda: check_purpose(
                    find_link(reading, secret, at, tokens)[0], purpose
                )
            )
        raise Refused(*dead, *weak)
    derived = passwords.derive(password)

    def work(tx: Transaction) -> None:
        link, account = follow(tx, secret, purpose, at=at, tokens=tokens)
        tx.put(password_chosen(account, link, derived))
        if account.state is AccountState.ACTIVE:
            tell_password_changed(tx, account, at=at, tokens=tokens)

    commit(store, work)


def tell_password_changed(
    tx: Transaction, account: Account, *, at: dt.datetime, tokens: Tokens
) -> None:
    """
    Queue the letter that says that a password is another.
    """
    notice = PasswordChanged(account=account.id)
    tell(tx, notice, key=f"password-changed/{tokens.new_id()}", at=at)


def refusals_of(check: Callable[[], object]) -> tuple[Refusal, ...]:
    """
    Why *check* refuses; nothing if it does not.
    """
    try:
        check()
    except Refused as refused:
        return refused.refusals
    return ()
