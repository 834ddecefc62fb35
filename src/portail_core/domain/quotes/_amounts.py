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

    def at_least_nothing(self, quantity: Decimal, tariff: t.Tariff) -> _State:
        unit = max(self.unit, NOTHING)
        # What is charged is the rounded unit, where the unit is rounded: a
        # reduction of the line ends exactly there.
        line = max(self.line, -_charged(unit, tariff) * quantity)
        if unit == self.unit and line == self.line:
            return self
        return evolve(self, unit=unit, line=line)


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
        KindBroken: If a plugin's formula or step answers no price.
    """
    tariff = decision.value
    known = facts
    facts = tariff.assumed(known)
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
        state = _step(adjustment.step, state, quantity, facts)
        state = state.at_least_nothing(quantity, tariff)
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
            rule=_rule(chosen.rule, formula)
            if facts is known
            else _assumed(facts.quotient),
            path=_path(decision.path, tariff, position),
            label=bracket.label,
            source=decision.source,
            adjusted=tuple(told),
        ),
        days=frozenset(days),
    )


def _down(holding: list[tuple[int, t.Adjustment]]) -> int:
    return sum(
        adjustment.step.lower_bracket
        for _, adjustment in holding
        if isinstance(adjustment.step, t.LowerBracket)
    )


def _is_daily(step: t.Step) -> bool:
    return isinstance(step, t.Add | t.Aid) and step.per is t.Per.DAY


def _assumed(quotient: Decimal | None) -> str:
    if quotient == NOTHING:
        return "tariff.quotient.lowest"
    return "tariff.quotient.highest"


def _rule(chosen: str, formula: t.Formula) -> str:
    match formula:
        case t.Rate():
            return "tariff.rate"
        case t.Individual():
            return "tariff.individual"
        case t.ShareOf():
            return "tariff.share-of"
        case t.FormulaKind():
            return "tariff.kind"
        case _:
            return chosen


def _path(path: str, tariff: t.Tariff, position: int) -> str:
    if tariff.grid.asks():
        return f"{path}.brackets[{position}]"
    return f"{path}.prices"


def _step(
    step: t.Step, state: _State, quantity: Decimal, facts: Facts
) -> _State:
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
        case t.StepKind() as kind:
            return evolve(state, unit=t.adjusted_by(kind, state.unit, facts))
        case _:
            return _aided(step, state, quantity)


def _aided(
    step: t.Aid | t.AidShare | t.FamilyPart, state: _State, quantity: Decimal
) -> _State:
    match step:
        case t.Aid(amount=amount, per=t.Per.UNIT):
            unit = min(amount, state.unit)
            return _less(state, step.payer, quantity, unit=unit)
        case t.Aid(amount=amount):
            return _less(state, step.payer, quantity, line=amount)
        case t.AidShare(share=share):
            return _less(
                state,
                step.payer,
                quantity,
                unit=state.unit * share,
                line=state.line * share,
            )
        case _:
            unit = max(state.unit - step.amount, NOTHING)
            return _less(state, step.payer, quantity, unit=unit)


def _less(
    state: _State,
    payer: str,
    quantity: Decimal,
    *,
    unit: Decimal = NOTHING,
    line: Decimal = NOTHING,
) -> _State:
    due = max(state.unit * quantity + state.line, NOTHING)
    if unit * quantity + line > due:
        unit, line = NOTHING, due
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
    helped = sum((unit for _, unit, _ in state.aids), NOTHING)
    unit = _charged(state.unit, tariff)
    full_unit = _charged(state.unit + helped, tariff)
    exact = unit * quantity + state.line
    on_line = sum((line for _, _, line in state.aids), NOTHING)
    full = full_unit * quantity + state.line + on_line
    amount = _cents(exact, tariff)
    return Amount(
        quantity=quantity,
        unit_price=UnitPrice(full_unit),
        amount=amount,
        exact=exact,
        aids=tuple(
            _shown(state.aids, quantity, _cents(full, tariff) - amount)
        ),
        why=why,
        tariff=tariff,
        made=days,
    )


def _charged(unit: Decimal, tariff: t.Tariff) -> Decimal:
    return tariff.rounding.of(unit) if tariff.point is t.Point.UNIT else unit


def _cents(euros: Decimal, tariff: t.Tariff) -> Money:
    if tariff.point is t.Point.LINE:
        euros = tariff.rounding.of(euros)
    return cents(euros)


def _shown(
    aids: tuple[tuple[str, Decimal, Decimal], ...],
    quantity: Decimal,
    helped: Money,
) -> Iterator[Aided]:
    """
    What each pays, so that all of them pay *helped*, to the cent.
    """
    exact = [unit * quantity + line for _, unit, line in aids]
    whole = sum(exact, NOTHING)
    passed, given = NOTHING, 0
    for (payer, _, _), one in zip(aids, exact, strict=True):
        passed += one
        share = passed / whole if whole else NOTHING
        until = int((share * helped.cents).quantize(Decimal(1)))
        if until > given:
            yield Aided(payer, Money(until - given))
        given = until
