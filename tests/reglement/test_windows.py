"""
Windows and deadlines of every level, as written.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.bounds import Bounds
from portail_core.domain.conditions import OneOf, When, Within
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
    OnHolidays,
    OpeningDaysBefore,
    WeekdayBefore,
    WeekdayOfPreviousMonth,
    WeekdayOfWeekBefore,
    WorkWeek,
    one_deadline,
)
from portail_core.domain.ids import FactName
from portail_core.domain.windows import Confirmed, Window, Windows
from portail_core.reglement_toml import read_reglement
from tests.reglement.broken import BOOK_UNTIL
from tests.reglement.written import faults, with_changes

NOON = dt.time(12)
TOP = "schema = 1"
PERIOD = 'public_holidays = "closed"\nclosed'


def of_period(text):
    read = read_reglement(text)
    return read, read.periods[0]


SHAPES = {
    "business_days_before = 2, at = 12:00:00": BusinessDaysBefore(
        days=2, at=NOON
    ),
    'business_days_before = 0, public_holidays = "counted", at = 12:00:00': (
        BusinessDaysBefore(days=0, at=NOON, public_holidays=OnHolidays.COUNTED)
    ),
    "working_days_before = 120, at = 12:00:00": BusinessDaysBefore(
        days=120, at=NOON, week=WorkWeek.MONDAY_TO_SATURDAY
    ),
    'clear_days_before = 15, counted_from = "school-holidays", '
    'at = "end-of-day"': ClearDaysBefore(
        days=15, at=END_OF_DAY, counted_from=CountedFrom.SCHOOL_HOLIDAYS
    ),
    'weekday_before = "friday", if_closed = "previous-business-day", '
    'at = 12:00:00, last_instant = "out"': WeekdayBefore(
        weekday=4,
        weeks=1,
        at=NOON,
        if_closed=IfClosed.PREVIOUS_BUSINESS_DAY,
        last_instant=LastInstant.OUT,
    ),
    'weekday_of_week_before = "monday", weeks = 0, at = 12:00:00': (
        WeekdayOfWeekBefore(weekday=0, weeks=0, at=NOON)
    ),
    "opening_days_before = 1, at = 12:00:00": OpeningDaysBefore(
        days=1, at=NOON
    ),
    "day_of_previous_month = 20, at = 12:00:00": DayOfPreviousMonth(
        day=20, months=1, at=NOON
    ),
    "day_of_previous_month = 31, months = 12, at = 12:00:00": (
        DayOfPreviousMonth(day=31, months=12, at=NOON)
    ),
    'weekday_of_previous_month = "friday", nth = 5, at = 12:00:00': (
        WeekdayOfPreviousMonth(weekday=4, nth=5, months=1, at=NOON)
    ),
    'moment = 2025-09-24T23:59:00, last_instant = "out"': FixedMoment(
        moment=dt.datetime(2025, 9, 24, 21, 59, tzinfo=dt.UTC),
        last_instant=LastInstant.OUT,
    ),
    "by_weekday = { wednesday = { days_before = 2, at = 12:00:00 } }": (
        ByWeekday(deadlines={"wednesday": DaysBefore(days=2, at=NOON)})
    ),
    "earliest = [{ days_before = 2, at = 12:00:00 }, "
    "{ hours_before = 48, starts_at = 12:00:00 }]": Earliest(
        deadlines=(
            DaysBefore(days=2, at=NOON),
            HoursBefore(hours=48, starts_at=NOON),
        )
    ),
    "days_before = 2, at = 12:00:00, in_weeks_with_public_holiday = "
    "{ days_before = 3, at = 12:00:00 }": InHolidayWeeks(
        usual=DaysBefore(days=2, at=NOON),
        then=DaysBefore(days=3, at=NOON),
        weekdays=(0, 1, 2, 3, 4),
    ),
    "days_before = 2, at = 12:00:00, in_weeks_with_public_holiday = "
    '{ days_before = 3, at = 12:00:00 }, public_holiday_on = ["monday"]': (
        InHolidayWeeks(
            usual=DaysBefore(days=2, at=NOON),
            then=DaysBefore(days=3, at=NOON),
            weekdays=(0,),
        )
    ),
}


class TestDeadlines:
    @pytest.mark.rule("deadline.case")
    @pytest.mark.parametrize(("written", "meant"), SHAPES.items(), ids=SHAPES)
    def test_shapes(self, written, meant):
        """
        A leading key says which shape it is.
        """
        text = with_changes((BOOK_UNTIL, f"deadline = {{ {written} }}"))
        read, period = of_period(text)

        (decision,) = read.book_until_of(period).decisions

        assert one_deadline(meant) == decision.value

    @pytest.mark.rule("deadline.case")
    def test_cases(self):
        """
        Several deadlines, each with its condition, the last without.
        """
        text = with_changes(
            (
                BOOK_UNTIL,
                (
                    'deadlines = [{ when = { season = "school-holidays", age '
                    "= { less_than = 6 } }, days_before = 15, at = 12:00:00 "
                    "}, "
                    "{ days_before = 2, at = 12:00:00 }]"
                ),
            )
        )
        read, period = of_period(text)

        (decision,) = read.book_until_of(period).decisions

        season = OneOf(FactName("season"), ("school-holidays",))
        under_6 = Within(
            FactName("age"), Bounds(up_to=Decimal(6), up_to_included=False)
        )
        assert decision.value == Deadlines(
            (
                Case(
                    when=When((season, under_6)),
                    deadline=DaysBefore(days=15, at=NOON),
                ),
                Case(deadline=DaysBefore(days=2, at=NOON)),
            )
        )
        assert "book_until[0]" == decision.path

    @pytest.mark.rule("request.change.deadline")
    def test_to_change(self):
        """
        The deadline to change is a decision of its own, at any level.
        """
        text = with_changes(
            (
                "[[prestations]]",
                (
                    "[[periods.change_until]]\nsince = 2025-09-01\n"
                    'source = "article 4"\n'
                    "deadline = { days_before = 7, at = 12:00:00 }\n\n"
                    "[[prestations]]"
                ),
            )
        )
        read, period = of_period(text)

        (decision,) = read.change_until_of(period).decisions

        assert "periods[0].change_until[0]" == decision.path
        assert one_deadline(DaysBefore(days=7, at=NOON)) == decision.value

    @pytest.mark.rule("request.change.deadline")
    def test_nothing_to_change(self):
        """
        A règlement need not say it.
        """
        read, period = of_period(with_changes())

        assert read.change_until_of(period) is None

    @pytest.mark.rule("deadline.business-days-before")
    def test_holidays_before_the_period(self):
        """
        Public holidays are known for a year before the first day, which
        deadlines are counted over.
        """
        _, period = of_period(with_changes())

        for day in ("2025-08-15", "2025-07-14", "2024-11-11"):
            assert period.calendar.is_public_holiday(
                dt.date.fromisoformat(day)
            )


class TestWindows:
    WRITTEN = (
        'windows = [{ when = { residency = ["commune"] }, '
        "opens_at = 2026-03-01T08:00:00, closes_at = 2026-03-25T00:00:00, "
        'confirmed = "by-staff" }, { opens_before = { '
        'weekday_of_week_before = "monday", weeks = 3, at = 09:00:00 } }]\n'
    )
    MEANT = Windows(
        (
            Window(
                when=When((OneOf(FactName("residency"), ("commune",)),)),
                opens_at=dt.datetime(2026, 3, 1, 7, tzinfo=dt.UTC),
                closes_at=dt.datetime(2026, 3, 24, 23, tzinfo=dt.UTC),
                confirmed=Confirmed.BY_STAFF,
            ),
            Window(
                opens_before=WeekdayOfWeekBefore(
                    weekday=0, weeks=3, at=dt.time(9)
                )
            ),
        )
    )

    @pytest.mark.rule("offer.window.case", "offer.window.confirmed")
    @pytest.mark.parametrize("before", [TOP, PERIOD])
    def test_levels(self, before):
        """
        Windows are the operator's, or a period's.
        """
        read, period = of_period(
            with_changes((before, f"{self.WRITTEN}{before}"))
        )

        assert self.MEANT == read.windows_of(period)

    @pytest.mark.rule("offer.window.order", "offer.window.case")
    @pytest.mark.parametrize(
        ("written", "told"),
        [
            (
                (
                    "windows = [{ opens_at = 2026-03-01T08:00:00, closes_at "
                    "= 2026-03-01T08:00:00 }]\n"
                ),
                "windows[0]: a booking window closes before it opens",
            ),
            (
                "opens_at = 2026-03-01T08:00:00\nwindows = [{}]\n",
                (
                    "« Périscolaire 2025-2026 AUBIGNOSC » has windows: write "
                    "its opens_at and closes_at in them"
                ),
            ),
            ("windows = []\n", "windows: cases is empty"),
        ],
    )
    def test_wrong(self, written, told):
        """
        What makes no sense is told where it stands.
        """
        (fault,) = faults(with_changes((PERIOD, f"{written}{PERIOD}")))

        assert fault.startswith("periods[0]")
        assert fault.endswith(told)
