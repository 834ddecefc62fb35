"""
A request: days a family asked for, held, then confirmed or released.

Places are held for a while from the moment of asking.  Starting to pay pins
them, so that nobody loses a day while typing a card number; the pin always
ends.  Once confirmed, days are cancelled one by one.

The module is a decider.  `decide` turns a command into the events that answer
it, or refuses; `evolve` folds one event into the request and never refuses.
Neither reads a clock: commands say when they happen.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, TypeAlias, assert_never

from attrs import Attribute, evolve as replace, field, frozen

from ._checks import moment, not_empty
from .cancellation import Settlement
from .ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    HouseholdId,
    PeriodCode,
    RegieCode,
    ReglementDigest,
    RequestNumber,
)
from .money import ZERO, Money
from .places import Place, is_taken
from .refusals import Refusal, Refused

# State ----------------------------------------------------------------------


class LineState(Enum):
    """
    Where one child-day stands.
    """

    HELD = "held"  # « En attente »: asked for, not paid
    CONFIRMED = "confirmed"  # « validée »: paid, the place is the child's
    CANCELLED = "cancelled"  # given back after payment
    DISCARDED = "discarded"  # thrown away before payment, by the family
    EXPIRED = "expired"  # not paid in time
    CREDITED = "credited"  # paid too late, the place was gone: an avoir


class RequestState(Enum):
    """
    Where a request stands, for who reads it.
    """

    AWAITING_PAYMENT = "awaiting-payment"  # « En attente de paiement »
    CONFIRMED = "confirmed"  # one of its days is, at the least
    CANCELLED = "cancelled"  # all of its days were
    DISCARDED = "discarded"
    EXPIRED = "expired"  # its time is over, whether a job noted it or not
    CREDITED = "credited"


_PAID = frozenset(
    {LineState.CONFIRMED, LineState.CANCELLED, LineState.CREDITED}
)


@frozen(kw_only=True)
class Line:
    """
    One child-day.

    Attributes:
        paid: What was paid for it; zero until confirmed.
    """

    day: dt.date
    amplitude: AmplitudeCode
    places: tuple[Place, ...]
    state: LineState = LineState.HELD
    paid: Money = ZERO


@frozen(kw_only=True)
class Pin:
    """
    An attempt to pay keeps the places.

    Attributes:
        until: First moment when it no longer does, UTC.
    """

    attempt: AttemptReference
    until: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Asked:
    """
    What was asked for, frozen when the places were taken.

    Attributes:
        account: Who asked, the « référent ».

        reglement: The version that decides prices and cancellation.

        quotient: The household's when it asked, euros; `None` without one.
    """

    household: HouseholdId
    account: AccountId
    child: ChildId
    regie: RegieCode
    accueil: AccueilCode
    period: PeriodCode
    reglement: ReglementDigest
    quotient: Decimal | None


@frozen(kw_only=True)
class Request:
    """
    A numbered request.

    Attributes:
        created_at: UTC.

        held_until: First moment when it is no longer held, UTC.

        lines: By day, ascending; each day once.
    """

    number: RequestNumber
    asked: Asked
    created_at: dt.datetime
    held_until: dt.datetime
    lines: tuple[Line, ...]
    pin: Pin | None = None

    @property
    def taken_until(self) -> dt.datetime:
        """
        First moment when its held lines no longer take their places, UTC.

        Starting to pay early does not shorten the hold.
        """
        if self.pin is None:
            return self.held_until
        return max(self.held_until, self.pin.until)

    def line(self, day: dt.date) -> Line | None:
        """
        The line of *day*.
        """
        return next((line for line in self.lines if line.day == day), None)

    def is_held(self) -> bool:
        """
        Whether it still waits for its payment; perhaps past its time.
        """
        return any(line.state is LineState.HELD for line in self.lines)

    def state(self, at: dt.datetime) -> RequestState:
        """
        Where it stands *at* a moment.
        """
        if self.is_payable(at):
            return RequestState.AWAITING_PAYMENT
        states = {line.state for line in self.lines}
        for shown, state in _SHOWN.items():
            if shown in states:
                return state
        return RequestState.CANCELLED

    def is_paid(self) -> bool:
        """
        Whether money came for it once, whatever became of its days since.
        """
        return any(line.state in _PAID for line in self.lines)

    def is_payable(self, at: dt.datetime) -> bool:
        """
        Whether its places are still taken, and not yet paid.
        """
        return self.is_held() and is_taken(self.taken_until, at)

    def takes(self, line: Line, at: dt.datetime) -> bool:
        """
        Whether *line* takes its places *at* a moment.
        """
        match line.state:
            case LineState.CONFIRMED:
                return True
            case LineState.HELD:
                return is_taken(self.taken_until, at)
            case _:
                return False


_SHOWN = {
    LineState.HELD: RequestState.EXPIRED,
    LineState.EXPIRED: RequestState.EXPIRED,
    LineState.CONFIRMED: RequestState.CONFIRMED,
    LineState.DISCARDED: RequestState.DISCARDED,
    LineState.CREDITED: RequestState.CREDITED,
}

# Commands -------------------------------------------------------------------


@frozen(kw_only=True)
class Hold:
    """
    Take the places of these days, for *span* from *at*.
    """

    number: RequestNumber
    asked: Asked
    lines: tuple[Line, ...] = field(validator=not_empty)
    at: dt.datetime = field(validator=moment)
    span: dt.timedelta


@frozen(kw_only=True)
class PinPlaces:
    """
    Keep the places while *attempt* may still pay them.
    """

    pin: Pin
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Unpin:
    """
    *attempt* ended unpaid.
    """

    attempt: AttemptReference


@frozen(kw_only=True)
class Discard:
    """
    « Cliquer sur la poubelle », before paying.
    """

    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Expire:
    """
    Release the places if their time is over.
    """

    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class Confirm:
    """
    It is paid: a fact, never refused.  Once: what a second payment brings is
    not the request's, and is answered by no event.

    Attributes:
        amounts: What was paid for each day.
    """

    attempt: AttemptReference
    amounts: tuple[tuple[dt.date, Money], ...]


@frozen(kw_only=True)
class Credit:
    """
    It is paid, too late, and a place is gone: the money became an avoir.
    """

    attempt: AttemptReference
    credit_note: CreditNoteNumber


def _each_day_once(
    _: object,
    attribute: Attribute[Any],
    settlements: tuple[tuple[dt.date, Settlement], ...],
) -> None:
    days: set[dt.date] = set()
    for day, _settlement in settlements:
        if day in days:
            msg = f"{attribute.name}: {day} is there twice"
            raise ValueError(msg)
        days.add(day)


@frozen(kw_only=True)
class Cancel:
    """
    Give back paid days, each once, with where its money goes.
    """

    settlements: tuple[tuple[dt.date, Settlement], ...] = field(
        validator=[not_empty, _each_day_once]
    )
    credit_note: CreditNoteNumber | None


Command: TypeAlias = (
    Hold | PinPlaces | Unpin | Discard | Expire | Confirm | Credit | Cancel
)

# Events ---------------------------------------------------------------------


@frozen(kw_only=True)
class RequestHeld:
    """
    Places were taken.
    """

    number: RequestNumber
    asked: Asked
    lines: tuple[Line, ...]
    at: dt.datetime
    until: dt.datetime


@frozen(kw_only=True)
class PlacesPinned:
    """
    An attempt to pay keeps the places.
    """

    pin: Pin


@frozen(kw_only=True)
class PlacesUnpinned:
    """
    The attempt ended unpaid; the hold alone keeps the places.
    """

    attempt: AttemptReference


@frozen(kw_only=True)
class RequestDiscarded:
    """
    The family threw the request away.
    """


@frozen(kw_only=True)
class RequestExpired:
    """
    Nobody paid in time.
    """


@frozen(kw_only=True)
class RequestConfirmed:
    """
    The days are the child's.
    """

    attempt: AttemptReference
    amounts: tuple[tuple[dt.date, Money], ...]


@frozen(kw_only=True)
class RequestCredited:
    """
    The money came too late; it is an avoir now.
    """

    attempt: AttemptReference
    credit_note: CreditNoteNumber


@frozen(kw_only=True)
class DayCancelled:
    """
    A paid day was given back.

    Attributes:
        credit_note: Holds what was credited; `None` if nothing was.
    """

    day: dt.date
    kept: Money
    credited: Money
    credit_note: CreditNoteNumber | None


Event: TypeAlias = (
    RequestHeld
    | PlacesPinned
    | PlacesUnpinned
    | RequestDiscarded
    | RequestExpired
    | RequestConfirmed
    | RequestCredited
    | DayCancelled
)

# Refusals -------------------------------------------------------------------


@frozen
class RequestUnknown(Refusal):
    """
    This household has no such request; whether another has is not said.
    """

    rule: ClassVar[str] = "request.unknown"
    number: RequestNumber


@frozen
class RequestOver(Refusal):
    """
    The request no longer waits for payment.
    """

    rule: ClassVar[str] = "request.over"
    number: RequestNumber


@frozen
class PaymentInProgress(Refusal):
    """
    A payment of these days may still arrive.
    """

    rule: ClassVar[str] = "request.payment-in-progress"
    until: dt.datetime


@frozen
class DayNotBooked(Refusal):
    """
    The day is no confirmed line of the request.
    """

    rule: ClassVar[str] = "request.cancel.not-booked"
    day: dt.date


@frozen
class NoDayCancelled(Refusal):
    """
    No day was chosen.
    """

    rule: ClassVar[str] = "request.cancel.no-day"


# Decider --------------------------------------------------------------------


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

    match command:
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

        case Confirm() | Credit() if request.is_paid():
            return ()

        case Confirm(attempt=attempt, amounts=amounts):
            return (RequestConfirmed(attempt=attempt, amounts=amounts),)

        case Credit(attempt=attempt, credit_note=credit_note):
            return (RequestCredited(attempt=attempt, credit_note=credit_note),)

        case Cancel():
            return _cancelled(command, request)

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
    return tuple(
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

        case RequestDiscarded():
            return _all_lines(request, LineState.DISCARDED)

        case RequestExpired():
            return _all_lines(request, LineState.EXPIRED)

        case RequestCredited():
            return _all_lines(request, LineState.CREDITED)

        case RequestConfirmed(amounts=amounts):
            paid = dict(amounts)
            confirmed = _all_lines(request, LineState.CONFIRMED)
            return replace(
                confirmed,
                lines=tuple(
                    replace(line, paid=paid[line.day])
                    for line in confirmed.lines
                ),
            )

        case DayCancelled(day=cancelled):
            return replace(
                request,
                lines=tuple(
                    replace(line, state=LineState.CANCELLED)
                    if line.day == cancelled
                    else line
                    for line in request.lines
                ),
            )

        case _:
            assert_never(event)


def _all_lines(request: Request, state: LineState) -> Request:
    return replace(
        request,
        pin=None,
        lines=tuple(replace(line, state=state) for line in request.lines),
    )
