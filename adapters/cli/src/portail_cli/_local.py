"""
Moments on the command line: local time, with its offset.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.days import PARIS


def local(moment: dt.datetime) -> str:
    """
    A moment as a clock in Paris shows it, with its offset, to the second.

    >>> local(dt.datetime(2026, 5, 25, 10, tzinfo=dt.UTC))
    '2026-05-25T12:00:00+02:00'
    """
    return moment.astimezone(PARIS).isoformat(timespec="seconds")


def read_moment(text: str) -> dt.datetime:
    """
    A moment in UTC; one without an offset is of Paris.

    Raises:
        ValueError: If it is none.

    >>> read_moment("2026-05-25T12:00").isoformat()
    '2026-05-25T10:00:00+00:00'
    >>> read_moment("2026-05-25T12:00Z").isoformat()
    '2026-05-25T12:00:00+00:00'
    """
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        found = found.replace(tzinfo=PARIS)
    try:
        return found.astimezone(dt.UTC)
    except OverflowError as error:
        msg = f"{text!r} is beyond the calendar"
        raise ValueError(msg) from error
