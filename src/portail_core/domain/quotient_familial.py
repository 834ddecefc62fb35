"""
The quotient familial: an input, with its month and its evidence.

It is never computed here: sources disagree on the shares, CAF and MSA revise
it at each change of situation.  A quotient of 0 is a quotient; a missing one
is `None` wherever it may be missing.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import Attribute, field, frozen

from .checks import civil_day, moment, not_empty, not_negative, printed

MOST = Decimal(1_000_000_000)
"""Euros: more is a slip of the keyboard, and no price can be made of it."""


def _figure(_: object, attribute: Attribute[Any], value: Decimal) -> None:
    if not value.is_finite() or value > MOST:
        msg = f"{attribute.name} is {value}, expected {MOST} at the most"
        raise ValueError(msg)


@frozen(kw_only=True)
class QuotientFamilial:
    """
    A household's quotient for one month.

    Attributes:
        value: Euros per share and month, zero to a thousand million; cents are
            allowed.

        month: First day of the month that it was computed for.

        evidence: Where it was read: « attestation CAF du 04/05/2026 »; a line
            of at most 200 characters.

        recorded_at: UTC.
    """

    value: Decimal = field(validator=[_figure, not_negative])
    month: dt.date = field(validator=civil_day)
    evidence: str = field(validator=[not_empty, printed])
    recorded_at: dt.datetime = field(validator=moment)
