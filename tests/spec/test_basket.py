"""
docs/spec/basket.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.baskets import Basket, BasketItem, credits_to_use
from portail_core.domain.days import PARIS
from portail_core.domain.money import ZERO, eur
from portail_core.domain.payments import AmountNotPayable, Due
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Hold as HoldRule
from portail_core.domain.requests import (
    Discard,
    Expire,
    Hold,
    LineState,
    Pin,
    PlacesPinned,
    PlacesUnpinned,
    RequestDiscarded,
    RequestExpired,
    Unpin,
    decide,
)
from tests.spec.guide import (
    A_MINUTE,
    AN_HOUR,
    AN_INSTANT,
    ASKED,
    ASKED_AT,
    BOUGHT,
    FIRST_TRY,
    HELD,
    HELD_UNTIL,
    LINE,
    NEXT_WEDNESDAY,
    NO_16,
    NO_17,
    REGIE,
    SECOND_TRY,
    line,
    priced,
    replay,
)

TWO_HOURS = HoldRule(minutes=120).span


def held_at(at, number=NO_16, lines=(LINE,)):
    (event,) = decide(
        Hold(number=number, asked=ASKED, lines=lines, at=at, span=TWO_HOURS),
        None,
    )
    return replay(event)


def pinned(until, attempt=FIRST_TRY):
    return PlacesPinned(pin=Pin(attempt=attempt, until=until))


class TestHold:
    @pytest.mark.rule("basket.hold.two-hours")
    def test_guide(self):
        """
        Asked for at 11:12:56, held until 13:12:56.
        """
        assert HELD_UNTIL == held_at(ASKED_AT).held_until

    @pytest.mark.rule("basket.hold.last-instant")
    @pytest.mark.parametrize(
        ("payable", "at"),
        [
            (True, ASKED_AT),
            (True, dt.datetime(2026, 5, 13, 11, 12, tzinfo=dt.UTC)),
            (True, HELD_UNTIL - AN_INSTANT),
            (False, HELD_UNTIL),
            (False, HELD_UNTIL + AN_INSTANT),
        ],
        ids=["at once", "13:12:00", "the last instant", "13:12:56", "after"],
    )
    def test_last_instant(self, payable, at):
        """
        The minute that the screen shows is in time; 13:12:56 is not.
        """
        request = held_at(ASKED_AT)

        assert payable is request.is_payable(at)
        assert payable is request.takes(LINE, at)

    @pytest.mark.rule("basket.hold.elapsed")
    @pytest.mark.parametrize(
        ("shown", "at"),
        [
            ("04:30", dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)),
            ("02:30", dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC)),
            ("03:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
        ],
        ids=["01:30 in March", "01:30 in October", "02:30 in October"],
    )
    def test_clock_changes(self, shown, at):
        """
        Two hours are two hours, whatever the clock on the wall shows.
        """
        until = held_at(at).held_until

        assert 2 * AN_HOUR == until - at
        assert shown == until.astimezone(PARIS).strftime("%H:%M")

    @pytest.mark.rule("basket.hold.each-its-own")
    def test_each_its_own(self):
        """
        A second request, an hour later, has its own two hours.
        """
        later = held_at(
            ASKED_AT + AN_HOUR, number=NO_17, lines=(line(NEXT_WEDNESDAY),)
        )

        assert [HELD_UNTIL, HELD_UNTIL + AN_HOUR] == [
            held_at(ASKED_AT).held_until,
            later.held_until,
        ]

    @pytest.mark.rule("basket.hold.length")
    @pytest.mark.parametrize("minutes", [1, 60, 120])
    def test_length(self, minutes):
        """
        The règlement says how many minutes.
        """
        assert minutes * A_MINUTE == HoldRule(minutes=minutes).span

    @pytest.mark.rule("basket.hold.length")
    @pytest.mark.parametrize(
        ("minutes", "error"), [(0, ValueError), (-1, ValueError)]
    )
    def test_no_length(self, minutes, error):
        """
        A hold that is over when it begins is a mistake.
        """
        with pytest.raises(error, match="minutes is"):
            HoldRule(minutes=minutes)


class TestPin:
    UNTIL = HELD_UNTIL + AN_HOUR

    @pytest.mark.rule("basket.pin.lengthens")
    @pytest.mark.parametrize(
        ("payable", "at"),
        [
            (True, HELD_UNTIL),
            (True, UNTIL - AN_INSTANT),
            (False, UNTIL),
        ],
        ids=["past the hold", "the last instant", "the end"],
    )
    def test_lengthens(self, payable, at):
        """
        A payer who went to pay at the last minute keeps the places.
        """
        request = replay(HELD, pinned(self.UNTIL))

        assert payable is request.is_payable(at)

    @pytest.mark.rule("basket.pin.never-shortens")
    def test_never_shortens(self):
        """
        An attempt that ends before the hold leaves the hold as it was.
        """
        request = replay(HELD, pinned(ASKED_AT + 5 * A_MINUTE))

        assert HELD_UNTIL == request.taken_until

    @pytest.mark.rule("basket.pin.ends")
    def test_ends(self):
        """
        Once the attempt ended unpaid, the hold alone counts.
        """
        request = replay(HELD, pinned(self.UNTIL))

        (event,) = decide(Unpin(attempt=FIRST_TRY), request)

        assert PlacesUnpinned(attempt=FIRST_TRY) == event
        assert HELD_UNTIL == (
            replay(HELD, pinned(self.UNTIL), event).taken_until
        )

    @pytest.mark.rule("basket.pin.ends")
    @pytest.mark.parametrize(
        "request_", [replay(HELD), replay(HELD, pinned(UNTIL, SECOND_TRY))]
    )
    def test_own_pin(self, request_):
        """
        An attempt takes back its own pin, and no other's.
        """
        assert () == decide(Unpin(attempt=FIRST_TRY), request_)


class TestExpiry:
    @pytest.mark.rule("basket.expiry.releases")
    @pytest.mark.parametrize(
        ("events", "at"),
        [
            ((), HELD_UNTIL - AN_INSTANT),
            ((RequestExpired(),), HELD_UNTIL),
        ],
        ids=["the last instant", "the end"],
    )
    def test_unpaid(self, events, at):
        """
        An unpaid request expires at the end of its hold, not before.
        """
        assert events == decide(Expire(at=at), replay(HELD))

    @pytest.mark.rule("basket.expiry.releases")
    @pytest.mark.parametrize(
        ("events", "at"),
        [
            ((), HELD_UNTIL + AN_HOUR - AN_INSTANT),
            ((RequestExpired(),), HELD_UNTIL + AN_HOUR),
        ],
        ids=["the last instant", "the end"],
    )
    def test_being_paid(self, events, at):
        """
        While it is being paid it does not.
        """
        request = replay(HELD, pinned(HELD_UNTIL + AN_HOUR))

        assert events == decide(Expire(at=at), request)

    @pytest.mark.rule("basket.expiry.releases")
    @pytest.mark.parametrize("event", [RequestExpired(), RequestDiscarded()])
    def test_once(self, event):
        """
        What is over does not expire again.
        """
        assert () == decide(Expire(at=HELD_UNTIL), replay(HELD, event))

    @pytest.mark.rule("basket.expiry.releases")
    def test_before_anybody_noted(self):
        """
        Past its time a request takes no place, noted or not.
        """
        request = replay(HELD)

        assert request.is_held()
        assert not request.takes(LINE, HELD_UNTIL)


class TestBin:
    @pytest.mark.rule("basket.bin.before-payment")
    @pytest.mark.parametrize("at", [ASKED_AT, HELD_UNTIL - AN_INSTANT])
    def test_bin(self, at):
        """
        While it is held, a request may be thrown away.
        """
        assert (RequestDiscarded(),) == decide(Discard(at=at), replay(HELD))

    @pytest.mark.rule("basket.bin.before-payment")
    def test_free_at_once(self):
        """
        Its places are free from that instant on.
        """
        request = replay(HELD, RequestDiscarded())

        assert not request.takes(request.lines[0], ASKED_AT)
        assert LineState.DISCARDED is request.lines[0].state


class TestTotal:
    @pytest.mark.rule("basket.total")
    @pytest.mark.parametrize(
        ("expected", "amounts"),
        [("0", ()), ("12.50", ("12.50",)), ("17.49", ("12.50", "4.99"))],
    )
    def test_total(self, expected, amounts):
        """
        The total is before avoirs.
        """
        basket = Basket(
            regie=REGIE,
            items=tuple(
                BasketItem(
                    request=replay(evolve(HELD, number=NO_16)),
                    due=Due(
                        request=NO_16,
                        days=BOUGHT,
                        lines=(priced(eur(amount)),),
                    ),
                    held_until=HELD_UNTIL,
                )
                for amount in amounts
            ),
            credits=eur("5.00"),
            paying_until=None,
        )

        assert eur(expected) == basket.total


class TestCredits:
    @pytest.mark.rule("basket.credits.used")
    @pytest.mark.parametrize(
        ("used", "available"),
        [
            ("0", "0"),
            ("5.00", "5.00"),
            ("12.50", "12.50"),
            ("12.50", "12.51"),
            ("11.50", "11.50"),
        ],
        ids=["none", "a part", "all of it", "more", "the minimum is left"],
    )
    def test_used(self, used, available):
        """
        Avoirs pay what they can.
        """
        assert eur(used) == credits_to_use(
            eur("12.50"),
            available=eur(available),
            minimum=eur("1.00"),
            maximum=eur("100000.00"),
        )

    @pytest.mark.rule("basket.credits.used")
    def test_nothing_to_pay(self):
        """
        What costs nothing uses nothing.
        """
        assert ZERO == credits_to_use(
            ZERO,
            available=eur("5.00"),
            minimum=eur("1.00"),
            maximum=eur("100.00"),
        )

    @pytest.mark.rule("basket.credits.minimum")
    @pytest.mark.parametrize("available", ["11.51", "12.49"])
    def test_minimum(self, available):
        """
        A rest of less than 1 € is raised to 1 €, the avoir keeps the
        difference.
        """
        assert eur("11.50") == credits_to_use(
            eur("12.50"),
            available=eur(available),
            minimum=eur("1.00"),
            maximum=eur("100.00"),
        )

    @pytest.mark.rule("basket.credits.minimum", "payment.amount-not-payable")
    @pytest.mark.parametrize("available", ["0", "0.50", "0.98"])
    def test_too_small(self, available):
        """
        A basket that is itself too small is refused whole, not in part.
        """
        with pytest.raises(Refused) as refused:
            credits_to_use(
                eur("0.99"),
                available=eur(available),
                minimum=eur("1.00"),
                maximum=eur("100.00"),
            )

        assert (
            AmountNotPayable(eur("0.99"), eur("1.00"), eur("100.00")),
        ) == refused.value.refusals

    @pytest.mark.rule("payment.amount-not-payable")
    @pytest.mark.parametrize("amount", ["1.00", "100.00"])
    def test_bounds(self, amount):
        """
        The provider's bounds are themselves payable.
        """
        assert ZERO == credits_to_use(
            eur(amount),
            available=ZERO,
            minimum=eur("1.00"),
            maximum=eur("100.00"),
        )

    @pytest.mark.rule("payment.amount-not-payable")
    @pytest.mark.parametrize("amount", ["0.99", "100.01"])
    def test_out_of_bounds(self, amount):
        """
        A cent beyond them is not.
        """
        with pytest.raises(Refused) as refused:
            credits_to_use(
                eur(amount),
                available=ZERO,
                minimum=eur("1.00"),
                maximum=eur("100.00"),
            )

        assert (
            AmountNotPayable(eur(amount), eur("1.00"), eur("100.00")),
        ) == refused.value.refusals

    @pytest.mark.rule("payment.amount-not-payable")
    def test_no_provider(self):
        """
        Avoirs that cover everything need no provider, however small.
        """
        assert eur("0.50") == credits_to_use(
            eur("0.50"),
            available=eur("0.50"),
            minimum=eur("1.00"),
            maximum=eur("100.00"),
        )
