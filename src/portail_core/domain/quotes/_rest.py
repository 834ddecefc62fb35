"""
What a cancelled day sets free: what was paid, less the price of what remains.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from attrs import frozen

from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import ZERO, Money, total

from ._lines import PricedLine, by_day

Rest: TypeAlias = Callable[[frozenset[dt.date]], tuple[PricedLine, ...]]
"""What is priced together, once these days are gone, by the same version."""


@frozen(kw_only=True)
class Freed:
    """
    What one day sets free.

    Attributes:
        released: Of what was paid; less than the day's own price where what
            remains costs more for it (a package that is broken), and never
            below zero.

        parts: How much less each prestation costs, for those that cost less.

        aid: How much less third parties pay.

        left: What is paid from now on for each day that remains, ascending;
            its price, or less where what remains costs more than was paid.
    """

    day: dt.date
    released: Money
    parts: Mapping[PrestationCode, Money]
    aid: Money
    left: Mapping[dt.date, Money]


def freed(
    days: Iterable[dt.date],
    *,
    paid: Money,
    before: tuple[PricedLine, ...],
    rest: Rest,
) -> tuple[Freed, ...]:
    """
    What days set free, one after the other.

    No money is made: what is released in all, and what is left of the last
    day, are what was paid.

    Args:
        days: Cancelled, in order, each once.

        paid: What was paid for *before*, and is not yet given back.

        before: Everything that is priced together with these days.

        rest: Prices it again without the days that are gone, by the version
            and the facts under which it was booked.  Ranks among siblings
            are those of then.

    Raises:
        Refused: As *rest* does.
    """
    return tuple(_each(days, paid, before, rest))


def _each(
    days: Iterable[dt.date],
    paid: Money,
    before: tuple[PricedLine, ...],
    rest: Rest,
) -> Iterator[Freed]:
    gone: frozenset[dt.date] = frozenset()
    for day in days:
        gone |= {day}
        after = rest(gone)
        released = max(ZERO, paid - total(line.amount for line in after))
        paid -= released
        yield Freed(
            day=day,
            released=released,
            parts=_less(_by_prestation(before), _by_prestation(after)),
            aid=max(ZERO, _aid(before) - _aid(after)),
            left=_carried(paid, by_day(after)),
        )
        before = after


def _by_prestation(
    lines: Iterable[PricedLine],
) -> Mapping[PrestationCode, Money]:
    found: dict[PrestationCode, Money] = {}
    for line in lines:
        before = found.get(line.prestation, ZERO)
        found[line.prestation] = before + line.amount
    return found


def _less(
    before: Mapping[PrestationCode, Money],
    after: Mapping[PrestationCode, Money],
) -> Mapping[PrestationCode, Money]:
    return {
        code: amount - after.get(code, ZERO)
        for code, amount in before.items()
        if amount > after.get(code, ZERO)
    }


def _aid(lines: Iterable[PricedLine]) -> Money:
    return total(aid.amount for line in lines for aid in line.aids)


def _carried(
    paid: Money, prices: Mapping[dt.date, Money]
) -> Mapping[dt.date, Money]:
    """
    *paid*, among the days in proportion of their *prices*, to the cent.
    """
    whole = total(prices.values()).cents
    found: dict[dt.date, Money] = {}
    reached, given = 0, ZERO
    for day in sorted(prices):
        reached += prices[day].cents
        share = Decimal(paid.cents * reached) / (whole or 1)
        so_far = Money(int(share.quantize(Decimal(1), ROUND_HALF_UP)))
        found[day] = so_far - given
        given = so_far
    return found
