"""
Days and moments, with Babel for a second opinion.
"""

import datetime as dt

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given, strategies as st

from portail_core import french
from portail_core.domain.days import PARIS

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
MOMENTS = st.datetimes(
    dt.datetime(1980, 1, 1),  # noqa: DTZ001 - the time zone is beside it
    dt.datetime(2037, 12, 31),  # noqa: DTZ001 - the time zone is beside it
    timezones=st.just(dt.UTC),
)


def utc(text):
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


class TestDay:
    def test_first_of_a_month(self):
        """
        The first day of a month is « 1er »; the others are plain.
        """
        assert "vendredi 1er mai 2026" == french.day(dt.date(2026, 5, 1))
        assert "jeudi 21 mai 2026" == french.day(dt.date(2026, 5, 21))

    @given(DAYS)
    def test_as_babel(self, date):
        """
        Babel writes the same, but for « 1er ».
        """
        theirs = format_date(date, "EEEE d MMMM y", locale="fr_FR")

        assert theirs == french.day(date).replace(" 1er ", " 1 ")

    @given(DAYS)
    def test_short_as_babel(self, date):
        """
        In figures, Babel writes the same.
        """
        assert format_date(
            date, "dd/MM/yyyy", locale="fr_FR"
        ) == french.short_day(date)

    @given(DAYS)
    def test_month_as_babel(self, date):
        """
        The month has a capital, as the guide's heading « Mai 2026 ».
        """
        theirs = format_date(date, "MMMM y", locale="fr_FR")

        assert theirs.capitalize() == french.month(date)


class TestMoment:
    @pytest.mark.parametrize("second", [0, 56, 59])
    @pytest.mark.rule("basket.shown-to-the-minute")
    def test_seconds_are_dropped(self, second):
        """
        The guide's own example: held until 13:12:56, shown as 13:12.
        """
        until = dt.datetime(2026, 5, 13, 11, 12, second, tzinfo=dt.UTC)

        assert "13/05/2026 à 13:12" == french.moment(until)

    def test_long(self):
        """
        The guide's « Date de création » has its seconds.
        """
        created = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)

        assert "13 mai 2026, 11:12:56" == french.long_moment(created)

    def test_paris_day(self):
        """
        Late in the evening in UTC it is already the next day.
        """
        late = dt.datetime(2026, 4, 30, 22, tzinfo=dt.UTC)

        assert "01/05/2026 à 00:00" == french.moment(late)
        assert "1er mai 2026, 00:00:00" == french.long_moment(late)

    @pytest.mark.parametrize(
        ("at", "shown"),
        [
            ("2026-10-25T01:59:59+02:00", "25/10/2026 à 01:59"),
            ("2026-10-25T02:00+02:00", "25/10/2026 à 02:00 (heure d’été)"),
            ("2026-10-25T02:59+02:00", "25/10/2026 à 02:59 (heure d’été)"),
            ("2026-10-25T02:00+01:00", "25/10/2026 à 02:00 (heure d’hiver)"),
            ("2026-10-25T02:59+01:00", "25/10/2026 à 02:59 (heure d’hiver)"),
            ("2026-10-25T03:00+01:00", "25/10/2026 à 03:00"),
            ("2026-03-29T03:00+02:00", "29/03/2026 à 03:00"),
        ],
    )
    def test_hour_that_comes_twice(self, at, shown):
        """
        In the night clocks go back, 02:30 says which of the two it is.
        """
        assert shown == french.moment(utc(at))

    @given(MOMENTS)
    def test_as_babel(self, at):
        """
        Babel writes the same, but for the hour that comes twice.
        """
        theirs = format_datetime(
            at, "dd/MM/yyyy 'à' HH:mm", tzinfo=PARIS, locale="fr_FR"
        )

        assert theirs == french.moment(at).partition(" (")[0]
