"""
What a wish makes known of each of its child-days.
"""

from __future__ import annotations

from portail_core.domain.children import Child, age_on
from portail_core.domain.facts import Facts
from portail_core.domain.offers import Period
from portail_core.domain.requests import Line


def facts_of(line: Line, *, period: Period, child: Child) -> Facts:
    """
    The facts of one line, by which deadlines and windows tell cases apart.
    """
    return Facts(
        day=line.day,
        accueil=period.accueil,
        amplitude=line.amplitude,
        season=period.calendar.season(line.day),
        age=age_on(child.birth_date, line.day),
    )
