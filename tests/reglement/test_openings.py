"""
When a period is open: what a règlement file may say of it.
"""

import re
from pathlib import Path

import pytest

from tests.reglement.openings import (
    FROM_MONDAY,
    LABEL,
    MAY,
    WEDNESDAYS,
    days,
    days_of,
    opening,
    written,
)
from tests.reglement.written import faults

HOW_TO = Path(__file__).parents[2] / "docs/how-to/say-when-it-is-open.md"
EXAMPLES = re.findall(r"(?s)```toml\n(.*?)```", HOW_TO.read_text("utf-8"))


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
            (
                "periods[0].dates[1]: 2026-05-11 is closed from 2026-05-11 "
                f"to 2026-05-11: {same}"
            ),
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
