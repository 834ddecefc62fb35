"""
docs/spec/household.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve, fields

from portail_core.domain.bookings import refusals
from portail_core.domain.children import (
    ChildUnknown,
    NotYetInCustody,
    age_on,
)
from tests.spec.guide import (
    A_DAY,
    ADULT,
    ASKED_AT,
    CHILD,
    CUSTODY,
    LINE,
    PERIOD,
    SITUATION,
    WEDNESDAY,
)


class TestName:
    @pytest.mark.rule("household.name.last-first")
    @pytest.mark.parametrize(
        ("name", "person"),
        [
            ("MARTIN-DURAND Lou", CHILD),
            ("MARTIN-DURAND Dominique", ADULT),
        ],
    )
    def test_last_name_first(self, name, person):
        """
        Children and adults are shown with the last name first.
        """
        assert name == person.name


class TestChild:
    @pytest.mark.rule("household.child.unknown")
    def test_nothing_is_told(self):
        """
        Whether the child is another household's is not in the answer.
        """
        assert () == fields(ChildUnknown)


class TestAge:
    @pytest.mark.rule("household.child.age")
    @pytest.mark.parametrize(
        ("age", "born", "day"),
        [
            (5, dt.date(2020, 5, 28), WEDNESDAY),
            (6, dt.date(2020, 5, 27), WEDNESDAY),
            (6, dt.date(2020, 5, 26), WEDNESDAY),
            (5, dt.date(2020, 6, 1), WEDNESDAY),
            (6, dt.date(2020, 4, 28), WEDNESDAY),
            (0, dt.date(2026, 5, 27), WEDNESDAY),
            (0, dt.date(2025, 12, 31), dt.date(2026, 12, 30)),
            (1, dt.date(2025, 12, 31), dt.date(2026, 12, 31)),
        ],
        ids=[
            "the eve of six",
            "the birthday",
            "the day after",
            "next month",
            "last month",
            "born today",
            "the eve of one, in December",
            "one, in December",
        ],
    )
    def test_whole_years(self, age, born, day):
        """
        Age counts whole years on the day; the birthday counts.
        """
        assert age == age_on(born, day)

    @pytest.mark.rule("household.child.age")
    @pytest.mark.parametrize(
        ("age", "day"),
        [
            (5, dt.date(2026, 2, 28)),
            (6, dt.date(2026, 3, 1)),
            (7, dt.date(2028, 2, 28)),
            (8, dt.date(2028, 2, 29)),
        ],
        ids=["28 Feb", "1 March", "28 Feb, leap", "29 Feb, leap"],
    )
    def test_born_on_29_february(self, age, day):
        """
        A child born on 29 February is older on 1 March of common years.
        """
        assert age == age_on(dt.date(2020, 2, 29), day)


class TestCustody:
    @pytest.mark.rule("household.custody.since")
    @pytest.mark.parametrize(
        ("since", "told"),
        [
            (WEDNESDAY, ()),
            (
                WEDNESDAY + A_DAY,
                (NotYetInCustody(WEDNESDAY, since=WEDNESDAY + A_DAY),),
            ),
        ],
        ids=["from that day", "from the day after"],
    )
    def test_since(self, since, told):
        """
        A household books from its first day of custody on.
        """
        situation = evolve(SITUATION, custody=evolve(CUSTODY, since=since))

        assert told == refusals(
            (LINE,), period=PERIOD, situation=situation, at=ASKED_AT
        )
