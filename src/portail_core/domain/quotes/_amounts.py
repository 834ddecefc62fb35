"""
From one child-day's facts to the lines that it costs, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import evolve, frozen

from portail_core.domain import tariffs as t
from portail_core.domain.dated import Decision
from portail_core.domain.facts import Facts
from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import Money, UnitPrice, cents
from portail_core.domain.refusals import Refused

from ._lines import Adjusted, Aided, Why

NOTHING = Decimal(0)


@frozen(kw_only=True)
class Amount:
    """
    The price of a prestation, before it is a line of a day.

    Attributes:
        exact: What the family pays, not rounded; for sums that are rounded
            as a whole.

        made: Adjustments that are made once a day, and were made here.
    """

    quantity: Decimal
    unit_price: UnitPrice
    amount: Money
    exact: Decimal
    aids: tuple[Aided, ...]
    why: Why
    tariff: t.Tariff
    made: frozenset[str]


@frozen(kw_only=True)
class _State:
    """
    A price on its way: the family's part of it, and the aids.
    """

    unit: Decimal
    line: Decimal = NOTHING
    aids: tuple[tuple[str, Decimal, Decimal], ...] = ()

    def at_least_nothing(self) -> _State:
        if self.unit >= NOTHING:
            return self
        return evolve(self, unit=NOTHING)


def amount_of(
    prestation: PrestationCode,
    quantity: Decimal,
    facts: Facts,
    decision: Decision[t.Tariff],
    *,
    amounts: Mapping[PrestationCode, Decimal],
    made: frozenset[str],
) -> Amount:
    """
    What *quantity* of a prestation costs.

    Args:
        prestation: One that the tariff prices.

        quantity: Times, or units of time.

        facts: Of the child-day.

        decision: The tariff that answers.

        amounts: Those that the operator set for the child.

        made: Adjustments that this child's day had already, once a day.

    Raises:
        Refused: `QuotientMissing`, `FactMissing`, `BetweenBrackets`,
            `IndividualOutside`.
    """
    tariff = decision.value
    rule, facts = _with_quotient(tariff, facts)
    holding = [
        (rank, adjustment)
        for rank, adjustment in enumerate(tariff.adjustments)
        if adjustment.is_for(prestation) and adjustment.when.holds(facts)
    ]
    chosen = tariff.grid.choose(facts)
    position = max(chosen.position - _down(holding), 0)
    bracket = tariff.grid.brackets[position]
    state = _State(unit=t.exact(bracket.prices, prestation, facts, amounts))
    told: list[Adjusted] = []
    days: set[str] = set()
    for rank, adjustment in holding:
        path = f"{decision.path}.adjustments[{rank}]"
        if _is_daily(adjustment.step):
            if path in made:
                continue
            days.add(path)
        state = _step(adjustment.step, state, quantity).at_least_nothing()
        told.append(
            Adjusted(
                path=path,
                label=adjustment.label,
                unit_price=UnitPrice(state.unit),
            )
        )
    formula = bracket.prices[prestation]
    return _rounded(
        state,
        quantity,
        tariff,
        why=Why(
            rule=rule or _rule(chosen.rule, formula),
            path=_path(decision.path, tariff, position),
            label=bracket.label,
            source=decision.source,
            adjusted=tuple(told),
        ),
        days=frozenset(days),
    )


def _with_quotient(tariff: t.Tariff, facts: Facts) -> tuple[str, Facts]:
    if facts.quotient is not None or t.QUOTIENT not in tariff.facts:
        return "", facts
    match tariff.without_quotient:
        case t.WithoutQuotient.HIGHEST:
            found = evolve(facts, quotient=t.ENDLESS)
            return "tariff.quotient.highest", found
        case t.WithoutQuotient.LOWEST:
            return "tariff.quotient.lowest", evolve(facts, quotient=NOTHING)
        case _:
            raise Refused(t.QuotientMissing())


def _down(holding: list[tuple[int, t.Adjustment]]) -> int:
    return sum(
        adjustment.step.lower_bracket
        for _, adjustment in holding
        if isinstance(adjustment.step, t.LowerBracket)
    )


def _is_daily(step: t.Step) -> bool:
    return isinstance(step, t.Add | t.Aid) and step.per is t.Per.DAY


def _rule(chosen: str, formula: t.Formula) -> str:
    match formula:
        case t.Rate():
            return "tariff.rate"
        case t.Individual():
            return "tariff.individual"
        case t.ShareOf():
            return "tariff.share-of"
        case _:
            return chosen


def _path(path: str, tariff: t.Tariff, position: int) -> str:
    if tariff.grid.asks():
        return f"{path}.brackets[{position}]"
    return f"{path}.prices"


def _step(step: t.Step, state: _State, quantity: Decimal) -> _State:
    match step:
        case t.Factor(factor=factor):
            return evolve(
                state, unit=state.unit * factor, line=state.line * factor
            )
        case t.Add(add=add, per=t.Per.UNIT):
            return evolve(state, unit=state.unit + add)
        case t.Add(add=add):
            return evolve(state, line=state.line + add)
        case t.Replace(replace=replace):
            return evolve(state, unit=replace)
        case t.Floor(floor=floor):
            return evolve(state, unit=max(state.unit, floor))
        case t.Ceiling(ceiling=ceiling):
            return evolve(state, unit=min(state.unit, ceiling))
        case t.Round(round=rounding):
            return evolve(state, unit=rounding.of(state.unit))
        case t.LowerBracket():
            return state
        case _:
            return _aided(step, state, quantity)


def _aided(
    step: t.Aid | t.AidShare | t.FamilyPart, state: _State, quantity: Decimal
) -> _State:
    match step:
        case t.Aid(amount=amount, per=t.Per.UNIT):
            return _less(state, step.payer, unit=min(amount, state.unit))
        case t.Aid(amount=amount):
            due = state.unit * quantity + state.line
            aid = max(min(amount, due), NOTHING)
            return _less(state, step.payer, line=aid)
        case t.AidShare(share=share):
            return _less(
                state,
                step.payer,
                unit=state.unit * share,
                line=state.line * share,
            )
        case t.FamilyPart(amount=amount):
            unit = max(state.unit - amount, NOTHING)
            return _less(state, step.payer, unit=unit)


def _less(
    state: _State,
    payer: str,
    *,
    unit: Decimal = NOTHING,
    line: Decimal = NOTHING,
) -> _State:
    return _State(
        unit=state.unit - unit,
        line=state.line - line,
        aids=(*state.aids, (payer, unit, line)),
    )


def _rounded(
    state: _State,
    quantity: Decimal,
    tariff: t.Tariff,
    *,
    why: Why,
    days: frozenset[str],
) -> Amount:
    unit = state.unit
    if tariff.point is t.Point.UNIT:
        unit = tariff.rounding.of(unit)
    exact = max(unit * quantity + state.line, NOTHING)
    due = tariff.rounding.of(exact) if tariff.point is t.Point.LINE else exact
    aids = tuple(_shown(state.aids, quantity))
    helped = sum((one for _, one, _ in state.aids), NOTHING)
    return Amount(
        quantity=quantity,
        unit_price=UnitPrice(unit + helped),
        amount=cents(due),
        exact=exact,
        aids=aids,
        why=why,
        tariff=tariff,
        made=days,
    )


def _shown(
    aids: tuple[tuple[str, Decimal, Decimal], ...], quantity: Decimal
) -> Iterator[Aided]:
    for payer, unit, line in aids:
        amount = cents(unit * quantity + line)
        if amount.cents:
            yield Aided(payer, amount)
