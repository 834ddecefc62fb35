"""
`portail calendar`: what each day of a month is to an accueil, and why.
"""

from __future__ import annotations

import datetime as dt
import json
from calendar import monthrange
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portail_core import french
from portail_core.domain.facts import WEEKDAYS
from portail_core.domain.offers import Period
from portail_core.reglement_toml import OpeningReasons, load_opening_reasons

from . import words
from ._childdays import periods_around, periods_of, the_accueil

Tree = Mapping[str, Any]


def as_json(file: Path, accueil: str, month: dt.date) -> str:
    """
    The days of a month at an accueil, for programs.

    Raises:
        OSError: If there is no such file.
        ValueError: With a line for each thing that is wrong.
    """
    return json.dumps(
        _tree(file, accueil, month), ensure_ascii=False, indent=2
    )


def as_text(file: Path, accueil: str, month: dt.date) -> str:
    """
    The same, for people: a line for each day and period.

    Raises:
        OSError: If there is no such file.
        ValueError: With a line for each thing that is wrong.
    """
    tree = _tree(file, accueil, month)
    return "\n".join([french.month(month), *_lines(tree)])


def _tree(file: Path, code: str, month: dt.date) -> Tree:
    reglement = words.read(file)
    accueil = the_accueil(reglement, code)
    periods = periods_of(reglement, accueil)
    reasons = load_opening_reasons(file, kinds=words.kinds())
    _, count = monthrange(month.year, month.month)
    days = (month.replace(day=number + 1) for number in range(count))
    return {
        "accueil": accueil.code,
        "month": f"{month:%Y-%m}",
        "days": [_day(day, periods, reasons) for day in days],
    }


def _day(
    day: dt.date, periods: tuple[Period, ...], reasons: OpeningReasons
) -> Tree:
    around = periods_around(periods, day)
    return {
        "day": day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()],
        "is_public_holiday": any(
            p.calendar.is_public_holiday(day) for p in periods
        ),
        "periods": [
            {
                "period": period.code,
                "opening": period.calendar.opening(day).value,
                "season": _season(period, day),
                "why": reasons.why(period.code, day),
            }
            for period in around
        ],
    }


def _season(period: Period, day: dt.date) -> str | None:
    season = period.calendar.season(day)
    return season and season.value


def _lines(tree: Tree) -> Iterator[str]:
    for day in tree["days"]:
        told = f"{day['day']} {day['weekday']:10}"
        if not day["periods"]:
            holiday = ", a public holiday" if day["is_public_holiday"] else ""
            yield f"{told}outside every period{holiday}"
        for period in day["periods"]:
            season = period["season"] or "season not known"
            yield (
                f"{told}{period['opening']}, {season}: {period['why']} "
                f"({period['period']})"
            )
