"""
Days are read in Paris, moments are kept in UTC; here is the only bridge.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def at_paris(day: dt.date, at: dt.time) -> dt.datetime:
    """
    The moment when a clock in Paris shows *at* on *day*, in UTC.

    An hour that comes twice (October) is its first coming; one that never
    comes (March) is the moment as many minutes after the gap opened.

    >>> at_paris(dt.date(2026, 5, 25), dt.time(12)).isoformat()
    '2026-05-25T10:00:00+00:00'
    """
    return dt.datetime.combine(day, at, tzinfo=PARIS).astimezone(dt.UTC)


def days_before(day: dt.date, count: int, at: dt.time) -> dt.datetime:
    """
    The moment *count* days before *day* at *at* o'clock in Paris, in UTC.

    >>> days_before(dt.date(2026, 5, 27), 2, dt.time(12)).isoformat()
    '2026-05-25T10:00:00+00:00'
    """
    return at_paris(day - dt.timedelta(days=count), at)


def day_of(moment: dt.datetime) -> dt.date:
    """
    The day in Paris during which *moment* falls.

    >>> day_of(dt.datetime(2026, 5, 26, 22, tzinfo=dt.UTC))
    datetime.date(2026, 5, 27)
    """
    return moment.astimezone(PARIS).date()
