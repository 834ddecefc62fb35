"""
What a document says is given back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from portail_core.domain.cancellation import (
    By,
    Claim,
    DayOver,
    Exempts,
    PastDay,
    Reason,
)
from portail_core.domain.days import day_of
from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import ChildId, FactName
from portail_core.domain.quotes import Visits
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import Reglement

from ._file import CancelFile, PastFile
from ._found import Found, at, listed
from ._inquiry import Cancelled

OF_AN_AMPLITUDE = frozenset(
    FactName(name) for name in ("amplitude", "arrives", "leaves", "booked")
)
"""Facts in which two amplitudes of one day may differ."""


def cancelled(
    file: CancelFile | None,
    visits: tuple[Visits, ...],
    reglement: Reglement,
    found: Found,
) -> Cancelled | None:
    """
    What *file* gives back of *visits*; `None` if nothing.
    """
    if file is None or not visits:
        return None
    reader = _Reader(
        file=file, visits=visits, reglement=reglement, found=found
    )
    return reader.read()


@frozen(kw_only=True)
class _Reader:
    file: CancelFile
    visits: tuple[Visits, ...]
    reglement: Reglement
    found: Found

    def read(self) -> Cancelled:
        names = tuple(dict.fromkeys(one.child for one in self.visits))
        chosen = self._children(names)
        days = tuple(self._days(chosen))
        reason = self._reason()
        return Cancelled(
            at=self.file.at,
            days=days,
            claims=tuple(self._claims(reason, chosen, names)),
            past=tuple(self._past(names)),
            refusals=tuple(self._refusals(days)),
        )

    def _children(self, names: tuple[ChildId, ...]) -> tuple[ChildId, ...]:
        if self.file.children is None:
            return names
        return tuple(
            ChildId(name)
            for rank, name in enumerate(self.file.children)
            if self._is_known(f"cancel.children[{rank}]", name, names)
        )

    def _is_known(
        self, path: str, name: str, names: tuple[ChildId, ...]
    ) -> bool:
        if name in names:
            return True
        self.found.wrong(path, f"{name!r} is not among {listed(names)}")
        return False

    def _days(
        self, chosen: tuple[ChildId, ...]
    ) -> Iterator[tuple[Visits, tuple[dt.date, ...]]]:
        theirs = [one for one in self.visits if one.child in chosen]
        booked = {visit.day for one in theirs for visit in one.days}
        for rank, day in enumerate(self.file.days or ()):
            if day not in booked:
                told = listed(map(str, booked))
                self.found.wrong(
                    f"cancel.days[{rank}]",
                    f"{day} is not among the days booked: {told}",
                )
        wanted = set(self.file.days or ())
        if self.file.days is None:
            wanted = {day for day in booked if not self._is_over(day)}
        if not wanted & booked and not self.found.faults:
            self.found.wrong("cancel.days", "there is no day to cancel")
        for one in theirs:
            days = {visit.day for visit in one.days} & wanted
            if days:
                yield one, tuple(sorted(days))

    def _is_over(self, day: dt.date) -> bool:
        """
        Whether the family may no longer give *day* back.
        """
        return self.file.by is By.FAMILY and day < day_of(self.file.at)

    # Why ---------------------------------------------------------------------

    def _reason(self) -> Reason | None:
        file = self.file
        if file.reason is None:
            for key in ("about", "document_at"):
                if getattr(file, key) is not None:
                    self.found.wrong(
                        at("cancel", key), "goes with reason: write both"
                    )
            return None
        theirs = {
            one.code: one
            for one in self.reglement.reasons
            if one.by is file.by
        }
        if file.reason not in theirs:
            self.found.wrong(
                "cancel.reason",
                f"{file.reason!r} is not among the reasons that are the "
                f"{file.by.value}'s: {listed(theirs)}",
            )
        return theirs.get(file.reason)

    def _claims(
        self,
        reason: Reason | None,
        chosen: tuple[ChildId, ...],
        names: tuple[ChildId, ...],
    ) -> Iterator[tuple[ChildId, Claim]]:
        if reason is None:
            return
        about = self.file.about
        if about is not None and not self._is_known(
            "cancel.about", about, names
        ):
            return
        one_only = reason.exempts is Exempts.CHILD
        if about is None and one_only and len(chosen) > 1:
            self.found.wrong(
                "cancel.about",
                f"« {reason.label} » is good for one child's days only: say "
                f"whose, of {listed(chosen)}",
            )
            return
        for child in chosen:
            yield (
                child,
                Claim(
                    reason=reason,
                    child=child if about is None else ChildId(about),
                    document_at=self.file.document_at,
                ),
            )

    # What else ---------------------------------------------------------------

    def _past(self, names: tuple[ChildId, ...]) -> Iterator[PastDay]:
        for rank, file in enumerate(self.file.past):
            path = f"cancel.past[{rank}]"
            if not file.child and len(names) > 1:
                self.found.wrong(path, f"write child: one of {listed(names)}")
                continue
            name = file.child or names[0]
            if self._is_known(at(path, "child"), name, names):
                yield self._past_day(file, ChildId(name))

    def _past_day(self, file: PastFile, child: ChildId) -> PastDay:
        theirs = [one for one in self.visits if one.child == child]
        period = next(
            (
                one.period
                for one in theirs
                if one.period.calendar.first_day
                <= file.day
                <= one.period.calendar.last_day
            ),
            theirs[0].period,
        )
        return PastDay(
            child=child,
            period=period.code,
            day=file.day,
            label=file.label,
            reason=file.reason,
        )

    def _refusals(
        self, days: tuple[tuple[Visits, tuple[dt.date, ...]], ...]
    ) -> Iterator[Refusal]:
        for visits, theirs in days:
            yield from (DayOver(day) for day in theirs if self._is_over(day))
            several = any(
                sum(visit.day == day for visit in visits.days) > 1
                for day in theirs
            )
            asked = _asked(visits, self.reglement) & OF_AN_AMPLITUDE
            if several and asked:
                yield FactMissing(min(asked))


def _asked(visits: Visits, reglement: Reglement) -> frozenset[FactName]:
    policies = reglement.cancellations_of(visits.period)
    return frozenset(
        fact
        for decision in policies.decisions
        for outcome in decision.value.outcomes
        for fact in outcome.when.facts
    )
