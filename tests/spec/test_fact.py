"""
docs/spec/fact.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.bounds import Bounds
from portail_core.domain.conditions import (
    ALWAYS,
    OneOf,
    When,
    Within,
    Yearly,
)
from portail_core.domain.facts import FactMissing, Facts, Scheme
from portail_core.domain.ids import AccueilCode, AmplitudeCode, FactName
from portail_core.domain.refusals import Refused
from tests.spec.tariffs import WEDNESDAY, family, told

DAY = Facts(
    day=WEDNESDAY,
    accueil=AccueilCode("accueil"),
    amplitude=AmplitudeCode("JOUR"),
)
NEVER = OneOf(FactName("weekday"), ("sunday",))
RESIDENCY = OneOf(FactName("residency"), ("commune",))
AGE = Within(FactName("age"), Bounds(up_to=Decimal(5)))


class TestWhen:
    @pytest.mark.rule("fact.when.all")
    @pytest.mark.parametrize(
        ("holds", "tests"),
        [
            (True, ()),
            (True, (OneOf(FactName("weekday"), ("wednesday",)),)),
            (False, (OneOf(FactName("weekday"), ("wednesday",)), NEVER)),
        ],
    )
    def test_all(self, holds, tests):
        """
        All of its tests must hold; none is always.
        """
        assert holds is When(tests).holds(DAY)
        assert ALWAYS.holds(DAY)

    @pytest.mark.rule("fact.when.settled", "fact.missing")
    @pytest.mark.parametrize(
        ("test", "name"),
        [
            (RESIDENCY, "residency"),
            (AGE, "age"),
            (Within(FactName("leaves"), Bounds(above=Decimal(1))), "leaves"),
            (OneOf(FactName("scheme"), ("caf",)), "scheme"),
            (OneOf(FactName("rythme"), ("regulier",)), "rythme"),
        ],
    )
    def test_settled(self, test, name):
        """
        What nobody stated is refused, unless a test before it settles.
        """
        with pytest.raises(Refused) as no:
            When((test, NEVER)).holds(DAY)

        assert (FactMissing(FactName(name)),) == no.value.refusals
        assert not When((NEVER, test)).holds(DAY)

    @pytest.mark.rule("fact.when.year")
    @pytest.mark.parametrize(
        ("held", "first", "last"),
        [
            ([False, True, True, False], 201, 831),
            ([True, False, False, True], 901, 131),
        ],
    )
    def test_year(self, held, first, last):
        """
        Both days are in, and the part may go over New Year.
        """
        part = Yearly(first=first, last=last)
        days = ((1, 31), (2, 1), (8, 31), (9, 1))

        assert held == [
            part.hold(dt.date(2026, month, day)) for month, day in days
        ]
        assert FactName("day") == part.fact

    @pytest.mark.rule("fact.when.bounds")
    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ("age = { exactly = 2, at_most = 3 }", "leaves no room"),
            (
                "age = { at_least = 2, more_than = 3 }",
                "two bounds on one side",
            ),
            ("age = {}", "has no bound: write exactly"),
            ("leaves = {}", "has no bound: write from_hour"),
            (
                'dates = { first_day = "02-30", last_day = "03-01" }',
                "is no day of a year",
            ),
            (
                'dates = { first_day = "1 mars", last_day = "03-01" }',
                "is no day of a year",
            ),
        ],
    )
    def test_written(self, written, fault):
        """
        A range has an end at the least, and one on a side at the most.
        """
        (line,) = told(
            f"[[tariffs]]\nwhen = {{ {written} }}\n"
            'prices = { journee = "1" }'
        )

        assert fault in line


class TestHousehold:
    @pytest.mark.rule("fact.missing", "fact.when.named")
    def test_of_day(self):
        """
        A child-day takes the facts of its household, its own first.
        """
        rythme = FactName("rythme")
        known = family(
            quotient="650",
            scheme="msa",
            income="1800",
            dependants=2,
            residency="commune",
            named={rythme: "occasionnel", FactName("zone"): "1"},
        )
        own = Facts(
            day=WEDNESDAY,
            accueil=DAY.accueil,
            amplitude=DAY.amplitude,
            named={rythme: "regulier"},
        )

        found = known.of_day(own)

        assert (Decimal(650), Decimal(1800), 2, "commune", Scheme.MSA) == (
            found.quotient,
            found.income,
            found.dependants,
            found.residency,
            found.scheme,
        )
        assert {rythme: "regulier", FactName("zone"): "1"} == found.named
        assert None is family().of_day(own).quotient
