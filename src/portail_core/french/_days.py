"""
Days and moments, as the guide's screens write them; moments in Paris.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.days import PARIS

WEEKDAYS = (
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
)
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def day(date: dt.date) -> str:
    """
    A day in full.

    >>> day(dt.date(2026, 5, 27))
    'mercredi 27 mai 2026'
    >>> day(dt.date(2026, 5, 1))
    'vendredi 1er mai 2026'
    """
    return f"{WEEKDAYS[date.weekday()]} {_long_day(date)}"


def short_day(date: dt.date) -> str:
    """
    A day in figures.

    >>> short_day(dt.date(2026, 5, 27))
    '27/05/2026'
    """
    return f"{date:%d/%m}/{date.year:04}"


def month(date: dt.date) -> str:
    """
    The month of *date*, as the planning's heading.

    >>> month(dt.date(2026, 5, 27))
    'Mai 2026'
    """
    return f"{MONTHS[date.month - 1].capitalize()} {date.year}"


def weekday(date: dt.date) -> str:
    """
    The weekday of *date*, as the heading of a column.

    >>> weekday(dt.date(2026, 5, 27))
    'Mercredi'
    """
    return WEEKDAYS[date.weekday()].capitalize()


def moment(utc: dt.datetime) -> str:
    """
    A moment, to the minute: seconds are dropped, so that a promise shown is
    never later than the truth (the guide shows 13:12 for 13:12:56).

    The hour that comes twice in October says which of the two it is.

    >>> moment(dt.datetime(2026, 5, 13, 11, 12, 56, tzinfo=dt.UTC))
    '13/05/2026 à 13:12'
    """
    local = utc.astimezone(PARIS)
    return f"{short_day(local)} à {local:%H:%M}{_which(local)}"


def long_moment(utc: dt.datetime) -> str:
    """
    A moment, to the second: the guide's « Date de création ».

    >>> long_moment(dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC))
    '13 mai 2026, 11:12:56'
    """
    local = utc.astimezone(PARIS)
    return f"{_long_day(local)}, {local:%H:%M:%S}{_which(local)}"


def _long_day(date: dt.date) -> str:
    number = "1er" if date.day == 1 else f"{date.day}"
    return f"{number} {MONTHS[date.month - 1]} {date.year}"


def _which(local: dt.datetime) -> str:
    other = local.replace(fold=1 - local.fold)
    if local.utcoffset() == other.utcoffset():
        return ""
    return " (heure d’hiver)" if local.fold else " (heure d’été)"
