"""
What is priced together: combinations of a day, what is billed once, packages
of days, sums that are rounded as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Set as AbstractSet,
)
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from attrs import evolve

from portail_core.domain.amplitudes import Amplitude, Hours
from portail_core.domain.combinations import Combination
from portail_core.domain.facts import Booked
from portail_core.domain.ids import PrestationCode
from portail_core.domain.money import Money, cents
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import (
    NoPackage,
    OncePer,
    OtherSizes,
    Packages,
    Point,
    Prestation,
    Size,
    Within,
)

from ._amounts import Amount
from ._facts import Visit, Visits
from ._lines import Aided, PricedLine


class Entry(NamedTuple):
    """
    A line, the amount that it came from, and the visit that asked for it,
    which is the *nth* of the child's days of the month.
    """

    line: PricedLine
    amount: Amount
    visit: Visit
    nth: int


# « plusieurs unités forment une journée » ------------------------------------


def combined(
    visits: Iterable[Visit],
    combinations: tuple[Combination, ...],
    reglement: Reglement,
) -> Iterator[Visit]:
    """
    The visits, those of one day that make a larger amplitude being that one.

    The combination of the most amplitudes first; of as many, the first of
    the règlement.  What they make is combined in its turn.
    """
    if not combinations:
        yield from visits
        return
    largest_first = sorted(
        combinations, key=lambda one: len(one.amplitudes), reverse=True
    )
    for _, of_day in groupby(visits, key=lambda visit: visit.day):
        day = list(of_day)
        while step := _first_matching(day, largest_first):
            combination, found = step
            # By what they are: two may be equal.
            taken = set(map(id, found))
            day = [visit for visit in day if id(visit) not in taken]
            day.append(_joined(found, combination, reglement))
        yield from day


def _first_matching(
    day: list[Visit], combinations: list[Combination]
) -> tuple[Combination, list[Visit]] | None:
    for combination in combinations:
        if found := _matching(day, combination):
            return combination, found
    return None


def _matching(day: list[Visit], combination: Combination) -> list[Visit]:
    found = []
    for code in combination.amplitudes:
        one = next((v for v in day if v.amplitude.code == code), None)
        if one is None:
            return []
        found.append(one)
    return found


def _joined(
    visits: list[Visit], combination: Combination, reglement: Reglement
) -> Visit:
    whole = None
    if any(visit.hours is not None for visit in visits):
        hours = [one.present for one in visits if one.present is not None]
        whole = Hours(
            arrives=min(one.arrives for one in hours),
            leaves=max(one.leaves for one in hours),
        )
    return evolve(
        visits[0],
        amplitude=_shape(reglement, combination),
        hours=whole,
        booked=max((one.booked for one in visits), key=_LATEST.index),
    )


_LATEST = (Booked.IN_TIME, Booked.LATE, Booked.UNBOOKED)


def _shape(reglement: Reglement, combination: Combination) -> Amplitude:
    return next(
        one
        for one in reglement.amplitudes
        if one.code == combination.priced_as
    )


# « une fois par mois » -------------------------------------------------------


class Once:
    """
    What is billed once for a span, and was already.

    Args:
        prestations: Those of the règlement.

        visits: Whose.

        billed: By `PricedLine.together`.
    """

    def __init__(
        self,
        prestations: Iterable[Prestation],
        visits: Visits,
        billed: AbstractSet[str],
    ) -> None:
        self._every = {
            one.code: one.once_per for one in prestations if one.once_per
        }
        self._visits = visits
        self._seen = set(billed) if self._every else set()

    def over(self, visit: Visit) -> frozenset[PrestationCode]:
        """
        What *visit* asks for, and is billed no more.
        """
        if not self._every:
            return NOTHING_OVER
        asked = (*visit.amplitude.prestations, *visit.amplitude.timed)
        return frozenset(
            code
            for code in asked
            if code in self._every
            and self._span(code, visit.day) in self._seen
        )

    def bill(self, code: PrestationCode, day: dt.date) -> str | None:
        """
        Note that *code* is billed; the name of its span, if it is once.
        """
        if code not in self._every:
            return None
        span = self._span(code, day)
        self._seen.add(span)
        return span

    def _span(self, code: PrestationCode, day: dt.date) -> str:
        return once_span(code, day, self._every[code], self._visits)


NOTHING_OVER = frozenset[PrestationCode]()


def once_span(
    code: PrestationCode, day: dt.date, every: OncePer, visits: Visits
) -> str:
    """
    Names the span in which a prestation is billed once.
    """
    whose = "" if every in _HOUSEHOLDS else f"{visits.child}/"
    return f"{whose}{code}/{_SPANS[every](day, visits)}"


_HOUSEHOLDS = {
    OncePer.HOUSEHOLD_DAY,
    OncePer.HOUSEHOLD_MONTH,
    OncePer.HOUSEHOLD_YEAR,
}


def _week(day: dt.date, _: Visits) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def _month(day: dt.date, _: Visits) -> str:
    return f"{day:%Y-%m}"


def _year(day: dt.date, _: Visits) -> str:
    first = day.year if day.month >= SEPTEMBER else day.year - 1
    return f"{first}-{first + 1}"


def _day(day: dt.date, _: Visits) -> str:
    return day.isoformat()


def _period(_: dt.date, visits: Visits) -> str:
    return visits.period.code


SEPTEMBER = 9

_SPANS: Mapping[OncePer, Callable[[dt.date, Visits], str]] = {
    OncePer.CHILD_WEEK: _week,
    OncePer.CHILD_MONTH: _month,
    OncePer.CHILD_PERIOD: _period,
    OncePer.CHILD_YEAR: _year,
    OncePer.HOUSEHOLD_DAY: _day,
    OncePer.HOUSEHOLD_MONTH: _month,
    OncePer.HOUSEHOLD_YEAR: _year,
}


# « 3 jours 67 € » ------------------------------------------------------------


def packaged(
    entries: list[Entry],
    price: Callable[[PrestationCode, Entry], Entry],
) -> list[Entry]:
    """
    The entries, days that make a package being billed as that.

    Args:
        entries: Of one visits, by day.

        price: The entry of a package, on the facts of its first day.

    Raises:
        Refused: `NoPackage`.
    """
    spans: dict[tuple[object, str], list[Entry]] = {}
    offers: dict[tuple[object, str], Packages] = {}
    kept: list[Entry] = []
    for entry in entries:
        packages = _offer(entry)
        if packages is None:
            kept.append(entry)
            continue
        # The first day says which: another version of the tariff may be in
        # force before the week is over.
        same = entry.amount.tariff.when, packages.of, packages.within
        span = _within(packages.within, entry.line.day)
        offers.setdefault((same, span), packages)
        spans.setdefault((same, span), []).append(entry)
    for where, of_span in spans.items():
        kept.extend(_bundled(offers[where], where[1], of_span, price))
    return sorted(kept, key=lambda entry: entry.line.day)


def _offer(entry: Entry) -> Packages | None:
    return next(
        (
            packages
            for packages in entry.amount.tariff.packages
            if entry.line.prestation in packages.of
        ),
        None,
    )


def _within(within: Within, day: dt.date) -> str:
    match within:
        case Within.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case Within.MONTH:
            return f"{day:%Y-%m}"
        case _:
            return "period"


def _bundled(
    packages: Packages,
    span: str,
    entries: list[Entry],
    price: Callable[[PrestationCode, Entry], Entry],
) -> Iterator[Entry]:
    days = sorted({entry.line.day for entry in entries})
    for rank, (size, of_size) in enumerate(_cut(packages, days)):
        chosen = [entry for entry in entries if entry.line.day in of_size]
        if size is None:
            yield from chosen
        else:
            whole = price(size.billed_as, chosen[0])
            name = f"{whole.line.child}/{size.billed_as}/{span}/{rank}"
            yield from _shared(whole, name, of_size)


def _cut(
    packages: Packages, days: list[dt.date]
) -> Iterator[tuple[Size | None, list[dt.date]]]:
    exact = packages.exactly(len(days))
    if exact is not None:
        yield exact, days
        return
    if packages.other_sizes is OtherSizes.REFUSED:
        sizes = tuple(str(size) for size in packages.sizes)
        raise Refused(NoPackage(len(days), sizes))
    while days:
        size = packages.largest(len(days))
        if size is None:
            yield None, days
            return
        count = len(days) if size.last is None else min(size.last, len(days))
        yield size, days[:count]
        days = days[count:]


def _shared(whole: Entry, name: str, days: list[dt.date]) -> Iterator[Entry]:
    # The first day has the quantity, each has its share of the cents.
    amounts = shares(whole.line.amount, len(days))
    aids = [
        [Aided(aid.payer, part) for part in shares(aid.amount, len(days))]
        for aid in whole.line.aids
    ]
    for rank, day in enumerate(days):
        line = evolve(
            whole.line,
            day=day,
            quantity=whole.line.quantity if rank == 0 else Decimal(0),
            amount=amounts[rank],
            aids=tuple(one[rank] for one in aids if one[rank].amount.cents),
            together=name,
        )
        part = evolve(whole.amount, exact=whole.amount.exact / len(days))
        yield whole._replace(line=line, amount=part)


def shares(amount: Money, count: int) -> list[Money]:
    """
    *amount* in *count* parts, as equal as cents can be, the larger first.

    >>> shares(Money(6700), 3)
    [Money(cents=2234), Money(cents=2233), Money(cents=2233)]
    """
    each, over = divmod(amount.cents, count)
    return [Money(each + (rank < over)) for rank in range(count)]


# « arrondi sur le total » ----------------------------------------------------


def rounded(entries: list[Entry]) -> list[Entry]:
    """
    The entries, those whose tariff rounds the total adding up to it.
    """
    exact, given = Decimal(0), Money(0)
    found = []
    for entry in entries:
        tariff = entry.amount.tariff
        if tariff.point is not Point.TOTAL:
            found.append(entry)
            continue
        exact += entry.amount.exact
        share = cents(tariff.rounding.of(exact)) - given
        given += share
        line = evolve(
            entry.line,
            amount=share,
            together=entry.line.together or f"{entry.line.child}/total",
        )
        found.append(entry._replace(line=line))
    return found
