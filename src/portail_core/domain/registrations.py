"""
« Créer mon compte » in five steps: what was filled in, until it is validated.

« 1 Création de mon compte 2 Coordonnées 3 Informations personnelles
4 Informations professionnelles 5 Validation »
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from attrs import evolve, field, frozen, validators

from .accounts import Email
from .checks import moment
from .forms import (
    BLOCKS,
    EMPTY,
    PROFILE,
    Block,
    FieldUse,
    Values,
    adult_values,
    adult_with,
    household_with,
)
from .households import Adult, Household
from .ids import AccountId, FieldName, SecretDigest
from .refusals import Refusal, Refused

STEPS = PROFILE
"""Steps 2 to 4, in the order of the guide; each may be filled in again."""

REGISTRATION_LIFE = dt.timedelta(hours=24)
"""How long someone may take from the first step to the last."""

NOBODY = adult_with(EMPTY, account=None)
"""Nothing was filled in."""


@frozen(kw_only=True)
class Registration:
    """
    Someone on the way to an account, which is not there yet.

    Attributes:
        digest: Of the token; the token itself is not kept.

        email: As read at step 1; who has it was not looked up.

        password: As derived; `None` once the registration is over.

        adult: What the steps hold, each as it was validated.

        done: Steps that were passed.

        expires_at: First moment when it no longer works, UTC.

        ended_at: `None` until validated, UTC.
    """

    digest: SecretDigest
    email: Email
    password: str | None = field(repr=False)
    adult: Adult = field(repr=False)
    done: tuple[Block, ...]
    created_at: dt.datetime = field(validator=moment)
    expires_at: dt.datetime = field(validator=moment)
    ended_at: dt.datetime | None = field(validator=validators.optional(moment))


# Refusals -------------------------------------------------------------------


@frozen
class RegistrationUnknown(Refusal):
    """
    No registration of ours.
    """

    rule: ClassVar[str] = "registration.unknown"


@frozen
class RegistrationExpired(Refusal):
    """
    It was begun a day ago, or more.
    """

    rule: ClassVar[str] = "registration.expires"


@frozen
class RegistrationOver(Refusal):
    """
    It was validated: what follows is in the mail.
    """

    rule: ClassVar[str] = "registration.over"


@frozen
class StepMissing(Refusal):
    """
    A step was not passed yet.
    """

    rule: ClassVar[str] = "registration.steps"
    step: Block


# Rules ----------------------------------------------------------------------


def check_begun(
    registration: Registration | None, at: dt.datetime
) -> Registration:
    """
    Accept a registration until it expires, validated or not.

    Raises:
        Refused: `RegistrationUnknown` or `RegistrationExpired`.
    """
    if registration is None:
        raise Refused(RegistrationUnknown())
    if at >= registration.expires_at:
        raise Refused(RegistrationExpired())
    return registration


def check_open(
    registration: Registration | None, at: dt.datetime
) -> Registration:
    """
    Accept a registration that may still be filled in.

    Raises:
        Refused: `RegistrationUnknown`, `RegistrationExpired` or
            `RegistrationOver`.
    """
    registration = check_begun(registration, at)
    if registration.ended_at is not None:
        raise Refused(RegistrationOver())
    return registration


def check_steps(registration: Registration) -> None:
    """
    Accept a registration whose every step was passed, even one that asks for
    nothing.

    Raises:
        Refused: One `StepMissing` for each that was not.
    """
    missing = [step for step in STEPS if step not in registration.done]
    if missing:
        raise Refused(*map(StepMissing, missing))


def passed(
    registration: Registration, step: Block, values: Values
) -> Registration:
    """
    *registration*, whose *step* was validated; its forms hold *values*.
    """
    return evolve(
        registration,
        adult=adult_with(values, account=None),
        done=tuple(
            one for one in STEPS if one is step or one in registration.done
        ),
    )


def validated(registration: Registration, at: dt.datetime) -> Registration:
    """
    *registration*, which is over: nothing of who filled it in remains but the
    address.
    """
    return evolve(registration, password=None, adult=NOBODY, ended_at=at)


def described(
    household: Household,
    adult: Adult,
    account: AccountId,
    uses: Mapping[FieldName, FieldUse],
) -> Household:
    """
    *household* with *adult*, who signs in with *account*.

    Its own coordinates begin as theirs, where the operator asks for any: the
    telephone of the household is that of the home, else the mobile one.
    """
    mine = adult_values(adult)
    phone = mine["home_phone"] or mine["mobile_phone"]
    begins = {
        field.key: phone if field.key == "phone" else mine[field.key]
        for field in BLOCKS[Block.HOUSEHOLD]
        if field.used(uses) is not FieldUse.HIDDEN
    }
    return evolve(
        household_with(household, {**EMPTY, **begins}),
        adults=(evolve(adult, account=account),),
    )
