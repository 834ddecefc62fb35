"""
Cancelling a paid day: what the family gets back, and what is kept.

The règlement lists outcomes in order, each with a deadline; the first whose
deadline is not past answers.  Late is an outcome, not an error: the day is
cancelled all the same.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from .calendars import Calendar
from .checks import not_empty, share
from .deadlines import Deadline, is_late
from .money import ZERO, Money
from .refusals import Refusal


@frozen(kw_only=True)
class Outcome:
    """
    One line of the règlement: « jusqu'à …, … % sont remboursés en avoir ».

    Attributes:
        until: Last moment, included; `None` for every later cancellation.

        credited_share: From 0 (nothing back) to 1 (all of it).

        label: The règlement's own sentence, quoted to the family.
    """

    until: Deadline | None
    credited_share: Decimal = field(validator=share)
    label: str = field(validator=not_empty)


def _ends_open(
    _: object, __: Attribute[Any], outcomes: tuple[Outcome, ...]
) -> None:
    if outcomes[-1].until is not None:
        msg = "the last outcome must have no deadline: it answers the rest"
        raise ValueError(msg)
    if any(outcome.until is None for outcome in outcomes[:-1]):
        msg = "only the last outcome may have no deadline"
        raise ValueError(msg)


@frozen(kw_only=True)
class Policy:
    """
    What a règlement says of cancellations.
    """

    outcomes: tuple[Outcome, ...] = field(validator=[not_empty, _ends_open])


@frozen(kw_only=True)
class Settlement:
    """
    Where the money of a cancelled day goes; kept + credited = released.

    Attributes:
        credited: Becomes an avoir; nothing is wired back.

        position: Of the outcome that answered, from 0.

        label: That outcome's sentence.
    """

    kept: Money
    credited: Money
    position: int
    label: str


@frozen
class DayOver(Refusal):
    """
    The day is past; what becomes of an absence is not a cancellation.
    """

    rule: ClassVar[str] = "cancellation.day-over"
    day: dt.date


@frozen
class CreditChanged(Refusal):
    """
    Cancelling gives back another amount than the family was shown.
    """

    rule: ClassVar[str] = "cancellation.credit-changed"
    shown: Money
    credited: Money


def split(
    policy: Policy,
    *,
    day: dt.date,
    released: Money,
    at: dt.datetime,
    calendar: Calendar,
) -> Settlement:
    """
    Split what a cancelled day releases between operator and family.

    Args:
        policy: The one of the règlement under which the day was priced.

        day: The day cancelled.

        released: What was paid for the priced group, less the price of what
            remains of it; zero or more.

        at: When the family cancels, UTC.

        calendar: Of the day's period.
    """
    assert released >= ZERO, "no more is taken back than was paid"
    position, outcome = next(
        (position, outcome)
        for position, outcome in enumerate(policy.outcomes)
        if outcome.until is None
        or not is_late(outcome.until, day, at, calendar)
    )
    credited = released.times(outcome.credited_share)
    return Settlement(
        kept=released - credited,
        credited=credited,
        position=position,
        label=outcome.label,
    )
