"""
`portail cancel`: what cancelling days gives back, and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail_core import french
from portail_core.domain.cancellation import Pending
from portail_core.domain.money import ZERO, Money, total
from portail_core.reglement_toml.inquiries import (
    Cancellation,
    CancelledDay,
    Inquiry,
    Judged,
    local,
)

from ._asking import Tree, euros, notes_text, notes_tree
from .quoting import line_tree

RULE = "cancellation.first-in-time"

# For programs ----------------------------------------------------------------


def as_tree(inquiry: Inquiry, answer: Cancellation) -> Tree:
    """
    A cancellation, for programs: amounts are euros in quotes.
    """
    return {
        "paid": euros(answer.paid),
        "released": euros(answer.released),
        "kept": euros(answer.kept),
        "credited": euros(answer.credited),
        "rebilled": euros(answer.rebilled),
        "stays_paid": euros(answer.paid - answer.released),
        "days": [_day(one) for one in answer.days],
        "rest": {
            "total": euros(total(line.amount for line in answer.rest)),
            "lines": [line_tree(line) for line in answer.rest],
        },
        "notes": notes_tree(inquiry.notes),
    }


def _day(one: CancelledDay) -> Tree:
    settlement = one.settlement
    return {
        "child": one.child,
        "day": one.day.isoformat(),
        "paid": euros(one.paid),
        "released": euros(one.freed.released),
        "kept": euros(settlement.kept),
        "credited": euros(settlement.credited),
        "rebilled": euros(settlement.rebilled),
        "why": {
            "rule": RULE,
            "path": settlement.path,
            "label": settlement.label,
            "source": one.source,
            "waiting_days": settlement.waiting_days,
            "deadlines": [_deadline(judged) for judged in one.deadlines],
        },
        "pending": settlement.pending and _pending(settlement.pending),
    }


def _deadline(judged: Judged) -> Tree:
    return {
        "deadline": local(judged.until),
        "is_late": not judged.is_met,
        "label": judged.label,
        "path": judged.path,
    }


def _pending(pending: Pending) -> Tree:
    return {
        "document": pending.document,
        "until": local(pending.until),
        "credited": euros(pending.credited),
        "label": pending.label,
    }


# For people ------------------------------------------------------------------


def as_lines(inquiry: Inquiry, answer: Cancellation) -> Iterator[str]:
    """
    A cancellation, for people: day by day, then in all.
    """
    for one in answer.days:
        yield from _told(one)
        yield ""
    yield from _sums(answer)
    yield from notes_text(inquiry.notes)


def _told(one: CancelledDay) -> Iterator[str]:
    settlement = one.settlement
    yield f"{one.child}, {french.day(one.day)}, payé {_euros(one.paid)}"
    if one.freed.released != one.paid:
        yield (
            f"  Les jours restants changent de prix : {_euros(one.paid)} "
            f"payés, {_euros(one.freed.released)} libérés."
        )
    sentence = french.settlement(
        kept=settlement.kept,
        credited=settlement.credited,
        reason=settlement.label,
    )
    yield f"  {sentence}"
    yield f"      {one.source} [{settlement.path}]"
    for judged in one.deadlines:
        met = "respecté" if judged.is_met else "dépassé"
        yield (
            f"      délai {met} : {french.moment(judged.until)} "
            f"[{judged.path}]"
        )
    if settlement.waiting_days:
        yield (
            "      jour de carence (le règlement en compte "
            f"{settlement.waiting_days})"
        )
    if settlement.rebilled != ZERO:
        yield (
            f"  L’aide reste à votre charge : {_euros(settlement.rebilled)}."
        )
    if settlement.pending:
        pending = settlement.pending
        yield (
            f"  {_euros(pending.credited)} de plus si vous remettez le "
            f"document « {pending.document} » avant le "
            f"{french.moment(pending.until)} : « {pending.label} »"
        )


def _sums(answer: Cancellation) -> Iterator[str]:
    yield f"Payé : {_euros(answer.paid)}"
    yield f"Crédité en avoir : {_euros(answer.credited)}"
    yield f"Conservé : {_euros(answer.kept)}"
    if answer.rebilled != ZERO:
        yield f"Aides à rembourser : {_euros(answer.rebilled)}"
    stays = answer.paid - answer.released
    yield f"Reste payé pour les jours maintenus : {_euros(stays)}"


def _euros(amount: Money) -> str:
    return french.amount(amount)
