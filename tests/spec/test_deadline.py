"""
docs/spec/deadline.md, rule by rule.
"""

import datetime as dt

import pytest

from portail_core.calendars_fr import public_holidays
from portail_core.domain.calendars import Calendar, Days
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.days import PARIS, at_paris, day_of
from portail_core.domain.deadlines import (
    END_OF_DAY,
    BusinessDaysBefore,
    ByWeekday,
    Case,
    ClearDaysBefore,
    CountedFrom,
    DayOfPreviousMonth,
    DaysBefore,
    Deadlines,
    Earliest,
    FixedMoment,
    HoursBefore,
    IfClosed,
    InHolidayWeeks,
    LastInstant,
    NoDeadline,
    OnHolidays,
    OpeningDaysBefore,
    WeekdayBefore,
    WeekdayOfPreviousMonth,
    WeekdayOfWeekBefore,
    WorkWeek,
    cutoff_of,
    is_late,
    moment_of,
)
from portail_core.domain.facts import FactMissing, Facts, Season
from portail_core.domain.ids import FactName
from portail_core.domain.refusals import Refused
from tests.spec.guide import AN_INSTANT, FULL_DAY, PERIOD, WEDNESDAY

CALENDAR = PERIOD.calendar

NOON = dt.time(12)
MONDAY, THURSDAY, FRIDAY, SUNDAY = 0, 3, 4, 6

# Clocks go forward in the night before this day, back before the other.
MARCH = dt.date(2026, 3, 29)
OCTOBER = dt.date(2026, 10, 25)


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestMoment:
    @pytest.mark.rule("deadline.moment-in")
    @pytest.mark.parametrize(
        "deadline",
        [
            DaysBefore(days=2, at=NOON),
            HoursBefore(hours=48, starts_at=dt.time(7, 30)),
            WeekdayBefore(weekday=THURSDAY, weeks=1, at=NOON),
        ],
        ids=["days", "hours", "weekday"],
    )
    def test_last_and_first(self, deadline):
        """
        The moment itself is in time, the next instant is late.
        """
        last = moment_of(deadline, WEDNESDAY, CALENDAR)

        assert not is_late(deadline, WEDNESDAY, last, CALENDAR)
        assert is_late(deadline, WEDNESDAY, last + AN_INSTANT, CALENDAR)


class TestDaysBefore:
    @pytest.mark.rule("deadline.days-before")
    @pytest.mark.parametrize(
        ("moment", "days", "at", "day"),
        [
            ("2026-05-25T10:00", 2, NOON, WEDNESDAY),
            ("2026-05-27T10:00", 0, NOON, WEDNESDAY),
            ("2026-05-24T21:59:59", 3, dt.time(23, 59, 59), WEDNESDAY),
            ("2025-12-30T11:00", 2, NOON, dt.date(2026, 1, 1)),
            ("2028-02-28T11:00", 2, NOON, dt.date(2028, 3, 1)),
        ],
        ids=["two", "the day itself", "end of D-3", "new year", "leap year"],
    )
    def test_moment(self, moment, days, at, day):
        """
        Days are counted back, then the clock is read in Paris.
        """
        assert utc(moment) == moment_of(
            DaysBefore(days=days, at=at), day, CALENDAR
        )

    @pytest.mark.rule("deadline.days-before")
    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            ("2026-03-27T11:00", MARCH),
            ("2026-03-28T11:00", dt.date(2026, 3, 30)),
            ("2026-10-23T10:00", OCTOBER),
            ("2026-10-24T10:00", dt.date(2026, 10, 26)),
        ],
    )
    def test_clock_changes_between(self, moment, day):
        """
        Noon is noon, whatever night lies between.
        """
        assert utc(moment) == moment_of(
            DaysBefore(days=2, at=NOON), day, CALENDAR
        )


class TestHoursBefore:
    @pytest.mark.rule("deadline.hours-before")
    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            ("2026-05-25T05:30", WEDNESDAY),
            ("2026-03-28T05:30", dt.date(2026, 3, 30)),
            ("2026-10-24T06:30", dt.date(2026, 10, 26)),
        ],
        ids=["no change", "06:30 in March", "08:30 in October"],
    )
    def test_48_hours(self, moment, day):
        """
        « 48 h » are 48 hours, also where two days have 47 or 49.
        """
        assert utc(moment) == moment_of(
            HoursBefore(hours=48, starts_at=dt.time(7, 30)), day, CALENDAR
        )

    @pytest.mark.rule("deadline.hours-before")
    def test_none(self):
        """
        No hour before is when the day begins.
        """
        assert utc("2026-05-27T05:30") == moment_of(
            HoursBefore(hours=0, starts_at=dt.time(7, 30)), WEDNESDAY, CALENDAR
        )


class TestWeekdayBefore:
    @pytest.mark.rule("deadline.weekday-before")
    @pytest.mark.parametrize(
        ("moment", "weekday", "weeks", "day"),
        [
            ("2026-05-21T10:00", THURSDAY, 1, WEDNESDAY),
            ("2026-05-14T10:00", THURSDAY, 2, WEDNESDAY),
            ("2026-05-21T10:00", THURSDAY, 1, dt.date(2026, 5, 28)),
            ("2026-05-28T10:00", THURSDAY, 1, dt.date(2026, 5, 29)),
            ("2026-05-24T10:00", SUNDAY, 1, WEDNESDAY),
            ("2026-05-24T10:00", SUNDAY, 1, dt.date(2026, 5, 31)),
            ("2026-05-25T10:00", MONDAY, 1, WEDNESDAY),
            ("2025-12-26T11:00", FRIDAY, 1, dt.date(2026, 1, 2)),
        ],
        ids=[
            "« le jeudi précédent »",
            "of the week before",
            "a Thursday: the one before",
            "a Friday: the eve",
            "Sunday",
            "a Sunday: the one before",
            "Monday",
            "new year",
        ],
    )
    def test_moment(self, moment, weekday, weeks, day):
        """
        The weekday is strictly before the day.
        """
        assert utc(moment) == moment_of(
            WeekdayBefore(weekday=weekday, weeks=weeks, at=NOON), day, CALENDAR
        )

    @pytest.mark.rule("deadline.weekday-before")
    @pytest.mark.parametrize("weekday", [-1, 7])
    def test_no_weekday(self, weekday):
        """
        Weekdays go from 0, Monday, to 6, Sunday.
        """
        with pytest.raises(ValueError, match=r"0 \(Monday\) to 6 \(Sunday\)"):
            WeekdayBefore(weekday=weekday, weeks=1, at=NOON)

    @pytest.mark.rule("deadline.weekday-before")
    def test_no_week(self):
        """
        The nearest one is one week's.
        """
        with pytest.raises(ValueError, match="weeks is 0"):
            WeekdayBefore(weekday=THURSDAY, weeks=0, at=NOON)


class TestClockChange:
    @pytest.mark.rule("deadline.clock-change")
    @pytest.mark.parametrize(
        ("moment", "day", "at"),
        [
            ("2026-10-25T00:30", OCTOBER, dt.time(2, 30)),
            ("2026-10-25T02:00", OCTOBER, dt.time(3)),
            ("2026-03-29T01:30", MARCH, dt.time(2, 30)),
            ("2026-03-29T01:30", MARCH, dt.time(3, 30)),
            ("2026-03-29T00:59", MARCH, dt.time(1, 59)),
        ],
        ids=[
            "an hour that comes twice",
            "the hour after",
            "an hour that never comes",
            "the hour after the gap",
            "the minute before the gap",
        ],
    )
    def test_at_paris(self, moment, day, at):
        """
        Every hour of the clock is one moment.
        """
        assert utc(moment) == at_paris(day, at)

    @pytest.mark.rule("deadline.clock-change")
    @pytest.mark.parametrize(
        ("day", "moment"),
        [
            (WEDNESDAY, "2026-05-26T22:00"),
            (WEDNESDAY, "2026-05-27T21:59:59.999999"),
            (MARCH, "2026-03-28T23:00"),
            (MARCH, "2026-03-29T21:59:59.999999"),
            (OCTOBER, "2026-10-24T22:00"),
            (OCTOBER, "2026-10-25T22:59:59.999999"),
        ],
    )
    def test_day_of(self, day, moment):
        """
        A day in Paris has 23, 24 or 25 hours, from midnight to midnight.
        """
        assert day == day_of(utc(moment))


def day(text):
    return dt.date.fromisoformat(text)


def days(*texts):
    return tuple(map(day, texts))


def calendar(first_day, last_day, *open_days, school=None):
    """
    A period with the public holidays of 2025 to 2027 around it.
    """
    return Calendar(
        first_day=day(first_day),
        last_day=day(last_day),
        open_days=days(*open_days),
        public_holidays=public_holidays(
            "04", dt.date(2025, 1, 1), dt.date(2027, 12, 31)
        ),
        school_holidays=school,
    )


def paris(moment):
    """
    As a clock in Paris shows it, to the second.
    """
    local = moment.astimezone(PARIS).replace(tzinfo=None)
    return local.isoformat(timespec="seconds")


# Every weekday of May and June 2026 but public holidays: 1, 8, 14 and 25 May.
EVERY_DAY = calendar(
    "2026-05-04",
    "2026-06-30",
    *(
        str(one)
        for number in range(58)
        for one in [dt.date(2026, 5, 4) + number * dt.timedelta(days=1)]
        if one.weekday() < 5 and one not in public_holidays("04", one, one)
    ),
)


def told(deadline, text, within=EVERY_DAY):
    return paris(moment_of(deadline, day(text), within))


class TestLastInstant:
    @pytest.mark.rule("deadline.moment-out")
    def test_out(self):
        """
        « Avant midi »: noon itself is late, the instant before is not.
        """
        deadline = DaysBefore(days=2, at=NOON, last_instant=LastInstant.OUT)
        noon = utc("2026-05-25T10:00")

        assert is_late(deadline, WEDNESDAY, noon, CALENDAR)
        assert not is_late(deadline, WEDNESDAY, noon - AN_INSTANT, CALENDAR)
        assert noon == cutoff_of(deadline, WEDNESDAY, CALENDAR).moment

    @pytest.mark.rule("deadline.end-of-day")
    def test_end_of_day(self):
        """
        All of Thursday is in time, the first instant of Friday is late.
        """
        deadline = WeekdayBefore(weekday=THURSDAY, weeks=1, at=END_OF_DAY)
        friday = utc("2026-05-21T22:00")

        assert not is_late(deadline, WEDNESDAY, friday - AN_INSTANT, CALENDAR)
        assert is_late(deadline, WEDNESDAY, friday, CALENDAR)

    @pytest.mark.rule("deadline.end-of-day")
    def test_beginning_of_day(self):
        """
        Midnight at the beginning of Thursday is another moment: only that
        instant of Thursday is in time.
        """
        deadline = WeekdayBefore(weekday=THURSDAY, weeks=1, at=dt.time(0))
        thursday = utc("2026-05-20T22:00")

        assert not is_late(deadline, WEDNESDAY, thursday, CALENDAR)
        assert is_late(deadline, WEDNESDAY, thursday + AN_INSTANT, CALENDAR)


class TestNeverAfter:
    @pytest.mark.rule("deadline.never-after")
    @pytest.mark.parametrize(
        ("moment", "rule", "deadline"),
        [
            (
                "2026-05-27T23:59:59",
                "deadline.never-after",
                FixedMoment(moment=utc("2026-05-27T22:00")),
            ),
            (
                "2026-05-27T23:59:59",
                "deadline.fixed-moment",
                FixedMoment(moment=utc("2026-05-27T21:59:59")),
            ),
            (
                "2026-05-27T23:59:59",
                "deadline.never-after",
                WeekdayOfWeekBefore(weekday=THURSDAY, weeks=0, at=NOON),
            ),
            (
                "2026-05-27T23:59:59",
                "deadline.days-before",
                DaysBefore(days=0, at=END_OF_DAY),
            ),
        ],
        ids=["midnight after", "a second before", "Thursday", "all day"],
    )
    def test_clamped(self, moment, rule, deadline):
        """
        A deadline that would fall after its day ends with it, and says so.
        """
        found = cutoff_of(deadline, WEDNESDAY, CALENDAR)

        assert (moment, rule) == (paris(found.last), found.rule)


class TestBusinessDays:
    @pytest.mark.rule("deadline.business-days-before")
    @pytest.mark.parametrize(
        ("moment", "text"),
        [
            ("2026-06-11T12:00:00", "2026-06-15"),
            ("2026-06-12T12:00:00", "2026-06-16"),
            ("2026-06-16T12:00:00", "2026-06-18"),
            ("2026-06-17T12:00:00", "2026-06-19"),
            ("2026-05-22T12:00:00", "2026-05-27"),
            ("2026-05-12T12:00:00", "2026-05-15"),
            ("2026-06-11T12:00:00", "2026-06-14"),
        ],
        ids=[
            "Monday: Thursday (Cruas)",
            "Tuesday: Friday",
            "Thursday: Tuesday",
            "Friday: Wednesday",
            "over Whit Monday",
            "over Ascension",
            "a Sunday",
        ],
    )
    def test_two(self, moment, text):
        """
        Week-ends and public holidays are skipped.
        """
        assert moment == told(BusinessDaysBefore(days=2, at=NOON), text)

    @pytest.mark.rule("deadline.business-days-before")
    @pytest.mark.parametrize(
        ("moment", "options"),
        [
            ("2026-05-22T12:00:00", {}),
            ("2026-05-23T12:00:00", {"week": WorkWeek.MONDAY_TO_SATURDAY}),
            (
                "2026-05-25T12:00:00",
                {"public_holidays": OnHolidays.COUNTED},
            ),
        ],
        ids=["ouvrés", "ouvrables", "hors week-end"],
    )
    def test_what_counts(self, moment, options):
        """
        « Jours ouvrés », « jours ouvrables » and « hors week-end » differ on
        the Wednesday after Whit Monday.
        """
        deadline = BusinessDaysBefore(days=2, at=NOON, **options)

        assert moment == told(deadline, "2026-05-27")

    @pytest.mark.rule("deadline.business-days-before")
    def test_none(self):
        """
        None before is the day itself, whatever day it is.
        """
        assert "2026-05-25T12:00:00" == told(
            BusinessDaysBefore(days=0, at=NOON), "2026-05-25"
        )


class TestClearDays:
    @pytest.mark.rule("deadline.clear-days-before")
    @pytest.mark.parametrize(
        ("moment", "count"),
        [("2026-05-26T23:59:59", 0), ("2026-05-11T23:59:59", 15)],
    )
    def test_between(self, moment, count):
        """
        That many whole days lie between: 12 to 26 May are fifteen.
        """
        deadline = ClearDaysBefore(days=count, at=END_OF_DAY)

        assert moment == told(deadline, "2026-05-27")

    @pytest.mark.rule("deadline.clear-days-before", "deadline.counted-from")
    def test_eragny(self):
        """
        « 15 jours francs avant le 1er jour des vacances »: for every day of
        the holidays that begin on Saturday 17 October, all of the 1st.
        """
        autumn = Days(first_day=day("2026-10-17"), last_day=day("2026-11-01"))
        within = calendar(
            "2026-10-19", "2026-10-30", "2026-10-19", school=(autumn,)
        )
        deadline = ClearDaysBefore(
            days=15,
            at=END_OF_DAY,
            counted_from=CountedFrom.SCHOOL_HOLIDAYS,
        )

        assert {"2026-10-01T23:59:59"} == {
            told(deadline, text, within)
            for text in ("2026-10-19", "2026-10-28", "2026-10-30")
        }


class TestWeekdayOfWeek:
    @pytest.mark.rule("deadline.weekday-of-week-before")
    @pytest.mark.parametrize(
        ("moment", "weekday", "weeks", "text"),
        [
            ("2026-05-20T12:00:00", 2, 1, "2026-05-25"),
            ("2026-05-20T12:00:00", 2, 1, "2026-05-28"),
            ("2026-05-20T12:00:00", 2, 1, "2026-05-31"),
            ("2026-05-27T12:00:00", 2, 1, "2026-06-01"),
            ("2026-05-13T12:00:00", 2, 2, "2026-05-28"),
            ("2026-05-25T12:00:00", MONDAY, 0, "2026-05-29"),
            ("2026-05-25T12:00:00", MONDAY, 0, "2026-05-25"),
            ("2025-12-31T12:00:00", 2, 1, "2026-01-05"),
        ],
        ids=[
            "of a Monday: 5 days before",
            "of a Thursday: 8 days before",
            "of a Sunday: of the same week",
            "of the next day: another week",
            "two weeks before",
            "the same week",
            "the day itself",
            "new year",
        ],
    )
    def test_moment(self, moment, weekday, weeks, text):
        """
        Weeks begin on Mondays, whatever weekday is booked.
        """
        assert moment == told(
            WeekdayOfWeekBefore(weekday=weekday, weeks=weeks, at=NOON), text
        )


class TestOpeningDays:
    @pytest.mark.rule("deadline.opening-days-before")
    @pytest.mark.parametrize(
        ("moment", "count", "text"),
        [
            ("2026-05-26T17:00:00", 1, "2026-05-27"),
            ("2026-05-22T17:00:00", 1, "2026-05-26"),
            ("2026-05-13T17:00:00", 2, "2026-05-18"),
            ("2026-04-30T17:00:00", 1, "2026-05-04"),
            ("2026-04-30T17:00:00", 2, "2026-05-05"),
        ],
        ids=[
            "the eve",
            "over a long week-end",
            "two, over Ascension",
            "before the first day, over 1 May",
            "half before, half within",
        ],
    )
    def test_every_day(self, moment, count, text):
        """
        Days when the period is closed do not count.
        """
        deadline = OpeningDaysBefore(days=count, at=dt.time(17))

        assert moment == told(deadline, text)

    @pytest.mark.rule("deadline.opening-days-before")
    @pytest.mark.parametrize(
        ("moment", "text"),
        [
            ("2026-05-20T12:00:00", "2026-05-27"),
            ("2026-04-29T12:00:00", "2026-05-06"),
        ],
        ids=["within", "the first: the Wednesday before"],
    )
    def test_wednesdays(self, moment, text):
        """
        Where Wednesdays open, the opening day before is a Wednesday.
        """
        deadline = OpeningDaysBefore(days=1, at=NOON)

        assert moment == told(
            deadline,
            text,
            calendar(
                "2026-05-06",
                "2026-05-27",
                "2026-05-06",
                "2026-05-13",
                "2026-05-20",
                "2026-05-27",
            ),
        )

    @pytest.mark.rule("deadline.opening-days-before")
    def test_never_open(self):
        """
        Of a period that never opens, business days count.
        """
        deadline = OpeningDaysBefore(days=1, at=NOON)
        within = calendar("2026-05-04", "2026-06-30")

        assert "2026-05-22T12:00:00" == told(deadline, "2026-05-26", within)


class TestMonths:
    @pytest.mark.rule("deadline.day-of-previous-month")
    @pytest.mark.parametrize(
        ("moment", "number", "months", "text"),
        [
            ("2026-04-20T12:00:00", 20, 1, "2026-05-27"),
            ("2026-04-20T12:00:00", 20, 1, "2026-05-01"),
            ("2026-03-20T12:00:00", 20, 2, "2026-05-27"),
            ("2026-02-28T12:00:00", 31, 1, "2026-03-02"),
            ("2028-02-29T12:00:00", 31, 1, "2028-03-01"),
            ("2025-12-31T12:00:00", 31, 1, "2026-01-07"),
            ("2025-05-01T12:00:00", 1, 12, "2026-05-31"),
        ],
        ids=[
            "20 April",
            "for the 1st of May too",
            "two months",
            "February",
            "a leap year",
            "new year",
            "a year",
        ],
    )
    def test_day(self, moment, number, months, text):
        """
        The same for every day of a month.
        """
        assert moment == told(
            DayOfPreviousMonth(day=number, months=months, at=NOON), text
        )

    @pytest.mark.rule("deadline.day-of-previous-month")
    @pytest.mark.parametrize("number", [0, 32])
    def test_no_day(self, number):
        """
        A month has the days 1 to 31.
        """
        with pytest.raises(ValueError, match="expected 1 to 31"):
            DayOfPreviousMonth(day=number, months=1, at=NOON)

    @pytest.mark.rule("deadline.weekday-of-previous-month")
    @pytest.mark.parametrize(
        ("moment", "weekday", "nth", "text"),
        [
            ("2026-04-03T12:00:00", FRIDAY, 1, "2026-05-27"),
            ("2026-04-24T12:00:00", FRIDAY, 4, "2026-05-27"),
            ("2026-04-24T12:00:00", FRIDAY, 5, "2026-05-27"),
            ("2026-05-29T12:00:00", FRIDAY, 5, "2026-06-01"),
            ("2026-06-01T12:00:00", MONDAY, 1, "2026-07-01"),
        ],
        ids=["first", "fourth", "last of four", "last of five", "the 1st"],
    )
    def test_weekday(self, moment, weekday, nth, text):
        """
        The fifth is the last, also where there are four.
        """
        assert moment == told(
            WeekdayOfPreviousMonth(
                weekday=weekday, nth=nth, months=1, at=NOON
            ),
            text,
        )

    @pytest.mark.rule("deadline.weekday-of-previous-month")
    @pytest.mark.parametrize("nth", [0, 6])
    def test_no_weekday(self, nth):
        """
        A month has five Fridays at the most.
        """
        with pytest.raises(ValueError, match="expected 1 to 5"):
            WeekdayOfPreviousMonth(weekday=FRIDAY, nth=nth, months=1, at=NOON)


class TestFixedMoment:
    @pytest.mark.rule("deadline.fixed-moment")
    def test_same_for_all(self):
        """
        The same moment for every day after it.
        """
        deadline = FixedMoment(moment=utc("2026-04-20T21:59"))

        assert {"2026-04-20T23:59:00"} == {
            told(deadline, text) for text in ("2026-05-04", "2026-06-30")
        }


class TestCountedFrom:
    @pytest.mark.rule("deadline.counted-from")
    @pytest.mark.parametrize(
        ("moment", "start"),
        [
            ("2026-06-11T12:00:00", CountedFrom.DAY),
            ("2026-06-08T12:00:00", CountedFrom.WEEK),
            ("2026-05-25T12:00:00", CountedFrom.MONTH),
            ("2026-06-11T12:00:00", CountedFrom.SCHOOL_HOLIDAYS),
            ("2026-04-27T12:00:00", CountedFrom.PERIOD),
            ("2026-04-29T12:00:00", CountedFrom.FIRST_OPENING_DAY),
        ],
    )
    def test_seven_days_before(self, moment, start):
        """
        Seven days before Thursday 18 June, its week, its month, its school
        holidays (it is in none), the period, its first opening day.
        """
        within = calendar(
            "2026-05-04", "2026-06-30", "2026-05-06", "2026-06-18", school=()
        )
        deadline = DaysBefore(days=7, at=NOON, counted_from=start)

        assert moment == told(deadline, "2026-06-18", within)

    @pytest.mark.rule("deadline.counted-from", "deadline.hours-before")
    def test_hours(self):
        """
        « 48 h avant le début de la semaine ».
        """
        deadline = HoursBefore(
            hours=48, starts_at=dt.time(7), counted_from=CountedFrom.WEEK
        )

        assert "2026-06-13T07:00:00" == told(deadline, "2026-06-18")

    @pytest.mark.rule("deadline.counted-from", "fact.missing")
    def test_nobody_knows(self):
        """
        Where nobody knows when there is school, nothing is guessed.
        """
        deadline = DaysBefore(
            days=7, at=NOON, counted_from=CountedFrom.SCHOOL_HOLIDAYS
        )

        with pytest.raises(Refused) as refused:
            moment_of(deadline, day("2026-06-18"), EVERY_DAY)

        assert (FactMissing(FactName("season")),) == refused.value.refusals

    @pytest.mark.rule("deadline.counted-from", "deadline.never-after")
    def test_day_before_the_period(self):
        """
        Of a day before the period, it is that day.
        """
        deadline = DaysBefore(days=0, at=NOON, counted_from=CountedFrom.PERIOD)

        assert "2026-05-01T12:00:00" == told(deadline, "2026-05-01")


class TestIfClosed:
    @pytest.mark.rule("deadline.if-closed")
    @pytest.mark.parametrize(
        ("moment", "if_closed", "text"),
        [
            ("2026-05-25T12:00:00", IfClosed.STAYS, "2026-05-27"),
            (
                "2026-05-22T12:00:00",
                IfClosed.PREVIOUS_BUSINESS_DAY,
                "2026-05-27",
            ),
            ("2026-05-26T12:00:00", IfClosed.NEXT_BUSINESS_DAY, "2026-05-27"),
            (
                "2026-05-22T12:00:00",
                IfClosed.PREVIOUS_OPENING_DAY,
                "2026-05-27",
            ),
            (
                "2026-06-16T12:00:00",
                IfClosed.PREVIOUS_BUSINESS_DAY,
                "2026-06-18",
            ),
            ("2026-06-15T12:00:00", IfClosed.NEXT_BUSINESS_DAY, "2026-06-15"),
        ],
        ids=[
            "it stays on Whit Monday",
            "Friday",
            "Tuesday",
            "the opening day before",
            "a day of work stays",
            "from Saturday to Monday, the day itself",
        ],
    )
    def test_moved(self, moment, if_closed, text):
        """
        Two days before at noon, moved where the office is closed.
        """
        deadline = DaysBefore(days=2, at=NOON, if_closed=if_closed)

        assert moment == told(deadline, text)

    @pytest.mark.rule("deadline.if-closed", "deadline.never-after")
    def test_not_after_the_day(self):
        """
        The business day after a Saturday would be after it: it ends that
        Saturday.
        """
        deadline = DaysBefore(
            days=0, at=NOON, if_closed=IfClosed.NEXT_BUSINESS_DAY
        )

        assert "2026-06-13T23:59:59" == told(deadline, "2026-06-13")

    @pytest.mark.rule("deadline.if-closed")
    def test_hours(self):
        """
        Elapsed hours keep their hour of the clock where they go.
        """
        deadline = HoursBefore(
            hours=48,
            starts_at=dt.time(7, 30),
            if_closed=IfClosed.PREVIOUS_BUSINESS_DAY,
        )

        assert "2026-06-12T07:30:00" == told(deadline, "2026-06-15")


class TestByWeekday:
    TABLE = ByWeekday(
        deadlines={
            "monday": WeekdayOfWeekBefore(
                weekday=THURSDAY, weeks=1, at=dt.time(15)
            ),
            "wednesday": WeekdayOfWeekBefore(
                weekday=MONDAY, weeks=0, at=dt.time(15)
            ),
        }
    )

    @pytest.mark.rule("deadline.by-weekday")
    @pytest.mark.parametrize(
        ("moment", "text"),
        [
            ("2026-06-11T15:00:00", "2026-06-15"),
            ("2026-06-15T15:00:00", "2026-06-17"),
        ],
    )
    def test_row(self, moment, text):
        """
        The weekday of the day says which.
        """
        assert moment == told(self.TABLE, text)

    @pytest.mark.rule("deadline.by-weekday.missing")
    @pytest.mark.parametrize(
        "deadline",
        [
            TABLE,
            Earliest(deadlines=(DaysBefore(days=9, at=NOON), TABLE)),
            InHolidayWeeks(usual=TABLE, then=TABLE, weekdays=(MONDAY,)),
        ],
    )
    def test_left_out(self, deadline):
        """
        A weekday without a row has no deadline.
        """
        tuesday = day("2026-06-16")

        with pytest.raises(Refused) as refused:
            is_late(deadline, tuesday, utc("2026-06-01T10:00"), EVERY_DAY)

        assert (NoDeadline(tuesday),) == refused.value.refusals

    @pytest.mark.rule("deadline.by-weekday")
    @pytest.mark.parametrize("weekday", [THURSDAY, SUNDAY])
    def test_after_its_day(self, weekday):
        """
        A row of the same week never comes after its weekday.
        """
        after = WeekdayOfWeekBefore(weekday=weekday, weeks=0, at=NOON)

        with pytest.raises(ValueError, match="comes after it"):
            ByWeekday(deadlines={"wednesday": after})

    @pytest.mark.rule("deadline.by-weekday")
    def test_the_day_itself(self):
        """
        Wednesday of the same week is a row that a Wednesday may have.
        """
        itself = WeekdayOfWeekBefore(weekday=2, weeks=0, at=NOON)

        assert "2026-06-17T12:00:00" == told(
            ByWeekday(deadlines={"wednesday": itself}), "2026-06-17"
        )

    @pytest.mark.rule("deadline.by-weekday")
    def test_no_weekday(self):
        """
        A table has rows, and each is for a weekday.
        """
        with pytest.raises(ValueError, match="'mercredi' is not among"):
            ByWeekday(deadlines={"mercredi": DaysBefore(days=1, at=NOON)})
        with pytest.raises(ValueError, match="is empty"):
            ByWeekday(deadlines={})


class TestHolidayWeeks:
    @pytest.mark.rule("deadline.holiday-weeks")
    @pytest.mark.parametrize(
        ("moment", "weekdays", "text"),
        [
            ("2026-05-18T12:00:00", (MONDAY,), "2026-05-27"),
            ("2026-06-15T12:00:00", (MONDAY,), "2026-06-17"),
            ("2026-05-11T12:00:00", (MONDAY,), "2026-05-13"),
            ("2026-05-04T12:00:00", (0, 1, 2, 3, 4), "2026-05-13"),
            ("2026-05-04T12:00:00", (THURSDAY,), "2026-05-15"),
        ],
        ids=[
            "Whit Monday",
            "no holiday",
            "Ascension is a Thursday",
            "Ascension counts",
            "also for the days after it",
        ],
    )
    def test_week(self, moment, weekdays, text):
        """
        The week of the day decides, on the weekdays that the règlement says.
        """
        deadline = InHolidayWeeks(
            usual=WeekdayOfWeekBefore(weekday=MONDAY, weeks=0, at=NOON),
            then=WeekdayOfWeekBefore(weekday=MONDAY, weeks=1, at=NOON),
            weekdays=weekdays,
        )

        assert moment == told(deadline, text)

    @pytest.mark.rule("deadline.holiday-weeks")
    def test_left_out(self):
        """
        A weekday that the table of such weeks leaves out is as usual.
        """
        deadline = InHolidayWeeks(
            usual=DaysBefore(days=1, at=NOON),
            then=ByWeekday(deadlines={"tuesday": DaysBefore(days=5, at=NOON)}),
            weekdays=(MONDAY,),
        )

        assert "2026-05-21T12:00:00" == told(deadline, "2026-05-26")
        assert "2026-05-26T12:00:00" == told(deadline, "2026-05-27")


class TestEarliest:
    @pytest.mark.rule("deadline.earliest")
    @pytest.mark.parametrize(
        ("moment", "rule", "text"),
        [
            ("2026-06-12T12:00:00", "deadline.weekday-before", "2026-06-18"),
            ("2026-06-09T12:00:00", "deadline.days-before", "2026-06-13"),
        ],
    )
    def test_earliest(self, moment, rule, text):
        """
        « Quatre jours avant, et au plus tard le vendredi ».
        """
        deadline = Earliest(
            deadlines=(
                DaysBefore(days=4, at=NOON),
                WeekdayBefore(weekday=FRIDAY, weeks=1, at=NOON),
            )
        )

        found = cutoff_of(deadline, day(text), EVERY_DAY)
        assert (moment, rule) == (paris(found.last), found.rule)


class TestCases:
    HOLIDAYS = When((OneOf(FactName("season"), ("school-holidays",)),))
    DEADLINES = Deadlines(
        (
            Case(when=HOLIDAYS, deadline=DaysBefore(days=15, at=NOON)),
            Case(deadline=DaysBefore(days=3, at=NOON)),
        )
    )

    @pytest.mark.rule("deadline.case")
    @pytest.mark.parametrize(
        ("count", "position", "season"),
        [(15, 0, Season.SCHOOL_HOLIDAYS), (3, 1, Season.SCHOOL_TERM)],
    )
    def test_first_that_holds(self, count, position, season):
        """
        The first whose condition holds answers, the last for the rest.
        """
        facts = Facts(
            day=WEDNESDAY,
            accueil=PERIOD.accueil,
            amplitude=FULL_DAY,
            season=season,
        )

        assert DaysBefore(days=count, at=NOON) == self.DEADLINES.find(facts)
        assert position == self.DEADLINES.position(facts)

    @pytest.mark.rule("deadline.case")
    @pytest.mark.parametrize(
        ("cases", "complaint"),
        [
            (DEADLINES.cases[:1], "no « when »"),
            (DEADLINES.cases[::-1], "no « when »"),
            (DEADLINES.cases[1:] * 2, "would never answer"),
            ((), "is empty"),
        ],
        ids=["no rest", "rest first", "two rests", "none"],
    )
    def test_rest(self, cases, complaint):
        """
        Every child-day has a deadline, and each may answer.
        """
        with pytest.raises(ValueError, match=complaint):
            Deadlines(cases)
