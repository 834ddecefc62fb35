"""
What a règlement asks families to give.
"""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen, validators

from portail_core.domain.checks import not_empty, not_negative, whole_number
from portail_core.domain.ids import AccueilCode, DocumentCode

from ._graces import Grace
from ._validity import Validity


class About(Enum):
    """
    Whose a document is.
    """

    CHILD = "child"  # each child's own, given once whatever its households
    HOUSEHOLD = "household"


class Demand(Enum):
    """
    Whether booking waits for a document.
    """

    MANDATORY = "mandatory"
    OPTIONAL = "optional"


class Opens(Enum):
    """
    From when on a mandatory document lets a family book.
    """

    ACCEPTED = "accepted"  # once the operator looked at it
    SUBMITTED = "submitted"  # as soon as it is given


@frozen(kw_only=True)
class DocumentKind:
    """
    A document that is asked for: « Fiche sanitaire de liaison ».

    Attributes:
        accueils: Those that ask for it; `None` if all do.

        warn_days: How long before its end it « expires soon », in days.

        graces: Days that may be booked without it; one is enough.
    """

    code: DocumentCode
    label: str = field(validator=not_empty)
    about: About
    demand: Demand
    validity: Validity
    accueils: tuple[AccueilCode, ...] | None = field(
        default=None, validator=validators.optional(not_empty)
    )
    opens: Opens = Opens.ACCEPTED
    warn_days: int = field(default=30, validator=[whole_number, not_negative])
    graces: tuple[Grace, ...] = ()

    def is_needed_at(self, accueil: AccueilCode) -> bool:
        """
        Whether nothing is booked at *accueil* before it stands.
        """
        return self.demand is Demand.MANDATORY and (
            self.accueils is None or accueil in self.accueils
        )
