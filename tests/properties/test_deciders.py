"""
What holds after any sequence of commands.
"""

import datetime as dt
from functools import reduce

import pytest
from attrs import evolve as replace
from hypothesis import given, strategies as st

from portail_core.domain import ledger as books, payments, requests
from portail_core.domain.cancellation import Settlement
from portail_core.domain.ids import (
    AttemptReference,
    CreditNoteNumber,
    InvoiceNumber,
    ProviderKey,
)
from portail_core.domain.money import ZERO, Money, total
from portail_core.domain.payments import AttemptState
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import LineState
from tests.spec.guide import (
    A_MINUTE,
    ASKED,
    ASKED_AT,
    ATTEMPT,
    FIRST_TRY,
    MARTIN_DURAND,
    NEXT_WEDNESDAY,
    NO_16,
    REGIE,
    SECOND_TRY,
    WEDNESDAY,
    line,
)

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

TRIES = st.sampled_from([FIRST_TRY, SECOND_TRY])
MOMENTS = st.integers(0, 300).map(
    lambda minutes: ASKED_AT + minutes * A_MINUTE
)
DAYS = (WEDNESDAY, NEXT_WEDNESDAY)
AMOUNTS = st.integers(0, 3000).map(Money)
AVOIR = CreditNoteNumber("ALSH-AV-2026-000001")

# Requests -------------------------------------------------------------------

HOLD = requests.Hold(
    number=NO_16,
    asked=ASKED,
    lines=tuple(map(line, DAYS)),
    at=ASKED_AT,
    span=dt.timedelta(hours=2),
)

settlements = st.builds(
    lambda kept, credited: Settlement(
        kept=kept, credited=credited, position=0, label="Ainsi."
    ),
    AMOUNTS,
    AMOUNTS,
)
request_commands = st.one_of(
    st.builds(
        requests.PinPlaces,
        pin=st.builds(requests.Pin, attempt=TRIES, until=MOMENTS),
        at=MOMENTS,
    ),
    st.builds(requests.Unpin, attempt=TRIES),
    st.builds(requests.Discard, at=MOMENTS),
    st.builds(requests.Expire, at=MOMENTS),
    st.builds(
        requests.Confirm,
        attempt=TRIES,
        amounts=st.tuples(AMOUNTS, AMOUNTS).map(
            lambda amounts: tuple(zip(DAYS, amounts, strict=True))
        ),
    ),
    st.builds(requests.Credit, attempt=TRIES, credit_note=st.just(AVOIR)),
    st.builds(
        requests.Cancel,
        settlements=st.lists(
            st.tuples(st.sampled_from(DAYS), settlements),
            min_size=1,
            unique_by=lambda pair: pair[0],
        ).map(tuple),
        credit_note=st.just(AVOIR),
    ),
)


def step(request, command):
    try:
        events = requests.decide(command, request)
    except Refused:
        return request, ()
    return reduce(requests.evolve, events, request), events


@pytest.mark.rule("request.replay")
@given(st.lists(request_commands, max_size=30))
def test_request(commands):
    """
    Nothing but a refusal comes of any command, and what happened gives the
    state.
    """
    request, journal = step(None, HOLD)
    for command in commands:
        request, events = step(request, command)
        journal += events

    assert request == reduce(requests.evolve, journal, None)


@pytest.mark.rule("payment.second-money", "cancellation.day-by-day")
@given(st.lists(request_commands, max_size=30))
def test_request_is_paid_once(commands):
    """
    Money comes once; a confirmed day ends by being cancelled, once, and no
    other way.
    """
    request, _ = step(None, HOLD)
    confirmed, cancelled = 0, []
    for command in commands:
        before = request
        request, events = step(request, command)
        confirmed += sum(
            isinstance(
                event, requests.RequestConfirmed | requests.RequestCredited
            )
            for event in events
        )
        cancelled += [
            event.day
            for event in events
            if isinstance(event, requests.DayCancelled)
        ]
        for old, new in zip(before.lines, request.lines, strict=True):
            if old.state is LineState.CONFIRMED is not new.state:
                assert LineState.CANCELLED is new.state
            if old.state in {LineState.CANCELLED, LineState.CREDITED}:
                assert old == new

    assert confirmed <= 1
    assert len(set(cancelled)) == len(cancelled)


@pytest.mark.rule("basket.expiry.releases")
@given(st.lists(request_commands, max_size=30), MOMENTS)
def test_request_over_holds_nothing(commands, at):
    """
    A request that is over takes no place; expiring it takes none away.
    """
    request, _ = step(None, HOLD)
    for command in commands:
        request, _ = step(request, command)
    expired, _ = step(request, requests.Expire(at=at))

    assert [request.takes(one, at) for one in request.lines] == [
        expired.takes(one, at) for one in expired.lines
    ]
    assert expired.is_payable(at) is expired.is_held()


# Attempts -------------------------------------------------------------------

RANK = {
    AttemptState.CREATED: 0,
    AttemptState.PRESENTED: 1,
    AttemptState.UNKNOWN: 2,
    AttemptState.REFUSED: 3,
    AttemptState.ABANDONED: 3,
    AttemptState.PAID: 4,
    AttemptState.SET_ASIDE: 4,
}

reports = st.sampled_from(
    [
        payments.Unpaid(outcome)
        for outcome in payments.Outcome
        if outcome is not payments.Outcome.PAID
    ]
) | st.builds(
    payments.Paid,
    reference=st.sampled_from([FIRST_TRY, AttemptReference("AUTRE01")]),
    amount=st.sampled_from([ZERO, ATTEMPT.to_pay, ATTEMPT.total]),
    mode=st.sampled_from(payments.Mode),
    paid_at=MOMENTS,
)
attempt_commands = st.one_of(
    st.builds(
        payments.Present,
        key=st.just(ProviderKey("idop")),
        redirect_url=st.just("https://example.org/pay"),
        until=MOMENTS,
    ),
    st.just(payments.GiveUp()),
    st.builds(
        payments.Take,
        report=reports,
        expected=st.just(payments.Mode.LIVE),
        credits=st.builds(Money, st.integers(0, 2000)),
        at=MOMENTS,
    ),
    st.builds(payments.Lapse, at=MOMENTS),
)
COVERED = replace(ATTEMPT, credits=ATTEMPT.total)


@pytest.mark.rule("payment.paid.once", "payment.unpaid")
@given(st.lists(attempt_commands, max_size=30), st.booleans())
def test_attempt(commands, covered):
    """
    An attempt goes forward only, is paid or set aside at most once, and what
    happened gives the state.
    """
    opened = payments.Open(attempt=COVERED if covered else ATTEMPT)
    if covered:
        commands = [payments.PayWithCredits(), *commands]
        commands.append(payments.PayWithCredits())
    journal = payments.decide(opened, None)
    attempt = reduce(payments.evolve, journal, None)
    for command in commands:
        assert attempt is not None
        before = attempt
        events = payments.decide(command, attempt)
        attempt = reduce(payments.evolve, events, attempt)
        journal += events

        assert attempt is not None
        assert RANK[before.state] < RANK[attempt.state] or (
            before.state is attempt.state
        )

    assert attempt == reduce(payments.evolve, journal, None)
    assert 1 >= sum(
        isinstance(event, payments.AttemptPaid | payments.MoneySetAside)
        for event in journal
    )


# The ledger -----------------------------------------------------------------

moves = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "return", "settle", "issue", "aside"]),
        TRIES,
        AMOUNTS,
    ),
    max_size=40,
)


def as_command(ledger, number, move):
    """
    A command that a use case could give: no more than there is is reserved,
    and an invoice costs no less than the avoirs set apart for it.
    """
    kind, attempt, amount = move
    match kind:
        case "reserve":
            return books.Reserve(
                attempt=attempt, amount=min(amount, ledger.available)
            )
        case "return":
            return books.Return(attempt=attempt)
        case "settle":
            return books.Settle(
                attempt=attempt,
                invoice=InvoiceNumber(f"ALSH-2026-{number:06d}"),
                amount=amount + ledger.reserved(attempt),
            )
        case "issue":
            return books.Issue(
                credit_note=CreditNoteNumber(f"ALSH-AV-2026-{number:06d}"),
                amount=amount,
            )
        case _:
            return books.SetAside(attempt=attempt, amount=amount)


@pytest.mark.rule("ledger.balance", "ledger.not-negative")
@given(moves)
def test_ledger(moves):
    """
    After any sequence of commands the books balance, no sum is below zero,
    and what happened gives the state.
    """
    empty = books.Ledger(household=MARTIN_DURAND, regie=REGIE)
    ledger, journal = empty, list[books.Event]()
    for number, move in enumerate(moves, start=1):
        events = books.decide(as_command(ledger, number, move), ledger)
        ledger = reduce(books.evolve, events, ledger)
        journal += events

        reserved = total(part.amount for part in ledger.reservations)
        assert (
            ledger.invoiced + ledger.available + reserved
            == ledger.received + ledger.credited
        )
        assert ZERO <= min(
            ledger.invoiced,
            ledger.received,
            ledger.credited,
            ledger.set_aside,
            *(credit.left for credit in ledger.credits),
            *(part.amount for part in ledger.reservations),
        )

    assert ledger == reduce(books.evolve, journal, empty)


@pytest.mark.rule("ledger.credits.oldest-first")
@given(moves)
def test_oldest_first(moves):
    """
    A newer avoir is touched only once the older ones have nothing left.
    """
    ledger = books.Ledger(household=MARTIN_DURAND, regie=REGIE)
    for number, move in enumerate(moves, start=1):
        before = ledger
        events = books.decide(as_command(ledger, number, move), ledger)
        ledger = reduce(books.evolve, events, ledger)
        if move[0] != "reserve":
            continue
        touched = [
            at
            for at, old in enumerate(before.credits)
            if old.left != ledger.credits[at].left
        ]
        for at in touched[:-1]:
            assert ZERO == ledger.credits[at].left
        if touched:
            assert all(
                ZERO == before.credits[at].left
                for at in range(touched[-1])
                if at not in touched
            )
