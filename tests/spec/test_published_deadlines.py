"""
Deadlines and windows as they were published: tests/data explains each.
"""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import is_late
from portail_core.domain.facts import Facts
from portail_core.domain.ids import AmplitudeCode
from portail_core.domain.timetables import timetable
from portail_core.reglement_toml import read_reglement
from tests.reglement.openings import written
from tests.reglement.written import with_changes
from tests.spec.guide import AN_INSTANT

DATA = Path(__file__).parents[1] / "data" / "published_deadlines.toml"
PUBLISHED = tomllib.loads(DATA.read_text(encoding="utf-8"))
A_SECOND = dt.timedelta(seconds=1)
FALLBACK = "deadline = { days_before = 2, at = 12:00:00 }"


def cases(kind):
    return [
        pytest.param(one, case, id=f"{one['name']}, {case['day']}, {number}")
        for one in PUBLISHED[kind]
        for number, case in enumerate(one["cases"])
    ]


def paris(local):
    return at_paris(local.date(), local.time())


def read(one, *, deadline=FALLBACK, window=""):
    text = written(
        f"{one['period']}\n{window}",
        f'department = "{one.get("department", "04")}"',
    )
    # Decisions since 2023 here, the oldest that was found.
    since = with_changes((FALLBACK, deadline), text=text).replace(
        "since = 2025-09-01", "since = 2023-09-01"
    )
    return read_reglement(since)


def facts_of(case, period, **known):
    return Facts(
        day=case["day"],
        accueil=period.accueil,
        amplitude=AmplitudeCode("JOURNEE"),
        season=period.calendar.season(case["day"]),
        **known,
    )


@pytest.mark.rule("deadline.case", "deadline.moment-in")
@pytest.mark.parametrize(("one", "case"), cases("deadlines"))
def test_deadline(one, case):
    """
    The last second is in time, the next one is late.
    """
    reglement = read(one, deadline=one["written"])
    (period,) = reglement.periods
    last = paris(case["last"])

    facts = facts_of(case, period)
    found = timetable(facts, period=period, reglement=reglement).booking
    (decision,) = reglement.book_until_of(period).decisions
    deadline = decision.value.find(facts)

    assert not found.is_late(last)
    assert found.is_late(last + A_SECOND)
    assert not is_late(deadline, case["day"], last, period.calendar)
    assert is_late(deadline, case["day"], last + A_SECOND, period.calendar)


@pytest.mark.rule("offer.window.case", "offer.window.rolling")
@pytest.mark.parametrize(("one", "case"), cases("windows"))
def test_window(one, case):
    """
    Open from the first moment on, and closed from the last.
    """
    reglement = read(one, window=one["written"])
    (period,) = reglement.periods
    facts = facts_of(case, period, residency=case.get("residency"))

    window = timetable(facts, period=period, reglement=reglement).window

    opens_at = paris(case["opens_at"])
    assert not window.is_open(opens_at - AN_INSTANT)
    assert window.is_open(opens_at)
    if "closes_at" in case:
        closes_at = paris(case["closes_at"])
        assert window.is_open(closes_at - AN_INSTANT)
        assert not window.is_open(closes_at)


def test_sources():
    """
    Each says where it is from, and what it says; readings have their names.
    """
    entries = [*PUBLISHED["deadlines"], *PUBLISHED["windows"]]

    assert all(one["source"] and one["says"] for one in entries)
    assert len(entries) == len({one["name"] for one in entries})
