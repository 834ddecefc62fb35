"""
A document that a family gave.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import field, frozen, validators

from portail_core.domain.checks import (
    civil_day,
    moment,
    not_empty,
    positive,
    whole_number,
)
from portail_core.domain.ids import (
    AccountId,
    AgentId,
    ChildId,
    DocumentCode,
    DocumentId,
    FileKey,
    HouseholdId,
)

from ._contents import ContentType


class DocumentState(Enum):
    """
    What became of a document.
    """

    SUBMITTED = "submitted"  # waits for the operator to look at it
    ACCEPTED = "accepted"
    REFUSED = "refused"


@frozen(kw_only=True)
class Document:
    """
    Something given once; another of its kind does not replace it.

    Attributes:
        household: Which gave it.

        child: Whose it is; `None` if it is about the household.

        name: The file's name as the family sees it.

        sha256: Of its content, 64 hexadecimal characters.

        valid_from: First day that it is good, once accepted.

        valid_to: Last day, included; `None` if it has no end.

        reason: Why it was refused.
    """

    id: DocumentId
    kind: DocumentCode
    household: HouseholdId
    child: ChildId | None
    file: FileKey
    name: str = field(validator=not_empty)
    content_type: ContentType
    size_bytes: int = field(validator=[whole_number, positive])
    sha256: str = field(validator=not_empty)
    submitted_at: dt.datetime = field(validator=moment)
    submitted_by: AccountId
    state: DocumentState = DocumentState.SUBMITTED
    valid_from: dt.date | None = field(
        default=None, validator=validators.optional(civil_day)
    )
    valid_to: dt.date | None = field(
        default=None, validator=validators.optional(civil_day)
    )
    reason: str | None = None
    reviewed_at: dt.datetime | None = field(
        default=None, validator=validators.optional(moment)
    )
    reviewed_by: AgentId | None = None

    def is_about(
        self, kind: DocumentCode, household: HouseholdId, child: ChildId | None
    ) -> bool:
        """
        Whether it is of *kind*, and *child*'s – or *household*'s, if there is
        no child.
        """
        if self.kind != kind or self.child != child:
            return False
        return child is not None or self.household == household

    def is_good_on(self, day: dt.date) -> bool:
        """
        Whether it was accepted for *day*.
        """
        return (
            self.state is DocumentState.ACCEPTED
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )
