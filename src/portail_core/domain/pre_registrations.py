"""
« Mes pré-inscriptions »: a child's first coming to an accueil.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import ClassVar

from attrs import evolve, field, frozen, validators

from .checks import LONGEST_REASON, is_line, moment
from .ids import (
    AccountId,
    AccueilCode,
    AgentId,
    ChildId,
    HouseholdId,
    PreRegistrationId,
)
from .refusals import Refusal, Refused


class PreRegistrationState(Enum):
    """
    What became of a pre-registration.
    """

    ASKED = "asked"  # waits for the operator to decide
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the household that asked


STANDING = frozenset(
    {PreRegistrationState.ASKED, PreRegistrationState.ACCEPTED}
)
"""A child has one of these at an accueil, at most."""


@frozen(kw_only=True)
class PreRegistration:
    """
    A child's, at an accueil; once accepted it serves all its households.

    Attributes:
        household: Which asked.

        reason: Why it was refused.
    """

    id: PreRegistrationId
    household: HouseholdId
    child: ChildId
    accueil: AccueilCode
    asked_at: dt.datetime = field(validator=moment)
    asked_by: AccountId
    state: PreRegistrationState = PreRegistrationState.ASKED
    reason: str | None = None
    decided_at: dt.datetime | None = field(
        default=None, validator=validators.optional(moment)
    )
    decided_by: AgentId | None = None


# Refusals -------------------------------------------------------------------


@frozen
class AccueilUnknown(Refusal):
    """
    The règlement has no such accueil.
    """

    rule: ClassVar[str] = "pre-registration.accueil.unknown"
    accueil: AccueilCode


@frozen
class PreRegistrationNotNeeded(Refusal):
    """
    The accueil is open to every child: it is booked at once.
    """

    rule: ClassVar[str] = "pre-registration.accueil.open"
    accueil: str


@frozen
class AlreadyPreRegistered(Refusal):
    """
    The child is pre-registered at the accueil, or waits to be.
    """

    rule: ClassVar[str] = "pre-registration.once"
    accueil: str


@frozen
class PreRegistrationUnknown(Refusal):
    """
    The household asked for no such one; whether another did is not said.
    """

    rule: ClassVar[str] = "pre-registration.unknown"


@frozen
class PreRegistrationDecided(Refusal):
    """
    It no longer waits: it was accepted, refused or withdrawn.
    """

    rule: ClassVar[str] = "pre-registration.decided"


@frozen
class RefusedWithoutReason(Refusal):
    """
    A refusal without a reason helps no family.
    """

    rule: ClassVar[str] = "pre-registration.reason.needed"


@frozen
class RefusalReasonMalformed(Refusal):
    """
    It has more than 500 characters, or some that cannot be printed.
    """

    rule: ClassVar[str] = "pre-registration.reason.text"


# Decisions ------------------------------------------------------------------


def of(
    records: Iterable[PreRegistration], child: ChildId, accueil: AccueilCode
) -> PreRegistration | None:
    """
    What counts for *child* at *accueil*: the one that stands, else the last
    that was asked for.
    """
    own = sorted(
        (r for r in records if (r.child, r.accueil) == (child, accueil)),
        key=lambda record: (
            record.state in STANDING,
            record.asked_at,
            record.id,
        ),
    )
    return own[-1] if own else None


def accepted(
    record: PreRegistration, *, by: AgentId, at: dt.datetime
) -> PreRegistration:
    """
    *record*, accepted.

    Raises:
        Refused: `PreRegistrationDecided`.
    """
    _check_waits(record)
    return evolve(
        record,
        state=PreRegistrationState.ACCEPTED,
        decided_at=at,
        decided_by=by,
    )


def refused(
    record: PreRegistration, *, reason: str, by: AgentId, at: dt.datetime
) -> PreRegistration:
    """
    *record*, refused for *reason*, which the family reads on one line.

    Raises:
        Refused: `PreRegistrationDecided`; `RefusedWithoutReason` or
            `RefusalReasonMalformed`.
    """
    refusals: list[Refusal] = []
    if record.state is not PreRegistrationState.ASKED:
        refusals.append(PreRegistrationDecided())
    words = " ".join(reason.split())
    if not words:
        refusals.append(RefusedWithoutReason())
    elif not is_line(words, longest=LONGEST_REASON):
        refusals.append(RefusalReasonMalformed())
    if refusals:
        raise Refused(*refusals)
    return evolve(
        record,
        state=PreRegistrationState.REFUSED,
        reason=words,
        decided_at=at,
        decided_by=by,
    )


def withdrawn(record: PreRegistration) -> PreRegistration:
    """
    *record*, withdrawn while it waited.

    Raises:
        Refused: `PreRegistrationDecided`.
    """
    _check_waits(record)
    return evolve(record, state=PreRegistrationState.WITHDRAWN)


def _check_waits(record: PreRegistration) -> None:
    if record.state is not PreRegistrationState.ASKED:
        raise Refused(PreRegistrationDecided())
