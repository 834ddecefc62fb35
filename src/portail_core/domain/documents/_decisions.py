"""
Giving a document, accepting it, refusing it.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from portail_core.domain.checks import LONGEST_REASON, is_line
from portail_core.domain.days import day_of
from portail_core.domain.ids import AgentId, ChildId
from portail_core.domain.refusals import Refusal, Refused

from ._kinds import About, DocumentKind
from ._records import Document, DocumentState
from ._refusals import (
    DocumentDaysReversed,
    DocumentOfChild,
    DocumentOfHousehold,
    DocumentReviewed,
    ReasonMalformed,
    ReasonMissing,
)


def check_about(kind: DocumentKind, child: ChildId | None) -> None:
    """
    Accept a child where the document is asked for each child, and none where
    it is not.

    Raises:
        Refused: `DocumentOfChild` or `DocumentOfHousehold`.
    """
    if kind.about is About.CHILD and child is None:
        raise Refused(DocumentOfChild(kind.label))
    if kind.about is About.HOUSEHOLD and child is not None:
        raise Refused(DocumentOfHousehold(kind.label))


def accepted(
    document: Document,
    kind: DocumentKind,
    *,
    by: AgentId,
    at: dt.datetime,
    valid_from: dt.date | None,
    valid_to: dt.date | None,
) -> Document:
    """
    *document*, accepted.

    Args:
        valid_from: First day that it is good; the day it was given, if the
            agent gives none.

        valid_to: Last day, included; what the règlement says of its kind, if
            the agent gives none.

    Raises:
        Refused: `DocumentReviewed`, `DocumentDaysReversed`.
    """
    _check_waits(document)
    first_day = valid_from or day_of(document.submitted_at)
    last_day = valid_to or kind.validity.last_day(first_day)
    if last_day is not None and last_day < first_day:
        raise Refused(DocumentDaysReversed(first_day, last_day))
    return evolve(
        document,
        state=DocumentState.ACCEPTED,
        valid_from=first_day,
        valid_to=last_day,
        reviewed_at=at,
        reviewed_by=by,
    )


def refused(
    document: Document, *, reason: str, by: AgentId, at: dt.datetime
) -> Document:
    """
    *document*, refused for *reason*, which the family reads on one line.

    Raises:
        Refused: `DocumentReviewed`; `ReasonMissing` or `ReasonMalformed`.
    """
    refusals: list[Refusal] = []
    if document.state is not DocumentState.SUBMITTED:
        refusals.append(DocumentReviewed())
    words = " ".join(reason.split())
    if not words:
        refusals.append(ReasonMissing())
    elif not is_line(words, longest=LONGEST_REASON):
        refusals.append(ReasonMalformed())
    if refusals:
        raise Refused(*refusals)
    return evolve(
        document,
        state=DocumentState.REFUSED,
        reason=words,
        reviewed_at=at,
        reviewed_by=by,
    )


def _check_waits(document: Document) -> None:
    if document.state is not DocumentState.SUBMITTED:
        raise Refused(DocumentReviewed())
