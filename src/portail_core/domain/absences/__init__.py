"""
What a day costs that did not go as it was booked: the child did not come, or
came unbooked, or was picked up late.

Cancelling is another matter: it is told before, or excused by a reason.
"""

from ._charging import Charge, ChargeKind, charge
from ._incidents import (
    Incident,
    LatePickup,
    PastIncident,
    Unbooked,
    Unexcused,
)
from ._policy import (
    AbsencePolicy,
    Applied,
    DayRule,
    PickupRule,
    Repeated,
)

__all__ = [
    "AbsencePolicy",
    "Applied",
    "Charge",
    "ChargeKind",
    "DayRule",
    "Incident",
    "LatePickup",
    "PastIncident",
    "PickupRule",
    "Repeated",
    "Unbooked",
    "Unexcused",
    "charge",
]
