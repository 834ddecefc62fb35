"""
What a wish makes known of each of its child-days.
"""

from __future__ import annotations

from portail_core.domain.children import Child, age_on
from portail_core.domain.facts import NOTHING_KNOWN, Facts, HouseholdFacts
from portail_core.domain.offers import Period
from portail_core.domain.requests import Line


def facts_of(
    line: Line,
    *,
    period: Period,
    child: Child,
    household: HouseholdFacts = NOTHING_KNOWN,
) -> Facts:
    """
    The facts of one line, by which deadlines, windows and places tell cases
    apart.
    """
    return household.of_day(
        Facts(
            day=line.day,
            accueil=period.accueil,
            amplitude=line.amplitude,
            season=period.calendar.season(line.day),
            age=age_on(child.birth_date, line.day),
            arrives=line.hours.arrives if line.hours else None,
            leaves=line.hours.leaves if line.hours else None,
        )
    )
