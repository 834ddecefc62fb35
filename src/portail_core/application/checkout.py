"""
« Valider et payer »: freeze the basket, then send the payer to the provider.

Two transactions, the call between them: the attempt is kept before the
provider hears of it, and the payer is sent there only once its answer is kept.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain import ledger, payments, requests
from portail_core.domain.accounts import Account, Email
from portail_core.domain.baskets import Basket, credits_to_use
from portail_core.domain.ids import AttemptReference, CommandKey, RegieCode
from portail_core.domain.ledger import Ledger
from portail_core.domain.money import ZERO, Money
from portail_core.domain.payments import (
    NEVER_PRESENTED_AFTER,
    Attempt,
    AttemptOpen,
    AttemptState,
    NothingToPay,
    PaymentUnavailable,
    PriceChanged,
)
from portail_core.domain.refusals import Refused
from portail_core.ports.clock import Clock
from portail_core.ports.payment import (
    Order,
    PaymentProvider,
    Presentation,
    ProviderUnavailable,
)
from portail_core.ports.store import PoolDay, Store, Transaction
from portail_core.ports.tokens import Tokens

from ._attempts import lapse, locks_for, pin, release, requests_of
from ._booking import known_request, locks_of
from ._commands import Command, recall, remember
from ._commits import commit
from ._paying import pay
from ._recorder import Recorder, recorder_of
from .basket import basket_of
from .members import Member
from .reglements import ActiveReglement


@frozen(kw_only=True)
class Checkout:
    """
    An attempt to pay.

    Attributes:
        to_pay: What the provider collects, after avoirs.

        credits: What avoirs pay.

        redirect_url: Where to send the payer; `None` if nothing is left to
            collect, and the bookings are confirmed already.
    """

    reference: AttemptReference
    to_pay: Money
    credits: Money
    redirect_url: str | None


@frozen(kw_only=True)
class Urls:
    """
    Where the host receives the payer, and the provider's notifications.
    """

    payment_return: str
    payment_notification: str


def check_out(
    regie: RegieCode,
    *,
    shown_total: Money,
    command: CommandKey,
    member: Member,
    store: Store,
    clock: Clock,
    tokens: Tokens,
    payment: PaymentProvider,
    reglement: ActiveReglement,
    urls: Urls,
) -> Checkout:
    """
    Pay everything in the basket of *regie*.

    Amounts are frozen and places kept from here to the provider's answer.
    Avoirs are used first, oldest first.

    Args:
        regie: Whose basket.

        shown_total: The basket's total that the family saw, before avoirs.

        command: The same key gives the same attempt, once.

        payment: Collects what avoirs leave.

        reglement: Names the régie and the label shown to the payer.

    Raises:
        Refused: `NothingToPay`, `PriceChanged`, `AttemptOpen`,
            `AmountNotPayable`; `PaymentUnavailable` if the provider does not
            answer – nothing is paid and the places are still held.
        StorageBusy: Nothing was kept; try again in a moment.
    """
    till = _Till(
        regie=regie,
        member=member,
        store=store,
        clock=clock,
        tokens=tokens,
        payment=payment,
        reglement=reglement,
    )
    asked = Command(
        household=member.household,
        key=command,
        name="check_out",
        arguments=(regie, shown_total),
    )
    attempt, account = commit(
        store,
        lambda tx: till.attempt(tx, asked, shown_total),
        locks=till.locks,
    )
    if attempt.state is not AttemptState.CREATED:
        return _answer(attempt)
    return till.present(attempt, account.email, urls)


@frozen(kw_only=True)
class _Till:
    """
    One member paying at one régie.
    """

    regie: RegieCode
    member: Member
    store: Store
    clock: Clock
    tokens: Tokens
    payment: PaymentProvider
    reglement: ActiveReglement

    def locks(self) -> tuple[PoolDay, ...]:
        with self.store.reading() as reading:
            family = reading.of(self.member.household)
            held = family.held_requests(self.regie)
        return locks_of(line for request in held for line in request.lines)

    def recorder(self, tx: Transaction) -> Recorder:
        # Stamped inside the transaction: while others wrote, places may have
        # become free.
        at = self.clock.now()
        return recorder_of(self.member, tx, self.reglement, at)

    def attempt(
        self, tx: Transaction, asked: Command, shown_total: Money
    ) -> tuple[Attempt, Account]:
        account = tx.account(self.member.account)
        assert account is not None, "a member has an account"
        recorder = self.recorder(tx)
        known = recall(tx, asked, str)
        if known is not None:
            return _known(recorder, AttemptReference(known)), account
        attempt = self._open(recorder, shown_total)
        remember(tx, asked, attempt.reference)
        return attempt, account

    def _open(self, recorder: Recorder, shown_total: Money) -> Attempt:
        tx, at = recorder.tx, recorder.at
        family = tx.of(self.member.household)
        books = self._books(recorder)
        basket = basket_of(self.regie, member=self.member, reading=tx, at=at)
        _refuse_unless_as_shown(basket, shown_total)
        for item in basket.items:
            # Its lines have the ranks that its price was made with.
            number, lines = item.request.number, item.request.lines
            change = requests.Change(lines=lines, at=at)
            recorder.request(change, known_request(family, number))
        opened = self._frozen(basket, books, at)
        events = payments.decide(payments.Open(attempt=opened), None)
        attempt = recorder.attempt(events, None)
        reserve = ledger.Reserve(
            attempt=attempt.reference, amount=attempt.credits
        )
        books = recorder.ledger(books, reserve)
        if attempt.to_pay != ZERO:
            pin(recorder, attempt)
            return attempt
        paid = payments.decide(payments.PayWithCredits(), attempt)
        attempt = recorder.attempt(paid, attempt)
        pay(recorder, attempt, books, self.reglement)
        return attempt

    def _books(self, recorder: Recorder) -> Ledger:
        family = recorder.tx.of(self.member.household)
        books = family.ledger(self.regie)
        for old in family.attempts(self.regie):
            if old.is_open(recorder.at):
                raise Refused(AttemptOpen(old.open_until))
            _, books = lapse(recorder, old, books)
        return books

    def _frozen(
        self, basket: Basket, books: Ledger, at: dt.datetime
    ) -> Attempt:
        return Attempt(
            reference=self.tokens.new_reference(),
            household=self.member.household,
            account=self.member.account,
            regie=self.regie,
            provider=self.payment.name,
            dues=tuple(item.due for item in basket.items),
            credits=credits_to_use(
                basket.total,
                available=books.available,
                minimum=self.payment.minimum,
                maximum=self.payment.maximum,
            ),
            created_at=at,
            open_until=at + NEVER_PRESENTED_AFTER,
        )

    def present(self, attempt: Attempt, email: Email, urls: Urls) -> Checkout:
        order = Order(
            reference=attempt.reference,
            regie=self.regie,
            amount=attempt.to_pay,
            label=self.reglement.value.regie(self.regie).label,
            email=email,
            return_url=urls.payment_return,
            notify_url=urls.payment_notification,
            at=attempt.created_at,
        )
        try:
            presentation = self.payment.create(order)
        except ProviderUnavailable as error:
            commit(
                self.store,
                lambda tx: _give_up(self.recorder(tx), attempt.reference),
            )
            raise Refused(PaymentUnavailable()) from error
        presented = commit(
            self.store,
            lambda tx: _keep(
                self.recorder(tx),
                attempt.reference,
                presentation,
                self.payment.horizon,
            ),
            locks=lambda: locks_for(attempt, self.store),
        )
        if presented is None:
            raise Refused(PaymentUnavailable())
        return presented


def _known(recorder: Recorder, reference: AttemptReference) -> Attempt:
    attempt = recorder.tx.attempt(reference)
    assert attempt is not None, "an attempt is never removed"
    if attempt.key is None and attempt.is_open(recorder.at):
        raise Refused(AttemptOpen(attempt.open_until))
    if attempt.key is None and attempt.to_pay != ZERO:
        raise Refused(PaymentUnavailable())
    return attempt


def _refuse_unless_as_shown(basket: Basket, shown_total: Money) -> None:
    if not basket.items:
        raise Refused(NothingToPay())
    if basket.total != shown_total:
        raise Refused(PriceChanged(shown_total, basket.total))


def _give_up(recorder: Recorder, reference: AttemptReference) -> None:
    attempt = recorder.tx.attempt(reference)
    assert attempt is not None, "it was kept before the call"
    events = payments.decide(payments.GiveUp(), attempt)
    if events:
        family = recorder.tx.of(attempt.household)
        recorder.attempt(events, attempt)
        release(recorder, attempt, family.ledger(attempt.regie))


def _keep(
    recorder: Recorder,
    reference: AttemptReference,
    presentation: Presentation,
    horizon: dt.timedelta,
) -> Checkout | None:
    attempt = recorder.tx.attempt(reference)
    assert attempt is not None, "it was kept before the call"
    waiting = all(
        request.is_payable(recorder.at)
        for request in requests_of(recorder, attempt)
    )
    if not (waiting and attempt.is_open(recorder.at)):
        # The call took so long that places may be gone: the payer must not
        # be sent to pay for them.
        _give_up(recorder, reference)
        return None
    present = payments.Present(
        key=presentation.key,
        redirect_url=presentation.redirect_url,
        until=recorder.at + horizon,
    )
    events = payments.decide(present, attempt)
    attempt = recorder.attempt(events, attempt)
    pin(recorder, attempt)
    return _answer(attempt)


def _answer(attempt: Attempt) -> Checkout:
    return Checkout(
        reference=attempt.reference,
        to_pay=attempt.to_pay,
        credits=attempt.credits,
        redirect_url=attempt.redirect_url,
    )
