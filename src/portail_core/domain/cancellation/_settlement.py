"""
Where the money of a cancelled day goes.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import field, frozen

from portail_core.domain.checks import moment
from portail_core.domain.ids import ReasonCode
from portail_core.domain.money import ZERO, Money
from portail_core.domain.refusals import Refusal


@frozen(kw_only=True)
class Pending:
    """
    What a document gives back, beyond what is credited already.

    Attributes:
        document: As the règlement calls it: « certificat médical ».

        until: Last moment for it, included, UTC.

        label: The sentence of the outcome that then answers.
    """

    document: str
    until: dt.datetime = field(validator=moment)
    credited: Money
    label: str


@frozen(kw_only=True)
class Settlement:
    """
    Where the money of a cancelled day goes; kept + credited = released.

    Attributes:
        credited: Becomes an avoir; nothing is wired back.

        position: Of the outcome that answered, from 0.

        label: That outcome's sentence.

        path: Where it stands in the règlement's file.

        waiting_days: As many as the outcome has, if this is one of them.

        rebilled: The third party's aid, which the family owes now; beside
            what was released.

        pending: `None` if no document changes it.
    """

    kept: Money
    credited: Money
    position: int
    label: str
    path: str = ""
    waiting_days: int = 0
    rebilled: Money = ZERO
    pending: Pending | None = None


@frozen
class DayOver(Refusal):
    """
    The day is past; what becomes of an absence is not a cancellation.
    """

    rule: ClassVar[str] = "cancellation.day-over"
    day: dt.date


@frozen
class CreditChanged(Refusal):
    """
    Cancelling gives back another amount than the family was shown.
    """

    rule: ClassVar[str] = "cancellation.credit-changed"
    shown: Money
    credited: Money


@frozen
class NothingMore(Refusal):
    """
    The document changes nothing: it came too late, or the reason gives no
    more than was credited.
    """

    rule: ClassVar[str] = "cancellation.document.nothing"
    day: dt.date


@frozen
class ReasonUnknown(Refusal):
    """
    The règlement knows no such reason, or not as the family's.
    """

    rule: ClassVar[str] = "cancellation.reason.unknown"
    reason: ReasonCode
