"""
Decisions in force from a day, each citing its source.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any, ClassVar, Generic, TypeVar

from attrs import Attribute, field, frozen

from .checks import civil_day, not_empty
from .refusals import Refusal, Refused

T = TypeVar("T")


@frozen
class Decision(Generic[T]):
    """
    What was decided, from when, and by whom.

    Attributes:
        since: First day in force; the last is the eve of the next decision.

        source: As one would cite it: « délibération n° 2025-34 ».

        path: Where it stands in the règlement's file: « tariffs[0] ».
    """

    since: dt.date = field(validator=civil_day)
    source: str = field(validator=not_empty)
    value: T
    path: str = ""


@frozen
class NothingInForce(Refusal):
    """
    The day is before anything was decided.
    """

    rule: ClassVar[str] = "dated.before-the-first"
    day: dt.date


def _oldest_first(
    _: object,
    __: Attribute[Any],
    decisions: tuple[Decision[Any], ...],
) -> None:
    if not decisions:
        msg = "is empty, at least one is needed"
        raise ValueError(msg)
    for earlier, later in pairwise(decisions):
        if earlier.since >= later.since:
            msg = (
                f"{later.source!r} is not after {earlier.source!r}: write "
                "the oldest first, each with its own day"
            )
            raise ValueError(msg)


@frozen
class History(Generic[T]):
    """
    All decisions on one subject, oldest first.
    """

    decisions: tuple[Decision[T], ...] = field(validator=_oldest_first)

    def on(self, day: dt.date) -> Decision[T]:
        """
        The decision in force on *day*.

        Raises:
            Refused: `NothingInForce`, if *day* is before the first decision.
        """
        for decision in reversed(self.decisions):
            if decision.since <= day:
                return decision

        raise Refused(NothingInForce(day))
