"""
When booking opens and closes: « ouverture des réservations ».
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import field, frozen, validators

from .calendars import Calendar
from .checks import moment, not_empty
from .conditions import ALWAYS, When, ends_with_the_rest
from .deadlines import Deadline, cutoff_of
from .facts import Facts


class Confirmed(Enum):
    """
    What makes a booking of what was asked for in a window.
    """

    BY_PAYMENT = "by-payment"
    BY_STAFF = "by-staff"  # « pré-réservation », confirmed or refused later


@frozen(kw_only=True)
class Window:
    """
    When the days of some families are booked.

    Attributes:
        when: The child-days that it is for.

        opens_at: First moment to book, UTC; `None` if always open.

        closes_at: First moment when it is too late, UTC; `None` for never.

        opens_before: Each day opens at this moment before it (« trois
            semaines avant, le lundi à 9 h »), counted as a deadline is;
            `None` if all days open together.

        confirmed: What makes a booking of what is asked for.
    """

    when: When = ALWAYS
    opens_at: dt.datetime | None = field(
        default=None, validator=validators.optional(moment)
    )
    closes_at: dt.datetime | None = field(
        default=None, validator=validators.optional(moment)
    )
    opens_before: Deadline | None = None
    confirmed: Confirmed = Confirmed.BY_PAYMENT

    def __attrs_post_init__(self) -> None:
        if (
            self.opens_at
            and self.closes_at
            and (self.opens_at >= self.closes_at)
        ):
            msg = "a booking window closes before it opens"
            raise ValueError(msg)

    def day_opens_at(
        self, day: dt.date, calendar: Calendar
    ) -> dt.datetime | None:
        """
        The first moment to book *day*, UTC, where days open one by one;
        `None` where they open together.

        Raises:
            Refused: As `deadlines.cutoff_of`.
        """
        if self.opens_before is None:
            return None
        return cutoff_of(self.opens_before, day, calendar).moment


ALWAYS_OPEN = Window()


@frozen
class Windows:
    """
    Windows in order; the first whose condition holds answers.

    Attributes:
        cases: The last is for the rest.
    """

    cases: tuple[Window, ...] = field(
        validator=[not_empty, ends_with_the_rest]
    )

    def find(self, facts: Facts) -> Window:
        """
        The window of one child-day.

        Raises:
            Refused: `FactMissing`, if a condition asks for a fact that is
                not known before any other has answered.
        """
        return self.cases[self.position(facts)]

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
