"""
Days in Paris, moments in UTC.
"""

import datetime as dt

import pytest

from portail_core.domain.days import at_paris, day_of, days_before

NIGHTS = [
    dt.date(2026, 3, 28),
    dt.date(2026, 3, 29),
    dt.date(2026, 5, 27),
    dt.date(2026, 10, 25),
    dt.date(2026, 12, 31),
]


@pytest.mark.parametrize("day", NIGHTS, ids=str)
@pytest.mark.parametrize(
    "at", [dt.time(0), dt.time(2, 30), dt.time(23, 59, 59, 999999)], ids=str
)
def test_same_day(day, at):
    """
    A clock in Paris shows an hour of a day during that day.
    """
    assert day == day_of(at_paris(day, at))


@pytest.mark.parametrize("day", NIGHTS, ids=str)
def test_utc(day):
    """
    A moment is in UTC.
    """
    assert at_paris(day, dt.time(12)).tzinfo is dt.UTC


def test_none_before():
    """
    No day before is the day itself.
    """
    day = dt.date(2026, 5, 27)

    assert at_paris(day, dt.time(12)) == days_before(day, 0, dt.time(12))
