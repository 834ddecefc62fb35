"""
May these days be booked?  Every reason why not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import assert_never

from portail_core.domain import gates
from portail_core.domain.calendars import Opening
from portail_core.domain.capacity import suits
from portail_core.domain.children import (
    NotYetInCustody,
    age_on,
)
from portail_core.domain.days import day_of
from portail_core.domain.ids import (
    PartCode,
)
from portail_core.domain.offers import Period
from portail_core.domain.places import Spot, spots
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line

from ._deadlines import too_late
from ._facts import facts_of
from ._refusals import (
    AgeNotAdmitted,
    AlreadyBooked,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DayTakenElsewhere,
)
from ._rhythms import too_few, too_many
from ._together import together
from ._windows import outside_windows
from ._wish import Situation


def refusals(
    lines: tuple[Line, ...],
    *,
    period: Period,
    situation: Situation,
    at: dt.datetime,
) -> tuple[Refusal, ...]:
    """
    Everything that stands in the way of booking *lines*; nothing if they may.

    Args:
        lines: As `lines_for` made them.

        period: The one wished for.

        situation: What was true in the transaction that takes the places.

        at: When the family asks, UTC.
    """
    return (
        *refusals_of_days(lines, period=period, situation=situation, at=at),
        *too_few(lines, period=period, situation=situation),
    )


def refusals_of_days(
    lines: tuple[Line, ...],
    *,
    period: Period,
    situation: Situation,
    at: dt.datetime,
) -> tuple[Refusal, ...]:
    """
    The same, but for how many days a week must have: a day of a planning is
    not refused because others are still to be chosen.
    """
    closed = closed_gates(period=period, situation=situation, at=at)
    past = refusals_past_gates(
        lines, period=period, situation=situation, at=at
    )
    return tuple(dict.fromkeys((*closed, *past)))


def closed_gates(
    *, period: Period, situation: Situation, at: dt.datetime
) -> tuple[Refusal, ...]:
    """
    What stands in the way whatever the days, until the family does something.
    """
    return gates.unmet(
        situation.reglement,
        situation.dossier,
        period=period,
        child=situation.child.id,
        day=day_of(at),
    )


def refusals_past_gates(
    lines: tuple[Line, ...],
    *,
    period: Period,
    situation: Situation,
    at: dt.datetime,
) -> tuple[Refusal, ...]:
    """
    As `refusals_of_days`, but for what `closed_gates` says of all days.
    """
    with_them = situation.seen_with(lines)
    return (
        *outside_windows(
            lines,
            period=period,
            child=situation.child,
            household=situation.facts,
            reglement=situation.reglement,
            at=at,
        ),
        *(
            refusal
            for line in lines
            for refusal in _day(line, period, with_them, at)
        ),
        *too_many(lines, period=period, situation=situation),
    )


def _day(
    line: Line, period: Period, situation: Situation, at: dt.datetime
) -> Iterable[Refusal]:
    closed = closed_day(line.day, period)
    if closed is not None:
        yield closed
        return

    yield from gates.unmet_on(
        line.day,
        reglement=situation.reglement,
        dossier=situation.dossier,
        period=period,
        child=situation.child.id,
        first_day=situation.first_day or line.day,
        day=day_of(at),
    )
    if line.day < situation.custody.since:
        yield NotYetInCustody(line.day, situation.custody.since)
    yield from too_late(
        line,
        period=period,
        child=situation.child,
        household=situation.facts,
        reglement=situation.reglement,
        at=at,
    )
    yield from _age(line, period, situation)
    yield from together(line, situation)
    clash = _clash(line, situation)
    if clash is not None:
        yield clash
    elif is_full(line, taken=situation.taken, reglement=situation.reglement):
        yield DayFull(line.day)


def closed_day(day: dt.date, period: Period) -> Refusal | None:
    """
    Why *period* is not open on *day*; `None` if it is.
    """
    match period.calendar.opening(day):
        case Opening.OPEN:
            return None
        case Opening.OUTSIDE:
            return DayOutsidePeriod(
                day, period.calendar.first_day, period.calendar.last_day
            )
        case Opening.PUBLIC_HOLIDAY:
            return DayIsPublicHoliday(day)
        case Opening.CLOSED:
            return DayClosed(day)
        case opening:
            assert_never(opening)


def _age(
    line: Line, period: Period, situation: Situation
) -> Iterable[Refusal]:
    reglement, child = situation.reglement, situation.child
    accueil = reglement.accueil(period.accueil)
    amplitude = reglement.amplitude(accueil, line.amplitude)
    facts = facts_of(
        line, period=period, child=child, household=situation.facts
    )
    if not suits(reglement.pools, accueil, amplitude, facts):
        yield AgeNotAdmitted(line.day, age_on(child.birth_date, line.day))


def _clash(line: Line, situation: Situation) -> Refusal | None:
    holders = {
        situation.own[line.day, place.part]
        for place in line.places
        if (line.day, place.part) in situation.own
    }
    if situation.household.id in holders:
        return AlreadyBooked(line.day)
    if holders:
        return DayTakenElsewhere(line.day)
    return None


def is_full(
    line: Line, *, taken: Mapping[Spot, int], reglement: Reglement
) -> bool:
    """
    Whether any place that *line* takes is in a pool with none left.

    A line of an older version may name a pool that *reglement* no longer has:
    there is no place in it.
    """
    return any(
        pool is None or pool.is_full(taken.get(spot, 0))
        for spot in spots(line.day, line.places)
        for pool in [reglement.pool(spot.pool)]
    )


def may_still_happen(
    lines: tuple[Line, ...],
    *,
    period: Period | None,
    own: Mapping[tuple[dt.date, PartCode], object],
    taken: Mapping[Spot, int],
    reglement: Reglement,
    at: dt.datetime,
) -> bool:
    """
    Whether money that came too late can still confirm these lines.

    Every day must be to come and open, every place free, and none of the
    child's parts of the day taken since; deadlines and gates are not asked
    again.

    Args:
        lines: Of one request.

        period: As the active règlement has it; `None` if it has it no longer.

        own: What other requests of the child take.

        taken: Places taken, spot by spot.

        reglement: The active one.

        at: When the money is known of, UTC.
    """
    if period is None:
        return False
    today = day_of(at)
    return all(
        line.day > today
        and period.calendar.opening(line.day) is Opening.OPEN
        and all((line.day, place.part) not in own for place in line.places)
        and not is_full(line, taken=taken, reglement=reglement)
        for line in lines
    )
