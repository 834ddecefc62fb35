"""
Children, and which households may book for them.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import field, frozen

from .checks import civil_day, not_empty
from .ids import ChildId, HouseholdId
from .refusals import Refusal


@frozen(kw_only=True)
class Child:
    """
    A child, once, whatever the number of households.
    """

    id: ChildId
    first_name: str = field(validator=not_empty)
    last_name: str = field(validator=not_empty)
    birth_date: dt.date = field(validator=civil_day)

    @property
    def name(self) -> str:
        """
        As the guide writes it: last name first.
        """
        return f"{self.last_name.upper()} {self.first_name}"


@frozen(kw_only=True)
class Custody:
    """
    A household may book for a child, from a day on.

    Attributes:
        since: First day that the household may book for, included.
    """

    child: ChildId
    household: HouseholdId
    since: dt.date = field(validator=civil_day)


@frozen
class ChildUnknown(Refusal):
    """
    This household has no such child; whether another has is not said.
    """

    rule: ClassVar[str] = "household.child.unknown"


@frozen
class NotYetInCustody(Refusal):
    """
    The household may book for the child only from a later day.
    """

    rule: ClassVar[str] = "household.custody.since"
    day: dt.date
    since: dt.date


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """
    Whole years on *day*; the birthday itself counts.

    A child born on 29 February turns a year older on 1 March of common years.

    >>> age_on(dt.date(2020, 5, 27), dt.date(2026, 5, 27))
    6
    """
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)
