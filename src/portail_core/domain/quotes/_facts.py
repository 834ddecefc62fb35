"""
Who comes, and on which days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from portail_core.domain.amplitudes import Amplitude, Hours
from portail_core.domain.facts import Booked
from portail_core.domain.ids import ChildId, FactName, PrestationCode
from portail_core.domain.offers import Period


@frozen(kw_only=True)
class Visit:
    """
    A child-day to price.

    Attributes:
        age: Whole years on the day; `None` is unknown.

        hours: From when to when the child is there; those of the amplitude
            where nobody chose.

        rank: Among the siblings that count, from 1; `None` is unknown, as is
            *siblings*, how many they are.
    """

    day: dt.date
    amplitude: Amplitude
    age: int | None = None
    booked: Booked = Booked.IN_TIME
    hours: Hours | None = None
    rank: int | None = None
    siblings: int | None = None

    @property
    def present(self) -> Hours | None:
        """
        From when to when the child is there, as far as it is known.
        """
        return self.hours or self.amplitude.hours


@frozen(kw_only=True)
class Visits:
    """
    The days of one child in one period.

    Attributes:
        birth_date: Orders siblings where ranks are not stated.

        cost: Of the activity itself for one child, euros.

        amounts: Those that the operator set for this child.

        named: Facts that the règlement declares; they win over the
            household's.
    """

    child: ChildId
    period: Period
    days: tuple[Visit, ...]
    birth_date: dt.date | None = None
    meal_supplied: bool = False
    cost: Decimal | None = None
    amounts: Mapping[PrestationCode, Decimal] = field(factory=dict)
    named: Mapping[FactName, str] = field(factory=dict)


@frozen(kw_only=True)
class Company:
    """
    What else a household has, on which the price of a day may depend.

    Attributes:
        visits: Its other days, among which siblings have their ranks.

        billed: What is billed once for a month or a year, and was.
    """

    visits: tuple[Visits, ...] = ()
    billed: frozenset[str] = frozenset()


ALONE = Company()
