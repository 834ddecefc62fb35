"""
Plain text worth reading: paragraphs that wrap, columns that line up.
"""

from __future__ import annotations

import re
import textwrap

from portail_core import french
from portail_core.domain.money import ZERO, Money
from portail_core.ports.mail import PaymentConfirmation

WIDTH = 72
"""Characters; fits every window, and a reply that quotes it."""

GAP = 2
"""Characters between two columns."""

HEADINGS = ("Désignation", "Quantité", "Tarif", "Montant")


def laid_out(text: str) -> str:
    """
    *text* with its long lines wrapped, and one empty line at most in a row.

    A line that begins with spaces goes on under its first word; a word that
    is too long (an address) is left whole.
    """
    lines = (_wrapped(line.rstrip(" ")) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrapped(line: str) -> str:
    if len(line) <= WIDTH:
        return line
    words = line.lstrip(" ")
    indent = " " * (len(line) - len(words))
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def invoice_table(letter: PaymentConfirmation) -> str:
    """
    The guide's table: Désignation, Quantité, Tarif, Montant, then the sums.
    """
    rows = [
        (
            french.designation(row),
            french.quantity(row.quantity),
            french.unit_price(row.unit_price),
            french.amount(row.amount),
        )
        for row in letter.rows
    ]
    totals = [
        (label, "", "", french.amount(amount))
        for label, amount in sums(letter)
    ]
    widths = [
        max(len(row[column]) for row in [HEADINGS, *rows, *totals])
        for column in range(1, len(HEADINGS))
    ]
    rule = "-" * WIDTH
    return "\n".join(
        [
            _row(HEADINGS, widths),
            rule,
            *(_row(row, widths) for row in rows),
            rule,
            *(_row(row, widths) for row in totals),
        ]
    )


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    figures = "".join(
        " " * GAP + cell.rjust(width)
        for cell, width in zip(cells[1:], widths, strict=True)
    )
    room = max(WIDTH - len(figures), len(HEADINGS[0]))
    first, *others = textwrap.wrap(cells[0], room) or [""]
    return "\n".join([first.ljust(room) + figures, *others])


def sums(letter: PaymentConfirmation) -> tuple[tuple[str, Money], ...]:
    """
    What ends an invoice: its total, and what paid it where avoirs helped.
    """
    if letter.paid_with_credits == ZERO:
        return (("Total payé", letter.total),)
    online = letter.total - letter.paid_with_credits
    if online == ZERO:
        return (("Total payé par avoir", letter.total),)
    return (
        ("Total", letter.total),
        ("dont payé par avoir", letter.paid_with_credits),
        ("dont payé en ligne", online),
    )
