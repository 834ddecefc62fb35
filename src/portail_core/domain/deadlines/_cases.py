"""
Which deadline answers: an ordered list, first match.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from attrs import field, frozen

from portail_core.domain.checks import not_empty
from portail_core.domain.conditions import ALWAYS, When, ends_with_the_rest
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


@frozen
class Deadlines:
    """
    Deadlines in order; the first whose condition holds answers.

    Attributes:
        cases: The last is for the rest.
    """

    cases: tuple[Case, ...] = field(validator=[not_empty, ends_with_the_rest])

    def find(self, facts: Facts) -> Deadline:
        """
        The deadline for one child-day.

        Raises:
            Refused: `FactMissing`, if a condition asks for a fact that is
                not known before any other has answered.
        """
        return self.cases[self.position(facts)].deadline

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
