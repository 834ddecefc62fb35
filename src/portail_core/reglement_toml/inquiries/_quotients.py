"""
The quotients that a document states.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portail_core.domain.quotient_familial import Received

from ._file import HouseholdFile

FOR_GOOD = dt.date(9999, 12, 1)
"""The month of a quotient that no règlement finds too old."""


def received(file: HouseholdFile) -> Iterator[Received]:
    """
    In the order in which the operator had them.
    """
    if file.quotient is not None:
        yield Received(file.quotient, FOR_GOOD, dt.date.min)
        return
    for one in sorted(file.quotients, key=lambda one: one.received_on):
        yield Received(one.value, one.month, one.received_on)
