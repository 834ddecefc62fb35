"""
Links sent by mail: what each is good for, how long, and what overtakes it.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar, assert_never

from attrs import evolve, field, frozen, validators

from .accounts import Account, AccountState, Email, with_password
from .checks import moment, not_negative, whole_number
from .ids import AccountId, HouseholdId, LinkId, SecretDigest
from .refusals import Refusal, Refused

LINK_LIFE = dt.timedelta(hours=24)
"""How long a link works that someone asked for; the CNIL's figure of 2017."""

INVITATION_LIFE = dt.timedelta(days=7)
"""How long one works that nobody asked for: mail is not read every day."""


class Purpose(Enum):
    """
    What a link in a mail is good for.
    """

    CONFIRM_EMAIL = "confirm-email"  # gives the account its link's password
    ACTIVATE = "activate"  # whoever follows it chooses the first password
    RESET_PASSWORD = "reset-password"  # noqa: S105 - a purpose, no secret
    CHANGE_EMAIL = "change-email"  # sent to the new address


@frozen(kw_only=True)
class Link:
    """
    A link sent by mail: single use, short life.

    Attributes:
        digest: Of the secret in the link; the secret itself is not kept.

        email: Where it is sent, and what following it proves.

        password: As derived; the account's, once the link confirmed its
            address.  `None` if whoever follows it chooses one, or none.

        household: The account's, once the link confirmed its address.

        replaces: The address that the account had when another was asked
            for; `None` for any other purpose.

        epoch: The account's when the link was made.

        expires_at: First moment when it no longer works, UTC.

        used_at: `None` until used, UTC.
    """

    id: LinkId
    digest: SecretDigest
    account: AccountId
    purpose: Purpose
    email: Email
    password: str | None = field(repr=False)
    household: HouseholdId
    replaces: Email | None
    epoch: int = field(validator=[whole_number, not_negative])
    expires_at: dt.datetime = field(validator=moment)
    used_at: dt.datetime | None = field(validator=validators.optional(moment))


# Refusals -------------------------------------------------------------------


@frozen
class LinkExpired(Refusal):
    """
    The link is genuine, and too old: its time is over, or the account has
    changed since.
    """

    rule: ClassVar[str] = "account.link.expires"


@frozen
class LinkUsed(Refusal):
    """
    The link is genuine, and was already used.
    """

    rule: ClassVar[str] = "account.link.single-use"


@frozen
class LinkUnknown(Refusal):
    """
    No link of ours.
    """

    rule: ClassVar[str] = "account.link.unknown"


# Rules ----------------------------------------------------------------------


def check_link(link: Link | None, at: dt.datetime) -> Link:
    """
    Accept a link once, before it expires.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    if link is None:
        raise Refused(LinkUnknown())
    if link.used_at is not None:
        raise Refused(LinkUsed())
    if at >= link.expires_at:
        raise Refused(LinkExpired())
    return link


def check_purpose(link: Link, purpose: Purpose) -> None:
    """
    Accept a link for what it was sent for.

    Raises:
        Refused: `LinkUnknown`.
    """
    if link.purpose is not purpose:
        raise Refused(LinkUnknown())


def check_not_overtaken(link: Link, account: Account) -> None:
    """
    Accept a link if its account is still as the link takes it to be.

    A link to confirm is good for an account that staff did not take over
    since; it changes nothing of one that is active.  A link to activate is
    good until something activates the account, or staff takes it over; one
    to change password or address, while nobody changed either, nor ended
    every session.

    Raises:
        Refused: `LinkExpired`.
    """
    match link.purpose:
        case Purpose.CONFIRM_EMAIL:
            overtaken = account.state is AccountState.INVITED
        case Purpose.ACTIVATE:
            overtaken = account.state is AccountState.ACTIVE or (
                account.state is AccountState.INVITED
                and link.household != account.household
            )
        case Purpose.RESET_PASSWORD | Purpose.CHANGE_EMAIL:
            overtaken = link.epoch != account.epoch or account.email != (
                link.replaces or link.email
            )
        case _:
            assert_never(link.purpose)
    if overtaken:
        raise Refused(LinkExpired())


def confirmed(account: Account, link: Link) -> Account:
    """
    *account*, whose owner followed *link*, which has a password and a
    household; already active, it stays as it is.
    """
    if account.state is AccountState.ACTIVE:
        return account
    if account.password != link.password:
        account = with_password(account, link.password)
    return evolve(account, state=AccountState.ACTIVE, household=link.household)


def password_chosen(account: Account, link: Link, password: str) -> Account:
    """
    *account*, whose owner followed *link* and chose a password, as derived;
    already active, it keeps its household, which staff may have joined to
    another since.
    """
    account = with_password(account, password)
    if account.state is AccountState.ACTIVE:
        return account
    return evolve(account, state=AccountState.ACTIVE, household=link.household)


def address_changed(account: Account, link: Link) -> Account:
    """
    *account*, whose owner followed *link* from the new address.
    """
    return evolve(account, email=link.email)
