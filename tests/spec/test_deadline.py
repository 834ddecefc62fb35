"""
docs/spec/deadline.md, rule by rule.
"""

import datetime as dt

import pytest

from portail_core.domain.days import at_paris, day_of
from portail_core.domain.deadlines import (
    DaysBefore,
    HoursBefore,
    WeekdayBefore,
    is_late,
    moment_of,
)
from tests.spec.guide import AN_INSTANT, WEDNESDAY

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
        last = moment_of(deadline, WEDNESDAY)

        assert not is_late(deadline, WEDNESDAY, last)
        assert is_late(deadline, WEDNESDAY, last + AN_INSTANT)


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
        assert utc(moment) == moment_of(DaysBefore(days=days, at=at), day)

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
        assert utc(moment) == moment_of(DaysBefore(days=2, at=NOON), day)


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
            HoursBefore(hours=48, starts_at=dt.time(7, 30)), day
        )

    @pytest.mark.rule("deadline.hours-before")
    def test_none(self):
        """
        No hour before is when the day begins.
        """
        assert utc("2026-05-27T05:30") == moment_of(
            HoursBefore(hours=0, starts_at=dt.time(7, 30)), WEDNESDAY
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
            WeekdayBefore(weekday=weekday, weeks=weeks, at=NOON), day
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
