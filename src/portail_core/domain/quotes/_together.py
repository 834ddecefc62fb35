"""
What is priced together: combinations of a day, what is billed once, packages
of days, sums that are rounded as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from attrs import evolve, frozen

from portail_core.domain.amplitudes import Amplitude, Hours
from portail_core.domain.combinations import Combination
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


@frozen
class Entry:
    """
    A line, the amount that it came from, and the visit that asked for it.
    """

    line: PricedLine
    amount: Amount
    visit: Visit


# « plusieurs unités forment une journée » ------------------------------------


def combined(
    visits: Iterable[Visit],
    combinations: tuple[Combination, ...],
    reglement: Reglement,
) -> Iterator[Visit]:
    """
    The visits, those of one day that make a larger amplitude being that one.

    The combination of the most amplitudes first; of as many, the first of
    the règlement.
    """
    if not combinations:
        yield from visits
        return
    largest_first = sorted(
        combinations, key=lambda one: len(one.amplitudes), reverse=True
    )
    for _, of_day in groupby(visits, key=lambda visit: visit.day):
        day = list(of_day)
        for combination in largest_first:
            while found := _matching(day, combination):
                day = [visit for visit in day if visit not in found]
                day.append(_joined(found, combination, reglement))
        yield from day


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
    hours = [visit.hours for visit in visits if visit.hours is not None]
    whole = None
    if hours:
        whole = Hours(
            arrives=min(one.arrives for one in hours),
            leaves=max(one.leaves for one in hours),
        )
    return evolve(
        visits[0], amplitude=_shape(reglement, combination), hours=whole
    )


def _shape(reglement: Reglement, combination: Combination) -> Amplitude:
    return next(
        one
        for one in reglement.amplitudes
        if one.code == combination.priced_as
    )


# « une fois par mois » -------------------------------------------------------


def once(
    entries: Iterable[Entry],
    visits: Visits,
    prestations: Mapping[PrestationCode, Prestation],
    billed: Collection[str],
) -> tuple[Entry, ...]:
    """
    The entries, less those that were billed already for their span.

    Args:
        entries: Of one visits, by day.

        visits: Whose.

        prestations: By code.

        billed: What is billed once, and was.
    """
    seen = set(billed)
    kept = []
    for entry in entries:
        every = prestations[entry.line.prestation].once_per
        if every is None:
            kept.append(entry)
            continue
        span = once_span(entry.line, every, visits)
        if span not in seen:
            seen.add(span)
            kept.append(evolve(entry, line=evolve(entry.line, together=span)))
    return tuple(kept)


def once_span(line: PricedLine, every: OncePer, visits: Visits) -> str:
    """
    Names the span in which *line* is billed once.
    """
    whose = "" if every in _HOUSEHOLDS else f"{visits.child}/"
    return f"{whose}{line.prestation}/{_SPANS[every](line.day, visits)}"


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
    entries: tuple[Entry, ...],
    price: Callable[[PrestationCode, Visit], Entry],
) -> tuple[Entry, ...]:
    """
    The entries, days that make a package being billed as that.

    Args:
        entries: Of one visits, by day.

        price: The entry of a package, on the facts of its first day.

    Raises:
        Refused: `NoPackage`.
    """
    spans: dict[tuple[int, str], list[Entry]] = {}
    offers: dict[int, Packages] = {}
    kept: list[Entry] = []
    for entry in entries:
        packages = _offer(entry)
        if packages is None:
            kept.append(entry)
            continue
        offers[id(packages)] = packages
        span = _within(packages.within, entry.line.day)
        spans.setdefault((id(packages), span), []).append(entry)
    for (which, span), of_span in spans.items():
        kept.extend(_bundled(offers[which], span, of_span, price))
    return tuple(sorted(kept, key=lambda entry: entry.line.day))


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
        case Within.PERIOD:
            return "period"


def _bundled(
    packages: Packages,
    span: str,
    entries: list[Entry],
    price: Callable[[PrestationCode, Visit], Entry],
) -> Iterator[Entry]:
    days = sorted({entry.line.day for entry in entries})
    for rank, (size, of_size) in enumerate(_cut(packages, days)):
        chosen = [entry for entry in entries if entry.line.day in of_size]
        if size is None:
            yield from chosen
        else:
            whole = price(size.billed_as, chosen[0].visit)
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
            aids=tuple(one[rank] for one in aids),
            together=name,
        )
        yield evolve(whole, line=line)


def shares(amount: Money, count: int) -> list[Money]:
    """
    *amount* in *count* parts, as equal as cents can be, the larger first.

    >>> shares(Money(6700), 3)
    [Money(cents=2234), Money(cents=2233), Money(cents=2233)]
    """
    each, over = divmod(amount.cents, count)
    return [Money(each + (rank < over)) for rank in range(count)]


# « arrondi sur le total » ----------------------------------------------------


def rounded(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
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
            together=f"{entry.line.child}/total",
        )
        found.append(evolve(entry, line=line))
    return tuple(found)
