"""
When a rule of the règlement holds: one question, asked everywhere alike.

Tariffs, adjustments, deadlines, outcomes and windows all say `when` in the
same words.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol, TypeAlias

from attrs import Attribute, field, frozen

from .bounds import Bounds
from .checks import not_empty
from .facts import FactMissing, Facts
from .ids import FactName
from .refusals import Refused


@frozen
class OneOf:
    """
    A fact is one of these words.
    """

    fact: FactName
    words: tuple[str, ...] = field(validator=not_empty)

    def holds(self, facts: Facts) -> bool:
        """
        Raises:
            Refused: `FactMissing`.
        """
        word = facts.word(self.fact)
        if word is None:
            raise Refused(FactMissing(self.fact))
        return word in self.words


@frozen
class Within:
    """
    A fact is between two figures.
    """

    fact: FactName
    bounds: Bounds

    def holds(self, facts: Facts) -> bool:
        """
        Raises:
            Refused: `FactMissing`.
        """
        figure = facts.number(self.fact)
        if figure is None:
            raise Refused(FactMissing(self.fact))
        return self.bounds.hold(figure)


@frozen(kw_only=True)
class Yearly:
    """
    The day is within a part of the year, which may go over New Year.

    Attributes:
        first: Month and day as one number: 901 is 1 September; included.

        last: The same; included.
    """

    first: int
    last: int

    def holds(self, facts: Facts) -> bool:
        """
        Never refused: a child-day has a day.
        """
        return self.hold(facts.day)

    def hold(self, day: dt.date) -> bool:
        """
        Whether *day* is between them.
        """
        number = day.month * 100 + day.day
        if self.first <= self.last:
            return self.first <= number <= self.last
        return number >= self.first or number <= self.last

    @property
    def fact(self) -> FactName:
        """
        The one that it asks for.
        """
        return DAY


DAY = FactName("day")

Test: TypeAlias = OneOf | Within | Yearly


@frozen
class When:
    """
    All of these tests; none is always.
    """

    tests: tuple[Test, ...] = ()

    @property
    def facts(self) -> frozenset[FactName]:
        """
        Those that it asks for.
        """
        return frozenset(test.fact for test in self.tests)

    def holds(self, facts: Facts) -> bool:
        """
        Whether every test does.

        Raises:
            Refused: `FactMissing`, for the first fact that is not known; none
                after a test that fails, which settles it.
        """
        return all(test.holds(facts) for test in self.tests)


ALWAYS = When()


class _Case(Protocol):
    @property
    def when(self) -> When: ...


def ends_with_the_rest(
    _: object, attribute: Attribute[Any], cases: tuple[_Case, ...]
) -> None:
    """
    Cases in order, of which the last, and no other, is for the rest.
    """
    if cases[-1].when != ALWAYS:
        msg = (
            f"{attribute.name}: the last must have no « when »: it answers "
            "for the rest"
        )
        raise ValueError(msg)
    if any(case.when == ALWAYS for case in cases[:-1]):
        msg = (
            f"{attribute.name}: only the last may have no « when »: those "
            "after it would never answer"
        )
        raise ValueError(msg)
