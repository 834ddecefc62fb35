"""
What a règlement file means: dates, deadlines, bounds; and it is not lost.
"""

import datetime as dt

import pytest

from portail_core.calendars_fr import DEPARTMENTS, public_holidays, weekly
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import (
    DaysBefore,
    HoursBefore,
    WeekdayBefore,
    one_deadline,
)
from portail_core.domain.reglement import Reglement
from portail_core.reglement_toml import read_reglement
from portail_core.wire import dump, load
from tests.reglement.broken import BOOK_UNTIL, FIRST, SECOND
from tests.reglement.written import (
    CHEMAUDIN,
    PETITES_BOUILLES,
    faults,
    with_changes,
)

NOON = dt.time(12)
GOOD_FRIDAY = dt.date(2026, 4, 3)
SAINT_STEPHEN = dt.date(2026, 12, 26)
REUNION_ABOLITION = dt.date(2026, 12, 20)


def days_of(text):
    (period,) = read_reglement(text).periods
    return period.calendar.open_days


def book_until(text):
    found = read_reglement(text)
    return found.book_until_of(found.periods[0]).decisions


def grid(text):
    found = read_reglement(text)
    return found.tariffs_of(found.periods[0]).decisions[0].value.grid


class TestHolidays:
    @pytest.mark.rule("offer.calendar.public-holiday")
    @pytest.mark.parametrize(
        ("department", "own"),
        [
            ("04", []),
            ("2A", []),
            ("57", [GOOD_FRIDAY, SAINT_STEPHEN]),
            ("67", [GOOD_FRIDAY, SAINT_STEPHEN]),
            ("68", [GOOD_FRIDAY, SAINT_STEPHEN]),
            ("974", [REUNION_ABOLITION]),
        ],
    )
    def test_department(self, department, own):
        """
        Every department has the national list; some have days of their own.
        """
        year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)

        everywhere = public_holidays("75", *year)

        assert 11 == len(everywhere)
        assert sorted([*everywhere, *own]) == list(
            public_holidays(department, *year)
        )

    def test_every_department(self):
        """
        There are 96 departments in Europe, and 11 territories overseas that
        have a list.
        """
        assert 96 + 11 == len(DEPARTMENTS)
        for department in DEPARTMENTS:
            (labour_day,) = public_holidays(
                department, dt.date(2026, 5, 1), dt.date(2026, 5, 1)
            )

            assert dt.date(2026, 5, 1) == labour_day

    @pytest.mark.rule("offer.calendar.public-holiday")
    def test_closed(self):
        """
        A public holiday is closed or open, as the règlement says; it is
        listed all the same.
        """
        mondays = with_changes(('"wednesday"', '"monday"'))
        open_too = with_changes(
            ('public_holidays = "closed"', 'public_holidays = "open"'),
            text=mondays,
        )
        whit_monday = dt.date(2026, 5, 25)

        assert whit_monday not in days_of(mondays)
        assert whit_monday in days_of(open_too)
        assert (
            whit_monday
            in read_reglement(open_too).periods[0].calendar.public_holidays
        )

    def test_good_friday(self):
        """
        A Friday that is a holiday in Moselle is none in the Alpes.
        """
        fridays = with_changes(
            ('"wednesday"', '"friday"'),
            text=PETITES_BOUILLES,
        )
        moselle = with_changes(('"04"', '"57"'), text=fridays)

        assert GOOD_FRIDAY in days_of(fridays)
        assert GOOD_FRIDAY not in days_of(moselle)


class TestClosed:
    @pytest.mark.rule("offer.calendar.bounds")
    def test_both_ends(self):
        """
        A closed range takes both its days, and nothing beside them.
        """
        one = with_changes(
            (
                "{ first_day = 2025-10-18, last_day = 2025-11-02 }",
                "{ first_day = 2025-10-15, last_day = 2025-10-22 }",
            )
        )
        taken = {dt.date(2025, 10, 15), dt.date(2025, 10, 22)}
        beside = {dt.date(2025, 10, 8), dt.date(2025, 10, 29)}

        assert not taken & set(days_of(one))
        assert beside <= set(days_of(one))

    @pytest.mark.rule("offer.calendar.bounds")
    def test_period(self):
        """
        The first and the last day of a period are in it.
        """
        days = days_of(PETITES_BOUILLES)

        assert (dt.date(2025, 9, 3), dt.date(2026, 7, 1)) == (
            days[0],
            days[-1],
        )

    def test_one_day(self):
        """
        A period may be one day.
        """
        text = with_changes(("last_day = 2026-07-01", "last_day = 2025-09-03"))

        assert (dt.date(2025, 9, 3),) == days_of(text)

    def test_no_weekday(self):
        """
        No weekday is no day.
        """
        assert () == weekly(dt.date(2026, 5, 1), dt.date(2026, 5, 31), [])

    @pytest.mark.rule("offer.window.order")
    def test_window(self):
        """
        Booking opens and closes at moments on the clocks of Paris.
        """
        text = with_changes(
            (
                "closed = [",
                (
                    "opens_at = 2025-06-01T08:00:00\n"
                    "closes_at = 2026-06-30T18:00:00\nclosed = ["
                ),
            )
        )

        (period,) = read_reglement(text).periods

        assert (
            at_paris(dt.date(2025, 6, 1), dt.time(8)),
            at_paris(dt.date(2026, 6, 30), dt.time(18)),
        ) == (period.opens_at, period.closes_at)


class TestDeadline:
    @pytest.mark.rule(
        "deadline.days-before",
        "deadline.hours-before",
        "deadline.weekday-before",
    )
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            (
                "days_before = 366, at = 12:00:00",
                DaysBefore(days=366, at=NOON),
            ),
            ("days_before = 0, at = 12:00:00", DaysBefore(days=0, at=NOON)),
            (
                "hours_before = 48, starts_at = 12:00:00",
                HoursBefore(hours=48, starts_at=NOON),
            ),
            (
                'weekday_before = "thursday", at = 12:00:00',
                WeekdayBefore(weekday=3, weeks=1, at=NOON),
            ),
            (
                'weekday_before = "sunday", weeks = 2, at = 12:00:00',
                WeekdayBefore(weekday=6, weeks=2, at=NOON),
            ),
        ],
    )
    def test_shapes(self, written, meant):
        """
        A deadline is written in one of three shapes.
        """
        text = with_changes((BOOK_UNTIL, f"deadline = {{ {written} }}"))

        (decision,) = book_until(text)

        assert one_deadline(meant) == decision.value


class TestBracket:
    @pytest.mark.rule("tariff.bracket.bounds")
    def test_bounds(self):
        """
        Each bound says on which side it falls.
        """
        text = with_changes(
            (FIRST, 'at_least = "0"\nat_most = "411"\n'),
            (SECOND, 'more_than = "411"\nless_than = "511"\n'),
        )

        first, second, *_ = grid(text).brackets

        assert [(True, True), (False, False)] == [
            (bracket.bounds.above_included, bracket.bounds.up_to_included)
            for bracket in (first, second)
        ]


# What is written, N; the most of it that is read, and the least that is not.
LIMITS = {
    "minutes": ("minutes = 120", "minutes = N", 43_200, 43_201),
    "days": (
        BOOK_UNTIL,
        "deadline = { days_before = N, at = 12:00:00 }",
        366,
        367,
    ),
    "hours": (
        BOOK_UNTIL,
        "deadline = { hours_before = N, starts_at = 12:00:00 }",
        8_784,
        8_785,
    ),
    "weeks": (
        BOOK_UNTIL,
        'deadline = { weekday_before = "monday", weeks = N, at = 12:00:00 }',
        53,
        54,
    ),
    "code": ('code = "moins-de-6-ans"', 'code = "N"', "x" * 60, "x" * 61),
    "price": ('"6.66"', '"N"', "999999999.99", "1000000000"),
    "quantity": (
        'journee = "1"',
        'journee = "N"',
        "0.000000001",
        "0.0000000001",
    ),
    "period": (
        "last_day = 2026-07-01",
        "last_day = N",
        "2030-09-07",
        "2030-09-08",
    ),
}


class TestLimits:
    @pytest.mark.parametrize(
        ("before", "after", "most", "more"), LIMITS.values(), ids=LIMITS
    )
    def test_limits(self, before, after, most, more):
        """
        Everything has a limit: what reaches it is read, what passes it is
        told.
        """
        within = with_changes((before, after.replace("N", f"{most}")))
        beyond = with_changes((before, after.replace("N", f"{more}")))

        assert "04" == read_reglement(within).operator.department
        (line,) = faults(beyond)
        assert f"{more}" in line


class TestRoundTrip:
    @pytest.mark.rule("reglement.version.kept")
    @pytest.mark.parametrize(
        "text", [PETITES_BOUILLES, CHEMAUDIN], ids=["petites", "chemaudin"]
    )
    def test_wire(self, text):
        """
        A règlement goes through the wire and comes back equal.
        """
        reglement = read_reglement(text)

        assert reglement == load(Reglement, dump(reglement))

    def test_comments(self):
        """
        A règlement is a value: two that mean the same are equal.
        """
        commented = f"# Un commentaire.\n{PETITES_BOUILLES}"

        assert read_reglement(commented) == read_reglement(PETITES_BOUILLES)
