"""
The rank of each child, where nobody stated it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import TypeAlias

from attrs import evolve

from portail_core.domain.ids import ChildId, FactName
from portail_core.domain.offers import Period
from portail_core.domain.reglement import Reglement
from portail_core.domain.siblings import Counted, Order, Siblings

from ._facts import Visit, Visits

RANKS = frozenset({FactName("rank"), FactName("siblings")})

Rank: TypeAlias = tuple[int | None, int | None]
"""From 1, and of how many; `None` is unknown."""

UNRANKED: Rank = (None, None)


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
    *children*, each visit with the rank that prices it.
    """
    ranks = Ranks(children, reglement)
    found: list[Visits] = []
    for visits in children:
        policy = ranks.policy_of(visits)
        days: list[Visit] = []
        for visit in visits.days:
            rank, siblings = ranks.of(visits.child, visit, policy)
            days.append(evolve(visit, rank=rank, siblings=siblings))
        found.append(evolve(visits, days=tuple(days)))
    return tuple(found)


class Ranks:
    """
    Ranks of *children* among one another.

    A rank that was stated stands.  Nobody is ranked where a child that counts
    has no birth date, or where the règlement does not say which children do.
    """

    def __init__(
        self, children: tuple[Visits, ...], reglement: Reglement
    ) -> None:
        self._children = children
        self._reglement = reglement
        self._born: dict[ChildId, dt.date | None] = {}
        self._present: dict[dt.date, list[tuple[ChildId, Visit]]] = {}
        for visits in children:
            known = self._born.get(visits.child)
            self._born[visits.child] = visits.birth_date or known
            for visit in visits.days:
                self._present.setdefault(visit.day, []).append(
                    (visits.child, visit)
                )

    def policy_of(self, visits: Visits) -> Siblings | None:
        """
        Which children count for *visits*; `None` if no price asks.
        """
        if not self._reglement.tariffs_of(visits.period).facts & RANKS:
            return None
        return self._reglement.siblings_of(visits.period)

    def of(
        self, child: ChildId, visit: Visit, policy: Siblings | None
    ) -> Rank:
        """
        The rank of *child* on that visit, and how many children count.
        """
        stated = visit.rank, visit.siblings
        if policy is None or None not in stated:
            return stated
        rank, siblings = self._ranked(child, visit, policy)
        return visit.rank or rank, visit.siblings or siblings

    def _ranked(self, child: ChildId, visit: Visit, policy: Siblings) -> Rank:
        born: dict[ChildId, dt.date] = {}
        for other in self._counted(visit, policy):
            date = self._born[other]
            if date is None:
                return UNRANKED
            born[other] = date
        order = sorted(born, key=lambda one: (born[one], one))
        if policy.order is Order.YOUNGEST_FIRST:
            order.reverse()
        return self._first_free(child, visit.day, order), len(order)

    def _first_free(
        self, child: ChildId, day: dt.date, order: list[ChildId]
    ) -> int:
        """
        A rank that was stated is its child's that day; the others share what
        is left, in their order.
        """
        settled = {
            other: one.rank
            for other, one in self._present[day]
            if one.rank is not None and other in order
        }
        if child in settled:
            return settled[child]
        taken = set(settled.values())
        free = (n for n in count(1) if n not in taken)
        waiting = [one for one in order if one not in settled]
        return dict(zip(waiting, free, strict=False))[child]

    def _counted(self, visit: Visit, policy: Siblings) -> Iterator[ChildId]:
        if policy.counted is Counted.ENROLLED:
            yield from self._born
            return
        hourly = policy.counted is Counted.SAME_HOUR
        for child, other in self._present[visit.day]:
            if not hourly or _meet(other, visit):
                yield child


def _meet(one: Visit, other: Visit) -> bool:
    mine, theirs = one.present, other.present
    if mine is None or theirs is None:
        return bool(set(one.amplitude.parts) & set(other.amplitude.parts))
    return mine.arrives < theirs.leaves and theirs.arrives < mine.leaves
