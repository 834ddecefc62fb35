"""
Periods of school and of school holidays: zones, what nobody knows yet.
"""

import pytest

from portail_core.reglement_toml import read_reglement
from tests.reglement.openings import (
    FROM_MONDAY,
    MAY,
    OPERATOR,
    WEDNESDAYS,
    days,
    opening,
)
from tests.reglement.written import PETITES_BOUILLES, faults, with_changes


class TestWeeks:
    @pytest.mark.rule("offer.school.published", "offer.calendar.pattern")
    @pytest.mark.parametrize(
        ("weeks", "open_days"),
        [
            ("school-term", ["2025-04-04", "2025-04-22"]),
            (
                "school-holidays",
                [
                    f"2025-04-{day:02}"
                    for day in (*range(7, 12), *range(14, 19))
                ],
            ),
        ],
    )
    def test_monday(self, weeks, open_days):
        """
        Spring 2025 of zone B goes from Saturday the 5th to Easter Monday:
        classes resume on a Tuesday.
        """
        assert open_days == days(
            "2025-04-04",
            "2025-04-22",
            'rrule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"',
            f'weeks = "{weeks}"',
        )

    @pytest.mark.rule("offer.school.published")
    @pytest.mark.parametrize(
        ("weeks", "friday"), [("school-term", []), ("all", ["2026-05-15"])]
    )
    def test_ascension(self, weeks, friday):
        """
        There is no school on the Friday after Ascension.
        """
        assert ["2026-05-11", "2026-05-12", *friday] == days(
            *MAY, FROM_MONDAY, f'weeks = "{weeks}"'
        )

    @pytest.mark.rule("offer.calendar.pattern")
    def test_dates(self):
        """
        A date is open in whatever week it falls.
        """
        assert ["2026-05-13", "2026-05-16"] == days(
            *MAY,
            WEDNESDAYS,
            'weeks = "school-term"',
            "dates = [2026-05-16]",
        )

    @pytest.mark.rule("offer.school.published")
    def test_begles(self):
        """
        « Vacances de Toussaint » 2023 in Bègles: the period that was booked
        from 3 to 24 September, ten week-days less 1 November.
        """
        open_days = days(
            "2023-10-23",
            "2023-11-03",
            'rrule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"',
            'weeks = "school-holidays"',
            "opens_at = 2023-09-03T20:00:00",
            "closes_at = 2023-09-24T23:59:59",
            operator='department = "33130"',
        )

        assert 9 == len(open_days)
        assert "2023-11-01" not in open_days

    @pytest.mark.rule("offer.school.published")
    def test_guide(self):
        """
        The Wednesdays of the Petites Bouilles are those of school: the same
        dates as when the holidays are written out.
        """
        (written,) = read_reglement(PETITES_BOUILLES).periods

        assert [str(day) for day in written.calendar.open_days] == days(
            "2025-09-03", "2026-07-01", WEDNESDAYS, 'weeks = "school-term"'
        )


class TestZone:
    @pytest.mark.rule("offer.school.zone")
    @pytest.mark.parametrize(
        ("operator", "open_days"),
        [
            ('department = "25"', ["2026-02-25"]),
            ('department = "04"', []),
            ('department = "75"', ["2026-02-18"]),
            ('department = "25"\nschool_zone = "C"', ["2026-02-18"]),
            ('department = "2B"\nschool_zone = "A"', ["2026-02-25"]),
        ],
    )
    def test_zone(self, operator, open_days):
        """
        Winter 2026 comes in zone A, then B, then C; a zone that is written
        wins over the department's.
        """
        assert ["2026-02-04", *open_days] == days(
            "2026-02-04",
            "2026-02-27",
            'rrule = "FREQ=WEEKLY;BYDAY=WE"',
            'weeks = "school-term"',
            "closed = [{ first_day = 2026-02-11, last_day = 2026-02-11 }]",
            operator=operator,
        )

    @pytest.mark.rule("offer.school.zone")
    @pytest.mark.parametrize("department", ["2A", "974"])
    def test_none(self, department):
        """
        Where there is no zone, a period that needs one is told what to write.
        """
        assert [
            (
                "periods[0].weeks: the school holidays here are of no zone: "
                "write them as [[school_holidays]], or the zone as "
                "operator.school_zone"
            )
        ] == faults(
            opening(
                *MAY,
                WEDNESDAYS,
                'weeks = "school-term"',
                operator=f'department = "{department}"',
            )
        )

    @pytest.mark.rule("offer.calendar.territory")
    def test_postcode(self):
        """
        A postcode may stand for its department; one of nowhere is told.
        """
        text = with_changes((OPERATOR, 'department = "04200"'))

        assert "04" == read_reglement(text).operator.department
        assert [
            (
                "operator.department: '98000' is no department: write two or "
                'three characters, as "04", "2A" or "974"'
            )
        ] == faults(with_changes((OPERATOR, 'department = "98000"')))

    @pytest.mark.rule("offer.school.zone")
    def test_unreadable(self):
        """
        A zone that is none, weeks that are none and a rule that is none are
        told at once.
        """
        assert [
            "operator.school_zone: 'D' is not one of 'A', 'B', 'C'",
            (
                "periods[0].rrule: 'BYDAY=ME' cannot be read: is 'ME' what "
                "BYDAY takes?"
            ),
            (
                "periods[0].weeks: 'holidays' is not one of 'all', "
                "'school-term', 'school-holidays'"
            ),
        ] == faults(
            opening(
                *MAY,
                'rrule = "FREQ=WEEKLY;BYDAY=ME"',
                'weeks = "holidays"',
                operator=f'{OPERATOR}\nschool_zone = "D"',
            )
        )


GIVEN = """
[[school_holidays]]
label = "Toussaint, provisoire"
zone = "ZONE"
first_day = 2028-10-21
last_day = 2028-11-05
"""
AUTUMN_2028 = "2028-10-16", "2028-11-10"


class TestUnknown:
    @pytest.mark.rule("offer.school.unknown")
    def test_told(self):
        """
        A period after the last known day is told which it is, and what to
        write.
        """
        assert [
            (
                "periods[0].weeks: the school holidays of 2028-10-18 are not "
                "known: those published end on 2028-08-31; write the others "
                "as [[school_holidays]]"
            )
        ] == faults(opening(*AUTUMN_2028, WEDNESDAYS, 'weeks = "school-term"'))

    @pytest.mark.rule("offer.school.unknown")
    def test_not_needed(self):
        """
        One that does not look at the school calendar is read.
        """
        assert 3 == len(days(*AUTUMN_2028, WEDNESDAYS, 'weeks = "all"'))

    @pytest.mark.rule("offer.school.unknown")
    @pytest.mark.parametrize(
        ("last", "told"), [("2028-08-31", 0), ("2028-09-01", 1)]
    )
    def test_last_known(self, last, told):
        """
        The last known day is known, the next one is not.
        """
        text = opening(
            "2028-06-30",
            last,
            'weekdays = ["thursday", "friday"]',
            'weeks = "school-holidays"',
        )

        if told:
            assert told == len(faults(text))
        else:
            assert read_reglement(text).periods

    @pytest.mark.rule("offer.school.given")
    def test_given(self):
        """
        The règlement may give the holidays: both their ends are off.
        """
        given = GIVEN.replace('zone = "ZONE"\n', "")
        weekend = 'weekdays = ["friday", "saturday", "sunday", "monday"]'

        assert [f"2028-10-{day}" for day in (16, 20)] + [
            f"2028-11-{day:02}" for day in (6, 10)
        ] == days(*AUTUMN_2028, weekend, 'weeks = "school-term"', more=given)

    @pytest.mark.rule("offer.school.given")
    @pytest.mark.parametrize(("zone", "told"), [("A", 1), ("B", 0), ("C", 1)])
    def test_given_to_zone(self, zone, told):
        """
        Those of another zone are nothing to this one.
        """
        text = opening(
            *AUTUMN_2028,
            WEDNESDAYS,
            'weeks = "school-term"',
            more=GIVEN.replace("ZONE", zone),
        )

        if told:
            assert told == len(faults(text))
        else:
            assert read_reglement(text).periods

    @pytest.mark.rule("offer.school.given")
    def test_given_order(self):
        """
        Holidays that end before they begin are told.
        """
        backwards = GIVEN.replace("ZONE", "B").replace("11-05", "10-20")

        assert [
            (
                "school_holidays[0]: ends on 2028-10-20, before it begins on "
                "2028-10-21"
            )
        ] == faults(opening(*AUTUMN_2028, WEDNESDAYS, more=backwards))
