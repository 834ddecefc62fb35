"""
The quotient familial: an input, with its month and its evidence.

It is never computed here: sources disagree on the shares, CAF and MSA revise
it at each change of situation.  A quotient of 0 is a quotient; a missing one
is `None` wherever it may be missing.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import Attribute, field, frozen, validators

from .checks import (
    civil_day,
    moment,
    not_empty,
    not_negative,
    positive,
    printed,
    whole_number,
)

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


class Effective(Enum):
    """
    From when a new quotient counts.
    """

    BOOKING = "booking"  # the one known when the family asks, for good
    AT_ONCE = "at-once"  # from the day that it was received
    NEXT_MONTH = "next-month"  # from the month after it was received
    REFERENCE_DAY = "reference-day"  # the one known that day, for a year


@frozen(kw_only=True)
class QuotientPolicy:
    """
    Which of a household's quotients prices a day.

    Attributes:
        valid_months: How long one is good, from its month on; `None` for
            good.

        reference_day: Month and day as one number: 331 is 31 March.
    """

    effective: Effective = Effective.BOOKING
    valid_months: int | None = field(
        default=None,
        validator=validators.optional(validators.and_(whole_number, positive)),
    )
    reference_day: int | None = None

    def __attrs_post_init__(self) -> None:
        by_reference = self.effective is Effective.REFERENCE_DAY
        if by_reference != (self.reference_day is not None):
            msg = 'reference_day goes with effective = "reference-day"'
            raise ValueError(msg)


@frozen
class Received:
    """
    A quotient, and when the operator had it.

    Attributes:
        value: Euros.

        month: First day of the month that it was computed for.

        received_on: In Paris.
    """

    value: Decimal
    month: dt.date = field(validator=civil_day)
    received_on: dt.date = field(validator=civil_day)


def in_force(
    policy: QuotientPolicy,
    quotients: tuple[Received, ...],
    *,
    day: dt.date,
    booked_on: dt.date,
) -> Decimal | None:
    """
    The quotient that prices *day*, euros; `None` if there is none, or if it
    is no longer valid.

    The first that a household gives counts from the beginning: a policy is
    about changes.

    Args:
        policy: The règlement's.

        quotients: The household's, in the order in which they were received.

        day: The day booked.

        booked_on: When the family asks, in Paris.
    """
    if not quotients:
        return None
    at = _known_on(policy, day, booked_on)
    known = [
        quotient
        for quotient in quotients
        if _starts(policy, quotient.received_on) <= at
    ]
    chosen = known[-1] if known else quotients[0]
    months = policy.valid_months
    if months is not None and _months(chosen.month, day) >= months:
        return None
    return chosen.value


def is_constant(
    policy: QuotientPolicy, quotients: tuple[Received, ...]
) -> bool:
    """
    Whether all days of one request are priced by the same one.
    """
    if policy.valid_months is not None:
        return not quotients
    return len(quotients) <= 1 or policy.effective is Effective.BOOKING


def _known_on(
    policy: QuotientPolicy, day: dt.date, booked_on: dt.date
) -> dt.date:
    if policy.effective is Effective.BOOKING:
        return booked_on
    if policy.reference_day is None:
        return day
    reference = _day_of(day.year, policy.reference_day)
    if reference <= day:
        return reference
    return _day_of(day.year - 1, policy.reference_day)


def _day_of(year: int, month_and_day: int) -> dt.date:
    month, day = divmod(month_and_day, 100)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, month, day - 1)  # 29 February


def _starts(policy: QuotientPolicy, received_on: dt.date) -> dt.date:
    if policy.effective is not Effective.NEXT_MONTH:
        return received_on
    late = received_on.replace(day=28) + dt.timedelta(days=4)
    return late.replace(day=1)


def _months(since: dt.date, day: dt.date) -> int:
    return (day.year - since.year) * 12 + day.month - since.month
