"""
« Mes pré-inscriptions »: asking, and answering.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from attrs import frozen

from portail_core.domain import pre_registrations
from portail_core.domain.admission import Admission
from portail_core.domain.children import ChildUnknown
from portail_core.domain.ids import AccueilCode, ChildId, PreRegistrationId
from portail_core.domain.notices import (
    Notice,
    PreRegistrationAccepted,
    PreRegistrationRefused,
)
from portail_core.domain.offers import Accueil
from portail_core.domain.pages import check_limit
from portail_core.domain.pre_registrations import (
    STANDING,
    AccueilUnknown,
    AlreadyPreRegistered,
    PreRegistration,
    PreRegistrationNotNeeded,
    PreRegistrationState,
    PreRegistrationUnknown,
)
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.ports.clock import Clock
from portail_core.ports.store import Queued, Reading, Store, Transaction
from portail_core.ports.tokens import Tokens

from ._commits import commit
from ._dossier import unconfirmed
from .dossiers import Agent
from .members import Member
from .reglements import ActiveReglement


@frozen(kw_only=True)
class PreRegistrationDetail:
    """
    A pre-registration as a family sees it: not who asked, nor who answered.

    Attributes:
        label: The accueil's; its code, if it is no longer offered.
    """

    id: PreRegistrationId
    child: ChildId
    accueil: AccueilCode
    label: str
    asked_at: dt.datetime
    state: PreRegistrationState
    reason: str | None
    decided_at: dt.datetime | None


@frozen(kw_only=True)
class PreRegistrationToDecide:
    """
    A pre-registration as staff sees it.

    Attributes:
        label: The accueil's; its code, if it is no longer offered.

        child: « MARTIN-DURAND Lou ».
    """

    pre_registration: PreRegistration
    label: str
    child: str | None


def all_of_family(
    *, member: Member, store: Store, reglement: ActiveReglement
) -> tuple[PreRegistrationDetail, ...]:
    """
    Those of the household's children, newest first.
    """
    with store.reading() as reading:
        found = reading.of(member.household).pre_registrations()
    return tuple(_detail(one, reglement.value) for one in found)


def _detail(
    record: PreRegistration, reglement: Reglement
) -> PreRegistrationDetail:
    return PreRegistrationDetail(
        id=record.id,
        child=record.child,
        accueil=record.accueil,
        label=_label(record.accueil, reglement),
        asked_at=record.asked_at,
        state=record.state,
        reason=record.reason,
        decided_at=record.decided_at,
    )


def _label(code: AccueilCode, reglement: Reglement) -> str:
    accueil = reglement.find_accueil(code)
    return accueil.label if accueil else code


def ask(
    child: ChildId,
    accueil: AccueilCode,
    *,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    reglement: ActiveReglement,
) -> PreRegistrationDetail:
    """
    Ask for *child* to come to *accueil*.

    Raises:
        Refused: `AccueilUnknown`, `PreRegistrationNotNeeded`; or
            `EmailUnconfirmed`, `ChildUnknown`, `AlreadyPreRegistered`, as
            many as there are.
    """
    where = _admitting(accueil, reglement.value)
    record = PreRegistration(
        id=PreRegistrationId(tokens.new_id()),
        household=member.household,
        child=child,
        accueil=accueil,
        asked_at=clock.now(),
        asked_by=member.account,
    )
    commit(store, lambda tx: _ask(tx, record, where, member))
    return _detail(record, reglement.value)


def _admitting(code: AccueilCode, reglement: Reglement) -> Accueil:
    accueil = reglement.find_accueil(code)
    if accueil is None:
        raise Refused(AccueilUnknown(code))
    if accueil.admission is Admission.OPEN:
        raise Refused(PreRegistrationNotNeeded(accueil.label))
    return accueil


def _ask(
    tx: Transaction, record: PreRegistration, where: Accueil, member: Member
) -> None:
    family = tx.of(record.household)
    refusals: list[Refusal] = list(unconfirmed(member, tx))
    if family.child(record.child) is None:
        refusals.append(ChildUnknown())
    before = pre_registrations.of(
        family.pre_registrations(), record.child, record.accueil
    )
    if before is not None and before.state in STANDING:
        refusals.append(AlreadyPreRegistered(where.label))
    if refusals:
        raise Refused(*refusals)
    tx.put(record)


def withdraw(
    pre_registration: PreRegistrationId, *, member: Member, store: Store
) -> None:
    """
    Take back one that the household asked for, while it waits.

    Raises:
        Refused: `PreRegistrationUnknown`, `PreRegistrationDecided`.
    """

    def work(tx: Transaction) -> None:
        found = tx.of(member.household).pre_registration(pre_registration)
        if found is None or found.household != member.household:
            raise Refused(PreRegistrationUnknown())
        tx.put(pre_registrations.withdrawn(found))

    commit(store, work)


# Answering ------------------------------------------------------------------


def to_decide(
    limit: int, *, store: Store, reglement: ActiveReglement
) -> tuple[PreRegistrationToDecide, ...]:
    """
    What waits for an answer, oldest first, at most *limit*, 1 to 1,000.
    """
    check_limit(limit)
    with store.reading() as reading:
        return tuple(
            _shown(one, reading, reglement.value)
            for one in reading.pre_registrations_to_decide(limit)
        )


def _shown(
    record: PreRegistration, reading: Reading, reglement: Reglement
) -> PreRegistrationToDecide:
    child = reading.of(record.household).child(record.child)
    return PreRegistrationToDecide(
        pre_registration=record,
        label=_label(record.accueil, reglement),
        child=child.name if child else None,
    )


def accept(
    pre_registration: PreRegistrationId,
    *,
    agent: Agent,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> PreRegistration:
    """
    Say yes; the account that asked is told.

    Raises:
        Refused: `PreRegistrationUnknown`, `PreRegistrationDecided`.
    """
    at = clock.now()

    def decided(found: PreRegistration) -> tuple[PreRegistration, Notice]:
        after = pre_registrations.accepted(found, by=agent.id, at=at)
        return after, PreRegistrationAccepted(
            account=found.asked_by,
            household=found.household,
            pre_registration=found.id,
            reglement=reglement.digest,
        )

    return commit(store, lambda tx: _decide(tx, pre_registration, decided, at))


def refuse(
    pre_registration: PreRegistrationId,
    *,
    reason: str,
    agent: Agent,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> PreRegistration:
    """
    Say no for *reason*, which the account that asked is told.

    Raises:
        Refused: `PreRegistrationUnknown`; `PreRegistrationDecided`, and
            `RefusedWithoutReason` or `RefusalReasonMalformed`.
    """
    at = clock.now()

    def decided(found: PreRegistration) -> tuple[PreRegistration, Notice]:
        after = pre_registrations.refused(
            found, reason=reason, by=agent.id, at=at
        )
        return after, PreRegistrationRefused(
            account=found.asked_by,
            household=found.household,
            pre_registration=found.id,
            reglement=reglement.digest,
        )

    return commit(store, lambda tx: _decide(tx, pre_registration, decided, at))


def _decide(
    tx: Transaction,
    pre_registration: PreRegistrationId,
    decided: Callable[[PreRegistration], tuple[PreRegistration, Notice]],
    at: dt.datetime,
) -> PreRegistration:
    found = tx.pre_registration(pre_registration)
    if found is None:
        raise Refused(PreRegistrationUnknown())
    after, notice = decided(found)
    tx.put(after)
    key = f"pre-registration-decided/{pre_registration}"
    tx.put(Queued(key=key, notice=notice, queued_at=at, due_at=at))
    return after
