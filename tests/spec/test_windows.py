"""
The windows of docs/spec/offer.md and docs/spec/request.md.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.bookings import (
    DayClosed,
    DayNotYetOpen,
    WindowClosed,
    WindowNotOpen,
)
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import (
    ByWeekday,
    DaysBefore,
    NoDeadline,
    WeekdayOfWeekBefore,
)
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import FactName
from portail_core.domain.terms import Terms
from portail_core.domain.windows import Window, Windows
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    A_DAY,
    AN_INSTANT,
    ASKED_AT,
    FULL_DAY,
    LINE,
    MORNING_ONLY,
    NEXT_WEDNESDAY,
    PERIOD,
    REGLEMENT,
    WEDNESDAY,
    WEDNESDAY_CARE,
    line,
)
from tests.spec.test_request import told

RESIDENTS = When((OneOf(FactName("residency"), ("commune",)),))
FULL_DAYS = When((OneOf(FactName("amplitude"), (FULL_DAY,)),))
LATER = ASKED_AT + 14 * A_DAY
MONDAY_9 = WeekdayOfWeekBefore(weekday=0, weeks=2, at=dt.time(9))
"""For 27 May 2026: 11 May."""
OPENS = at_paris(dt.date(2026, 5, 11), dt.time(9))


def windows(*cases):
    return changed(REGLEMENT, windows=Windows(cases))


class TestCase:
    @pytest.mark.rule("offer.window.case")
    @pytest.mark.parametrize(
        ("opens_at", "residency"),
        [(ASKED_AT, "commune"), (LATER, "ailleurs")],
    )
    def test_residents_first(self, opens_at, residency):
        """
        Residents two weeks before the others: the first that holds answers.
        """
        both = Windows(
            (
                Window(when=RESIDENTS, opens_at=ASKED_AT),
                Window(opens_at=LATER),
            )
        )
        facts = Facts(
            day=WEDNESDAY,
            accueil=WEDNESDAY_CARE,
            amplitude=FULL_DAY,
            residency=residency,
        )

        assert opens_at == both.find(facts).opens_at

    @pytest.mark.rule("offer.window.case", "fact.missing")
    def test_unknown_residency(self):
        """
        Of a household whose residency nobody stated, nothing is guessed.
        """
        rules = windows(
            Window(when=RESIDENTS, opens_at=ASKED_AT),
            Window(opens_at=LATER),
        )

        assert (FactMissing(FactName("residency")),) == told(
            LINE, line(NEXT_WEDNESDAY), reglement=rules
        )

    @pytest.mark.rule("offer.window.case")
    def test_each_line(self):
        """
        Each day has the window of its own case, and each reason is told once.
        """
        rules = windows(
            Window(when=FULL_DAYS, opens_at=LATER), Window(closes_at=ASKED_AT)
        )
        morning = evolve(LINE, amplitude=MORNING_ONLY)

        assert (WindowNotOpen(LATER), WindowClosed(ASKED_AT)) == told(
            LINE, line(NEXT_WEDNESDAY), morning, reglement=rules
        )

    @pytest.mark.rule("offer.window.case")
    def test_of_the_month(self):
        """
        What one window says against every day is known before any is asked
        for; what several say is not.
        """
        one = windows(Window(opens_at=LATER))
        two = windows(
            Window(when=FULL_DAYS, opens_at=LATER), Window(opens_at=LATER)
        )

        assert (WindowNotOpen(LATER),) == told(reglement=one)
        assert () == told(reglement=two)

    @pytest.mark.rule("offer.window.case")
    @pytest.mark.parametrize(
        ("cases", "complaint"),
        [
            ((Window(when=RESIDENTS),), "the last must have no « when »"),
            ((Window(), Window()), "only the last"),
            ((), "is empty"),
        ],
        ids=["no rest", "two rests", "none"],
    )
    def test_rest(self, cases, complaint):
        """
        Every child-day has a window, and each may answer.
        """
        with pytest.raises(ValueError, match=complaint):
            Windows(cases)

    @pytest.mark.rule("offer.window.case")
    def test_nearest(self):
        """
        A period's own ends stand in the place of what is said above it.
        """
        rules = windows(Window(opens_at=LATER))
        own = evolve(PERIOD, closes_at=LATER)

        assert () == told(LINE, period=own, reglement=rules)
        assert Windows((Window(closes_at=LATER),)) == rules.windows_of(own)
        assert Windows((Window(),)) == REGLEMENT.windows_of(PERIOD)

    @pytest.mark.rule("offer.window.case")
    def test_twice(self):
        """
        A period says its window once.
        """
        terms = Terms(windows=Windows((Window(),)))

        with pytest.raises(ValueError, match="write its opens_at"):
            evolve(PERIOD, opens_at=ASKED_AT, terms=terms)

    @pytest.mark.rule("offer.window.order")
    @pytest.mark.parametrize("closes_at", [ASKED_AT, ASKED_AT - AN_INSTANT])
    def test_order(self, closes_at):
        """
        A window that never opens is a mistake.
        """
        with pytest.raises(ValueError, match="closes before it opens"):
            Window(opens_at=ASKED_AT, closes_at=closes_at)


class TestRolling:
    RULES = windows(Window(opens_before=MONDAY_9))

    @pytest.mark.rule("offer.window.rolling", "request.day.not-yet-open")
    @pytest.mark.parametrize(
        ("refused", "at"),
        [
            ((DayNotYetOpen(WEDNESDAY, OPENS),), OPENS - AN_INSTANT),
            ((), OPENS),
        ],
        ids=["an instant before", "on the instant"],
    )
    def test_opens(self, refused, at):
        """
        « Le lundi à 9 h, deux semaines avant »: the moment is in.
        """
        assert refused == told(LINE, reglement=self.RULES, at=at)

    @pytest.mark.rule("offer.window.rolling", "request.day.not-yet-open")
    def test_day_by_day(self):
        """
        A day may be open while one a week later is not.
        """
        assert (DayNotYetOpen(NEXT_WEDNESDAY, OPENS + 7 * A_DAY),) == told(
            LINE, line(NEXT_WEDNESDAY), reglement=self.RULES
        )

    @pytest.mark.rule("offer.window.rolling")
    def test_closed(self):
        """
        Of a day that never opens, it is said that it is closed.
        """
        thursday = WEDNESDAY + A_DAY
        late = evolve(line(WEDNESDAY), day=thursday)

        assert (DayClosed(thursday),) == told(
            late, reglement=self.RULES, at=OPENS - A_DAY
        )

    @pytest.mark.rule("offer.window.rolling", "deadline.by-weekday.missing")
    def test_left_out(self):
        """
        A weekday that a table leaves out has no opening either.
        """
        table = ByWeekday(
            deadlines={"monday": DaysBefore(days=20, at=dt.time(9))}
        )

        assert (NoDeadline(WEDNESDAY),) == told(
            LINE, reglement=windows(Window(opens_before=table))
        )
