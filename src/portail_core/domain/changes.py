"""
Who changed what of a household, and when.
"""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen

from .checks import moment, not_empty
from .ids import ChangeId, FieldName, HouseholdId


@frozen(kw_only=True)
class Change:
    """
    A field that changed, once.

    Attributes:
        subject: « household », « partner », « profile/ACCOUNT », « child/ID »;
            « adult/1 » for one that staff entered without an account.

        before: As a form holds it; `None` for nothing.

        after: The same.

        actor: « account/… », « agent/… ».

        at: UTC.
    """

    id: ChangeId
    household: HouseholdId
    subject: str = field(validator=not_empty)
    field_name: FieldName
    before: str | None
    after: str | None
    actor: str = field(validator=not_empty)
    at: dt.datetime = field(validator=moment)


@frozen
class RecordChanged:
    """
    For the journal, which holds no personal data: which fields, not what.
    """

    fields: tuple[FieldName, ...]
