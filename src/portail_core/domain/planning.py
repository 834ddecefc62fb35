"""
The guide's « Mon planning »: what may be chosen, and a month of days.

Nothing is judged a second way here: each day of the grid is judged as a
request for that day alone would be.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from attrs import field, frozen

from . import bookings, quotes
from .amplitudes import Amplitude, ByTheHour, Chosen, Hours, Presence
from .bookings import Situation, Wish
from .capacity import suits
from .children import Child
from .days import day_of
from .deadlines import DAYS_A_WEEK
from .ids import AmplitudeCode, PeriodCode, RequestNumber
from .money import Money
from .offers import Accueil, Establishment, Period
from .refusals import Refusal, Refused
from .reglement import Reglement
from .requests import Line, LineState, RequestState

# « Choix établissement et période » -----------------------------------------


@frozen
class AgeNeverAdmitted(Refusal):
    """
    Places are counted by age group, and none counts the child on any open day
    of the period.
    """

    rule: ClassVar[str] = "planning.offers.age"
    period: PeriodCode


@frozen(kw_only=True)
class Offer:
    """
    A period that a child may be booked for, and all that the wizard shows.

    Attributes:
        period: With its first and last day and its booking window, which may
            not be open.

        amplitudes: Those that the accueil offers, in its order.

        refusal: Why the child can have no day of it, whatever the day.
    """

    establishment: Establishment
    accueil: Accueil
    period: Period
    amplitudes: tuple[Amplitude, ...]
    refusal: AgeNeverAdmitted | None


def offers(
    child: Child, *, reglement: Reglement, today: dt.date
) -> tuple[Offer, ...]:
    """
    What *child* may be booked for, in the order of the règlement.

    A period whose last day is before *today*, in Paris, is left out; one that
    does not suit the child's age stays, and says so.
    """
    return tuple(
        _offer(child, period, reglement)
        for period in reglement.periods
        if today <= period.calendar.last_day
    )


def _offer(child: Child, period: Period, reglement: Reglement) -> Offer:
    accueil = reglement.accueil(period.accueil)
    amplitudes = tuple(
        reglement.amplitude(accueil, code) for code in accueil.amplitudes
    )
    is_admitted = any(
        suits(
            reglement.pools,
            accueil,
            amplitude,
            bookings.facts_of(
                Line(day=day, amplitude=amplitude.code, places=()),
                period=period,
                child=child,
            ),
        )
        for amplitude in amplitudes
        for day in period.calendar.open_days
    )
    return Offer(
        establishment=reglement.establishment(accueil.establishment),
        accueil=accueil,
        period=period,
        amplitudes=amplitudes,
        refusal=None if is_admitted else AgeNeverAdmitted(period.code),
    )


# « Planning » ---------------------------------------------------------------

WEEKS = 6
"""Of a grid, whatever the month: the guide shows 27 April to 7 June 2026."""


@frozen(kw_only=True)
class Choice:
    """
    An amplitude on a day.

    Attributes:
        hours: Within which the family chooses its own; `None` if it chooses
            none.

        price: What the day would cost, for all of the hours; `None` without a
            price, and *refusals* say why.

        refusals: Everything that stands in the way of a request for this day
            alone, now, but for how many days its week must have; nothing if
            it may be booked.

        of_the_day: Those that do not stand for every day of the month: what a
            screen shows in the grid.
    """

    amplitude: AmplitudeCode
    label: str
    hours: Hours | None
    price: Money | None
    refusals: tuple[Refusal, ...]
    of_the_day: tuple[Refusal, ...]

    @property
    def is_free(self) -> bool:
        """
        Whether it may be booked now.
        """
        return not self.refusals


@frozen(kw_only=True)
class Booked:
    """
    A line of the household that takes its place, of whatever accueil.

    Attributes:
        accueil: Its label, as is the amplitude.

        hours: Where the family chose them.
    """

    number: RequestNumber
    accueil: str
    amplitude: str
    hours: Hours | None
    line: LineState
    request: RequestState


@frozen(kw_only=True)
class Day:
    """
    A square of the grid.

    Attributes:
        in_month: Or else it only completes a week.

        is_today: In Paris.

        is_public_holiday: « Férié »; the period may be open all the same.

        choices: One an amplitude, in the order of the accueil.

        booked: By request number, then as the day goes.
    """

    day: dt.date
    in_month: bool
    is_today: bool
    is_public_holiday: bool
    choices: tuple[Choice, ...]
    booked: tuple[Booked, ...]

    @property
    def is_free(self) -> bool:
        """
        Whether any of its choices may be booked now.
        """
        return any(choice.is_free for choice in self.choices)


@frozen(kw_only=True)
class Month:
    """
    « Mai 2026 »: six weeks, each from Monday to Sunday.

    Attributes:
        first_day: Of the month.

        previous: First day of the month before; `None` outside the period.

        next: « permet d'afficher le mois suivant »; `None` outside it.

        refusals: What stands in the way whatever the day.
    """

    first_day: dt.date
    previous: dt.date | None
    next: dt.date | None
    refusals: tuple[Refusal, ...]
    weeks: tuple[tuple[Day, ...], ...]


def shown_month(period: Period, day: dt.date) -> dt.date:
    """
    The first day of the month of *day*, or of the nearest in *period*.

    A period that begins in September is shown from September on, though today
    is in July.
    """
    calendar = period.calendar
    within = min(max(day, calendar.first_day), calendar.last_day)
    return within.replace(day=1)


def shown_days(first_day: dt.date) -> tuple[dt.date, ...]:
    """
    Six weeks, from the Monday of *first_day*, as far as there are dates.

    >>> days = shown_days(dt.date(2026, 5, 1))
    >>> days[0].isoformat(), days[-1].isoformat(), len(days)
    ('2026-04-27', '2026-06-07', 42)
    """
    monday = first_day.toordinal() - first_day.weekday()
    end = min(monday + WEEKS * DAYS_A_WEEK, dt.date.max.toordinal() + 1)
    return tuple(map(dt.date.fromordinal, range(monday, end)))


def shown_lines(
    first_day: dt.date, *, child: Child, period: Period, reglement: Reglement
) -> tuple[Line, ...]:
    """
    A line for each amplitude of each day of the grid, by day.

    Args:
        first_day: Of the month.
    """
    days = shown_days(first_day)
    accueil = reglement.accueil(period.accueil)
    by_amplitude = (
        bookings.lines_for(
            Wish(
                child=child.id,
                period=period.code,
                days=dict.fromkeys(
                    days, _widest(reglement.amplitude(accueil, amplitude))
                ),
            ),
            child=child,
            reglement=reglement,
        )
        for amplitude in accueil.amplitudes
    )
    by_day = zip(*by_amplitude, strict=True)
    return tuple(line for lines in by_day for line in lines)


def _widest(amplitude: Amplitude) -> Chosen:
    # As long as one may choose: whoever may have it, may have less.
    if amplitude.presence is Presence.WHOLE or amplitude.hours is None:
        return amplitude.code
    return ByTheHour(amplitude=amplitude.code, hours=amplitude.hours)


def month(
    lines: tuple[Line, ...],
    first_day: dt.date,
    *,
    period: Period,
    situation: Situation,
    booked: Mapping[dt.date, tuple[Booked, ...]],
    at: dt.datetime,
) -> Month:
    """
    The grid, judged.

    Args:
        lines: As `shown_lines` made them.

        first_day: Of the month.

        period: The one chosen.

        situation: With what is taken on all the days of *lines*.

        booked: The household's own lines, day by day.

        at: When the family looks, UTC.
    """
    judge = _Judge(
        period=period,
        situation=situation,
        at=at,
        closed=bookings.closed_gates(
            period=period, situation=situation, at=at
        ),
    )
    standing = judge.refusals()
    holidays = set(period.calendar.public_holidays)
    days = tuple(
        Day(
            day=day,
            in_month=day.month == first_day.month,
            is_today=day == day_of(at),
            is_public_holiday=day in holidays,
            choices=tuple(judge.choice(line, standing) for line in of_day),
            booked=booked.get(day, ()),
        )
        for day, of_day in groupby(lines, key=attrgetter("day"))
    )
    return Month(
        first_day=first_day,
        previous=_previous(first_day, period),
        next=_next(first_day, period),
        refusals=standing,
        weeks=tuple(_weeks(days)),
    )


@frozen(kw_only=True)
class _Judge:
    """
    Judges and prices the choices of a month, one by one.

    Attributes:
        closed: The gates that are, for every choice alike.
    """

    period: Period
    situation: Situation
    at: dt.datetime
    closed: tuple[Refusal, ...]
    _known: quotes.Alike = field(factory=dict, init=False)

    def refusals(self, *lines: Line) -> tuple[Refusal, ...]:
        past = bookings.refusals_past_gates(
            lines, period=self.period, situation=self.situation, at=self.at
        )
        return tuple(dict.fromkeys((*self.closed, *past)))

    def choice(self, line: Line, standing: tuple[Refusal, ...]) -> Choice:
        reglement = self.situation.reglement
        amplitude = reglement.amplitude(
            reglement.accueil(self.period.accueil), line.amplitude
        )
        refusals = self.refusals(line)
        price = None
        try:
            price = self.price(line, amplitude)
        except Refused as refused:
            refusals = (*refusals, *refused.refusals)
        return Choice(
            amplitude=amplitude.code,
            label=amplitude.label,
            hours=line.hours,
            price=price,
            refusals=refusals,
            of_the_day=tuple(r for r in refusals if r not in standing),
        )

    def price(self, line: Line, amplitude: Amplitude) -> Money:
        situation = self.situation
        visit = quotes.Visit(day=line.day, amplitude=amplitude, age=line.age)
        visits = quotes.Visits(
            child=situation.child.id,
            period=self.period,
            days=(visit,),
            birth_date=situation.child.birth_date,
            amounts=situation.facts.amounts.get(situation.child.id, {}),
        )
        return quotes.estimate(
            quotes.price(
                (visits,),
                household=situation.facts,
                reglement=situation.reglement,
                booked_on=situation.today,
                company=situation.company,
                known=self._known,
            )
        ).total


def _weeks(days: tuple[Day, ...]) -> Iterator[tuple[Day, ...]]:
    for monday in range(0, len(days), DAYS_A_WEEK):
        yield days[monday : monday + DAYS_A_WEEK]


def _last_day(first_day: dt.date) -> dt.date:
    _, days = monthrange(first_day.year, first_day.month)
    return first_day.replace(day=days)


def _previous(first_day: dt.date, period: Period) -> dt.date | None:
    if first_day <= period.calendar.first_day:
        return None
    return (first_day - dt.timedelta(days=1)).replace(day=1)


def _next(first_day: dt.date, period: Period) -> dt.date | None:
    last_day = _last_day(first_day)
    if period.calendar.last_day <= last_day:
        return None
    return last_day + dt.timedelta(days=1)
