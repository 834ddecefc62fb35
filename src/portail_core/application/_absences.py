"""
From booked days to where their money goes, as the règlement has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from portail_core.domain.cancellation import (
    Absence,
    Claim,
    ReleasedDay,
    Settlement,
    split_days,
)
from portail_core.domain.facts import Facts
from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import ZERO, Money
from portail_core.domain.offers import Period
from portail_core.domain.quotes import PricedLine
from portail_core.domain.requests import Asked, Line, LineState
from portail_core.ports.store import Reading

from . import reglements


def released_day(
    asked: Asked,
    period: Period,
    line: Line,
    released: Money,
    priced: Iterable[PricedLine],
) -> ReleasedDay:
    """
    What a booked day sets free.

    Args:
        asked: For whom.

        period: Of the day, in the règlement under which it was booked.

        line: As it is booked.

        released: Of what was paid.

        priced: What that paid for; less than zero where a change takes it
            away.
    """
    parts: dict[PrestationCode, Money] = {}
    for one in priced:
        amount = max(one.amount, ZERO - one.amount)
        parts[one.prestation] = parts.get(one.prestation, ZERO) + amount
    return ReleasedDay(
        facts=asked.facts.of_day(
            Facts(
                day=line.day,
                accueil=asked.accueil,
                amplitude=line.amplitude,
                season=period.calendar.season(line.day),
                age=line.age,
                rank=line.rank,
                siblings=line.siblings,
            )
        ),
        released=released,
        parts=parts,
    )


def settlements(
    asked: Asked,
    days: tuple[ReleasedDay, ...],
    reading: Reading,
    at: dt.datetime,
    *,
    claim: Claim | None = None,
) -> tuple[Settlement, ...]:
    """
    Where the money of days goes that are given back together, now.

    Args:
        asked: Its own version of the règlement decides.

        days: Ascending.

        reading: Holds that version, and what else the child has booked.

        at: When, UTC.

        claim: The reason that the family gives.

    Raises:
        Refused: As `split_days`.
    """
    under = reglements.version(reading, asked.reglement)
    period = under.period(asked.period)
    absence = Absence(
        child=asked.child,
        period=period.code,
        calendar=period.calendar,
        days=days,
        booked=_booked(asked, period, reading),
        at=at,
        claim=claim,
    )
    return split_days(under.cancellations_of(period), absence)


def _booked(
    asked: Asked, period: Period, reading: Reading
) -> tuple[dt.date, ...]:
    found = reading.live_requests(asked.child, period.calendar.open_days)
    days = {
        line.day
        for request in found
        if request.asked.household == asked.household
        and request.asked.period == asked.period
        for line in request.lines
        if line.state is LineState.CONFIRMED
    }
    return tuple(sorted(days))
