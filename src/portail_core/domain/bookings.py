"""
May these days be booked?  Every reason why not, at once.

Gates, window, custody, opening days, clash, deadline, capacity: each is asked,
and all that stand in the way are told together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from . import gates
from ._checks import civil_day
from .accounts import Account
from .calendars import Opening
from .capacity import pools_for
from .children import Child, Custody, NotYetInCustody, age_on
from .days import day_of
from .deadlines import is_late, moment_of
from .households import Household
from .ids import (
    AccueilCode,
    AmplitudeCode,
    ChildId,
    HouseholdId,
    PartCode,
    PeriodCode,
)
from .offers import Period
from .places import Place, Spot, spots
from .refusals import Refusal, Refused
from .reglement import Reglement
from .requests import Line


def _days(
    _: object, attribute: Attribute[Any], days: Mapping[dt.date, object]
) -> None:
    for day in days:
        civil_day(_, attribute, day)


@frozen(kw_only=True)
class Wish:
    """
    Days that a family would like, of one child and one period.

    Attributes:
        days: Each with its amplitude; at least one is needed to ask for it.
    """

    child: ChildId
    period: PeriodCode
    days: Mapping[dt.date, AmplitudeCode] = field(validator=_days)


@frozen(kw_only=True)
class Situation:
    """
    What decides whether a wish can be granted.

    Attributes:
        own: Who holds which part of which day of the child already.

        taken: How many places are taken, spot by spot; absent is none.
    """

    reglement: Reglement
    account: Account
    household: Household
    child: Child
    custody: Custody
    own: Mapping[tuple[dt.date, PartCode], HouseholdId]
    taken: Mapping[Spot, int]


# Refusals -------------------------------------------------------------------


@frozen
class NoDayWished(Refusal):
    """
    The wish names no day.
    """

    rule: ClassVar[str] = "request.days.none"


@frozen
class WindowNotOpen(Refusal):
    """
    Booking for the period has not begun.
    """

    rule: ClassVar[str] = "request.window.opens"
    opens_at: dt.datetime


@frozen
class WindowClosed(Refusal):
    """
    Booking for the period is over.
    """

    rule: ClassVar[str] = "request.window.closes"
    closes_at: dt.datetime


@frozen
class DayOutsidePeriod(Refusal):
    """
    The day is not within the period.
    """

    rule: ClassVar[str] = "request.day.outside-period"
    day: dt.date
    first_day: dt.date
    last_day: dt.date


@frozen
class DayIsPublicHoliday(Refusal):
    """
    « Férié ».
    """

    rule: ClassVar[str] = "request.day.public-holiday"
    day: dt.date


@frozen
class DayClosed(Refusal):
    """
    The accueil is not open that day.
    """

    rule: ClassVar[str] = "request.day.closed"
    day: dt.date


@frozen
class DeadlinePassed(Refusal):
    """
    It is too late to book the day.

    Attributes:
        deadline: The last moment that was in time, UTC.
    """

    rule: ClassVar[str] = "request.day.deadline"
    day: dt.date
    deadline: dt.datetime


@frozen
class AlreadyBooked(Refusal):
    """
    The household already holds or booked a part of this day for the child.
    """

    rule: ClassVar[str] = "request.day.already-booked"
    day: dt.date


@frozen
class DayTakenElsewhere(Refusal):
    """
    Another household of the child did; which, and for what, is not said.
    """

    rule: ClassVar[str] = "request.day.taken-elsewhere"
    day: dt.date


@frozen
class DayFull(Refusal):
    """
    No place is left for a child of this age.
    """

    rule: ClassVar[str] = "request.day.full"
    day: dt.date


# From wish to lines ---------------------------------------------------------


def lines_for(
    wish: Wish, *, child: Child, reglement: Reglement
) -> tuple[Line, ...]:
    """
    The child-days of *wish*, ascending, each with the places it takes.

    Raises:
        Refused: `PeriodUnknown`, `NoDayWished`, or `AmplitudeUnknown` for
            every amplitude that the accueil does not offer.
    """
    accueil = reglement.accueil(reglement.period(wish.period).accueil)
    if not wish.days:
        raise Refused(NoDayWished())

    lines: list[Line] = []
    refusals: list[Refusal] = []
    for day, code in sorted(wish.days.items()):
        try:
            amplitude = reglement.amplitude(accueil, code)
        except Refused as refused:
            refusals.extend(refused.refusals)
            continue
        places = _places(
            amplitude.parts,
            accueil=accueil.code,
            age=age_on(child.birth_date, day),
            reglement=reglement,
        )
        lines.append(Line(day=day, amplitude=code, places=places))
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    return tuple(lines)


def _places(
    parts: Iterable[PartCode],
    *,
    accueil: AccueilCode,
    age: int,
    reglement: Reglement,
) -> tuple[Place, ...]:
    return tuple(
        Place(
            part,
            tuple(
                pool.code
                for pool in pools_for(reglement.pools, accueil, part, age)
            ),
        )
        for part in parts
    )


# The judgement --------------------------------------------------------------


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
        *gates.unmet(
            situation.reglement.gates,
            account=situation.account,
            household=situation.household,
        ),
        *_window(period, at),
        *(
            refusal
            for line in lines
            for refusal in _day(line, period, situation, at)
        ),
    )


def _window(period: Period, at: dt.datetime) -> Iterable[Refusal]:
    if period.opens_at is not None and at < period.opens_at:
        yield WindowNotOpen(period.opens_at)
    if period.closes_at is not None and at >= period.closes_at:
        yield WindowClosed(period.closes_at)


def _day(
    line: Line, period: Period, situation: Situation, at: dt.datetime
) -> Iterable[Refusal]:
    opening = period.calendar.opening(line.day)
    if opening is not Opening.OPEN:
        yield _closed(line.day, opening, period)
        return

    if line.day < situation.custody.since:
        yield NotYetInCustody(line.day, situation.custody.since)
    yield from _late(line.day, situation.reglement, at)
    clash = _clash(line, situation)
    if clash is not None:
        yield clash
    elif is_full(line, taken=situation.taken, reglement=situation.reglement):
        yield DayFull(line.day)


def _late(
    day: dt.date, reglement: Reglement, at: dt.datetime
) -> Iterable[Refusal]:
    try:
        deadline = reglement.book_until.on(day).value
    except Refused as refused:
        yield from refused.refusals
        return
    if is_late(deadline, day, at):
        yield DeadlinePassed(day, moment_of(deadline, day))


def _closed(day: dt.date, opening: Opening, period: Period) -> Refusal:
    if opening is Opening.OUTSIDE:
        return DayOutsidePeriod(
            day, period.calendar.first_day, period.calendar.last_day
        )
    if opening is Opening.PUBLIC_HOLIDAY:
        return DayIsPublicHoliday(day)
    return DayClosed(day)


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
