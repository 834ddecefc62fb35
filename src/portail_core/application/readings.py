"""
What a family reads of its requests, with their labels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from attrs import frozen

from portail_core.domain.amplitudes import Hours
from portail_core.domain.ids import RequestNumber
from portail_core.domain.money import ZERO, Money
from portail_core.domain.pages import Page, Paging, page
from portail_core.domain.quotes import PricedLine, by_day
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import (
    Line,
    LineState,
    Request,
    RequestState,
)
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store

from . import reglements
from ._booking import known_request
from ._pricing import priced_under
from ._together import priced_together
from .members import Member


@frozen(kw_only=True)
class LineDetail:
    """
    A child-day of the guide's « Détail de la réservation ».

    Attributes:
        hours: Where the family chose them.

        takes_place: Whether its place is taken now.

        amount: What was paid for it, in all if it was changed; or what it
            costs, beyond what was paid before if it is a change.
    """

    day: dt.date
    amplitude: str
    hours: Hours | None
    state: LineState
    takes_place: bool
    amount: Money


@frozen(kw_only=True)
class RequestDetail:
    """
    The guide's « Détail de la réservation ».

    Attributes:
        referent: Who asked: « MARTIN-DURAND Camille », or the account's
            address if the household did not describe itself.

        usager: The child: « MARTIN-DURAND Lou ».

        created_at: UTC.

        held_until: First moment when it is no longer held, UTC.

        state: Where it stands now.
    """

    number: RequestNumber
    referent: str
    usager: str
    establishment: str
    accueil: str
    period: str
    created_at: dt.datetime
    held_until: dt.datetime
    state: RequestState
    lines: tuple[LineDetail, ...]


_PAID = frozenset(
    {LineState.CONFIRMED, LineState.CANCELLED, LineState.SUPERSEDED}
)


def request_detail(
    number: RequestNumber, *, member: Member, store: Store, clock: Clock
) -> RequestDetail:
    """
    « Détail de la réservation », whatever became of it: a mail may name it.

    Raises:
        Refused: `RequestUnknown`.
    """
    at = clock.now()
    with store.reading() as reading:
        request = known_request(reading.of(member.household), number)
        (detail,) = _details([(request, request.lines)], member, reading, at)
    return detail


def request_details(
    asked: Paging, *, member: Member, store: Store, clock: Clock
) -> Page[RequestDetail]:
    """
    The household's requests that hold or booked a day, the last number first.

    « En cas d'annulation, la réservation ne sera plus visible »: neither is a
    line, nor a request of which no other line is left.

    Args:
        asked: Beyond the last page, the last one is shown.
    """
    at = clock.now()
    with store.reading() as reading:
        family = reading.of(member.household)
        total = family.count_shown_requests(at)
        asked = asked.within(total)
        shown = [
            (
                request,
                tuple(one for one in request.lines if request.takes(one, at)),
            )
            for request in family.shown_requests(at, asked)
        ]
        return page(_details(shown, member, reading, at), asked, total)


def _details(
    shown: Iterable[tuple[Request, tuple[Line, ...]]],
    member: Member,
    reading: Reading,
    at: dt.datetime,
) -> tuple[RequestDetail, ...]:
    family = reading.of(member.household)
    under = reglements.versions(reading)
    waiting = {
        priced.request.number: priced.lines
        for priced in priced_together(
            family.payable_requests(at), member.household, reading
        )
    }
    adults = {a.account: a.name for a in family.household().adults}
    children = {child.id: child.name for child in family.children()}
    return tuple(
        _detail(
            request,
            lines,
            referent=adults.get(request.asked.account)
            or _address(request, reading),
            usager=children[request.asked.child],
            reglement=under(request.asked.reglement),
            prices=by_day(
                waiting.get(request.number)
                or _once_asked(request, under(request.asked.reglement))
            ),
            at=at,
        )
        for request, lines in shown
    )


def _once_asked(
    request: Request, reglement: Reglement
) -> tuple[PricedLine, ...]:
    if all(line.state in _PAID for line in request.lines):
        return ()
    return priced_under(reglement, request)


def _detail(
    request: Request,
    lines: tuple[Line, ...],
    *,
    referent: str,
    usager: str,
    reglement: Reglement,
    prices: Mapping[dt.date, Money],
    at: dt.datetime,
) -> RequestDetail:
    asked = request.asked
    accueil = reglement.accueil(asked.accueil)
    return RequestDetail(
        number=request.number,
        referent=referent,
        usager=usager,
        establishment=reglement.establishment(accueil.establishment).label,
        accueil=accueil.label,
        period=reglement.period(asked.period).label,
        created_at=request.created_at,
        held_until=request.held_until,
        state=request.state(at),
        lines=tuple(
            LineDetail(
                day=line.day,
                amplitude=reglement.amplitude(accueil, line.amplitude).label,
                hours=line.hours,
                state=line.state,
                takes_place=request.takes(line, at),
                amount=line.paid
                if line.state in _PAID
                else prices.get(line.day, ZERO),
            )
            for line in lines
        ),
    )


def _address(request: Request, reading: Reading) -> str:
    account = reading.account(request.asked.account)
    assert account is not None, "a request was asked by an account"
    return account.email
