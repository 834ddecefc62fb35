"""
Recurrences: what is read of RFC 5545, and the days of it.
"""

import datetime as dt
import re

import pytest
from hypothesis import given, strategies as st

from portail_core.calendars_fr import read_recurrence, weekly

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = {
    "INTERVAL": st.integers(1, 999),
    "COUNT": st.integers(1, 999),
    "UNTIL": st.sampled_from(("00010101", "20260701", "99991231")),
    "WKST": st.sampled_from(WEEKDAYS),
    "BYDAY": st.sampled_from(("WE", "MO,FR", "1MO", "-5SU", "53TH")),
    "BYMONTH": st.integers(1, 12),
    "BYMONTHDAY": st.integers(-31, 31),
    "BYYEARDAY": st.integers(-366, 366),
    "BYWEEKNO": st.integers(-53, 53),
    "BYSETPOS": st.integers(-366, 366),
}


@st.composite
def rules(draw):
    """
    Recurrences of a few parts; none where what is written cannot be read.
    """
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    keys = draw(st.sets(st.sampled_from(sorted(PARTS)), max_size=3))
    parts = [f"{key}={draw(PARTS[key])}" for key in sorted(keys)]
    try:
        return read_recurrence(";".join([f"FREQ={frequency}", *parts]))
    except ValueError:
        return None


RULES = rules().filter(lambda rule: rule is not None)


class TestRecurrence:
    @pytest.mark.rule("offer.calendar.recurrence")
    @pytest.mark.parametrize(
        ("rule", "days"),
        [
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "02 16 30"),
            ("FREQ=WEEKLY;INTERVAL=2", "01 15 29"),
            ("FREQ=MONTHLY;BYDAY=1WE,-1WE", "02 30"),
            ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", "02 09"),
            ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260916", "02 09 16"),
            ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260915", "02 09"),
            ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20270916", "02 09 16 23 30"),
            ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20250916", ""),
            ("FREQ=MONTHLY;BYDAY=5WE", "30"),
            ("FREQ=YEARLY;BYMONTH=9;BYDAY=-5WE", "02"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "30"),
            ("FREQ=MONTHLY;BYMONTHDAY=31", ""),
            ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1", "30"),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ""),
        ],
    )
    def test_days(self, rule, days):
        """
        A rule counts from the first day, and ends with the last at the
        latest.
        """
        september = dt.date(2026, 9, 1), dt.date(2026, 9, 30)

        found = read_recurrence(rule).days(*september)

        assert [f"2026-09-{one}" for one in days.split()] == list(
            map(str, found)
        )

    @pytest.mark.rule("offer.calendar.recurrence")
    @pytest.mark.parametrize(
        ("rule", "told"),
        [
            ("", "'' is no part of a recurrence of days, only FREQ"),
            ("every day", "'every day' is no part of a recurrence"),
            ("BYDAY=WE", "write it as FREQ=WEEKLY;BYDAY=WE"),
            ("FREQ=HOURLY", "'FREQ=HOURLY' cannot be read"),
            ("FREQ=DAILY;BYHOUR=8", "'BYHOUR=8' is no part"),
            ("FREQ=DAILY;INTERVAL=0", "'INTERVAL=0' cannot be read"),
            ("FREQ=DAILY;COUNT=-1", "'COUNT=-1' cannot be read"),
            ("FREQ=DAILY;FREQ=DAILY", "FREQ is there twice"),
            ("FREQ=WEEKLY;BYDAY=ME", "'BYDAY=ME' cannot be read"),
            ("FREQ=WEEKLY;BYDAY=", "'BYDAY=' cannot be read"),
            ("FREQ=WEEKLY;BYDAY=1WE", "it goes with FREQ=MONTHLY"),
            ("FREQ=MONTHLY;BYDAY=6MO", "there are 5 at the most"),
            ("FREQ=YEARLY;BYMONTH=9;BYDAY=-6MO", "are 5 at the most"),
            ("FREQ=YEARLY;BYDAY=54MO", "there are 53 at the most"),
            ("FREQ=DAILY;BYSETPOS=1", "write BYDAY, BYMONTHDAY, BYYEARDAY"),
            ("FREQ=YEARLY;BYMONTH=-1", "'BYMONTH=-1' cannot be read"),
            ("FREQ=YEARLY;BYMONTH=13", "'BYMONTH=13' cannot be read"),
            ("FREQ=MONTHLY;BYMONTHDAY=0", "'BYMONTHDAY=0' cannot be read"),
            ("FREQ=MONTHLY;BYMONTHDAY=32", "'BYMONTHDAY=32' cannot be read"),
            ("FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230 is no day"),
            ("FREQ=DAILY;UNTIL=2026-07-01", "'UNTIL=2026-07-01' cannot be"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20260701", "keep COUNT or UNTIL"),
        ],
    )
    def test_unreadable(self, rule, told):
        """
        What cannot be read, or is not of days, is told with what to write.
        """
        with pytest.raises(ValueError, match=re.escape(told)):
            read_recurrence(rule)

    @pytest.mark.rule("offer.calendar.recurrence")
    @given(
        first=st.dates() | st.dates(min_value=dt.date(9998, 1, 1)),
        length=st.integers(0, 800),
        rule=RULES,
    )
    def test_within(self, first, length, rule):
        """
        In whatever century, whatever the rule that was read, its days ascend
        from the first to the last.
        """
        length = min(length, (dt.date.max - first).days)
        last = first + dt.timedelta(days=length)

        found = rule.days(first, last)

        assert sorted(set(found)) == list(found)
        assert all(first <= one <= last for one in found)

    @pytest.mark.rule("offer.calendar.recurrence")
    @given(
        first=st.dates(max_value=dt.date(9999, 1, 1)),
        weekday=st.integers(0, 6),
    )
    def test_weekly(self, first, weekday):
        """
        A rule of a weekday and that weekday are the same days.
        """
        last = first + dt.timedelta(days=60)
        rule = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[weekday]}"

        assert weekly(first, last, [weekday]) == read_recurrence(rule).days(
            first, last
        )
