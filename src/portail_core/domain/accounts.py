"""
Accounts: an e-mail address that proved itself, and a password.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import ClassVar, NewType

from attrs import evolve, field, frozen

from .checks import moment, not_negative, whole_number
from .ids import AccountId, HouseholdId, SecretDigest
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

_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
)


class AccountState(Enum):
    """
    Where an account stands.
    """

    PENDING_EMAIL = "pending-email"  # signed up, address not yet confirmed
    INVITED = "invited"  # staff entered the dossier, its link not followed yet
    ACTIVE = "active"


@frozen(kw_only=True)
class Account:
    """
    Someone who may sign in for a household.

    Attributes:
        password: As the passwords port derived it, never the password itself;
            `None` if nobody has chosen one.

        epoch: How often everything that had begun was ended; a session of an
            earlier one no longer works, nor a link to change password or
            address.
    """

    id: AccountId
    email: Email
    password: str | None = field(repr=False)
    household: HouseholdId
    state: AccountState
    created_at: dt.datetime = field(validator=moment)
    epoch: int = field(validator=[whole_number, not_negative])


class Stay(Enum):
    """
    How long someone who signs in wishes to stay.
    """

    FOR_THE_DAY = "for-the-day"
    REMEMBERED = "remembered"  # « Se souvenir de moi »


SESSION_LIVES: Mapping[Stay, dt.timedelta] = MappingProxyType(
    {
        Stay.FOR_THE_DAY: dt.timedelta(hours=12),
        Stay.REMEMBERED: dt.timedelta(days=30),
    }
)
"""How long a session lasts; the rule is `account.session.length`."""


@frozen(kw_only=True)
class Session:
    """
    Someone signed in.

    Attributes:
        digest: Of the session token; the token itself is not kept.

        epoch: The account's when it began.

        expires_at: First moment when it no longer works, UTC.
    """

    digest: SecretDigest
    account: AccountId
    epoch: int = field(validator=[whole_number, not_negative])
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
class CredentialsWrong(Refusal):
    """
    No account has this address and password; which is wrong is not said.
    """

    rule: ClassVar[str] = "account.credentials.wrong"


@frozen
class CurrentPasswordWrong(Refusal):
    """
    Not the password of the account that is signed in.
    """

    rule: ClassVar[str] = "account.password.current"


@frozen
class NotActiveYet(Refusal):
    """
    The address proved nothing yet: it is too soon to change it, or the
    password.
    """

    rule: ClassVar[str] = "account.change.confirmed-first"


@frozen
class AddressTaken(Refusal):
    """
    The address has an account; told to staff alone.
    """

    rule: ClassVar[str] = "account.invited.taken"


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


def check_active(account: Account) -> None:
    """
    Accept an account whose address is confirmed.

    Raises:
        Refused: `NotActiveYet`.
    """
    if account.state is not AccountState.ACTIVE:
        raise Refused(NotActiveYet())


def check_session(
    session: Session | None, account: Account | None, at: dt.datetime
) -> Account:
    """
    Accept a session of *account* until it expires, or all were ended.

    Raises:
        Refused: `SessionEnded`.
    """
    if (
        session is None
        or account is None
        or session.epoch != account.epoch
        or at >= session.expires_at
    ):
        raise Refused(SessionEnded())
    return account


def ended(session: Session, at: dt.datetime) -> Session:
    """
    *session*, which ends now unless it ended before.
    """
    return evolve(session, expires_at=min(session.expires_at, at))


def with_password(account: Account, password: str | None) -> Account:
    """
    *account* with another password, as derived: a new epoch begins.
    """
    return evolve(next_epoch(account), password=password)


def next_epoch(account: Account) -> Account:
    """
    *account*, of which every session and link so far has ended.
    """
    return evolve(account, epoch=account.epoch + 1)


def invited(account: Account, household: HouseholdId) -> Account:
    """
    *account*, which someone signed up for, now for a dossier that staff
    entered: nothing of who signed up remains.

    Raises:
        Refused: `AddressTaken`, if it is invited or active already.
    """
    if account.state is not AccountState.PENDING_EMAIL:
        raise Refused(AddressTaken())
    return evolve(
        with_password(account, None),
        state=AccountState.INVITED,
        household=household,
    )
