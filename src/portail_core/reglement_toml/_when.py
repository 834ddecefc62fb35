"""
Conditions, as written: « when = { residency = ["commune"] } ».
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import NewType

from attrs import field, fields, frozen

from portail_core.domain.bounds import Bounds
from portail_core.domain.conditions import OneOf, Test, When, Within, Yearly
from portail_core.domain.facts import (
    MINUTES_AN_HOUR,
    Booked,
    Scheme,
    Season,
)
from portail_core.domain.ids import AccueilCode, AmplitudeCode, FactName
from portail_core.wire import Shape, read_figure

from ._calendar import Weekday
from ._says import says

Limit = NewType("Limit", Decimal)
"""A figure; a whole number needs no quotes."""


@frozen(kw_only=True)
class BoundsFile:
    """
    A range of figures, or one figure.
    """

    exactly: Limit | None = field(
        default=None,
        metadata=says("This figure, and no other.", example="2"),
    )
    at_least: Limit | None = field(
        default=None,
        metadata=says("Lower bound, included.", example="3"),
    )
    more_than: Limit | None = field(
        default=None,
        metadata=says("Lower bound, excluded.", example="450"),
    )
    at_most: Limit | None = field(
        default=None,
        metadata=says("Upper bound, included.", example="5"),
    )
    less_than: Limit | None = field(
        default=None,
        metadata=says("Upper bound, excluded.", example="450"),
    )


@frozen(kw_only=True)
class HoursFile:
    """
    A range of hours of the clock.
    """

    from_hour: dt.time | None = field(
        default=None,
        metadata=says("At this hour or later.", example="18:30:00"),
    )
    to_hour: dt.time | None = field(
        default=None,
        metadata=says("At this hour or before.", example="08:00:00"),
    )


@frozen(kw_only=True)
class YearlyFile:
    """
    A part of every year, which may go over New Year; both days included.
    """

    first_day: str = field(
        metadata=says("Month and day.", example='"02-01"'),
    )
    last_day: str = field(
        metadata=says("Month and day.", example='"08-31"'),
    )


@frozen(kw_only=True)
class WhenFile:
    """
    A condition: all of its keys must hold; without any, it always holds.

    A key whose fact nobody stated is refused by name, never guessed.
    """

    accueils: tuple[AccueilCode, ...] | None = field(
        default=None,
        metadata=says("At one of these accueils.", example='["mercredis"]'),
    )
    amplitudes: tuple[AmplitudeCode, ...] | None = field(
        default=None,
        metadata=says("One of these amplitudes.", example='["MATIN"]'),
    )
    weekdays: tuple[Weekday, ...] | None = field(
        default=None,
        metadata=says("The day is one of these.", example='["wednesday"]'),
    )
    season: Season | None = field(
        default=None,
        metadata=says(
            "The day is in the school term or holidays of the zone.",
            example='"school-holidays"',
        ),
    )
    dates: YearlyFile | None = field(
        default=None,
        metadata=says(
            "The day is in this part of the year.",
            example='{ first_day = "02-01", last_day = "08-31" }',
        ),
    )
    residency: tuple[str, ...] | None = field(
        default=None,
        metadata=says(
            "The household lives in one of these, of `residencies`.",
            example='["commune"]',
        ),
    )
    scheme: tuple[Scheme, ...] | None = field(
        default=None,
        metadata=says(
            "The household's family benefits are paid by one of these.",
            example='["caf", "msa"]',
        ),
    )
    quotient: Bounds | None = field(
        default=None,
        metadata=says(
            "The quotient familial, euros.", example="{ at_most = 600 }"
        ),
    )
    income: Bounds | None = field(
        default=None,
        metadata=says(
            "The household's monthly income, euros.",
            example="{ less_than = 1500 }",
        ),
    )
    dependants: Bounds | None = field(
        default=None,
        metadata=says(
            "Children that the household brings up, booked or not.",
            example="{ at_least = 3 }",
        ),
    )
    rank: Bounds | None = field(
        default=None,
        metadata=says(
            "The child's rank among siblings, from 1; `siblings` says which "
            "count.",
            example="{ at_least = 2 }",
        ),
    )
    siblings: Bounds | None = field(
        default=None,
        metadata=says(
            "How many children count, this one included.",
            example="{ at_least = 3 }",
        ),
    )
    nth: Bounds | None = field(
        default=None,
        metadata=says(
            "Which of the child's days of the month this is, from 1.",
            example="{ at_least = 11 }",
        ),
    )
    age: Bounds | None = field(
        default=None,
        metadata=says("Whole years on the day.", example="{ less_than = 6 }"),
    )
    booked: tuple[Booked, ...] | None = field(
        default=None,
        metadata=says(
            "Booked in time, after the deadline (`late`, where staff takes "
            "it all the same), or not at all.",
            example='["late", "unbooked"]',
        ),
    )
    arrives: HoursFile | None = field(
        default=None,
        metadata=says(
            "When the child arrives, Paris.",
            example="{ to_hour = 08:00:00 }",
        ),
    )
    leaves: HoursFile | None = field(
        default=None,
        metadata=says(
            "When the child leaves, Paris.",
            example="{ from_hour = 18:30:00 }",
        ),
    )
    meal_supplied: Supplied | None = field(
        default=None,
        metadata=says(
            "Whether the family brings the meal, by a care plan (« PAI »).",
            example='"yes"',
        ),
    )
    named: Mapping[FactName, tuple[str, ...]] = field(
        factory=dict,
        metadata=says(
            "Facts declared in `[facts]`, each with the words that hold.",
            example='{ frequentation = ["reguliere"] }',
        ),
    )


class Supplied(Enum):
    """
    Who brings the meal.
    """

    YES = "yes"
    NO = "no"


_FIGURES = (
    "quotient",
    "income",
    "dependants",
    "rank",
    "siblings",
    "nth",
    "age",
)
_HOURS = ("arrives", "leaves")
_NAMES = {
    "accueils": "accueil",
    "amplitudes": "amplitude",
    "weekdays": "weekday",
}


def _limit(value: object) -> Decimal:
    return Decimal(value) if type(value) is int else read_figure(value)


def bounds(file: BoundsFile) -> Bounds:
    """
    Raises:
        ValueError: If it has no bound, or two on one side.
    """
    if file.exactly is not None:
        others = (file.at_least, file.more_than, file.at_most, file.less_than)
        if any(other is not None for other in others):
            msg = "« exactly » leaves no room for another bound"
            raise ValueError(msg)
        return Bounds(above=file.exactly, up_to=file.exactly)
    lower = _one(file.at_least, file.more_than, "at_least or more_than")
    upper = _one(file.at_most, file.less_than, "at_most or less_than")
    if lower is None and upper is None:
        msg = (
            "has no bound: write exactly, at_least, more_than, at_most or "
            "less_than"
        )
        raise ValueError(msg)
    return Bounds(
        above=lower,
        above_included=file.more_than is None,
        up_to=upper,
        up_to_included=file.less_than is None,
    )


def _one(
    included: Decimal | None, excluded: Decimal | None, either: str
) -> Decimal | None:
    if included is not None and excluded is not None:
        msg = f"has two bounds on one side: keep {either}"
        raise ValueError(msg)
    return excluded if included is None else included


def _when(file: WhenFile) -> When:
    return When(tuple(_tests(file)))


def _tests(file: WhenFile) -> Iterator[Test]:
    for key in fields(WhenFile):
        value = getattr(file, key.name)
        if value is None:
            continue
        name = FactName(_NAMES.get(key.name, key.name))
        if key.name in _FIGURES:
            yield Within(name, value)
        elif key.name in _HOURS:
            yield Within(name, _hours(value))
        elif key.name == "dates":
            yield Yearly(
                first=month_and_day(value.first_day),
                last=month_and_day(value.last_day),
            )
        elif key.name == "named":
            for fact, words in value.items():
                yield OneOf(fact, _words(words, f"named.{fact}"))
        else:
            yield OneOf(name, _words(value, key.name))


def _words(value: object, key: str) -> tuple[str, ...]:
    listed = value if isinstance(value, tuple) else (value,)
    if not listed:
        msg = f"{key} is empty: write one word at least, or leave it out"
        raise ValueError(msg)
    return tuple(one.value if isinstance(one, Enum) else one for one in listed)


def _hours(hours: HoursFile) -> Bounds:
    if hours == HoursFile():
        msg = "has no bound: write from_hour, to_hour or both"
        raise ValueError(msg)
    first, last = hours.from_hour, hours.to_hour
    if first is not None and last is not None and last < first:
        msg = f"ends at {last}, before it begins at {first}"
        raise ValueError(msg)
    return Bounds(
        above=_minutes(hours.from_hour), up_to=_minutes(hours.to_hour)
    )


def _minutes(at: dt.time | None) -> Decimal | None:
    return (
        None if at is None else Decimal(at.hour * MINUTES_AN_HOUR + at.minute)
    )


_DAY_OF_YEAR = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)
LEAP_YEAR = 2024


def month_and_day(text: str) -> int:
    """
    « 02-29 » as 229.

    Raises:
        ValueError: If it is no day of any year.
    """
    found = _DAY_OF_YEAR.fullmatch(text)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 - told below, as is 02-30
        day = dt.date(LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError:
        msg = f'{text!r} is no day of a year: write month and day, as "08-31"'
        raise ValueError(msg) from None
    return day.month * 100 + day.day


SHAPES = (
    Shape(Limit, Decimal, Limit, short=_limit),
    Shape(Bounds, BoundsFile, bounds),
    Shape(When, WhenFile, _when),
)
