"""
What absences cost: what a règlement file may say of it.
"""

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from portail_core.domain.absences import (
    Applied,
    DayRule,
    LatePickup,
    PickupRule,
    Repeated,
    charge,
)
from portail_core.domain.cancellation import Whose
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.facts import Facts
from portail_core.domain.ids import ChildId, FactName
from portail_core.domain.money import eur
from portail_core.domain.reglement import Reglement
from portail_core.domain.spans import Each
from portail_core.reglement_toml import read_reglement
from portail_core.reglement_toml._reading import _read
from portail_core.wire import dump, load, parse_toml
from tests.reglement.test_cancelling import EXAMPLES
from tests.reglement.written import PETITES_BOUILLES, faults

DATA = Path(__file__).parents[1] / "data" / "published_late_pickups.toml"
RULES = tomllib.loads(DATA.read_text("utf-8"))["rules"]
CASES = [
    pytest.param(rule, case, id=f"{rule['id']}-{case['at']}")
    for rule in RULES
    for case in rule["cases"]
]
WEDNESDAY = dt.date(2026, 5, 27)
LATE = 'closes_at = 18:30:00, penalty = "5.00", whose = "child"'


def written(text):
    """
    The example, which says *text* of absences.
    """
    return f"{PETITES_BOUILLES}\n{text}"


def saying(key, rule):
    """
    The same, for one rule of one of the three lists.
    """
    return written(
        '[[absences]]\nsince = 2025-09-01\nsource = "article 7"\n'
        f'{key} = [{{ label = "Ainsi.", {rule} }}]'
    )


def rules_of(text, key):
    reglement = read_reglement(text)
    assert reglement == load(Reglement, dump(reglement))
    (period,) = reglement.periods
    found = reglement.absences_of(period)
    assert found is not None
    return getattr(found.decisions[0].value, key)


class TestRules:
    @pytest.mark.rule("absence.unexcused", "absence.unbooked")
    @pytest.mark.parametrize("key", ["unexcused", "unbooked"])
    def test_day(self, key):
        """
        A day says its share, its penalty, from which one on and when.
        """
        assert (
            DayRule(
                label="Ainsi.",
                price_share=Decimal("1.5"),
                penalty=eur("5"),
                when=When((OneOf(FactName("weekday"), ("wednesday",)),)),
                repeated=Repeated(from_nth=3, each=Each.SCHOOL_YEAR),
                applied=Applied.IF_DECIDED,
            ),
        ) == rules_of(
            saying(
                key,
                'price_share = "1.5", penalty = "5.00", from_nth = 3, '
                'each = "school-year", applied = "if-decided", '
                'when = { weekdays = ["wednesday"] }',
            ),
            key,
        )

    @pytest.mark.rule("absence.late-pickup")
    def test_late(self):
        """
        An evening says its hour, its grace, its minutes and its bound.
        """
        assert (
            PickupRule(
                label="Ainsi.",
                closes_at=dt.time(18, 30),
                grace_minutes=5,
                penalty=eur("5"),
                started_minutes=15,
                whose=Whose.CHILD,
                at_most=eur("30"),
            ),
        ) == rules_of(
            saying(
                "late_pickup",
                f"{LATE}, grace_minutes = 5, per_started_minutes = 15, "
                'at_most = "30.00"',
            ),
            "late_pickup",
        )

    @pytest.mark.rule("absence.never-answers", "reglement.faults.all")
    @pytest.mark.parametrize(
        ("fault", "key", "rule"),
        [
            (
                (
                    "« Ainsi. » charges nothing: write price_share, penalty "
                    'or both; price_share = "0" is a day that costs nothing'
                ),
                "unexcused",
                'applied = "always"',
            ),
            (
                (
                    "« Ainsi. »: from_nth and each go together, as in "
                    'from_nth = 3, each = "month"'
                ),
                "unbooked",
                'penalty = "1", from_nth = 3',
            ),
            (
                (
                    "« Ainsi. »: from_nth and each go together, as in "
                    'from_nth = 3, each = "month"'
                ),
                "late_pickup",
                f'{LATE}, each = "month"',
            ),
            (
                "from_nth is 367, expected 366 at the most",
                "unexcused",
                'penalty = "1", from_nth = 367, each = "year"',
            ),
            (
                (
                    "price_share is 150, expected 100 at the most: "
                    '"1.5" is half as much again'
                ),
                "unbooked",
                'price_share = "150"',
            ),
            (
                "per_started_minutes is 1441, expected 1440 at the most",
                "late_pickup",
                f"{LATE}, per_started_minutes = 1441",
            ),
            (
                "grace_minutes is 1440, expected less than a day",
                "late_pickup",
                f"{LATE}, grace_minutes = 1440",
            ),
        ],
    )
    def test_faults(self, fault, key, rule):
        """
        What is wrong with a rule is told, with what to write.
        """
        assert [f"absences[0].{key}[0]: {fault}"] == faults(saying(key, rule))

    @pytest.mark.rule("absence.levels")
    def test_example(self):
        """
        The example of the page is read, and says where it stands.
        """
        reglement = read_reglement(written(EXAMPLES[2]))
        (period,) = reglement.periods
        found = reglement.absences_of(period)

        assert found is not None
        assert "absences[0]" == found.decisions[0].path
        assert 2 == len(found.decisions[0].value.unexcused)


@pytest.mark.rule("absence.published")
@pytest.mark.parametrize(("rule", "case"), CASES)
def test_published(rule, case):
    """
    What a late pick-up costs is what the page says, on both sides of its
    hour.
    """
    data = {**parse_toml(PETITES_BOUILLES), "absences": rule["absences"]}
    reglement = _read(data)
    (period,) = reglement.periods
    policies = reglement.absences_of(period)
    assert policies is not None

    charges = charge(
        policies,
        LatePickup(
            facts=Facts(
                day=WEDNESDAY,
                accueil=period.accueil,
                amplitude=reglement.amplitudes[0].code,
            ),
            at=case["at"],
            children=(ChildId("lou"),),
        ),
        period=period.code,
    )

    expected = [eur(case["amount"])] if "amount" in case else []
    assert expected == [one.amount for one in charges]
