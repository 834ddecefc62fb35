"""
What communes printed of who may book, how often and how many, as règlement
files, case by case.
"""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from attrs import evolve

from portail_core.domain.accounts import AccountState
from portail_core.domain.arrears import Debt
from portail_core.domain.bookings import (
    ChildDay,
    Wish,
    lines_for,
    refusals,
)
from portail_core.domain.days import at_paris
from portail_core.domain.documents import About, DocumentState
from portail_core.domain.ids import DocumentCode, DocumentId
from portail_core.domain.money import eur
from portail_core.domain.places import Spot, spots
from portail_core.domain.pre_registrations import PreRegistrationState
from portail_core.reglement_toml._reading import _read
from portail_core.wire import parse_toml
from tests.reglement.written import PETITES_BOUILLES
from tests.spec.guide import (
    ACCOUNT,
    CHILD,
    CUSTODY,
    DOSSIER,
    LOU,
    MARTIN_DURAND,
    SITUATION,
)
from tests.spec.test_gate import ASKED, GIVEN

DATA = Path(__file__).parents[1] / "data" / "published_gates.toml"
RULES = tomllib.loads(DATA.read_text("utf-8"))["rules"]
CASES = [
    pytest.param(rule, case, id=f"{rule['id']}-{number}")
    for rule in RULES
    for number, case in enumerate(rule["cases"])
]


def reglement_of(rule):
    """
    The example, which asks nothing but what *rule* does.
    """
    data = dict(parse_toml(PETITES_BOUILLES))
    (period,) = data["periods"]
    period |= {
        "first_day": dt.date(2026, 4, 1),
        "last_day": dt.date(2026, 7, 3),
        "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "closed": [],
    }
    (accueil,) = data["accueils"]
    accueil |= {"admission": "open", **rule.get("accueil", {})}
    nothing: dict[str, list[object]] = {
        "gates": [],
        "documents": [],
        "pools": [],
    }
    return _read({**data, **nothing, **rule.get("file", {})})


def given(reglement, case):
    """
    The documents of *case*.
    """
    for code, state in case.get("documents", {}).items():
        kind = reglement.find_document(DocumentCode(code))
        yield evolve(
            GIVEN,
            id=DocumentId(code),
            kind=kind.code,
            child=LOU if kind.about is About.CHILD else None,
            state=DocumentState(state),
        )


def dossier_of(reglement, case):
    (period,) = reglement.periods
    asked = case.get("pre_registration")
    return evolve(
        DOSSIER,
        account=evolve(
            ACCOUNT, state=AccountState(case.get("email", "active"))
        ),
        documents=tuple(given(reglement, case)),
        pre_registrations=()
        if asked is None
        else (
            evolve(
                ASKED,
                accueil=period.accueil,
                state=PreRegistrationState(asked),
            ),
        ),
        debts=tuple(
            Debt(
                amount=eur(debt["amount"]),
                due_on=debt["due_on"],
                paid_on=debt.get("paid_on"),
            )
            for debt in case.get("debts", ())
        ),
    )


def situation_of(reglement, case, lines, child):
    (accueil,) = reglement.accueils
    counted = case.get("taken", {})
    wanted = {spot for one in lines for spot in spots(one.day, one.places)}
    return evolve(
        SITUATION,
        reglement=reglement,
        dossier=dossier_of(reglement, case),
        child=child,
        custody=CUSTODY,
        taken={
            Spot(pool, day, part): counted.get(pool, 0)
            for pool, day, part in map(spot_fields, wanted)
        },
        others=tuple(
            ChildDay(
                day=day,
                accueil=accueil.code,
                amplitude=accueil.amplitudes[0],
                household=MARTIN_DURAND,
            )
            for day in case.get("booked", ())
        ),
    )


def spot_fields(spot):
    return spot.pool, spot.day, spot.part


@pytest.mark.rule(
    "gate.arrears.month-end", "gate.not-asked", "request.week.least"
)
@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule, case):
    """
    What stands in the way is what the page says, on both sides of every
    limit.
    """
    reglement = reglement_of(rule)
    (period,), (accueil,) = reglement.periods, reglement.accueils
    child = evolve(CHILD, birth_date=case.get("born", CHILD.birth_date))
    lines = lines_for(
        Wish(
            child=LOU,
            period=period.code,
            days=dict.fromkeys(case["days"], accueil.amplitudes[0]),
        ),
        child=child,
        reglement=reglement,
    )

    told = refusals(
        lines,
        period=period,
        situation=situation_of(reglement, case, lines, child),
        at=at_paris(case["at"].date(), case["at"].time()),
    )

    assert case["told"] == [refusal.rule for refusal in told]
