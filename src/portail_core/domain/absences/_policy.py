"""
What a règlement says of days that did not go as they were booked.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from itertools import combinations
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen, validators

from portail_core.domain.cancellation import Whose
from portail_core.domain.checks import (
    not_empty,
    not_negative,
    not_negative_amount,
    positive,
    whole_number,
)
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.money import ZERO, Money
from portail_core.domain.spans import Each

MINUTE = dt.timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60


class Applied(Enum):
    """
    Whether a charge is made without anybody's asking for it.
    """

    ALWAYS = "always"
    IF_DECIDED = "if-decided"  # « pourra être facturée »: staff decides


@frozen(kw_only=True)
class Repeated:
    """
    « À partir du troisième. »

    Attributes:
        from_nth: The third is 3; those before are not answered.

        each: Counted by the day on which they happened.
    """

    from_nth: int = field(validator=[whole_number, positive])
    each: Each


@frozen(kw_only=True)
class DayRule:
    """
    What a day costs that was not attended as it was booked.

    Attributes:
        price_share: Of the day's price, in its place: 0 is nothing, 1.5 half
            as much again; `None` leaves the price as it is.

        penalty: Beside the price.

        repeated: `None` from the first on.
    """

    label: str = field(validator=not_empty)
    price_share: Decimal | None = field(
        default=None, validator=validators.optional(not_negative)
    )
    penalty: Money = field(default=ZERO, validator=not_negative_amount)
    when: When = ALWAYS
    repeated: Repeated | None = None
    applied: Applied = Applied.ALWAYS

    def __attrs_post_init__(self) -> None:
        if self.price_share is None and self.penalty == ZERO:
            msg = (
                f"« {self.label} » charges nothing: write price_share, "
                'penalty or both; price_share = "0" is a day that costs '
                "nothing"
            )
            raise ValueError(msg)


def _before_midnight(_: object, __: object, minutes: int) -> None:
    if minutes >= MINUTES_A_DAY:
        msg = f"grace_minutes is {minutes}, expected less than a day"
        raise ValueError(msg)


@frozen(kw_only=True)
class PickupRule:
    """
    What it costs to pick a child up late.

    Attributes:
        closes_at: Paris wall clock; lateness is counted from here.

        grace_minutes: Less lateness than this costs nothing.

        started_minutes: « par quart d'heure entamé » is 15: the penalty once
            for each that has begun; `None` is once.

        whose: Of each child that is picked up, or once for those of a
            household.

        at_most: Of one evening; `None` for no bound.
    """

    label: str = field(validator=not_empty)
    closes_at: dt.time
    grace_minutes: int = field(
        default=0, validator=[whole_number, not_negative, _before_midnight]
    )
    penalty: Money = field(validator=not_negative_amount)
    started_minutes: int | None = field(
        default=None, validator=validators.optional((whole_number, positive))
    )
    whose: Whose
    at_most: Money | None = field(
        default=None, validator=validators.optional(not_negative_amount)
    )
    when: When = ALWAYS
    repeated: Repeated | None = None
    applied: Applied = Applied.ALWAYS

    def lateness(self, at: dt.time) -> dt.timedelta | None:
        """
        How late it is *at* an hour of the same day; `None` if that costs
        nothing.
        """
        late = _since_midnight(at) - _since_midnight(self.closes_at)
        grace = self.grace_minutes * MINUTE
        return None if late < max(grace, dt.timedelta()) else late

    def times(self, late: dt.timedelta, children: int) -> int:
        """
        How many times the penalty is asked for; at least once.
        """
        begun = 1
        if self.started_minutes is not None:
            begun = max(1, -(-late // (self.started_minutes * MINUTE)))
        return begun * (children if self.whose is Whose.CHILD else 1)


Rule: TypeAlias = DayRule | PickupRule


def _all_answer(
    _: object, attribute: Attribute[Any], rules: tuple[Rule, ...]
) -> None:
    for (rank, first), (later, second) in combinations(enumerate(rules), 2):
        if _hides(first, second):
            msg = (
                f"{attribute.name}: rule {later + 1}, « {second.label} », "
                f"would never answer: rule {rank + 1} does before; write the "
                "harder ones to meet first"
            )
            raise ValueError(msg)


def _hides(first: Rule, second: Rule) -> bool:
    if first.when not in {ALWAYS, second.when}:
        return False
    if isinstance(first, PickupRule) and isinstance(second, PickupRule):
        sooner = _first_charged(first) <= _first_charged(second)
    else:
        sooner = True
    return sooner and _as_soon(first.repeated, second.repeated)


def _as_soon(first: Repeated | None, second: Repeated | None) -> bool:
    if first is None or first.from_nth == 1:
        return True
    return (
        second is not None
        and first.each is second.each
        and first.from_nth <= second.from_nth
    )


def _first_charged(rule: PickupRule) -> dt.timedelta:
    return _since_midnight(rule.closes_at) + rule.grace_minutes * MINUTE


def _since_midnight(at: dt.time) -> dt.timedelta:
    # By the clock on the wall: nobody is picked up while clocks change.
    return dt.timedelta(
        hours=at.hour,
        minutes=at.minute,
        seconds=at.second,
        microseconds=at.microsecond,
    )


@frozen(kw_only=True)
class AbsencePolicy:
    """
    In each list the first rule that answers does; none is no charge.

    Attributes:
        unexcused: Booked days on which the child did not come.

        unbooked: Days on which it came, and nobody had booked.

        late_pickup: Evenings.
    """

    unexcused: tuple[DayRule, ...] = field(default=(), validator=_all_answer)
    unbooked: tuple[DayRule, ...] = field(default=(), validator=_all_answer)
    late_pickup: tuple[PickupRule, ...] = field(
        default=(), validator=_all_answer
    )
