"""
The règlement intérieur, all of it, as one frozen value.

It holds no calendar rule and no date to work out: those were expanded when the
file was read.  Two règlements are the same if they are equal.
"""

from ._levels import every_terms
from ._parts import (
    AmplitudeUnknown,
    Hold,
    Operator,
    PeriodUnknown,
    Regie,
    Residency,
)
from ._reglement import Reglement

__all__ = [
    "AmplitudeUnknown",
    "Hold",
    "Operator",
    "PeriodUnknown",
    "Regie",
    "Reglement",
    "Residency",
    "every_terms",
]
