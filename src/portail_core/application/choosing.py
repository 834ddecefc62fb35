"""
The guide's wizard: « Choix établissement et période », then « Planning ».

Nothing is written, and nothing tidied: what is over counts for nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from portail_core.domain import bookings, planning
from portail_core.domain.days import day_of
from portail_core.domain.ids import ChildId, PeriodCode
from portail_core.domain.planning import Booked, Month, Offer
from portail_core.domain.requests import Request
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store

from . import reglements
from ._booking import child_days, known_child, spots_of, taken_parts
from .members import Member
from .planning import situation_of
from .reglements import ActiveReglement


def offers(
    child: ChildId,
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> tuple[Offer, ...]:
    """
    What *child* may be booked for: periods that are not over.

    Raises:
        Refused: `ChildUnknown`.
    """
    today = day_of(clock.now())
    with store.reading() as reading:
        found = known_child(reading.of(member.household), child)
    return planning.offers(found, reglement=reglement.value, today=today)


def month(
    child: ChildId,
    period: PeriodCode,
    day: dt.date,
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Month:
    """
    A month of the planning: what may be booked now, and what is booked.

    Each choice is refused for the same reasons as a request for it alone
    would be. However many days there are, the storage is asked as often.

    Args:
        child: One of the household's.

        period: The one chosen.

        day: Any day of the month; of one outside the period, the nearest
            month of the period is shown.

    Raises:
        Refused: `ChildUnknown`, `PeriodUnknown`.
    """
    at = clock.now()
    chosen = reglement.value.period(period)
    first_day = planning.shown_month(chosen, day)
    with store.reading() as reading:
        found = known_child(reading.of(member.household), child)
        lines = planning.shown_lines(
            first_day, child=found, period=chosen, reglement=reglement.value
        )
        days = planning.shown_days(first_day)
        around = bookings.days_around(
            days, period=chosen, reglement=reglement.value
        )
        live = reading.live_requests(child, sorted(around))
        return planning.month(
            lines,
            first_day,
            period=chosen,
            situation=situation_of(
                found,
                member,
                reading,
                reglement.value,
                own=taken_parts(live, days, at),
                taken=reading.taken(spots_of(lines), at),
                others=child_days(live, at),
                period=chosen,
                at=at,
            ),
            booked=_booked(
                (r for r in live if r.asked.household == member.household),
                reading,
                at,
            ),
            at=at,
        )


def _booked(
    own: Iterable[Request], reading: Reading, at: dt.datetime
) -> Mapping[dt.date, tuple[Booked, ...]]:
    under = reglements.versions(reading)
    booked: dict[dt.date, tuple[Booked, ...]] = {}
    for request in own:
        reglement = under(request.asked.reglement)
        accueil = reglement.accueil(request.asked.accueil)
        for line in request.lines:
            if request.takes(line, at):
                shown = Booked(
                    number=request.number,
                    accueil=accueil.label,
                    amplitude=reglement.amplitude(
                        accueil, line.amplitude
                    ).label,
                    hours=line.hours,
                    line=line.state,
                    request=request.state(at),
                )
                booked[line.day] = (*booked.get(line.day, ()), shown)
    return booked
