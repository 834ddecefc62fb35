"""
Where a fact that is missing would be written.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain.amplitudes import HoursMissing
from portail_core.domain.facts import FactMissing
from portail_core.domain.refusals import Refusal
from portail_core.domain.tariffs import QuotientMissing

from ._found import at

HOUSEHOLD = "household"

_OF_THE_HOUSEHOLD = {
    "quotient",
    "income",
    "dependants",
    "siblings",
    "residency",
    "scheme",
}
_KEYS: Mapping[str, str] = {
    "age": "children[].birth_date",
    "rank": "children[].rank",
    "cost": "children[].cost",
    "arrives": "days[].arrives",
    "leaves": "days[].leaves",
    "booked_on": "booked_on",
}
_OF_THE_REGLEMENT = {"season", "nth", "amplitude"}


def key_of(refusal: Refusal) -> str | None:
    """
    The key of the document that the answer waits for; `None` if none would
    help.

    >>> from portail_core.domain.ids import FactName
    >>> key_of(FactMissing(FactName("residency")))
    'household.residency'
    >>> key_of(FactMissing(FactName("frequentation")))
    'household.facts.frequentation'
    """
    match refusal:
        case HoursMissing():
            return _KEYS["arrives"]
        case QuotientMissing():
            return at(HOUSEHOLD, "quotient")
        case FactMissing(fact) if fact in _OF_THE_REGLEMENT:
            return None
        case FactMissing(fact) if fact in _OF_THE_HOUSEHOLD:
            return at(HOUSEHOLD, fact)
        case FactMissing(fact):
            return _KEYS.get(fact, f"household.facts.{fact}")
        case _:
            return None
