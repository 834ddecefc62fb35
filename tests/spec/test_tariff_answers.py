"""
docs/spec/tariff.md: which tariff answers, and which quotient.
"""

import datetime as dt

import pytest

from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName, PrestationCode
from portail_core.domain.tariffs import NoTariff, QuotientMissing
from tests.spec.tariffs import (
    MONDAY,
    WEDNESDAY,
    ask,
    costs,
    family,
    refusals,
    rules,
    told,
    visit,
)

A_DAY = dt.timedelta(days=1)
JOURNEE = PrestationCode("journee")
SIDE_BY_SIDE = """
[[tariffs]]
code = "a"
when = {{ {when} }}
prices = {{ journee = "1.00" }}

[[tariffs]]
code = "b"
prices = {{ journee = "2.00" }}
"""


class TestFirst:
    @pytest.mark.rule("tariff.first", "fact.when.all")
    @pytest.mark.parametrize(
        ("when", "of_first", "of_rest"),
        [
            ('residency = ["a", "b"]', {"residency": "b"}, {"residency": "c"}),
            ('scheme = ["caf", "msa"]', {"scheme": "msa"}, {"scheme": "none"}),
            (
                "quotient = { at_most = 600 }",
                {"quotient": "600"},
                {"quotient": "600.01"},
            ),
            (
                "income = { less_than = 1500 }",
                {"income": "1499"},
                {"income": "1500"},
            ),
            (
                "dependants = { at_least = 3 }",
                {"dependants": 3},
                {"dependants": 2},
            ),
            (
                'named = { rythme = ["regulier"] }',
                {"named": {"rythme": "regulier"}},
                {"named": {"rythme": "occasionnel"}},
            ),
        ],
    )
    def test_household(self, when, of_first, of_rest):
        """
        The first tariff whose condition holds for the household answers;
        what nobody stated is refused by name.
        """
        of = rules(SIDE_BY_SIDE.format(when=when))
        (fact,) = {key if key != "named" else "rythme" for key in of_first}

        assert "1.00" == costs(of, household=family(**of_first))
        assert "2.00" == costs(of, household=family(**of_rest))
        (refusal,) = refusals(of)
        if fact == "quotient":
            assert QuotientMissing() == refusal
        else:
            assert FactMissing(FactName(fact)) == refusal

    @pytest.mark.rule("tariff.first", "fact.when.bounds")
    @pytest.mark.parametrize(
        ("when", "of_first", "of_rest"),
        [
            ("age = { less_than = 6 }", {"age": 5}, {"age": 6}),
            ("rank = { exactly = 2 }", {"rank": 2}, {"rank": 3}),
            ("siblings = { at_least = 3 }", {"siblings": 3}, {"siblings": 2}),
            ('booked = ["late"]', {"booked": "late"}, {"booked": "unbooked"}),
            (
                "leaves = { from_hour = 18:31:00 }",
                {"arrives": dt.time(16, 30), "leaves": dt.time(18, 31)},
                {"arrives": dt.time(16, 30), "leaves": dt.time(18, 30)},
            ),
            (
                "arrives = { to_hour = 08:00:00 }",
                {"arrives": dt.time(8), "leaves": dt.time(9)},
                {"arrives": dt.time(8, 1), "leaves": dt.time(9)},
            ),
        ],
    )
    def test_child_day(self, when, of_first, of_rest):
        """
        Or for the child and its day.
        """
        of = rules(
            SIDE_BY_SIDE.format(when=when),
            hours={
                "JOUR": 'presence = "hourly"\n'
                "hours = { from_hour = 07:00:00, to_hour = 19:00:00 }"
            },
        )

        assert ["1.00", "2.00"] == [
            costs(of, visit(of, **known)) for known in (of_first, of_rest)
        ]

    @pytest.mark.rule("tariff.first", "fact.when.year")
    @pytest.mark.parametrize(
        ("when", "first", "rest"),
        [
            ('weekdays = ["wednesday"]', WEDNESDAY, WEDNESDAY + A_DAY),
            (
                'season = "school-holidays"',
                dt.date(2026, 4, 15),
                dt.date(2026, 4, 29),
            ),
            (
                'dates = { first_day = "02-01", last_day = "08-31" }',
                dt.date(2026, 2, 2),
                dt.date(2026, 1, 30),
            ),
        ],
    )
    def test_day(self, when, first, rest):
        """
        Of several days, each is told apart.
        """
        of = rules(SIDE_BY_SIDE.format(when=when))

        assert ["1.00", "2.00", "3.00"] == [
            costs(of, *(visit(of, day) for day in days))
            for days in ((first,), (rest,), (first, rest))
        ]

    @pytest.mark.rule("tariff.first")
    def test_places(self):
        """
        Accueils and amplitudes tell apart, too; and who brings the meal.
        """
        for when, price in (
            ('accueils = ["accueil"]', "1.00"),
            ('amplitudes = ["JOUR"]', "1.00"),
            ('meal_supplied = "no"', "1.00"),
            ('meal_supplied = "yes"', "2.00"),
        ):
            assert price == costs(rules(SIDE_BY_SIDE.format(when=when)))

    @pytest.mark.rule("tariff.first")
    @pytest.mark.parametrize(
        ("when", "known"),
        [
            ('accueils = ["ailleurs"]', "the accueil 'ailleurs'"),
            ('amplitudes = ["NUIT"]', "the amplitude 'NUIT'"),
        ],
    )
    def test_places_that_are_not(self, when, known):
        """
        One that is nowhere would never hold: it is told.
        """
        assert any(
            known in one for one in told(SIDE_BY_SIDE.format(when=when))
        )

    @pytest.mark.rule("tariff.first")
    def test_meal_of_amplitude(self):
        """
        An amplitude may say that the family brings the meal.
        """
        of = rules(
            SIDE_BY_SIDE.format(when='meal_supplied = "yes"'),
            hours={"JOUR": 'meal = "supplied"'},
        )

        assert "1.00" == costs(of)

    @pytest.mark.rule("tariff.first")
    def test_nothing_skipped(self):
        """
        An earlier tariff that asks for what nobody stated is not passed over.
        """
        of = rules(SIDE_BY_SIDE.format(when='residency = ["commune"]'))

        assert (FactMissing(FactName("residency")),) == refusals(of)

    @pytest.mark.rule("tariff.first", "fact.when.named")
    def test_of_the_child(self):
        """
        What is declared of the child wins over what is of its household.
        """
        of = rules(
            SIDE_BY_SIDE.format(when='named = { rythme = ["regulier"] }')
        )
        known = family(named={FactName("rythme"): "occasionnel"})

        assert "2.00" == costs(of, household=known)
        assert "1.00" == costs(
            of, household=known, named={FactName("rythme"): "regulier"}
        )

    @pytest.mark.rule("tariff.none")
    def test_none(self):
        """
        No tariff for a case, no price.
        """
        of = rules(
            '[[tariffs]]\nwhen = { weekdays = ["monday"] }\n'
            'prices = { journee = "1.00" }'
        )

        assert "1.00" == costs(of, visit(of, MONDAY))
        assert (NoTariff(JOURNEE, WEDNESDAY),) == refusals(of)


class TestVersions:
    CHANGE = dt.date(2026, 6, 1)

    def of(self, keys=""):
        new = f'since = {self.CHANGE}\nsource = "nouvelle délibération"'
        return rules(
            f'[[tariffs]]\n{keys}\nprices = {{ journee = "1.00" }}\n'
            f'[[ tariffs ]]\n{new}\n{keys}\nprices = {{ journee = "2.00" }}'
        )

    @pytest.mark.rule("tariff.day-booked")
    @pytest.mark.parametrize(
        ("paid", "rank", "day"),
        [("1.00", 0, CHANGE - A_DAY), ("2.00", 1, CHANGE)],
        ids=["the eve", "the day"],
    )
    def test_day_booked(self, paid, rank, day):
        """
        Two days of one request may be priced by two versions.
        """
        of = self.of()
        (line,) = ask(of, visit(of, day))

        assert paid == costs(of, visit(of, day))
        assert f"tariffs[{rank}].prices" == line.why.path
        assert "3.00" == costs(
            of, visit(of, self.CHANGE), visit(of, self.CHANGE - A_DAY)
        )

    @pytest.mark.rule("tariff.day-of-booking")
    @pytest.mark.parametrize(
        ("paid", "booked_on"), [("1.00", CHANGE - A_DAY), ("2.00", CHANGE)]
    )
    def test_day_of_booking(self, paid, booked_on):
        """
        Or the day of the request chooses.
        """
        of = self.of('grid_of = "day-of-booking"')

        assert paid == costs(
            of, visit(of, dt.date(2026, 6, 3)), booked_on=booked_on
        )

    @pytest.mark.rule("tariff.until", "tariff.none")
    @pytest.mark.parametrize(
        ("paid", "day"), [("1.00", WEDNESDAY), (None, WEDNESDAY + A_DAY)]
    )
    def test_until(self, paid, day):
        """
        After its last day a version prices nothing.
        """
        of = rules(
            f"[[tariffs]]\nuntil = {WEDNESDAY}\n"
            'prices = { journee = "1.00" }'
        )

        if paid:
            assert paid == costs(of, visit(of, day))
        else:
            assert (NoTariff(JOURNEE, day),) == refusals(of, visit(of, day))

    @pytest.mark.rule("tariff.until")
    def test_until_before_since(self):
        """
        A version that ends before it begins is a mistake.
        """
        (fault,) = told(
            '[[tariffs]]\nuntil = 2025-08-31\nprices = { journee = "1.00" }'
        )

        assert "until 2025-08-31 is before since 2025-09-01" in fault

    @pytest.mark.rule("tariff.none")
    def test_before(self):
        """
        Nothing is priced before the first version.
        """
        of = rules(SIDE_BY_SIDE.format(when='weekdays = ["monday"]'))
        eve = dt.date(2025, 8, 31)

        assert (NoTariff(JOURNEE, eve),) == refusals(of, visit(of, eve))

    @pytest.mark.rule("tariff.day-booked")
    def test_oldest_first(self):
        """
        Versions are written oldest first; others need a code.
        """
        (fault,) = told(
            '[[tariffs]]\nprices = { journee = "1.00" }\n'
            '[[tariffs]]\nprices = { journee = "2.00" }'
        )

        assert "tariffs side by side each need a code" in fault
