"""
`portail quote`: what days cost, and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from portail_core import french
from portail_core.domain.ids import ChildId
from portail_core.domain.money import total
from portail_core.domain.quotes import (
    Aided,
    PricedLine,
    Quote,
    QuoteRow,
    Why,
    estimate,
)
from portail_core.reglement_toml.inquiries import Inquiry

from ._asking import Tree, euros, notes_text, notes_tree, price, times
from .screens import columns

MOST_DAYS_TOLD = 5


# For programs ----------------------------------------------------------------


def as_tree(inquiry: Inquiry, quote: Quote) -> Tree:
    """
    A quote, for programs: amounts are euros in quotes.
    """
    return {
        "total": euros(quote.total),
        "children": [
            {
                "name": child,
                "total": euros(total(line.amount for line in lines)),
            }
            for child, lines in by_child(quote)
        ],
        "rows": [_row(row) for row in quote.rows],
        "lines": [line_tree(line) for line in quote.lines],
        "notes": notes_tree(inquiry.notes),
    }


def by_child(quote: Quote) -> Iterator[tuple[ChildId, tuple[PricedLine, ...]]]:
    """
    The lines of each child, in the order of the document.
    """
    for child in dict.fromkeys(line.child for line in quote.lines):
        yield child, tuple(one for one in quote.lines if one.child == child)


def line_tree(line: PricedLine) -> Tree:
    """
    One prestation of one child-day.
    """
    return {
        "child": line.child,
        "day": line.day.isoformat(),
        "prestation": line.prestation,
        "designation": line.designation,
        "nature": line.nature.value,
        "quantity": times(line.quantity),
        "unit_price": price(line.unit_price),
        "full": euros(line.full),
        "aids": _aids(line.aids),
        "amount": euros(line.amount),
        "together": line.together,
        "why": why_tree(line.why),
    }


def why_tree(why: Why) -> Tree:
    """
    Where a figure comes from.
    """
    return {
        "rule": why.rule,
        "path": why.path,
        "label": why.label,
        "source": why.source,
        "adjusted": [
            {
                "path": step.path,
                "label": step.label,
                "unit_price": price(step.unit_price),
            }
            for step in why.adjusted
        ],
    }


def _row(row: QuoteRow) -> Tree:
    return {
        "designation": row.designation,
        "quantity": times(row.quantity),
        "unit_price": price(row.unit_price),
        "full": euros(row.amount + total(aid.amount for aid in row.aids)),
        "aids": _aids(row.aids),
        "amount": euros(row.amount),
        "why": why_tree(row.why),
    }


def _aids(aids: Iterable[Aided]) -> list[Tree]:
    return [{"payer": aid.payer, "amount": euros(aid.amount)} for aid in aids]


# For people ------------------------------------------------------------------


def as_lines(inquiry: Inquiry, quote: Quote) -> Iterator[str]:
    """
    A quote, for people: « Désignation, Quantité, Tarif, Montant », then why.
    """
    children = tuple(by_child(quote))
    for child, lines in children:
        yield f"{child}: {_days(line.day for line in lines)}"
        yield from _table(estimate(lines))
        yield ""
    if len(children) > 1:
        yield f"Total : {french.amount(quote.total)}"
    yield from notes_text(inquiry.notes)


def _days(days: Iterable[dt.date]) -> str:
    told = sorted(set(days))
    if len(told) > MOST_DAYS_TOLD:
        first, last = french.short_day(told[0]), french.short_day(told[-1])
        return f"{len(told)} jours, du {first} au {last}"
    return ", ".join(map(french.short_day, told))


def _table(quote: Quote) -> Iterator[str]:
    head, *rows, end = columns(
        [
            ("Désignation", "Quantité", "Tarif", "Montant"),
            *(
                (
                    row.designation,
                    french.quantity(row.quantity),
                    french.unit_price(row.unit_price),
                    french.amount(row.amount),
                )
                for row in quote.rows
            ),
            ("Total", "", "", french.amount(quote.total)),
        ]
    ).split("\n")
    yield f"  {head}"
    for text, row in zip(rows, quote.rows, strict=True):
        yield f"  {text}"
        yield from (f"      {line}" for line in _because(row))
    yield f"  {end}"


def _because(row: QuoteRow) -> Iterator[str]:
    why = row.why
    yield f"{french.why(why)} [{why.rule}, {why.path}]"
    for step in why.adjusted:
        yield (
            f"« {step.label} » : {french.unit_price(step.unit_price)} "
            f"[{step.path}]"
        )
    if row.aids:
        full = row.amount + total(aid.amount for aid in row.aids)
        aids = ", ".join(
            f"{aid.payer} {french.amount(aid.amount)}" for aid in row.aids
        )
        yield (
            f"prix {french.amount(full)}, aide : {aids}, "
            f"famille {french.amount(row.amount)}"
        )
