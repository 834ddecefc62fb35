"""
Days that nothing decides, or that nobody books in time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from attrs import fields

from portail_core.domain.days import day_of
from portail_core.domain.deadlines import moment_of
from portail_core.domain.offers import Period
from portail_core.domain.reglement import Reglement
from portail_core.domain.terms import Terms

from ._oddity import Oddity

SUBJECTS = ("book_until", "cancellations", "tariffs")
"""What every day of a period needs, in force on that day."""
DAY_LONG = 24 * 60


def undecided(reglement: Reglement) -> Iterator[Oddity]:
    """
    Days before the first decision that they need.
    """
    for period in reglement.periods:
        for subject in SUBJECTS:
            first = said(reglement.levels(period), subject).decisions[0]
            days = [
                day for day in period.calendar.open_days if day < first.since
            ]
            if days:
                yield Oddity(
                    rule="reglement.odd.undecided-days",
                    path=f"{first.path}.since",
                    sentence=(
                        f"nothing decides {subject} before {first.since}, and "
                        f"« {period.label} » is open {_count(days)} earlier, "
                        f"from {days[0]}, which nobody can book"
                    ),
                )


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
    Booking that opens once days are over, or once every deadline is past.
    """
    for period in reglement.periods:
        opens_at = period.opens_at
        if opens_at is None:
            continue
        days = period.calendar.open_days
        late = [
            day
            for day in days
            if (until := book_until(reglement, period, day)) is not None
            and until < opens_at
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
    The last moment to book *day*, UTC; `None` if nothing decides it.
    """
    history = reglement.book_until_of(period)
    if day < history.decisions[0].since:
        return None
    return moment_of(history.on(day).value, day)


def _count(days: list[dt.date]) -> str:
    return "1 day" if len(days) == 1 else f"{len(days)} days"


CHECKS = (undecided, held_too_late, long_holds, windows, overridden)
