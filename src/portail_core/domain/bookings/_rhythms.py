"""
Whether the days of a week, and of a month, are as many as they should be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from portail_core.domain.calendars import Opening
from portail_core.domain.offers import Period
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line
from portail_core.domain.rhythms import (
    Rhythm,
    monday_of,
    month_of,
    week_of,
)

from ._refusals import (
    TooFewDaysInWeek,
    TooManyDaysInMonth,
    TooManyDaysInWeek,
)
from ._wish import Situation

Span: TypeAlias = Callable[[dt.date], tuple[dt.date, ...]]


def days_around(
    days: Iterable[dt.date], *, period: Period, reglement: Reglement
) -> frozenset[dt.date]:
    """
    The days whose bookings decide whether the child may come on *days*:
    these, and the weeks and months that the règlement counts.
    """
    around = set(days)
    for day in tuple(around):
        rhythm = reglement.rhythm_on(period, day)
        if rhythm is not None:
            around.update(week_of(day))
            if rhythm.month_most is not None:
                around.update(month_of(day))
    return frozenset(around)


def too_few(
    lines: Iterable[Line], *, period: Period, situation: Situation
) -> Iterator[Refusal]:
    """
    A refusal for every week of *lines* that would have less than it must.
    """
    for day, rhythm, count in _counts(lines, week_of, period, situation):
        monday = monday_of(day)
        least = rhythm.least(monday, period.calendar)
        if count < least:
            yield TooFewDaysInWeek(monday, least)


def too_many(
    lines: tuple[Line, ...], *, period: Period, situation: Situation
) -> Iterator[Refusal]:
    """
    A refusal for every week, then every month, of *lines* that would have
    more than it may.
    """
    for day, rhythm, count in _counts(lines, week_of, period, situation):
        if rhythm.week_most is not None and count > rhythm.week_most:
            yield TooManyDaysInWeek(monday_of(day), rhythm.week_most)
    for day, rhythm, count in _counts(lines, month_of, period, situation):
        if rhythm.month_most is not None and count > rhythm.month_most:
            yield TooManyDaysInMonth(day.replace(day=1), rhythm.month_most)


def _counts(
    lines: Iterable[Line], span: Span, period: Period, situation: Situation
) -> Iterator[tuple[dt.date, Rhythm, int]]:
    """
    A first new day of every span, its rhythm, and how many days of the span
    the child would come.
    """
    before = {o.day for o in situation.others if o.accueil == period.accueil}
    new = [
        line.day
        for line in lines
        if line.replaces is None
        and line.day not in before
        and period.calendar.opening(line.day) is Opening.OPEN
    ]
    coming = before.union(new)
    firsts = {span(day)[0]: day for day in reversed(new)}
    for first in sorted(firsts):
        day = firsts[first]
        rhythm = situation.reglement.rhythm_on(period, day)
        if rhythm is not None:
            yield day, rhythm, sum(one in coming for one in span(day))
