"""
The request document, key by key: days, and every fact that they are priced
by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NewType

from attrs import field, frozen

from portail_core.domain.cancellation import By
from portail_core.domain.facts import Booked, Scheme
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    FactName,
    PeriodCode,
    PrestationCode,
    ReasonCode,
)
from portail_core.domain.quotient_familial import MOST
from portail_core.reglement_toml._calendar import Weekday
from portail_core.reglement_toml._says import says
from portail_core.reglement_toml._when import Limit
from portail_core.wire import Shape, read_figure

Count = NewType("Count", int)
"""A whole number of things."""

MOST_COUNTED = 1_000


@frozen(kw_only=True)
class QuotientFile:
    """
    One of the quotients familiaux that the household gave.
    """

    value: Limit = field(metadata=says("Euros.", example='"650"'))
    month: dt.date = field(
        metadata=says(
            "First day of the month that it was computed for.",
            example="2026-05-01",
        )
    )
    received_on: dt.date = field(
        metadata=says(
            "When the operator had it, in Paris.", example="2026-05-04"
        )
    )


@frozen(kw_only=True)
class HouseholdFile:
    """
    Who pays.  What is not written is unknown: a rule that asks for it is
    refused with its name.
    """

    quotient: Limit | None = field(
        default=None,
        metadata=says(
            "The quotient familial, euros, good on every day; 0 is a "
            "quotient.",
            example='"650"',
            otherwise="a household without one, unless there are `quotients`",
        ),
    )
    quotients: tuple[QuotientFile, ...] = field(
        default=(),
        metadata=says(
            "In place of `quotient`, where it changes or ends: the règlement "
            "says from when one counts, and how long.",
            example='[{ value = "650", month = 2026-05-01, received_on = '
            "2026-05-04 }]",
        ),
    )
    income: Limit | None = field(
        default=None,
        metadata=says("Of the household, euros a month.", example='"2400"'),
    )
    dependants: Count | None = field(
        default=None,
        metadata=says(
            "Children that it brings up, booked or not.", example="3"
        ),
    )
    siblings: Count | None = field(
        default=None,
        metadata=says(
            "How many of its children count for the prices of siblings.",
            example="2",
            otherwise="those of `children` that the règlement counts",
        ),
    )
    residency: str | None = field(
        default=None,
        metadata=says(
            "Where it lives: the code of one of the règlement's "
            "`residencies`.",
            example='"commune"',
        ),
    )
    scheme: Scheme | None = field(
        default=None,
        metadata=says("Who pays its family benefits.", example='"caf"'),
    )
    facts: Mapping[FactName, str] = field(
        factory=dict,
        metadata=says(
            "Facts that the règlement declares in `facts`, each with one of "
            "its words.",
            example='{ frequentation = "reguliere" }',
        ),
    )


@frozen(kw_only=True)
class DayFile:
    """
    A day (`day`), or the open days between two (`first_day`, `last_day`):
    with an `amplitude`, or `prestations` alone.
    """

    day: dt.date | None = field(
        default=None,
        metadata=says("The day that the child comes.", example="2026-05-27"),
    )
    first_day: dt.date | None = field(
        default=None,
        metadata=says(
            "In place of `day`, with `last_day`: every open day from this one "
            "on.",
            example="2026-05-01",
        ),
    )
    last_day: dt.date | None = field(
        default=None,
        metadata=says("Until this day, included.", example="2026-06-30"),
    )
    weekdays: tuple[Weekday, ...] | None = field(
        default=None,
        metadata=says(
            "Of the days from `first_day` to `last_day`, these.",
            example='["wednesday"]',
            otherwise="all of them",
        ),
    )
    accueil: AccueilCode | None = field(
        default=None,
        metadata=says(
            "Where: the code of an accueil.",
            example='"mercredis"',
            otherwise="the child's, or the only one that may be meant",
        ),
    )
    period: PeriodCode | None = field(
        default=None,
        metadata=says(
            "The code of a period.",
            example='"mercredis-2025-2026"',
            otherwise="the child's, or the only one that is open that day",
        ),
    )
    amplitude: AmplitudeCode | None = field(
        default=None,
        metadata=says(
            "What is chosen for the day: a code of the accueil's; several on "
            "one day are several entries.",
            example='"JOURNEE-REPAS"',
        ),
    )
    prestations: Mapping[PrestationCode, Limit] = field(
        factory=dict,
        metadata=says(
            "In place of `amplitude`: what is billed, each with its quantity "
            "(times, or hours): a meal alone, a membership.  The accueil "
            "may be closed that day.",
            example="{ repas = 1 }",
        ),
    )
    arrives: dt.time | None = field(
        default=None,
        metadata=says(
            "When the child arrives, Paris; with `leaves`.",
            example="07:40:00",
            otherwise="the hours of the amplitude, unless families choose "
            "them",
        ),
    )
    leaves: dt.time | None = field(
        default=None,
        metadata=says(
            "When the child leaves, Paris; with `arrives`.",
            example="18:10:00",
        ),
    )
    booked: Booked | None = field(
        default=None,
        metadata=says(
            "How the day came to be.",
            example='"late"',
            otherwise="`late` if `booked_at` or `booked_on` is past the "
            "deadline, else `in-time`",
        ),
    )


@frozen(kw_only=True)
class ChildFile:
    """
    A child and its days.
    """

    name: str = field(
        default="",
        metadata=says(
            "By which the answer names it.",
            example='"A"',
            otherwise="its rank here",
        ),
    )
    birth_date: dt.date | None = field(
        default=None,
        metadata=says(
            "Says its age on each day, and orders siblings.",
            example="2018-04-02",
        ),
    )
    age: Count | None = field(
        default=None,
        metadata=says(
            "In place of `birth_date`: whole years, on every day.",
            example="7",
        ),
    )
    rank: Count | None = field(
        default=None,
        metadata=says(
            "Among the siblings that count, from 1.",
            example="2",
            otherwise="by the `birth_date` of every child, as the règlement "
            "says",
        ),
    )
    meal_supplied: bool = field(
        default=False,
        metadata=says(
            "Whether the family brings the meal, by a care plan (« PAI »).",
            example="true",
            otherwise="`false`",
        ),
    )
    cost: Limit | None = field(
        default=None,
        metadata=says(
            "Of the activity itself for one child, euros, where a price is a "
            "share of it.",
            example='"480"',
        ),
    )
    amounts: Mapping[PrestationCode, Limit] = field(
        factory=dict,
        metadata=says(
            "What the operator set for this child, euros, where prices are "
            "individual.",
            example='{ journee = "4.20" }',
        ),
    )
    facts: Mapping[FactName, str] = field(
        factory=dict,
        metadata=says(
            "The same for this child; they win over the household's.",
            example='{ frequentation = "reguliere" }',
        ),
    )
    accueil: AccueilCode | None = field(
        default=None,
        metadata=says(
            "Of the days that say none.",
            example='"mercredis"',
            otherwise="the document's",
        ),
    )
    period: PeriodCode | None = field(
        default=None,
        metadata=says(
            "Of the days that say none.",
            example='"mercredis-2025-2026"',
            otherwise="the document's",
        ),
    )
    days: tuple[DayFile, ...] = field(
        default=(),
        metadata=says(
            "At least one for one of the children; a child without days "
            "counts among siblings.",
            example='[{ day = 2026-05-27, amplitude = "JOURNEE-REPAS" }]',
        ),
    )


@frozen(kw_only=True)
class PastFile:
    """
    A day that the household cancelled before.
    """

    day: dt.date = field(
        metadata=says("That was cancelled.", example="2026-03-11")
    )
    child: str = field(
        default="",
        metadata=says(
            "The name of one of the children.",
            example='"A"',
            otherwise="the only one",
        ),
    )
    label: str = field(
        metadata=says(
            "The label of the outcome that answered then, as the règlement "
            "has it.",
            example='"Trois jours par an sans motif."',
        )
    )
    reason: ReasonCode | None = field(
        default=None,
        metadata=says("The one that was given.", example='"maladie"'),
    )


@frozen(kw_only=True)
class CancelFile:
    """
    What is cancelled, when and why.
    """

    at: dt.datetime = field(
        metadata=says(
            "When the family cancels, Paris.", example="2026-05-25T10:00:00"
        )
    )
    days: tuple[dt.date, ...] | None = field(
        default=None,
        metadata=says(
            "Which of the days; whatever the child has then.",
            example="[2026-05-27]",
            otherwise="all that are not past; by the operator, all of them",
        ),
    )
    children: tuple[str, ...] | None = field(
        default=None,
        metadata=says(
            "Of which children, by name.",
            example='["A"]',
            otherwise="of all of them",
        ),
    )
    reason: ReasonCode | None = field(
        default=None,
        metadata=says(
            "The code of one of the règlement's `reasons`.",
            example='"maladie"',
        ),
    )
    by: By = field(
        default=By.FAMILY,
        metadata=says("Whose reason it is.", example='"operator"'),
    )
    about: str | None = field(
        default=None,
        metadata=says(
            "The name of the child whom the reason is about.",
            example='"A"',
            otherwise="the one whose days are cancelled",
        ),
    )
    document_at: dt.datetime | None = field(
        default=None,
        metadata=says(
            "When the document of the reason came, Paris.",
            example="2026-05-26T09:00:00",
            otherwise="it has not come yet",
        ),
    )
    past: tuple[PastFile, ...] = field(
        default=(),
        metadata=says(
            "Days cancelled before, which use quotas up.",
            example='[{ day = 2026-03-11, label = "…" }]',
        ),
    )


@frozen(kw_only=True)
class InquiryFile(ChildFile):
    """
    The whole document.  For one child, its own keys stand here, in place of
    `children`.
    """

    booked_on: dt.date | None = field(
        default=None,
        metadata=says(
            "When the family asks, in Paris; needed where something depends "
            "on it.",
            example="2026-05-13",
        ),
    )
    booked_at: dt.datetime | None = field(
        default=None,
        metadata=says(
            "In place of `booked_on`, to the second, Paris.",
            example="2026-05-13T11:12:56",
        ),
    )
    household: HouseholdFile = field(
        default=HouseholdFile(),
        metadata=says(
            "Who pays.", example="[household]", otherwise="nothing is known"
        ),
    )
    children: tuple[ChildFile, ...] = field(
        default=(),
        metadata=says(
            "Several children of the household, and their days.",
            example="[[children]]",
        ),
    )
    cancel: CancelFile | None = field(
        default=None,
        metadata=says(
            "For `portail cancel`: the days above are booked and paid, and "
            "these are given back.",
            example="[cancel]",
        ),
    )


def _figure(value: object) -> Decimal:
    figure = Decimal(value) if type(value) is int else read_figure(value)
    if not 0 <= figure <= MOST:
        msg = f"{value} is not from 0 to {MOST}"
        raise ValueError(msg)
    return figure


def _count(count: int) -> Count:
    if not 0 <= count <= MOST_COUNTED:
        msg = f"{count} is not from 0 to {MOST_COUNTED}"
        raise ValueError(msg)
    return Count(count)


SHAPES = (
    Shape(Limit, Decimal, _figure, short=_figure),
    Shape(Count, int, _count),
)
