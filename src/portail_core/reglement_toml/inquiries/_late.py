"""
Was a day booked in time?
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.days import PARIS, at_paris
from portail_core.domain.deadlines import END_OF_DAY, moment_of
from portail_core.domain.facts import Booked, HouseholdFacts
from portail_core.domain.ids import FactName
from portail_core.domain.offers import Period
from portail_core.domain.quotes import Visit, Visits
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement

from ._facts import facts_of, pricing
from ._found import Found

BOOKED = FactName("booked")


@frozen(kw_only=True)
class Timing:
    """
    When the family asks, as far as the document says.

    Attributes:
        booked_on: In Paris; for when no *booked_at* says more.

        booked_at: UTC.
    """

    reglement: Reglement
    household: HouseholdFacts
    booked_on: dt.date | None
    booked_at: dt.datetime | None
    found: Found

    def booked(self, path: str, visit: Visit, visits: Visits) -> Booked:
        """
        How a visit came to be that nobody said it of: in time, unless the
        deadline to book it had passed.
        """
        asked = self._asked()
        if asked is None:
            return Booked.IN_TIME
        is_priced = any(
            BOOKED in tariff.facts
            for tariff in pricing(visits, self.reglement)
        )
        try:
            until = self._until(visit, visits)
        except Refused as refused:
            if is_priced:
                self.found.refused(refused.refusals)
            return Booked.IN_TIME
        earliest, latest = asked
        if earliest > until:
            then = "priced as late" if is_priced else "the price is the same"
            self.found.note(
                path,
                f"{visit.day} was to be booked until {local(until)}: {then}",
            )
            return Booked.LATE
        if latest > until:
            self.found.note(
                path,
                f"{visit.day} was to be booked until {local(until)}: counted "
                "as in time, write booked_at to be sure",
            )
        return Booked.IN_TIME

    def check_unbooked(self, path: str, visit: Visit, period: Period) -> None:
        """
        Note that more than its price is due of a day that nobody had booked,
        where the règlement has rules for it.
        """
        if visit.booked is not Booked.UNBOOKED:
            return
        absences = self.reglement.absences_of(period)
        if absences is not None and any(
            decision.value.unbooked for decision in absences.decisions
        ):
            self.found.note(
                path,
                f"{visit.day}: this is its price; what `unbooked` of "
                "[[absences]] asks for the day, in its place or beside it, "
                "comes once the child's presence is recorded",
            )

    def _asked(self) -> tuple[dt.datetime, dt.datetime] | None:
        if self.booked_at is not None:
            return self.booked_at, self.booked_at
        if self.booked_on is not None:
            return (
                at_paris(self.booked_on, dt.time()),
                at_paris(self.booked_on, END_OF_DAY),
            )
        return None

    def _until(self, visit: Visit, visits: Visits) -> dt.datetime:
        period = visits.period
        facts = facts_of(
            visit,
            visits,
            household=self.household,
            reglement=self.reglement,
            booked_on=self.booked_on,
        )
        decided = self.reglement.book_until_of(period).on(visit.day)
        return moment_of(decided.value.find(facts), visit.day, period.calendar)


def local(moment: dt.datetime) -> str:
    """
    A moment as a clock in Paris shows it, with its offset.

    >>> local(dt.datetime(2026, 5, 25, 10, tzinfo=dt.UTC))
    '2026-05-25T12:00:00+02:00'
    """
    return moment.astimezone(PARIS).isoformat(timespec="seconds")
