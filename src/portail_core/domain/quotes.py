"""
Prices that explain themselves: « estimation de votre facture ».
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from attrs import evolve, frozen

from .amplitudes import Amplitude
from .dated import History
from .ids import ChildId, PrestationCode
from .money import ZERO, Money, total
from .offers import Period
from .reglement import Reglement
from .tariffs import Grid, Nature


@frozen(kw_only=True)
class Why:
    """
    Where a figure comes from.

    Attributes:
        rule: The rule's label in `docs/spec`.

        path: Where in the règlement: « tariffs[0].brackets[5] ».

        label: As printed on the grid: « QF de 621 à 721 ».

        source: The decision, as one would cite it.
    """

    rule: str
    path: str
    label: str
    source: str


@frozen(kw_only=True)
class PricedLine:
    """
    One prestation of one child-day.

    Attributes:
        quantity: Times, or hours; below zero in a change, for what was paid
            before.

        amount: `unit_price` × `quantity`, half a cent up, once.
    """

    child: ChildId
    day: dt.date
    prestation: PrestationCode
    designation: str
    nature: Nature
    quantity: Decimal
    unit_price: Money
    amount: Money
    why: Why


@frozen(kw_only=True)
class QuoteRow:
    """
    One row of the guide's table: Désignation, Quantité, Tarif, Montant.
    """

    designation: str
    quantity: Decimal
    unit_price: Money
    amount: Money
    why: Why


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


def price(
    days: Iterable[tuple[dt.date, Amplitude]],
    *,
    child: ChildId,
    period: Period,
    quotient: Decimal | None,
    reglement: Reglement,
) -> tuple[PricedLine, ...]:
    """
    Price days of one child and period, each by the grid in force on that day.

    Raises:
        Refused: `QuotientMissing`, or `NothingInForce` before the first grid.
    """
    tariffs = reglement.tariffs_of(period)
    return tuple(
        _priced(child, day, prestation, quantity, quotient, tariffs, reglement)
        for day, amplitude in days
        for prestation, quantity in amplitude.prestations.items()
    )


def _priced(  # noqa: PLR0917 - one line has as many facts
    child: ChildId,
    day: dt.date,
    code: PrestationCode,
    quantity: Decimal,
    quotient: Decimal | None,
    tariffs: History[Grid],
    reglement: Reglement,
) -> PricedLine:
    prestation = reglement.prestation(code)
    decision = tariffs.on(day)
    found = decision.value.price(code, quotient)
    return PricedLine(
        child=child,
        day=day,
        prestation=code,
        designation=prestation.label,
        nature=prestation.nature,
        quantity=quantity,
        unit_price=found.price,
        amount=found.price.times(quantity),
        why=Why(
            rule=found.rule,
            path=f"{decision.path}.brackets[{found.position}]",
            label=found.bracket.label,
            source=decision.source,
        ),
    )


def difference(
    after: Iterable[PricedLine], before: Iterable[PricedLine]
) -> tuple[PricedLine, ...]:
    """
    What *after* costs beyond *before*, prestation by prestation.

    What is in both is not listed; what is only in *before* counts less than
    zero.  Both are of one child-day, by one règlement and one quotient.
    """
    costs = {line.prestation: line for line in after}
    for line in before:
        again = costs.pop(line.prestation, None)
        quantity = (again.quantity if again else 0) - line.quantity
        if quantity:
            paid = again.amount if again else ZERO
            costs[line.prestation] = evolve(
                line, quantity=quantity, amount=paid - line.amount
            )
    return tuple(costs.values())


def estimate(lines: tuple[PricedLine, ...]) -> Quote:
    """
    Gather lines of one designation and tariff into rows; cents are not
    rounded again.
    """
    rows: dict[tuple[str, Money, Why], list[PricedLine]] = {}
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
            )
            for (designation, unit_price, why), same in rows.items()
        ),
        lines=lines,
        total=total(line.amount for line in lines),
    )


def by_day(lines: Iterable[PricedLine]) -> dict[dt.date, Money]:
    """
    The price of each day.
    """
    days: dict[dt.date, list[Money]] = {}
    for line in lines:
        days.setdefault(line.day, []).append(line.amount)
    return {day: total(amounts) for day, amounts in days.items()}
