"""
What an audit answers.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from itertools import islice
from typing import Any

from attrs import fields, frozen, has

from portail_core.domain.money import Money

from ._questions import Promise, Question

MOST_TOLD = 5
"""Of the differences between two records."""

# Nobody needs them to find the row, and they may say who somebody is or
# where a payer was sent.
_UNTOLD = frozenset({"age", "facts", "rank", "redirect_url", "siblings"})


@frozen(kw_only=True)
class Discrepancy:
    """
    One thing that two counts disagree about.

    Attributes:
        question: What was counted.

        where: Of what: « request/16 », « ledger/household/régie »; ids, and
            no name.

        expected: What it should come to.

        found: What it comes to.
    """

    question: Question
    where: str
    expected: str
    found: str

    @property
    def promise(self) -> Promise:
        """
        The promise that does not hold.
        """
        return self.question.promise

    @property
    def to_do(self) -> str:
        """
        What the operator does next, in a sentence.
        """
        return self.question.to_do

    def __str__(self) -> str:
        return (
            f"promise {self.promise.value}: {self.where}: "
            f"{self.question.asks}: expected {self.expected}, "
            f"found {self.found} [{self.question.code}]"
        )


@frozen(kw_only=True)
class Audit:
    """
    What was looked at, and what does not hold.

    Attributes:
        at: When places were counted, UTC.

        entries: How many the journal has that can be read.

        reglements: How many were activated; none where there is no portal.

        discrepancies: By promise, then in the order of the journal.

        explained: What differs for a reason that storage knows: nothing is
            wrong, and somebody may have to act.
    """

    at: dt.datetime
    reglements: int
    entries: int
    requests: int
    attempts: int
    discrepancies: tuple[Discrepancy, ...]
    explained: tuple[Discrepancy, ...]


@frozen
class Check:
    """
    One thing that was counted twice; it holds if both are equal.
    """

    question: Question
    where: str
    expected: Any
    found: Any

    def holds(self) -> bool:
        """
        Whether both counts agree.
        """
        return bool(self.expected == self.found)

    def told(self) -> Discrepancy:
        """
        The same for people, who read where the two differ.
        """
        differences = tuple(
            islice(_differences(self.expected, self.found), MOST_TOLD)
        )
        return Discrepancy(
            question=self.question,
            where=self.where,
            expected=", ".join(f"{p}{_told(e)}" for p, e, _ in differences),
            found=", ".join(f"{p}{_told(f)}" for p, _, f in differences),
        )


def _differences(one: Any, other: Any, path: str = "") -> Any:
    """
    Where two values differ, as deep as both have one shape.
    """
    if one == other:
        return
    if _has_fields(one) and type(one) is type(other):
        for name in (a.name for a in fields(type(one))):
            inside = f"{path.rstrip()}.{name} " if path else f"{name} "
            here, there = getattr(one, name), getattr(other, name)
            if name in _UNTOLD and here != there:
                here, there = _Untold("one thing"), _Untold("another")
            yield from _differences(here, there, inside)
    elif _are_rows(one, other):
        for rank, (here, there) in enumerate(zip(one, other, strict=True)):
            yield from _differences(here, there, f"{path.rstrip()}[{rank}] ")
    else:
        yield path, one, other


@frozen
class _Untold:
    words: str


def _has_fields(value: Any) -> bool:
    return has(type(value)) and not isinstance(value, Money | _Untold)


def _are_rows(one: Any, other: Any) -> bool:
    return (
        isinstance(one, tuple)
        and isinstance(other, tuple)
        and len(one) == len(other)
        and any(map(_has_fields, one))
    )


def _told(value: Any) -> str:
    match value:
        case Money(cents=cents):
            sign = "-" if cents < 0 else ""
            return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02} €"
        case Enum():
            return f"{value.value}"
        case None | () | []:
            return "nothing"
        case _Untold(words=words):
            return words
        case tuple() | list():
            return " + ".join(map(_told, value))
        case _ if has(type(value)):
            return f"one {type(value).__name__}"
        case _:
            return f"{value}"
