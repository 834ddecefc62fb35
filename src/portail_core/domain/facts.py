"""
Facts: what is known of one child-day, by which a règlement tells cases apart.

A fact that nobody stated is unknown, not a default: a rule that asks for it
is refused with its name.  Only the quotient familial has a policy of its own
for households without one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from attrs import evolve, field, frozen

from .ids import (
    AccueilCode,
    AmplitudeCode,
    ChildId,
    FactName,
    PrestationCode,
)
from .quotient_familial import Received
from .refusals import Refusal

MINUTES_AN_HOUR = 60


class Season(Enum):
    """
    What a day is to schools.
    """

    SCHOOL_TERM = "school-term"
    SCHOOL_HOLIDAYS = "school-holidays"


class Scheme(Enum):
    """
    The fund that pays a household's family benefits.
    """

    CAF = "caf"
    MSA = "msa"
    NONE = "none"  # « hors régime »: neither


class Booked(Enum):
    """
    How a day came to be.
    """

    IN_TIME = "in-time"
    LATE = "late"  # after the deadline to book, and accepted all the same
    UNBOOKED = "unbooked"  # the child came, and nobody had booked


@frozen
class FactMissing(Refusal):
    """
    A rule asks for a fact that nobody stated.
    """

    rule: ClassVar[str] = "fact.missing"
    fact: FactName


@frozen(kw_only=True)
class Facts:
    """
    One child-day.  `None` is unknown, but for *quotient*.

    Attributes:
        quotient: Euros, by the règlement's policy on that day; `None` for a
            household without one.

        income: Of the household, euros a month.

        cost: Of the activity itself for one child, euros.

        dependants: Children that the household brings up, booked or not.

        rank: The child's among its siblings, from 1, the eldest.

        siblings: How many children count, this one included.

        nth: Which of the child's days of the month this is, from 1.

        meal_supplied: Whether the family brings the meal, by a care plan
            (« PAI »).

        named: Any other, declared by the règlement: « frequentation ».
    """

    day: dt.date
    accueil: AccueilCode
    amplitude: AmplitudeCode
    season: Season | None = None
    age: int | None = None
    quotient: Decimal | None = None
    income: Decimal | None = None
    cost: Decimal | None = None
    dependants: int | None = None
    rank: int | None = None
    siblings: int | None = None
    nth: int | None = None
    residency: str | None = None
    scheme: Scheme | None = None
    booked: Booked = Booked.IN_TIME
    arrives: dt.time | None = None
    leaves: dt.time | None = None
    meal_supplied: bool = False
    named: Mapping[FactName, str] = field(factory=dict)

    def word(self, name: FactName) -> str | None:
        """
        A fact as it is written; `None` if it is unknown.
        """
        match name:
            case "weekday":
                return WEEKDAYS[self.day.weekday()]
            case "accueil":
                return self.accueil
            case "amplitude":
                return self.amplitude
            case "residency":
                return self.residency
            case "season" | "scheme" | "booked":
                member: Enum | None = getattr(self, name)
                return None if member is None else member.value
            case "meal_supplied":
                return "yes" if self.meal_supplied else "no"
            case _:
                return self.named.get(name)

    def number(self, name: FactName) -> Decimal | None:
        """
        A fact as a number: hours of the clock in minutes since midnight.
        """
        match name:
            case "arrives" | "leaves":
                at: dt.time | None = getattr(self, name)
                if at is None:
                    return None
                return Decimal(at.hour * MINUTES_AN_HOUR + at.minute)
            case _:
                figure: Decimal | int | None = getattr(self, name)
                return None if figure is None else Decimal(figure)


@frozen(kw_only=True)
class HouseholdFacts:
    """
    A household, as prices see it; `None` is unknown.

    Attributes:
        quotients: In the order in which they were received; none is a
            household without a quotient.

        income: Euros a month.

        dependants: Children that it brings up.

        residency: A code of the règlement's `residencies`.

        amounts: Those that the operator set, child by child.

        named: Facts that the règlement declares.
    """

    quotients: tuple[Received, ...] = ()
    income: Decimal | None = None
    dependants: int | None = None
    residency: str | None = None
    scheme: Scheme | None = None
    amounts: Mapping[ChildId, Mapping[PrestationCode, Decimal]] = field(
        factory=dict
    )
    named: Mapping[FactName, str] = field(factory=dict)

    def of_day(self, facts: Facts) -> Facts:
        """
        *facts*, and what is known of the household; of its quotients, the
        last one.
        """
        return evolve(
            facts,
            quotient=self.quotients[-1].value if self.quotients else None,
            income=self.income,
            dependants=self.dependants,
            residency=self.residency,
            scheme=self.scheme,
            named={**self.named, **facts.named},
        )


NOTHING_KNOWN = HouseholdFacts()


WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

WORDS = frozenset(
    FactName(name)
    for name in (
        "weekday",
        "accueil",
        "amplitude",
        "residency",
        "season",
        "scheme",
        "booked",
        "meal_supplied",
    )
)
"""Facts that are one word of several, as are those that a règlement names."""

NUMBERS = frozenset(
    FactName(name)
    for name in (
        "age",
        "quotient",
        "income",
        "cost",
        "dependants",
        "rank",
        "siblings",
        "nth",
        "arrives",
        "leaves",
    )
)
"""Facts that are compared."""
