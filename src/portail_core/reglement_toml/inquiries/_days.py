"""
Days as written, and the period in which each of them falls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import evolve, frozen

from portail_core.domain.amplitudes import Amplitude, Hours, Presence
from portail_core.domain.bookings import (
    DayClosed,
    DayIsPublicHoliday,
    DayOutsidePeriod,
)
from portail_core.domain.calendars import Opening
from portail_core.domain.children import age_on
from portail_core.domain.facts import Booked
from portail_core.domain.ids import (
    AmplitudeCode,
    ChildId,
    PartCode,
    PeriodCode,
    PrestationCode,
)
from portail_core.domain.offers import Period
from portail_core.domain.quotes import Visit, Visits
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement

from ._file import ChildFile, DayFile, InquiryFile
from ._found import Found, at, listed
from ._late import Timing

ALONE = PartCode("-")
"""The part of the day of prestations without an amplitude."""
MOST_TIMES = Decimal(10_000)


def visits_of(
    child: ChildFile, period: Period, days: tuple[Visit, ...] = ()
) -> Visits:
    """
    Days of a child in one period.
    """
    return Visits(
        child=ChildId(child.name),
        period=period,
        days=days,
        birth_date=child.birth_date,
        meal_supplied=child.meal_supplied,
        cost=child.cost,
        amounts=child.amounts,
        named=child.facts,
    )


@frozen(kw_only=True)
class DayReader:
    """
    Reads the days of children.
    """

    document: InquiryFile
    timing: Timing

    @property
    def reglement(self) -> Reglement:
        """
        Whose codes are named.
        """
        return self.timing.reglement

    @property
    def found(self) -> Found:
        """
        What is found on the way.
        """
        return self.timing.found

    def read(self, path: str, child: ChildFile) -> Iterator[Visits]:
        """
        The visits of *child*, period by period.
        """
        days: dict[PeriodCode, list[Visit]] = {}
        for rank, file in enumerate(child.days):
            where = at(path, f"days[{rank}]")
            for period, visit in self._visits(where, file, child):
                of_period = days.setdefault(period.code, [])
                if _again(visit, of_period):
                    label = visit.amplitude.label
                    message = f"{visit.day} has « {label} » twice"
                    self.found.wrong(where, message)
                self._note_clashes(where, visit, of_period)
                of_period.append(visit)
        for code, visits in days.items():
            period = self.reglement.period(code)
            yield visits_of(child, period, tuple(visits))

    def _note_clashes(
        self, path: str, visit: Visit, others: Iterable[Visit]
    ) -> None:
        mine = visit.amplitude
        for other in others:
            theirs = other.amplitude
            shared = set(mine.parts) & set(theirs.parts) - {ALONE}
            if other.day == visit.day and shared:
                self.found.note(
                    path,
                    f"{visit.day} has « {theirs.label} » and « {mine.label} »,"
                    f" which share {listed(shared)}: nobody may book both",
                )

    def _visits(
        self, path: str, file: DayFile, child: ChildFile
    ) -> Iterator[tuple[Period, Visit]]:
        well_formed = _check(path, file, self.reglement, self.found)
        periods = self._periods(path, file, child)
        if not well_formed or not periods:
            return
        for period, amplitude, day in self._days(path, file, periods):
            visit = Visit(
                day=day,
                amplitude=amplitude,
                age=self._age(path, child, day),
                booked=file.booked or Booked.IN_TIME,
                hours=self._hours(path, file, amplitude, day),
                rank=child.rank or None,
                siblings=self.document.household.siblings or None,
            )
            if file.booked is None and file.amplitude is not None:
                of = visits_of(child, period, (visit,))
                booked = self.timing.booked(path, visit, of)
                visit = evolve(visit, booked=booked)
            self.timing.check_unbooked(path, visit, period)
            yield period, visit

    def _age(self, path: str, child: ChildFile, day: dt.date) -> int | None:
        if child.birth_date is None:
            return child.age
        if child.birth_date > day:
            self.found.wrong(
                path, f"{day} is before the birth, on {child.birth_date}"
            )
        return age_on(child.birth_date, day)

    def _hours(
        self, path: str, file: DayFile, amplitude: Amplitude, day: dt.date
    ) -> Hours | None:
        if file.arrives is None or file.leaves is None:
            if amplitude.presence is Presence.HOURLY:
                try:
                    amplitude.check(None, day)
                except Refused as refused:
                    self.found.refused(refused.refusals)
            return None
        hours = Hours(arrives=file.arrives, leaves=file.leaves)
        bounds = amplitude.hours
        if bounds is not None and not bounds.hold(hours):
            self.found.note(
                path,
                f"« {amplitude.label} » is from {bounds.arrives} to "
                f"{bounds.leaves}, and the child is there beyond: priced as "
                "it came",
            )
        return hours

    # Where -------------------------------------------------------------------

    def _periods(
        self, path: str, file: DayFile, child: ChildFile
    ) -> tuple[Period, ...]:
        """
        Those that the day may be in; none if something is wrong.
        """
        place: tuple[str, DayFile | ChildFile] = ("", self.document)
        child_path = path.rpartition("days[")[0].rstrip(".")
        for level in ((path, file), (child_path, child)):
            if level[1].accueil or level[1].period:
                place = level
                break
        where, said = place
        periods = self.reglement.periods
        if said.accueil is not None:
            periods = self._of_accueil(where, said, periods)
        if said.period is not None and periods:
            periods = self._of_period(where, said, periods)
        if file.amplitude is None or not periods:
            return periods
        return self._offering(path, file.amplitude, periods)

    def _of_accueil(
        self,
        path: str,
        said: DayFile | ChildFile,
        periods: tuple[Period, ...],
    ) -> tuple[Period, ...]:
        known = {one.code for one in self.reglement.accueils}
        if said.accueil not in known:
            self.found.wrong(
                at(path, "accueil"),
                f"{said.accueil!r} is not among {listed(known)}",
            )
            return ()
        of_accueil = tuple(p for p in periods if p.accueil == said.accueil)
        if not of_accueil:
            self.found.wrong(
                at(path, "accueil"), f"{said.accueil!r} has no period"
            )
        return of_accueil

    def _of_period(
        self,
        path: str,
        said: DayFile | ChildFile,
        periods: tuple[Period, ...],
    ) -> tuple[Period, ...]:
        named = tuple(p for p in periods if p.code == said.period)
        if not named:
            of = f" of {said.accueil}" if said.accueil else ""
            codes = listed(p.code for p in periods)
            self.found.wrong(
                at(path, "period"),
                f"{said.period!r} is not among the periods{of}: {codes}",
            )
        return named

    def _offering(
        self,
        path: str,
        amplitude: AmplitudeCode,
        periods: tuple[Period, ...],
    ) -> tuple[Period, ...]:
        offered = {
            period.code: self.reglement.accueil(period.accueil).amplitudes
            for period in periods
        }
        offering = tuple(p for p in periods if amplitude in offered[p.code])
        if not offering:
            codes = {code for some in offered.values() for code in some}
            self.found.wrong(
                at(path, "amplitude"),
                f"{amplitude!r} is not offered, only {listed(codes)}",
            )
        return offering

    # When --------------------------------------------------------------------

    def _days(
        self, path: str, file: DayFile, periods: tuple[Period, ...]
    ) -> Iterator[tuple[Period, Amplitude, dt.date]]:
        if file.day is not None:
            period = self._the_period(path, file, file.day, periods)
            if period is not None:
                yield period, self._amplitude(file, period), file.day
            return
        open_days = _open_days(file, periods)
        if not open_days:
            self.found.wrong(
                path,
                f"no day from {file.first_day} to {file.last_day} is open: "
                f"{_told(periods)}",
            )
        for day in sorted(open_days):
            period = self._the_period(path, file, day, periods)
            if period is not None:
                yield period, self._amplitude(file, period), day

    def _the_period(
        self,
        path: str,
        file: DayFile,
        day: dt.date,
        periods: tuple[Period, ...],
    ) -> Period | None:
        within = [
            p
            for p in periods
            if p.calendar.first_day <= day <= p.calendar.last_day
        ]
        open_ones = [p for p in within if p.calendar.is_open(day)]
        if len(open_ones) == 1:
            return open_ones[0]
        if open_ones or (len(within) > 1 and file.prestations):
            codes = listed(p.code for p in open_ones or within)
            self.found.wrong(
                path,
                f"{day} is in several periods: write period, or accueil; "
                f"there are {codes}",
            )
            return None
        if within and file.prestations:
            return within[0]
        if not within and len(periods) > 1:
            self.found.wrong(path, f"{day} is in no period: {_told(periods)}")
            return None
        self.found.refused([_closed(day, (within or periods)[0])])
        return None

    def _amplitude(self, file: DayFile, period: Period) -> Amplitude:
        if file.amplitude is not None:
            accueil = self.reglement.accueil(period.accueil)
            return self.reglement.amplitude(accueil, file.amplitude)
        return _alone(file.prestations, self.reglement)


def _again(visit: Visit, others: Iterable[Visit]) -> bool:
    return any(
        other.day == visit.day and other.amplitude == visit.amplitude
        for other in others
    )


def _check(
    path: str, file: DayFile, reglement: Reglement, found: Found
) -> bool:
    before = len(found.faults)
    _check_when(path, file, found)
    _check_what(path, file, reglement, found)
    return len(found.faults) == before


def _check_when(path: str, file: DayFile, found: Found) -> None:
    ends = (file.first_day, file.last_day)
    if (file.day is None) == (ends == (None, None)):
        found.wrong(path, "write day, or first_day with last_day")
    elif file.day is None and None in ends:
        found.wrong(path, "first_day goes with last_day: write both")
    elif file.first_day and file.last_day and file.first_day > file.last_day:
        found.wrong(at(path, "last_day"), "is before first_day")
    if file.weekdays is not None and file.day is not None:
        found.wrong(
            at(path, "weekdays"), "goes with first_day and last_day, not day"
        )
    if (file.arrives is None) != (file.leaves is None):
        found.wrong(path, "arrives goes with leaves: write both")
    elif file.arrives and file.leaves and file.arrives >= file.leaves:
        found.wrong(at(path, "leaves"), "is not after arrives")
    for key, hour in (("arrives", file.arrives), ("leaves", file.leaves)):
        if hour is not None and hour != hour.replace(second=0, microsecond=0):
            found.wrong(at(path, key), "has seconds: write it to the minute")


def _check_what(
    path: str, file: DayFile, reglement: Reglement, found: Found
) -> None:
    if (file.amplitude is None) != bool(file.prestations):
        found.wrong(path, "write amplitude, or prestations in its place")
    known = {one.code for one in reglement.prestations}
    for code, quantity in file.prestations.items():
        where = at(path, f"prestations.{code}")
        if code not in known:
            found.wrong(
                where, f"is not among the prestations: {listed(known)}"
            )
        if not 0 < quantity <= MOST_TIMES:
            found.wrong(
                where, f"is {quantity}, expected more than 0, at most 10000"
            )


def _open_days(file: DayFile, periods: tuple[Period, ...]) -> set[dt.date]:
    first_day, last_day = file.first_day, file.last_day
    assert first_day is not None and last_day is not None, "it was checked"  # noqa: PT018 - for mypy
    weekdays = file.weekdays and {one.number for one in file.weekdays}
    return {
        day
        for period in periods
        for day in period.calendar.open_days
        if first_day <= day <= last_day
        and (weekdays is None or day.weekday() in weekdays)
    }


def _told(periods: Iterable[Period]) -> str:
    return ", ".join(
        f"{p.code} is from {p.calendar.first_day} to {p.calendar.last_day}"
        for p in periods
    )


def _closed(day: dt.date, period: Period) -> Refusal:
    match period.calendar.opening(day):
        case Opening.OUTSIDE:
            calendar = period.calendar
            return DayOutsidePeriod(day, calendar.first_day, calendar.last_day)
        case Opening.PUBLIC_HOLIDAY:
            return DayIsPublicHoliday(day)
        case _:
            return DayClosed(day)


def _alone(
    prestations: Mapping[PrestationCode, Decimal], reglement: Reglement
) -> Amplitude:
    """
    What is billed without an amplitude, as one that nobody offers.
    """
    labels = {one.code: one.label for one in reglement.prestations}
    told = ", ".join(
        f"{code} × {quantity}" for code, quantity in prestations.items()
    )
    return Amplitude(
        code=AmplitudeCode(told),
        label=" + ".join(labels.get(code, code) for code in prestations),
        parts=(ALONE,),
        prestations=prestations,
    )
