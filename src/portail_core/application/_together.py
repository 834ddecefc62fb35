"""
What a household's open requests cost together.

The price of a day may depend on the other children who come that day, and on
what was billed already for the month or the year.  So the requests of a
basket are priced in one go, oldest first, beside what the household has paid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, frozen

from portail_core.domain.ids import (
    ChildId,
    HouseholdId,
    ReglementDigest,
    RequestNumber,
)
from portail_core.domain.offers import Period
from portail_core.domain.payments import Bought
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.domain.quotes import (
    ALONE,
    Company,
    PricedLine,
    Visits,
    asks_ranks,
    ranked,
)
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line, LineState, Request
from portail_core.ports.store import HouseholdReading, Reading

from . import reglements
from ._pricing import priced_under, tariff_under

Under = Callable[[ReglementDigest], Reglement]


@frozen
class Priced:
    """
    A request, its lines ranked, and what it costs.
    """

    request: Request
    lines: tuple[PricedLine, ...]


def priced_together(
    requests: Iterable[Request], household: HouseholdId, reading: Reading
) -> tuple[Priced, ...]:
    """
    What *requests* cost, in their order.

    Args:
        requests: Open ones of the household, oldest first; one that is only
            wished for comes last.

        household: Whose.

        reading: Holds their versions, and what was paid.

    Raises:
        Refused: As `portail_core.domain.quotes.price`.
    """
    under = reglements.versions(reading)
    open_ones = tuple(requests)
    family = reading.of(household)
    if any(_by_rank(request, under) for request in open_ones):
        open_ones = _ranked(open_ones, family, under)
    billed = set(billed_once(family))
    found: list[Priced] = []
    for request in open_ones:
        lines = priced_under(
            under(request.asked.reglement), request, billed=billed
        )
        billed.update(line.together for line in lines if line.together)
        found.append(Priced(request, lines))
    return tuple(found)


def days_of(request: Request) -> tuple[Bought, ...]:
    """
    What paying *request* buys.
    """
    return tuple(
        Bought(day=line.day, amplitude=line.amplitude, hours=line.hours)
        for line in request.lines
    )


def company_of(
    period: Period,
    reglement: Reglement,
    household: HouseholdId,
    reading: Reading,
    at: dt.datetime,
) -> Company:
    """
    What prices of *period* depend on, beside the days that are wished for.

    Args:
        period: Of the days.

        reglement: The active one.

        household: Whose.

        reading: Holds what was paid.

        at: When the family looks, UTC.
    """
    by_rank = asks_ranks(reglement, period)
    by_span = any(prestation.once_per for prestation in reglement.prestations)
    if not (by_rank or by_span):
        return ALONE
    open_ones = reading.of(household).payable_requests(at)
    visits: tuple[Visits, ...] = ()
    if by_rank:
        under = reglements.versions(reading)
        visits = _company(open_ones, reading.of(household), under, period)
    billed: set[str] = set()
    if by_span:
        billed.update(billed_once(reading.of(household)))
        for priced in priced_together(open_ones, household, reading):
            billed.update(
                line.together for line in priced.lines if line.together
            )
    return Company(visits=visits, billed=frozenset(billed))


def billed_once(family: HouseholdReading) -> Iterator[str]:
    """
    What is billed once, and was, for days that still stand.
    """
    invoices = family.invoices()
    if not any(line.priced.together for one in invoices for line in one.lines):
        return
    standing = {
        request.number
        for request in family.requests()
        if any(line.state is LineState.CONFIRMED for line in request.lines)
    }
    for invoice in invoices:
        for line in invoice.lines:
            if line.request in standing and line.priced.together:
                yield line.priced.together


def _by_rank(request: Request, under: Under) -> bool:
    reglement = under(request.asked.reglement)
    return asks_ranks(reglement, reglement.period(request.asked.period))


def _ranked(
    requests: tuple[Request, ...], family: HouseholdReading, under: Under
) -> tuple[Request, ...]:
    """
    Each line with the rank of its child; ranks that were paid stand.
    """
    first = requests[0]
    period = under(first.asked.reglement).period(first.asked.period)
    everyone = _company(requests, family, under, period)
    return tuple(
        evolve(
            request,
            lines=tuple(
                evolve(line, rank=visit.rank, siblings=visit.siblings)
                for line, visit in zip(
                    request.lines,
                    ranked(everyone, under(request.asked.reglement))[at].days,
                    strict=True,
                )
            ),
        )
        for at, request in enumerate(requests)
    )


def _company(
    open_ones: tuple[Request, ...],
    family: HouseholdReading,
    under: Under,
    period: Period,
) -> tuple[Visits, ...]:
    """
    All the household's days: those of *open_ones* first, in their order and
    without a rank; then those it paid, with theirs; then the children that
    come to no day yet, and are pre-registered.
    """
    births = {child.id: child.birth_date for child in family.children()}
    numbers: set[RequestNumber] = {request.number for request in open_ones}
    days = [
        *((r, tuple(map(_unranked, r.lines))) for r in open_ones),
        *(
            (request, confirmed)
            for request in family.requests()
            if request.number not in numbers
            and (confirmed := _confirmed(request.lines))
        ),
    ]
    company = [
        evolve(
            tariff_under(under(request.asked.reglement), request).visits(
                lines
            ),
            birth_date=births.get(request.asked.child),
        )
        for request, lines in days
    ]
    known = {visits.child for visits in company}
    company.extend(
        Visits(child=child, period=period, days=(), birth_date=births[child])
        for child in _admitted(family)
        if child in births and child not in known
    )
    return tuple(company)


def _admitted(family: HouseholdReading) -> set[ChildId]:
    return {
        one.child
        for one in family.pre_registrations()
        if one.state is PreRegistrationState.ACCEPTED
    }


def _unranked(line: Line) -> Line:
    return evolve(line, rank=None, siblings=None)


def _confirmed(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.state is LineState.CONFIRMED)
