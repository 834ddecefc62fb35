"""
The wizard: what may be chosen, and a month of days.
"""

import datetime as dt
import itertools
from contextlib import contextmanager

import pytest

from portail_core import Refused
from portail_core.application import choosing
from portail_core.domain.bookings import AlreadyBooked, DayTakenElsewhere
from portail_core.domain.children import ChildUnknown, Custody
from portail_core.domain.ids import PeriodCode
from portail_core.domain.planning import Booked
from portail_core.domain.reglement import PeriodUnknown
from portail_core.domain.requests import LineState, RequestState
from portail_core.testing import MemoryStore
from tests.application.conftest import (
    A_SECOND,
    FULL_DAY,
    MORNING,
    NEXT,
    PERIOD,
    PETITES_BOUILLES,
    WEDNESDAY,
    with_capacity,
)

TWO_HOURS = dt.timedelta(hours=2)


def month_of(family, day=WEDNESDAY, child=None):
    child = child or family.child
    return family.desk.planning.month(child.id, PERIOD, day)


def square(family, day=WEDNESDAY, child=None):
    """
    One day of the grid.
    """
    days = itertools.chain(*month_of(family, day, child).weeks)
    return next(shown for shown in days if shown.day == day)


class Counted:
    """
    What it stands before, and how often it was asked, by any name.
    """

    def __init__(self, beneath, calls):
        self._beneath = beneath
        self._calls = calls

    def __getattr__(self, name):
        found = getattr(self._beneath, name)

        def asked(*args, **named):
            self._calls.append(name)
            return found(*args, **named)

        def of(household):
            return Counted(found(household), self._calls)

        return of if name == "of" else asked


class CountedStore(MemoryStore):
    """
    What another store keeps, read only; it notes what it is asked.
    """

    def __init__(self, store):
        super().__init__()
        self._store = store
        self.calls = []

    @contextmanager
    def reading(self):
        with self._store.reading() as reading:
            yield Counted(reading, self.calls)


class TestOffers:
    @pytest.mark.rule("planning.offers")
    def test_periods(self, family):
        """
        The wizard shows the règlement's periods that are not over.
        """
        offers = family.desk.planning.offers(family.child.id)

        assert [
            period.code
            for period in PETITES_BOUILLES.periods
            if period.calendar.last_day >= dt.date(2026, 5, 13)
        ] == [offer.period.code for offer in offers]

    @pytest.mark.rule("household.child.unknown")
    def test_other_child(self, world, family):
        """
        Nothing is offered to another household's child.
        """
        other = world.family("durand")

        for ask in (
            lambda: family.desk.planning.offers(other.child.id),
            lambda: month_of(family, child=other.child),
        ):
            with pytest.raises(Refused) as refused:
                ask()
            assert (ChildUnknown(),) == refused.value.refusals

    @pytest.mark.rule("offer.period.unknown")
    def test_unknown_period(self, family):
        """
        A period that is not there has no month.
        """
        nowhere = PeriodCode("nulle-part")

        with pytest.raises(Refused) as refused:
            family.desk.planning.month(family.child.id, nowhere, WEDNESDAY)

        assert (PeriodUnknown(nowhere),) == refused.value.refusals


class TestMonth:
    @pytest.mark.rule("planning.month.public-holiday")
    @pytest.mark.parametrize(
        ("shown", "holidays"),
        [
            (dt.date(2025, 9, 1), []),
            (dt.date(2026, 4, 1), [(4, 6), (5, 1), (5, 8)]),
            (dt.date(2026, 7, 1), [(7, 14)]),
        ],
        ids=["none", "of the next month", "after the period"],
    )
    def test_public_holidays(self, family, shown, holidays):
        """
        A public holiday is one on every square, also beyond the period.
        """
        month = month_of(family, shown)

        assert holidays == [
            (day.day.month, day.day.day)
            for day in itertools.chain(*month.weeks)
            if day.is_public_holiday
        ]

    @pytest.mark.rule("planning.month.booked")
    def test_held(self, world, family):
        """
        A day asked for shows its number, accueil and amplitude, « En
        attente »; it is gone when its time is over, tidied or not.
        """
        request = family.ask(WEDNESDAY, amplitude=MORNING)

        assert (
            Booked(
                number=request.number,
                accueil=PETITES_BOUILLES.accueils[0].label,
                amplitude="MATIN",
                hours=None,
                line=LineState.HELD,
                request=RequestState.AWAITING_PAYMENT,
            ),
        ) == square(family).booked
        refusals = {
            choice.amplitude: choice.refusals
            for choice in square(family).choices
        }
        assert (AlreadyBooked(WEDNESDAY),) == refusals[FULL_DAY]

        world.clock.move(TWO_HOURS - A_SECOND)
        assert square(family).booked
        world.clock.move(A_SECOND)
        assert () == square(family).booked
        assert all(choice.is_free for choice in square(family).choices)

    @pytest.mark.rule("planning.month.booked")
    @pytest.mark.rule("planning.cancelled.invisible")
    def test_cancelled(self, family):
        """
        « En cas d'annulation, la réservation ne sera plus visible. »
        """
        request = family.book(WEDNESDAY, NEXT)

        family.cancel(request.number, WEDNESDAY)

        assert () == square(family).booked
        (left,) = square(family, NEXT).booked
        assert (LineState.CONFIRMED, RequestState.CONFIRMED) == (
            left.line,
            left.request,
        )

    @pytest.mark.rule("planning.month.booked")
    @pytest.mark.rule("request.day.taken-elsewhere")
    def test_taken_elsewhere(self, world, family):
        """
        What the child does in another household is not told: the day is
        taken, for whatever amplitude, and shows no line.
        """
        other = world.family("durand")
        with world.store.transaction() as tx:
            tx.put(
                Custody(
                    child=family.child.id,
                    household=other.member.household,
                    since=dt.date(2018, 4, 9),
                )
            )
        other.ask(WEDNESDAY, child=family.child)

        shown = square(family)

        assert () == shown.booked
        assert {(DayTakenElsewhere(WEDNESDAY),)} == {
            choice.refusals for choice in shown.choices
        }

    @pytest.mark.rule("planning.month.booked")
    def test_other_version(self, world, family):
        """
        A line keeps the labels of the règlement under which it was asked.
        """
        family.ask(WEDNESDAY)
        since = world.clock.now().date()
        fuller = with_capacity(PETITES_BOUILLES, 3)
        world.portal.activate(fuller, since=since)
        family.meet(world.open(fuller))

        (booked,) = square(family).booked

        assert "JOURNEE AVEC REPAS" == booked.amplitude

    @pytest.mark.rule("planning.month.reads")
    def test_calls(self, world, family):
        """
        The storage is asked ten things, however much is shown or booked.
        """
        counted = CountedStore(world.store)
        active = world.portal._ports.reglement
        calls = []
        for ask in ((), (WEDNESDAY,), (NEXT, dt.date(2026, 6, 10))):
            if ask:
                family.ask(*ask)
            choosing.month(
                family.child.id,
                PERIOD,
                WEDNESDAY,
                member=family.member,
                store=counted,
                clock=world.clock,
                reglement=active,
            )
            calls.append(sorted(counted.calls))
            counted.calls.clear()

        assert [
            "acceptance",
            "account",
            "child",
            "custody",
            "documents",
            "household",
            "live_requests",
            "pre_registrations",
            "reglements",
            "taken",
        ] == calls[0]
        assert calls[0] == calls[1] == calls[2]
