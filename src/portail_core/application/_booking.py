"""
What several use cases read and tidy about places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from portail_core.domain import requests
from portail_core.domain.bookings import ChildDay
from portail_core.domain.children import Child, ChildUnknown
from portail_core.domain.documents import FromFirstDay
from portail_core.domain.ids import (
    ChildId,
    HouseholdId,
    PartCode,
    RequestNumber,
)
from portail_core.domain.places import Spot, spots
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import (
    ChangePending,
    Line,
    Request,
    RequestUnknown,
)
from portail_core.ports.store import HouseholdReading, PoolDay, Reading

from ._recorder import Recorder


def spots_of(lines: Iterable[Line]) -> tuple[Spot, ...]:
    """
    Every spot that *lines* take.
    """
    return tuple(
        spot for line in lines for spot in spots(line.day, line.places)
    )


def locks_of(lines: Iterable[Line]) -> tuple[PoolDay, ...]:
    """
    What to lock before counting the places of *lines*.
    """
    return tuple((spot.pool, spot.day) for spot in spots_of(lines))


def known_child(family: HouseholdReading, child: ChildId) -> Child:
    """
    A child of this household.

    Raises:
        Refused: `ChildUnknown`.
    """
    found = family.child(child)
    if found is None:
        raise Refused(ChildUnknown())
    return found


def known_request(family: HouseholdReading, number: RequestNumber) -> Request:
    """
    A request of this household.

    Raises:
        Refused: `RequestUnknown`.
    """
    request = family.request(number)
    if request is None:
        raise Refused(RequestUnknown(number))
    return request


def taken_by_child(
    recorder: Recorder,
    child: ChildId,
    lines: Iterable[Line],
    *,
    besides: Collection[RequestNumber] = (),
) -> Mapping[tuple[dt.date, PartCode], HouseholdId]:
    """
    Which parts of these days the child's other requests take, and for whom.

    Those of *besides* are decided elsewhere in the same transaction.  Other
    requests whose time is over are released on the way: their places would
    stand where new ones go.
    """
    days = {line.day for line in lines}
    found = live_of(recorder, child, days, besides=besides)
    return taken_parts(found, days, recorder.at)


def live_of(
    recorder: Recorder,
    child: ChildId,
    days: Iterable[dt.date],
    *,
    besides: Collection[RequestNumber] = (),
) -> tuple[Request, ...]:
    """
    Requests of any household that may take one of *days* for *child*, but for
    those of *besides*; those whose time is over are released on the way.
    """
    return tuple(
        recorder.request(requests.Expire(at=recorder.at), found)
        for found in recorder.tx.live_requests(child, sorted(days))
        if found.number not in besides
    )


def child_days(
    found: Iterable[Request], at: dt.datetime
) -> tuple[ChildDay, ...]:
    """
    The days that requests of one child take.
    """
    return tuple(
        ChildDay(
            day=line.day,
            accueil=request.asked.accueil,
            amplitude=line.amplitude,
            household=request.asked.household,
        )
        for request in found
        for line in request.lines
        if request.takes(line, at)
    )


def first_day_of(
    child: ChildId,
    family: HouseholdReading,
    reglement: Reglement,
    at: dt.datetime,
) -> dt.date | None:
    """
    The first day that the household has booked for *child*; `None` for none,
    or if no document of *reglement* is waited for from it on.
    """
    if not any(
        isinstance(grace, FromFirstDay)
        for kind in reglement.documents
        for grace in kind.graces
    ):
        return None
    return min(
        (
            line.day
            for request in family.requests()
            if request.asked.child == child
            for line in request.lines
            if request.takes(line, at)
        ),
        default=None,
    )


def taken_parts(
    found: Iterable[Request], days: Collection[dt.date], at: dt.datetime
) -> Mapping[tuple[dt.date, PartCode], HouseholdId]:
    """
    Which parts of *days* requests of one child take, and for whom.
    """
    return {
        (line.day, place.part): request.asked.household
        for request in found
        for line in request.lines
        if line.day in days and request.takes(line, at)
        for place in line.places
    }


def taken_places(
    recorder: Recorder,
    lines: Iterable[Line],
    *,
    besides: Collection[RequestNumber] = (),
) -> Mapping[Spot, int]:
    """
    How many places are taken where *lines* take theirs.

    Requests whose time is over are released on the way, but for *besides*:
    their places may now be another's, and a clock that is set back, or that
    of another host, must not give them back.
    """
    wanted = spots_of(lines)
    for found in recorder.tx.stale_holders(wanted, recorder.at):
        if found.number not in besides:
            recorder.request(requests.Expire(at=recorder.at), found)
    return recorder.tx.taken(wanted, recorder.at)


def refuse_while_changing(
    request: Request,
    days: Iterable[dt.date],
    reading: Reading,
    at: dt.datetime,
) -> None:
    """
    Accept *days* of *request* that no change waits to replace.

    Raises:
        Refused: `ChangePending`, for every day that one does.
    """
    changed = sorted(days)
    refusals = [
        ChangePending(line.day, found.number, found.taken_until)
        for found in reading.live_requests(request.asked.child, changed)
        if found.is_payable(at)
        for line in found.lines
        if line.replaces
        and line.replaces.request == request.number
        and line.day in changed
    ]
    if refusals:
        raise Refused(*refusals)
