"""
Until when a child-day is booked, changed and cancelled: every answer with
the rule that gave it.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from .cancellation import Extent, Outcome
from .dated import Decision
from .deadlines import Cutoff, Deadlines, cutoff_of
from .facts import Facts
from .offers import Period
from .reglement import Reglement
from .windows import Confirmed, Window


@frozen(kw_only=True)
class Until:
    """
    A deadline that answers for a child-day.

    Attributes:
        cutoff: Where it falls, and by which rule.

        path: Where it stands in the file: « book_until[0].deadlines[1] ».

        source: The decision, as one would cite it.
    """

    cutoff: Cutoff
    path: str
    source: str

    def is_late(self, at: dt.datetime) -> bool:
        """
        Whether *at* is past it.
        """
        return at > self.cutoff.last


@frozen(kw_only=True)
class CancelUntil:
    """
    One outcome of a cancellation, and until when it answers.

    Attributes:
        until: `None` for any moment.

        outcome: Whose condition on the child-day holds.

        path: Where it stands in the file: « cancellations[0].outcomes[0] ».

        source: The decision, as one would cite it.
    """

    until: Cutoff | None
    outcome: Outcome
    path: str
    source: str

    def answers(self, at: dt.datetime) -> bool:
        """
        Whether it answers, at that moment, for this day cancelled alone and
        without a reason; unless one above it does.
        """
        in_time = self.until is None or at <= self.until.last
        return in_time and not self.asks_for

    @property
    def asks_for(self) -> tuple[str, ...]:
        """
        What it asks for beside a notice: keys of the outcome.
        """
        outcome = self.outcome
        asked = {
            "reasons": outcome.reasons is not None,
            "extent": outcome.extent is not Extent.ANY,
            "in_a_row": outcome.in_a_row is not None,
            "quota": outcome.quota is not None,
        }
        return tuple(key for key, is_asked in asked.items() if is_asked)


@frozen(kw_only=True)
class Open:
    """
    When booking opens and closes for a child-day.

    Attributes:
        opens_at: First moment to book it, UTC; `None` if always open.

        closes_at: First moment when it is too late, UTC; `None` for never.

        confirmed: What makes a booking of what is asked for.

        path: Where it stands in the file, as « periods[0].windows[1] »; empty
            where nothing is written.
    """

    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    confirmed: Confirmed
    path: str

    def is_open(self, at: dt.datetime) -> bool:
        """
        Whether booking is, at that moment.
        """
        has_opened = self.opens_at is None or self.opens_at <= at
        return has_opened and (self.closes_at is None or at < self.closes_at)


@frozen(kw_only=True)
class Timetable:
    """
    Until when a child-day is booked, changed and cancelled.

    Attributes:
        changing: `None` if changing is judged as booking is.
    """

    window: Open
    booking: Until
    changing: Until | None
    cancelling: tuple[CancelUntil, ...]


def timetable(
    facts: Facts, *, period: Period, reglement: Reglement
) -> Timetable:
    """
    The deadlines of one child-day.

    Args:
        facts: Of the child-day; whatever a condition asks for must be known.

        period: The one that the day is of.

        reglement: Which decides.

    Raises:
        Refused: `NothingInForce`, `FactMissing`, `NoDeadline`.
    """
    changes = reglement.change_until_of(period)
    booking = reglement.book_until_of(period).on(facts.day)
    return Timetable(
        window=_window(facts, period, reglement),
        booking=_until(booking, facts, period),
        changing=None
        if changes is None
        else _until(changes.on(facts.day), facts, period),
        cancelling=_cancelling(facts, period, reglement),
    )


def _until(
    decision: Decision[Deadlines], facts: Facts, period: Period
) -> Until:
    cases = decision.value.cases
    position = decision.value.position(facts)
    is_one = len(cases) == 1
    key = "deadline" if is_one else f"deadlines[{position}]"
    return Until(
        cutoff=cutoff_of(cases[position].deadline, facts.day, period.calendar),
        path=f"{decision.path}.{key}",
        source=decision.source,
    )


def _cancelling(
    facts: Facts, period: Period, reglement: Reglement
) -> tuple[CancelUntil, ...]:
    decision = reglement.cancellations_of(period).on(facts.day)
    return tuple(
        CancelUntil(
            until=None
            if outcome.until is None
            else cutoff_of(outcome.until, facts.day, period.calendar),
            outcome=outcome,
            path=f"{decision.path}.outcomes[{rank}]",
            source=decision.source,
        )
        for rank, outcome in enumerate(decision.value.outcomes)
        if outcome.when.holds(facts)
    )


def _window(facts: Facts, period: Period, reglement: Reglement) -> Open:
    windows = reglement.windows_of(period)
    position = windows.position(facts)
    window = windows.cases[position]
    return Open(
        opens_at=_opens_at(window, facts.day, period),
        closes_at=window.closes_at,
        confirmed=window.confirmed,
        path=_path(period, position, reglement),
    )


def _opens_at(
    window: Window, day: dt.date, period: Period
) -> dt.datetime | None:
    both = (window.opens_at, window.day_opens_at(day, period.calendar))
    return max((one for one in both if one is not None), default=None)


def _path(period: Period, position: int, reglement: Reglement) -> str:
    at = f"periods[{reglement.periods.index(period)}]"
    if period.window:
        return at
    accueil = reglement.accueil(period.accueil)
    for path, terms in (
        (f"{at}.", period.terms),
        (f"accueils[{reglement.accueils.index(accueil)}].", accueil.terms),
        ("", reglement.terms),
    ):
        if terms.windows:
            return f"{path}windows[{position}]"
    return ""
