"""
Where a document that is asked for stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import Enum

from attrs import evolve, frozen

from portail_core.domain.ids import ChildId, HouseholdId

from ._graces import PartOfYear
from ._kinds import DocumentKind, Opens
from ._records import Document, DocumentState

A_DAY = dt.timedelta(days=1)


class Standing(Enum):
    """
    Where a document stands on a day.
    """

    MISSING = "missing"  # never given
    WAITING = "waiting"  # given, and to be looked at
    VALID = "valid"
    EXPIRING_SOON = "expiring-soon"  # still valid, and no other follows
    EXPIRED = "expired"
    REFUSED = "refused"
    NOT_YET_VALID = "not-yet-valid"  # accepted, from a later day on


@frozen(kw_only=True)
class DocumentStanding:
    """
    A document that is asked for, and where it stands.

    Attributes:
        child: Whose it is; `None` if it is the household's.

        valid_from: First day that it is good, if it is not yet.

        valid_to: Last day that it is or was good, included; `None` if it has
            no end, or never was.

        reason: Why the last one was refused.

        ended_on: Last day of the last one that was good; `None` if one is
            good, or none ever was.
    """

    kind: DocumentKind
    child: ChildId | None
    state: Standing
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    reason: str | None = None
    ended_on: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """
        Whether a gate that asks for it is open.
        """
        return self.state in _GOOD or (
            self.state is Standing.WAITING
            and self.kind.opens is Opens.SUBMITTED
        )

    def is_in_grace(self, day: dt.date, first_day: dt.date) -> bool:
        """
        Whether *day* may be booked though the gate is closed.

        Args:
            first_day: That the child comes.
        """
        if any(
            grace.days.hold(day)
            for grace in self.kind.graces
            if isinstance(grace, PartOfYear)
        ):
            return True
        end = self.end_of_grace(first_day)
        return end is not None and day <= end

    def end_of_grace(self, first_day: dt.date) -> dt.date | None:
        """
        The last day that may be booked so, but for what comes back every
        year; `None` if there is none.
        """
        ends = (
            grace.last_day(self.ended_on, first_day)
            for grace in self.kind.graces
            if not isinstance(grace, PartOfYear)
        )
        return max((end for end in ends if end is not None), default=None)


_GOOD = {Standing.VALID, Standing.EXPIRING_SOON}


def standing(
    kind: DocumentKind,
    documents: Iterable[Document],
    *,
    household: HouseholdId,
    child: ChildId | None,
    day: dt.date,
) -> DocumentStanding:
    """
    Where the document of *kind* stands on *day*.

    One that was accepted counts until its end, whatever is given after it;
    then one that waits to be looked at, then the last that was given.

    Args:
        documents: Any; those of another kind or person are passed over.

        child: Whose it must be; `None` for the household's own.
    """
    own = sorted(
        (d for d in documents if d.is_about(kind.code, household, child)),
        key=lambda document: (document.submitted_at, document.id),
    )
    good = [document for document in own if document.is_good_on(day)]
    if good:
        return _good(kind, child, own, day)
    waits = any(d.state is DocumentState.SUBMITTED for d in own)
    if waits:
        found = DocumentStanding(
            kind=kind, child=child, state=Standing.WAITING
        )
    else:
        found = _closed(kind, child, own, day)
    ends = [d.valid_to for d in own if d.valid_to and d.valid_to < day]
    return evolve(found, ended_on=max(ends, default=None))


def _good(
    kind: DocumentKind,
    child: ChildId | None,
    own: Sequence[Document],
    day: dt.date,
) -> DocumentStanding:
    last_day = _covered_to(own, day)
    soon = last_day is not None and last_day - day <= dt.timedelta(
        days=kind.warn_days
    )
    return DocumentStanding(
        kind=kind,
        child=child,
        state=Standing.EXPIRING_SOON if soon else Standing.VALID,
        valid_to=last_day,
    )


def _covered_to(own: Sequence[Document], day: dt.date) -> dt.date | None:
    """
    The last day until which no day is without a good document.
    """
    while True:
        good = [document for document in own if document.is_good_on(day)]
        if any(document.valid_to is None for document in good):
            return None
        ends = [document.valid_to for document in good if document.valid_to]
        if not ends:
            return day - A_DAY
        if max(ends) == dt.date.max:
            return None
        day = max(ends) + A_DAY


def _closed(
    kind: DocumentKind,
    child: ChildId | None,
    own: Sequence[Document],
    day: dt.date,
) -> DocumentStanding:
    later = [
        document.valid_from
        for document in own
        if document.state is DocumentState.ACCEPTED
        and document.valid_from is not None
        and document.valid_from > day
    ]
    if later:
        return DocumentStanding(
            kind=kind,
            child=child,
            state=Standing.NOT_YET_VALID,
            valid_from=min(later),
        )
    if not own:
        return DocumentStanding(kind=kind, child=child, state=Standing.MISSING)
    last = own[-1]
    if last.state is DocumentState.REFUSED:
        return DocumentStanding(
            kind=kind, child=child, state=Standing.REFUSED, reason=last.reason
        )
    ends = [d.valid_to for d in own if d.valid_to is not None]
    return DocumentStanding(
        kind=kind, child=child, state=Standing.EXPIRED, valid_to=max(ends)
    )


def is_replaced(document: Document, documents: Iterable[Document]) -> bool:
    """
    Whether another that was accepted goes on where *document* ends.
    """
    if document.valid_to is None or document.valid_to == dt.date.max:
        return True
    return any(
        other.is_about(document.kind, document.household, document.child)
        and other.is_good_on(document.valid_to + A_DAY)
        for other in documents
    )
