"""
Until when a paid day is changed, where the règlement says so.
"""

import datetime as dt

import pytest

from portail_core.domain.bookings import ChangeTooLate, DeadlinePassed
from portail_core.domain.dated import Decision, History
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import DaysBefore, one_deadline
from portail_core.domain.requests import LineState
from tests.application.conftest import (
    A_MINUTE,
    AFTERNOON,
    FULL_DAY,
    MORNING,
    WEDNESDAY,
)
from tests.application.test_changing import (
    book_half,
    change_day,
    refusals_of,
    states,
)
from tests.application.test_changing_twice import decide

TO_BOOK = at_paris(dt.date(2026, 5, 25), dt.time(12))


def until(days):
    """
    Changes until that many days before, at noon.
    """
    return History(
        (
            Decision(
                since=dt.date(2025, 9, 1),
                source="règlement intérieur, article 4",
                value=one_deadline(DaysBefore(days=days, at=dt.time(12))),
            ),
        )
    )


@pytest.mark.rule("request.change.deadline")
@pytest.mark.parametrize(
    "amplitude", [FULL_DAY, AFTERNOON], ids=["dearer", "as dear"]
)
@pytest.mark.parametrize("days", [1, 5], ids=["later", "earlier"])
def test_in_place_of_booking(world, family, amplitude, days):
    """
    A deadline to change stands in the place of that to book, be it later or
    earlier: the moment is in time, the minute after is not.
    """
    number = book_half(family, WEDNESDAY, amplitude=MORNING)
    decide(world, family, change_until=until(days))
    last = at_paris(WEDNESDAY - dt.timedelta(days=days), dt.time(12))
    world.clock.moment = last + A_MINUTE

    assert (ChangeTooLate(WEDNESDAY, last),) == refusals_of(
        lambda: change_day(family, number, WEDNESDAY, amplitude)
    )
    world.clock.moment = last
    change_day(family, number, WEDNESDAY, amplitude)


@pytest.mark.rule("request.change.deadline")
def test_downward(world, family):
    """
    What costs less is a change, too.
    """
    number = family.book(WEDNESDAY).number
    decide(world, family, change_until=until(5))
    last = at_paris(dt.date(2026, 5, 22), dt.time(12))
    world.clock.moment = last + A_MINUTE

    assert (ChangeTooLate(WEDNESDAY, last),) == refusals_of(
        lambda: change_day(family, number, WEDNESDAY, MORNING)
    )
    assert [("JOURNEE AVEC REPAS", LineState.CONFIRMED)] == states(
        family, number
    )


@pytest.mark.rule("request.change.deadline")
def test_new_days(world, family):
    """
    A day that is asked for is booked, not changed.
    """
    decide(world, family, change_until=until(1))
    world.clock.moment = TO_BOOK + A_MINUTE

    assert (DeadlinePassed(WEDNESDAY, TO_BOOK),) == refusals_of(
        lambda: family.ask(WEDNESDAY)
    )
