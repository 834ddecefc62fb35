"""
What days cost: all that is priced together, line by line.

Days that price alike are priced and explained once.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

from portail_core.domain.amplitudes import Meal
from portail_core.domain.facts import Facts, HouseholdFacts
from portail_core.domain.ids import ChildId, FactName, PrestationCode
from portail_core.domain.quotient_familial import (
    QuotientPolicy,
    in_force,
    is_constant,
)
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import QUOTIENT, Point, Prestation, Tariffs

from ._amounts import Amount, amount_of
from ._facts import ALONE, Company, Visit, Visits
from ._lines import PricedLine
from ._ranks import Rank, Ranks
from ._together import Entry, Once, combined, packaged, rounded

SEASON = FactName("season")


def price(
    children: Iterable[Visits],
    *,
    household: HouseholdFacts,
    reglement: Reglement,
    booked_on: dt.date,
    company: Company = ALONE,
    known: Alike | None = None,
) -> tuple[PricedLine, ...]:
    """
    Price days of one household, each by the tariff that is for it.

    Args:
        children: Child by child, one of them once for each period; those
            whose rank is not stated are ranked among one another, as the
            règlement says.

        household: Who pays.

        reglement: The version under which they are booked.

        booked_on: When the family asks, in Paris.

        company: What else the household has; it is not priced.

        known: Prices of the same child and period, on the same terms, that
            days like theirs have too; filled on the way.

    Raises:
        Refused: For all that has no price: `QuotientMissing`, `FactMissing`,
            `NoTariff`, `BetweenBrackets`, `IndividualOutside`, `NoPackage`,
            `NothingInForce`.
    """
    children = tuple(children)
    ranks = Ranks((*children, *company.visits), reglement)
    billed = set(company.billed)
    made: Made = {}
    lines: list[PricedLine] = []
    refusals: list[Refusal] = []
    for visits in children:
        pricer = _Pricer(
            visits=visits,
            household=household,
            reglement=reglement,
            booked_on=booked_on,
            ranks=ranks,
            alike={} if known is None else known,
        )
        try:
            found = pricer.lines(billed, made)
        except Refused as refused:
            refusals.extend(refused.refusals)
            continue
        lines.extend(found)
        billed.update(line.together for line in found if line.together)
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    return tuple(lines)


Made: TypeAlias = dict[tuple[ChildId, dt.date], frozenset[str]]
"""Adjustments that a child's day had already, of those made once a day."""

NOTHING_MADE = frozenset[str]()


@frozen(kw_only=True)
class _Day:
    """
    A visit to price, and what only its month and its siblings tell.
    """

    visit: Visit
    nth: int
    rank: Rank


@frozen
class _Priced:
    """
    A line of any day that prices alike.
    """

    prestation: Prestation
    amount: Amount


Alike: TypeAlias = dict[object, tuple[_Priced, ...]]
"""What one price is for, of all that tells days apart; and that price."""


@frozen(kw_only=True)
class _Pricer:
    """
    Prices the days of one child.
    """

    visits: Visits
    household: HouseholdFacts
    reglement: Reglement
    booked_on: dt.date
    ranks: Ranks
    alike: Alike

    @cached_property
    def tariffs(self) -> Tariffs:
        return self.reglement.tariffs_of(self.visits.period)

    @cached_property
    def policy(self) -> QuotientPolicy:
        return self.reglement.quotients_of(self.visits.period)

    @cached_property
    def prestations(self) -> Mapping[PrestationCode, Prestation]:
        return {one.code: one for one in self.reglement.prestations}

    @cached_property
    def named(self) -> Mapping[FactName, str]:
        return {**self.household.named, **self.visits.named}

    @cached_property
    def varying(self) -> tuple[Callable[[Visit, int], object], ...]:
        """
        What tells two days of one amplitude apart, of all that is asked.
        """
        asked = self.tariffs.facts
        found: list[Callable[[Visit, int], object]] = [
            read for name, read in _VARYING.items() if name in asked
        ]
        if SEASON in asked:
            season = self.visits.period.calendar.season
            found.append(lambda visit, _: season(visit.day))
        if QUOTIENT in asked and not is_constant(
            self.policy, self.household.quotients
        ):
            found.append(lambda visit, _: self._quotient(visit.day))
        if len(self.tariffs.changes) > 1:
            changes = self.tariffs.changes
            found.append(lambda visit, _: bisect_right(changes, visit.day))
        return tuple(found)

    def lines(
        self, billed: AbstractSet[str], made: Made
    ) -> Sequence[PricedLine]:
        """
        Every line, by day.

        Args:
            billed: What is billed once, and was.

            made: Told of what is made once a day.
        """
        entries = self._entries(
            Once(self.reglement.prestations, self.visits, billed), made
        )
        tariffs = [decision.value for decision in self.tariffs.decisions]
        if any(tariff.packages for tariff in tariffs):
            entries = packaged(entries, self._package)
        if any(tariff.point is Point.TOTAL for tariff in tariffs):
            entries = rounded(entries)
        return [line for line, *_ in entries]

    def _entries(self, once: Once, made: Made) -> list[Entry]:
        entries: list[Entry] = []
        alike = self.alike
        refusals: dict[Refusal, None] = {}
        child, varying = self.visits.child, self.varying
        policy = self.ranks.policy_of(self.visits)
        for visit, nth in self._ordered():
            whose = child, visit.day
            daily = made.get(whose, NOTHING_MADE)
            over = once.over(visit)
            rank = self.ranks.of(child, visit, policy)
            key = (
                visit.amplitude.code,
                visit.booked,
                visit.hours,
                rank,
                daily,
                over,
                *[read(visit, nth) for read in varying],
            )
            priced = alike.get(key)
            if priced is None:
                day = _Day(visit=visit, nth=nth, rank=rank)
                try:
                    priced = alike[key] = self._alike(day, daily, over)
                except Refused as refused:
                    refusals |= dict.fromkeys(refused.refusals)
                    continue
            for one in priced:
                if one.amount.made:
                    made[whose] = (
                        made.get(whose, NOTHING_MADE) | one.amount.made
                    )
                span = once.bill(one.prestation.code, visit.day)
                line = self._line(visit.day, one, span)
                entries.append(Entry(line, one.amount, visit, nth))
        if refusals:
            raise Refused(*refusals)
        return entries

    def _ordered(self) -> Iterator[tuple[Visit, int]]:
        visits = combined(
            sorted(self.visits.days, key=_by_day_and_hour),
            self.reglement.combinations_of(self.visits.period),
            self.reglement,
        )
        nth, last = 0, dt.date.min
        for visit in visits:
            if visit.day != last:
                same = (visit.day.year, visit.day.month) == (
                    last.year,
                    last.month,
                )
                nth = nth + 1 if same else 1
                last = visit.day
            yield visit, nth

    def _alike(
        self,
        day: _Day,
        made: frozenset[str],
        over: frozenset[PrestationCode],
    ) -> tuple[_Priced, ...]:
        facts = self.facts(day)
        found: list[_Priced] = []
        refusals: list[Refusal] = []
        for code, quantity in self._billed(day.visit):
            if code in over:
                continue
            try:
                amount = self.amount(code, quantity, facts, made)
            except Refused as refused:
                refusals.extend(refused.refusals)
                continue
            made |= amount.made
            found.append(_Priced(self.prestations[code], amount))
        if refusals:
            raise Refused(*dict.fromkeys(refusals))
        return tuple(found)

    def _billed(
        self, visit: Visit
    ) -> Iterator[tuple[PrestationCode, Decimal]]:
        yield from visit.amplitude.prestations.items()
        for code in visit.amplitude.timed:
            timed = self.prestations[code].timed
            assert timed is not None, "it was checked"
            hours = visit.present
            assert hours is not None, "it was checked"
            yield code, timed.quantity(hours.arrives, hours.leaves)

    def amount(
        self,
        code: PrestationCode,
        quantity: Decimal,
        facts: Facts,
        made: frozenset[str],
    ) -> Amount:
        """
        The price of one prestation, on the facts of a child-day.
        """
        return amount_of(
            code,
            quantity,
            facts,
            self.tariffs.answer(code, facts, self.booked_on),
            amounts=self.visits.amounts,
            made=made,
        )

    def facts(self, day: _Day) -> Facts:
        """
        All that is known of a child-day.
        """
        household, visits, visit = self.household, self.visits, day.visit
        hours = visit.present
        rank, siblings = day.rank
        return Facts(
            day=visit.day,
            accueil=visits.period.accueil,
            amplitude=visit.amplitude.code,
            season=visits.period.calendar.season(visit.day),
            age=visit.age,
            quotient=self._quotient(visit.day),
            income=household.income,
            cost=visits.cost,
            dependants=household.dependants,
            rank=rank,
            siblings=siblings,
            nth=day.nth,
            residency=household.residency,
            scheme=household.scheme,
            booked=visit.booked,
            arrives=hours.arrives if hours else None,
            leaves=hours.leaves if hours else None,
            meal_supplied=visits.meal_supplied
            or visit.amplitude.meal is Meal.SUPPLIED,
            named=self.named,
        )

    def _quotient(self, day: dt.date) -> Decimal | None:
        return in_force(
            self.policy,
            self.household.quotients,
            day=day,
            booked_on=self.booked_on,
        )

    def _line(
        self, day: dt.date, one: _Priced, together: str | None
    ) -> PricedLine:
        prestation, amount = one.prestation, one.amount
        return PricedLine(
            child=self.visits.child,
            day=day,
            prestation=prestation.code,
            designation=prestation.label,
            nature=prestation.nature,
            quantity=amount.quantity,
            unit_price=amount.unit_price,
            amount=amount.amount,
            why=amount.why,
            aids=amount.aids,
            together=together,
        )

    def _package(self, code: PrestationCode, first: Entry) -> Entry:
        visit, nth = first.visit, first.nth
        rank = self.ranks.of(
            self.visits.child, visit, self.ranks.policy_of(self.visits)
        )
        facts = self.facts(_Day(visit=visit, nth=nth, rank=rank))
        amount = self.amount(code, Decimal(1), facts, NOTHING_MADE)
        priced = _Priced(self.prestations[code], amount)
        return Entry(self._line(visit.day, priced, None), amount, visit, nth)


def _by_day_and_hour(visit: Visit) -> tuple[dt.date, dt.time, str]:
    hours = visit.present
    arrives = dt.time.min if hours is None else hours.arrives
    return visit.day, arrives, visit.amplitude.code


_VARYING: Mapping[FactName, Callable[[Visit, int], object]] = {
    FactName("weekday"): lambda visit, _: visit.day.weekday(),
    FactName("day"): lambda visit, _: (visit.day.month, visit.day.day),
    FactName("age"): lambda visit, _: visit.age,
    FactName("nth"): lambda _, nth: nth,
}
