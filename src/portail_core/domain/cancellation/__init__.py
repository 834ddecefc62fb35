"""
Cancelling paid days: what the family gets back, and what is kept.

The règlement lists outcomes in order, each with what it asks for: a notice, a
reason, enough days in a row.  The first one that answers does, day by day.
Late is an outcome, not an error: the day is cancelled all the same.
"""

from ._gifts import (
    Circumstances,
    CreditedAmount,
    CreditedShare,
    Gift,
    GiftKind,
    KeptAmount,
    Per,
)
from ._policy import (
    Aids,
    Counted,
    Extent,
    FirstDay,
    InARow,
    Outcome,
    Policy,
    Quota,
    Waiting,
    Whose,
    unknown_names,
)
from ._reasons import (
    By,
    Claim,
    CountedFrom,
    Delay,
    Exempts,
    Proof,
    Reason,
    Unit,
)
from ._settlement import (
    CreditChanged,
    DayOver,
    NothingMore,
    Pending,
    ReasonUnknown,
    Settlement,
)
from ._split import Absence, PastDay, ReleasedDay, split_days

__all__ = [
    "Absence",
    "Aids",
    "By",
    "Circumstances",
    "Claim",
    "Counted",
    "CountedFrom",
    "CreditChanged",
    "CreditedAmount",
    "CreditedShare",
    "DayOver",
    "Delay",
    "Exempts",
    "Extent",
    "FirstDay",
    "Gift",
    "GiftKind",
    "InARow",
    "KeptAmount",
    "NothingMore",
    "Outcome",
    "PastDay",
    "Pending",
    "Per",
    "Policy",
    "Proof",
    "Quota",
    "Reason",
    "ReasonUnknown",
    "ReleasedDay",
    "Settlement",
    "Unit",
    "Waiting",
    "Whose",
    "split_days",
    "unknown_names",
]
