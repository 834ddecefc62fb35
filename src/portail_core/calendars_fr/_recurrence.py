"""
Days that come back: weekdays, and rules as calendars exchange them (RFC 5545).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from attrs import field, frozen

# One moment a day at the most: no hours, and no frequency below the day.
_NUMBER = r"[1-9][0-9]{0,2}"
_NUMBERS = {
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYSETPOS": 366,
}
_PICKED = frozenset({"BYDAY", "BYMONTHDAY", "BYYEARDAY"})
_WEEKS_OF_MONTH = 5
_DAY = "(MO|TU|WE|TH|FR|SA|SU)"
_WRITTEN: Mapping[str, str] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": _NUMBER,
    "COUNT": _NUMBER,
    "UNTIL": "[0-9]{8}",
    "BYDAY": rf"([+-]?[1-9][0-9]?)?{_DAY}",
    "WKST": _DAY,
    **dict.fromkeys(_NUMBERS, rf"[+-]?{_NUMBER}"),
    "BYMONTH": _NUMBER,
}

# The calendar is the same again after 400 years; see `Recurrence.days`.
_CYCLE_YEARS = 400
_MOST_YEARS = dt.MAXYEAR - 10


@frozen
class Recurrence:
    """
    A rule that was read.

    Attributes:
        rule: Without its last day: « FREQ=WEEKLY;INTERVAL=2;BYDAY=WE ».

        until: Its last day, included; none if it goes on.
    """

    rule: str
    until: dt.date | None = field(default=None)

    def days(
        self, first_day: dt.date, last_day: dt.date
    ) -> tuple[dt.date, ...]:
        """
        Its days, counted from *first_day*, both ends included.

        Args:
            first_day: Included.

            last_day: Included; less than four centuries later.
        """
        from dateutil.rrule import rrulestr

        until = min(last_day, self.until or last_day)
        if until < first_day:
            return ()
        # A rule that never comes true (30 February) is looked for until the
        # year 9999: seconds from here, nothing from where its calendar is
        # the same, centuries later.
        cycles = (_MOST_YEARS - last_day.year) // _CYCLE_YEARS
        years = cycles * _CYCLE_YEARS
        start = first_day.replace(year=first_day.year + years)
        end = dt.datetime.combine(
            until.replace(year=until.year + years), dt.time()
        )
        found: list[dt.date] = []
        for moment in rrulestr(
            self.rule, dtstart=dt.datetime.combine(start, dt.time())
        ):
            if moment > end:
                break
            day = moment.date()
            found.append(day.replace(year=day.year - years))
        return tuple(found)


def read_recurrence(text: str) -> Recurrence:
    """
    Read a rule of days.

    >>> read_recurrence("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260701").until
    datetime.date(2026, 7, 1)

    Raises:
        ValueError: With what to write instead.
    """
    parts = _parts(text)
    if "FREQ" not in parts:
        msg = f"{text!r} is no recurrence: write it as FREQ=WEEKLY;BYDAY=WE"
        raise ValueError(msg)
    _check_together(parts)
    until = parts.pop("UNTIL", None)
    return Recurrence(
        ";".join(f"{key}={value}" for key, value in parts.items()),
        None if until is None else _until(until),
    )


def _check_together(parts: Mapping[str, str]) -> None:
    if "COUNT" in parts and "UNTIL" in parts:
        msg = "a recurrence has one end: keep COUNT or UNTIL"
        raise ValueError(msg)
    if "BYSETPOS" in parts and not _PICKED & parts.keys():
        msg = f"BYSETPOS picks among days: write {', '.join(sorted(_PICKED))}"
        raise ValueError(msg)
    by_day = parts.get("BYDAY", "")
    ranks = [int(rank) for rank in re.findall("[0-9]+", by_day)]
    # To dateutil, the first Monday of a week is any Monday.
    if ranks and parts["FREQ"] in {"DAILY", "WEEKLY"}:
        msg = (
            f"BYDAY={by_day} counts days: it goes with FREQ=MONTHLY or "
            "FREQ=YEARLY"
        )
        raise ValueError(msg)
    of_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    most = _WEEKS_OF_MONTH if of_month else _NUMBERS["BYWEEKNO"]
    if max(ranks, default=0) > most:
        msg = f"BYDAY={by_day} counts too far: there are {most} at the most"
        raise ValueError(msg)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        key, _, value = part.partition("=")
        if key not in _WRITTEN:
            msg = (
                f"{part!r} is no part of a recurrence of days, only "
                f"{', '.join(_WRITTEN)}"
            )
            raise ValueError(msg)
        if key in parts:
            msg = f"{key} is there twice"
            raise ValueError(msg)
        if not all(_is_written(key, one) for one in _values(key, value)):
            msg = f"{part!r} cannot be read: is {value!r} what {key} takes?"
            raise ValueError(msg)
        parts[key] = value
    return parts


def _values(key: str, value: str) -> list[str]:
    return value.split(",") if key.startswith("BY") else [value]


def _is_written(key: str, value: str) -> bool:
    if not re.fullmatch(_WRITTEN[key], value):
        return False
    return abs(int(value)) <= _NUMBERS[key] if key in _NUMBERS else True


def _until(figures: str) -> dt.date:
    try:
        return dt.date.fromisoformat(figures)
    except ValueError as error:
        msg = f"UNTIL={figures} is no day: write it as UNTIL=20260701"
        raise ValueError(msg) from error


def weekly(
    first_day: dt.date, last_day: dt.date, weekdays: Iterable[int]
) -> tuple[dt.date, ...]:
    """
    Every day of these *weekdays* (0 is Monday), both ends included.

    >>> weekly(dt.date(2026, 5, 27), dt.date(2026, 6, 3), [2])
    (datetime.date(2026, 5, 27), datetime.date(2026, 6, 3))
    """
    from dateutil.rrule import WEEKLY, rrule

    days = sorted(set(weekdays))
    if not days:
        # To dateutil, no weekday is every weekday.
        return ()
    moments = rrule(
        WEEKLY,
        dtstart=dt.datetime.combine(first_day, dt.time()),
        until=dt.datetime.combine(last_day, dt.time()),
        byweekday=days,
    )
    return tuple(moment.date() for moment in moments)
