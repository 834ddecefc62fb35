"""
Outcomes of a cancellation that never answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from portail_core.domain.calendars import Calendar
from portail_core.domain.cancellation import Extent, Outcome, Policy
from portail_core.domain.conditions import ALWAYS
from portail_core.domain.dated import Decision
from portail_core.domain.deadlines import Deadline, moment_of
from portail_core.domain.offers import Period
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement

from ._oddity import Oddity

ASKED: Mapping[str, object] = {
    "when": ALWAYS,
    "reasons": None,
    "extent": Extent.ANY,
    "in_a_row": None,
    "quota": None,
}
"""What an outcome may ask for beside time, and what asks for nothing."""


def never_reached(reglement: Reglement) -> Iterator[Oddity]:
    """
    Outcomes that one above them always answers before.
    """
    told: set[str] = set()
    for period in reglement.periods:
        for decision in reglement.cancellations_of(period).decisions:
            days = _days(decision, period)
            outcomes = decision.value.outcomes
            for rank, outcome in enumerate(outcomes):
                path = f"{decision.path}.outcomes[{rank}]"
                above = next(
                    (
                        one
                        for one in outcomes[:rank]
                        if _answers_first(one, outcome, days, period.calendar)
                    ),
                    None,
                )
                if above is not None and path not in told:
                    told.add(path)
                    yield Oddity(
                        rule="reglement.odd.never-reached",
                        path=path,
                        sentence=(
                            f"« {outcome.label} » never answers: whenever it "
                            f"might, « {above.label} », above it, does first"
                        ),
                    )


def _days(decision: Decision[Policy], period: Period) -> list[dt.date]:
    return [day for day in period.calendar.open_days if day >= decision.since]


def _answers_first(
    above: Outcome,
    outcome: Outcome,
    days: list[dt.date],
    calendar: Calendar,
) -> bool:
    """
    Whether *above* asks for nothing that *outcome* does not, and is in time
    whenever it is.
    """
    asks_no_more = all(
        getattr(above, name) in {getattr(outcome, name), nothing}
        for name, nothing in ASKED.items()
    )
    if not asks_no_more or outcome.until is None or above.until is None:
        return False
    return bool(days) and all(
        _in_time(above.until, outcome.until, day, calendar) for day in days
    )


def _in_time(
    above: Deadline, until: Deadline, day: dt.date, calendar: Calendar
) -> bool:
    try:
        return moment_of(until, day, calendar) <= moment_of(
            above, day, calendar
        )
    except Refused:
        # A table without this weekday: nothing is certain.
        return False


CHECKS = (never_reached,)
