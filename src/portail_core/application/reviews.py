"""
What staff does with the documents that families gave.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from attrs import frozen

from portail_core.domain import documents
from portail_core.domain.days import day_of
from portail_core.domain.documents import (
    Document,
    DocumentKindUnknown,
    DocumentUnknown,
    is_replaced,
)
from portail_core.domain.ids import DocumentId
from portail_core.domain.notices import (
    DocumentAccepted,
    DocumentRefused,
    Notice,
)
from portail_core.domain.pages import check_limit
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.ports.clock import Clock
from portail_core.ports.files import Files
from portail_core.ports.store import Queued, Reading, Store, Transaction

from ._commits import commit
from .documents import DocumentContent, content_of
from .dossiers import Agent
from .reglements import ActiveReglement

_AHEAD_DAYS = range(3_661)


@frozen(kw_only=True)
class DocumentToReview:
    """
    A document as staff sees it.

    Attributes:
        label: What it was asked as; its code, if it is no longer.

        child: Whose it is: « MARTIN-DURAND Lou »; `None` if it is the
            household's, or of a child that is no longer.
    """

    document: Document
    label: str
    child: str | None


def to_review(
    limit: int, *, store: Store, reglement: ActiveReglement
) -> tuple[DocumentToReview, ...]:
    """
    What waits to be looked at, oldest first, at most *limit*, 1 to 1,000.
    """
    check_limit(limit)
    with store.reading() as reading:
        return tuple(
            _shown(one, reading, reglement.value)
            for one in reading.documents_to_review(limit)
        )


def expiring(
    ahead_days: int,
    limit: int,
    *,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> tuple[DocumentToReview, ...]:
    """
    Accepted documents whose last day is today or one of the *ahead_days*
    next, soonest first, but for those that another goes on from; among the
    *limit* that end soonest.

    Args:
        ahead_days: 0 to 3,660, ten years.

        limit: 1 to 1,000.
    """
    check_limit(limit)
    if ahead_days not in _AHEAD_DAYS:
        msg = f"{ahead_days} days ahead are not looked at, only 0 to 3,660"
        raise ValueError(msg)
    today = day_of(clock.now())
    last_day = today + dt.timedelta(days=ahead_days)
    with store.reading() as reading:
        return tuple(
            _shown(one, reading, reglement.value)
            for one in reading.documents_ending(today, last_day, limit)
            if not is_replaced(one, reading.of(one.household).documents())
        )


def _shown(
    document: Document, reading: Reading, reglement: Reglement
) -> DocumentToReview:
    kind = reglement.find_document(document.kind)
    child = (
        reading.of(document.household).child(document.child)
        if document.child
        else None
    )
    return DocumentToReview(
        document=document,
        label=kind.label if kind else document.kind,
        child=child.name if child else None,
    )


def read(
    document: DocumentId, *, store: Store, files: Files
) -> DocumentContent:
    """
    A document of any household.

    Raises:
        Refused: `DocumentUnknown`.
        FileMissing: It is recorded, and its file is not there.
        FilesFailed: It cannot be read, or is no longer as it was given.
    """
    with store.reading() as reading:
        found = reading.document(document)
    return content_of(found, files)


def accept(
    document: DocumentId,
    *,
    valid_from: dt.date | None,
    valid_to: dt.date | None,
    agent: Agent,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Document:
    """
    Accept a document; the account that gave it is told.

    Args:
        valid_from: First day that it is good; the day it was given, if `None`.

        valid_to: Last day, included; what the règlement says, if `None`.

    Raises:
        Refused: `DocumentUnknown`, `DocumentKindUnknown` if the règlement no
            longer asks for it, `DocumentReviewed`, `DocumentDaysReversed`.
    """
    at = clock.now()

    def decided(found: Document) -> tuple[Document, Notice]:
        kind = reglement.value.find_document(found.kind)
        if kind is None:
            raise Refused(DocumentKindUnknown(found.kind))
        after = documents.accepted(
            found,
            kind,
            by=agent.id,
            at=at,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        return after, DocumentAccepted(
            account=found.submitted_by,
            household=found.household,
            document=found.id,
            reglement=reglement.digest,
        )

    return commit(store, lambda tx: _decide(tx, document, decided, at))


def refuse(
    document: DocumentId,
    *,
    reason: str,
    agent: Agent,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Document:
    """
    Refuse a document for *reason*, which the account that gave it is told.

    Raises:
        Refused: `DocumentUnknown`; `DocumentReviewed`, and `ReasonMissing`
            or `ReasonMalformed`.
    """
    at = clock.now()

    def decided(found: Document) -> tuple[Document, Notice]:
        after = documents.refused(found, reason=reason, by=agent.id, at=at)
        return after, DocumentRefused(
            account=found.submitted_by,
            household=found.household,
            document=found.id,
            reglement=reglement.digest,
        )

    return commit(store, lambda tx: _decide(tx, document, decided, at))


def _decide(
    tx: Transaction,
    document: DocumentId,
    decided: Callable[[Document], tuple[Document, Notice]],
    at: dt.datetime,
) -> Document:
    found = tx.document(document)
    if found is None:
        raise Refused(DocumentUnknown())
    after, notice = decided(found)
    tx.put(after)
    key = f"document-reviewed/{document}"
    tx.put(Queued(key=key, notice=notice, queued_at=at, due_at=at))
    return after
