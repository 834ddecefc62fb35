"""
« Mon planning »: what days would cost, and asking for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from operator import itemgetter

from attrs import frozen

from portail_core.domain import bookings, requests
from portail_core.domain.bookings import ChildDay, Situation, Wish
from portail_core.domain.children import Child
from portail_core.domain.days import day_of
from portail_core.domain.ids import (
    CommandKey,
    HouseholdId,
    PartCode,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.offers import Period
from portail_core.domain.payments import PriceChanged
from portail_core.domain.places import Spot
from portail_core.domain.quotes import Quote, estimate
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Asked, Line, Request
from portail_core.ports.clock import Clock
from portail_core.ports.store import (
    PoolDay,
    Reading,
    Store,
    Transaction,
)

from ._booking import (
    child_days,
    first_day_of,
    known_child,
    live_of,
    locks_of,
    taken_parts,
    taken_places,
)
from ._commands import Command, once
from ._commits import commit
from ._dossier import dossier_of
from ._pricing import facts_of
from ._recorder import Recorder, recorder_of
from ._together import Priced, company_of, priced_together
from .members import Member
from .reglements import ActiveReglement


@frozen(kw_only=True)
class HeldRequest:
    """
    « Votre demande est maintenant enregistrée. »

    Attributes:
        created_at: UTC.

        held_until: First moment when the places are no longer held, UTC; show
            it floored to the minute.
    """

    number: RequestNumber
    created_at: dt.datetime
    held_until: dt.datetime
    amount: Money


def quote(
    wish: Wish,
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Quote:
    """
    « Estimation de votre facture »: what *wish* would cost, row by row.

    Whether the days can be booked is not asked.

    Raises:
        Refused: `ChildUnknown`, `PeriodUnknown`, `NoDayWished`,
            `TooManyDays`, every `AmplitudeUnknown`, `HoursMissing`,
            `HoursNotAsked`, `HoursReversed` and `HoursOutside`,
            `QuotientMissing`, `NothingInForce`.
    """
    with store.reading() as reading:
        family = reading.of(member.household)
        lines = bookings.lines_for(
            wish,
            child=known_child(family, wish.child),
            reglement=reglement.value,
        )
        wished = _wished(
            wish,
            lines,
            member,
            reading,
            reglement=reglement,
            at=clock.now(),
        )
        return estimate(_beside_the_basket(wished, member, reading).lines)


def request(
    wish: Wish,
    *,
    shown_total: Money,
    command: CommandKey,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> HeldRequest:
    """
    Ask for the days of *wish*: their places are held from now on.

    Args:
        wish: One child, one period, days with their amplitudes.

        shown_total: The total of the quote that the family saw.

        command: The same key gives the same request, once.

        reglement: Decides windows, deadlines, capacity, gates – and the price
            and cancellation of these days from now on.

    Raises:
        Refused: As `quote`, and with everything that stands in the way:
            gates, window, deadline, clash, capacity, `PriceChanged`.
        StorageBusy: Nothing was kept; try again in a moment.
    """
    at = clock.now()
    asked = Command(
        household=member.household,
        key=command,
        name="request",
        arguments=(
            wish.child,
            wish.period,
            tuple(sorted(wish.days.items(), key=itemgetter(0))),
            shown_total,
        ),
    )

    def work(tx: Transaction) -> HeldRequest:
        recorder = recorder_of(member, tx, reglement, at)
        return once(
            tx,
            asked,
            HeldRequest,
            lambda: _hold(wish, shown_total, member, recorder, reglement),
        )

    def locks() -> tuple[PoolDay, ...]:
        with store.reading() as reading:
            family = reading.of(member.household)
            if family.command(asked.kept_key) is not None:
                # Answered as it was, whatever became of what it asked for.
                return ()
            child = known_child(family, wish.child)
        lines = bookings.lines_for(
            wish, child=child, reglement=reglement.value
        )
        return locks_of(lines)

    return commit(store, work, locks=locks)


def _hold(
    wish: Wish,
    shown_total: Money,
    member: Member,
    recorder: Recorder,
    reglement: ActiveReglement,
) -> HeldRequest:
    tx, at = recorder.tx, recorder.at
    family = tx.of(member.household)
    child = known_child(family, wish.child)
    lines = bookings.lines_for(wish, child=child, reglement=reglement.value)
    period = reglement.value.period(wish.period)
    days = {line.day for line in lines}
    live = live_of(
        recorder,
        child.id,
        bookings.days_around(days, period=period, reglement=reglement.value),
    )
    situation = situation_of(
        child,
        member,
        tx,
        reglement.value,
        own=taken_parts(live, days, at),
        taken=taken_places(recorder, lines),
        others=child_days(live, at),
        period=period,
        at=at,
    )
    wished = _wished(wish, lines, member, tx, reglement=reglement, at=at)
    priced, price_refusals = _priced_or_not(
        wished, shown_total, member, recorder
    )
    refusals = [
        *bookings.refusals(
            lines,
            period=period,
            situation=situation,
            at=at,
        ),
        *price_refusals,
    ]
    if refusals:
        raise Refused(*refusals)

    held = recorder.request(
        requests.Hold(
            number=RequestNumber(tx.next_number("requests")),
            asked=wished.asked,
            lines=priced.request.lines,
            at=at,
            span=reglement.value.hold.on(day_of(at)).value.span,
        ),
        None,
    )
    return held_request(held, shown_total)


def held_request(request: Request, amount: Money) -> HeldRequest:
    """
    What the family is told of a request that waits for its payment.
    """
    return HeldRequest(
        number=request.number,
        created_at=request.created_at,
        held_until=request.held_until,
        amount=amount,
    )


def _priced_or_not(
    wished: Request, shown_total: Money, member: Member, recorder: Recorder
) -> tuple[Priced, tuple[Refusal, ...]]:
    try:
        priced = _beside_the_basket(wished, member, recorder.tx)
    except Refused as refused:
        return Priced(wished, ()), refused.refusals
    total = estimate(priced.lines).total
    if total != shown_total:
        return priced, (PriceChanged(shown_total, total),)
    return priced, ()


def _beside_the_basket(
    wished: Request, member: Member, reading: Reading
) -> Priced:
    """
    What *wished* would cost, after what waits for its payment.
    """
    waiting = reading.of(member.household).payable_requests(wished.created_at)
    *_, priced = priced_together((*waiting, wished), member.household, reading)
    return priced


def _wished(
    wish: Wish,
    lines: tuple[Line, ...],
    member: Member,
    reading: Reading,
    *,
    reglement: ActiveReglement,
    at: dt.datetime,
) -> Request:
    """
    The request that *wish* would become, without a number.
    """
    period = reglement.value.period(wish.period)
    accueil = reglement.value.accueil(period.accueil)
    return Request(
        number=RequestNumber(0),
        asked=Asked(
            household=member.household,
            account=member.account,
            child=wish.child,
            regie=accueil.regie,
            accueil=accueil.code,
            period=period.code,
            reglement=reglement.digest,
            facts=facts_of(reading.of(member.household).household()),
            booked_on=day_of(at),
        ),
        created_at=at,
        held_until=at,
        lines=lines,
    )


def situation_of(
    child: Child,
    member: Member,
    tx: Reading,
    reglement: Reglement,
    *,
    own: Mapping[tuple[dt.date, PartCode], HouseholdId],
    taken: Mapping[Spot, int],
    others: tuple[ChildDay, ...],
    period: Period,
    at: dt.datetime,
) -> Situation:
    """
    What decides whether *child* can have days, on top of what is taken.
    """
    family = tx.of(member.household)
    custody = family.custody(child.id)
    assert custody is not None, "a household's child is in its custody"
    dossier = dossier_of(member, tx, reglement)
    return Situation(
        reglement=reglement,
        dossier=dossier,
        facts=facts_of(dossier.household),
        today=day_of(at),
        company=company_of(
            period,
            reglement,
            member.household,
            tx,
            at,
        ),
        child=child,
        custody=custody,
        own=own,
        taken=taken,
        others=others,
        first_day=first_day_of(child.id, family, reglement, at),
    )
