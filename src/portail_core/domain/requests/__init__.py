"""
A request: days a family asked for, held, then confirmed or released.

Places are held for a while from the moment of asking.  Starting to pay pins
them, so that nobody loses a day while typing a card number; the pin always
ends.  Once confirmed, days are cancelled one by one.

The module is a decider.  `decide` turns a command into the events that answer
it, or refuses; `evolve` folds one event into the request and never refuses.
Neither reads a clock: commands say when they happen.
"""

from ._commands import (
    Cancel,
    Command,
    Confirm,
    Credit,
    Discard,
    Expire,
    Hold,
    PinPlaces,
    Unpin,
)
from ._decider import decide, evolve, hold, refuse_unless_booked
from ._events import (
    DayCancelled,
    Event,
    PlacesPinned,
    PlacesUnpinned,
    RequestConfirmed,
    RequestCredited,
    RequestDiscarded,
    RequestExpired,
    RequestHeld,
)
from ._refusals import (
    DayNotBooked,
    NoDayCancelled,
    PaymentInProgress,
    RequestOver,
    RequestUnknown,
)
from ._state import Asked, Line, LineState, Pin, Request, RequestState

__all__ = [
    "Asked",
    "Cancel",
    "Command",
    "Confirm",
    "Credit",
    "DayCancelled",
    "DayNotBooked",
    "Discard",
    "Event",
    "Expire",
    "Hold",
    "Line",
    "LineState",
    "NoDayCancelled",
    "PaymentInProgress",
    "Pin",
    "PinPlaces",
    "PlacesPinned",
    "PlacesUnpinned",
    "Request",
    "RequestConfirmed",
    "RequestCredited",
    "RequestDiscarded",
    "RequestExpired",
    "RequestHeld",
    "RequestOver",
    "RequestState",
    "RequestUnknown",
    "Unpin",
    "decide",
    "evolve",
    "hold",
    "refuse_unless_booked",
]
