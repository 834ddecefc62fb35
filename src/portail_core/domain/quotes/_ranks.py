"""
The rank of each child, where nobody stated it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve

from portail_core.domain.ids import FactName
from portail_core.domain.reglement import Reglement
from portail_core.domain.siblings import Counted, Order, Siblings

from ._facts import Stay, Visit

RANKS = frozenset({FactName("rank"), FactName("siblings")})


def ranked(stays: tuple[Stay, ...], reglement: Reglement) -> tuple[Stay, ...]:
    """
    *stays*, each visit with the rank of its child and how many they are.

    A rank that was stated stands.  Nobody is ranked where a child has no
    birth date, or where the règlement does not say which children count.
    """
    return tuple(_stay_ranked(stay, stays, reglement) for stay in stays)


def _stay_ranked(
    stay: Stay, stays: tuple[Stay, ...], reglement: Reglement
) -> Stay:
    policy = reglement.siblings_of(stay.period)
    asked = reglement.tariffs_of(stay.period).facts
    if policy is None or not asked & RANKS:
        return stay
    return evolve(
        stay,
        visits=tuple(
            _ranked(visit, stay, stays, policy) for visit in stay.visits
        ),
    )


def _ranked(
    visit: Visit, stay: Stay, stays: tuple[Stay, ...], policy: Siblings
) -> Visit:
    counted = {
        other.child: other.birth_date
        for other in stays
        if _counts(other, visit, policy)
    }
    dates = [date for date in counted.values() if date is not None]
    if len(dates) < len(counted):
        return visit
    order = _in_order(counted.items(), policy.order)
    return evolve(
        visit,
        rank=visit.rank or order.index(stay.child) + 1,
        siblings=visit.siblings or len(order),
    )


def _counts(other: Stay, visit: Visit, policy: Siblings) -> bool:
    match policy.counted:
        case Counted.ENROLLED:
            return True
        case Counted.PRESENT:
            return any(one.day == visit.day for one in other.visits)
        case Counted.SAME_HOUR:
            return any(_meet(one, visit) for one in other.visits)


def _meet(one: Visit, other: Visit) -> bool:
    if one.day != other.day:
        return False
    if one.arrives is None or other.arrives is None:
        return bool(set(one.amplitude.parts) & set(other.amplitude.parts))
    assert one.leaves is not None, "who arrives leaves"
    assert other.leaves is not None, "who arrives leaves"
    return one.arrives < other.leaves and other.arrives < one.leaves


def _in_order(
    children: Iterable[tuple[str, dt.date | None]], order: Order
) -> list[str]:
    eldest_first = sorted(children, key=lambda one: (one[1], one[0]))
    listed = [child for child, _ in eldest_first]
    return listed[::-1] if order is Order.YOUNGEST_FIRST else listed
