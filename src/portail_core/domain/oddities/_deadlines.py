"""
Deadlines that have no answer for a day, or another one than was meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import (
    Deadline,
    Deadlines,
    LastInstant,
    NoDeadline,
    moment_of,
    within,
)
from portail_core.domain.facts import WEEKDAYS
from portail_core.domain.offers import Period
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement

from ._oddity import Oddity


@frozen
class _Said:
    """
    A deadline of a period, and where it stands.
    """

    period: Period
    path: str
    since: dt.date
    deadline: Deadline


def unanswered(reglement: Reglement) -> Iterator[Oddity]:
    """
    Weekdays that a table leaves out, and that a period opens; deadlines
    counted from school holidays that nobody knows.
    """
    told: set[tuple[str, str]] = set()
    for said in _every_deadline(reglement):
        for weekday, is_in_table in _refused_on(said):
            what = WEEKDAYS[weekday] if is_in_table else "season"
            if (said.path, what) in told:
                continue
            told.add((said.path, what))
            if is_in_table:
                yield _left_out(said, what)
            else:
                yield _unknown(said)


def midnight(reglement: Reglement) -> Iterator[Oddity]:
    """
    Deadlines at the first instant of a day, of which the end was meant.
    """
    told: set[str] = set()
    for said in _every_deadline(reglement):
        if said.path not in told and any(
            getattr(one, "at", None) == dt.time(0)
            and getattr(one, "last_instant", None) is LastInstant.IN
            for one in within(said.deadline)
        ):
            told.add(said.path)
            yield Oddity(
                rule="reglement.odd.midnight",
                path=said.path,
                sentence=(
                    "00:00:00 is when the day begins, of which the first "
                    'instant alone is in time: write at = "end-of-day" for '
                    'midnight at its end, or last_instant = "out" if its '
                    "beginning is meant"
                ),
            )


def _left_out(said: _Said, weekday: str) -> Oddity:
    return Oddity(
        rule="reglement.odd.weekday-left-out",
        path=said.path,
        sentence=(
            f"the table has no {weekday}, on which « {said.period.label} » is "
            "open: those days are refused, so write their deadline"
        ),
    )


def _unknown(said: _Said) -> Oddity:
    return Oddity(
        rule="reglement.odd.holidays-unknown",
        path=said.path,
        sentence=(
            "it is counted from the school holidays, and nobody knows all of "
            f"those of « {said.period.label} »: write them as "
            "[[school_holidays]]"
        ),
    )


def _refused_on(said: _Said) -> Iterator[tuple[int, bool]]:
    """
    Weekdays of the open days without an answer, and whether a table is why.
    """
    calendar = said.period.calendar
    for day in calendar.open_days:
        if day < said.since:
            continue
        try:
            moment_of(said.deadline, day, calendar)
        except Refused as refused:
            yield (
                day.weekday(),
                any(isinstance(one, NoDeadline) for one in refused.refusals),
            )


def _every_deadline(reglement: Reglement) -> Iterator[_Said]:
    for period in reglement.periods:
        yield from _of_cases(period, reglement.book_until_of(period))
        changes = reglement.change_until_of(period)
        if changes is not None:
            yield from _of_cases(period, changes)
        for policy in reglement.cancellations_of(period).decisions:
            for rank, outcome in enumerate(policy.value.outcomes):
                if outcome.until is not None:
                    yield _Said(
                        period,
                        f"{policy.path}.outcomes[{rank}].until",
                        policy.since,
                        outcome.until,
                    )


def _of_cases(period: Period, history: History[Deadlines]) -> Iterator[_Said]:
    for decision in history.decisions:
        for rank, case in enumerate(decision.value.cases):
            path = _path(decision, rank)
            yield _Said(period, path, decision.since, case.deadline)


def _path(decision: Decision[Deadlines], rank: int) -> str:
    is_one = len(decision.value.cases) == 1
    return f"{decision.path}." + (
        "deadline" if is_one else f"deadlines[{rank}]"
    )


CHECKS = (unanswered, midnight)
