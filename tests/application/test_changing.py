"""
« Voir / Modifier la réservation sur le planning »: before paying, and after.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Refused
from portail_core.domain.bookings import (
    AlreadyBooked,
    DayFull,
    DeadlinePassed,
    NoDayWished,
)
from portail_core.domain.cancellation import CreditChanged, DayOver
from portail_core.domain.days import at_paris
from portail_core.domain.money import ZERO, eur
from portail_core.domain.payments import Outcome, PriceChanged
from portail_core.domain.requests import (
    ChangePending,
    DayNotBooked,
    LineState,
    PaymentInProgress,
    RequestOver,
    RequestState,
    RequestUnknown,
    SameAmplitude,
)
from portail_core.ports.mail import (
    DayChangeConfirmation,
    PaymentConfirmation,
    RecapOfBookings,
)
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

NOON_TWO_DAYS_BEFORE = at_paris(dt.date(2026, 5, 25), dt.time(12))
HALF = eur("8.61")
WHOLE = eur("18.38")


def refusals_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusals


def change(family, number, days):
    shown = family.desk.planning.quote_change(number, days).total
    return family.desk.planning.change_request(
        number, days, shown_total=shown, command=family.command()
    )


def change_day(family, number, day, amplitude):
    shown = family.desk.planning.preview_day_change(number, day, amplitude)
    return family.desk.planning.change_day(
        number, day, amplitude, shown=shown, command=family.command()
    )


def book_half(family, *days, amplitude=MORNING):
    request = family.ask(*days, amplitude=amplitude)
    family.world.answer(family.check_out(), Outcome.PAID)
    return request.number


def states(family, number):
    detail = family.desk.planning.detail(number)
    return [(line.amplitude, line.state) for line in detail.lines]


class TestBeforePaying:
    @pytest.mark.rule("request.change.before-payment")
    def test_other_days(self, world, family):
        """
        A request keeps its number and deadline, and has other days and price.
        """
        asked = family.ask(WEDNESDAY, amplitude=MORNING)
        world.clock.move(A_MINUTE)

        changed = change(family, asked.number, {NEXT: FULL_DAY})

        assert evolve(asked, amount=WHOLE) == changed
        assert [("JOURNEE AVEC REPAS", LineState.HELD)] == states(
            family, asked.number
        )
        assert WHOLE == family.desk.basket.show().total

    @pytest.mark.rule("request.change.before-payment")
    def test_places_follow(self, store):
        """
        The places of days that are dropped are free, those of days that are
        added are not.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("petit")
        asked = family.ask(WEDNESDAY)
        change(family, asked.number, {NEXT: FULL_DAY})

        other.ask(WEDNESDAY)

        assert (DayFull(NEXT),) == refusals_of(lambda: other.ask(NEXT))

    @pytest.mark.rule("request.change.judged")
    def test_own_place(self, store):
        """
        The last place is the request's own: it may go on to the whole day.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family = world.family()
        asked = family.ask(WEDNESDAY, amplitude=MORNING)

        change(family, asked.number, {WEDNESDAY: FULL_DAY})

        assert [("JOURNEE AVEC REPAS", LineState.HELD)] == states(
            family, asked.number
        )

    @pytest.mark.rule("request.change.judged")
    def test_only_new_days(self, world, family):
        """
        Past the deadline of a day it may stay, and be dropped, but neither be
        added nor changed.
        """
        world.clock.moment = NOON_TWO_DAYS_BEFORE
        asked = family.ask(WEDNESDAY, NEXT, amplitude=MORNING)
        world.clock.move(A_MINUTE)
        late = DeadlinePassed(WEDNESDAY, NOON_TWO_DAYS_BEFORE)

        change(family, asked.number, {WEDNESDAY: MORNING, AFTER: MORNING})

        assert (late,) == refusals_of(
            lambda: change(family, asked.number, {WEDNESDAY: FULL_DAY})
        )
        change(family, asked.number, {AFTER: MORNING})
        assert (late,) == refusals_of(
            lambda: change(family, asked.number, {WEDNESDAY: MORNING})
        )

    @pytest.mark.rule("request.change.judged")
    def test_clash(self, family):
        """
        What another request of the child takes is taken.
        """
        family.ask(WEDNESDAY, amplitude=MORNING)
        other = family.ask(NEXT)

        refusals = refusals_of(
            lambda: change(family, other.number, {WEDNESDAY: FULL_DAY})
        )

        assert (AlreadyBooked(WEDNESDAY),) == refusals

    @pytest.mark.rule("request.change.before-payment")
    def test_refused(self, world, family):
        """
        Paid, being paid, expired, emptied, another's, at another price: no.
        """
        planning = family.desk.planning
        asked = family.ask(WEDNESDAY)
        days = {NEXT: FULL_DAY}

        def to(number, shown=WHOLE, wanted=days):
            return lambda: planning.change_request(
                number, wanted, shown_total=shown, command=family.command()
            )

        assert (PriceChanged(HALF, WHOLE),) == refusals_of(
            to(asked.number, HALF)
        )
        assert (NoDayWished(),) == refusals_of(to(asked.number, wanted={}))
        assert [RequestUnknown] == [type(one) for one in refusals_of(to(99))]
        checkout = family.check_out()
        (busy,) = refusals_of(to(asked.number))
        assert isinstance(busy, PaymentInProgress)
        world.answer(checkout, Outcome.PAID)
        assert (RequestOver(asked.number),) == refusals_of(to(asked.number))
        late = family.ask(NEXT)
        world.clock.move(2 * AN_HOUR)
        assert (RequestOver(late.number),) == refusals_of(to(late.number))

    @pytest.mark.rule("request.refusals.all")
    def test_all_at_once(self, world, family):
        """
        A day too late and a price that changed are told together.
        """
        world.clock.moment = NOON_TWO_DAYS_BEFORE + A_MINUTE
        asked = family.ask(NEXT)

        refusals = refusals_of(
            lambda: family.desk.planning.change_request(
                asked.number,
                {WEDNESDAY: FULL_DAY},
                shown_total=HALF,
                command="late",
            )
        )

        assert (
            DeadlinePassed(WEDNESDAY, NOON_TWO_DAYS_BEFORE),
            PriceChanged(HALF, WHOLE),
        ) == refusals

    @pytest.mark.rule("request.command.once")
    def test_once(self, family):
        """
        The same command changes once.
        """
        asked = family.ask(WEDNESDAY)

        first, second = (
            family.desk.planning.change_request(
                asked.number,
                {NEXT: FULL_DAY},
                shown_total=WHOLE,
                command="once",
            )
            for _ in range(2)
        )

        assert first == second


class TestUpward:
    @pytest.mark.rule("request.change.difference")
    def test_difference(self, family):
        """
        « Estimation de votre facture »: what is added, less what was paid.
        """
        number = book_half(family, WEDNESDAY)

        shown = family.desk.planning.preview_day_change(
            number, WEDNESDAY, FULL_DAY
        )

        assert [
            ("Journée", 1, eur("11.48")),
            ("Repas", 1, eur("6.90")),
            ("Demi-journée", -1, ZERO - HALF),
        ] == [
            (row.designation, row.quantity, row.amount)
            for row in shown.quote.rows
        ]
        assert (WHOLE - HALF, None) == (shown.to_pay, shown.settlement)

    @pytest.mark.rule("request.change.difference")
    def test_what_stays(self, family):
        """
        A prestation that is in both is not billed again.
        """
        number = book_half(family, WEDNESDAY, amplitude="MATIN-REPAS")

        shown = family.desk.planning.preview_day_change(
            number, WEDNESDAY, FULL_DAY
        )

        assert ["Journée", "Demi-journée"] == [
            row.designation for row in shown.quote.rows
        ]

    @pytest.mark.rule("request.change.added-parts")
    def test_waits(self, store):
        """
        Until it is paid the booked morning stands, and the afternoon is held.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("petit")
        number = book_half(family, WEDNESDAY)

        changed = change_day(family, number, WEDNESDAY, FULL_DAY)

        assert WHOLE - HALF == changed.held.amount
        assert WHOLE - HALF == family.desk.basket.show().total
        assert [("MATIN", LineState.CONFIRMED)] == states(family, number)
        assert [("JOURNEE AVEC REPAS", LineState.HELD)] == states(
            family, changed.held.number
        )
        assert (DayFull(WEDNESDAY),) == refusals_of(
            lambda: other.ask(WEDNESDAY, amplitude=AFTERNOON)
        )

    @pytest.mark.rule("request.change.added-parts")
    def test_expires(self, store):
        """
        Not paid in time, the morning stands and the afternoon is free.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("petit")
        number = book_half(family, WEDNESDAY)
        changed = change_day(family, number, WEDNESDAY, FULL_DAY)

        world.clock.move(2 * AN_HOUR)

        other.ask(WEDNESDAY, amplitude=AFTERNOON)
        assert [("MATIN", LineState.CONFIRMED)] == states(family, number)
        assert RequestState.EXPIRED is family.state(changed.held.number)

    @pytest.mark.rule("request.change.paid")
    def test_paid(self, world, family):
        """
        Paid, the change stands in the place of the booked day, and its
        invoice bills the difference.
        """
        number = book_half(family, WEDNESDAY)
        changed = change_day(family, number, WEDNESDAY, FULL_DAY)

        world.answer(family.check_out(), Outcome.PAID)

        assert [("MATIN", LineState.SUPERSEDED)] == states(family, number)
        assert RequestState.SUPERSEDED is family.state(number)
        assert [("JOURNEE AVEC REPAS", LineState.CONFIRMED)] == states(
            family, changed.held.number
        )
        totals = sorted(
            invoice.total
            for invoice in (
                one.invoice for one in family.desk.invoices.all().items
            )
        )
        assert [HALF, WHOLE - HALF] == totals
        letters = world.letters()[-2:]
        assert [PaymentConfirmation, RecapOfBookings] == [
            type(letter) for letter in letters
        ]

    @pytest.mark.rule("request.change.paid")
    def test_places_given_back(self, store):
        """
        A morning that became an afternoon leaves the morning to others.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("petit")
        number = book_half(family, WEDNESDAY, amplitude="MATIN-REPAS")

        change_day(family, number, WEDNESDAY, AFTERNOON)

        other.ask(WEDNESDAY, amplitude="MATIN-REPAS")
        assert (DayFull(WEDNESDAY),) == refusals_of(
            lambda: world.family("garcia").ask(WEDNESDAY, amplitude=AFTERNOON)
        )

    @pytest.mark.rule("request.change.pending")
    def test_pending(self, family):
        """
        Meanwhile the day is neither changed again nor cancelled; once the
        change is thrown away, it is.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        pending = ChangePending(WEDNESDAY, held.number, held.held_until)
        desk = family.desk

        assert (pending,) == refusals_of(
            lambda: change_day(family, number, WEDNESDAY, "MATIN-REPAS")
        )
        assert (pending,) == refusals_of(
            lambda: family.cancel(number, WEDNESDAY)
        )
        assert (pending,) == refusals_of(
            lambda: change(family, held.number, {NEXT: FULL_DAY})
        )
        desk.basket.discard(held.number, command=family.command())
        family.cancel(number, WEDNESDAY)
        assert [("MATIN", LineState.CANCELLED)] == states(family, number)

    @pytest.mark.rule("payment.late.day-changed")
    def test_late_money(self, world, family):
        """
        Money that comes once the day was cancelled becomes an avoir.
        """
        number = book_half(family, WEDNESDAY)
        changed = change_day(family, number, WEDNESDAY, FULL_DAY)
        checkout = family.check_out()
        world.clock.move(3 * AN_HOUR)
        family.cancel(number, WEDNESDAY)

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CREDITED is family.state(changed.held.number)
        assert WHOLE == family.desk.invoices.credit_balance()
        note = max(
            family.desk.invoices.credit_notes().items,
            key=lambda one: one.number,
        )
        assert ["payment.late.day-changed"] == [d.reason for d in note.days]

    @pytest.mark.rule("payment.late.day-changed")
    def test_late_money_in_time(self, world, family):
        """
        Money that comes late while the day still stands changes it.
        """
        number = book_half(family, WEDNESDAY)
        changed = change_day(family, number, WEDNESDAY, FULL_DAY)
        checkout = family.check_out()
        world.clock.move(3 * AN_HOUR)
        world.portal.jobs.expire()

        world.answer(checkout, Outcome.PAID)

        assert RequestState.CONFIRMED is family.state(changed.held.number)
        assert RequestState.SUPERSEDED is family.state(number)

    @pytest.mark.rule("invoice.avoir.each-invoice")
    def test_cancelled(self, world, family):
        """
        A changed day that is cancelled is credited on both its invoices.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        world.answer(family.check_out(), Outcome.PAID)

        family.cancel(held.number, WEDNESDAY)

        (note,) = family.desk.invoices.credit_notes().items
        assert [
            ("ALSH-2026-000002", WHOLE - HALF),
            ("ALSH-2026-000001", HALF),
        ] == [(day.invoice, day.credited) for day in note.days]
        letter = world.letters()[-1]
        assert [(WEDNESDAY, WHOLE)] == [
            (day.day, day.credited) for day in letter.days
        ]


class TestDownward:
    @pytest.mark.rule("request.change.downward")
    def test_in_time(self, world, family):
        """
        In time, what was paid beyond the new price is an avoir, at once.
        """
        number = family.book(WEDNESDAY).number

        changed = change_day(family, number, WEDNESDAY, MORNING)

        assert WHOLE - HALF == changed.credited
        assert [("MATIN", LineState.CONFIRMED)] == states(family, number)
        (note,) = family.desk.invoices.credit_notes().items
        assert (changed.credit_note, WHOLE - HALF) == (
            note.number,
            note.amount,
        )
        letter = world.letters()[-1]
        assert isinstance(letter, DayChangeConfirmation)
        assert ("JOURNEE AVEC REPAS", "MATIN") == (
            letter.before,
            letter.changed.amplitude,
        )

    @pytest.mark.rule("request.change.downward")
    def test_too_late(self, world, family):
        """
        After the deadline the change stands, and nothing is given back.
        """
        number = family.book(WEDNESDAY).number
        world.clock.moment = NOON_TWO_DAYS_BEFORE + A_MINUTE

        changed = change_day(family, number, WEDNESDAY, MORNING)

        assert (ZERO, WHOLE - HALF, None) == (
            changed.credited,
            changed.settlement.kept,
            changed.credit_note,
        )
        assert [("MATIN", LineState.CONFIRMED)] == states(family, number)

    @pytest.mark.rule("request.change.downward")
    def test_same_price(self, store):
        """
        A morning for an afternoon costs nothing, if there is a place.
        """
        world = World(store, with_capacity(PETITES_BOUILLES, 1))
        family, other = world.family(), world.family("petit")
        number = book_half(family, WEDNESDAY)
        taken = book_half(other, NEXT, amplitude=AFTERNOON)
        mine = book_half(family, NEXT)

        change_day(family, number, WEDNESDAY, AFTERNOON)

        assert [("APRES-MIDI", LineState.CONFIRMED)] == states(family, number)
        assert () == family.desk.invoices.credit_notes().items
        assert (DayFull(NEXT),) == refusals_of(
            lambda: change_day(family, mine, NEXT, AFTERNOON)
        )
        assert [("APRES-MIDI", LineState.CONFIRMED)] == states(other, taken)

    @pytest.mark.rule("request.change.downward")
    def test_deadline(self, world, family):
        """
        What adds nothing to the day is not booking: only what adds is judged.
        """
        number = family.book(WEDNESDAY).number
        half = book_half(family, NEXT)
        world.clock.moment = at_paris(dt.date(2026, 6, 1), dt.time(12, 1))

        assert (DayOver(WEDNESDAY),) == refusals_of(
            lambda: change_day(family, number, WEDNESDAY, MORNING)
        )
        (late,) = refusals_of(
            lambda: change_day(family, half, NEXT, AFTERNOON)
        )
        assert isinstance(late, DeadlinePassed)

    @pytest.mark.rule("invoice.avoir.each-invoice")
    def test_up_and_down(self, world, family):
        """
        Up, then down, then cancelled: what each invoice billed comes back.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        world.answer(family.check_out(), Outcome.PAID)
        change_day(family, held.number, WEDNESDAY, MORNING)

        family.cancel(held.number, WEDNESDAY)

        first, second = sorted(
            family.desk.invoices.credit_notes().items,
            key=lambda one: one.number,
        )
        assert [("ALSH-2026-000002", WHOLE - HALF)] == [
            (day.invoice, day.credited) for day in first.days
        ]
        assert [("ALSH-2026-000001", HALF)] == [
            (day.invoice, day.credited) for day in second.days
        ]

    @pytest.mark.rule("request.change.same")
    def test_refused(self, world, family):
        """
        As it is booked, not booked, or at another price than shown: no.
        """
        number = family.book(WEDNESDAY).number
        planning = family.desk.planning
        shown = planning.preview_day_change(number, WEDNESDAY, MORNING)

        assert (SameAmplitude(WEDNESDAY),) == refusals_of(
            lambda: change_day(family, number, WEDNESDAY, FULL_DAY)
        )
        assert (DayNotBooked(NEXT),) == refusals_of(
            lambda: change_day(family, number, NEXT, FULL_DAY)
        )
        world.clock.moment = NOON_TWO_DAYS_BEFORE + A_MINUTE
        assert (CreditChanged(WHOLE - HALF, ZERO),) == refusals_of(
            lambda: planning.change_day(
                number,
                WEDNESDAY,
                MORNING,
                shown=shown,
                command=family.command(),
            )
        )

    @pytest.mark.rule("payment.price-changed")
    def test_price_changed(self, family):
        """
        What is to pay is what was shown.
        """
        number = book_half(family, WEDNESDAY)
        planning = family.desk.planning
        shown = planning.preview_day_change(number, WEDNESDAY, FULL_DAY)
        cheaper = planning.preview_day_change(number, WEDNESDAY, "MATIN-REPAS")

        assert (PriceChanged(cheaper.to_pay, shown.to_pay),) == refusals_of(
            lambda: planning.change_day(
                number,
                WEDNESDAY,
                FULL_DAY,
                shown=cheaper,
                command=family.command(),
            )
        )

    @pytest.mark.rule("request.command.once")
    def test_once(self, family):
        """
        The same command changes once.
        """
        number = family.book(WEDNESDAY).number
        planning = family.desk.planning
        shown = planning.preview_day_change(number, WEDNESDAY, MORNING)

        first, second = (
            planning.change_day(
                number, WEDNESDAY, MORNING, shown=shown, command="once"
            )
            for _ in range(2)
        )

        assert first == second
        assert 1 == len(family.desk.invoices.credit_notes().items)
