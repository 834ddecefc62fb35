"""
tests/data/composed: règlements that put several rules together, and what
requests under them come to, worked out by hand.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from portail_core.domain.money import eur, total
from portail_core.domain.refusals import Refused
from portail_core.domain.timetables import timetable
from portail_core.reglement_toml import load_reglement
from portail_core.reglement_toml.inquiries import (
    cancel,
    local,
    quote,
    read_inquiry,
)
from portail_core.reglement_toml.inquiries._facts import facts_of
from portail_core.wire import parse_toml

DATA = Path(__file__).parents[1] / "data" / "composed"
CASES = tomllib.loads((DATA / "cases.toml").read_text(encoding="utf-8"))[
    "cases"
]


@cache
def reglement(name):
    return load_reglement(DATA / f"{name}.toml")


def quoted(inquiry, by):
    lines = quote(inquiry, by).lines
    return {
        "total": total(line.amount for line in lines),
        "aids": total(aid.amount for line in lines for aid in line.aids),
    }


def given_back(inquiry, by):
    found = cancel(inquiry, by)
    return {
        "credited": found.credited,
        "kept": found.kept,
        "rebilled": found.rebilled,
        "stays_paid": total(line.amount for line in found.rest),
    }


def told(inquiry, by):
    (visits,) = inquiry.visits
    (visit,) = visits.days
    facts = facts_of(
        visit,
        visits,
        household=inquiry.household,
        reglement=by,
        booked_on=None,
    )
    found = timetable(facts, period=visits.period, reglement=by)
    return {
        "deadline": local(found.booking.cutoff.moment),
        "changes": found.changing and local(found.changing.cutoff.moment),
        "opens": found.window.opens_at and local(found.window.opens_at),
        "closes": found.window.closes_at and local(found.window.closes_at),
    }


ANSWERS = {"total": quoted, "credited": given_back, "deadline": told}
ANSWERS["opens"] = told


def answered(case):
    by = reglement(case["reglement"])
    inquiry = read_inquiry(parse_toml(case["request"]), by)
    answer = next(ANSWERS[key] for key in ANSWERS if key in case)
    return answer(inquiry, by)


@pytest.mark.rule("tariff.published")
@pytest.mark.parametrize(
    "case",
    CASES,
    ids=[f"{case['reglement']}: {case['case']}" for case in CASES],
)
def test_composed(case):
    """
    Rules that stand together in one règlement come to what they say.
    """
    if "refused" in case:
        with pytest.raises(Refused) as caught:
            (given_back if "[cancel]" in case["request"] else quoted)(
                read_inquiry(
                    parse_toml(case["request"]), reglement(case["reglement"])
                ),
                reglement(case["reglement"]),
            )
        assert case["refused"] == [one.rule for one in caught.value.refusals]
        return

    answer = answered(case)

    expected = {
        key: case[key]
        if key in {"deadline", "changes", "opens", "closes"}
        else eur(case[key])
        for key in answer
        if key in case
    }
    assert expected == {key: answer[key] for key in expected}
