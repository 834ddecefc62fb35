"""
Days that may be booked though a mandatory document is not there yet.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from attrs import field, frozen

from portail_core.domain.checks import positive, whole_number
from portail_core.domain.conditions import Yearly

from ._validity import ForMonths


@frozen
class AfterItsEnd:
    """
    So many days after the last day of the one that ended.
    """

    days: int = field(validator=[whole_number, positive])

    def last_day(
        self, ended_on: dt.date | None, first_day: dt.date
    ) -> dt.date | None:
        """
        The last day that may be booked; `None` if none ended.
        """
        del first_day
        if ended_on is None:
            return None
        last = min(ended_on.toordinal() + self.days, dt.date.max.toordinal())
        return dt.date.fromordinal(last)


@frozen
class FromFirstDay:
    """
    So many months from the first day that the child comes: one without its
    vaccinations is let in for three (Code de la santé publique).
    """

    months: int = field(validator=[whole_number, positive])

    def last_day(
        self, ended_on: dt.date | None, first_day: dt.date
    ) -> dt.date | None:
        """
        The eve of the same day so many months later.
        """
        del ended_on
        return ForMonths(self.months).last_day(first_day)


@frozen
class PartOfYear:
    """
    Days of a part of the year: « dossier complet au 1er octobre ».
    """

    days: Yearly


Grace: TypeAlias = AfterItsEnd | FromFirstDay | PartOfYear
