"""
Priced lines, and the table that families read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from attrs import evolve, frozen

from portail_core.domain.ids import ChildId, PrestationCode
from portail_core.domain.money import ZERO, Money, UnitPrice, total
from portail_core.domain.tariffs import Nature


@frozen(kw_only=True)
class Adjusted:
    """
    One adjustment that was made.

    Attributes:
        path: Where it stands: « tariffs[0].adjustments[1] ».

        unit_price: After it.
    """

    path: str
    label: str
    unit_price: UnitPrice


@frozen(kw_only=True)
class Why:
    """
    Where a figure comes from.

    Attributes:
        rule: The rule's label in `docs/spec`.

        path: Where in the règlement: « tariffs[0].brackets[5] ».

        label: As printed on the grid: « QF de 621 à 721 ».

        source: The decision, as one would cite it.

        adjusted: In the order in which it was done.
    """

    rule: str
    path: str
    label: str
    source: str
    adjusted: tuple[Adjusted, ...] = ()


@frozen
class Aided:
    """
    What a third party pays of a line.
    """

    payer: str
    amount: Money


@frozen(kw_only=True)
class PricedLine:
    """
    One prestation of one child-day.

    Attributes:
        quantity: Times, or hours; below zero in a change, for what was paid
            before.

        unit_price: Full, before any third party's aid.

        amount: What the family pays: *unit_price* × *quantity*, less the
            aids, rounded once as the règlement says.

        aids: What others pay of it.

        together: Names what it is priced together with (the days of a
            package, those of a month); `None` if it stands alone.
    """

    child: ChildId
    day: dt.date
    prestation: PrestationCode
    designation: str
    nature: Nature
    quantity: Decimal
    unit_price: UnitPrice
    amount: Money
    why: Why
    aids: tuple[Aided, ...] = ()
    together: str | None = None

    @property
    def full(self) -> Money:
        """
        What it costs, whoever pays.
        """
        return self.amount + total(aid.amount for aid in self.aids)


@frozen(kw_only=True)
class QuoteRow:
    """
    One row of the guide's table: Désignation, Quantité, Tarif, Montant.

    Attributes:
        amount: What the family pays.

        aids: What others pay of it, payer by payer.
    """

    designation: str
    quantity: Decimal
    unit_price: UnitPrice
    amount: Money
    why: Why
    aids: tuple[Aided, ...] = ()


@frozen(kw_only=True)
class Quote:
    """
    What days will cost, row by row.

    Attributes:
        lines: The same, prestation by prestation and day by day.
    """

    rows: tuple[QuoteRow, ...]
    lines: tuple[PricedLine, ...]
    total: Money


def difference(
    after: Iterable[PricedLine], before: Iterable[PricedLine]
) -> tuple[PricedLine, ...]:
    """
    What *after* costs beyond *before*, prestation by prestation.

    What is in both alike is not listed; what is only in *before*, or has
    another price now, counts less than zero.  Both are of one child-day, by
    one règlement and the same facts.
    """
    costs = {line.prestation: line for line in after}
    found: list[PricedLine] = []
    for old in before:
        new = costs.get(old.prestation)
        if new is None or (new.unit_price, new.aids) != (
            old.unit_price,
            old.aids,
        ):
            found.append(_taken_off(old))
            continue
        del costs[old.prestation]
        if (new.quantity, new.amount) != (old.quantity, old.amount):
            found.append(
                evolve(
                    new,
                    quantity=new.quantity - old.quantity,
                    amount=new.amount - old.amount,
                    aids=(),
                )
            )
    return (*costs.values(), *found)


def _taken_off(line: PricedLine) -> PricedLine:
    return evolve(
        line,
        quantity=-line.quantity,
        amount=ZERO - line.amount,
        aids=tuple(Aided(aid.payer, ZERO - aid.amount) for aid in line.aids),
    )


def estimate(lines: tuple[PricedLine, ...]) -> Quote:
    """
    Gather lines of one designation and tariff into rows; cents are not
    rounded again.
    """
    rows: dict[tuple[str, UnitPrice, Why], list[PricedLine]] = {}
    for line in lines:
        key = (line.designation, line.unit_price, line.why)
        rows.setdefault(key, []).append(line)
    return Quote(
        rows=tuple(
            QuoteRow(
                designation=designation,
                quantity=sum((line.quantity for line in same), Decimal(0)),
                unit_price=unit_price,
                amount=total(line.amount for line in same),
                why=why,
                aids=_aids(same),
            )
            for (designation, unit_price, why), same in rows.items()
        ),
        lines=lines,
        total=total(line.amount for line in lines),
    )


def _aids(lines: Iterable[PricedLine]) -> tuple[Aided, ...]:
    aids: dict[str, Money] = {}
    for line in lines:
        for aid in line.aids:
            aids[aid.payer] = aids.get(aid.payer, ZERO) + aid.amount
    return tuple(Aided(payer, amount) for payer, amount in aids.items())


def by_day(lines: Iterable[PricedLine]) -> dict[dt.date, Money]:
    """
    The price of each day.
    """
    days: dict[dt.date, list[Money]] = {}
    for line in lines:
        days.setdefault(line.day, []).append(line.amount)
    return {day: total(amounts) for day, amounts in days.items()}
