"""
French calendars against published dates: zones, school, public holidays.
"""

import datetime as dt
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
    school_holidays,
    school_zone,
)

DATA = Path(__file__).parents[1] / "data" / "published_calendars.toml"
PUBLISHED = tomllib.loads(DATA.read_text("utf-8"))
FIRST, LAST = dt.date(2024, 9, 2), dt.date(2027, 6, 30)
A_DAY = dt.timedelta(days=1)
KNOWN = st.dates(dt.date(2017, 9, 4), LAST_KNOWN_DAY)


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
