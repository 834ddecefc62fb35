"""
docs/spec/cancellation.md: what an outcome asks for.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.bounds import Bounds
from portail_core.domain.cancellation import (
    Aids,
    Counted,
    CreditedShare,
    Extent,
    FirstDay,
    InARow,
    Outcome,
    PastDay,
    Quota,
    Waiting,
    Whose,
)
from portail_core.domain.conditions import OneOf, When, Within
from portail_core.domain.deadlines import DaysBefore
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import ChildId, FactName, PeriodCode
from portail_core.domain.money import ZERO, eur
from portail_core.domain.refusals import Refused
from portail_core.domain.spans import Each
from tests.spec.absences import (
    ALL,
    DAY,
    FRIDAY,
    HALF,
    MONDAY,
    NEXT_MONDAY,
    REST,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    WHIT_MONDAY,
    absence,
    credited,
    released,
    splits,
)
from tests.spec.guide import FULL_DAY, LOU, THE_PERIOD, WEDNESDAY_CARE

CAMILLE = ChildId("camille")


def back(label="Tout revient.", gift=ALL, **asked):
    return Outcome(label=label, gift=gift, **asked)


class TestWhen:
    MEALS = back(when=When((OneOf(FactName("residency"), ("commune",)),)))

    @pytest.mark.rule("cancellation.when")
    @pytest.mark.parametrize(
        ("given", "residency"), [(400, "commune"), (0, "extérieur")]
    )
    def test_holds(self, given, residency):
        """
        An outcome holds for some child-days, the next ones for the others.
        """
        facts = Facts(
            day=MONDAY,
            accueil=WEDNESDAY_CARE,
            amplitude=FULL_DAY,
            residency=residency,
        )

        assert [given] == credited(
            (self.MEALS, REST), absence(released(MONDAY, facts=facts))
        )

    @pytest.mark.rule("cancellation.when")
    def test_each_day(self):
        """
        Days that are cancelled together are judged one by one.
        """
        wednesdays = back(
            when=When((OneOf(FactName("weekday"), ("wednesday",)),))
        )

        assert [0, 0, 400, 0, 0] == credited(
            (wednesdays, REST), absence(*WEEK)
        )

    @pytest.mark.rule("cancellation.when")
    def test_unknown(self):
        """
        A fact that nobody stated is refused by name.
        """
        with pytest.raises(Refused) as refused:
            credited((self.MEALS, REST), absence(MONDAY))

        assert (FactMissing(FactName("residency")),) == refused.value.refusals

    @pytest.mark.rule("cancellation.when")
    def test_not_asked(self):
        """
        A fact is not asked for by an outcome whose deadline is past.
        """
        by_age = back(
            until=DaysBefore(days=1, at=dt.time(12)),
            when=When((Within(FactName("age"), Bounds(above=Decimal(6))),)),
        )

        assert [0] == credited((by_age, REST), absence(MONDAY))


class TestWaiting:
    """
    Lou is absent from MONDAY to FRIDAY; its days cost 4.00 each.
    """

    @staticmethod
    def outcome(days, counted, first_day=FirstDay.INCLUDED):
        return back(
            waiting=Waiting(days=days, counted=counted, first_day=first_day)
        )

    @pytest.mark.rule("cancellation.waiting", "cancellation.waiting.first-day")
    @pytest.mark.parametrize(
        ("expected", "days", "first_day"),
        [
            ([0, 400, 400, 400, 400], 1, FirstDay.INCLUDED),
            ([0, 0, 0, 400, 400], 3, FirstDay.INCLUDED),
            ([0, 0, 400, 400, 400], 1, FirstDay.EXCLUDED),
            ([0, 0, 0, 0, 0], 5, FirstDay.INCLUDED),
            ([0, 0, 0, 0, 0], 300, FirstDay.INCLUDED),
        ],
    )
    def test_days(self, expected, days, first_day):
        """
        The first days of an absence stay due, the first one among them or
        beside them.
        """
        outcome = self.outcome(days, Counted.CALENDAR, first_day)

        assert expected == credited((outcome,), absence(*WEEK))

    @pytest.mark.rule("cancellation.waiting")
    @pytest.mark.parametrize(
        ("expected", "counted"),
        [
            ([0, 0, 400, 400], Counted.CALENDAR),
            ([0, 0, 0, 400], Counted.OPENING),
            ([0, 0, 0, 0], Counted.BOOKED),
        ],
    )
    def test_counted(self, expected, counted):
        """
        Of an absence from Thursday, five calendar days end on the Monday
        after; five opening days on Wednesday, which was not booked; five
        booked days do not end with the fourth.
        """
        days = (THURSDAY, FRIDAY, NEXT_MONDAY + DAY, NEXT_MONDAY + 3 * DAY)

        assert expected == credited(
            (self.outcome(5, counted),), absence(*days, booked=days)
        )

    @pytest.mark.rule("cancellation.waiting")
    def test_public_holiday(self):
        """
        A holiday is no opening day: Friday and Tuesday are the first two.
        """
        friday = WHIT_MONDAY - 3 * DAY
        days = (friday, friday + 4 * DAY, friday + 5 * DAY)

        assert [0, 0, 400] == credited(
            (self.outcome(2, Counted.OPENING),), absence(*days)
        )
        assert [0, 400, 400] == credited(
            (self.outcome(2, Counted.CALENDAR),), absence(*days)
        )

    @pytest.mark.rule("cancellation.waiting", "cancellation.explained")
    def test_told(self):
        """
        A waiting day says how many there are; the rest follows the outcome.
        """
        outcome = back(
            gift=HALF,
            waiting=Waiting(
                days=1, counted=Counted.BOOKED, first_day=FirstDay.INCLUDED
            ),
        )

        first, second = splits((outcome,), absence(MONDAY, TUESDAY))

        assert (1, eur("4.00"), ZERO) == (
            first.waiting_days,
            first.kept,
            first.credited,
        )
        assert (0, eur("2.00"), eur("2.00")) == (
            second.waiting_days,
            second.kept,
            second.credited,
        )

    @pytest.mark.rule("cancellation.waiting.again")
    def test_again(self):
        """
        The child comes on Wednesday: Thursday begins another absence.
        """
        outcome = self.outcome(1, Counted.CALENDAR)
        days = (MONDAY, TUESDAY, THURSDAY, FRIDAY)

        assert [0, 400, 0, 400] == credited((outcome,), absence(*days))
        assert [0, 400, 400, 400] == credited(
            (outcome,), absence(*days, booked=days)
        )


class TestInARow:
    @staticmethod
    def outcome(days, counted):
        return back(in_a_row=InARow(days=days, counted=counted))

    @pytest.mark.rule("cancellation.in-a-row")
    @pytest.mark.parametrize(
        ("expected", "days"),
        [(400, 4), (0, 5)],
        ids=["enough", "one too few"],
    )
    def test_length(self, expected, days):
        """
        The number itself is enough; one day fewer gives nothing for any.
        """
        missed = absence(*WEEK[:4])

        assert [expected] * 4 == credited(
            (self.outcome(days, Counted.OPENING), REST), missed
        )

    @pytest.mark.rule("cancellation.in-a-row")
    @pytest.mark.parametrize(
        ("length", "counted"),
        [(5, Counted.CALENDAR), (3, Counted.OPENING), (3, Counted.BOOKED)],
    )
    def test_weekend(self, length, counted):
        """
        A weekend does not end a row, and counts in calendar days alone.
        """
        missed = absence(THURSDAY, FRIDAY, NEXT_MONDAY)

        assert [400] * 3 == credited(
            (self.outcome(length, counted), REST), missed
        )
        assert [0] * 3 == credited(
            (self.outcome(length + 1, counted), REST), missed
        )

    @pytest.mark.rule("cancellation.in-a-row")
    def test_not_booked(self):
        """
        An opening day that the child has not booked ends a row of opening
        days, not one of booked days.
        """
        days = (MONDAY, TUESDAY, THURSDAY)
        missed = absence(*days, booked=days)

        assert [0, 0, 0] == credited(
            (self.outcome(3, Counted.OPENING), REST), missed
        )
        assert [400, 400, 0] == credited(
            (self.outcome(2, Counted.OPENING), REST), missed
        )
        assert [400, 400, 400] == credited(
            (self.outcome(3, Counted.BOOKED), REST), missed
        )

    @pytest.mark.rule("cancellation.in-a-row")
    def test_two_rows(self):
        """
        Of two rows, the one that is long enough is given back.
        """
        missed = absence(
            MONDAY, WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY + DAY
        )

        assert [0, 400, 400, 400, 0] == credited(
            (self.outcome(3, Counted.OPENING), REST), missed
        )


class TestExtent:
    WEEK_ONLY = back(extent=Extent.WHOLE_WEEK)
    PERIOD_ONLY = back(extent=Extent.WHOLE_PERIOD)

    @pytest.mark.rule("cancellation.extent")
    def test_week(self):
        """
        A week is whole if all that is booked of it is cancelled; the next
        one is judged for itself.
        """
        booked = (MONDAY, FRIDAY, NEXT_MONDAY, NEXT_MONDAY + DAY)
        missed = absence(MONDAY, FRIDAY, NEXT_MONDAY, booked=booked)

        assert [400, 400, 0] == credited((self.WEEK_ONLY, REST), missed)

    @pytest.mark.rule("cancellation.extent")
    @pytest.mark.parametrize(
        ("expected", "booked"),
        [
            ([400, 400], (MONDAY, NEXT_MONDAY)),
            ([0, 0], (MONDAY, TUESDAY, NEXT_MONDAY)),
        ],
    )
    def test_period(self, expected, booked):
        """
        One day left, and the period is not whole.
        """
        missed = absence(MONDAY, NEXT_MONDAY, booked=booked)

        assert expected == credited((self.PERIOD_ONLY, REST), missed)


class TestQuota:
    @staticmethod
    def outcome(each=Each.MONTH, whose=Whose.CHILD):
        return back("Deux jours.", quota=Quota(days=2, each=each, whose=whose))

    @staticmethod
    def past(day, child=LOU, label="Deux jours.", period=THE_PERIOD):
        return PastDay(
            child=child, period=period, day=day, label=label, reason=None
        )

    @pytest.mark.rule("cancellation.quota")
    def test_together(self):
        """
        Two days of those cancelled together use it up.
        """
        assert [400, 400, 0] == credited(
            (self.outcome(), REST), absence(MONDAY, TUESDAY, WEDNESDAY)
        )

    @pytest.mark.rule("cancellation.quota")
    @pytest.mark.parametrize(
        ("expected", "each", "day"),
        [
            (0, Each.MONTH, dt.date(2026, 6, 30)),
            (400, Each.MONTH, dt.date(2026, 5, 31)),
            (400, Each.MONTH, dt.date(2025, 6, 1)),
            (0, Each.YEAR, dt.date(2026, 1, 1)),
            (400, Each.YEAR, dt.date(2025, 12, 31)),
            (0, Each.SCHOOL_YEAR, dt.date(2025, 9, 1)),
            (400, Each.SCHOOL_YEAR, dt.date(2025, 8, 31)),
            (0, Each.PERIOD, dt.date(2024, 1, 1)),
        ],
    )
    def test_each(self, expected, each, day):
        """
        Days cancelled before count if they are of the same month, year,
        school year or period.
        """
        before = (self.past(day), self.past(day))

        assert [expected] == credited(
            (self.outcome(each), REST), absence(MONDAY, past=before)
        )

    @pytest.mark.rule("cancellation.quota")
    def test_other_period(self):
        """
        A day of another period uses up no quota of this one.
        """
        other = self.past(MONDAY, period=PeriodCode("ete-2026"))

        assert [400] == credited(
            (self.outcome(Each.PERIOD), REST),
            absence(MONDAY, past=(other, other)),
        )

    @pytest.mark.rule("cancellation.quota")
    @pytest.mark.parametrize(
        ("expected", "whose"), [(400, Whose.CHILD), (0, Whose.HOUSEHOLD)]
    )
    def test_whose(self, expected, whose):
        """
        A brother's days use up the household's quota, not the child's.
        """
        before = (self.past(MONDAY, CAMILLE), self.past(TUESDAY, CAMILLE))

        assert [expected] == credited(
            (self.outcome(whose=whose), REST), absence(FRIDAY, past=before)
        )

    @pytest.mark.rule("cancellation.quota")
    def test_other_outcome(self):
        """
        Days that another outcome answered use up nothing.
        """
        before = (self.past(MONDAY, label="À temps."),) * 2

        assert [400] == credited(
            (self.outcome(), REST), absence(FRIDAY, past=before)
        )


class TestAids:
    @pytest.mark.rule("cancellation.aids", "cancellation.money.conserved")
    @pytest.mark.parametrize(
        ("rebilled", "aids"),
        [(eur("3.00"), Aids.REBILLED), (ZERO, Aids.LEFT)],
    )
    def test_rebilled(self, rebilled, aids):
        """
        The aid is due beside what is kept, which is never more than was
        paid.
        """
        late = Outcome(label="Dû.", gift=CreditedShare(Decimal(0)), aids=aids)
        day = released(MONDAY, aid=eur("3.00"))

        (settlement,) = splits((late,), absence(day))

        assert (eur("4.00"), ZERO, rebilled) == (
            settlement.kept,
            settlement.credited,
            settlement.rebilled,
        )


class TestAbsence:
    @pytest.mark.rule("cancellation.day-by-day")
    def test_days(self):
        """
        Days are ascending, each once, and at least one.
        """
        with pytest.raises(ValueError, match="does not come after"):
            absence(TUESDAY, MONDAY)
        with pytest.raises(ValueError, match="does not come after"):
            absence(MONDAY, MONDAY)
        with pytest.raises(ValueError, match="days is empty"):
            absence()
