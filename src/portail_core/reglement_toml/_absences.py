"""
What days cost that did not go as they were booked, as written.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from portail_core.domain.absences import (
    AbsencePolicy,
    Applied,
    DayRule,
    PickupRule,
    Repeated,
)
from portail_core.domain.cancellation import Whose
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.dated import Decision, History
from portail_core.domain.money import ZERO, Money
from portail_core.domain.spans import Each
from portail_core.wire import Shape

from ._bounds import at_most
from ._says import says

MOST_TIMES = 366
MOST_MINUTES = 24 * 60
MOST_SHARE = 100


@frozen(kw_only=True)
class RuleFile:
    """
    What every rule of an absence says.
    """

    label: str = field(
        metadata=says(
            "The sentence that families are told, with the amount.",
            example='"Absence non signalée : la journée est due."',
        ),
    )
    when: When = field(
        default=ALWAYS,
        metadata=says(
            "What must hold of the child-day.",
            example='{ season = "school-holidays" }',
        ),
    )
    from_nth: int | None = field(
        default=None,
        metadata=says(
            "From which one on, 1 to 366, of the same kind and child, or "
            "household for a late pick-up; with `each`.",
            example="3",
        ),
    )
    each: Each | None = field(
        default=None,
        metadata=says("When that count begins again.", example='"month"'),
    )
    applied: Applied = field(
        default=Applied.ALWAYS,
        metadata=says(
            "Whether it is charged in any case, or if staff decides so "
            "(« pourra être facturée »).",
            example='"if-decided"',
        ),
    )


@frozen(kw_only=True)
class DayRuleFile(RuleFile):
    """
    What a day costs on which the child did not come, or came unbooked.
    """

    price_share: Decimal | None = field(
        default=None,
        metadata=says(
            "What is due in the place of the day's price, as a part of it, "
            "0 to 100; without it, the price stays as it is.",
            example='"1.5"',
        ),
    )
    penalty: Money = field(
        default=ZERO,
        metadata=says("Euros beside the price.", example='"5.00"'),
    )


@frozen(kw_only=True)
class PickupRuleFile(RuleFile):
    """
    What it costs to pick a child up late.
    """

    closes_at: dt.time = field(
        metadata=says(
            "From when lateness is counted, Paris.", example="18:30:00"
        ),
    )
    grace_minutes: int = field(
        default=0,
        metadata=says(
            "Minutes late that still cost nothing; at that very minute it "
            "does. 0 to 1439.",
            example="5",
        ),
    )
    penalty: Money = field(metadata=says("Euros.", example='"10.00"'))
    per_started_minutes: int | None = field(
        default=None,
        metadata=says(
            "The penalty is asked for once for each time that so many "
            "minutes have begun, 1 to 1440: 15 is « par quart d'heure "
            "entamé ». Without it, once.",
            example="15",
        ),
    )
    whose: Whose = field(
        metadata=says(
            "Whether it is asked for each child, or once for the household.",
            example='"child"',
        ),
    )
    at_most: Money | None = field(
        default=None,
        metadata=says("Euros an evening at the most.", example='"30.00"'),
    )


@frozen(kw_only=True)
class AbsencesFile:
    """
    What absences cost, from a day on; in each list the first rule that
    answers does, and where none does nothing is charged.
    """

    since: dt.date = field(
        metadata=says("First day that it holds for.", example="2026-09-01"),
    )
    source: str = field(
        metadata=says(
            "As one would cite it.", example='"délibération n° 2026-12"'
        ),
    )
    unexcused: tuple[DayRule, ...] = field(
        default=(),
        metadata=says(
            "Booked days on which the child did not come, and nobody told.",
            example='[{ price_share = "1", label = "La journée est due." }]',
        ),
    )
    unbooked: tuple[DayRule, ...] = field(
        default=(),
        metadata=says(
            "Days on which the child came, and nobody had booked.",
            example='[{ price_share = "1.5", label = "Majorée de moitié." }]',
        ),
    )
    late_pickup: tuple[PickupRule, ...] = field(
        default=(),
        metadata=says(
            "Children who are picked up after the hour.",
            example='[{ closes_at = 18:30:00, penalty = "5.00", whose = '
            '"child", label = "Retard." }]',
        ),
    )


def _repeated(file: RuleFile) -> Repeated | None:
    match file.from_nth, file.each:
        case None, None:
            return None
        case int(nth), Each() as each:
            at_most(MOST_TIMES, from_nth=nth)
            return Repeated(from_nth=nth, each=each)
        case _:
            msg = (
                f"« {file.label} »: from_nth and each go together, as in "
                'from_nth = 3, each = "month"'
            )
            raise ValueError(msg)


def _day_rule(file: DayRuleFile) -> DayRule:
    if file.price_share is not None and file.price_share > MOST_SHARE:
        msg = (
            f"price_share is {file.price_share}, expected {MOST_SHARE} at the "
            'most: "1.5" is half as much again'
        )
        raise ValueError(msg)
    return DayRule(
        label=file.label,
        price_share=file.price_share,
        penalty=file.penalty,
        when=file.when,
        repeated=_repeated(file),
        applied=file.applied,
    )


def _pickup_rule(file: PickupRuleFile) -> PickupRule:
    if file.per_started_minutes is not None:
        at_most(MOST_MINUTES, per_started_minutes=file.per_started_minutes)
    return PickupRule(
        label=file.label,
        closes_at=file.closes_at,
        grace_minutes=file.grace_minutes,
        penalty=file.penalty,
        started_minutes=file.per_started_minutes,
        whose=file.whose,
        at_most=file.at_most,
        when=file.when,
        repeated=_repeated(file),
        applied=file.applied,
    )


def _absences(file: AbsencesFile) -> Decision[AbsencePolicy]:
    policy = AbsencePolicy(
        unexcused=file.unexcused,
        unbooked=file.unbooked,
        late_pickup=file.late_pickup,
    )
    return Decision(since=file.since, source=file.source, value=policy)


SHAPES = (
    Shape(DayRule, DayRuleFile, _day_rule),
    Shape(PickupRule, PickupRuleFile, _pickup_rule),
    Shape(Decision[AbsencePolicy], AbsencesFile, _absences),
    Shape(
        History[AbsencePolicy], tuple[Decision[AbsencePolicy], ...], History
    ),
)
