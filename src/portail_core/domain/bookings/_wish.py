"""
What a family wishes for, and what decides whether it can have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Attribute, evolve, field, frozen

from portail_core.domain.amplitudes import Chosen, hours_of
from portail_core.domain.checks import civil_day
from portail_core.domain.children import (
    Child,
    Custody,
)
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.gates import Dossier
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    ChildId,
    HouseholdId,
    PartCode,
    PeriodCode,
)
from portail_core.domain.places import Spot
from portail_core.domain.quotes import Company
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line


def _days(
    _: object, attribute: Attribute[Any], days: Mapping[dt.date, Chosen]
) -> None:
    for day, chosen in days.items():
        civil_day(_, attribute, day)
        hours = hours_of(chosen)
        for at in (hours.arrives, hours.leaves) if hours else ():
            if at.second or at.microsecond or at.tzinfo:
                msg = f"{at} is no hour of the clock to the minute"
                raise ValueError(msg)


@frozen(kw_only=True)
class Wish:
    """
    Days that a family would like, of one child and one period.

    Attributes:
        days: Each with its amplitude, and with hours where its presence is
            hourly; at least one is needed to ask for it.
    """

    child: ChildId
    period: PeriodCode
    days: Mapping[dt.date, Chosen] = field(validator=_days)


@frozen(kw_only=True)
class ChildDay:
    """
    A day that another request takes for a child.
    """

    day: dt.date
    accueil: AccueilCode
    amplitude: AmplitudeCode
    household: HouseholdId


@frozen(kw_only=True)
class Situation:
    """
    What decides whether a wish can be granted.

    Attributes:
        dossier: What the family did and gave, which gates look at.

        facts: What the household's prices depend on.

        today: When it asks, in Paris.

        company: What else the household has, on which prices depend.

        own: Who holds which part of which day of the child already.

        taken: How many places are taken, spot by spot; absent is none.

        others: What the child's other requests take, on the days wished for
            and around them; but for what is to be replaced.

        first_day: That the household has booked for the child, in requests
            that still take their places; `None` for none, or if no document
            of the règlement needs it.
    """

    reglement: Reglement
    dossier: Dossier
    child: Child
    custody: Custody
    facts: HouseholdFacts
    today: dt.date
    company: Company
    own: Mapping[tuple[dt.date, PartCode], HouseholdId]
    taken: Mapping[Spot, int]
    others: tuple[ChildDay, ...]
    first_day: dt.date | None

    @property
    def household(self) -> Household:
        """
        Which asks.
        """
        return self.dossier.household

    def seen_with(self, lines: Iterable[Line]) -> Situation:
        """
        The same, once *lines* are booked: the child may come sooner.
        """
        days = [line.day for line in lines]
        if self.first_day is not None:
            days.append(self.first_day)
        return evolve(self, first_day=min(days, default=None))
