"""
When a period is open: what a règlement file may say of it.
"""

import re
from pathlib import Path

import pytest

from portail_core.reglement_toml import read_reglement
from tests.reglement.written import PETITES_BOUILLES, faults, with_changes

_AT = PETITES_BOUILLES.index("first_day = 2025-09-03")
_END = PETITES_BOUILLES.index("[[prestations]]")
OPERATOR = 'department = "04"'
HOW_TO = Path(__file__).parents[2] / "docs/how-to/say-when-it-is-open.md"
EXAMPLES = re.findall(r"(?s)```toml\n(.*?)```", HOW_TO.read_text("utf-8"))
LABEL = "« Périscolaire 2025-2026 AUBIGNOSC »"


def written(period, operator=OPERATOR):
    """
    The example, with *period* after the code, label and accueil of its own.
    """
    text = f"{PETITES_BOUILLES[:_AT]}{period}\n{PETITES_BOUILLES[_END:]}"
    return with_changes((OPERATOR, operator), text=text)


def opening(first, last, *lines, operator=OPERATOR, more=""):
    """
    The example, whose period is open as *lines* say; closed on public
    holidays unless they say otherwise.
    """
    ends = [f"first_day = {first}", f"last_day = {last}"]
    if not any(line.startswith("public_holidays") for line in lines):
        ends.append('public_holidays = "closed"')
    return written("\n".join([*ends, *lines, more]), operator)


def days_of(text):
    (period,) = read_reglement(text).periods
    return [str(day) for day in period.calendar.open_days]


def days(*arguments, **options):
    return days_of(opening(*arguments, **options))


MAY = "2026-05-11", "2026-05-17"  # Ascension is Thursday the 14th
FROM_MONDAY = 'weekdays = ["monday", "tuesday", "thursday", "friday"]'
WEDNESDAYS = 'weekdays = ["wednesday"]'


class TestWays:
    @pytest.mark.rule("offer.calendar.pattern")
    @pytest.mark.parametrize(
        ("line", "open_days"),
        [
            (FROM_MONDAY, ["2026-05-11", "2026-05-12", "2026-05-15"]),
            ("dates = [2026-05-17, 2026-05-11]", ["2026-05-11", "2026-05-17"]),
            ('rrule = "FREQ=DAILY;INTERVAL=4"', ["2026-05-11", "2026-05-15"]),
            ("opened = [2026-05-14]", ["2026-05-14"]),
        ],
        ids=["weekdays", "dates", "rrule", "opened"],
    )
    def test_one(self, line, open_days):
        """
        Each way to be open is enough.
        """
        assert open_days == days(*MAY, line)

    @pytest.mark.rule("offer.calendar.pattern")
    def test_together(self):
        """
        Ways add up, and a day that two of them name is open once.
        """
        assert [f"2026-05-{day}" for day in (11, 13, 15, 17)] == days(
            *MAY,
            WEDNESDAYS,
            'rrule = "FREQ=DAILY;INTERVAL=2"',
            "dates = [2026-05-11, 2026-05-13]",
        )

    @pytest.mark.rule("offer.calendar.pattern")
    def test_none(self):
        """
        A period that opens in no way is told of the four.
        """
        assert [
            (
                f"periods[0]: {LABEL} opens in no way: write weekdays, dates, "
                "rrule or opened"
            )
        ] == faults(opening(*MAY))

    @pytest.mark.rule("offer.calendar.pattern")
    def test_all_closed(self):
        """
        So is one that closes on all its days.
        """
        assert [
            f"periods[0]: {LABEL} has no open day: look at weekdays, closed"
        ] == faults(
            opening(
                *MAY,
                WEDNESDAYS,
                "closed = [{ first_day = 2026-05-13, last_day = 2026-05-13 }]",
            )
        )


class TestClosed:
    @pytest.mark.rule("offer.calendar.bridge-day")
    @pytest.mark.parametrize(
        ("bridge_days", "open_days"),
        [
            ('bridge_days = "closed"', ["2026-05-11", "2026-05-12"]),
            (
                'bridge_days = "open"',
                ["2026-05-11", "2026-05-12", "2026-05-15"],
            ),
        ],
    )
    def test_bridge(self, bridge_days, open_days):
        """
        The Friday after Ascension is open or closed, as the period says.
        """
        assert open_days == days(*MAY, FROM_MONDAY, bridge_days)

    @pytest.mark.rule("offer.calendar.bridge-day")
    def test_open_holiday(self):
        """
        A bridge day may be closed where the public holiday is open.
        """
        assert ["2026-05-11", "2026-05-12", "2026-05-14"] == days(
            *MAY,
            FROM_MONDAY,
            'bridge_days = "closed"',
            'public_holidays = "open"',
        )

    @pytest.mark.rule("offer.calendar.opened")
    def test_opened(self):
        """
        A day that is opened wins over a closed range, a public holiday, a
        bridge day, the weeks and the weekdays.
        """
        assert [f"2026-05-{day}" for day in (13, 14, 15, 16)] == days(
            *MAY,
            WEDNESDAYS,
            'weeks = "school-holidays"',
            'bridge_days = "closed"',
            "closed = [{ first_day = 2026-05-11, last_day = 2026-05-14 }]",
            "opened = [2026-05-16, 2026-05-15, 2026-05-14, 2026-05-13]",
        )

    @pytest.mark.rule("offer.calendar.closed", "reglement.faults.all")
    def test_named(self):
        """
        A date that would close is told why, and one outside the period where
        it stands, all at once.
        """
        beyond = "is not within 2026-05-11 to 2026-05-17"
        same = "to open it all the same, write it in opened"

        assert [
            "periods[0].rrule: has no day from 2026-05-11 to 2026-05-17",
            f"periods[0].dates[0]: 2026-05-10 {beyond}",
            f"periods[0].dates[4]: 2026-05-18 {beyond}",
            f"periods[0].opened[1]: 2026-05-18 {beyond}",
            f"periods[0].dates[1]: 2026-05-11 is closed: {same}",
            f"periods[0].dates[2]: 2026-05-14 is a public holiday: {same}",
            f"periods[0].dates[3]: 2026-05-15 is a bridge day: {same}",
        ] == faults(
            opening(
                *MAY,
                'rrule = "FREQ=MONTHLY;BYMONTHDAY=31"',
                'bridge_days = "closed"',
                "dates = [2026-05-10, 2026-05-11, 2026-05-14, 2026-05-15, "
                "2026-05-18]",
                "closed = [{ first_day = 2026-05-11, last_day = 2026-05-11 }]",
                "opened = [2026-05-17, 2026-05-18]",
            )
        )

    @pytest.mark.rule("offer.calendar.closed", "offer.calendar.opened")
    def test_named_and_opened(self):
        """
        A date that is opened too is open.
        """
        both = "2026-05-14"

        assert [both] == days(*MAY, f"dates = [{both}]", f"opened = [{both}]")


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


class TestHowTo:
    @pytest.mark.rule("offer.calendar.pattern")
    def test_examples(self):
        """
        What the page on opening days shows is read: the Saturday of the fête
        is open, the bridge of Ascension and the week in August are not.
        """
        term, holidays, _ = EXAMPLES
        _, _, of_term = term.partition('accueil = "mercredis"\n')

        assert 35 == len(days_of(written(of_term)))
        opened = days_of(written(holidays))
        assert {"2026-10-19", "2027-06-19", "2027-08-16"} <= set(opened)
        assert not {"2027-05-07", "2027-08-09", "2027-08-13"} & set(opened)

    @pytest.mark.rule("offer.school.given")
    def test_given(self):
        """
        Holidays written as it shows are those of Corsica.
        """
        _, holidays, given = EXAMPLES

        opened = days_of(written(f"{holidays}{given}", 'department = "2A"'))

        assert "2026-10-30" in opened
        assert "2026-12-21" not in opened
