"""
« Mon panier »: what waits for a payment, and throwing it away.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain import requests
from portail_core.domain.baskets import Basket, BasketItem
from portail_core.domain.ids import CommandKey, RegieCode, RequestNumber
from portail_core.domain.payments import Due
from portail_core.ports.clock import Clock
from portail_core.ports.store import Reading, Store, Transaction

from ._booking import known_request
from ._commands import Command, once
from ._commits import commit
from ._recorder import recorder_of
from ._together import days_of, priced_together
from .members import Member
from .reglements import ActiveReglement


def show(
    regie: RegieCode, *, member: Member, store: Store, clock: Clock
) -> Basket:
    """
    The basket of the household at *regie*, at today's prices.
    """
    at = clock.now()
    with store.reading() as reading:
        return basket_of(regie, member=member, reading=reading, at=at)


def basket_of(
    regie: RegieCode, *, member: Member, reading: Reading, at: dt.datetime
) -> Basket:
    """
    The same, inside a transaction.
    """
    family = reading.of(member.household)
    paying = [a for a in family.attempts(regie) if a.is_open(at)]
    return Basket(
        regie=regie,
        items=tuple(
            BasketItem(
                request=priced.request,
                due=Due(
                    request=priced.request.number,
                    days=days_of(priced.request),
                    lines=priced.lines,
                ),
                held_until=priced.request.held_until,
            )
            for priced in priced_together(
                family.payable_requests(at), member.household, reading
            )
            if priced.request.asked.regie == regie
        ),
        credits=family.ledger(regie).available,
        paying_until=paying[-1].open_until if paying else None,
    )


def discard(
    number: RequestNumber,
    *,
    command: CommandKey,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> None:
    """
    « Cliquer sur la poubelle »: throw a request away before paying it.

    Raises:
        Refused: `RequestUnknown`, `RequestOver`, `PaymentInProgress`.
    """
    at = clock.now()
    asked = Command(
        household=member.household,
        key=command,
        name="discard",
        arguments=(number,),
    )

    def work(tx: Transaction) -> None:
        def act() -> bool:
            request = known_request(tx.of(member.household), number)
            recorder = recorder_of(member, tx, reglement, at)
            recorder.request(requests.Discard(at=at), request)
            return True

        once(tx, asked, bool, act)

    commit(store, work)
