"""
« Valider et payer »: freeze the basket, then send the payer to the provider.

Two transactions, the call between them: the attempt is kept before the
provider hears of it, and the payer is sent there only once its answer is kept.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain import ledger, payments
from portail_core.domain.accounts import Account
from portail_core.domain.baskets import Basket, credits_to_use
from portail_core.domain.ids import AttemptReference, CommandKey, RegieCode
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

from ._attempts import lapse, locks_for, pin, release
from ._booking import locks_of
from ._commands import Command, recall, remember
from ._commits import commit
from ._paying import pay
from ._recorder import Recorder
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

        member: Who pays.

        store: Where.

        clock: When.

        tokens: Names the attempt.

        payment: Collects what avoirs leave.

        reglement: Names the régie and the label shown to the payer.

        urls: Where the provider answers.

    Raises:
        Refused: `NothingToPay`, `PriceChanged`, `AttemptOpen`,
            `AmountNotPayable`; `PaymentUnavailable` if the provider does not
            answer – nothing is paid and the places are still held.
        StorageBusy: Nothing was kept; try again in a moment.
    """
    asked = Command(
        household=member.household,
        key=command,
        name="check_out",
        arguments=(regie, shown_total),
    )

    def work(tx: Transaction) -> tuple[Attempt, Account]:
        account = tx.account(member.account)
        assert account is not None, "a member has an account"
        known = recall(tx, asked, str)
        # Stamped here: while others wrote, places may have become free.
        recorder = Recorder(tx=tx, actor=member.actor, at=clock.now())
        if known is not None:
            return _known(recorder, AttemptReference(known)), account
        attempt = _open(
            regie,
            shown_total,
            member=member,
            recorder=recorder,
            tokens=tokens,
            payment=payment,
            reglement=reglement,
        )
        remember(tx, asked, attempt.reference)
        return attempt, account

    def locks() -> tuple[PoolDay, ...]:
        with store.reading() as reading:
            held = reading.of(member.household).held_requests(regie)
        return locks_of(line for request in held for line in request.lines)

    attempt, account = commit(store, work, locks=locks)
    if attempt.state is not AttemptState.CREATED:
        return _answer(attempt)
    order = Order(
        reference=attempt.reference,
        regie=regie,
        amount=attempt.to_pay,
        label=reglement.value.regie(regie).label,
        email=account.email,
        return_url=urls.payment_return,
        notify_url=urls.payment_notification,
        at=attempt.created_at,
    )
    return _present(
        order,
        attempt,
        actor=member.actor,
        store=store,
        clock=clock,
        payment=payment,
    )


def _known(recorder: Recorder, reference: AttemptReference) -> Attempt:
    attempt = recorder.tx.attempt(reference)
    assert attempt is not None, "an attempt is never removed"
    if attempt.key is None and attempt.is_open(recorder.at):
        raise Refused(AttemptOpen(attempt.open_until))
    if attempt.key is None and attempt.to_pay != ZERO:
        raise Refused(PaymentUnavailable())
    return attempt


def _open(
    regie: RegieCode,
    shown_total: Money,
    *,
    member: Member,
    recorder: Recorder,
    tokens: Tokens,
    payment: PaymentProvider,
    reglement: ActiveReglement,
) -> Attempt:
    tx, at = recorder.tx, recorder.at
    books = tx.of(member.household).ledger(regie)
    for old in tx.of(member.household).attempts(regie):
        if old.is_open(at):
            raise Refused(AttemptOpen(old.open_until))
        _, books = lapse(recorder, old, books)

    basket = basket_of(regie, member=member, reading=tx, at=at)
    _refuse_unless_as_shown(basket, shown_total)
    used = credits_to_use(
        basket.total,
        available=books.available,
        minimum=payment.minimum,
        maximum=payment.maximum,
    )
    attempt = Attempt(
        reference=tokens.new_reference(),
        household=member.household,
        account=member.account,
        regie=regie,
        provider=payment.name,
        dues=tuple(item.due for item in basket.items),
        credits=used,
        created_at=at,
        open_until=at + NEVER_PRESENTED_AFTER,
    )
    recorder.attempt(
        payments.decide(payments.Open(attempt=attempt), None), None
    )
    reserve = ledger.Reserve(attempt=attempt.reference, amount=used)
    books = recorder.ledger(books, reserve)
    if attempt.to_pay != ZERO:
        pin(recorder, attempt)
        return attempt
    paid = payments.decide(payments.PayWithCredits(), attempt)
    attempt = recorder.attempt(paid, attempt)
    pay(recorder, attempt, books, reglement)
    return attempt


def _refuse_unless_as_shown(basket: Basket, shown_total: Money) -> None:
    if not basket.items:
        raise Refused(NothingToPay())
    if basket.total != shown_total:
        raise Refused(PriceChanged(shown_total, basket.total))


def _present(
    order: Order,
    attempt: Attempt,
    *,
    actor: str,
    store: Store,
    clock: Clock,
    payment: PaymentProvider,
) -> Checkout:
    try:
        presentation = payment.create(order)
    except ProviderUnavailable as error:
        commit(
            store,
            lambda tx: _give_up(
                Recorder(tx=tx, actor=actor, at=clock.now()), order.reference
            ),
        )
        raise Refused(PaymentUnavailable()) from error

    return commit(
        store,
        lambda tx: _keep(
            Recorder(tx=tx, actor=actor, at=clock.now()),
            order.reference,
            presentation,
            payment.horizon,
        ),
        locks=lambda: locks_for(attempt, store),
    )


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
) -> Checkout:
    attempt = recorder.tx.attempt(reference)
    assert attempt is not None, "it was kept before the call"
    present = payments.Present(
        key=presentation.key,
        redirect_url=presentation.redirect_url,
        until=recorder.at + horizon,
    )
    events = payments.decide(present, attempt)
    if not events:
        # The call took so long that the attempt was given up: the payer must
        # not be sent to pay for places that may be gone.
        raise Refused(PaymentUnavailable())
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
