"""
`portail deadlines`: until when a child-day is booked, changed, cancelled.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_never, cast

from attrs import AttrsInstance, fields_dict, frozen

from portail_core import french
from portail_core.domain.bookings import closed_day
from portail_core.domain.cancellation import (
    CreditedAmount,
    CreditedShare,
    Gift,
    GiftKind,
    KeptAmount,
)
from portail_core.domain.deadlines import Cutoff
from portail_core.domain.ids import AmplitudeCode
from portail_core.domain.money import Money
from portail_core.domain.offers import Accueil, Period
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.timetables import (
    CancelUntil,
    Open,
    Timetable,
    Until,
    timetable,
)
from portail_core.wire import dump

from . import words
from ._childdays import (
    check_words,
    facts_of,
    sentences,
    the_accueil,
    the_amplitudes,
    the_period,
)
from ._local import local

Tree = Mapping[str, Any]


@frozen(kw_only=True)
class Asked:
    """
    What was typed.

    Attributes:
        period: `None` if the day says which.

        amplitude: `None` if all have the same deadlines.

        at: When somebody would book, change or cancel, UTC.

        facts: Whatever else is known of the child-day, name by name.
    """

    accueil: str
    day: dt.date
    period: str | None
    amplitude: str | None
    at: dt.datetime | None
    facts: Mapping[str, str]


def as_json(file: Path, asked: Asked) -> str:
    """
    The deadlines of a child-day, for programs.

    Raises:
        OSError: If there is no such file.
        ValueError: With a line for each thing that is wrong.
    """
    return json.dumps(_tree(file, asked), ensure_ascii=False, indent=2)


def as_text(file: Path, asked: Asked) -> str:
    """
    The same, for people.

    Raises:
        OSError: If there is no such file.
        ValueError: With a line for each thing that is wrong.
    """
    return "\n".join(_lines(_tree(file, asked), asked.day))


def _tree(file: Path, asked: Asked) -> Tree:
    reglement = words.read(file)
    accueil = the_accueil(reglement, asked.accueil)
    period = the_period(reglement, accueil, asked.day, asked.period)
    found = _timetable(asked, accueil, period, reglement)
    return {
        "accueil": accueil.code,
        "period": period.code,
        "day": asked.day.isoformat(),
        "amplitude": asked.amplitude,
        "opening": period.calendar.opening(asked.day).value,
        "season": _season(period, asked.day),
        "at": asked.at and local(asked.at),
        "window": _window(found.window, asked.at),
        "booking": _until(found.booking, asked.at),
        "changing": found.changing and _until(found.changing, asked.at),
        "cancelling": list(_cancelling(found.cancelling, asked.at)),
    }


def _timetable(
    asked: Asked, accueil: Accueil, period: Period, reglement: Reglement
) -> Timetable:
    codes = the_amplitudes(reglement, accueil, asked.amplitude)
    check_words(reglement, asked.facts)

    closed = closed_day(asked.day, period)
    if closed is not None:
        raise ValueError(french.refusal(closed))

    def told(code: AmplitudeCode) -> Timetable:
        facts = facts_of(
            day=asked.day, period=period, amplitude=code, stated=asked.facts
        )
        return timetable(facts, period=period, reglement=reglement)

    try:
        first, *others = map(told, codes)
    except Refused as refused:
        raise ValueError(sentences(refused, reglement)) from refused
    if any(other != first for other in others):
        msg = (
            "the deadlines depend on the amplitude, add --amplitude: "
            f"{', '.join(codes)}"
        )
        raise ValueError(msg)
    return first


def _season(period: Period, day: dt.date) -> str | None:
    season = period.calendar.season(day)
    return season and season.value


def _window(window: Open, at: dt.datetime | None) -> Tree:
    return {
        "opens_at": window.opens_at and local(window.opens_at),
        "closes_at": window.closes_at and local(window.closes_at),
        "confirmed": window.confirmed.value,
        "is_open": None if at is None else window.is_open(at),
        "rule": "offer.window.case",
        "path": window.path or None,
    }


def _until(until: Until, at: dt.datetime | None) -> Tree:
    return {
        **_cutoff(until.cutoff),
        "is_late": None if at is None else until.is_late(at),
        "path": until.path,
        "source": until.source,
    }


def _cutoff(cutoff: Cutoff) -> Tree:
    return {
        "deadline": local(cutoff.moment),
        "last_instant": cutoff.last_instant.value,
        "rule": cutoff.rule,
    }


def _cancelling(
    outcomes: tuple[CancelUntil, ...], at: dt.datetime | None
) -> Iterator[Tree]:
    answering = (one for one in outcomes if at and one.answers(at))
    answers = next(answering, None)
    for one in outcomes:
        told = (
            {"deadline": None, "last_instant": None, "rule": None}
            if one.until is None
            else _cutoff(one.until)
        )
        yield {
            **told,
            "gives": _gives(one.outcome.gift),
            "asks_for": list(one.asks_for),
            "reasons": list(one.outcome.reasons or ()),
            "label": one.outcome.label,
            "answers": None if at is None else one is answers,
            "path": one.path,
            "source": one.source,
        }


def _gives(gift: Gift) -> Tree:
    match gift:
        case CreditedShare(share=share):
            return {"credited_share": str(share)}
        case CreditedAmount(amount=amount):
            return {"credited_amount": _euros(amount)}
        case KeptAmount(amount=amount, per=per):
            return {"kept_amount": _euros(amount), "per": per.value}
        case GiftKind():
            return _as_written(gift)
        case _:
            assert_never(gift)


def _as_written(gift: GiftKind) -> Tree:
    stored = json.loads(dump(gift, Gift))
    names = fields_dict(cast("type[AttrsInstance]", type(gift)))
    return {name: stored[name] for name in names}


def _euros(amount: Money) -> str:
    return f"{Decimal(amount.cents) / 100:.2f}"


# For people ------------------------------------------------------------------


def _lines(tree: Tree, day: dt.date) -> Iterator[str]:
    season = tree["season"] or "season not known"
    yield f"{french.day(day)}: {tree['opening']}, {season}"
    yield f"accueil {tree['accueil']}, period {tree['period']}"
    window = tree["window"]
    yield (
        f"window: from {window['opens_at'] or 'always'} to "
        f"{window['closes_at'] or 'the deadline'}, confirmed "
        f"{window['confirmed']}{_state(window['is_open'], 'open', 'closed')}"
        f"{_where(window)}"
    )
    yield f"book until {_told(tree['booking'])}"
    if tree["changing"] is None:
        yield "change: as booking"
    else:
        yield f"change until {_told(tree['changing'])}"
    for rank, outcome in enumerate(tree["cancelling"]):
        yield (
            f"cancel {_when(outcome, rank)}{_out(outcome)}: {_given(outcome)}"
            f"{' <- now' if outcome['answers'] else ''}"
            f"{_where(outcome)}"
        )
        yield f"  « {outcome['label']} »"


def _when(outcome: Tree, rank: int) -> str:
    if outcome["deadline"]:
        return f"until {outcome['deadline']}"
    # The rest of what stands above it: with nothing above, there is no rest.
    is_the_rest = rank and not outcome["asks_for"]
    return "after that" if is_the_rest else "at any moment"


def _given(outcome: Tree) -> str:
    given = ", ".join(
        f"{key} {said}" for key, said in outcome["gives"].items()
    )
    if outcome["reasons"]:
        given = f"{given}, for {' or '.join(outcome['reasons'])}"
    asked = ", ".join(key for key in outcome["asks_for"] if key != "reasons")
    return f"{given}, if {asked} allow" if asked else given


def _told(until: Tree) -> str:
    late = _state(until["is_late"], "too late", "in time")
    return f"{until['deadline']}{_out(until)}{late}{_where(until)}"


def _out(until: Tree) -> str:
    return ", that instant out" if until["last_instant"] == "out" else ""


def _state(value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - of the tree
    if value is None:
        return ""
    return f", {yes if value else no}"


def _where(tree: Tree) -> str:
    told = [tree["rule"], tree["path"], tree.get("source")]
    return f"  [{'; '.join(one for one in told if one)}]"
