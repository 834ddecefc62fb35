"""
docs/spec/payment.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve, fields

from portail_core.domain.bookings import may_still_happen
from portail_core.domain.ids import (
    AttemptReference,
    CreditNoteNumber,
    ProviderKey,
)
from portail_core.domain.money import ZERO, Money, eur
from portail_core.domain.payments import (
    NEVER_PRESENTED_AFTER,
    AttemptAbandoned,
    AttemptBecameUnknown,
    AttemptOpen,
    AttemptOpened,
    AttemptPaid,
    AttemptPresented,
    AttemptRefused,
    AttemptState,
    Due,
    GiveUp,
    Lapse,
    Mode,
    MoneySetAside,
    NothingToPay,
    Open,
    Outcome,
    Paid,
    PaymentUnavailable,
    PayWithCredits,
    Present,
    PriceChanged,
    Take,
    Unpaid,
    decide,
    evolve as happen,
)
from portail_core.domain.places import Spot
from portail_core.domain.requests import (
    Confirm,
    Credit,
    DayCancelled,
    LineState,
    RequestConfirmed,
    RequestCredited,
    RequestDiscarded,
    RequestExpired,
    decide as decide_request,
)
from tests.spec.guide import (
    A_DAY,
    A_MINUTE,
    AN_INSTANT,
    ATTEMPT,
    BOUGHT,
    FIRST_TRY,
    HELD,
    HELD_UNTIL,
    LINE,
    LUNCH,
    MARTIN_DURAND,
    NEXT_WEDNESDAY,
    NO_17,
    PERIOD,
    REGLEMENT,
    SECOND_TRY,
    SIX_AND_OVER,
    WEDNESDAY,
    line,
    priced,
    replay,
)

ENDS_AT = ATTEMPT.open_until
KEY = ProviderKey("idop")
URL = "https://example.org/pay"
HORIZON = ATTEMPT.created_at + 120 * A_MINUTE

PRESENTATION = AttemptPresented(key=KEY, redirect_url=URL, until=HORIZON)
PRESENTED = happen(ATTEMPT, PRESENTATION)

TO_PAY = eur("10.00")  # 12.50 less 2.50 of avoirs
CREDITS = eur("2.50")
PAYMENT = Paid(
    reference=FIRST_TRY,
    amount=TO_PAY,
    mode=Mode.LIVE,
    paid_at=ATTEMPT.created_at + A_MINUTE,
)


def take(report, at=ATTEMPT.created_at + 2 * A_MINUTE):
    return Take(report=report, expected=Mode.LIVE, credits=CREDITS, at=at)


def told(outcome):
    return Unpaid(outcome)


def in_state(state):
    return evolve(PRESENTED, state=state)


class TestCheckout:
    @pytest.mark.rule("payment.price-changed")
    def test_price_changed(self):
        """
        Both totals are told: the one agreed to, and today's.
        """
        refusal = PriceChanged(eur("12.50"), eur("13.00"))

        assert (eur("12.50"), eur("13.00")) == (refusal.shown, refusal.total)

    @pytest.mark.rule("payment.nothing-to-pay")
    def test_nothing_to_pay(self):
        """
        Of an empty basket there is nothing more to say.
        """
        assert () == fields(NothingToPay)

    @pytest.mark.rule("payment.one-open-attempt")
    def test_one_open_attempt(self):
        """
        The other adult of the household hears until when.
        """
        assert ENDS_AT == AttemptOpen(ENDS_AT).until

    @pytest.mark.rule("payment.frozen")
    def test_frozen(self):
        """
        What is to be paid is the total less the avoirs set apart.
        """
        attempt = evolve(
            ATTEMPT,
            dues=(
                *ATTEMPT.dues,
                Due(
                    request=NO_17,
                    days=BOUGHT,
                    lines=(priced(eur("4.50")), priced(eur("3.49"))),
                ),
            ),
        )

        assert (eur("20.49"), eur("17.99")) == (attempt.total, attempt.to_pay)

    @pytest.mark.rule("payment.frozen")
    def test_opened(self):
        """
        An attempt is kept as it was opened.
        """
        (event,) = decide(Open(attempt=ATTEMPT), None)

        assert AttemptOpened(attempt=ATTEMPT) == event
        assert ATTEMPT is happen(None, event)

    @pytest.mark.rule("payment.frozen")
    def test_nothing_due(self):
        """
        An attempt to pay nothing is a mistake.
        """
        with pytest.raises(ValueError, match="dues is empty"):
            evolve(ATTEMPT, dues=())

    @pytest.mark.rule("payment.frozen")
    def test_needs_an_attempt(self):
        """
        So is one that nobody opened.
        """
        with pytest.raises(AssertionError, match="only Open begins"):
            decide(GiveUp(), None)
        with pytest.raises(AssertionError, match="only AttemptOpened begins"):
            happen(None, AttemptRefused())


class TestOpen:
    @pytest.mark.rule("payment.open-until")
    @pytest.mark.parametrize(
        ("is_open", "at"),
        [
            (True, ATTEMPT.created_at),
            (True, ENDS_AT - AN_INSTANT),
            (False, ENDS_AT),
        ],
        ids=["at once", "the last instant", "the end"],
    )
    def test_until(self, is_open, at):
        """
        An attempt is open until the last instant before its end.
        """
        assert is_open is ATTEMPT.is_open(at)

    @pytest.mark.rule("payment.open-until")
    @pytest.mark.parametrize(
        ("is_open", "state"),
        [
            (state in {AttemptState.CREATED, AttemptState.PRESENTED}, state)
            for state in AttemptState
        ],
    )
    def test_answered(self, is_open, state):
        """
        Once somebody answered it is open no longer.
        """
        assert is_open is in_state(state).is_open(ATTEMPT.created_at)

    @pytest.mark.rule("payment.never-presented")
    def test_five_minutes(self):
        """
        Five minutes are left to send the payer to the provider.
        """
        assert 5 * A_MINUTE == NEVER_PRESENTED_AFTER

    @pytest.mark.rule("payment.never-presented")
    @pytest.mark.parametrize(
        ("events", "at"),
        [((), ENDS_AT - AN_INSTANT), ((AttemptAbandoned(),), ENDS_AT)],
        ids=["the last instant", "the end"],
    )
    def test_never_presented(self, events, at):
        """
        A payer who was never sent there has paid nothing.
        """
        assert events == decide(Lapse(at=at), ATTEMPT)

    @pytest.mark.rule("payment.horizon")
    @pytest.mark.parametrize(
        ("events", "at"),
        [((), HORIZON - AN_INSTANT), ((AttemptBecameUnknown(),), HORIZON)],
        ids=["the last instant", "the horizon"],
    )
    def test_horizon(self, events, at):
        """
        One who was may have: past the horizon it is unknown.
        """
        assert events == decide(Lapse(at=at), PRESENTED)

    @pytest.mark.rule("payment.horizon")
    def test_unknown(self):
        """
        An unknown attempt is not open, and does not become more unknown.
        """
        unknown = happen(PRESENTED, AttemptBecameUnknown())

        assert AttemptState.UNKNOWN is unknown.state
        assert not unknown.is_open(ATTEMPT.created_at)
        assert () == decide(Lapse(at=HORIZON + A_DAY), unknown)


class TestPresent:
    COMMAND = Present(key=KEY, redirect_url=URL, until=HORIZON)

    @pytest.mark.rule("payment.presented-once")
    def test_presented(self):
        """
        The payer goes to the provider, until its horizon.
        """
        (event,) = decide(self.COMMAND, ATTEMPT)

        assert PRESENTATION == event
        assert (
            evolve(
                ATTEMPT,
                state=AttemptState.PRESENTED,
                key=KEY,
                redirect_url=URL,
                open_until=HORIZON,
            )
            == PRESENTED
        )

    @pytest.mark.rule("payment.presented-once")
    @pytest.mark.parametrize(
        "state",
        [state for state in AttemptState if state is not AttemptState.CREATED],
    )
    def test_once(self, state):
        """
        Not twice, and not after the end.
        """
        assert () == decide(self.COMMAND, in_state(state))

    @pytest.mark.rule("payment.provider-unavailable")
    def test_unavailable(self):
        """
        A provider that does not answer ends the attempt at once, unpaid.
        """
        (event,) = decide(GiveUp(), ATTEMPT)

        assert AttemptState.ABANDONED is happen(ATTEMPT, event).state
        assert () == fields(PaymentUnavailable)

    @pytest.mark.rule("payment.provider-unavailable")
    @pytest.mark.parametrize(
        "state",
        [state for state in AttemptState if state is not AttemptState.CREATED],
    )
    def test_too_late_to_give_up(self, state):
        """
        Nobody gives up a payer who was sent there.
        """
        assert () == decide(GiveUp(), in_state(state))


class TestAnswers:
    @pytest.mark.rule("payment.pending")
    @pytest.mark.parametrize(
        ("events", "at"),
        [((), HORIZON - AN_INSTANT), ((AttemptBecameUnknown(),), HORIZON)],
        ids=["the last instant", "the horizon"],
    )
    def test_pending(self, events, at):
        """
        No answer yet is no answer.
        """
        assert events == decide(take(told(Outcome.PENDING), at), PRESENTED)

    @pytest.mark.rule("payment.unpaid")
    @pytest.mark.parametrize(
        ("event", "outcome"),
        [
            (AttemptRefused(), Outcome.REFUSED),
            (AttemptAbandoned(), Outcome.ABANDONED),
        ],
    )
    @pytest.mark.parametrize(
        "state",
        [AttemptState.CREATED, AttemptState.PRESENTED, AttemptState.UNKNOWN],
    )
    def test_unpaid(self, event, outcome, state):
        """
        A refusal ends an attempt that waits for an answer.
        """
        assert (event,) == decide(take(told(outcome)), in_state(state))

    @pytest.mark.rule("payment.unpaid")
    @pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.ABANDONED])
    @pytest.mark.parametrize(
        "state",
        [
            AttemptState.PAID,
            AttemptState.SET_ASIDE,
            AttemptState.REFUSED,
            AttemptState.ABANDONED,
        ],
    )
    def test_cannot_undo(self, outcome, state):
        """
        And changes nothing of one that has its answer.
        """
        assert () == decide(take(told(outcome)), in_state(state))

    @pytest.mark.rule("payment.unpaid")
    @pytest.mark.parametrize(
        ("state", "event"),
        [
            (AttemptState.REFUSED, AttemptRefused()),
            (AttemptState.ABANDONED, AttemptAbandoned()),
        ],
    )
    def test_states(self, state, event):
        """
        Which answer it was is kept.
        """
        assert state is happen(PRESENTED, event).state

    @pytest.mark.rule("payment.paid.any-state")
    @pytest.mark.parametrize(
        "state",
        [
            AttemptState.CREATED,
            AttemptState.PRESENTED,
            AttemptState.REFUSED,
            AttemptState.ABANDONED,
            AttemptState.UNKNOWN,
        ],
    )
    @pytest.mark.parametrize("at", [ATTEMPT.created_at, HORIZON + A_DAY])
    def test_paid(self, state, at):
        """
        Money that came is taken, whatever was said before, whenever.
        """
        attempt = in_state(state)

        (event,) = decide(take(PAYMENT, at), attempt)

        assert AttemptPaid(amount=TO_PAY) == event
        assert AttemptState.PAID is happen(attempt, event).state

    @pytest.mark.rule("payment.paid.once", "payment.set-aside")
    @pytest.mark.parametrize(
        "state", [AttemptState.PAID, AttemptState.SET_ASIDE]
    )
    @pytest.mark.parametrize(
        "report", [PAYMENT, evolve(PAYMENT, amount=eur("9.99"))]
    )
    def test_once(self, state, report):
        """
        Told again, nothing happens.
        """
        assert () == decide(take(report), in_state(state))


class TestReport:
    def test_paid_says_what(self):
        """
        A payment is reported with its amount, never as a mere outcome.
        """
        assert Outcome.PAID is PAYMENT.outcome
        with pytest.raises(ValueError, match="reported as Paid"):
            Unpaid(Outcome.PAID)


class TestMismatch:
    @pytest.mark.rule(
        "payment.mismatch.amount",
        "payment.mismatch.reference",
        "payment.mismatch.mode",
        "payment.set-aside",
    )
    @pytest.mark.parametrize(
        ("mismatches", "changes"),
        [
            (("payment.mismatch.amount",), {"amount": eur("9.99")}),
            (("payment.mismatch.amount",), {"amount": eur("10.01")}),
            (("payment.mismatch.amount",), {"amount": eur("12.50")}),
            (
                ("payment.mismatch.reference",),
                {"reference": AttemptReference("ALSH000002")},
            ),
            (("payment.mismatch.mode",), {"mode": Mode.TEST}),
            (
                (
                    "payment.mismatch.amount",
                    "payment.mismatch.reference",
                    "payment.mismatch.mode",
                ),
                {
                    "amount": eur("9.99"),
                    "reference": AttemptReference("ALSH000002"),
                    "mode": Mode.TEST,
                },
            ),
        ],
        ids=[
            "a cent short",
            "a cent more",
            "avoirs forgotten",
            "reference",
            "mode",
            "all three",
        ],
    )
    def test_set_aside(self, mismatches, changes):
        """
        What does not match waits for an officer, with every reason.
        """
        report = evolve(PAYMENT, **changes)

        (event,) = decide(take(report), PRESENTED)

        assert (
            MoneySetAside(amount=report.amount, mismatches=mismatches) == event
        )
        assert AttemptState.SET_ASIDE is happen(PRESENTED, event).state

    @pytest.mark.rule("payment.mismatch.mode")
    def test_live_money_in_test(self):
        """
        Real money on a portal that only tests does not match either.
        """
        command = Take(
            report=PAYMENT, expected=Mode.TEST, credits=CREDITS, at=HORIZON
        )

        assert (
            MoneySetAside(
                amount=TO_PAY, mismatches=("payment.mismatch.mode",)
            ),
        ) == decide(command, PRESENTED)

    @pytest.mark.rule("payment.mismatch.credits")
    @pytest.mark.parametrize(
        ("credits_left", "kind"),
        [(CREDITS, AttemptPaid), (CREDITS - Money(1), MoneySetAside)],
        ids=["all there", "a cent used elsewhere"],
    )
    def test_credits_gone(self, credits_left, kind):
        """
        Avoirs that were used elsewhere since leave the money set aside.
        """
        command = Take(
            report=PAYMENT,
            expected=Mode.LIVE,
            credits=credits_left,
            at=HORIZON,
        )

        (event,) = decide(command, PRESENTED)

        assert isinstance(event, kind)


class TestCreditsAlone:
    COVERED = evolve(ATTEMPT, credits=eur("12.50"))

    @pytest.mark.rule("payment.credits-alone")
    def test_paid(self):
        """
        An attempt that avoirs cover is paid at once; no money came.
        """
        assert (AttemptPaid(amount=ZERO),) == decide(
            PayWithCredits(), self.COVERED
        )

    @pytest.mark.rule("payment.credits-alone", "payment.paid.once")
    @pytest.mark.parametrize(
        "state",
        [state for state in AttemptState if state is not AttemptState.CREATED],
    )
    def test_once(self, state):
        """
        Once, and only as it begins.
        """
        assert () == decide(
            PayWithCredits(), evolve(self.COVERED, state=state)
        )

    @pytest.mark.rule("payment.credits-alone")
    def test_not_covered(self):
        """
        One that they do not cover needs money.
        """
        with pytest.raises(AssertionError, match="avoirs cover everything"):
            decide(
                PayWithCredits(), evolve(self.COVERED, credits=eur("12.49"))
            )


class TestLate:
    @staticmethod
    def still(*lines, at=HELD_UNTIL, period=PERIOD, own=None, taken=None):
        return may_still_happen(
            lines or (LINE,),
            period=period,
            own=own or {},
            taken=taken or {},
            reglement=REGLEMENT,
            at=at,
        )

    @pytest.mark.rule("payment.late.confirms")
    @pytest.mark.parametrize(
        ("still", "at"),
        [
            (True, dt.datetime(2026, 5, 26, 21, 59, 59, 999999, dt.UTC)),
            (False, dt.datetime(2026, 5, 26, 22, tzinfo=dt.UTC)),
        ],
        ids=["the last instant of the eve", "midnight in Paris"],
    )
    def test_to_come(self, still, at):
        """
        Tomorrow is to come, today is not; no deadline is asked.
        """
        assert still is self.still(at=at)

    @pytest.mark.rule("payment.late.confirms")
    @pytest.mark.parametrize(("still", "taken"), [(True, 21), (False, 22)])
    def test_place(self, still, taken):
        """
        The last place will do.
        """
        assert still is self.still(
            taken={Spot(SIX_AND_OVER, WEDNESDAY, LUNCH): taken}
        )

    @pytest.mark.rule("payment.late.confirms")
    def test_window(self):
        """
        That booking is over does not matter.
        """
        assert self.still(period=evolve(PERIOD, closes_at=HELD_UNTIL))

    @pytest.mark.rule("payment.late.credits")
    def test_closed_since(self):
        """
        A day that was closed since does not happen.
        """
        assert not self.still(
            period=evolve(
                PERIOD, calendar=evolve(PERIOD.calendar, open_days=())
            )
        )

    @pytest.mark.rule("payment.late.credits")
    def test_own_place(self):
        """
        Nor does one that the child takes otherwise since.
        """
        assert not self.still(own={(WEDNESDAY, LUNCH): MARTIN_DURAND})

    @pytest.mark.rule("payment.late.credits")
    def test_one_day_gone(self):
        """
        One day gone is the whole request gone.
        """
        assert not self.still(
            LINE,
            line(NEXT_WEDNESDAY),
            taken={Spot(SIX_AND_OVER, NEXT_WEDNESDAY, LUNCH): 22},
        )

    @pytest.mark.rule("payment.late.confirms")
    @pytest.mark.parametrize(
        "event", [None, RequestExpired(), RequestDiscarded()]
    )
    def test_confirmed(self, event):
        """
        A request that was over comes back to life.
        """
        before = (HELD, event) if event else (HELD,)
        amounts = ((WEDNESDAY, eur("12.50")),)

        events = decide_request(
            Confirm(attempt=FIRST_TRY, amounts=amounts), replay(*before)
        )

        assert (
            RequestConfirmed(attempt=FIRST_TRY, amounts=amounts),
        ) == events
        assert (line(state=LineState.CONFIRMED, paid=eur("12.50")),) == replay(
            *before, *events
        ).lines

    @pytest.mark.rule("payment.late.credits")
    def test_credited(self):
        """
        Or its money is an avoir, and it takes no place.
        """
        avoir = CreditNoteNumber("ALSH-AV-2026-000001")

        events = decide_request(
            Credit(attempt=FIRST_TRY, credit_note=avoir),
            replay(HELD, RequestExpired()),
        )

        assert (
            RequestCredited(attempt=FIRST_TRY, credit_note=avoir),
        ) == events
        assert (line(state=LineState.CREDITED),) == replay(
            HELD, RequestExpired(), *events
        ).lines


class TestSecondMoney:
    AVOIR = CreditNoteNumber("ALSH-AV-2026-000001")
    AMOUNTS = ((WEDNESDAY, eur("12.50")),)
    CONFIRMED = RequestConfirmed(attempt=FIRST_TRY, amounts=AMOUNTS)
    CANCELLED = DayCancelled(
        day=WEDNESDAY, kept=ZERO, credited=eur("12.50"), credit_note=AVOIR
    )
    CREDITED = RequestCredited(attempt=FIRST_TRY, credit_note=AVOIR)

    @pytest.mark.rule("payment.second-money")
    @pytest.mark.parametrize(
        "events",
        [(CONFIRMED,), (CONFIRMED, CANCELLED), (CREDITED,)],
        ids=["confirmed", "cancelled since", "an avoir"],
    )
    @pytest.mark.parametrize(
        "command",
        [
            Confirm(attempt=SECOND_TRY, amounts=AMOUNTS),
            Credit(attempt=SECOND_TRY, credit_note=AVOIR),
        ],
        ids=["Confirm", "Credit"],
    )
    def test_nothing_happens(self, events, command):
        """
        What was paid once is neither given nor taken by a second payment.
        """
        request = replay(HELD, *events)

        assert request.is_paid()
        assert () == decide_request(command, request)

    @pytest.mark.rule("payment.second-money")
    @pytest.mark.parametrize(
        "events", [(), (RequestExpired(),), (RequestDiscarded(),)]
    )
    def test_not_paid(self, events):
        """
        What was never paid is not paid.
        """
        assert not replay(HELD, *events).is_paid()
