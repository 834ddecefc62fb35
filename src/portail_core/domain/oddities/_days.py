"""
Days that nothing decides, or that nobody books in time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from attrs import fields

from portail_core.domain.calendars import Calendar
from portail_core.domain.dated import Decision
from portail_core.domain.days import day_of
from portail_core.domain.deadlines import Deadline, moment_of
from portail_core.domain.offers import Period
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import GridOf, Tariff
from portail_core.domain.terms import Terms

from ._oddity import Oddity

SUBJECTS = ("book_until", "cancellations", "tariffs")
"""What every day of a period needs, in force on that day."""
DAY_LONG = 24 * 60


def undecided(reglement: Reglement) -> Iterator[Oddity]:
    """
    Days that nothing decides: before the first decision that they need, or
    once the last tariff is over.
    """
    for period in reglement.periods:
        for subject in SUBJECTS:
            decisions = said(reglement.levels(period), subject).decisions
            first = min(decisions, key=lambda one: one.since)
            days = [
                day
                for day in period.calendar.open_days
                if not any(_is_in_force(one, day) for one in decisions)
            ]
            if days:
                yield Oddity(
                    rule="reglement.odd.undecided-days",
                    path=f"{first.path}.since",
                    sentence=(
                        f"nothing decides {subject} on {_count(days)} of "
                        f"« {period.label} », from {days[0]}, which nobody "
                        f"can book: the first begins on {first.since}"
                    ),
                )


def _is_in_force(decision: Decision[Any], day: dt.date) -> bool:
    value = decision.value
    if not isinstance(value, Tariff):
        return decision.since <= day
    if value.grid_of is GridOf.DAY_OF_BOOKING:
        return True  # another day than this one decides
    return decision.since <= day and value.on(day)


def held_too_late(reglement: Reglement) -> Iterator[Oddity]:
    """
    Days whose deadline to book is past when places begin to be held.
    """
    since = reglement.hold.decisions[0].since
    for period in reglement.periods:
        days = [
            day
            for day in period.calendar.open_days
            if (until := book_until(reglement, period, day)) is not None
            and day_of(until) < since
        ]
        if days:
            yield Oddity(
                rule="reglement.odd.held-too-late",
                path="hold[0].since",
                sentence=(
                    f"no place is held before {since}, when {_count(days)} of "
                    f"« {period.label} », from {days[0]}, can be booked no "
                    "longer: `since` of the first [[hold]] is the day on "
                    "which booking begins, or earlier"
                ),
            )


def long_holds(reglement: Reglement) -> Iterator[Oddity]:
    """
    Places that nobody pays, and nobody else books, for more than a day.
    """
    for rank, decision in enumerate(reglement.hold.decisions):
        minutes = decision.value.minutes
        if minutes > DAY_LONG:
            yield Oddity(
                rule="reglement.odd.long-hold",
                path=f"hold[{rank}].minutes",
                sentence=(
                    f"unpaid places are held {minutes} minutes, more than a "
                    "day; two hours are 120"
                ),
            )


def windows(reglement: Reglement) -> Iterator[Oddity]:
    """
    Booking that opens, for whoever comes first, once deadlines are past.
    """
    for period in reglement.periods:
        cases = reglement.windows_of(period).cases
        opens = [w.opens_at for w in cases if w.opens_at is not None]
        if len(opens) < len(cases):
            continue
        days = period.calendar.open_days
        late = [
            day
            for day in days
            if (until := book_until(reglement, period, day)) is not None
            and until < min(opens)
        ]
        if late:
            some = "any day" if len(late) == len(days) else _count(late)
            yield Oddity(
                rule="reglement.odd.window-late",
                path=f"periods.{period.code}.opens_at",
                sentence=(
                    f"« {period.label} » opens once the deadline to book "
                    f"{some}, from {late[0]}, is past"
                ),
            )


def overridden(reglement: Reglement) -> Iterator[Oddity]:
    """
    What a level decides, and every period below decides otherwise.
    """
    periods = reglement.periods
    yield from _overridden(reglement, reglement.terms, "", periods)
    for accueil in reglement.accueils:
        below = tuple(p for p in periods if p.accueil == accueil.code)
        path = f"accueils.{accueil.code}."
        yield from _overridden(reglement, accueil.terms, path, below)


def _overridden(
    reglement: Reglement, terms: Terms, path: str, below: tuple[Period, ...]
) -> Iterator[Oddity]:
    for key in fields(Terms):
        own = getattr(terms, key.name)
        used = [said(reglement.levels(period), key.name) for period in below]
        if own is not None and used and not any(own is one for one in used):
            yield Oddity(
                rule="reglement.odd.overridden",
                path=f"{path}{key.name}",
                sentence=(
                    "it never holds: every period below has its own "
                    f"`{key.name}`, or its accueil has"
                ),
            )


def said(levels: tuple[Terms, ...], subject: str) -> Any:
    """
    What the nearest of *levels* says of a subject; `None` if none does.
    """
    found = (getattr(terms, subject) for terms in levels)
    return next((own for own in found if own is not None), None)


def book_until(
    reglement: Reglement, period: Period, day: dt.date
) -> dt.datetime | None:
    """
    The last moment to book *day* for whoever has longest, UTC; `None` if
    nothing decides it.
    """
    history = reglement.book_until_of(period)
    if day < history.decisions[0].since:
        return None
    moments = (
        _moment(case.deadline, day, period.calendar)
        for case in history.on(day).value.cases
    )
    return max((one for one in moments if one is not None), default=None)


def _moment(
    deadline: Deadline, day: dt.date, calendar: Calendar
) -> dt.datetime | None:
    try:
        return moment_of(deadline, day, calendar)
    except Refused:
        return None


def _count(days: list[dt.date]) -> str:
    return "1 day" if len(days) == 1 else f"{len(days)} days"


CHECKS = (undecided, held_too_late, long_holds, windows, overridden)
