"""
What communes printed of cancellations, as règlement files, case by case.
"""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from portail_core.domain.cancellation import (
    Absence,
    Claim,
    ReleasedDay,
    split_days,
)
from portail_core.domain.days import at_paris
from portail_core.domain.facts import Facts, Season
from portail_core.domain.ids import ChildId
from portail_core.domain.money import eur, total
from portail_core.reglement_toml._reading import _read
from portail_core.wire import parse_toml
from tests.reglement.written import PETITES_BOUILLES

DATA = Path(__file__).parents[1] / "data" / "published_cancellations.toml"
RULES = tomllib.loads(DATA.read_text("utf-8"))["rules"]
CASES = [
    pytest.param(rule, case, id=f"{rule['id']}-{number}")
    for rule in RULES
    for number, case in enumerate(rule["cases"])
]
LOU = ChildId("lou")
PAID = eur("10.00")
A_SECOND = dt.timedelta(seconds=1)


def reglement_of(rule):
    """
    The example, which says of cancellations what *rule* says.
    """
    data = dict(parse_toml(PETITES_BOUILLES))
    (period,) = data["periods"]
    period |= {
        "first_day": dt.date(2026, 4, 1),
        "last_day": dt.date(2026, 7, 3),
        "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "closed": [],
    }
    data["reasons"] = rule.get("reasons", [])
    data["cancellations"] = rule["cancellations"]
    return _read(data)


def moment(written):
    return at_paris(written.date(), written.time())


def absence_of(reglement, case):
    (period,) = reglement.periods
    claim = None
    if "reason" in case:
        came = case.get("document_at")
        claim = Claim(
            reason=next(
                reason
                for reason in reglement.reasons
                if reason.code == case["reason"]
            ),
            child=LOU,
            document_at=moment(came) if came else None,
        )
    return Absence(
        child=LOU,
        period=period.code,
        calendar=period.calendar,
        days=tuple(
            ReleasedDay(
                facts=Facts(
                    day=day,
                    accueil=period.accueil,
                    amplitude=reglement.amplitudes[0].code,
                    season=Season(case["season"])
                    if "season" in case
                    else None,
                ),
                released=PAID,
                aid=eur(case.get("aid", "0")),
            )
            for day in case["cancelled"]
        ),
        booked=period.calendar.open_days,
        at=moment(case["at"]),
        claim=claim,
    )


@pytest.mark.rule("cancellation.published")
@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule, case):
    """
    What is credited, re-billed and awaited is what the page says, on both
    sides of every limit.
    """
    reglement = reglement_of(rule)
    (period,) = reglement.periods

    settlements = split_days(
        reglement.cancellations_of(period), absence_of(reglement, case)
    )

    nothing = ["0"] * len(settlements)
    assert [eur(amount) for amount in case["credited"]] == [
        one.credited for one in settlements
    ]
    assert [eur(amount) for amount in case.get("rebilled", nothing)] == [
        one.rebilled for one in settlements
    ]
    pending = [one.pending for one in settlements if one.pending]
    assert total(map(eur, case.get("pending", ()))) == total(
        one.credited for one in pending
    )
    for one in pending:
        late = one.until - moment(case["pending_until"])
        assert dt.timedelta(0) <= late < A_SECOND


@pytest.mark.rule("cancellation.published")
@pytest.mark.parametrize("rule", RULES, ids=[rule["id"] for rule in RULES])
def test_whole(rule):
    """
    Every rule has its source and its words, says what is ours, and has cases
    that differ.
    """
    assert rule["source"].startswith("http")
    assert rule["verbatim"]
    assert rule["ours"]
    assert 1 < len({tuple(case["credited"]) for case in rule["cases"]})
