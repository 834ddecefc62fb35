"""
What cancelling days of an inquiry gives back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve, frozen

from portail_core.domain.cancellation import (
    Absence,
    Claim,
    ReleasedDay,
    Settlement,
    split_days,
)
from portail_core.domain.deadlines import moment_of
from portail_core.domain.ids import ChildId
from portail_core.domain.money import Money, total
from portail_core.domain.quotes import (
    Freed,
    PricedLine,
    Visits,
    by_day,
    freed,
    ranked,
)
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.wire import Fault, Unreadable

from ._facts import facts_of
from ._inquiry import Cancelled, Inquiry
from ._quoting import Pricer, quote


@frozen(kw_only=True)
class Judged:
    """
    The deadline of an outcome, which answered or would have done so.

    Attributes:
        label: The outcome's.

        path: Where it stands in the règlement.

        until: Last moment in time, UTC.

        is_met: Whether the family cancelled by then.
    """

    label: str
    path: str
    until: dt.datetime
    is_met: bool


@frozen(kw_only=True)
class CancelledDay:
    """
    A day given back, and where its money goes.

    Attributes:
        paid: What was paid for the day.

        freed: What it sets free of all that was paid.

        source: The decision that answered, as one would cite it.

        deadlines: Of the outcomes down to the one that answered.
    """

    child: ChildId
    day: dt.date
    paid: Money
    freed: Freed
    settlement: Settlement
    source: str
    deadlines: tuple[Judged, ...]


@frozen(kw_only=True)
class Cancellation:
    """
    What cancelling gives back.

    Attributes:
        paid: For all the days, before.

        days: Those given back.

        rest: What the days that stay cost, by the same version.
    """

    paid: Money
    days: tuple[CancelledDay, ...]
    rest: tuple[PricedLine, ...]

    @property
    def released(self) -> Money:
        """
        Set free in all: kept and credited.
        """
        return total(one.freed.released for one in self.days)

    @property
    def credited(self) -> Money:
        """
        What the family gets back.
        """
        return total(one.settlement.credited for one in self.days)

    @property
    def kept(self) -> Money:
        """
        What the operator keeps of what is set free.
        """
        return total(one.settlement.kept for one in self.days)

    @property
    def rebilled(self) -> Money:
        """
        What others would have paid, and the family owes now.
        """
        return total(one.settlement.rebilled for one in self.days)


def cancel(inquiry: Inquiry, reglement: Reglement) -> Cancellation:
    """
    What cancelling gives back of the days that an inquiry says are booked and
    paid.

    Raises:
        Unreadable: If it does not say what is cancelled.
        Refused: As `quote`, and as
            `portail_core.domain.cancellation.split_days`; `DayOver` for days
            that are past, unless the operator gives them back.
    """
    given_back = inquiry.cancelled
    if given_back is None:
        msg = (
            "'cancel' is missing: write [cancel] and below it "
            "« at = 2026-05-25T10:00:00 »"
        )
        raise Unreadable(Fault("cancel", msg))
    paid = _paid(inquiry, given_back, reglement)
    return _Canceller(
        inquiry=evolve(
            inquiry, visits=tuple(ranked(inquiry.visits, reglement))
        ),
        cancelled=given_back,
        reglement=reglement,
    ).cancel(paid)


def _paid(
    inquiry: Inquiry, given_back: Cancelled, reglement: Reglement
) -> tuple[PricedLine, ...]:
    refusals = list(given_back.refusals)
    lines: tuple[PricedLine, ...] = ()
    try:
        lines = quote(inquiry, reglement).lines
    except Refused as refused:
        refusals.extend(refused.refusals)
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    return lines


@frozen(kw_only=True)
class _Canceller:
    """
    Takes child after child, and period after period.

    Attributes:
        inquiry: Its visits have the ranks of then.
    """

    inquiry: Inquiry
    cancelled: Cancelled
    reglement: Reglement

    def cancel(self, paid: tuple[PricedLine, ...]) -> Cancellation:
        left, before = self.inquiry.visits, paid
        days: list[CancelledDay] = []
        for visits, theirs in self.cancelled.days:
            place = _place(visits, left)
            ranked_visits = left[place]
            released = freed(
                theirs,
                paid=total(line.amount for line in before),
                before=before,
                rest=lambda gone, left=left, place=place: self._price(  # type: ignore[misc]  # mypy infers no defaults
                    _without(left, place, gone)
                ),
            )
            days.extend(self._settled(ranked_visits, released, paid))
            left = _without(left, place, frozenset(theirs))
            before = self._price(left)
        return Cancellation(
            paid=total(line.amount for line in paid),
            days=tuple(days),
            rest=before,
        )

    def _price(self, visits: tuple[Visits, ...]) -> tuple[PricedLine, ...]:
        return Pricer(self.inquiry, self.reglement).price(visits)

    def _settled(
        self,
        visits: Visits,
        released: tuple[Freed, ...],
        paid: tuple[PricedLine, ...],
    ) -> Iterator[CancelledDay]:
        absence = self._absence(visits, released)
        policies = self.reglement.cancellations_of(visits.period)
        prices = by_day(line for line in paid if line.child == visits.child)
        for one, settlement in zip(
            released, split_days(policies, absence), strict=True
        ):
            yield CancelledDay(
                child=visits.child,
                day=one.day,
                paid=prices.get(one.day, Money(0)),
                freed=one,
                settlement=settlement,
                source=policies.on(one.day).source,
                deadlines=tuple(
                    self._judged(visits, one.day, settlement.position)
                ),
            )

    def _absence(self, visits: Visits, released: tuple[Freed, ...]) -> Absence:
        return Absence(
            child=visits.child,
            period=visits.period.code,
            calendar=visits.period.calendar,
            days=tuple(self._released(visits, one) for one in released),
            booked=tuple(sorted({visit.day for visit in visits.days})),
            at=self.cancelled.at,
            claim=self._claim(visits.child),
            past=tuple(sorted(self.cancelled.past, key=lambda past: past.day)),
        )

    def _released(self, visits: Visits, one: Freed) -> ReleasedDay:
        visit = next(v for v in visits.days if v.day == one.day)
        return ReleasedDay(
            facts=facts_of(
                visit,
                visits,
                household=self.inquiry.household,
                reglement=self.reglement,
                booked_on=self.inquiry.booked_on,
            ),
            released=one.released,
            parts=one.parts,
            aid=one.aid,
        )

    def _claim(self, child: ChildId) -> Claim | None:
        return next(
            (claim for of, claim in self.cancelled.claims if of == child), None
        )

    def _judged(
        self, visits: Visits, day: dt.date, position: int
    ) -> Iterator[Judged]:
        decision = self.reglement.cancellations_of(visits.period).on(day)
        outcomes = decision.value.outcomes[: position + 1]
        for rank, outcome in enumerate(outcomes):
            if outcome.until is None:
                continue
            until = moment_of(outcome.until, day, visits.period.calendar)
            yield Judged(
                label=outcome.label,
                path=f"{decision.path}.outcomes[{rank}]",
                until=until,
                is_met=self.cancelled.at <= until,
            )


def _place(visits: Visits, among: tuple[Visits, ...]) -> int:
    return next(
        place
        for place, one in enumerate(among)
        if (one.child, one.period.code) == (visits.child, visits.period.code)
    )


def _without(
    visits: tuple[Visits, ...], place: int, gone: frozenset[dt.date]
) -> tuple[Visits, ...]:
    one = visits[place]
    fewer = evolve(one, days=tuple(v for v in one.days if v.day not in gone))
    return (*visits[:place], fewer, *visits[place + 1 :])
