"""
docs/spec/tariff.md: which children count, and in what order.
"""

import datetime as dt

import pytest

from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName
from tests.spec.tariffs import (
    LOU,
    NOA,
    WEDNESDAY,
    ZOE,
    costs,
    euros,
    refusals,
    rules,
    together,
    visit,
    visits,
)

A_DAY = dt.timedelta(days=1)
BORN = {
    LOU: dt.date(2018, 1, 1),
    NOA: dt.date(2020, 1, 1),
    ZOE: dt.date(2020, 1, 1),
}
DAY = '[[tariffs]]\nprices = { journee = "1.00" }\n'


class TestSiblings:
    @staticmethod
    def of(siblings):
        return rules(
            f"{siblings}\n[[tariffs]]\nbrackets_of = "
            '"rank"\nbrackets = [\n'
            '{ label = "1er", at_most = 1, prices.journee = "10.00" },\n'
            '{ label = "2e", exactly = 2, prices.journee = "8.00" },\n'
            '{ label = "3e", more_than = 2, prices.journee = "5.00" },\n]',
            hours={
                "JOUR": 'presence = "hourly"\n'
                "hours = { from_hour = 08:00:00, to_hour = 18:00:00 }"
            },
        )

    @staticmethod
    def paid(found):
        return {
            child: euros(line for line in found if line.child == child)
            for child in dict.fromkeys(line.child for line in found)
        }

    def ask(self, of, days, born=BORN):
        return self.paid(
            together(
                of,
                *(
                    visits(of, *of_child, child=child, birth_date=born[child])
                    for child, of_child in days.items()
                ),
            )
        )

    @pytest.mark.rule("tariff.siblings")
    @pytest.mark.parametrize(
        ("order", "lou", "zoe"),
        [
            ("eldest-first", "10.00", "5.00"),
            ("youngest-first", "5.00", "10.00"),
        ],
    )
    def test_enrolled(self, order, lou, zoe):
        """
        All children count, whatever their days; twins by their ids.
        """
        of = self.of(f'[siblings]\ncounted = "enrolled"\norder = "{order}"')
        day = visit(of)

        assert {LOU: lou, NOA: "8.00", ZOE: zoe} == self.ask(
            of,
            {LOU: [visit(of, WEDNESDAY + A_DAY)], NOA: [day], ZOE: [day]},
        )

    @pytest.mark.rule("tariff.siblings")
    def test_present(self):
        """
        Or those who come that day.
        """
        of = self.of('[siblings]\ncounted = "present"')
        day, next_day = visit(of), visit(of, WEDNESDAY + A_DAY)

        assert {LOU: "10.00", NOA: "18.00"} == self.ask(
            of, {LOU: [day], NOA: [day, next_day]}
        )

    @pytest.mark.rule("tariff.siblings")
    @pytest.mark.parametrize(
        ("noa", "arrives"), [("8.00", "11:59"), ("10.00", "12:00")]
    )
    def test_same_hour(self, noa, arrives):
        """
        Or those who are there at the same time.
        """
        of = self.of('[siblings]\ncounted = "same-hour"')
        morning = visit(of, arrives=dt.time(8), leaves=dt.time(12))
        later = visit(
            of,
            arrives=dt.time.fromisoformat(arrives),
            leaves=dt.time(18),
        )

        assert {LOU: "10.00", NOA: noa} == self.ask(
            of, {LOU: [morning], NOA: [later]}
        )

    @pytest.mark.rule("tariff.siblings")
    @pytest.mark.parametrize(
        ("noa", "amplitude"), [("8.00", "JOUR"), ("10.00", "SOIR")]
    )
    def test_same_part(self, noa, amplitude):
        """
        Without hours, in the same part of the day.
        """
        of = rules(
            '[siblings]\ncounted = "same-hour"\n'
            '[[tariffs]]\nprices = { journee = "10.00" }\n'
            '[[tariffs.adjustments]]\nlabel = "2e"\n'
            'when = { rank = { at_least = 2 } }\nfactor = "0.8"',
            bills=dict.fromkeys(("JOUR", "SOIR"), '{ journee = "1" }'),
        )

        assert {LOU: "10.00", NOA: noa} == self.ask(
            of, {LOU: [visit(of)], NOA: [visit(of, amplitude=amplitude)]}
        )

    @pytest.mark.rule("tariff.siblings", "fact.missing")
    @pytest.mark.parametrize(
        ("siblings", "born"),
        [("", BORN), ('[siblings]\ncounted = "present"', {LOU: None})],
    )
    def test_nobody_ranked(self, siblings, born):
        """
        Nobody is ranked by guessing; a stated rank stands.
        """
        of = self.of(siblings)
        known = {"birth_date": born[LOU]}

        assert (FactMissing(FactName("rank")),) == refusals(of, **known)
        assert "8.00" == costs(of, visit(of, rank=2), **known)

    @pytest.mark.rule("tariff.siblings")
    def test_stated(self):
        """
        How many they are may be counted beside a rank that was stated.
        """
        of = self.of('[siblings]\ncounted = "present"')

        assert "5.00" == costs(of, visit(of, rank=3), birth_date=BORN[LOU])

    @pytest.mark.rule("tariff.siblings")
    def test_not_asked(self):
        """
        Where no price asks for a rank, no birth date is needed.
        """
        of = rules(f'[siblings]\ncounted = "present"\n{DAY}')

        assert "1.00" == costs(of)
