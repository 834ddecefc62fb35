"""
Cancelling paid days, and what it gives back.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Money, Refused, eur
from portail_core.domain.cancellation import CreditChanged, DayOver
from portail_core.domain.days import at_paris
from portail_core.domain.ids import RequestNumber
from portail_core.domain.invoices import CreditNoteUnknown, InvoiceUnknown
from portail_core.domain.requests import (
    DayNotBooked,
    NoDayCancelled,
    RequestState,
    RequestUnknown,
)
from portail_core.ports.mail import CancellationConfirmation
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    A_SECOND,
    AFTER,
    NEXT,
    WEDNESDAY,
)

DAY = eur("18.38")
LAST_MOMENT = at_paris(dt.date(2026, 5, 25), dt.time(12))


def refusals_of(ask):
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.refusals


@pytest.fixture(name="number")
def _number(world, family):
    request = family.book(WEDNESDAY, NEXT)
    world.letters()
    return request.number


class TestCancel:
    @pytest.mark.rule("cancellation.mail.always")
    def test_in_time(self, world, family, number):
        """
        To the last moment, everything comes back as one avoir; one mail
        confirms it, and the other day stands.
        """
        world.clock.moment = LAST_MOMENT

        done = family.cancel(number, WEDNESDAY)

        assert ("ALSH-AV-2026-000001", DAY, Money(0)) == (
            done.credit_note,
            done.credited,
            done.kept,
        )
        assert RequestState.CONFIRMED == family.state(number)
        (letter,) = world.letters()
        assert isinstance(letter, CancellationConfirmation)
        assert ("ALSH-AV-2026-000001", DAY) == (
            letter.credit_note,
            letter.credited,
        )
        assert [WEDNESDAY] == [day.day for day in letter.days]
        (note,) = family.desk.invoices.credit_notes().items
        assert note == family.desk.invoices.credit_note(note.number)
        assert ("ALSH-2026-000001",) == note.invoices

    @pytest.mark.rule("cancellation.mail.always")
    def test_late(self, world, family, number):
        """
        A second later the day is cancelled all the same: nothing comes back,
        the place is free, a mail confirms it.
        """
        world.clock.moment = LAST_MOMENT + A_SECOND

        done = family.cancel(number, WEDNESDAY)

        assert (None, Money(0), DAY) == (
            done.credit_note,
            done.credited,
            done.kept,
        )
        (letter,) = world.letters()
        assert (None, Money(0)) == (letter.credit_note, letter.credited)
        assert () == family.desk.invoices.credit_notes().items

    def test_all_days(self, family, number):
        """
        Several days are one avoir; the request is cancelled.
        """
        done = family.cancel(number, NEXT, WEDNESDAY, NEXT)

        assert DAY + DAY == done.credited
        assert [WEDNESDAY, NEXT] == [day.day for day in done.days]
        assert RequestState.CANCELLED == family.state(number)
        assert 1 == len(family.desk.invoices.credit_notes().items)

    def test_same_command(self, family, number):
        """
        The same command twice cancels once.
        """
        answers = [
            family.desk.planning.cancel(
                number, [WEDNESDAY], shown_credit=DAY, command="again"
            )
            for _ in range(2)
        ]

        assert answers[0] == answers[1]
        assert DAY == family.desk.invoices.credit_balance()

    @pytest.mark.rule("cancellation.credit-changed")
    def test_credit_changed(self, world, family, number):
        """
        A deadline that passed between looking and cancelling is told.
        """
        world.clock.moment = LAST_MOMENT
        shown = family.desk.planning.preview_cancellation(
            number, [WEDNESDAY]
        ).credited
        world.clock.move(A_SECOND)

        refusals = refusals_of(
            lambda: family.desk.planning.cancel(
                number, [WEDNESDAY], shown_credit=shown, command="late"
            )
        )

        assert (CreditChanged(DAY, Money(0)),) == refusals

    @pytest.mark.rule("request.cancel.no-day")
    def test_not_booked(self, family, number):
        """
        A day that is not booked, no day, or another's request: refused.
        """
        preview = family.desk.planning.preview_cancellation

        assert (DayNotBooked(AFTER),) == refusals_of(
            lambda: preview(number, [WEDNESDAY, AFTER])
        )
        assert (NoDayCancelled(),) == refusals_of(lambda: preview(number, []))
        assert (RequestUnknown(RequestNumber(99)),) == refusals_of(
            lambda: preview(99, [WEDNESDAY])
        )

    @pytest.mark.rule("cancellation.day-over")
    def test_day_over(self, world, family, number):
        """
        The day itself is still cancelled, the day after no longer.
        """
        preview = family.desk.planning.preview_cancellation
        world.clock.moment = at_paris(WEDNESDAY, dt.time(23, 59, 59))
        preview(number, [WEDNESDAY])
        world.clock.move(A_SECOND)

        assert (DayOver(WEDNESDAY),) == refusals_of(
            lambda: preview(number, [WEDNESDAY])
        )

    @pytest.mark.rule("cancellation.own-version")
    def test_own_version(self, world, family, number):
        """
        The règlement under which the day was booked decides, not today's.
        """
        stricter = evolve(
            world.portal.reglement.cancellations_of(
                world.portal.reglement.periods[0]
            ).decisions[0],
            value=evolve(
                world.portal.reglement.cancellations_of(
                    world.portal.reglement.periods[0]
                )
                .decisions[0]
                .value,
                outcomes=world.portal.reglement.cancellations_of(
                    world.portal.reglement.periods[0]
                )
                .decisions[0]
                .value.outcomes[-1:],
            ),
        )
        other = changed(
            world.portal.reglement,
            cancellations=evolve(
                world.portal.reglement.cancellations_of(
                    world.portal.reglement.periods[0]
                ),
                decisions=(stricter,),
            ),
        )
        world.portal.activate(other, since=dt.date(2026, 5, 13))
        world.portal = world.open(other)
        desk = world.portal.trusted.family(family.member.account)

        assert (
            DAY
            == desk.planning.preview_cancellation(number, [WEDNESDAY]).credited
        )
        again = evolve(family.wish(AFTER))
        shown = desk.planning.quote(again).total
        desk.planning.request(again, shown_total=shown, command="new")

    def test_place_is_free(self, family, number):
        """
        A cancelled day can be booked again.
        """
        family.cancel(number, WEDNESDAY)

        family.ask(WEDNESDAY)


class TestPapers:
    @pytest.mark.rule("invoice.unknown")
    @pytest.mark.rule("invoice.credit-note.unknown")
    def test_other_household(self, world, family, number):
        """
        Another household's papers are unknown, as ones that never were.
        """
        family.cancel(number, WEDNESDAY)
        other = world.family("durand").desk.invoices
        (listed,) = family.desk.invoices.all().items
        invoice = listed.invoice
        (note,) = family.desk.invoices.credit_notes().items

        assert (InvoiceUnknown(invoice.number),) == refusals_of(
            lambda: other.show(invoice.number)
        )
        assert (CreditNoteUnknown(note.number),) == refusals_of(
            lambda: other.credit_note(note.number)
        )
        assert ((), ()) == (other.all().items, other.credit_notes().items)
