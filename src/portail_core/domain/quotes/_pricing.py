"""
What days cost: all that is priced together, line by line.

Days that price alike are priced and explained once.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from attrs import frozen

from portail_core.domain.amplitudes import Meal
from portail_core.domain.facts import Facts, HouseholdFacts
from portail_core.domain.ids import FactName, PrestationCode
from portail_core.domain.quotient_familial import QuotientPolicy, in_force
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import QUOTIENT, Prestation, Tariffs

from ._amounts import Amount, amount_of
from ._facts import ALONE, Company, Visit, Visits
from ._lines import PricedLine
from ._ranks import ranked
from ._together import Entry, combined, once, packaged, rounded

SEASON = FactName("season")
AGE = FactName("age")


def price(
    children: Iterable[Visits],
    *,
    household: HouseholdFacts,
    reglement: Reglement,
    booked_on: dt.date,
    company: Company = ALONE,
) -> tuple[PricedLine, ...]:
    """
    Price days of one household, each by the tariff that is for it.

    Args:
        children: Child by child; those whose rank is not stated are ranked
            among one another, as the règlement says.

        household: Who pays.

        reglement: The version under which they are booked.

        booked_on: When the family asks, in Paris.

        company: What else the household has; it is not priced.

    Raises:
        Refused: For all that has no price: `QuotientMissing`, `FactMissing`,
            `NoTariff`, `BetweenBrackets`, `IndividualOutside`, `NoPackage`,
            `NothingInForce`.
    """
    lines: list[PricedLine] = []
    names = set(company.billed)
    refusals: list[Refusal] = []
    wanted = tuple(children)
    everyone = ranked((*wanted, *company.visits), reglement)
    for visits in everyone[: len(wanted)]:
        pricer = _Pricer(
            visits=visits,
            household=household,
            reglement=reglement,
            booked_on=booked_on,
        )
        try:
            lines.extend(pricer.lines(billed=names))
        except Refused as refused:
            refusals.extend(refused.refusals)
        names.update(line.together for line in lines if line.together)
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    return tuple(lines)


Alike = tuple[tuple[Prestation, Amount], ...]

NO_FACT = frozenset[str]()


@frozen(kw_only=True)
class _Pricer:
    """
    Prices the days of one child.
    """

    visits: Visits
    household: HouseholdFacts
    reglement: Reglement
    booked_on: dt.date

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
        if AGE in asked:
            found.append(lambda visit, _: visit.age)
        if QUOTIENT in asked and len(self.household.quotients) > 0:
            found.append(lambda visit, _: self._quotient(visit.day))
        if len(self.tariffs.changes) > 1:
            changes = self.tariffs.changes
            found.append(lambda visit, _: bisect_right(changes, visit.day))
        return tuple(found)

    def lines(self, billed: Collection[str]) -> tuple[PricedLine, ...]:
        """
        Every line, by day.

        Args:
            billed: What is billed once, and was.
        """
        entries = tuple(self._entries())
        if any(one.once_per for one in self.prestations.values()):
            entries = once(entries, self.visits, self.prestations, billed)
        if any(decision.value.packages for decision in self.tariffs.decisions):
            entries = packaged(entries, self._package)
        return tuple(entry.line for entry in rounded(entries))

    def _entries(self) -> Iterator[Entry]:
        alike: dict[object, Alike] = {}
        made: dict[dt.date, frozenset[str]] = {}
        refusals: dict[Refusal, None] = {}
        for visit, nth in self._ordered():
            daily = made.get(visit.day, NO_FACT)
            key = (
                visit.amplitude.code,
                visit.booked,
                visit.hours,
                visit.rank,
                visit.siblings,
                daily,
                *(read(visit, nth) for read in self.varying),
            )
            if key not in alike:
                try:
                    alike[key] = self._alike(visit, nth, daily)
                except Refused as refused:
                    refusals |= dict.fromkeys(refused.refusals)
                    continue
            for prestation, amount in alike[key]:
                if amount.made:
                    made[visit.day] = (
                        made.get(visit.day, NO_FACT) | amount.made
                    )
                yield Entry(
                    self.line(visit.day, prestation, amount), amount, visit
                )
        if refusals:
            raise Refused(*refusals)

    def _ordered(self) -> Iterator[tuple[Visit, int]]:
        visits = combined(
            sorted(self.visits.days, key=lambda visit: visit.day),
            self.reglement.combinations_of(self.visits.period),
            self.reglement,
        )
        days: dict[tuple[int, int], set[dt.date]] = {}
        for visit in visits:
            month = days.setdefault((visit.day.year, visit.day.month), set())
            month.add(visit.day)
            yield visit, len(month)

    def _alike(self, visit: Visit, nth: int, made: frozenset[str]) -> Alike:
        facts = self.facts(visit, nth)
        found: list[tuple[Prestation, Amount]] = []
        refusals: list[Refusal] = []
        for code, quantity in self._billed(visit):
            try:
                amount = self.amount(code, quantity, facts, made)
            except Refused as refused:
                refusals.extend(refused.refusals)
                continue
            made |= amount.made
            found.append((self.prestations[code], amount))
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

    def facts(self, visit: Visit, nth: int) -> Facts:
        """
        All that is known of a child-day.
        """
        household, visits = self.household, self.visits
        hours = visit.present
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
            rank=visit.rank,
            siblings=visit.siblings,
            nth=nth,
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

    def line(
        self, day: dt.date, prestation: Prestation, amount: Amount
    ) -> PricedLine:
        """
        A line of a day.
        """
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
        )

    def _package(self, code: PrestationCode, first: Visit) -> Entry:
        facts = self.facts(first, 1)
        amount = self.amount(code, Decimal(1), facts, NO_FACT)
        line = self.line(first.day, self.prestations[code], amount)
        return Entry(line, amount, first)


_VARYING: Mapping[FactName, Callable[[Visit, int], object]] = {
    FactName("weekday"): lambda visit, _: visit.day.weekday(),
    FactName("day"): lambda visit, _: (visit.day.month, visit.day.day),
    FactName("nth"): lambda _, nth: nth,
}
