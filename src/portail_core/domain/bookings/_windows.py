"""
Is booking open for these days?
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portail_core.domain.children import Child
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.offers import Period
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line
from portail_core.domain.windows import Window

from ._facts import facts_of
from ._refusals import DayNotYetOpen, WindowClosed, WindowNotOpen


def outside_windows(
    lines: tuple[Line, ...],
    *,
    period: Period,
    child: Child,
    household: HouseholdFacts,
    reglement: Reglement,
    at: dt.datetime,
) -> tuple[Refusal, ...]:
    """
    What the windows of *period* say against *lines*, each reason once; of no
    line, what they say against every one.

    Args:
        lines: As `lines_for` made them.

        period: Of the lines.

        child: Whose days they are.

        reglement: The active one.

        at: When the family asks, UTC.
    """
    windows = reglement.windows_of(period)
    if len(windows.cases) == 1:
        reasons = [*_together(windows.cases[0], at)]
    else:
        reasons = []
    for line in lines:
        facts = facts_of(line, period=period, child=child, household=household)
        try:
            window = windows.find(facts)
            reasons.extend(_together(window, at))
            reasons.extend(_one_by_one(window, line.day, period, at))
        except Refused as refused:
            reasons.extend(refused.refusals)
    return tuple(dict.fromkeys(reasons))


def _together(window: Window, at: dt.datetime) -> Iterator[Refusal]:
    if window.opens_at is not None and at < window.opens_at:
        yield WindowNotOpen(window.opens_at)
    if window.closes_at is not None and at >= window.closes_at:
        yield WindowClosed(window.closes_at)


def _one_by_one(
    window: Window, day: dt.date, period: Period, at: dt.datetime
) -> Iterator[Refusal]:
    if not period.calendar.is_open(day):
        return
    opens_at = window.day_opens_at(day, period.calendar)
    if opens_at is not None and at < opens_at:
        yield DayNotYetOpen(day, opens_at)
