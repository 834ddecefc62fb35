"""
Gates: what must have been done before a child is booked at an accueil.

They are judged once, on the day that a family asks: what was booked stands
when a document ends later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import ClassVar, assert_never

from attrs import frozen

from . import documents, pre_registrations
from .accounts import Account, AccountState
from .admission import Admission, Gate
from .documents import About, Document, DocumentStanding, Standing
from .forms import (
    HOUSEHOLD,
    PROFILE,
    Block,
    FieldUse,
    adult_values,
    household_values,
    missing,
)
from .house_rules import Acceptance, HouseRules
from .households import Household
from .ids import AccueilCode, ChildId, FieldName, HouseRulesVersion
from .pre_registrations import PreRegistration, PreRegistrationState
from .refusals import Refusal
from .reglement import Reglement

__all__ = [
    "DocumentExpired",
    "DocumentMissing",
    "DocumentNotYetValid",
    "DocumentRefused",
    "DocumentWaiting",
    "Dossier",
    "EmailUnconfirmed",
    "Gate",
    "HouseRulesUnaccepted",
    "HouseholdUndescribed",
    "PreRegistrationMissing",
    "PreRegistrationRefused",
    "PreRegistrationWaiting",
    "QuotientUnrecorded",
    "unmet",
]


@frozen(kw_only=True)
class Dossier:
    """
    What a family did and gave before it books.

    Attributes:
        account: Who asks.

        documents: The household's, and those of its children.

        pre_registrations: Of its children.

        acceptances: What the account accepted of the règlement intérieur.
    """

    account: Account
    household: Household
    documents: tuple[Document, ...]
    pre_registrations: tuple[PreRegistration, ...]
    acceptances: tuple[Acceptance, ...]


@frozen
class EmailUnconfirmed(Refusal):
    """
    « Tant que votre email ne sera pas validé, aucune demande d'inscription ne
    sera prise en compte par nos services. »
    """

    rule: ClassVar[str] = "gate.email.confirmed"


@frozen
class HouseholdUndescribed(Refusal):
    """
    The household has no adult or no address yet, or a field that is marked
    with an asterisk is empty.

    Attributes:
        fields: Those that are.
    """

    rule: ClassVar[str] = "gate.household.described"
    fields: tuple[FieldName, ...]


@frozen
class QuotientUnrecorded(Refusal):
    """
    The operator has recorded no quotient familial for the household.
    """

    rule: ClassVar[str] = "gate.quotient.recorded"


@frozen
class HouseRulesUnaccepted(Refusal):
    """
    The account has not accepted the règlement intérieur in force.
    """

    rule: ClassVar[str] = "gate.house-rules.accepted"
    version: HouseRulesVersion


@frozen
class DocumentMissing(Refusal):
    """
    A mandatory document was never given.

    Attributes:
        document: Its label, here and below.
    """

    rule: ClassVar[str] = "gate.document.missing"
    document: str


@frozen
class DocumentWaiting(Refusal):
    """
    The operator has not looked at it yet.
    """

    rule: ClassVar[str] = "gate.document.waiting"
    document: str


@frozen
class DocumentRefused(Refusal):
    """
    The last one that was given was refused.
    """

    rule: ClassVar[str] = "gate.document.refused"
    document: str
    reason: str


@frozen
class DocumentExpired(Refusal):
    """
    It was good until a day that is over.
    """

    rule: ClassVar[str] = "gate.document.expired"
    document: str
    valid_to: dt.date


@frozen
class DocumentNotYetValid(Refusal):
    """
    It was accepted, from a later day on.
    """

    rule: ClassVar[str] = "gate.document.not-yet-valid"
    document: str
    valid_from: dt.date


@frozen
class PreRegistrationMissing(Refusal):
    """
    The child was never pre-registered at the accueil.

    Attributes:
        accueil: Its label, here and below.
    """

    rule: ClassVar[str] = "gate.pre-registration.missing"
    accueil: str


@frozen
class PreRegistrationWaiting(Refusal):
    """
    The operator has not decided yet.
    """

    rule: ClassVar[str] = "gate.pre-registration.waiting"
    accueil: str


@frozen
class PreRegistrationRefused(Refusal):
    """
    The operator said no.
    """

    rule: ClassVar[str] = "gate.pre-registration.refused"
    accueil: str
    reason: str


def unmet(
    reglement: Reglement,
    dossier: Dossier,
    *,
    accueil: AccueilCode,
    child: ChildId,
    day: dt.date,
) -> tuple[Refusal, ...]:
    """
    A refusal for every gate that is still closed; nothing if all are open.

    Args:
        accueil: Where the child would be booked.

        child: One of the household's.

        day: When the family asks, in Paris.
    """
    return (
        *_of_family(reglement, dossier, accueil, day),
        *_pre_registration(reglement, dossier, accueil, child),
        *(
            refusal
            for one in _needed(reglement, dossier, accueil, child, day)
            if not one.is_open
            for refusal in [_of_document(one)]
        ),
    )


def _of_family(
    reglement: Reglement,
    dossier: Dossier,
    accueil: AccueilCode,
    day: dt.date,
) -> Iterator[Refusal]:
    household = dossier.household
    gates = reglement.gates_of(reglement.accueil(accueil))
    if dossier.account.state is not AccountState.ACTIVE:
        yield EmailUnconfirmed()
    if Gate.HOUSEHOLD_DESCRIBED in gates:
        fields = _empty_fields(dossier, reglement.fields)
        if fields:
            yield HouseholdUndescribed(fields)
    if Gate.QUOTIENT_RECORDED in gates and household.quotient is None:
        yield QuotientUnrecorded()
    rules = reglement.house_rules_on(day)
    if (
        Gate.HOUSE_RULES_ACCEPTED in gates
        and rules is not None
        and not _has_accepted(dossier, rules)
    ):
        yield HouseRulesUnaccepted(rules.version)


def _empty_fields(
    dossier: Dossier, uses: Mapping[FieldName, FieldUse]
) -> tuple[FieldName, ...]:
    # A household is written to, whatever the operator asks of its forms.
    uses = {**uses, "household.address": FieldUse.MANDATORY}
    household, account = dossier.household, dossier.account.id
    me = adult_values(household.adult(account))
    partner = household.partner_of(account)
    forms = [
        *((block, me) for block in PROFILE),
        *((block, household_values(household)) for block in HOUSEHOLD),
    ]
    if partner is not None:
        forms.append((Block.PARTNER, adult_values(partner)))
    return tuple(
        field
        for block, values in forms
        for field in missing(block, values, uses)
    )


def _has_accepted(dossier: Dossier, rules: HouseRules) -> bool:
    asked = dossier.account.id, rules.version
    return any(asked == (a.account, a.version) for a in dossier.acceptances)


def _pre_registration(
    reglement: Reglement,
    dossier: Dossier,
    accueil: AccueilCode,
    child: ChildId,
) -> Iterator[Refusal]:
    where = reglement.accueil(accueil)
    if where.admission is Admission.OPEN:
        return
    found = pre_registrations.of(dossier.pre_registrations, child, accueil)
    state = None if found is None else found.state
    match state:
        case None | PreRegistrationState.WITHDRAWN:
            yield PreRegistrationMissing(where.label)
        case PreRegistrationState.ASKED:
            yield PreRegistrationWaiting(where.label)
        case PreRegistrationState.REFUSED:
            reason = (found and found.reason) or ""
            yield PreRegistrationRefused(where.label, reason)
        case PreRegistrationState.ACCEPTED:
            pass
        case _:
            assert_never(state)


def _needed(
    reglement: Reglement,
    dossier: Dossier,
    accueil: AccueilCode,
    child: ChildId,
    day: dt.date,
) -> Iterator[DocumentStanding]:
    for kind in reglement.documents:
        if kind.is_needed_at(accueil):
            yield documents.standing(
                kind,
                dossier.documents,
                household=dossier.household.id,
                child=child if kind.about is About.CHILD else None,
                day=day,
            )


def _of_document(found: DocumentStanding) -> Refusal:
    label = found.kind.label
    if found.valid_from is not None:
        return DocumentNotYetValid(label, found.valid_from)
    if found.valid_to is not None:
        return DocumentExpired(label, found.valid_to)
    if found.reason is not None:
        return DocumentRefused(label, found.reason)
    if found.state is Standing.WAITING:
        return DocumentWaiting(label)
    return DocumentMissing(label)
