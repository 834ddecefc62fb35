"""
From days cancelled together to where the money of each of them goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import Attribute, evolve, field, frozen

from portail_core.domain.calendars import Calendar, ascending
from portail_core.domain.checks import (
    civil_day,
    moment,
    not_empty,
    not_negative_amount,
)
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import is_late
from portail_core.domain.facts import Facts
from portail_core.domain.ids import (
    ChildId,
    PeriodCode,
    PrestationCode,
    ReasonCode,
)
from portail_core.domain.money import ZERO, Money, total

from ._gifts import Circumstances, KeptAmount, Per, kept_by
from ._policy import Aids, Extent, Outcome, Policy, Quota, Whose
from ._reasons import Claim, Proof
from ._rows import Rows
from ._settlement import Pending, Settlement


@frozen(kw_only=True)
class ReleasedDay:
    """
    A day cancelled, and what that sets free.

    Attributes:
        released: What was paid for the priced group, less the price of what
            remains of it.

        parts: Of which prestations; for règlements that tell them apart.

        aid: What a third party paid for the day, beside *released*.
    """

    facts: Facts
    released: Money = field(validator=not_negative_amount)
    parts: Mapping[PrestationCode, Money] = field(factory=dict)
    aid: Money = field(default=ZERO, validator=not_negative_amount)

    @property
    def day(self) -> dt.date:
        """
        Of the cancelled child-day.
        """
        return self.facts.day

    def released_of(
        self, prestations: tuple[PrestationCode, ...] | None
    ) -> Money:
        """
        What is set free of some prestations; `None` is all.
        """
        if prestations is None:
            return self.released
        some = total(self.parts.get(code, ZERO) for code in prestations)
        return min(some, self.released)


@frozen(kw_only=True)
class PastDay:
    """
    A day that the household cancelled before.

    Attributes:
        label: Of the outcome that answered.

        reason: The one that was given, if any.
    """

    child: ChildId
    period: PeriodCode
    day: dt.date = field(validator=civil_day)
    label: str
    reason: ReasonCode | None


def _each_once(
    _: object, attribute: Attribute[Any], days: tuple[ReleasedDay, ...]
) -> None:
    ascending(_, attribute, tuple(one.day for one in days))


@frozen(kw_only=True, slots=False)  # its rows are worked out once
class Absence:
    """
    Days of one child and period, cancelled together.

    Attributes:
        days: Ascending, each once.

        booked: The days of the period that the child has, before these are
            cancelled; ascending.

        at: When the household cancels, UTC.

        claim: The reason it gives; `None` without one.

        past: What it cancelled before.
    """

    child: ChildId
    period: PeriodCode
    calendar: Calendar
    days: tuple[ReleasedDay, ...] = field(validator=[not_empty, _each_once])
    booked: tuple[dt.date, ...] = field(validator=ascending)
    at: dt.datetime = field(validator=moment)
    claim: Claim | None = None
    past: tuple[PastDay, ...] = ()

    @cached_property
    def rows(self) -> Rows:
        """
        These days, and those cancelled before for the same reason: an
        absence may be told of day by day.
        """
        days = {one.day for one in self.days} | set(self._told_before())
        return Rows(
            cancelled=tuple(sorted(days)),
            booked=tuple(sorted(days.union(self.booked))),
            calendar=self.calendar,
        )

    def _told_before(self) -> Iterator[dt.date]:
        for past in self.past:
            if (
                self.claim is not None
                and past.reason == self.claim.reason.code
                and past.child == self.child
                and past.period == self.period
            ):
                yield past.day

    def last_moment(self, document: Proof) -> dt.datetime:
        """
        Of the *document* of its reason, UTC.
        """
        return document.within.last_moment(
            cancelled_at=self.at,
            first_day=self.days[0].day,
            last_day=self.days[-1].day,
            calendar=self.calendar,
        )

    def is_late(self, outcome: Outcome, day: dt.date) -> bool:
        """
        Whether the notice that *outcome* asks for was not given.
        """
        return outcome.until is not None and is_late(
            outcome.until, day, self.at, self.calendar
        )

    def is_all_of(self, extent: Extent, day: dt.date) -> bool:
        """
        Whether all that the child has booked around *day* is cancelled.
        """
        if extent is Extent.ANY:
            return True
        week = day.isocalendar()[:2]
        return all(
            other in self.rows.cancelled
            for other in self.booked
            if extent is Extent.WHOLE_PERIOD or other.isocalendar()[:2] == week
        )


def split_days(
    policies: History[Policy], absence: Absence
) -> tuple[Settlement, ...]:
    """
    Split what cancelled days release between operator and family.

    A reason whose document may still come gives nothing yet: the days are
    answered as without it, and say what the document will add.

    Args:
        policies: Those of the règlement under which the days were priced.

        absence: The days cancelled together.

    Returns:
        One settlement for each day, in their order.

    Raises:
        Refused: `NothingInForce` before the first policy, `FactMissing` if an
            outcome asks for a fact that nobody stated.
        KindBroken: If a plugin's gift breaks its promise.
    """
    claim = absence.claim
    if claim is None or not claim.is_about(absence.child):
        return _settled(policies, absence, None)
    document = claim.reason.document
    if document is None:
        return _settled(policies, absence, claim.reason.code)

    until = absence.last_moment(document)
    given = claim.document_at
    if given is not None and given <= until:
        return _settled(policies, absence, claim.reason.code)

    without = _settled(policies, absence, None)
    if given is not None or absence.at > until:
        return without
    proven = _settled(policies, absence, claim.reason.code)
    return tuple(
        evolve(now, pending=_pending(now, then, document, until))
        for now, then in zip(without, proven, strict=True)
    )


def _pending(
    now: Settlement, then: Settlement, document: Proof, until: dt.datetime
) -> Pending | None:
    if then.credited <= now.credited:
        return None
    return Pending(
        document=document.label,
        until=until,
        credited=then.credited - now.credited,
        label=then.label,
    )


def _settled(
    policies: History[Policy], absence: Absence, reason: ReasonCode | None
) -> tuple[Settlement, ...]:
    judge = _Judge(absence=absence, reason=reason)
    return tuple(
        judge.settle(policies.on(one.day), one) for one in absence.days
    )


class _Judge:
    """
    Takes the days of an absence in order: what one uses up, of a quota or of
    a fee, the next no longer has.
    """

    def __init__(self, *, absence: Absence, reason: ReasonCode | None) -> None:
        self._absence = absence
        self._reason = reason
        self._past = list(absence.past)
        self._fees: dict[Outcome, Money] = {}

    def settle(
        self, decision: Decision[Policy], one: ReleasedDay
    ) -> Settlement:
        """
        Where the money of the next day goes.
        """
        position, outcome = next(
            (position, outcome)
            for position, outcome in enumerate(decision.value.outcomes)
            if self._answers(outcome, one)
        )
        waiting_days = self._waiting_days(outcome, one.day)
        kept = one.released if waiting_days else self._kept(outcome, one)
        rebilled = outcome.aids is Aids.REBILLED
        self._past.append(self._as_past(outcome, one.day))
        return Settlement(
            kept=kept,
            credited=one.released - kept,
            position=position,
            label=outcome.label,
            path=_path(decision, position),
            waiting_days=waiting_days,
            rebilled=one.aid if rebilled else ZERO,
        )

    def _answers(self, outcome: Outcome, one: ReleasedDay) -> bool:
        absence, day = self._absence, one.day
        return (
            (outcome.reasons is None or self._reason in outcome.reasons)
            and not absence.is_late(outcome, day)
            and outcome.when.holds(one.facts)
            and absence.is_all_of(outcome.extent, day)
            and (
                outcome.in_a_row is None
                or absence.rows.is_long_enough(day, outcome.in_a_row)
            )
            and (
                outcome.quota is None
                or self._used(outcome, outcome.quota, day) < outcome.quota.days
            )
        )

    def _used(self, outcome: Outcome, quota: Quota, day: dt.date) -> int:
        absence = self._absence
        span = quota.each.span_of(day, absence.period)
        return sum(
            past.label == outcome.label
            and quota.each.span_of(past.day, past.period) == span
            and (quota.whose is Whose.HOUSEHOLD or past.child == absence.child)
            for past in self._past
        )

    def _waiting_days(self, outcome: Outcome, day: dt.date) -> int:
        waiting = outcome.waiting
        if waiting is None or self._reason in waiting.waived_by:
            return 0
        is_waiting = self._absence.rows.is_waiting(day, waiting)
        return waiting.days if is_waiting else 0

    def _kept(self, outcome: Outcome, one: ReleasedDay) -> Money:
        some = one.released_of(outcome.prestations)
        gift = outcome.gift
        kept = kept_by(gift, some, self._circumstances(one))
        if isinstance(gift, KeptAmount) and gift.per is Per.CANCELLATION:
            left = self._fees.get(outcome, gift.amount)
            kept = min(left, some)
            self._fees[outcome] = left - kept
        return one.released - (some - kept)

    def _circumstances(self, one: ReleasedDay) -> Circumstances:
        return Circumstances(
            facts=one.facts,
            at=self._absence.at,
            calendar=self._absence.calendar,
        )

    def _as_past(self, outcome: Outcome, day: dt.date) -> PastDay:
        return PastDay(
            child=self._absence.child,
            period=self._absence.period,
            day=day,
            label=outcome.label,
            reason=self._reason,
        )


def _path(decision: Decision[Policy], position: int) -> str:
    return f"{decision.path}.outcomes[{position}]" if decision.path else ""
