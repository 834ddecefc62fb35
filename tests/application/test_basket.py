"""
« Mon panier »: several requests, the bin, and paying.
"""

import datetime as dt

import pytest

from portail_core import Money, Refused, eur
from portail_core.domain.ids import RegieCode
from portail_core.domain.payments import (
    AmountNotPayable,
    AttemptOpen,
    AttemptState,
    NothingToPay,
    Outcome,
    PaymentUnavailable,
    PriceChanged,
)
from portail_core.domain.requests import (
    PaymentInProgress,
    RequestOver,
    RequestState,
)
from portail_core.ports.payment import ProviderUnavailable
from portail_core.testing import ScriptedPayments
from tests.application.conftest import (
    A_MINUTE,
    A_SECOND,
    AFTER,
    AN_HOUR,
    ASKED,
    NEXT,
    WEDNESDAY,
)

TWO_HOURS = 2 * AN_HOUR
DAY = eur("18.38")


def refusals_of(ask):
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.refusals


class TestShow:
    @pytest.mark.rule("basket.several-requests")
    @pytest.mark.rule("basket.hold.each-its-own")
    def test_each_its_own_deadline(self, world, family):
        """
        Two requests an hour apart stand in one basket, each with its own
        deadline; the first leaves it on the second its hold ends.
        """
        family.ask(WEDNESDAY)
        world.clock.move(AN_HOUR)
        family.ask(NEXT)

        shown = family.desk.basket.show()
        assert [ASKED + TWO_HOURS, ASKED + 3 * AN_HOUR] == [
            item.held_until for item in shown.items
        ]
        assert DAY + DAY == shown.total

        world.clock.move(AN_HOUR)
        assert [2] == [
            item.request.number for item in family.desk.basket.show().items
        ]

    def test_one_regie_needs_no_name(self, family):
        """
        The only régie need not be named; one that does not exist is an error.
        """
        assert RegieCode("alsh") == family.desk.basket.show().regie
        with pytest.raises(ValueError, match="one of: alsh"):
            family.desk.basket.show(RegieCode("nowhere"))

    @pytest.mark.rule("basket.shared")
    def test_other_family(self, world, family):
        """
        Nobody sees another household's basket.
        """
        world.family("durand").ask(WEDNESDAY)

        assert () == family.desk.basket.show().items


class TestDiscard:
    @pytest.mark.rule("planning.cancelled.invisible")
    def test_bin(self, world, family):
        """
        A request thrown away leaves the basket and its place.
        """
        request = family.ask(WEDNESDAY)

        family.desk.basket.discard(request.number, command="bin")

        assert RequestState.DISCARDED == family.state(request.number)
        assert () == family.desk.basket.show().items
        assert () == family.desk.invoices.pending()
        family.ask(WEDNESDAY)
        assert [] == world.letters()

    def test_twice(self, family):
        """
        The same command twice throws away once; another finds it over.
        """
        request = family.ask(WEDNESDAY)
        family.desk.basket.discard(request.number, command="bin")
        family.desk.basket.discard(request.number, command="bin")

        assert (RequestOver(request.number),) == refusals_of(
            lambda: family.desk.basket.discard(request.number, command="two")
        )

    @pytest.mark.hard_case(12)
    def test_while_paying(self, world, family):
        """
        A request that is being paid is not thrown away until that has ended.
        """
        request = family.ask(WEDNESDAY)
        checkout = family.check_out()

        assert (PaymentInProgress(ASKED + TWO_HOURS),) == refusals_of(
            lambda: family.desk.basket.discard(request.number, command="one")
        )
        world.answer(checkout, Outcome.REFUSED)
        family.desk.basket.discard(request.number, command="two")


class TestCheckOut:
    @pytest.mark.rule("payment.checkout.shown-total")
    @pytest.mark.hard_case(18)
    def test_shown_total(self, family):
        """
        A total that differs by a cent freezes nothing.
        """
        family.ask(WEDNESDAY)

        refusals = refusals_of(
            lambda: family.desk.basket.check_out(
                shown_total=DAY + Money(1), command="dear"
            )
        )

        assert (PriceChanged(DAY + Money(1), DAY),) == refusals
        assert family.desk.basket.show().paying_until is None

    def test_nothing(self, world, family):
        """
        An empty basket, or one whose time is over, has nothing to pay.
        """
        family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS)

        assert (NothingToPay(),) == refusals_of(family.check_out)

    @pytest.mark.rule("payment.checkout.pins")
    @pytest.mark.hard_case(3)
    def test_pins(self, world, family):
        """
        Paying at the last second keeps the place to the provider's horizon.
        """
        request = family.ask(WEDNESDAY)
        world.clock.move(TWO_HOURS - A_SECOND)
        family.check_out()
        world.clock.move(TWO_HOURS - A_SECOND)

        assert 0 == world.portal.jobs.expire().count
        assert RequestState.AWAITING_PAYMENT == family.state(request.number)
        world.clock.move(A_SECOND)
        assert RequestState.EXPIRED == family.state(request.number)

    @pytest.mark.hard_case(5)
    def test_one_open_attempt(self, world, family):
        """
        While a payment is open, no other begins – not even of new requests.
        """
        family.ask(WEDNESDAY)
        family.check_out()
        family.ask(NEXT)

        refusals = refusals_of(family.check_out)

        assert (AttemptOpen(ASKED + world.payment.horizon),) == refusals

    @pytest.mark.rule("mail.ticket-by-provider")
    def test_order(self, world, family):
        """
        The provider is told an amount, a label and an address; no name.
        """
        family.ask(WEDNESDAY)
        family.check_out()

        (order,) = world.payment.orders.values()
        assert (DAY, "Régie accueil de loisirs", family.email) == (
            order.amount,
            order.label,
            order.email,
        )
        assert (
            "https://portail.example.org/paiement/retour" == order.return_url
        )
        assert (
            "https://portail.example.org/paiement/notification"
            == order.notify_url
        )

    def test_same_command(self, world, family):
        """
        The same command twice is one attempt, and the same page.
        """
        family.ask(WEDNESDAY)

        answers = [
            family.desk.basket.check_out(shown_total=DAY, command="pay")
            for _ in range(2)
        ]

        assert answers[0] == answers[1]
        assert 1 == len(world.payment.orders)

    @pytest.mark.hard_case(14)
    def test_provider_down(self, world, family):
        """
        A provider that does not answer costs nothing: the place is held, and
        the next try has a new reference.
        """
        request = family.ask(WEDNESDAY)
        world.payment.trouble.append(ProviderUnavailable("down"))

        for _ in range(2):
            assert (PaymentUnavailable(),) == refusals_of(
                lambda: family.desk.basket.check_out(
                    shown_total=DAY, command="pay"
                )
            )

        assert RequestState.AWAITING_PAYMENT == family.state(request.number)
        world.answer(family.check_out(), Outcome.PAID)
        assert RequestState.CONFIRMED == family.state(request.number)

    def test_slow_provider(self, world, family):
        """
        A payer is not sent to a page that was ready after five minutes: the
        places may be gone.
        """
        family.ask(WEDNESDAY)
        create = world.payment.create

        class Slow(ScriptedPayments):
            def create(self, order):
                world.clock.move(5 * A_MINUTE)
                world.portal.jobs.reconcile()
                return create(order)

        slow = Slow()
        portal = world.open(world.portal.reglement, payment=slow)
        desk = portal.trusted.family(family.member.account)

        refusals = refusals_of(
            lambda: desk.basket.check_out(shown_total=DAY, command="slow")
        )

        assert (PaymentUnavailable(),) == refusals

    def test_slow_failure(self, world, family):
        """
        A provider that fails after five minutes changes nothing any more.
        """
        family.ask(WEDNESDAY)

        class SlowFailure(ScriptedPayments):
            def create(self, order):
                world.clock.move(5 * A_MINUTE)
                world.portal.jobs.reconcile()
                raise ProviderUnavailable(order.label)

        portal = world.open(world.portal.reglement, payment=SlowFailure())
        desk = portal.trusted.family(family.member.account)

        refusals = refusals_of(
            lambda: desk.basket.check_out(shown_total=DAY, command="slow")
        )

        assert (PaymentUnavailable(),) == refusals


class TestCredits:
    def cancelled(self, family, *days):
        """
        A family with the avoir of *days*.
        """
        request = family.book(*days)
        family.cancel(request.number, *days)

    @pytest.mark.rule("cancellation.avoir.next-basket")
    @pytest.mark.hard_case(27)
    def test_covered(self, world, family):
        """
        A basket that avoirs cover is confirmed without a provider, by a
        numbered invoice.
        """
        self.cancelled(family, NEXT)
        request = family.ask(WEDNESDAY)

        checkout = family.check_out()

        assert (DAY, Money(0), None) == (
            checkout.credits,
            checkout.to_pay,
            checkout.redirect_url,
        )
        assert RequestState.CONFIRMED == family.state(request.number)
        assert Money(0) == family.desk.invoices.credit_balance()
        assert (
            "ALSH-2026-000002"
            == family.desk.invoices.all().items[0].invoice.number
        )
        assert 1 == len(world.payment.orders)

    def test_covered_twice(self, family):
        """
        The same command twice is confirmed once.
        """
        self.cancelled(family, NEXT)
        family.ask(WEDNESDAY)

        answers = [
            family.desk.basket.check_out(shown_total=DAY, command="free")
            for _ in range(2)
        ]

        assert answers[0] == answers[1]
        assert 2 == len(family.desk.invoices.all().items)

    @pytest.mark.hard_case(33)
    def test_reserved(self, world, family):
        """
        An avoir that an open attempt uses is reserved; it comes back unpaid.
        """
        self.cancelled(family, NEXT)
        family.ask(WEDNESDAY, AFTER)

        checkout = family.check_out()

        assert DAY == checkout.to_pay
        assert Money(0) == family.desk.invoices.credit_balance()
        world.answer(checkout, Outcome.ABANDONED)
        assert DAY == family.desk.invoices.credit_balance()

    def test_never_presented(self, world, family):
        """
        It comes back too when the attempt was never sent to the provider.
        """
        self.cancelled(family, NEXT)
        family.ask(WEDNESDAY, AFTER)
        world.payment.trouble.append(ProviderUnavailable("down"))
        refusals_of(family.check_out)

        assert DAY == family.desk.invoices.credit_balance()

    @pytest.mark.hard_case(27)
    def test_small_rest(self, world, family):
        """
        A rest below the provider's minimum is raised to it, from the avoir.
        """
        self.cancelled(family, NEXT)
        world.payment.minimum = eur("2.00")
        family.ask(WEDNESDAY, amplitude="JOURNEE")
        family.ask(AFTER, amplitude="APRES-MIDI")

        checkout = family.check_out()

        assert (eur("2.00"), eur("18.09")) == (
            checkout.to_pay,
            checkout.credits,
        )

    @pytest.mark.hard_case(27)
    def test_too_small(self, world, family):
        """
        A basket below the minimum is refused before anything is frozen.
        """
        world.payment.minimum = DAY + Money(1)
        family.ask(WEDNESDAY)

        refusals = refusals_of(family.check_out)

        assert (
            AmountNotPayable(
                DAY, world.payment.minimum, world.payment.maximum
            ),
        ) == refusals
        assert family.desk.basket.show().paying_until is None


class TestAfterTheAttempt:
    def test_again_after_five_minutes(self, world, family):
        """
        An attempt never presented – the process died – stands in the way for
        five minutes, and not longer.
        """
        family.ask(WEDNESDAY)
        reference = crashed_checkout(world, family)
        opened_until = ASKED + 5 * A_MINUTE

        assert (AttemptOpen(opened_until),) == refusals_of(family.check_out)
        assert (AttemptOpen(opened_until),) == refusals_of(
            lambda: family.desk.basket.check_out(
                shown_total=DAY, command="crash"
            )
        )
        world.clock.move(5 * A_MINUTE)
        assert (PaymentUnavailable(),) == refusals_of(
            lambda: family.desk.basket.check_out(
                shown_total=DAY, command="crash"
            )
        )
        family.check_out()

        with world.store.reading() as reading:
            attempt = reading.attempt(reference)
        assert AttemptState.ABANDONED == attempt.state

    def test_again_past_the_horizon(self, world, family):
        """
        A payment without an answer stands in the way until its horizon; then
        what was asked for since can be paid.
        """
        family.ask(WEDNESDAY)
        family.check_out()
        world.clock.move(AN_HOUR)
        family.ask(NEXT)
        world.clock.move(AN_HOUR)

        checkout = family.check_out()

        assert DAY == checkout.to_pay


def crashed_checkout(world, family):
    """
    A process that died between its two transactions.
    """

    class Died(BaseException):
        pass

    class Dying(ScriptedPayments):
        def create(self, order):
            raise Died

    portal = world.open(world.portal.reglement, payment=Dying())
    desk = portal.trusted.family(family.member.account)
    with pytest.raises(Died):
        desk.basket.check_out(shown_total=DAY, command="crash")
    with world.store.reading() as reading:
        (reference,) = reading.unresolved_attempts()
    return reference


class TestPending:
    @pytest.mark.rule("invoice.waiting")
    def test_counted(self, world, family):
        """
        « Facture(s) en attente de paiement : 1 », without a number, while the
        request is open.
        """
        request = family.ask(WEDNESDAY)

        (pending,) = family.desk.invoices.pending()
        assert (request.number, DAY) == (pending.request, pending.quote.total)
        world.clock.move(dt.timedelta(hours=2))
        assert () == family.desk.invoices.pending()
