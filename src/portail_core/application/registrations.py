"""
« Créer mon compte », step by step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import frozen

from portail_core.domain.accounts import Email
from portail_core.domain.days import day_of
from portail_core.domain.forms import (
    EMPTY,
    Block,
    Form,
    adult_values,
    filled,
    household_values,
    shown,
)
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AccountId,
    HouseholdId,
    RegistrationToken,
)
from portail_core.domain.registrations import (
    NOBODY,
    REGISTRATION_LIFE,
    STEPS,
    Registration,
    check_begun,
    check_open,
    check_steps,
    described,
    passed,
    validated,
)
from portail_core.ports.clock import Clock
from portail_core.ports.passwords import Passwords
from portail_core.ports.store import Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._forms import Clerk
from .accounts import read_credentials, sign_up
from .reglements import ActiveReglement


@frozen(kw_only=True)
class Progress:
    """
    How far a registration is, to go back and for the recapitulation.

    Attributes:
        email: As given at step 1.

        done: Steps that were passed, in the order of the guide.

        forms: Steps 2 to 4 as filled in so far, without hidden fields.

        expires_at: First moment when it no longer works, UTC.
    """

    email: Email
    done: tuple[Block, ...]
    forms: tuple[Form, ...]
    expires_at: dt.datetime


def begin(
    email: str,
    password: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    passwords: Passwords,
) -> RegistrationToken:
    """
    Step 1, « Création de mon compte »; nothing is looked up, so nothing told.

    Returns:
        What the other steps are asked with, for 24 hours; told once.

    Raises:
        Refused: `EmailMalformed`, `PasswordTooWeak`, or both.
    """
    at = clock.now()
    address = read_credentials(email, password)
    derived = passwords.derive(password)
    token = RegistrationToken(tokens.new_id())
    begun = Registration(
        digest=tokens.digest(token),
        email=address,
        password=derived,
        adult=NOBODY,
        done=(),
        created_at=at,
        expires_at=at + REGISTRATION_LIFE,
        ended_at=None,
    )
    commit(store, lambda tx: tx.put(begun))
    return token


def fill(
    token: str,
    step: Block,
    typed: Mapping[str, str],
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    Steps 2 to 4, in any order; one that was passed may be filled in again.

    Args:
        token: Of `begin`.

        step: One of `STEPS`.

        typed: Text by the keys of its fields; a field that is not there
            keeps what it holds.

        clock: When; birth dates are not after that day in Paris.

        reglement: Says which fields are mandatory, and which are closed.

    Raises:
        Refused: `RegistrationUnknown`, `RegistrationExpired` or
            `RegistrationOver`; or one refusal for each field with a fault,
            and the step stays as it was.
        ValueError: If *step* is none.
    """
    if step not in STEPS:
        msg = f"{step} is no step of a registration"
        raise ValueError(msg)
    at = clock.now()

    def work(tx: Transaction) -> None:
        begun = check_open(tx.registration(tokens.digest(token)), at)
        values = filled(
            step,
            typed,
            held=adult_values(begun.adult),
            uses=reglement.value.fields,
            today=day_of(at),
        )
        tx.put(passed(begun, step, values))

    commit(store, work)


def show(
    token: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> Progress:
    """
    How far it is: to go back, and for the recapitulation of step 5.

    Raises:
        Refused: `RegistrationUnknown`, `RegistrationExpired` or
            `RegistrationOver`.
    """
    with store.reading() as reading:
        kept = reading.registration(tokens.digest(token))
    begun = check_open(kept, clock.now())
    values = adult_values(begun.adult)
    return Progress(
        email=begun.email,
        done=begun.done,
        forms=tuple(
            shown(step, values, reglement.value.fields) for step in STEPS
        ),
        expires_at=begun.expires_at,
    )


def validate(
    token: str,
    *,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> None:
    """
    Step 5, « Validation »: sign up, with a household that is described.

    The answer is the same whether or not the address has an account: what
    follows is told by mail.  A second time nothing happens, and the answer is
    the same again.

    Raises:
        Refused: `RegistrationUnknown` or `RegistrationExpired`; or one
            `StepMissing` for each step that was not passed.
    """
    at = clock.now()

    def work(tx: Transaction) -> None:
        begun = check_begun(tx.registration(tokens.digest(token)), at)
        if begun.password is None:
            return
        check_steps(begun)
        sign_up(
            tx,
            begun.email,
            begun.password,
            at=at,
            tokens=tokens,
            describe=lambda account: _describe(
                tx, begun, account, at=at, tokens=tokens, reglement=reglement
            ),
        )
        tx.put(validated(begun, at))

    commit(store, work)


def _describe(
    tx: Transaction,
    begun: Registration,
    account: AccountId,
    *,
    at: dt.datetime,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> HouseholdId:
    uses = reglement.value.fields
    empty = Household(
        id=HouseholdId(tokens.new_id()), adults=(), address=None, quotient=None
    )
    household = described(empty, begun.adult, account, uses)
    clerk = Clerk(
        tx=tx,
        tokens=tokens,
        uses=uses,
        household=household.id,
        actor=f"account/{account}",
        at=at,
        reglement=reglement.digest,
    )
    mine = adult_values(begun.adult)
    for step in STEPS:
        clerk.note(f"profile/{account}", step, before=EMPTY, after=mine)
    clerk.note(
        "household",
        Block.HOUSEHOLD,
        before=EMPTY,
        after=household_values(household),
    )
    tx.put(household)
    return household.id
