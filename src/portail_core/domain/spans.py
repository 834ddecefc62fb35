"""
Over how long something is counted: « trois fois par mois ».
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import assert_never

from .ids import PeriodCode

SEPTEMBER = 9


class Each(Enum):
    """
    When a count begins again.
    """

    MONTH = "month"
    PERIOD = "period"
    SCHOOL_YEAR = "school-year"  # 1 September to 31 August
    YEAR = "year"

    def span_of(self, day: dt.date, period: PeriodCode) -> tuple[object, ...]:
        """
        The same for two days that are counted together.

        >>> school_year = Each.SCHOOL_YEAR
        >>> mercredis = PeriodCode("mercredis")
        >>> school_year.span_of(dt.date(2026, 8, 31), mercredis)
        (2025,)
        >>> school_year.span_of(dt.date(2026, 9, 1), mercredis)
        (2026,)
        """
        match self:
            case Each.MONTH:
                return (day.year, day.month)
            case Each.PERIOD:
                return (period,)
            case Each.SCHOOL_YEAR:
                return (day.year - (day.month < SEPTEMBER),)
            case Each.YEAR:
                return (day.year,)
            case _:
                assert_never(self)
