"""
French calendars against published dates: zones, school, public holidays.
"""

import datetime as dt
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from portail_core.calendars_fr import (
    DEPARTMENTS,
    LAST_KNOWN_DAY,
    SchoolCalendar,
    SchoolHolidays,
    SchoolZone,
    bridge_days,
    department_of,
    public_holidays,
    read_recurrence,
    school_holidays,
    school_zone,
    weekly,
)

DATA = Path(__file__).parents[1] / "data" / "published_calendars.toml"
PUBLISHED = tomllib.loads(DATA.read_text("utf-8"))
FIRST, LAST = dt.date(2024, 9, 2), dt.date(2027, 6, 30)
A_DAY = dt.timedelta(days=1)
KNOWN = st.dates(dt.date(2017, 9, 4), LAST_KNOWN_DAY)

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


def day(text):
    return dt.date.fromisoformat(text)


def holidays(first, last):
    return SchoolHolidays(first_day=day(first), last_day=day(last))


class TestZones:
    @pytest.mark.rule("offer.school.zone")
    def test_every_department(self):
        """
        Each of the 94 departments of the mainland is of one of three zones;
        Corsica and the territories overseas are of none.
        """
        zones = [school_zone(department) for department in DEPARTMENTS]

        assert [32, 41, 21, 13] == [
            zones.count(zone) for zone in (*SchoolZone, None)
        ]

    @pytest.mark.rule("offer.school.zone")
    @pytest.mark.parametrize(
        ("department", "zone"),
        [
            ("25", SchoolZone.A),
            ("33", SchoolZone.A),
            ("69", SchoolZone.A),
            ("04", SchoolZone.B),
            ("14", SchoolZone.B),
            ("67", SchoolZone.B),
            ("31", SchoolZone.C),
            ("75", SchoolZone.C),
            ("95", SchoolZone.C),
            ("2A", None),
            ("974", None),
        ],
    )
    def test_zone(self, department, zone):
        """
        The zone is that of the department's académie.
        """
        assert zone is school_zone(department)

    @pytest.mark.rule("offer.calendar.territory")
    @pytest.mark.parametrize(
        ("postcode", "department"),
        [
            ("04200", "04"),
            ("20000", "2A"),
            ("20199", "2A"),
            ("20200", "2B"),
            ("97133", "977"),
            ("97134", "971"),
            ("97150", "978"),
            ("97490", "974"),
            ("97500", "975"),
            ("98713", "987"),
            ("98000", None),
            ("96000", None),
        ],
    )
    def test_postcode(self, postcode, department):
        """
        A postcode says its department: in Corsica, overseas, and on the two
        islands that kept the postcodes of Guadeloupe too.
        """
        assert department == department_of(postcode)


class TestPublicHolidays:
    @pytest.mark.rule("offer.calendar.territory")
    @pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
    def test_published(self, year):
        """
        The national list is as published, and Alsace and Moselle add two.
        """
        table = PUBLISHED["public_holidays"]
        national = table[f"national-{year}"]
        two_more = sorted([*national, *table[f"alsace-moselle-{year}"]])
        whole = dt.date(year, 1, 1), dt.date(year, 12, 31)

        assert {
            "75": national,
            "57": two_more,
            "67": two_more,
            "68": two_more,
        } == {
            department: list(public_holidays(department, *whole))
            for department in ("75", "57", "67", "68")
        }

    @pytest.mark.rule("offer.calendar.territory")
    @pytest.mark.parametrize(
        ("department", "abolition"),
        [
            ("976", "2026-04-27"),
            ("972", "2026-05-22"),
            ("971", "2026-05-27"),
            ("978", "2026-05-28"),
            ("973", "2026-06-10"),
            ("977", "2026-10-09"),
            ("974", "2026-12-20"),
        ],
    )
    def test_abolition(self, department, abolition):
        """
        Each territory where slavery was abolished keeps its own day.
        """
        one = day(abolition)

        assert (one,) == public_holidays(department, one, one)
        assert () == public_holidays("75", one, one)

    @pytest.mark.rule("offer.calendar.territory")
    @pytest.mark.parametrize(
        ("department", "own"),
        [
            ("975", []),
            ("986", ["2026-04-28", "2026-06-29", "2026-07-29"]),
            ("987", ["2026-03-05", "2026-04-03", "2026-11-20"]),
            ("988", ["2026-09-24"]),
        ],
    )
    def test_collectivities(self, department, own):
        """
        Collectivities of the Pacific add days of their own;
        Saint-Pierre-et-Miquelon adds none.
        """
        year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
        everywhere = set(public_holidays("75", *year))

        assert own == [
            str(one)
            for one in public_holidays(department, *year)
            if one not in everywhere
        ]


class TestBridgeDays:
    @pytest.mark.rule("offer.calendar.bridge-day")
    @pytest.mark.parametrize(
        ("holiday", "bridge"),
        [
            ("2026-05-14", ["2026-05-15"]),  # Thursday
            ("2026-07-14", ["2026-07-13"]),  # Tuesday
            ("2026-05-25", []),  # Monday
            ("2026-11-11", []),  # Wednesday
            ("2026-12-25", []),  # Friday
            ("2026-08-15", []),  # Saturday
            ("2026-03-01", []),  # Sunday
        ],
    )
    def test_weekdays(self, holiday, bridge):
        """
        A Thursday has its Friday, a Tuesday its Monday, no other day any.
        """
        assert bridge == [str(one) for one in bridge_days([day(holiday)])]

    @pytest.mark.rule("offer.calendar.bridge-day")
    def test_holiday(self):
        """
        A public holiday is no bridge: 26 December 2025 was a Friday, and is
        one in Alsace.
        """
        christmas = day("2025-12-25")

        assert {day("2025-12-26")} == bridge_days([christmas])
        assert set() == bridge_days([christmas, christmas + A_DAY])


class TestSchool:
    @pytest.mark.rule("offer.school.published")
    @pytest.mark.parametrize("zone", SchoolZone)
    def test_published(self, zone):
        """
        Three years of holidays are as published, and there are no others:
        spring 2025 of zone B ends on a Monday, the « pont de l'Ascension » is
        there.
        """
        table = PUBLISHED["school_holidays"][zone.value]

        assert [
            SchoolHolidays(first_day=first, last_day=last)
            for first, last in table.values()
        ] == list(school_holidays(zone, FIRST, LAST))

    @pytest.mark.rule("offer.school.published")
    def test_ends(self):
        """
        Holidays are whole if one of their days is asked for, and not there
        if none is.
        """
        spring = holidays("2025-04-05", "2025-04-21")

        for one in (spring.first_day, spring.last_day):
            assert (spring,) == school_holidays(SchoolZone.B, one, one)
        for one in (spring.first_day - A_DAY, spring.last_day + A_DAY):
            assert () == school_holidays(SchoolZone.B, one, one)

    @pytest.mark.rule("offer.school.unknown")
    def test_bounds(self):
        """
        What is known goes from the return of 2017 to the end of the last
        school year that was published.
        """
        school = SchoolCalendar(zone=SchoolZone.B)
        first = dt.date(2017, 9, 4)

        assert [False, True, True, False] == [
            school.knows(one)
            for one in (
                first - A_DAY,
                first,
                LAST_KNOWN_DAY,
                LAST_KNOWN_DAY + A_DAY,
            )
        ]
        assert () == school.days_off(dt.date(2029, 1, 1), dt.date.max)
        assert () == school.days_off(dt.date.min, dt.date(2017, 9, 1))
        assert (holidays("2028-07-05", "2028-08-31"),) == school.days_off(
            dt.date(2028, 8, 31), dt.date(2028, 9, 30)
        )

    @pytest.mark.rule("offer.school.given")
    def test_given(self):
        """
        Holidays that are given stand for all those of their school year, and
        of no other.
        """
        own = holidays("2026-10-10", "2026-10-25")
        school = SchoolCalendar(zone=SchoolZone.B, given=(own,))

        assert (
            holidays("2026-07-04", "2026-08-31"),
            own,
        ) == school.days_off(dt.date(2026, 6, 1), dt.date(2027, 7, 31))

    @pytest.mark.rule("offer.school.given")
    def test_given_only(self):
        """
        Where there is no zone, the school years that are given are known.
        """
        own = holidays("2026-10-10", "2026-10-25")
        school = SchoolCalendar(zone=None, given=(own,))

        assert [False, True, True, False] == [
            school.knows(day(one))
            for one in ("2026-08-31", "2026-09-01", "2027-08-31", "2027-09-01")
        ]
        assert (own,) == school.days_off(own.last_day, own.last_day)
        assert () == school.days_off(own.last_day + A_DAY, LAST)
        assert () == school.days_off(FIRST, own.first_day - A_DAY)

    @pytest.mark.rule("offer.school.published")
    @given(zone=st.sampled_from(SchoolZone), ends=st.tuples(KNOWN, KNOWN))
    def test_apart(self, zone, ends):
        """
        Holidays are in order, with a day of school between any two.
        """
        for earlier, later in pairwise(school_holidays(zone, *sorted(ends))):
            assert earlier.last_day + A_DAY < later.first_day


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
        found = read_recurrence(rule).days(
            day("2026-09-01"), day("2026-09-30")
        )

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
    @given(first=KNOWN, weekday=st.integers(0, 6))
    def test_weekly(self, first, weekday):
        """
        A rule of a weekday and that weekday are the same days.
        """
        last = first + 60 * A_DAY
        rule = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[weekday]}"

        assert weekly(first, last, [weekday]) == read_recurrence(rule).days(
            first, last
        )
