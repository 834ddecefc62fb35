"""
Outcomes of a cancellation that never answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from portail_core.domain.cancellation import Outcome, Policy
from portail_core.domain.dated import Decision
from portail_core.domain.deadlines import moment_of
from portail_core.domain.offers import Period
from portail_core.domain.reglement import Reglement

from ._oddity import Oddity


def never_reached(reglement: Reglement) -> Iterator[Oddity]:
    """
    Outcomes whose deadline is past whenever the one above them is.
    """
    told: set[str] = set()
    for period in reglement.periods:
        for decision in reglement.cancellations_of(period).decisions:
            days = _days(decision, period)
            outcomes = decision.value.outcomes
            for rank, (above, outcome) in enumerate(
                pairwise(outcomes), start=1
            ):
                path = f"{decision.path}.outcomes[{rank}]"
                if path not in told and _never(above, outcome, days):
                    told.add(path)
                    yield Oddity(
                        rule="reglement.odd.never-reached",
                        path=path,
                        sentence=(
                            f"« {outcome.label} » never answers: its deadline "
                            "is not after that of the outcome above it, and "
                            "the first that is in time answers"
                        ),
                    )


def _days(decision: Decision[Policy], period: Period) -> list[dt.date]:
    return [day for day in period.calendar.open_days if day >= decision.since]


def _never(above: Outcome, outcome: Outcome, days: list[dt.date]) -> bool:
    if outcome.until is None or above.until is None or not days:
        return False
    return all(
        moment_of(outcome.until, day) <= moment_of(above.until, day)
        for day in days
    )


CHECKS = (never_reached,)
