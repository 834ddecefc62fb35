"""
What an incident costs, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum

from attrs import frozen

from portail_core.domain.dated import History
from portail_core.domain.ids import PeriodCode
from portail_core.domain.money import ZERO, Money

from ._incidents import (
    Incident,
    LatePickup,
    PastIncident,
    Unbooked,
    Unexcused,
)
from ._policy import AbsencePolicy, Applied, DayRule, PickupRule, Rule


class ChargeKind(Enum):
    """
    What a charge stands for.
    """

    PRICE = "price"  # in the place of the day's price
    PENALTY = "penalty"  # beside it; no care, so not for the tax certificate


@frozen(kw_only=True)
class Charge:
    """
    An amount that is due, and why.

    Attributes:
        amount: `unit_amount` × `quantity`, unless the rule has a bound.

        applied: Staff decides on those that are optional.

        rule: The rule's label in `docs/spec`.

        path: Where it stands in the règlement's file.

        label: The règlement's own sentence.

        source: The decision, as one would cite it.
    """

    kind: ChargeKind
    amount: Money
    unit_amount: Money
    quantity: Decimal
    applied: Applied
    rule: str
    path: str
    label: str
    source: str


_LISTS = {
    Unexcused: ("unexcused", "absence.unexcused"),
    Unbooked: ("unbooked", "absence.unbooked"),
    LatePickup: ("late_pickup", "absence.late-pickup"),
}


def charge(
    policies: History[AbsencePolicy],
    incident: Incident,
    *,
    period: PeriodCode,
    before: Sequence[PastIncident] = (),
) -> tuple[Charge, ...]:
    """
    What an incident costs.

    Args:
        policies: Those of the period.

        incident: What happened.

        period: When.

        before: Those that happened before; « the Nth » counts them.

    Returns:
        Nothing if no rule answers; else a price, a penalty, or both.

    Raises:
        Refused: `NothingInForce` before the first policy, `FactMissing` if a
            rule asks for a fact that nobody stated.
    """
    decision = policies.on(incident.facts.day)
    key, label = _LISTS[type(incident)]
    rules: tuple[Rule, ...] = getattr(decision.value, key)
    for position, rule in enumerate(rules):
        if _answers(rule, incident, period, before):
            return tuple(
                Charge(
                    kind=kind,
                    amount=amount,
                    unit_amount=unit_amount,
                    quantity=quantity,
                    applied=rule.applied,
                    rule=label,
                    path=f"{decision.path}.{key}[{position}]",
                    label=rule.label,
                    source=decision.source,
                )
                for kind, amount, unit_amount, quantity in _amounts(
                    rule, incident
                )
            )
    return ()


def _answers(
    rule: Rule,
    incident: Incident,
    period: PeriodCode,
    before: Sequence[PastIncident],
) -> bool:
    return (
        _is_late_enough(rule, incident)
        and _is_nth(rule, incident, period, before)
        and rule.when.holds(incident.facts)
    )


def _is_late_enough(rule: Rule, incident: Incident) -> bool:
    if isinstance(incident, LatePickup):
        assert isinstance(rule, PickupRule), "it is of that list"
        return rule.lateness(incident.at) is not None
    return True


def _is_nth(
    rule: Rule,
    incident: Incident,
    period: PeriodCode,
    before: Sequence[PastIncident],
) -> bool:
    if rule.repeated is None:
        return True
    each = rule.repeated.each
    span = each.span_of(incident.facts.day, period)
    counted = sum(each.span_of(one.day, one.period) == span for one in before)
    return counted + 1 >= rule.repeated.from_nth


_Amounts = Iterator[tuple[ChargeKind, Money, Money, Decimal]]


def _amounts(rule: Rule, incident: Incident) -> _Amounts:
    if isinstance(incident, LatePickup):
        assert isinstance(rule, PickupRule), "it is of that list"
        return _of_pickup(rule, incident)
    assert isinstance(rule, DayRule), "it is of that list"
    return _of_day(rule, incident.price)


def _of_day(rule: DayRule, price: Money) -> _Amounts:
    share, penalty = rule.price_share, rule.penalty
    if share is not None:
        yield ChargeKind.PRICE, price.times(share), price, share
    if penalty != ZERO:
        yield ChargeKind.PENALTY, penalty, penalty, Decimal(1)


def _of_pickup(rule: PickupRule, incident: LatePickup) -> _Amounts:
    late = rule.lateness(incident.at)
    assert late is not None, "it costs something"
    times = Decimal(rule.times(late, len(incident.children)))
    amount = rule.penalty.times(times)
    if rule.at_most is not None:
        amount = min(amount, rule.at_most)
    yield ChargeKind.PENALTY, amount, rule.penalty, times
