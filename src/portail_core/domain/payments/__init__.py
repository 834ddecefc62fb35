"""
An attempt to pay: one try, with its own reference, at a frozen amount.

An attempt is open from its first commit to a final answer, or to the
provider's horizon once the payer was sent there, or for five minutes if never.
Past that it is unknown: places are free, the provider is still asked, and
money that comes later is late money.

A payment is a fact reported to us, not a wish: it is accepted from every
state, once; what does not match is set aside for a human, never dropped.
"""

from ._commands import (
    Command,
    GiveUp,
    Lapse,
    Open,
    PayWithCredits,
    Present,
    Take,
)
from ._decider import decide, evolve
from ._events import (
    AttemptAbandoned,
    AttemptBecameUnknown,
    AttemptOpened,
    AttemptPaid,
    AttemptPresented,
    AttemptRefused,
    Event,
    MoneySetAside,
)
from ._refusals import (
    AmountNotPayable,
    AttemptOpen,
    NothingToPay,
    PaymentUnavailable,
    PriceChanged,
)
from ._state import (
    NEVER_PRESENTED_AFTER,
    OPEN,
    UNRESOLVED,
    Attempt,
    AttemptState,
    Bought,
    Due,
    Mode,
    Outcome,
    Paid,
    Report,
    Unpaid,
)

__all__ = [
    "NEVER_PRESENTED_AFTER",
    "OPEN",
    "UNRESOLVED",
    "AmountNotPayable",
    "Attempt",
    "AttemptAbandoned",
    "AttemptBecameUnknown",
    "AttemptOpen",
    "AttemptOpened",
    "AttemptPaid",
    "AttemptPresented",
    "AttemptRefused",
    "AttemptState",
    "Bought",
    "Command",
    "Due",
    "Event",
    "GiveUp",
    "Lapse",
    "Mode",
    "MoneySetAside",
    "NothingToPay",
    "Open",
    "Outcome",
    "Paid",
    "PayWithCredits",
    "PaymentUnavailable",
    "Present",
    "PriceChanged",
    "Report",
    "Take",
    "Unpaid",
    "decide",
    "evolve",
]
