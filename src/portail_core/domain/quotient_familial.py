"""
The quotient familial: an input, with its month and its evidence.

It is never computed here: sources disagree on the shares, CAF and MSA revise
it at each change of situation.  A quotient of 0 is a quotient; a missing one
is `None` wherever it may be missing.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from .checks import civil_day, moment, not_empty, not_negative


@frozen(kw_only=True)
class QuotientFamilial:
    """
    A household's quotient for one month.

    Attributes:
        value: Euros per share and month, zero or more; cents are allowed.

        month: First day of the month that it was computed for.

        evidence: Where it was read: « attestation CAF du 04/05/2026 ».

        recorded_at: UTC.
    """

    value: Decimal = field(validator=not_negative)
    month: dt.date = field(validator=civil_day)
    evidence: str = field(validator=not_empty)
    recorded_at: dt.datetime = field(validator=moment)
