"""
What a request document asks, in the domain's words.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.cancellation import Claim, PastDay
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.ids import ChildId
from portail_core.domain.quotes import Visits
from portail_core.domain.refusals import Refusal


@frozen
class Note:
    """
    What is worth knowing beside the figures.

    Attributes:
        path: Where in the document: « days[0] ».
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@frozen(kw_only=True)
class Cancelled:
    """
    What is given back of the days asked for.

    Attributes:
        at: UTC.

        days: Of each child and period, ascending.

        claims: The reason given, child by child; none without one.

        past: What the household cancelled before.

        refusals: Why some of the days cannot be given back.
    """

    at: dt.datetime
    days: tuple[tuple[Visits, tuple[dt.date, ...]], ...]
    claims: tuple[tuple[ChildId, Claim], ...]
    past: tuple[PastDay, ...]
    refusals: tuple[Refusal, ...]


@frozen(kw_only=True)
class Inquiry:
    """
    Days of one household, and every fact that was stated of them.

    Attributes:
        visits: Of each child and period; the names of the children are
            their ids.

        booked_on: In Paris; `None` if nobody said.

        refusals: Why some of the days cannot be.

        cancelled: `None` if nothing is given back.
    """

    household: HouseholdFacts
    visits: tuple[Visits, ...]
    booked_on: dt.date | None
    notes: tuple[Note, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    cancelled: Cancelled | None = None
