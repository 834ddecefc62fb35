"""
Which gates are closed, for a family and for a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from portail_core.domain import documents, pre_registrations
from portail_core.domain.accounts import AccountState
from portail_core.domain.admission import Admission, Gate, Waiver
from portail_core.domain.arrears import (
    OncePaid,
    OwedAtMonthEnd,
    OwesOver,
    owed,
    was_owed,
)
from portail_core.domain.documents import (
    About,
    DocumentKind,
    DocumentStanding,
    Standing,
)
from portail_core.domain.forms import (
    HOUSEHOLD,
    PROFILE,
    Block,
    FieldUse,
    adult_values,
    household_values,
    missing,
)
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import ChildId, FieldName
from portail_core.domain.offers import Period
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement

from ._dossier import Dossier
from ._refusals import (
    ArrearsAtMonthEnd,
    ArrearsOver,
    DocumentExpired,
    DocumentGraceOver,
    DocumentMissing,
    DocumentNotYetValid,
    DocumentRefused,
    DocumentWaiting,
    EmailUnconfirmed,
    HouseholdUndescribed,
    HouseRulesUnaccepted,
    PreRegistrationMissing,
    PreRegistrationRefused,
    PreRegistrationWaiting,
    QuotientUnrecorded,
)


def unmet(
    reglement: Reglement,
    dossier: Dossier,
    *,
    period: Period,
    child: ChildId,
    day: dt.date,
) -> tuple[Refusal, ...]:
    """
    A refusal for every gate that is closed whatever the day booked; nothing
    if all are open.

    Args:
        period: For which the child would be booked.

        child: One of the household's.

        day: When the family asks, in Paris.
    """
    return (
        *_of_family(reglement, dossier, period, day),
        *_arrears(reglement, dossier, period, day),
        *_pre_registration(reglement, dossier, period, child),
        *(
            _of_document(one)
            for one in _needed(
                [kind for kind in reglement.documents if not kind.graces],
                reglement,
                dossier,
                period,
                child,
                day=day,
            )
            if not one.is_open
        ),
    )


def unmet_on(
    booked: dt.date,
    *,
    reglement: Reglement,
    dossier: Dossier,
    period: Period,
    child: ChildId,
    first_day: dt.date,
    day: dt.date,
) -> Iterator[Refusal]:
    """
    A refusal for every gate that is closed for the day *booked* alone.

    Args:
        period: For which the child would be booked.

        child: One of the household's.

        first_day: That the household books for it, this time included.

        day: When the family asks, in Paris.
    """
    yield from _arrears_at_month_end(booked, reglement, dossier, period, day)
    graced = [kind for kind in reglement.documents if kind.graces]
    for one in _needed(graced, reglement, dossier, period, child, day=day):
        if one.is_open:
            continue
        if one.is_in_grace(booked, first_day):
            continue
        end = one.end_of_grace(first_day)
        if end is None or end < day:
            yield _of_document(one)
        else:
            yield DocumentGraceOver(one.kind.label, end)


def _arrears(
    reglement: Reglement, dossier: Dossier, period: Period, day: dt.date
) -> Iterator[Refusal]:
    limit = reglement.arrears_on(period, day)
    if isinstance(limit, OwesOver):
        amount = owed(dossier.debts, day)
        if amount > limit.over:
            yield ArrearsOver(amount, limit.over)


def _arrears_at_month_end(
    booked: dt.date,
    reglement: Reglement,
    dossier: Dossier,
    period: Period,
    day: dt.date,
) -> Iterator[Refusal]:
    limit = reglement.arrears_on(period, day)
    month = booked.replace(day=1)
    # What will be owed when a month to come begins, nobody knows.
    if not isinstance(limit, OwedAtMonthEnd) or month > day:
        return
    count = owed if limit.once_paid is OncePaid.ADMITTED else was_owed
    amount = count(dossier.debts, month)
    if amount > limit.over:
        yield ArrearsAtMonthEnd(month, amount)


def _of_family(
    reglement: Reglement,
    dossier: Dossier,
    period: Period,
    day: dt.date,
) -> Iterator[Refusal]:
    household = dossier.household
    gates = reglement.gates_of(period)
    if dossier.account.state is not AccountState.ACTIVE and not (
        dossier.account.state is AccountState.PENDING_EMAIL
        and Waiver.EMAIL_CONFIRMED in reglement.waivers_of(period)
    ):
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
    period: Period,
    child: ChildId,
) -> Iterator[Refusal]:
    where = reglement.accueil(period.accueil)
    if (
        where.admission is Admission.OPEN
        or Waiver.PRE_REGISTRATION in reglement.waivers_of(period)
    ):
        return
    found = pre_registrations.of(dossier.pre_registrations, child, where.code)
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
    kinds: Iterable[DocumentKind],
    reglement: Reglement,
    dossier: Dossier,
    period: Period,
    child: ChildId,
    *,
    day: dt.date,
) -> Iterator[DocumentStanding]:
    if Waiver.DOCUMENTS in reglement.waivers_of(period):
        return
    for kind in kinds:
        if kind.is_needed_at(period.accueil):
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
