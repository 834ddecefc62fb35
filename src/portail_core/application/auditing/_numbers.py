"""
Numbers that follow each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ._books import Books
from ._found import Check
from ._questions import ENTRIES, REQUEST_NUMBERS, SERIES, Question

MOST_NAMED = 10
"""Of the numbers that are missing."""


def numbers(books: Books) -> Iterator[Check]:
    """
    Of the journal, of requests, of every series that is printed.
    """
    unread = {check.where for check in books.unread}
    lost = {
        int(where.removeprefix("journal/"))
        for where in unread
        if where.startswith("journal/")
    }
    yield from _follow(ENTRIES, "journal", [*books.sequences, *lost])
    yield from _follow(REQUEST_NUMBERS, "requests", list(books.requests))
    printed = [
        *(invoice.number for invoice in books.invoices),
        *(note.number for note in books.notes),
        *books.lost,
    ]
    series: dict[str, list[int]] = defaultdict(list)
    for number in printed:
        name, _, rank = number.rpartition("-")
        if rank.isdecimal():
            series[name].append(int(rank))
        else:
            yield Check(SERIES, number, "a number", "no number")
    for name, ranks in sorted(series.items()):
        yield from _follow(SERIES, name, ranks)


def _follow(
    question: Question, where: str, found: Iterable[int]
) -> Iterator[Check]:
    counted = Counter(found)
    last = max(counted, default=0)
    twice = sorted(number for number, times in counted.items() if times > 1)
    if len(counted) == last and not twice:
        return
    missing = (n for n in range(1, last + 1) if n not in counted)
    named = [n for n, _ in zip(missing, range(MOST_NAMED), strict=False)]
    told = [
        *(f"{n} missing" for n in named),
        *(f"{n} twice" for n in twice[:MOST_NAMED]),
        *(f"{n} too low" for n in counted if n < 1),
    ]
    yield Check(question, where, f"1 to {last}", " + ".join(told))
