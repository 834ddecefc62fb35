"""
From a wish to child-days, each with the places it takes.
"""

from __future__ import annotations

from attrs import evolve

from portail_core.domain.amplitudes import Amplitude, amplitude_of, hours_of
from portail_core.domain.capacity import pools_for
from portail_core.domain.children import (
    Child,
    age_on,
)
from portail_core.domain.facts import Facts
from portail_core.domain.offers import Accueil
from portail_core.domain.places import Place
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line, Replaced, Request

from ._facts import facts_of
from ._refusals import (
    NoDayWished,
    TooManyDays,
)
from ._wish import Wish

MOST_DAYS = 366
"""Of one request: judging them holds up other families."""


def lines_for(
    wish: Wish, *, child: Child, reglement: Reglement
) -> tuple[Line, ...]:
    """
    The child-days of *wish*, ascending, each with the places it takes.

    Raises:
        Refused: `PeriodUnknown`, `NoDayWished`, `TooManyDays`; or
            `AmplitudeUnknown` for every amplitude that the accueil does not
            offer, and `HoursMissing`, `HoursNotAsked`, `HoursReversed` or
            `HoursOutside` for every day that needs others.
    """
    period = reglement.period(wish.period)
    accueil = reglement.accueil(period.accueil)
    if not wish.days:
        raise Refused(NoDayWished())
    if len(wish.days) > MOST_DAYS:
        raise Refused(TooManyDays(MOST_DAYS))

    lines: list[Line] = []
    refusals: list[Refusal] = []
    for day in sorted(wish.days):
        code, hours = amplitude_of(wish.days[day]), hours_of(wish.days[day])
        try:
            amplitude = reglement.amplitude(accueil, code)
            amplitude.check(hours, day)
        except Refused as refused:
            refusals.extend(refused.refusals)
            continue
        line = Line(
            day=day,
            amplitude=code,
            places=(),
            hours=hours,
            age=age_on(child.birth_date, day),
        )
        places = _places(
            amplitude,
            accueil,
            facts_of(line, period=period, child=child),
            reglement,
        )
        lines.append(evolve(line, places=places))
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    return tuple(lines)


def replacing(request: Request, line: Line) -> Line:
    """
    *line*, as a change of the booked line of that day of *request*: it takes
    the places that it adds, and will take over those of the parts in both.
    """
    booked = request.line(line.day)
    assert booked is not None, "it is booked"
    parts = {place.part for place in line.places}
    standing = {place.part for place in booked.places}
    return evolve(
        line,
        places=tuple(p for p in line.places if p.part not in standing),
        replaces=Replaced(
            request=request.number,
            amplitude=booked.amplitude,
            paid=booked.paid,
            places=tuple(p for p in booked.places if p.part in parts),
            hours=booked.hours,
        ),
    )


def _places(
    amplitude: Amplitude,
    accueil: Accueil,
    facts: Facts,
    reglement: Reglement,
) -> tuple[Place, ...]:
    return tuple(
        Place(
            part,
            tuple(
                pool.code
                for pool in pools_for(reglement.pools, accueil, part, facts)
            ),
        )
        for part in amplitude.parts
    )
