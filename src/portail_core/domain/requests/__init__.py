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
from ._decider import decide, evolve, hold, refuse_unless_booked
from ._events import (
    DayAltered,
    DayCancelled,
    DayExcused,
    DaysRepriced,
    DaySuperseded,
    Event,
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
    ChangePending,
    DayNotBooked,
    DayNotCancelled,
    NoDayCancelled,
    PaymentInProgress,
    PricedTogether,
    RequestOver,
    RequestUnknown,
    SameAmplitude,
)
from ._state import (
    Asked,
    Line,
    LineState,
    Pin,
    Replaced,
    Request,
    RequestState,
)

__all__ = [
    "Alter",
    "Asked",
    "Cancel",
    "Change",
    "ChangePending",
    "Command",
    "Confirm",
    "Credit",
    "DayAltered",
    "DayCancelled",
    "DayExcused",
    "DayNotBooked",
    "DayNotCancelled",
    "DaySuperseded",
    "DaysRepriced",
    "Discard",
    "Event",
    "Excuse",
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
    "PricedTogether",
    "Replaced",
    "Request",
    "RequestChanged",
    "RequestConfirmed",
    "RequestCredited",
    "RequestDiscarded",
    "RequestExpired",
    "RequestHeld",
    "RequestOver",
    "RequestState",
    "RequestUnknown",
    "SameAmplitude",
    "Supersede",
    "Unpin",
    "decide",
    "evolve",
    "hold",
    "refuse_unless_booked",
]
