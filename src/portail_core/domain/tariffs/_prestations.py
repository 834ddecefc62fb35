"""
What is billed, and how much of it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from portail_core.domain.checks import (
    not_empty,
    not_negative,
    positive,
    whole_number,
)
from portail_core.domain.facts import MINUTES_AN_HOUR
from portail_core.domain.ids import PrestationCode


class Nature(Enum):
    """
    What a line pays for; the tax certificate counts only care.
    """

    CARE = "care"
    MEAL = "meal"
    SUPPLEMENT = "supplement"
    PENALTY = "penalty"
    MEMBERSHIP = "membership"


class OncePer(Enum):
    """
    How often a prestation is billed, whatever the number of days that ask
    for it.
    """

    CHILD_WEEK = "child-week"  # Monday to Sunday
    CHILD_MONTH = "child-month"  # « forfait mensuel »
    CHILD_PERIOD = "child-period"
    CHILD_YEAR = "child-year"  # « adhésion annuelle »
    HOUSEHOLD_DAY = "household-day"  # one price, however many children
    HOUSEHOLD_MONTH = "household-month"
    HOUSEHOLD_YEAR = "household-year"


@frozen(kw_only=True)
class Timed:
    """
    Billed by the time between arrival and departure.

    Attributes:
        unit_minutes: What the tariff is for: 60 is a price an hour.

        step_minutes: « tout quart d'heure commencé est dû »: time is counted
            up to the next of these.

        grace_minutes: Beyond a step, what is forgiven.

        least_minutes: Counted even for less.
    """

    unit_minutes: int = field(validator=[whole_number, positive])
    step_minutes: int = field(validator=[whole_number, positive])
    grace_minutes: int = field(
        default=0, validator=[whole_number, not_negative]
    )
    least_minutes: int = field(
        default=0, validator=[whole_number, not_negative]
    )

    def quantity(self, arrives: dt.time, leaves: dt.time) -> Decimal:
        """
        How many units are billed.

        >>> hours = Timed(unit_minutes=60, step_minutes=15)
        >>> hours.quantity(dt.time(7, 40), dt.time(8, 30))
        Decimal('1')
        """
        minutes = max(_minutes(leaves) - _minutes(arrives), self.least_minutes)
        whole, over = divmod(minutes, self.step_minutes)
        steps = whole + (over > self.grace_minutes)
        return Decimal(steps * self.step_minutes) / self.unit_minutes


def _minutes(at: dt.time) -> int:
    return at.hour * MINUTES_AN_HOUR + at.minute


@frozen(kw_only=True)
class Prestation:
    """
    A billed service: « Journée », « Repas », « Heure d'accueil ».

    Attributes:
        once_per: `None` if it is billed each time that it is asked for.

        timed: `None` if an amplitude says how much of it is billed.
    """

    code: PrestationCode
    label: str = field(validator=not_empty)
    nature: Nature
    once_per: OncePer | None = None
    timed: Timed | None = None
