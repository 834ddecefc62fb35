"""
What a cancelled day sets free: what was paid, less the price of what remains.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from attrs import evolve, frozen

from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.refusals import Refused

from ._lines import PricedLine, by_day
from ._together import shares

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
    day, are what was paid.  Where what remains has no price until more days
    are gone (a whole week is given back, and no package is for four days),
    these days share what they set free together.

    Args:
        days: Cancelled, in order, each once.

        paid: What was paid for *before*, and is not yet given back.

        before: Everything that is priced together with these days.

        rest: Prices it again without the days that are gone, by the version
            and the facts under which it was booked.  Ranks among siblings
            are those of then.

    Raises:
        Refused: As *rest* does, once all of the days are gone.
    """
    return tuple(_each(tuple(days), paid, before, rest))


def _each(
    days: tuple[dt.date, ...],
    paid: Money,
    before: tuple[PricedLine, ...],
    rest: Rest,
) -> Iterator[Freed]:
    first = 0
    for last, day in enumerate(days, 1):
        try:
            after = rest(frozenset(days[:last]))
        except Refused:
            if day == days[-1]:
                raise
            continue
        released = max(ZERO, paid - total(line.amount for line in after))
        paid -= released
        yield from _shared(
            days[first:last],
            Freed(
                day=day,
                released=released,
                parts=_less(_by_prestation(before), _by_prestation(after)),
                aid=max(ZERO, _aid(before) - _aid(after)),
                left=_carried(paid, by_day(after)),
            ),
        )
        before, first = after, last


def _shared(days: tuple[dt.date, ...], whole: Freed) -> Iterator[Freed]:
    released, aids = (
        shares(amount, len(days)) for amount in (whole.released, whole.aid)
    )
    parts = {
        code: shares(amount, len(days)) for code, amount in whole.parts.items()
    }
    for rank, day in enumerate(days):
        yield evolve(
            whole,
            day=day,
            released=released[rank],
            parts={code: of_days[rank] for code, of_days in parts.items()},
            aid=aids[rank],
        )


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
