"""
The rank of each child, where nobody stated it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve

from portail_core.domain.ids import ChildId, FactName
from portail_core.domain.offers import Period
from portail_core.domain.reglement import Reglement
from portail_core.domain.siblings import Counted, Order, Siblings

from ._facts import Visit, Visits

RANKS = frozenset({FactName("rank"), FactName("siblings")})


def asks_ranks(reglement: Reglement, period: Period) -> bool:
    """
    Whether prices of *period* depend on who else comes.
    """
    asked = reglement.tariffs_of(period).facts
    return bool(RANKS & asked) and reglement.siblings_of(period) is not None


def ranked(
    children: tuple[Visits, ...], reglement: Reglement
) -> tuple[Visits, ...]:
    """
    *children*, each visit with the rank of its child and how many they are.

    A rank that was stated stands.  Nobody is ranked where a child has no
    birth date, or where the règlement does not say which children count.
    """
    return tuple(
        _all_ranked(visits, children, reglement) for visits in children
    )


def _all_ranked(
    visits: Visits, children: tuple[Visits, ...], reglement: Reglement
) -> Visits:
    policy = reglement.siblings_of(visits.period)
    if policy is None or not asks_ranks(reglement, visits.period):
        return visits
    return evolve(
        visits,
        days=tuple(
            _ranked(visit, visits, children, policy) for visit in visits.days
        ),
    )


def _ranked(
    visit: Visit,
    visits: Visits,
    children: tuple[Visits, ...],
    policy: Siblings,
) -> Visit:
    counted = {
        other.child: other.birth_date
        for other in children
        if _counts(other, visit, policy)
    }
    dates = [date for date in counted.values() if date is not None]
    if len(dates) < len(counted):
        return visit
    order = _in_order(counted.items(), policy.order)
    return evolve(
        visit,
        rank=visit.rank or _rank(visit, visits.child, order, children),
        siblings=visit.siblings or len(order),
    )


def _rank(
    visit: Visit,
    child: ChildId,
    order: list[ChildId],
    children: tuple[Visits, ...],
) -> int:
    """
    The first rank that no sibling has for good, in the order of the others.
    """
    settled = {
        other.child: one.rank
        for other in children
        for one in other.days
        if one.day == visit.day and one.rank is not None
    }
    if child in settled:
        return settled[child]
    free = [
        rank
        for rank in range(1, len(order) + 1)
        if rank not in settled.values()
    ]
    waiting = [one for one in order if one not in settled]
    return free[waiting.index(child)]


def _counts(other: Visits, visit: Visit, policy: Siblings) -> bool:
    match policy.counted:
        case Counted.ENROLLED:
            return True
        case Counted.PRESENT:
            return any(one.day == visit.day for one in other.days)
        case Counted.SAME_HOUR:
            return any(_meet(one, visit) for one in other.days)


def _meet(one: Visit, other: Visit) -> bool:
    if one.day != other.day:
        return False
    mine, theirs = one.present, other.present
    if mine is None or theirs is None:
        return bool(set(one.amplitude.parts) & set(other.amplitude.parts))
    return mine.arrives < theirs.leaves and theirs.arrives < mine.leaves


def _in_order(
    children: Iterable[tuple[ChildId, dt.date | None]], order: Order
) -> list[ChildId]:
    eldest_first = sorted(children, key=lambda one: (one[1], one[0]))
    listed = [child for child, _ in eldest_first]
    return listed[::-1] if order is Order.YOUNGEST_FIRST else listed
