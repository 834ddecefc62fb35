"""
From booked days to where their money goes, as the règlement has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from attrs import frozen

from portail_core.domain.cancellation import (
    Absence,
    By,
    Claim,
    ReleasedDay,
    Settlement,
    split_days,
)
from portail_core.domain.facts import Facts
from portail_core.domain.ids import ChildId, PrestationCode, ReasonCode
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.offers import Period
from portail_core.domain.quotes import PricedLine, freed
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import Asked, Line, LineState, Request
from portail_core.ports.store import Reading

from . import reglements
from ._booking import known_child
from ._pricing import Tariff, tariff_of


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
    aids: list[Money] = []
    for one in priced:
        amount = max(one.amount, ZERO - one.amount)
        parts[one.prestation] = parts.get(one.prestation, ZERO) + amount
        aids.extend(aided.amount for aided in one.aids)
    return ReleasedDay(
        facts=_facts(asked, period, line),
        released=released,
        parts=parts,
        aid=max(total(aids), ZERO),
    )


def _facts(asked: Asked, period: Period, line: Line) -> Facts:
    return asked.facts.of_day(
        Facts(
            day=line.day,
            accueil=asked.accueil,
            amplitude=line.amplitude,
            season=period.calendar.season(line.day),
            age=line.age,
            rank=line.rank,
            siblings=line.siblings,
            arrives=line.hours.arrives if line.hours else None,
            leaves=line.hours.leaves if line.hours else None,
        )
    )


@frozen(kw_only=True)
class Released:
    """
    What booked days set free, and what the others then cost.

    Attributes:
        days: Ascending.

        left: What is paid from now on for each day that remains, where it is
            not as before.
    """

    days: tuple[ReleasedDay, ...]
    left: tuple[tuple[dt.date, Money], ...]


def released_days(
    request: Request, days: tuple[dt.date, ...], reading: Reading
) -> Released:
    """
    What paid *days* of a request set free, one after the other: what was
    paid, less the price of what remains by the same version.

    Args:
        request: Paid.

        days: Confirmed lines of it, ascending.

        reading: Holds its version and its invoice.

    Raises:
        Refused: `NoPackage`, if no package is for the days that would remain.
    """
    tariff = tariff_of(request, reading)
    lines = {
        line.day: line
        for line in request.lines
        if line.state is LineState.CONFIRMED
    }
    before = tariff.price(lines.values())
    elsewhere = billed_elsewhere(request, before, reading)

    def rest(gone: frozenset[dt.date]) -> tuple[PricedLine, ...]:
        remaining = [line for day, line in lines.items() if day not in gone]
        return tariff.price(remaining, billed=elsewhere)

    found = freed(
        days,
        paid=total(line.paid for line in lines.values()),
        before=rest(frozenset()),
        rest=rest,
    )
    return Released(
        days=tuple(
            ReleasedDay(
                facts=_facts(request.asked, tariff.period, lines[one.day]),
                released=one.released,
                parts=one.parts,
                aid=one.aid,
            )
            for one in found
        ),
        left=tuple(
            (day, amount)
            for day, amount in found[-1].left.items()
            if amount != lines[day].paid
        ),
    )


def billed_elsewhere(
    request: Request, priced: Iterable[PricedLine], reading: Reading
) -> frozenset[str]:
    """
    What is billed once, and was not billed with *request*.
    """
    names = {line.together for line in priced if line.together}
    if not names:
        return frozenset()
    own = {
        line.priced.together
        for invoice in reading.of(request.asked.household).invoices()
        for line in invoice.lines
        if line.request == request.number
    }
    return frozenset(names - own)


def cancelled_days(
    request: Request, days: Collection[dt.date], reading: Reading
) -> tuple[ReleasedDay, ...]:
    """
    What *days* set free when they were cancelled, ascending.
    """
    tariff = tariff_of(request, reading)
    return tuple(
        released_day(
            request.asked,
            tariff.period,
            line,
            line.paid,
            _alone(tariff, line),
        )
        for line in request.lines
        if line.day in days
    )


def _alone(tariff: Tariff, line: Line) -> tuple[PricedLine, ...]:
    try:
        return tariff.price((line,))
    except Refused:
        # A day of a package has no price of its own.
        return ()


def claim_of(
    asked: Asked,
    reason: ReasonCode | None,
    about: ChildId | None,
    reading: Reading,
) -> Claim | None:
    """
    The reason that a family gives, by the version it booked under.

    Args:
        asked: The booking.

        reason: `None` without one.

        about: Whom it is about; `None` is the child that is booked.

        reading: Holds the version, and the household's children.

    Raises:
        Refused: `ReasonUnknown`, `ChildUnknown`.
    """
    if reason is None:
        return None
    under = reglements.version(reading, asked.reglement)
    child = known_child(reading.of(asked.household), about or asked.child)
    return Claim(reason=under.reason(reason, By.FAMILY), child=child.id)


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
