"""
Which deadline answers: an ordered list, first match.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import field, frozen

from portail_core.domain.checks import not_empty
from portail_core.domain.conditions import ALWAYS, When
from portail_core.domain.facts import Facts
from portail_core.domain.refusals import Refusal

from ._shapes import Deadline


@frozen
class NoDeadline(Refusal):
    """
    A table of deadlines leaves out the weekday of this day.
    """

    rule: ClassVar[str] = "deadline.by-weekday.missing"
    day: dt.date


@frozen(kw_only=True)
class Case:
    """
    A deadline, and the child-days that it is for.
    """

    when: When = ALWAYS
    deadline: Deadline


def _ends_with_the_rest(
    _: object, __: object, cases: tuple[Case, ...]
) -> None:
    if cases[-1].when != ALWAYS:
        msg = (
            "the last deadline must have no « when »: it answers for the rest"
        )
        raise ValueError(msg)
    if any(case.when == ALWAYS for case in cases[:-1]):
        msg = (
            "only the last deadline may have no « when »: those after it "
            "would never answer"
        )
        raise ValueError(msg)


@frozen
class Deadlines:
    """
    Deadlines in order; the first whose condition holds answers.

    Attributes:
        cases: The last is for the rest.
    """

    cases: tuple[Case, ...] = field(validator=[not_empty, _ends_with_the_rest])

    def find(self, facts: Facts) -> Deadline:
        """
        The deadline for one child-day.

        Raises:
            Refused: `FactMissing`, if a condition asks for a fact that is
                not known before any other has answered.
        """
        return next(c.deadline for c in self.cases if c.when.holds(facts))

    def position(self, facts: Facts) -> int:
        """
        Which of *cases* answers, from 0.

        Raises:
            Refused: As `find`.
        """
        return next(
            number
            for number, case in enumerate(self.cases)
            if case.when.holds(facts)
        )


def one_deadline(deadline: Deadline) -> Deadlines:
    """
    The same deadline for every child-day.
    """
    return Deadlines((Case(deadline=deadline),))
