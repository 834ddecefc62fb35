"""
Changes at their bounds: who may, until when, at which price, under which lock.
"""

import datetime as dt
from random import Random

import pytest
from attrs import evolve

from portail_core.application._commands import CommandReused
from portail_core.domain.bookings import (
    MOST_DAYS,
    DayFull,
    DeadlinePassed,
    TooManyDays,
    WindowClosed,
)
from portail_core.domain.cancellation import (
    CreditChanged,
    Policy,
    Settlement,
)
from portail_core.domain.dated import History
from portail_core.domain.days import at_paris, day_of
from portail_core.domain.ids import (
    AccountId,
    AmplitudeCode,
    CommandKey,
    PeriodCode,
    RequestNumber,
)
from portail_core.domain.money import ZERO, eur
from portail_core.domain.payments import Outcome, PriceChanged
from portail_core.domain.requests import (
    Alter,
    ChangePending,
    DayNotBooked,
    LineState,
    RequestOver,
    RequestState,
    Supersede,
    decide as decide_request,
)
from portail_core.testing import MemoryStore, builders
from tests.application.conftest import (
    A_MINUTE,
    AFTER,
    AFTERNOON,
    AN_HOUR,
    FULL_DAY,
    MORNING,
    NEXT,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
    with_capacity,
)
from tests.application.test_changing import (
    HALF,
    WHOLE,
    book_half,
    change,
    change_day,
    refusals_of,
    states,
)
from tests.application.test_changing_twice import decide
from tests.application.test_faults_of_changes import Story
from tests.simulation.chaos import Chaos, ChaoticStore

(POLICY,) = PETITES_BOUILLES.cancellations_of(
    PETITES_BOUILLES.periods[0]
).decisions
NOTHING = POLICY.value.outcomes[-1]
ONCE = CommandKey("once")
MORNING_MEAL = AmplitudeCode("MATIN-REPAS")
DEADLINE = at_paris(dt.date(2026, 5, 25), dt.time(12))


class TestRequest:
    @pytest.mark.rule("request.change.judged")
    def test_by_day(self, family):
        """
        A day before those that stay comes before them.
        """
        asked = family.ask(NEXT)

        change(family, asked.number, {AFTER: MORNING, NEXT: FULL_DAY})
        change(family, asked.number, {NEXT: FULL_DAY, WEDNESDAY: MORNING})

        assert [WEDNESDAY, NEXT] == [
            line.day
            for line in family.desk.planning.detail(asked.number).lines
        ]

    @pytest.mark.rule("request.change.before-payment")
    def test_nothing_else(self, world, family):
        """
        The days that it has already change nothing.
        """
        asked = family.ask(WEDNESDAY)

        assert asked == change(family, asked.number, {WEDNESDAY: FULL_DAY})
        with world.store.reading() as reading:
            stream = reading.journal(f"request/{asked.number}")
        assert 1 == len(stream)

    @pytest.mark.rule("payment.price-changed")
    @pytest.mark.parametrize("shown", [HALF, WHOLE + HALF])
    def test_price(self, family, shown):
        """
        A price that is not the one that was shown is refused, also a lower
        one.
        """
        asked = family.ask(WEDNESDAY, amplitude=MORNING)

        assert (PriceChanged(shown, WHOLE),) == refusals_of(
            lambda: family.desk.planning.change_request(
                asked.number,
                {NEXT: FULL_DAY},
                shown_total=shown,
                command=family.command(),
            )
        )

    @pytest.mark.rule("request.over")
    def test_over_first(self, store):
        """
        Of a request that is over nothing else is told than that it is.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("petit")
        asked = family.ask(WEDNESDAY)
        other.ask(NEXT)
        world.clock.move(2 * AN_HOUR - A_MINUTE)
        other.ask(AFTER)
        world.clock.move(A_MINUTE)

        assert (RequestOver(asked.number),) == refusals_of(
            lambda: change(family, asked.number, {AFTER: FULL_DAY})
        )

    @pytest.mark.rule("request.change.pending")
    def test_change_of_a_day(self, family):
        """
        The change of a booked day is no request to change, at any price.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        pending = ChangePending(WEDNESDAY, held.number, held.held_until)

        assert (pending,) == refusals_of(
            lambda: family.desk.planning.change_request(
                held.number,
                {NEXT: MORNING},
                shown_total=HALF,
                command=family.command(),
            )
        )

    @pytest.mark.rule("request.days.too-many")
    @pytest.mark.parametrize("count", [MOST_DAYS, MOST_DAYS + 1])
    def test_too_many(self, family, count):
        """
        A request that is changed has as many days at the most as a new one.
        """
        asked = family.ask(WEDNESDAY, amplitude=MORNING)
        days = {
            WEDNESDAY + dt.timedelta(days=rank): MORNING
            for rank in range(count)
        }

        def quoted():
            return family.desk.planning.quote_change(asked.number, days)

        if count == MOST_DAYS:
            assert count == len(quoted().lines)
        else:
            assert (TooManyDays(MOST_DAYS),) == refusals_of(quoted)

    @pytest.mark.rule("request.change.judged")
    def test_window_closed(self, world, family):
        """
        Once the window is closed, or the period gone, a day may be dropped,
        and none be added.
        """
        asked = family.ask(WEDNESDAY, NEXT, AFTER, amplitude=MORNING)
        (period,) = world.portal.reglement.periods
        closed = world.clock.now()
        decide(world, family, periods=(evolve(period, closes_at=closed),))

        change(family, asked.number, dict.fromkeys((WEDNESDAY, NEXT), MORNING))

        assert (WindowClosed(closed),) == refusals_of(
            lambda: change(family, asked.number, {AFTER: MORNING})
        )
        another = evolve(period, code=PeriodCode("autre"))
        world.clock.move(A_MINUTE)
        decide(world, family, periods=(another,))
        change(family, asked.number, {WEDNESDAY: MORNING})
        assert [("MATIN", LineState.HELD)] == states(family, asked.number)

    @pytest.mark.rule("request.command.once")
    def test_changed_since(self, world, family):
        """
        A change given again is answered as it was, also if the request has
        changed again, and what it asked for is gone.
        """
        asked = family.ask(WEDNESDAY, amplitude=MORNING)

        def give(*days, shown=2 * WHOLE.cents):
            return family.desk.planning.change_request(
                asked.number,
                dict.fromkeys(days, FULL_DAY),
                shown_total=eur(f"{shown / 100:.2f}"),
                command="once",
            )

        first = give(WEDNESDAY, NEXT)
        change(family, asked.number, {AFTER: MORNING})
        (accueil,) = world.portal.reglement.accueils
        decide(
            world, family, accueils=(evolve(accueil, amplitudes=(MORNING,)),)
        )

        assert first == give(NEXT, WEDNESDAY)
        assert (CommandReused(ONCE),) == refusals_of(
            lambda: give(WEDNESDAY, NEXT, shown=WHOLE.cents)
        )


class TestDay:
    @pytest.mark.rule("cancellation.day-over")
    def test_today(self, world, family):
        """
        Today's day may still be changed to less.
        """
        number = family.book(WEDNESDAY).number
        world.clock.moment = at_paris(WEDNESDAY, dt.time(23, 59))

        changed = change_day(family, number, WEDNESDAY, MORNING)

        assert (ZERO, ZERO) == (changed.to_pay, changed.credited)
        assert [("MATIN", LineState.CONFIRMED)] == states(family, number)

    @pytest.mark.rule("request.change.judged")
    def test_nothing_added(self, world, family):
        """
        What costs more is booking, also if it adds no part to the day.
        """
        dearer = AmplitudeCode("MATIN-SORTIE")
        (morning,) = (
            one for one in PETITES_BOUILLES.amplitudes if one.code == MORNING
        )
        (full,) = (
            one for one in PETITES_BOUILLES.amplitudes if one.code == FULL_DAY
        )
        (accueil,) = PETITES_BOUILLES.accueils
        outing = evolve(morning, code=dearer, prestations=full.prestations)
        decide(
            world,
            family,
            amplitudes=(*PETITES_BOUILLES.amplitudes, outing),
            accueils=(evolve(accueil, amplitudes=(MORNING, dearer)),),
        )
        number = book_half(family, WEDNESDAY)
        world.clock.moment = DEADLINE + A_MINUTE

        assert (DeadlinePassed(WEDNESDAY, DEADLINE),) == refusals_of(
            lambda: change_day(family, number, WEDNESDAY, dearer)
        )
        world.clock.moment = DEADLINE
        held = change_day(family, number, WEDNESDAY, dearer).held
        world.answer(family.check_out(), Outcome.PAID)
        assert RequestState.CONFIRMED is family.state(held.number)

    @pytest.mark.rule("request.change.downward")
    def test_less_in_a_full_pool(self, store):
        """
        What takes no more of a day is not judged: a pool may be full, and the
        deadline past.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family = world.family()
        number = family.book(WEDNESDAY).number
        world.clock.moment = DEADLINE + A_MINUTE

        change_day(family, number, WEDNESDAY, MORNING_MEAL)

        assert [("MATIN AVEC REPAS", LineState.CONFIRMED)] == states(
            family, number
        )

    @pytest.mark.rule("payment.price-changed")
    def test_shown(self, family):
        """
        A price or a credit that is not the one shown is refused, higher or
        lower.
        """
        number = book_half(family, WEDNESDAY)
        planning = family.desk.planning
        dear = planning.preview_day_change(number, WEDNESDAY, FULL_DAY)
        cheap = planning.preview_day_change(number, WEDNESDAY, MORNING_MEAL)
        full = family.book(NEXT).number
        much = planning.preview_day_change(full, NEXT, MORNING)
        little = planning.preview_day_change(full, NEXT, MORNING_MEAL)

        def to(day, amplitude, shown):
            return refusals_of(
                lambda: planning.change_day(
                    number if day == WEDNESDAY else full,
                    day,
                    amplitude,
                    shown=shown,
                    command=family.command(),
                )
            )

        assert (PriceChanged(dear.to_pay, cheap.to_pay),) == to(
            WEDNESDAY, MORNING_MEAL, dear
        )
        assert (PriceChanged(cheap.to_pay, dear.to_pay),) == to(
            WEDNESDAY, FULL_DAY, cheap
        )
        assert (CreditChanged(much.credited, little.credited),) == to(
            NEXT, MORNING_MEAL, much
        )
        assert (CreditChanged(little.credited, much.credited),) == to(
            NEXT, MORNING, little
        )

    @pytest.mark.rule("request.command.reused")
    def test_reused(self, family):
        """
        A key changes one day to one amplitude, at one price.
        """
        number = family.book(WEDNESDAY).number
        planning = family.desk.planning
        shown = planning.preview_day_change(number, WEDNESDAY, MORNING)
        other = planning.preview_day_change(number, WEDNESDAY, MORNING_MEAL)

        def give(amplitude, seen):
            return planning.change_day(
                number, WEDNESDAY, amplitude, shown=seen, command="once"
            )

        give(MORNING, shown)

        for amplitude, seen in ((AFTERNOON, shown), (MORNING, other)):
            assert (CommandReused(ONCE),) == refusals_of(
                lambda a=amplitude, s=seen: give(a, s)
            )

    @pytest.mark.rule("cancellation.own-version")
    def test_own_policy(self, world, family):
        """
        What is given back is what the booking's version says of that day,
        whatever was decided since.
        """
        nothing = evolve(
            POLICY, value=Policy(outcomes=(evolve(NOTHING, label="non"),))
        )
        decide(
            world,
            family,
            cancellations=History((POLICY, evolve(nothing, since=NEXT))),
        )
        number = family.book(WEDNESDAY, NEXT).number
        world.clock.move(A_MINUTE)
        decide(world, family, cancellations=History((nothing,)))

        back, kept = (
            change_day(family, number, day, MORNING)
            for day in (WEDNESDAY, NEXT)
        )

        assert (WHOLE - HALF, ZERO) == (back.credited, kept.credited)

    @pytest.mark.rule("request.change.difference")
    def test_another_adult(self, world, family):
        """
        Who changes a day is told, and asked for it; the prices are those of
        the booking.
        """
        number = book_half(family, WEDNESDAY, NEXT)
        other = AccountId("autre-adulte")
        with world.store.transaction() as tx:
            home = tx.of(family.member.household).household()
            adult = builders.adult(account=other, first_name="Alex")
            tx.put(evolve(home, adults=(*home.adults, adult)))
            tx.put(
                builders.account(
                    id=other,
                    household=family.member.household,
                    email="autre@example.org",
                )
            )
        world.letters()
        family.desk = world.portal.trusted.family(other)

        change_day(family, number, WEDNESDAY, AFTERNOON)
        held = change_day(family, number, NEXT, FULL_DAY).held

        assert ["autre@example.org"] == [to for to, _ in world.mails()]
        with world.store.reading() as reading:
            asked = reading.of(family.member.household).request(held.number)
        assert other == asked.asked.account


class TestTwoFamilies:
    """
    One place a part of the day, and two families there.
    """

    @pytest.fixture(name="world")
    def _world(self, store):
        return World(store, with_capacity(PETITES_BOUILLES, 1))

    @pytest.mark.rule("request.change.judged")
    def test_into_each_other(self, world):
        """
        Neither takes the place of the other; once one gave its day back, the
        other may have it.
        """
        family, other = world.family(), world.family("petit")
        morning = book_half(family, WEDNESDAY)
        afternoon = book_half(other, WEDNESDAY, amplitude=AFTERNOON)

        assert (DayFull(WEDNESDAY),) == refusals_of(
            lambda: change_day(family, morning, WEDNESDAY, AFTERNOON)
        )
        assert (DayFull(WEDNESDAY),) == refusals_of(
            lambda: change_day(other, afternoon, WEDNESDAY, FULL_DAY)
        )
        family.cancel(morning, WEDNESDAY)
        change_day(other, afternoon, WEDNESDAY, MORNING)
        assert [("MATIN", LineState.CONFIRMED)] == states(other, afternoon)

    @pytest.mark.rule("request.change.paid")
    def test_second_change_paid_first(self, world):
        """
        Of two changes of a day the one that is paid first stands; the money
        of the other is an avoir.
        """
        family = world.family()
        number = book_half(family, WEDNESDAY)
        first = change_day(family, number, WEDNESDAY, FULL_DAY).held
        late = family.check_out()
        world.clock.move(3 * AN_HOUR)
        second = change_day(family, number, WEDNESDAY, MORNING_MEAL).held
        world.answer(family.check_out(), Outcome.PAID)

        world.answer(late, Outcome.PAID)

        assert RequestState.CONFIRMED is family.state(second.number)
        assert RequestState.CREDITED is family.state(first.number)
        assert WHOLE - HALF == family.desk.invoices.credit_balance()

    @pytest.mark.rule("request.change.paid")
    @pytest.mark.rule("planning.confirmed")
    def test_what_is_shown(self, world):
        """
        Once it is paid, the planning shows the change and no longer the day
        that it stands in for; the recap lists the whole day.
        """
        family = world.family()
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        assert [(number, "MATIN"), (held.number, "JOURNEE AVEC REPAS")] == (
            squares(family)
        )

        world.answer(family.check_out(), Outcome.PAID)

        assert [(held.number, "JOURNEE AVEC REPAS")] == squares(family)
        assert [held.number] == [
            detail.number for detail in family.desk.planning.requests().items
        ]
        (recap,) = world.letters()[-1].requests
        assert (held.number, [(WEDNESDAY, "JOURNEE AVEC REPAS")]) == (
            recap.number,
            [(day.day, day.amplitude) for day in recap.days],
        )

    @pytest.mark.rule("request.change.pending")
    def test_superseded(self, world):
        """
        A day that a change stands in for is neither changed nor cancelled.
        """
        family = world.family()
        number = book_half(family, WEDNESDAY)
        change_day(family, number, WEDNESDAY, FULL_DAY)
        world.answer(family.check_out(), Outcome.PAID)

        for act in (
            lambda: change_day(family, number, WEDNESDAY, MORNING_MEAL),
            lambda: family.cancel(number, WEDNESDAY),
        ):
            assert (DayNotBooked(WEDNESDAY),) == refusals_of(act)

    @pytest.mark.rule("request.change.pending")
    def test_the_rest_of_the_day(self, world):
        """
        What else is booked on that day may be cancelled meanwhile.
        """
        family = world.family()
        morning = book_half(family, WEDNESDAY)
        afternoon = book_half(family, WEDNESDAY, amplitude=AFTERNOON)
        change_day(family, morning, WEDNESDAY, MORNING_MEAL)

        family.cancel(afternoon, WEDNESDAY)

        assert [("APRES-MIDI", LineState.CANCELLED)] == states(
            family, afternoon
        )

    @pytest.mark.rule("request.change.paid")
    def test_together(self, world):
        """
        Two days of one request are changed and paid together.
        """
        family = world.family()
        number = book_half(family, WEDNESDAY, NEXT)
        for day in (WEDNESDAY, NEXT):
            change_day(family, number, day, FULL_DAY)

        world.answer(family.check_out(), Outcome.PAID)

        assert [("MATIN", LineState.SUPERSEDED)] * 2 == states(family, number)


def squares(family):
    month = family.desk.planning.month(
        family.child.id,
        PeriodCode("mercredis-2025-2026"),
        day_of(family.world.clock.now()),
    )
    return [
        (booked.number, booked.amplitude)
        for week in month.weeks
        for day in week
        for booked in day.booked
        if day.day == WEDNESDAY
    ]


@pytest.mark.rule("place.judged-after-waiting")
def test_locks():
    """
    Every place that a change takes was locked before it was counted.
    """
    store = MemoryStore()
    watched = World(ChaoticStore(store, Chaos(Random(0))))

    Story(watched, watched.family(), watched.portal).play()


@pytest.mark.rule("request.change.pending")
def test_locks_to_cancel():
    """
    Cancelling a day waits for who changes it.
    """

    class Locked(MemoryStore):
        def __init__(self):
            super().__init__()
            self.days = []

        def transaction(self, locks=()):
            self.days.append({day for _, day in locks})
            return super().transaction(locks)

    world = World(store := Locked())
    family = world.family()
    number = family.book(WEDNESDAY, NEXT).number

    family.cancel(number, NEXT)

    assert {NEXT} == store.days[-1]


@pytest.mark.rule("request.cancel.not-booked")
@pytest.mark.parametrize(
    "command",
    [
        Supersede(day=NEXT, by=RequestNumber(17)),
        Alter(
            day=NEXT,
            amplitude=MORNING,
            places=(),
            paid=ZERO,
            settlement=Settlement(
                kept=ZERO, credited=ZERO, position=0, label="rien"
            ),
            credit_note=None,
        ),
    ],
    ids=lambda command: type(command).__name__,
)
def test_not_booked(command):
    """
    Only a booked day is superseded or altered.
    """
    waiting = builders.request(lines=(builders.line(day=NEXT),))

    assert (DayNotBooked(NEXT),) == refusals_of(
        lambda: decide_request(command, waiting)
    )
