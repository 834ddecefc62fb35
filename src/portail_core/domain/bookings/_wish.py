"""
What a family wishes for, and what decides whether it can have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from attrs import Attribute, field, frozen

from portail_core.domain.checks import civil_day
from portail_core.domain.children import (
    Child,
    Custody,
)
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.gates import Dossier
from portail_core.domain.households import Household
from portail_core.domain.ids import (
    AmplitudeCode,
    ChildId,
    HouseholdId,
    PartCode,
    PeriodCode,
)
from portail_core.domain.places import Spot
from portail_core.domain.reglement import Reglement


def _days(
    _: object, attribute: Attribute[Any], days: Mapping[dt.date, object]
) -> None:
    for day in days:
        civil_day(_, attribute, day)


@frozen(kw_only=True)
class Wish:
    """
    Days that a family would like, of one child and one period.

    Attributes:
        days: Each with its amplitude; at least one is needed to ask for it.
    """

    child: ChildId
    period: PeriodCode
    days: Mapping[dt.date, AmplitudeCode] = field(validator=_days)


@frozen(kw_only=True)
class Situation:
    """
    What decides whether a wish can be granted.

    Attributes:
        dossier: What the family did and gave, which gates look at.

        facts: What the household's prices depend on.

        today: When it asks, in Paris.

        own: Who holds which part of which day of the child already.

        taken: How many places are taken, spot by spot; absent is none.
    """

    reglement: Reglement
    dossier: Dossier
    child: Child
    custody: Custody
    facts: HouseholdFacts
    today: dt.date
    own: Mapping[tuple[dt.date, PartCode], HouseholdId]
    taken: Mapping[Spot, int]

    @property
    def household(self) -> Household:
        """
        Which asks.
        """
        return self.dossier.household
