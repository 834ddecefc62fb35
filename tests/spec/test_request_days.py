"""
docs/spec/request.md: how many days, and which amplitudes, of one child.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.amplitudes import ByTheHour, Hours, Presence
from portail_core.domain.bookings import (
    AlreadyBooked,
    AmplitudeNeeded,
    AmplitudesExclusive,
    ChildDay,
    DayTakenElsewhere,
    TooFewDaysInWeek,
    TooManyDaysInMonth,
    TooManyDaysInWeek,
    Wish,
    days_around,
    lines_for,
    refusals,
    refusals_of_days,
)
from portail_core.domain.calendars import Calendar
from portail_core.domain.ids import AccueilCode, AmplitudeCode, PartCode
from portail_core.domain.requests import Replaced
from portail_core.domain.rhythms import Rhythm
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    A_DAY,
    ASKED_AT,
    CHILD,
    FULL_DAY,
    LOU,
    MARTIN_DURAND,
    MORNING_ONLY,
    NO_16,
    OTHER_HOUSEHOLD,
    PERIOD,
    REGLEMENT,
    SITUATION,
    THE_PERIOD,
    WEDNESDAY,
    WEDNESDAY_CARE,
    always,
    line,
)

# A centre of holidays from Monday 18 May to Thursday 11 June 2026: closed on
# Monday 25 May, a public holiday, and on Tuesday 9 June.
MONDAY = dt.date(2026, 5, 18)
WITH_HOLIDAY = MONDAY + 7 * A_DAY
JUNE = WITH_HOLIDAY + 7 * A_DAY
CUT = JUNE + 7 * A_DAY
LAST_DAY = CUT + 3 * A_DAY
CLOSED = CUT + A_DAY
WHIT_MONDAY = dt.date(2026, 5, 25)
OPEN = tuple(
    day
    for count in range((LAST_DAY - MONDAY).days + 1)
    for day in [MONDAY + count * A_DAY]
    if day.weekday() < 5 and day not in {WHIT_MONDAY, CLOSED}
)
CENTRE = evolve(
    PERIOD,
    calendar=Calendar(
        first_day=MONDAY,
        last_day=LAST_DAY,
        open_days=OPEN,
        public_holidays=(dt.date(2026, 5, 24), WHIT_MONDAY),
    ),
)
LA_PRAIRIE = Rhythm(week_least=3, week_least_with_public_holiday=2)

EVENING, WORKSHOP = AmplitudeCode("SOIR"), AmplitudeCode("STAGE")
LATE, SPORT = PartCode("soir"), PartCode("sport")


def reglement(rhythm=None, amplitudes=()):
    """
    The guide's, with a centre of holidays, a rhythm, more amplitudes.
    """
    (accueil,) = REGLEMENT.accueils
    added = tuple(one.code for one in amplitudes)
    return changed(
        REGLEMENT,
        periods=(CENTRE,),
        accueils=(evolve(accueil, amplitudes=(*accueil.amplitudes, *added)),),
        amplitudes=(*REGLEMENT.amplitudes, *amplitudes),
        rhythms=rhythm and always(rhythm),
    )


def days(monday, *weekdays, amplitude=FULL_DAY):
    return {monday + count * A_DAY: amplitude for count in weekdays}


def booked(day, *, amplitude=FULL_DAY, **others):
    """
    Another day of Lou, in another request.
    """
    known = {"accueil": WEDNESDAY_CARE, "household": MARTIN_DURAND}
    return ChildDay(day=day, amplitude=amplitude, **{**known, **others})


def judged(wished, under, *, others=(), by=refusals):
    """
    What *wished* is refused for.
    """
    wish = Wish(child=LOU, period=THE_PERIOD, days=wished)
    lines = lines_for(wish, child=CHILD, reglement=under)
    return by(
        lines,
        period=CENTRE,
        situation=evolve(SITUATION, reglement=under, others=tuple(others)),
        at=ASKED_AT,
    )


class TestLeast:
    UNDER = reglement(LA_PRAIRIE)

    @pytest.mark.rule("request.week.least")
    @pytest.mark.parametrize(
        ("wished", "told"),
        [
            (days(MONDAY, 0, 2, 4), ()),
            (days(MONDAY, 0, 2), (TooFewDaysInWeek(MONDAY, 3),)),
            (
                {**days(JUNE, 0, 1, 2), **days(MONDAY, 0)},
                (TooFewDaysInWeek(MONDAY, 3),),
            ),
        ],
        ids=["three", "two", "one week of two"],
    )
    def test_week(self, wished, told):
        """
        Three days of every week that is asked for, and none of the others.
        """
        assert told == judged(wished, self.UNDER)

    @pytest.mark.rule("request.week.least")
    @pytest.mark.parametrize("household", [MARTIN_DURAND, OTHER_HOUSEHOLD])
    def test_others(self, household):
        """
        Days of other requests count, and nobody is told how many they are.
        """
        others = [
            booked(MONDAY + 3 * A_DAY, household=household),
            booked(MONDAY + 4 * A_DAY, household=household),
        ]

        assert () == judged(days(MONDAY, 0), self.UNDER, others=others)
        assert (TooFewDaysInWeek(MONDAY, 3),) == judged(
            days(MONDAY, 0), self.UNDER, others=others[1:]
        )

    @pytest.mark.rule("request.week.least")
    def test_elsewhere(self):
        """
        Days at another accueil do not count.
        """
        others = [
            booked(MONDAY + n * A_DAY, accueil=AccueilCode("cantine"))
            for n in (3, 4)
        ]

        assert (TooFewDaysInWeek(MONDAY, 3),) == judged(
            days(MONDAY, 0), self.UNDER, others=others
        )

    @pytest.mark.rule("request.week.holiday")
    @pytest.mark.parametrize(
        ("weekdays", "told"),
        [((1, 2), ()), ((1,), (TooFewDaysInWeek(WITH_HOLIDAY, 2),))],
        ids=["two", "one"],
    )
    def test_public_holiday(self, weekdays, told):
        """
        « réduit à 2 jours s'il y a un férié dans la semaine »: Whit Monday.
        """
        assert told == judged(days(WITH_HOLIDAY, *weekdays), self.UNDER)

    @pytest.mark.rule("request.week.holiday")
    def test_weekend(self):
        """
        Whit Sunday takes no day away from the week that it ends.
        """
        assert 3 == LA_PRAIRIE.least(MONDAY, CENTRE.calendar)

    @pytest.mark.rule("request.week.holiday")
    def test_open_holiday(self):
        """
        Nor does a public holiday on which the accueil is open.
        """
        calendar = evolve(
            CENTRE.calendar, open_days=tuple(sorted((*OPEN, WHIT_MONDAY)))
        )

        assert 3 == LA_PRAIRIE.least(WITH_HOLIDAY, calendar)

    @pytest.mark.rule("request.week.cut")
    def test_cut(self):
        """
        Of a week with three open days, no more than three are asked for.
        """
        four = reglement(Rhythm(week_least=4))

        assert () == judged(days(CUT, 0, 2, 3), four)
        assert (TooFewDaysInWeek(CUT, 3),) == judged(days(CUT, 0, 2), four)

    @pytest.mark.rule("request.week.cut")
    def test_closed(self):
        """
        A day that is closed is told as such, and counts in no week.
        """
        (only,) = judged({CLOSED: FULL_DAY}, self.UNDER)

        assert "request.day.closed" == only.rule

    @pytest.mark.rule("request.week.left-alone")
    def test_change(self):
        """
        Another amplitude for a booked day is not refused for what its week
        has left.
        """
        change = line(
            MONDAY,
            amplitude=MORNING_ONLY,
            replaces=Replaced(
                request=NO_16, amplitude=FULL_DAY, paid=line().paid, places=()
            ),
        )

        assert () == refusals(
            (change,),
            period=CENTRE,
            situation=evolve(SITUATION, reglement=self.UNDER),
            at=ASKED_AT,
        )

    @pytest.mark.rule("request.week.left-alone")
    def test_same_day(self):
        """
        Nor is a second part of a day on which the child comes already.
        """
        others = [booked(MONDAY, amplitude=EVENING)]

        assert () == judged(days(MONDAY, 0), self.UNDER, others=others)

    @pytest.mark.rule("planning.month.week-least")
    def test_square(self):
        """
        A square of the planning is not refused for days to be chosen yet.
        """
        assert () == judged(days(MONDAY, 0), self.UNDER, by=refusals_of_days)

    @pytest.mark.rule("request.week.least")
    def test_before_any(self):
        """
        Before the first decision there is no number of days.
        """
        (decision,) = always(LA_PRAIRIE).decisions
        later = evolve(decision, since=JUNE)
        under = changed(
            self.UNDER, rhythms=evolve(always(1), decisions=(later,))
        )

        assert () == judged(days(MONDAY, 0), under)
        assert (TooFewDaysInWeek(JUNE, 3),) == judged(days(JUNE, 0), under)


class TestMost:
    @pytest.mark.rule("request.week.most")
    @pytest.mark.parametrize(
        ("weekdays", "told"),
        [((0, 1), ()), ((0, 1, 2), (TooManyDaysInWeek(MONDAY, 3),))],
        ids=["as many", "one more"],
    )
    def test_week(self, weekdays, told):
        """
        The last day that is allowed is in, days of other requests with it.
        """
        assert told == judged(
            days(MONDAY, *weekdays),
            reglement(Rhythm(week_most=3)),
            others=[booked(MONDAY + 4 * A_DAY)],
        )

    @pytest.mark.rule("request.month.most")
    @pytest.mark.parametrize(
        ("others", "told"),
        [
            (1, ()),
            (2, (TooManyDaysInMonth(dt.date(2026, 5, 1), 3),)),
        ],
        ids=["as many", "one more"],
    )
    def test_month(self, others, told):
        """
        A month counts all of its weeks, and none of the next month.
        """
        wished = {**days(MONDAY, 0, 1), **days(JUNE, 0, 1, 2)}

        assert told == judged(
            wished,
            reglement(Rhythm(month_most=3)),
            others=[
                booked(WITH_HOLIDAY + n * A_DAY) for n in range(1, others + 1)
            ],
        )

    @pytest.mark.rule("request.week.most")
    def test_square(self):
        """
        A square of the planning is refused as well.
        """
        under = reglement(Rhythm(week_most=1))

        assert (TooManyDaysInWeek(MONDAY, 1),) == judged(
            days(MONDAY, 0),
            under,
            others=[booked(MONDAY + A_DAY)],
            by=refusals_of_days,
        )


class TestAround:
    @pytest.mark.rule("request.week.least", "request.month.most")
    @pytest.mark.parametrize(
        ("rhythm", "count"),
        [(None, 1), (LA_PRAIRIE, 7), (Rhythm(month_most=3), 31)],
        ids=["none", "week", "month"],
    )
    def test_read(self, rhythm, count):
        """
        What is read of other requests is what the règlement counts.
        """
        around = days_around(
            [MONDAY], period=CENTRE, reglement=reglement(rhythm)
        )

        assert count == len(around)

    @pytest.mark.rule("request.week.least")
    def test_end_of_time(self):
        """
        The last week that there is has fewer days.
        """
        around = days_around(
            [dt.date.max], period=CENTRE, reglement=reglement(LA_PRAIRIE)
        )

        assert 5 == len(around)


class TestRhythm:
    @pytest.mark.rule("request.week.least")
    @pytest.mark.parametrize(
        ("numbers", "fault"),
        [
            ({}, "no number of days is written"),
            (
                {"week_least": 4, "week_most": 3},
                "4 days a week at least, and 3 at the most",
            ),
            (
                {"week_least": 8},
                "8 days a week at least, and 7 at the most",
            ),
            (
                {"week_least": 2, "week_least_with_public_holiday": 3},
                (
                    "3 days at least in a week with a public holiday, and 2 "
                    "in the others"
                ),
            ),
        ],
    )
    def test_faults(self, numbers, fault):
        """
        Numbers that nobody means are told.
        """
        with pytest.raises(ValueError, match=fault):
            Rhythm(**numbers)


class TestTogether:
    FULL, _ = REGLEMENT.amplitudes
    STAGE = evolve(
        FULL,
        code=WORKSHOP,
        label="STAGE",
        parts=(SPORT,),
        excludes=(FULL_DAY,),
    )
    SOIR = evolve(
        FULL, code=EVENING, label="SOIR", parts=(LATE,), requires=(FULL_DAY,)
    )
    UNDER = reglement(amplitudes=(STAGE, SOIR))

    @pytest.mark.rule("request.day.amplitudes-exclusive")
    @pytest.mark.parametrize(
        ("wished", "there", "label"),
        [
            (WORKSHOP, FULL_DAY, "JOURNEE AVEC REPAS"),
            (FULL_DAY, WORKSHOP, "STAGE"),
        ],
        ids=["it says so", "the other says so"],
    )
    def test_exclusive(self, wished, there, label):
        """
        Two that do not go together are refused, in whatever order.
        """
        assert (AmplitudesExclusive(WEDNESDAY, label),) == judged(
            {WEDNESDAY: wished},
            self.UNDER,
            others=[booked(WEDNESDAY, amplitude=there)],
        )

    @pytest.mark.rule("request.day.amplitudes-exclusive")
    def test_another_day(self):
        """
        On another day, or with another amplitude, they do not meet.
        """
        assert () == judged(
            {WEDNESDAY: WORKSHOP},
            self.UNDER,
            others=[
                booked(WEDNESDAY + A_DAY),
                booked(WEDNESDAY, amplitude=MORNING_ONLY),
            ],
        )

    @pytest.mark.rule("request.day.amplitudes-exclusive")
    def test_elsewhere(self):
        """
        Of another household's, the day alone is told, once.
        """
        assert (DayTakenElsewhere(WEDNESDAY),) == judged(
            {WEDNESDAY: WORKSHOP},
            self.UNDER,
            others=[booked(WEDNESDAY, household=OTHER_HOUSEHOLD)],
        )

    @pytest.mark.rule("request.day.amplitudes-exclusive")
    def test_of_the_past(self):
        """
        An amplitude that the règlement has no longer is told by its code.
        """
        former = AmplitudeCode("NUIT")
        stage = evolve(self.STAGE, code=former, excludes=(WORKSHOP,))

        assert () == judged(
            {WEDNESDAY: WORKSHOP},
            self.UNDER,
            others=[booked(WEDNESDAY, amplitude=stage.code)],
        )

    @pytest.mark.rule("request.day.amplitude-needed")
    @pytest.mark.parametrize(
        ("others", "told"),
        [
            ((), (AmplitudeNeeded(WEDNESDAY, ("JOURNEE AVEC REPAS",)),)),
            ((booked(WEDNESDAY),), ()),
            (
                (booked(WEDNESDAY, household=OTHER_HOUSEHOLD),),
                (AmplitudeNeeded(WEDNESDAY, ("JOURNEE AVEC REPAS",)),),
            ),
        ],
        ids=["alone", "with the day", "with that of another household"],
    )
    def test_needed(self, others, told):
        """
        The evening needs the household's own day.
        """
        assert told == judged({WEDNESDAY: EVENING}, self.UNDER, others=others)

    @pytest.mark.rule("request.day.already-booked")
    def test_told_once(self):
        """
        A reason is told once, however many days and rules say it.
        """
        (clash,) = refusals(
            (line(), line()),
            period=CENTRE,
            situation=evolve(
                SITUATION,
                own={(WEDNESDAY, PartCode("matin")): MARTIN_DURAND},
            ),
            at=ASKED_AT,
        )

        assert AlreadyBooked(WEDNESDAY) == clash


class TestHours:
    @pytest.mark.rule("request.hours.kept")
    def test_kept(self):
        """
        A line keeps the hours that were chosen, and gives them back as such.
        """
        by_the_hour = evolve(
            REGLEMENT.amplitudes[0],
            code=EVENING,
            hours=Hours(arrives=dt.time(16, 30), leaves=dt.time(19)),
            presence=Presence.HOURLY,
        )
        chosen = ByTheHour(
            amplitude=EVENING,
            hours=Hours(arrives=dt.time(16, 30), leaves=dt.time(18)),
        )
        (only,) = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: chosen}),
            child=CHILD,
            reglement=reglement(amplitudes=(by_the_hour,)),
        )

        assert chosen.hours == only.hours
        assert chosen == only.chosen
