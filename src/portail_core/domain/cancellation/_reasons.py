"""
Why a day is cancelled: reasons that the règlement declares, and the document
that some of them need.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import assert_never

from attrs import field, frozen

from portail_core.domain.calendars import Calendar
from portail_core.domain.checks import (
    not_empty,
    positive,
    whole_number,
)
from portail_core.domain.days import at_paris, day_of
from portail_core.domain.ids import ChildId, ReasonCode

SATURDAY = 5
SUNDAY = 6


class By(Enum):
    """
    Whose reason it is.
    """

    FAMILY = "family"
    OPERATOR = "operator"  # « grève des agents »: no family may say so


class Exempts(Enum):
    """
    Which children's days a reason is good for.
    """

    CHILD = "child"  # the sick child's only
    HOUSEHOLD = "household"  # those of its brothers and sisters, too


class Unit(Enum):
    """
    What a delay counts.
    """

    HOURS = "hours"  # as time passes, also on the nights clocks change
    DAYS = "days"  # civil days
    BUSINESS_DAYS = "business-days"  # « jours ouvrés »: Monday to Friday
    WORKING_DAYS = "working-days"  # « jours ouvrables »: Monday to Saturday


class CountedFrom(Enum):
    """
    When a delay begins.
    """

    CANCELLATION = "cancellation"  # when the family tells of it
    FIRST_DAY = "first-day"  # of those cancelled together
    LAST_DAY = "last-day"  # of those, « au retour de l'enfant »


@frozen(kw_only=True)
class Delay:
    """
    How long something may take.

    Attributes:
        count: Of days, the one on which the delay begins is not counted, and
            the last one is in time until its end; of hours, a day begins at
            midnight in Paris.
    """

    count: int = field(validator=[whole_number, positive])
    unit: Unit
    counted_from: CountedFrom

    def last_moment(
        self,
        *,
        cancelled_at: dt.datetime,
        first_day: dt.date,
        last_day: dt.date,
        calendar: Calendar,
    ) -> dt.datetime:
        """
        The last moment in time, in UTC.

        Args:
            cancelled_at: When the family told of it, UTC.

            first_day: Of those cancelled together.

            last_day: Of those, included.

            calendar: Its public holidays are neither business nor working
                days.
        """
        match self.counted_from:
            case CountedFrom.CANCELLATION:
                day, begins = day_of(cancelled_at), cancelled_at
            case CountedFrom.FIRST_DAY:
                day, begins = first_day, at_paris(first_day, dt.time())
            case CountedFrom.LAST_DAY:
                day, begins = last_day, at_paris(last_day, dt.time())
            case _:
                assert_never(self.counted_from)
        if self.unit is Unit.HOURS:
            return begins + dt.timedelta(hours=self.count)
        return at_paris(self._last_day(day, calendar), dt.time.max)

    def _last_day(self, day: dt.date, calendar: Calendar) -> dt.date:
        left = self.count
        while left:
            day += dt.timedelta(days=1)
            left -= self._counts(day, calendar)
        return day

    def _counts(self, day: dt.date, calendar: Calendar) -> bool:
        if self.unit is Unit.DAYS:
            return True
        resting = SATURDAY if self.unit is Unit.BUSINESS_DAYS else SUNDAY
        return day.weekday() < resting and day not in calendar.public_holidays


@frozen(kw_only=True)
class Proof:
    """
    The document that a reason needs: « certificat médical sous 48 h ».
    """

    label: str = field(validator=not_empty)
    within: Delay


@frozen(kw_only=True)
class Reason:
    """
    A reason that the règlement knows.

    Attributes:
        document: `None` if the family's word is enough.
    """

    code: ReasonCode
    label: str = field(validator=not_empty)
    by: By = By.FAMILY
    exempts: Exempts = Exempts.HOUSEHOLD
    document: Proof | None = None


@frozen(kw_only=True)
class Claim:
    """
    The reason that is given for a cancellation.

    Attributes:
        child: Who is sick, or whom else it is about.

        document_at: When the document came, UTC; `None` if it has not.
    """

    reason: Reason
    child: ChildId
    document_at: dt.datetime | None = None

    def is_about(self, child: ChildId) -> bool:
        """
        Whether the reason is good for days of *child*.
        """
        return self.reason.exempts is Exempts.HOUSEHOLD or self.child == child
