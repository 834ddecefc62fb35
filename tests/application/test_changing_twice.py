"""
Changes that meet something else: late money, another version, another change.
"""

from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.cancellation import (
    CreditedShare,
    Outcome as PolicyOutcome,
    Policy,
)
from portail_core.domain.dated import History
from portail_core.domain.days import day_of
from portail_core.domain.ids import AmplitudeCode, PoolCode
from portail_core.domain.invoices import InvoiceState
from portail_core.domain.money import ZERO, eur
from portail_core.domain.payments import Outcome
from portail_core.domain.requests import (
    LineState,
    RequestOver,
    RequestState,
)
from portail_core.ports.mail import DayChangeConfirmation
from portail_core.testing import check_promises
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    AFTER,
    AFTERNOON,
    AN_HOUR,
    FULL_DAY,
    MORNING,
    NEXT,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
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


def decide(world, family, **changes):
    """
    Put another règlement in force from today, and open the portal again.
    """
    decided = changed(world.portal.reglement, **changes)
    world.portal.activate(decided, since=day_of(world.clock.now()))
    world.portal = world.open(decided)
    family.meet(world.portal)


def offering(world, *amplitudes):
    (accueil,) = world.portal.reglement.accueils
    return {"accueils": (evolve(accueil, amplitudes=amplitudes),)}


def a_morning(code, times):
    """
    As the guide's, billed otherwise.
    """
    (known,) = (
        one for one in PETITES_BOUILLES.amplitudes if one.code == MORNING
    )
    return evolve(
        known,
        code=AmplitudeCode(code),
        prestations=dict.fromkeys(known.prestations, Decimal(times)),
    )


def last_note(family):
    return max(
        family.desk.invoices.credit_notes().items, key=lambda one: one.number
    )


class TestMoneyForWhatItWas:
    """
    A payer who seemed gone pays for what the request was before it changed.
    """

    @pytest.fixture(name="asked")
    def _asked(self, family):
        return family.ask(WEDNESDAY, amplitude=MORNING)

    @pytest.fixture(name="old")
    def _old(self, world, family, asked):
        checkout = family.check_out()
        world.answer(checkout, Outcome.ABANDONED)
        return checkout

    @pytest.fixture(name="world")
    def _world(self, store):
        """
        The guide's règlement, and mornings that are billed twice.
        """
        (accueil,) = PETITES_BOUILLES.accueils
        twice = a_morning("MATIN-DOUBLE", "2")
        world = World(
            store,
            evolve(
                PETITES_BOUILLES,
                amplitudes=(*PETITES_BOUILLES.amplitudes, twice),
                accueils=(
                    evolve(
                        accueil, amplitudes=(*accueil.amplitudes, twice.code)
                    ),
                ),
            ),
        )
        yield world
        check_promises(store, at=world.clock.now())

    @pytest.mark.rule("payment.late.request-changed")
    @pytest.mark.parametrize(
        "days",
        [
            {WEDNESDAY: FULL_DAY},
            {WEDNESDAY: "JOURNEE"},
            {WEDNESDAY: "MATIN-DOUBLE"},
            {NEXT: MORNING},
        ],
        ids=["dearer", "other prestation", "twice as much", "another day"],
    )
    def test_is_an_avoir(self, world, family, asked, old, days):
        """
        The money is an avoir, and the request still waits as it is now.
        """
        change(family, asked.number, days)

        world.answer(old, Outcome.PAID)

        assert HALF == family.desk.invoices.credit_balance()
        (given,) = last_note(family).days
        assert "payment.late.request-changed" == given.reason
        assert RequestState.AWAITING_PAYMENT is family.state(asked.number)
        (day,) = days
        assert [(day, LineState.HELD)] == [
            (line.day, line.state)
            for line in family.desk.planning.detail(asked.number).lines
        ]

    @pytest.mark.rule("payment.late.request-changed")
    def test_mail(self, world, family, asked, old):
        """
        The mail lists the day that was paid for, not those of today.
        """
        change(family, asked.number, {NEXT: FULL_DAY})
        world.answer(old, Outcome.PAID)

        (letter,) = world.letters()[-1:]

        (late,) = letter.credited
        assert [(WEDNESDAY, "Demi-journée")] == [
            (day.day, day.amplitude) for day in late.request.days
        ]
        assert "payment.late.request-changed" == late.reason

    @pytest.mark.rule("payment.late.request-changed")
    def test_once_expired(self, world, family, asked, old):
        """
        It stays expired, though its days are free.
        """
        change(family, asked.number, {WEDNESDAY: FULL_DAY})
        world.clock.move(3 * AN_HOUR)
        world.portal.jobs.expire()

        world.answer(old, Outcome.PAID)

        assert RequestState.EXPIRED is family.state(asked.number)
        assert HALF == family.desk.invoices.credit_balance()

    @pytest.mark.rule("payment.late.request-changed")
    def test_changed_back(self, world, family, asked, old):
        """
        Changed and changed back it is what was paid for, and is confirmed.
        """
        change(family, asked.number, {NEXT: FULL_DAY})
        change(family, asked.number, {WEDNESDAY: MORNING})

        world.answer(old, Outcome.PAID)

        assert RequestState.CONFIRMED is family.state(asked.number)

    @pytest.mark.rule("invoice.avoir.refers")
    def test_cancelled(self, world, family, asked, old):
        """
        The avoir of a day that two invoices list corrects the one that
        confirmed it, not the one that was credited at once.
        """
        change(family, asked.number, {NEXT: FULL_DAY})
        world.answer(old, Outcome.PAID)
        change(family, asked.number, {WEDNESDAY: MORNING})
        family.check_out()

        family.cancel(asked.number, WEDNESDAY)

        assert [("ALSH-2026-000002", HALF)] == [
            (day.invoice, day.credited) for day in last_note(family).days
        ]


class TestTwoInvoices:
    @pytest.mark.rule("invoice.state")
    def test_states(self, world, family):
        """
        What an avoir gives back of one invoice is not given back of the other
        that it corrects.
        """
        number = book_half(family, WEDNESDAY, NEXT)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        world.answer(family.check_out(), Outcome.PAID)

        family.cancel(held.number, WEDNESDAY)

        assert {
            "ALSH-2026-000001": InvoiceState.PARTLY_CREDITED,
            "ALSH-2026-000002": InvoiceState.CREDITED,
        } == {
            one.invoice.number: one.state
            for one in family.desk.invoices.all().items
        }

    @pytest.mark.rule("invoice.avoir.each-invoice")
    @pytest.mark.rule("cancellation.share")
    def test_partly_back(self, world, family):
        """
        What is kept of a changed day is told once, and only of what an
        invoice billed is given back.
        """
        halved = Policy(
            outcomes=(
                PolicyOutcome(
                    until=None,
                    gift=CreditedShare(Decimal("0.75")),
                    label="trois quarts",
                ),
            )
        )
        (decision,) = PETITES_BOUILLES.cancellations_of(
            PETITES_BOUILLES.periods[0]
        ).decisions
        decide(
            world,
            family,
            cancellations=History((evolve(decision, value=halved),)),
        )
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        world.answer(family.check_out(), Outcome.PAID)

        family.cancel(held.number, WEDNESDAY)

        back = eur("13.79")
        assert [
            ("ALSH-2026-000002", WHOLE - HALF, WHOLE - back),
            ("ALSH-2026-000001", back - (WHOLE - HALF), ZERO),
        ] == [
            (day.invoice, day.credited, day.kept)
            for day in last_note(family).days
        ]


class TestStandsNoLonger:
    """
    Late money for a change, once the booked day is no longer as it was.
    """

    @pytest.mark.rule("payment.late.day-changed")
    def test_cheaper(self, world, family):
        """
        Changed to less in the same part of the day, it is not the day that
        the money was to change.
        """
        half = a_morning("MATIN-COURT", "0.5")
        (accueil,) = PETITES_BOUILLES.accueils
        decide(
            world,
            family,
            amplitudes=(*PETITES_BOUILLES.amplitudes, half),
            accueils=(
                evolve(accueil, amplitudes=(*accueil.amplitudes, half.code)),
            ),
        )
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        late = family.check_out()
        world.clock.move(3 * AN_HOUR)
        change_day(family, number, WEDNESDAY, "MATIN-COURT")

        world.answer(late, Outcome.PAID)

        assert RequestState.CREDITED is family.state(held.number)
        assert RequestState.CONFIRMED is family.state(number)

    @pytest.mark.rule("payment.late.day-changed")
    def test_another_pool(self, world, family):
        """
        Nor is it, if its places are counted in another pool by now.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        late = family.check_out()
        world.clock.move(3 * AN_HOUR)
        decide(
            world,
            family,
            pools=tuple(
                evolve(pool, code=code, parts=parts)
                for pool in PETITES_BOUILLES.pools
                for code, parts in (
                    (PoolCode(f"{pool.code}-matin"), (pool.parts or ())[:1]),
                    (pool.code, (pool.parts or ())[1:]),
                )
            ),
        )
        change_day(family, number, WEDNESDAY, AFTERNOON)
        change_day(family, number, WEDNESDAY, MORNING)

        world.answer(late, Outcome.PAID)

        assert RequestState.CREDITED is family.state(held.number)
        assert [("MATIN", LineState.CONFIRMED)] == states(family, number)


class TestAnotherVersion:
    @pytest.mark.rule("request.change.judged")
    def test_no_longer_offered(self, world, family):
        """
        An amplitude that is offered no longer stays on days that were asked
        for already: other days may be dropped and added beside it.
        """
        asked = family.ask(WEDNESDAY, NEXT)
        decide(world, family, **offering(world, MORNING))

        change(family, asked.number, {WEDNESDAY: FULL_DAY})
        change(family, asked.number, {WEDNESDAY: FULL_DAY, AFTER: MORNING})

        assert ["JOURNEE AVEC REPAS", "MATIN"] == [
            amplitude for amplitude, _ in states(family, asked.number)
        ]

    @pytest.mark.rule("request.command.once")
    def test_request_once(self, world, family):
        """
        A change given again is answered as it was, though what it asked for
        is no longer offered.
        """
        asked = family.ask(WEDNESDAY, amplitude=MORNING)

        def give():
            return family.desk.planning.change_request(
                asked.number,
                {NEXT: FULL_DAY},
                shown_total=WHOLE,
                command="once",
            )

        first = give()
        decide(world, family, **offering(world, MORNING))

        assert first == give()

    @pytest.mark.rule("request.command.once")
    def test_day_once(self, world, family):
        """
        So is the change of a booked day.
        """
        number = book_half(family, WEDNESDAY)
        shown = family.desk.planning.preview_day_change(
            number, WEDNESDAY, FULL_DAY
        )

        def give():
            return family.desk.planning.change_day(
                number, WEDNESDAY, FULL_DAY, shown=shown, command="once"
            )

        first = give()
        decide(world, family, **offering(world, MORNING))

        assert first == give()


class TestChangeOfAChange:
    @pytest.mark.rule("planning.detail")
    def test_amounts(self, world, family):
        """
        « Détail de la réservation »: a change that waits shows what it costs;
        once it is paid, all that was paid for the day.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        before = amount(family, held.number)

        world.answer(family.check_out(), Outcome.PAID)

        assert (WHOLE - HALF, WHOLE) == (before, amount(family, held.number))
        assert HALF == amount(family, number)

    @pytest.mark.rule("planning.detail")
    def test_up_and_down(self, world, family):
        """
        A day that is again as it was first booked shows what stays paid.
        """
        number = book_half(family, WEDNESDAY)
        held = change_day(family, number, WEDNESDAY, FULL_DAY).held
        world.answer(family.check_out(), Outcome.PAID)

        change_day(family, held.number, WEDNESDAY, MORNING)

        assert HALF == amount(family, held.number)

    @pytest.mark.rule("request.change.mail")
    def test_letters(self, world, family):
        """
        Changed twice before any mail left: each mail tells its own change.
        """
        number = family.book(WEDNESDAY).number
        world.letters()
        change_day(family, number, WEDNESDAY, "MATIN-REPAS")
        change_day(family, number, WEDNESDAY, MORNING)

        assert [
            ("JOURNEE AVEC REPAS", "MATIN AVEC REPAS"),
            ("MATIN AVEC REPAS", "MATIN"),
        ] == [
            (letter.before, letter.changed.amplitude)
            for letter in world.letters()
            if isinstance(letter, DayChangeConfirmation)
        ]

    @pytest.mark.rule("request.change.pending")
    def test_over(self, world, family):
        """
        A change that was paid, or was not in time, waits for nothing.
        """
        number = book_half(family, WEDNESDAY)
        late = change_day(family, number, WEDNESDAY, FULL_DAY).held.number
        world.clock.move(2 * AN_HOUR)
        paid = change_day(family, number, WEDNESDAY, FULL_DAY).held.number
        world.answer(family.check_out(), Outcome.PAID)

        for over in (late, paid):
            assert (RequestOver(over),) == refusals_of(
                lambda number=over: family.desk.planning.change_request(
                    number,
                    {NEXT: MORNING},
                    shown_total=HALF,
                    command=family.command(),
                )
            )


def amount(family, number):
    (line,) = family.desk.planning.detail(number).lines
    return line.amount
