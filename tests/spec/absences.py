"""
Days that a child misses, as the policy of a règlement judges them.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from portail_core.domain.calendars import Calendar
from portail_core.domain.cancellation import (
    Absence,
    CreditedShare,
    Outcome,
    Policy,
    ReleasedDay,
    split_days,
)
from portail_core.domain.dated import Decision, History
from portail_core.domain.facts import Facts
from portail_core.domain.money import eur
from tests.spec.guide import (
    FULL_DAY,
    LOU,
    SOURCE,
    THE_PERIOD,
    WEDNESDAY_CARE,
)

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 6, 1)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + n * DAY for n in range(1, 5))
WEEK = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
NEXT_MONDAY = MONDAY + 7 * DAY
# « Whit Monday », 25 May, is closed; every other day from Monday to Friday
# of May and June is open.
WHIT_MONDAY = dt.date(2026, 5, 25)
OPEN_DAYS = tuple(
    day
    for n in range(61)
    if (day := dt.date(2026, 5, 1) + n * DAY).weekday() < 5
    and day != WHIT_MONDAY
)
CALENDAR = Calendar(
    first_day=dt.date(2026, 5, 1),
    last_day=dt.date(2026, 6, 30),
    open_days=OPEN_DAYS,
    public_holidays=(WHIT_MONDAY,),
)
PAID = eur("4.00")
NOW = dt.datetime(2026, 6, 1, 6, tzinfo=dt.UTC)
"""Eight o'clock in Paris on MONDAY."""

ALL = CreditedShare(Decimal(1))
HALF = CreditedShare(Decimal("0.5"))
NOTHING = CreditedShare(Decimal(0))
REST = Outcome(label="Le reste est dû.", gift=NOTHING)


def released(day, amount=PAID, **changes):
    facts = changes.pop("facts", None) or Facts(
        day=day, accueil=WEDNESDAY_CARE, amplitude=FULL_DAY
    )
    return ReleasedDay(facts=facts, released=amount, **changes)


def absence(*days, **changes):
    """
    Days of Lou, who has booked every one that is open.
    """
    made = tuple(
        day if isinstance(day, ReleasedDay) else released(day) for day in days
    )
    told: dict[str, Any] = {
        "child": LOU,
        "period": THE_PERIOD,
        "calendar": CALENDAR,
        "booked": OPEN_DAYS,
        "at": NOW,
    } | changes
    return Absence(days=made, **told)


def policies(*outcomes, path=""):
    """
    These outcomes, in force from the first day of 2020.
    """
    return History(
        (
            Decision(
                since=dt.date(2020, 1, 1),
                source=SOURCE,
                value=Policy(outcomes=outcomes),
                path=path,
            ),
        )
    )


def splits(outcomes, missed):
    """
    The settlement of each day.
    """
    return split_days(policies(*outcomes), missed)


def credited(outcomes, missed):
    """
    What each day gives back, in cents.
    """
    return [one.credited.cents for one in splits(outcomes, missed)]
