"""
« Voir / Modifier la réservation sur le planning », before it is paid.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter, itemgetter

from attrs import evolve

from portail_core.domain import bookings, requests
from portail_core.domain.amplitudes import Chosen
from portail_core.domain.bookings import MOST_DAYS, TooManyDays, Wish
from portail_core.domain.ids import (
    CommandKey,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.payments import PriceChanged
from portail_core.domain.quotes import Quote, estimate
from portail_core.domain.refusals import Refusal, Refused
from portail_core.domain.requests import (
    ChangePending,
    Line,
    Request,
)
from portail_core.ports.clock import Clock
from portail_core.ports.store import (
    PoolDay,
    Reading,
    Store,
    Transaction,
)

from ._booking import (
    child_days,
    known_child,
    known_request,
    live_of,
    locks_of,
    spots_of,
    taken_parts,
    taken_places,
)
from ._commands import Command, once
from ._commits import commit
from ._recorder import Recorder, recorder_of
from ._together import Priced, priced_together
from .members import Member
from .planning import HeldRequest, held_request, situation_of
from .reglements import ActiveReglement


def quote_change(
    number: RequestNumber,
    days: Mapping[dt.date, Chosen],
    *,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> Quote:
    """
    What a request that waits for its payment would cost with other days.

    Raises:
        Refused: `RequestUnknown`, and as `planning.quote`.
    """
    with store.reading() as reading:
        request = known_request(reading.of(member.household), number)
        lines = _other_lines(request, days, reading, reglement)
        changed = evolve(request, lines=lines)
        return estimate(_priced(changed, reading, clock.now()).lines)


def change_request(
    number: RequestNumber,
    days: Mapping[dt.date, Chosen],
    *,
    shown_total: Money,
    command: CommandKey,
    member: Member,
    store: Store,
    clock: Clock,
    reglement: ActiveReglement,
) -> HeldRequest:
    """
    Other days or amplitudes for a request that waits for its payment.

    It keeps its number, its deadline and its prices' version.  Days that are
    asked for as before are not judged again.

    Args:
        number: A request of the household.

        days: All of its days from now on, each with its amplitude, and with
            hours where its presence is hourly.

        shown_total: The total of `quote_change` that the family saw.

        command: The same key changes once.

        reglement: Decides windows, deadlines, capacity and gates.

    Raises:
        Refused: `RequestUnknown`, `RequestOver`, `PaymentInProgress`,
            `ChangePending` if it is a change itself; and as
            `planning.request`.
    """
    at = clock.now()
    asked = Command(
        household=member.household,
        key=command,
        name="change_request",
        arguments=(
            number,
            tuple(sorted(days.items(), key=itemgetter(0))),
            shown_total,
        ),
    )

    def work(tx: Transaction) -> HeldRequest:
        recorder = recorder_of(member, tx, reglement, at)

        def act() -> HeldRequest:
            request = known_request(tx.of(member.household), number)
            lines = _other_lines(request, days, tx, reglement)
            change = requests.Change(lines=lines, at=at)
            requests.decide(change, request)
            _refuse_of_a_change(request)
            priced = _priced(evolve(request, lines=lines), tx, at)
            total = estimate(priced.lines).total
            refusals = [
                *refusals_of(request, lines, member, recorder, reglement)
            ]
            if total != shown_total:
                refusals.append(PriceChanged(shown_total, total))
            _refuse_if_any(refusals)
            return held_request(recorder.request(change, request), total)

        return once(tx, asked, HeldRequest, act)

    def locks() -> tuple[PoolDay, ...]:
        with store.reading() as reading:
            family = reading.of(member.household)
            if family.command(asked.kept_key) is not None:
                # Answered as it was, whatever became of what it asked for.
                return ()
            request = known_request(family, number)
            lines = _other_lines(request, days, reading, reglement)
        return locks_of((*request.lines, *lines))

    return commit(store, work, locks=locks)


def _priced(changed: Request, reading: Reading, at: dt.datetime) -> Priced:
    household = changed.asked.household
    others = (
        request
        for request in reading.of(household).payable_requests(at)
        if request.number != changed.number
    )
    waiting = sorted((*others, changed), key=attrgetter("number"))
    found = priced_together(waiting, household, reading)
    return next(one for one in found if one.request.number == changed.number)


def _refuse_of_a_change(request: Request) -> None:
    # It is one amplitude for one day, and costs what it adds to that day.
    _refuse_if_any(
        tuple(
            ChangePending(line.day, request.number, request.taken_until)
            for line in request.lines
            if line.replaces
        )
    )


def _other_lines(
    request: Request,
    days: Mapping[dt.date, Chosen],
    reading: Reading,
    reglement: ActiveReglement,
) -> tuple[Line, ...]:
    if len(days) > MOST_DAYS:
        raise Refused(TooManyDays(MOST_DAYS))
    # What was asked for already may no longer be offered: it stays all the
    # same.
    kept = tuple(
        line for line in request.lines if days.get(line.day) == line.chosen
    )
    same = {line.day for line in kept}
    new = {day: code for day, code in days.items() if day not in same}
    if kept and not new:
        return kept
    lines = lines_for(request, new, reading, reglement)
    return tuple(sorted((*kept, *lines), key=attrgetter("day")))


def lines_for(
    request: Request,
    days: Mapping[dt.date, Chosen],
    reading: Reading,
    reglement: ActiveReglement,
) -> tuple[Line, ...]:
    """
    Other days for the child and the period of *request*.

    Raises:
        Refused: As `bookings.lines_for`, and `ChildUnknown`.
    """
    asked = request.asked
    child = known_child(reading.of(asked.household), asked.child)
    wish = Wish(child=asked.child, period=asked.period, days=days)
    return bookings.lines_for(wish, child=child, reglement=reglement.value)


def refusals_of(
    request: Request,
    lines: tuple[Line, ...],
    member: Member,
    recorder: Recorder,
    reglement: ActiveReglement,
) -> tuple[Refusal, ...]:
    """
    What stands in the way of those of *lines* that are new, beside what
    *request* takes itself.
    """
    new = tuple(line for line in lines if line not in request.lines)
    if not new:
        return ()
    child = known_child(recorder.tx.of(member.household), request.asked.child)
    period = reglement.value.period(request.asked.period)
    days = {line.day for line in new}
    live = live_of(
        recorder,
        child.id,
        bookings.days_around(days, period=period, reglement=reglement.value),
        besides=(request.number,),
    )
    own = Counter(spots_of(request.lines))
    taken = taken_places(recorder, new)
    situation = situation_of(
        child,
        member,
        recorder.tx,
        reglement.value,
        own=taken_parts(live, days, recorder.at),
        taken={spot: count - own[spot] for spot, count in taken.items()},
        others=child_days((*live, _staying(request, lines)), recorder.at),
        period=reglement.value.period(request.asked.period),
        at=recorder.at,
    )
    return bookings.refusals(
        new,
        period=period,
        situation=situation,
        at=recorder.at,
    )


def _staying(request: Request, lines: tuple[Line, ...]) -> Request:
    """
    What stays of *request*: of one that waits for its payment, what is asked
    for again; of one that is paid, all but the days that *lines* replace.
    """
    if request.is_held():
        return evolve(
            request, lines=tuple(x for x in request.lines if x in lines)
        )
    replaced = {line.day for line in lines}
    return evolve(
        request,
        lines=tuple(x for x in request.lines if x.day not in replaced),
    )


def _refuse_if_any(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise Refused(*refusals)
