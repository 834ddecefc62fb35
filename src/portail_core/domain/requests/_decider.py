"""
From a command to events, and from events to the request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, assert_never

from attrs import evolve as replace

from portail_core.domain.money import ZERO, Money
from portail_core.domain.places import is_taken
from portail_core.domain.refusals import Refused

from ._commands import (
    AboutMoney,
    AboutWaiting,
    Alter,
    Cancel,
    Change,
    Command,
    Confirm,
    Credit,
    Discard,
    Excuse,
    Expire,
    Hold,
    PinPlaces,
    Supersede,
    Unpin,
)
from ._events import (
    DayAltered,
    DayCancelled,
    DayExcused,
    DaysRepriced,
    DaySuperseded,
    Event,
    OfDays,
    PlacesPinned,
    PlacesUnpinned,
    RequestChanged,
    RequestConfirmed,
    RequestCredited,
    RequestDiscarded,
    RequestExpired,
    RequestHeld,
)
from ._refusals import (
    DayNotBooked,
    DayNotCancelled,
    PaymentInProgress,
    RequestOver,
)
from ._state import (
    Line,
    LineState,
    Request,
)


def hold(command: Hold) -> tuple[Event, ...]:
    """
    Take places; whether they may be taken was judged before.
    """
    return (
        RequestHeld(
            number=command.number,
            asked=command.asked,
            lines=command.lines,
            at=command.at,
            until=command.at + command.span,
        ),
    )


def decide(command: Command, request: Request | None) -> tuple[Event, ...]:
    """
    Answer *command*; `None` is a request that is not there yet.

    Raises:
        Refused: `RequestOver`, `PaymentInProgress` or `DayNotBooked`.
    """
    if isinstance(command, Hold):
        return hold(command)
    assert request is not None, "only Hold begins a request"

    if isinstance(command, AboutMoney):
        return _answer_money(command, request)
    return _answer_waiting(command, request)


def _answer_waiting(
    command: AboutWaiting, request: Request
) -> tuple[Event, ...]:
    match command:
        case Change(lines=lines, at=at):
            _refuse_unless_payable(request, at)
            _refuse_while_pinned(request, at)
            if lines == request.lines:
                return ()
            return (RequestChanged(lines=lines),)

        case PinPlaces(pin=pin, at=at):
            _refuse_unless_payable(request, at)
            return (PlacesPinned(pin=pin),)

        case Unpin(attempt=attempt):
            if request.pin is None or request.pin.attempt != attempt:
                return ()
            return (PlacesUnpinned(attempt=attempt),)

        case Discard(at=at):
            _refuse_unless_payable(request, at)
            _refuse_while_pinned(request, at)
            return (RequestDiscarded(),)

        case Expire(at=at):
            if not request.is_held() or request.is_payable(at):
                return ()
            return (RequestExpired(),)

        case _:
            assert_never(command)


def _answer_money(command: AboutMoney, request: Request) -> tuple[Event, ...]:
    match command:
        case Confirm() | Credit() if request.is_paid():
            return ()

        case Confirm(attempt=attempt, amounts=amounts):
            return (RequestConfirmed(attempt=attempt, amounts=amounts),)

        case Credit(attempt=attempt, credit_note=credit_note):
            return (RequestCredited(attempt=attempt, credit_note=credit_note),)

        case Cancel():
            return _cancelled(command, request)

        case Excuse():
            return _excused(command, request)

        case Supersede(day=day, by=by):
            refuse_unless_booked(request, (day,))
            return (DaySuperseded(day=day, by=by),)

        case Alter():
            return _altered(command, request)

        case _:
            assert_never(command)


def _refuse_unless_payable(request: Request, at: dt.datetime) -> None:
    if not request.is_payable(at):
        raise Refused(RequestOver(request.number))


def _refuse_while_pinned(request: Request, at: dt.datetime) -> None:
    if request.pin and is_taken(request.pin.until, at):
        raise Refused(PaymentInProgress(request.pin.until))


def _cancelled(command: Cancel, request: Request) -> tuple[Event, ...]:
    refuse_unless_booked(request, tuple(day for day, _ in command.settlements))
    cancelled = (
        DayCancelled(
            day=day,
            kept=settlement.kept,
            credited=settlement.credited,
            credit_note=command.credit_note
            if settlement.credited.cents
            else None,
        )
        for day, settlement in command.settlements
    )
    if not command.left:
        return tuple(cancelled)
    return *cancelled, DaysRepriced(amounts=command.left)


def _excused(command: Excuse, request: Request) -> tuple[Event, ...]:
    cancelled = {
        line.day for line in request.lines if line.state is LineState.CANCELLED
    }
    refusals = [
        DayNotCancelled(day)
        for day, _ in command.settlements
        if day not in cancelled
    ]
    if refusals:
        raise Refused(*refusals)
    return tuple(
        DayExcused(
            day=day,
            kept=settlement.kept,
            credited=settlement.credited,
            credit_note=command.credit_note,
        )
        for day, settlement in command.settlements
    )


def _altered(command: Alter, request: Request) -> tuple[Event, ...]:
    refuse_unless_booked(request, (command.day,))
    settlement = command.settlement
    return (
        DayAltered(
            day=command.day,
            amplitude=command.amplitude,
            places=command.places,
            paid=command.paid,
            kept=settlement.kept,
            credited=settlement.credited,
            credit_note=command.credit_note,
            hours=command.hours,
        ),
    )


def refuse_unless_booked(request: Request, days: tuple[dt.date, ...]) -> None:
    """
    Accept *days* that are confirmed lines of *request*.

    Raises:
        Refused: `DayNotBooked`, for every day that is not.
    """
    confirmed = {
        line.day for line in request.lines if line.state is LineState.CONFIRMED
    }
    refusals = [DayNotBooked(day) for day in days if day not in confirmed]
    if refusals:
        raise Refused(*refusals)


def evolve(request: Request | None, event: Event) -> Request:
    """
    The request after *event*.
    """
    if isinstance(event, RequestHeld):
        return Request(
            number=event.number,
            asked=event.asked,
            created_at=event.at,
            held_until=event.until,
            lines=event.lines,
        )
    assert request is not None, "only RequestHeld begins a request"

    match event:
        case PlacesPinned(pin=pin):
            return replace(request, pin=pin)

        case PlacesUnpinned():
            return replace(request, pin=None)

        case RequestDiscarded() | RequestExpired() | RequestCredited():
            return _all_lines(request, _ENDED[type(event)])

        case RequestConfirmed(amounts=amounts):
            return _confirmed(request, dict(amounts))

        case RequestChanged(lines=lines):
            return replace(request, lines=lines)

        case _:
            return _of_days(request, event)


_ENDED: Mapping[type[Event], LineState] = {
    RequestDiscarded: LineState.DISCARDED,
    RequestExpired: LineState.EXPIRED,
    RequestCredited: LineState.CREDITED,
}


def _of_days(request: Request, event: OfDays) -> Request:
    match event:
        case DayCancelled(day=day, kept=kept, credited=credited):
            # What it set free, which may not be its own price: what remains
            # of a package may cost more than its share.
            return _with_line(
                request,
                day,
                state=LineState.CANCELLED,
                paid=kept + credited,
            )

        case DaysRepriced(amounts=amounts):
            for day, paid in amounts:
                request = _with_line(request, day, paid=paid)
            return request

        case DayExcused():
            return request

        case DaySuperseded(day=day):
            return _with_line(request, day, state=LineState.SUPERSEDED)

        case DayAltered(day=day):
            return _with_line(
                request,
                day,
                amplitude=event.amplitude,
                places=event.places,
                paid=event.paid,
                hours=event.hours,
            )

        case _:
            assert_never(event)


def _all_lines(request: Request, state: LineState) -> Request:
    return replace(
        request,
        pin=None,
        lines=tuple(replace(line, state=state) for line in request.lines),
    )


def _confirmed(request: Request, paid: Mapping[dt.date, Money]) -> Request:
    confirmed = _all_lines(request, LineState.CONFIRMED)
    lines = (_paid(line, paid.get(line.day, ZERO)) for line in confirmed.lines)
    return replace(confirmed, lines=tuple(lines))


def _paid(line: Line, amount: Money) -> Line:
    if line.replaces is None:
        return replace(line, paid=amount)
    # What it stands in for was paid before, and so were its places.
    return replace(
        line,
        paid=line.replaces.paid + amount,
        places=(*line.replaces.places, *line.places),
    )


def _with_line(request: Request, day: dt.date, **changes: Any) -> Request:
    lines = (
        replace(line, **changes) if line.day == day else line
        for line in request.lines
    )
    return replace(request, lines=tuple(lines))
