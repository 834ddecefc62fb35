"""
docs/how-to/say-until-when.md: all that it writes is read.
"""

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from portail_core.domain.deadlines import Deadline
from portail_core.domain.ids import PeriodCode
from portail_core.reglement_toml import (
    load_opening_reasons,
    read_reglement,
)
from portail_core.reglement_toml._deadlines import SHAPES
from portail_core.wire import load_toml
from tests.reglement.written import (
    EXAMPLES,
    PETITES_BOUILLES,
    with_changes,
)

HOW_TO = Path(__file__).parents[2] / "docs/how-to/say-until-when.md"
TEXT = HOW_TO.read_text(encoding="utf-8")
TABLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
CELLS = re.findall(r"^\|.*\| `(\{.*\})` \|$", TEXT, re.MULTILINE)
SUBJECT = re.compile(
    r"\[\[book_until\]\].*?(?=\n\[\[cancellations)", re.DOTALL
)
FIRST_DAY = "since = 2026-09-01"


def with_example(example):
    """
    The example of the Petites Bouilles, with these deadlines or windows.
    """
    if example.startswith("windows"):
        return with_changes(("schema = 1", f"schema = 1\n{example}"))
    decided = example.replace(FIRST_DAY, "since = 2025-09-01")
    return SUBJECT.sub(lambda _: decided, PETITES_BOUILLES, count=1)


@pytest.mark.rule("deadline.case", "offer.window.case")
@pytest.mark.parametrize("example", TABLES)
def test_example(example):
    """
    What the page shows stands in a file.
    """
    read = read_reglement(with_example(example))

    (period,) = read.periods
    said = tomllib.loads(example)
    if "windows" in said:
        assert len(said["windows"]) == len(read.windows_of(period).cases)
    else:
        (decision,) = read.book_until_of(period).decisions
        assert said["book_until"][0]["source"] == decision.source


@pytest.mark.rule("deadline.case")
@pytest.mark.parametrize("cell", CELLS)
def test_cell(cell):
    """
    Every row of the table is a deadline.
    """
    read = load_toml(
        tuple[Deadline, ...],
        tomllib.loads(f"rows = [{cell}]")["rows"],
        SHAPES,
    )

    assert 1 == len(read)


@pytest.mark.rule("offer.calendar.bounds")
@pytest.mark.parametrize("day", ["2025-09-02", "2026-07-02"])
def test_outside(day):
    """
    Of a day outside the period, it is said which days are within.
    """
    reasons = load_opening_reasons(EXAMPLES / "petites-bouilles.toml")

    assert "not within 2025-09-03 to 2026-07-01" == reasons.why(
        PeriodCode("mercredis-2025-2026"), dt.date.fromisoformat(day)
    )


def test_every_key():
    """
    The page tells every shape.
    """
    told = {
        next(iter(tomllib.loads(f"row = {cell}")["row"])) for cell in CELLS
    }

    assert {
        "days_before",
        "hours_before",
        "business_days_before",
        "working_days_before",
        "clear_days_before",
        "weekday_before",
        "weekday_of_week_before",
        "opening_days_before",
        "day_of_previous_month",
        "weekday_of_previous_month",
        "moment",
        "earliest",
    } == told
