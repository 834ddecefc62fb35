"""
What cancelling gives back, as written.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import field, fields_dict, frozen

from portail_core.domain.cancellation import (
    Aids,
    Counted,
    CreditedAmount,
    CreditedShare,
    Extent,
    FirstDay,
    Gift,
    InARow,
    KeptAmount,
    Outcome,
    Per,
    Policy,
    Quota,
    Waiting,
    Whose,
)
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import Deadline
from portail_core.domain.ids import PrestationCode, ReasonCode
from portail_core.domain.money import Money
from portail_core.domain.spans import Each
from portail_core.wire import Shape

from ._added import Place, added, by_plugin
from ._bounds import at_most
from ._says import says

MOST_DAYS = 366


@frozen(kw_only=True)
class InARowFile:
    """
    « À partir de N jours consécutifs. »
    """

    days: int = field(
        metadata=says("N itself is enough; 1 to 366.", example="4"),
    )
    counted: Counted = field(
        metadata=says(
            "Every calendar day from the first to the last, those on which "
            "the period is open, or those that the child has booked.",
            example='"opening"',
        ),
    )


@frozen(kw_only=True)
class WaitingFile:
    """
    « Carence »: first days of an absence that stay due.
    """

    days: int = field(metadata=says("How many; 1 to 366.", example="3"))
    counted: Counted = field(
        metadata=says(
            "Calendar days, opening days, or days that the child has booked.",
            example='"calendar"',
        ),
    )
    first_day: FirstDay = field(
        metadata=says(
            "Whether the first day of the absence is one of them; excluded, "
            "it is kept as well.",
            example='"included"',
        ),
    )
    waived_by: tuple[ReasonCode, ...] = field(
        default=(),
        metadata=says(
            "Reasons for which no day stays due.", example='["deces"]'
        ),
    )


@frozen(kw_only=True)
class QuotaFile:
    """
    A number of cancelled days that an outcome answers, and no more.
    """

    days: int = field(metadata=says("How many; 1 to 366.", example="2"))
    each: Each = field(
        metadata=says("When the count begins again.", example='"month"'),
    )
    whose: Whose = field(
        metadata=says(
            "Whether each child has as many, or the household.",
            example='"child"',
        ),
    )


@frozen(kw_only=True)
class OutcomeFile:
    """
    What cancelling gives back, told by one of `credited_share`, `kept_share`,
    `kept_amount` and `credited_amount`, and what it takes for that.
    """

    label: str = field(
        metadata=says(
            "The sentence that families are told, with the amount.",
            example='"Annulation à temps : un avoir du montant payé."',
        ),
    )
    credited_share: Decimal | None = field(
        default=None,
        metadata=says(
            "The part of what was paid that comes back, 0 to 1.",
            example='"0.5"',
        ),
    )
    kept_share: Decimal | None = field(
        default=None,
        metadata=says(
            "The part of what was paid that stays due, 0 to 1.",
            example='"0.10"',
        ),
    )
    kept_at_least: Money | None = field(
        default=None,
        metadata=says(
            "With a share: euros a day that stay due at the least.",
            example='"2.00"',
        ),
    )
    kept_at_most: Money | None = field(
        default=None,
        metadata=says(
            "With a share: euros a day that stay due at the most.",
            example='"15.00"',
        ),
    )
    kept_amount: Money | None = field(
        default=None,
        metadata=says(
            "Euros that stay due, never more than was paid; with `per`.",
            example='"5.00"',
        ),
    )
    per: Per | None = field(
        default=None,
        metadata=says(
            "Whether `kept_amount` is kept of each day, or once for the days "
            "cancelled together.",
            example='"cancellation"',
        ),
    )
    credited_amount: Money | None = field(
        default=None,
        metadata=says(
            "Euros a day that come back, never more than was paid.",
            example='"3.20"',
        ),
    )
    prestations: tuple[PrestationCode, ...] | None = field(
        default=None,
        metadata=says(
            "Only what was paid for these may come back; the others stay due.",
            example='["repas"]',
        ),
    )
    until: Deadline | None = field(
        default=None,
        metadata=says(
            "Last moment to cancel, included.",
            example="{ days_before = 2, at = 12:00:00 }",
        ),
    )
    when: When = field(
        default=ALWAYS,
        metadata=says(
            "What must hold of the child-day.",
            example='{ season = "school-holidays" }',
        ),
    )
    reasons: tuple[ReasonCode, ...] | None = field(
        default=None,
        metadata=says(
            "One of these, of `[[reasons]]`, must be given.",
            example='["maladie"]',
        ),
    )
    extent: Extent = field(
        default=Extent.ANY,
        metadata=says(
            "All that the child has booked of the week, or of the period, "
            "must be cancelled together.",
            example='"whole-period"',
        ),
    )
    in_a_row: InARow | None = field(
        default=None,
        metadata=says(
            "So many days in a row must be cancelled.",
            example='{ days = 4, counted = "opening" }',
        ),
    )
    quota: Quota | None = field(
        default=None,
        metadata=says(
            "For so many days only.",
            example='{ days = 2, each = "month", whose = "child" }',
        ),
    )
    waiting: Waiting | None = field(
        default=None,
        metadata=says(
            "« Carence »: first days that stay due.",
            example='{ days = 3, counted = "calendar", '
            'first_day = "included" }',
        ),
    )
    aids: Aids = field(
        default=Aids.LEFT,
        metadata=says(
            "Whether the family owes the aid that a third party paid for the "
            "day.",
            example='"rebilled"',
        ),
    )


@frozen(kw_only=True)
class CancellationFile:
    """
    The outcomes of a cancellation in order, from a day on.
    """

    since: dt.date = field(
        metadata=says("First day cancelled.", example="2026-09-01"),
    )
    source: str = field(
        metadata=says(
            "As one would cite it.", example='"délibération n° 2026-12"'
        ),
    )
    outcomes: tuple[Outcome, ...] = field(
        metadata=says(
            "The first one that answers does; the last one answers the rest.",
            example='[{ credited_share = "0", label = "La journée reste '
            'due." }]',
        ),
    )


_GIFTS = ("credited_share", "kept_share", "kept_amount", "credited_amount")
_WITH_GIFTS = ("kept_at_least", "kept_at_most", "per")
_COMMON = tuple(
    name
    for name in fields_dict(OutcomeFile)
    if name not in {*_GIFTS, *_WITH_GIFTS}
)
_ONCE = (
    "an outcome gives back by one of credited_share or kept_share "
    "(+ kept_at_least, kept_at_most), kept_amount + per, credited_amount"
)


def _outcome(file: OutcomeFile) -> Outcome:
    return Outcome(
        label=file.label,
        gift=_gift(file),
        prestations=file.prestations,
        until=file.until,
        when=file.when,
        reasons=file.reasons,
        extent=file.extent,
        in_a_row=file.in_a_row,
        quota=file.quota,
        waiting=file.waiting,
        aids=file.aids,
    )


def _gift(file: OutcomeFile) -> Gift:
    leading = (*_GIFTS, *(kind.key for kind in added(file)))
    written = [key for key in leading if getattr(file, key) is not None]
    if len(written) != 1:
        found = " and ".join(written) or "nothing"
        msg = (
            f"« {file.label} » must say what is given back once, by one of "
            f"{', '.join(leading)}: there is {found}"
        )
        raise ValueError(msg)
    (key,) = written
    _belongs(file, "per", key, ("kept_amount",))
    for bound in ("kept_at_least", "kept_at_most"):
        _belongs(file, bound, key, ("credited_share", "kept_share"))
    kind: Gift | None = by_plugin(file, *_COMMON, of=_ONCE)
    if kind is not None:
        return kind
    if file.kept_amount is not None:
        if file.per is None:
            msg = (
                f"« {file.label} » keeps {key} of what? Write per = "
                '"day" or per = "cancellation"'
            )
            raise ValueError(msg)
        return KeptAmount(file.kept_amount, per=file.per)
    if file.credited_amount is not None:
        return CreditedAmount(file.credited_amount)
    return CreditedShare(
        _credited(file, key),
        kept_at_least=file.kept_at_least,
        kept_at_most=file.kept_at_most,
    )


def _credited(file: OutcomeFile, key: str) -> Decimal:
    written: Decimal = getattr(file, key)
    if not 0 <= written <= 1:
        msg = f"{key} is {written}, expected a share from 0 to 1"
        raise ValueError(msg)
    return 1 - written if key == "kept_share" else written


def _belongs(
    file: OutcomeFile, key: str, written: str, to: tuple[str, ...]
) -> None:
    if getattr(file, key) is not None and written not in to:
        msg = (
            f"« {file.label} »: {key} goes with {' or '.join(to)}, not with "
            f"{written}"
        )
        raise ValueError(msg)


def _counting(kind: Any) -> Any:
    # Their fields are those of the file, with bounds of its own.
    def read(file: Any) -> Any:
        at_most(MOST_DAYS, days=file.days)
        names = (key.name for key in file.__attrs_attrs__)
        return kind(**{name: getattr(file, name) for name in names})

    return read


def _cancellation(file: CancellationFile) -> Decision[Policy]:
    policy = Policy(outcomes=file.outcomes)
    return Decision(since=file.since, source=file.source, value=policy)


ADDED = Place(files=(OutcomeFile,), shared=("kept_at_least", "kept_at_most"))
SHAPES = (
    Shape(InARow, InARowFile, _counting(InARow)),
    Shape(Waiting, WaitingFile, _counting(Waiting)),
    Shape(Quota, QuotaFile, _counting(Quota)),
    Shape(Outcome, OutcomeFile, _outcome),
    Shape(Decision[Policy], CancellationFile, _cancellation),
    Shape(History[Policy], tuple[Decision[Policy], ...], History),
)
