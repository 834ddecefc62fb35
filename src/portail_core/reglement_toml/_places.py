"""
Amplitudes and places, as written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NewType

from attrs import field, frozen

from portail_core.domain.amplitudes import (
    Amplitude,
    Hours,
    Meal,
    Presence,
)
from portail_core.domain.bounds import Bounds
from portail_core.domain.capacity import Capacity, Pool
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    EstablishmentCode,
    PartCode,
    PoolCode,
    PrestationCode,
)
from portail_core.wire import Shape, read_figure

from ._bounds import at_most
from ._says import says

MOST_PLACES = 100_000
OLDEST = 120

HowMuch = NewType("HowMuch", Decimal)
"""A quantity that is billed; below zero for the time of presence."""
PRESENCE = HowMuch(Decimal(-1))
Places = NewType("Places", int)
"""A capacity."""


@frozen(kw_only=True)
class OpeningHoursFile:
    """
    From when to when, Paris.
    """

    from_hour: dt.time = field(
        metadata=says("When it begins.", example="07:30:00"),
    )
    to_hour: dt.time = field(
        metadata=says("When it ends.", example="18:30:00"),
    )


@frozen(kw_only=True)
class AmplitudeFile:
    """
    What a family chooses for a day.
    """

    code: AmplitudeCode = field(
        metadata=says(
            "Its code: 1 to 60 letters, digits, or . _ + -.",
            example='"JOURNEE-REPAS"',
        ),
    )
    label: str = field(
        metadata=says("As families read it.", example='"JOURNEE AVEC REPAS"'),
    )
    parts: tuple[PartCode, ...] = field(
        metadata=says(
            "Parts of the day that it takes, one or more, by names of your "
            "own; two amplitudes of one child and day share none.",
            example='["matin", "midi", "apres-midi"]',
        ),
    )
    prestations: Mapping[PrestationCode, HowMuch] = field(
        metadata=says(
            "What is billed, each with its quantity: times or hours, more "
            'than 0; or "presence", for one that is billed by the time '
            "between arrival and departure.",
            example='{ repas = "1", heure = "presence" }',
        ),
    )
    hours: Hours | None = field(
        default=None,
        metadata=says(
            "Opening hours, Paris.",
            example="{ from_hour = 07:30:00, to_hour = 18:30:00 }",
        ),
    )
    presence: Presence = field(
        default=Presence.WHOLE,
        metadata=says(
            "`whole`: booked as it is; `hourly`: the family says when the "
            "child arrives and leaves, within `hours`.",
            example='"hourly"',
        ),
    )
    meal: Meal | None = field(
        default=None,
        metadata=says(
            "Whether there is a meal: `included`, `none`, or `supplied` by "
            "the family.",
            example='"included"',
        ),
    )
    excludes: tuple[AmplitudeCode, ...] = field(
        default=(),
        metadata=says(
            "Amplitudes that the child may not have the same day, though "
            "they share no part; it is enough that one of the two says so.",
            example='["STAGE"]',
        ),
    )
    requires: tuple[AmplitudeCode, ...] = field(
        default=(),
        metadata=says(
            "Amplitudes of which the child needs one the same day, booked "
            "or in the basket.",
            example='["JOURNEE", "JOURNEE-REPAS"]',
        ),
    )
    ages: Bounds | None = field(
        default=None,
        metadata=says(
            "Ages that may have it, whole years on the day.",
            example="{ at_least = 3, at_most = 11 }",
        ),
    )


@frozen(kw_only=True)
class PoolFile:
    """
    Places that children share.  Where no pool counts, there is no limit.
    """

    code: PoolCode = field(
        metadata=says(
            "Its code: 1 to 60 letters, digits, or . _ + -.",
            example='"moins-de-6-ans"',
        ),
    )
    label: str = field(
        metadata=says("As staff reads it.", example='"Moins de 6 ans"'),
    )
    capacity: Places = field(
        metadata=says(
            'Places per part of a day: 0 is closed, "unlimited" is no limit.',
            example="24",
        ),
    )
    accueils: tuple[AccueilCode, ...] | None = field(
        default=None,
        metadata=says(
            "Accueils that share the places; or write `establishment`.",
            example='["mercredis", "vacances"]',
        ),
    )
    establishment: EstablishmentCode | None = field(
        default=None,
        metadata=says(
            "All the accueils of this site share the places.",
            example='"aubignosc"',
        ),
    )
    parts: tuple[PartCode, ...] | None = field(
        default=None,
        metadata=says(
            "Parts of the day that are counted; every part if it is not "
            "written.",
            example='["midi"]',
        ),
    )
    first_age: int = field(
        default=0,
        metadata=says(
            "Youngest age counted, whole years on the day.", example="6"
        ),
    )
    last_age: int | None = field(
        default=None,
        metadata=says(
            "Oldest age counted, included; no limit if it is not written.",
            example="5",
        ),
    )
    when: When = field(
        default=ALWAYS,
        metadata=says(
            "Days and amplitudes that it counts: by `weekdays`, `dates`, "
            "`season`, `amplitudes`; where it does not hold, this pool sets "
            "no limit.",
            example='{ weekdays = ["wednesday"] }',
        ),
    )


def _hours(file: OpeningHoursFile) -> Hours:
    return Hours(arrives=file.from_hour, leaves=file.to_hour)


def _how_much(value: object) -> HowMuch:
    if value == "presence":
        return PRESENCE
    quantity = read_figure(value)
    if quantity <= 0:
        msg = f"is counted {quantity} times, expected more than 0"
        raise ValueError(msg)
    return HowMuch(quantity)


def _amplitude(file: AmplitudeFile) -> Amplitude:
    return Amplitude(
        code=file.code,
        label=file.label,
        parts=file.parts,
        prestations={
            code: quantity
            for code, quantity in file.prestations.items()
            if quantity != PRESENCE
        },
        timed=tuple(
            code
            for code, quantity in file.prestations.items()
            if quantity == PRESENCE
        ),
        hours=file.hours,
        presence=file.presence,
        meal=file.meal,
        excludes=file.excludes,
        requires=file.requires,
        ages=file.ages,
    )


def _places(value: object) -> Capacity:
    if value == "unlimited":
        return "unlimited"
    if type(value) is not int or value < 0:
        msg = (
            f"{value!r} is no capacity: write how many places without "
            'quotes, as 24; 0 is closed, "unlimited" is no limit'
        )
        raise ValueError(msg)
    at_most(MOST_PLACES, capacity=value)
    return value


def _pool(file: PoolFile) -> Pool:
    ages = {"first_age": file.first_age}
    if file.last_age is not None:
        ages["last_age"] = file.last_age
    at_most(OLDEST, **ages)
    return Pool(
        code=file.code,
        label=file.label,
        capacity=file.capacity,
        accueils=file.accueils,
        establishment=file.establishment,
        parts=file.parts,
        first_age=file.first_age,
        last_age=file.last_age,
        when=file.when,
    )


SHAPES = (
    Shape(Hours, OpeningHoursFile, _hours),
    Shape(HowMuch, Decimal, HowMuch, short=_how_much),
    Shape(Places, Any, _places),
    Shape(Amplitude, AmplitudeFile, _amplitude),
    Shape(Pool, PoolFile, _pool),
)
