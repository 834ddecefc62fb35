"""
What happened, and was not booked or not kept to.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from attrs import field, frozen

from portail_core.domain.checks import not_empty, not_negative_amount
from portail_core.domain.facts import Facts
from portail_core.domain.ids import ChildId, PeriodCode
from portail_core.domain.money import Money


@frozen(kw_only=True)
class Unexcused:
    """
    A booked day on which the child did not come.

    Attributes:
        price: As it was booked.
    """

    facts: Facts
    price: Money = field(validator=not_negative_amount)


@frozen(kw_only=True)
class Unbooked:
    """
    A day on which the child came, and nobody had booked.

    Attributes:
        price: What it would have cost.
    """

    facts: Facts
    price: Money = field(validator=not_negative_amount)


@frozen(kw_only=True)
class LatePickup:
    """
    An evening.

    Attributes:
        facts: Of one of the children.

        at: When they were picked up, Paris wall clock, before midnight.

        children: Of one household, picked up together.
    """

    facts: Facts
    at: dt.time
    children: tuple[ChildId, ...] = field(validator=not_empty)


Incident: TypeAlias = Unexcused | Unbooked | LatePickup


@frozen(kw_only=True)
class PastIncident:
    """
    One of the same kind that happened before, to the same child or household.
    """

    day: dt.date
    period: PeriodCode
