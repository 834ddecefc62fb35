"""
Accounts: an e-mail address that proved itself, and a password.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from typing import ClassVar, NewType

from attrs import evolve, field, frozen, validators

from .checks import moment
from .ids import AccountId, HouseholdId, LinkId, SecretDigest
from .refusals import Refusal, Refused

Email = NewType("Email", str)
"""An address that `read_email` accepted: trimmed, in lower case."""

EMAIL_LENGTH = range(6, 81)
"""Characters; PayFiP takes no other, so that every family can pay."""

PASSWORD_LENGTH = range(12, 129)
"""
Characters; 12 of three kinds are 71 bits or more: above the 50 that the CNIL
asks where access is restricted, below the 80 that it asks where it is not.
"""

LINK_LIFE = dt.timedelta(hours=24)
"""How long a link in a mail works; the CNIL's figure of 2017."""

SESSION_LIFE = dt.timedelta(hours=12)
"""How long someone stays signed in."""

_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
)


class AccountState(Enum):
    """
    Where an account stands.
    """

    PENDING_EMAIL = "pending-email"  # signed up, address not yet confirmed
    ACTIVE = "active"


@frozen(kw_only=True)
class Account:
    """
    Someone who may sign in for a household.

    Attributes:
        password: As the passwords port derived it; never the password.
    """

    id: AccountId
    email: Email
    password: str = field(repr=False)
    household: HouseholdId
    state: AccountState
    created_at: dt.datetime = field(validator=moment)


class Purpose(Enum):
    """
    What a link in a mail is good for.
    """

    CONFIRM_EMAIL = "confirm-email"


@frozen(kw_only=True)
class Link:
    """
    A link sent by mail: single use, short life.

    Attributes:
        digest: Of the secret in the link; the secret itself is not kept.

        password: As derived; the account's, once the link confirmed its
            address.

        expires_at: First moment when it no longer works, UTC.

        used_at: `None` until used, UTC.
    """

    id: LinkId
    digest: SecretDigest
    account: AccountId
    purpose: Purpose
    password: str = field(repr=False)
    expires_at: dt.datetime = field(validator=moment)
    used_at: dt.datetime | None = field(validator=validators.optional(moment))


@frozen(kw_only=True)
class Session:
    """
    Someone signed in.

    Attributes:
        digest: Of the session token; the token itself is not kept.

        password: Digest of the derived password that it began with.

        expires_at: First moment when it no longer works, UTC.
    """

    digest: SecretDigest
    account: AccountId
    password: SecretDigest
    expires_at: dt.datetime = field(validator=moment)


# Refusals -------------------------------------------------------------------


@frozen
class EmailMalformed(Refusal):
    """
    Not an address that mails and PayFiP can use.
    """

    rule: ClassVar[str] = "account.email.malformed"


@frozen
class PasswordTooWeak(Refusal):
    """
    Too short, too long, or of one kind of characters.
    """

    rule: ClassVar[str] = "account.password.weak"


@frozen
class LinkExpired(Refusal):
    """
    The link is genuine, and too old.
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


@frozen
class CredentialsWrong(Refusal):
    """
    No account has this address and password; which is wrong is not said.
    """

    rule: ClassVar[str] = "account.credentials.wrong"


@frozen
class SessionEnded(Refusal):
    """
    The session expired, was ended, or never was.
    """

    rule: ClassVar[str] = "account.session.ended"


# Rules ----------------------------------------------------------------------


def read_email(text: str) -> Email:
    """
    Read an address as someone typed it.

    Raises:
        Refused: `EmailMalformed`.

    >>> read_email(" Parent@Example.org ")
    'parent@example.org'
    """
    address = text.strip().lower()
    if len(address) not in EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        raise Refused(EmailMalformed())
    return Email(address)


def check_password(password: str) -> None:
    """
    Accept a password of 12 to 128 characters with three kinds among capital
    letters, small letters, digits and others (CNIL, délibération 2022-100).

    Raises:
        Refused: `PasswordTooWeak`.
    """
    kinds = {
        "upper"
        if c.isupper()
        else "lower"
        if c.islower()
        else "digit"
        if c.isdigit()
        else "other"
        for c in password
    }
    if len(password) not in PASSWORD_LENGTH or len(kinds) < 3:  # noqa: PLR2004 - the docstring counts them
        raise Refused(PasswordTooWeak())


def check_link(link: Link | None, purpose: Purpose, at: dt.datetime) -> Link:
    """
    Accept a link once, before it expires, for what it was sent for.

    Raises:
        Refused: `LinkUnknown`, `LinkUsed` or `LinkExpired`.
    """
    if link is None or link.purpose is not purpose:
        raise Refused(LinkUnknown())
    if link.used_at is not None:
        raise Refused(LinkUsed())
    if at >= link.expires_at:
        raise Refused(LinkExpired())
    return link


def confirmed(account: Account, link: Link) -> Account:
    """
    *account*, whose owner followed *link*; already confirmed, it stays as it
    is.
    """
    if account.state is AccountState.ACTIVE:
        return account
    return evolve(account, state=AccountState.ACTIVE, password=link.password)


def check_session(session: Session | None, at: dt.datetime) -> Session:
    """
    Accept a session until it expires.

    Raises:
        Refused: `SessionEnded`.
    """
    if session is None or at >= session.expires_at:
        raise Refused(SessionEnded())
    return session
