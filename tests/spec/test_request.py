"""
docs/spec/request.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve, fields

from portail_core.domain.accounts import AccountState
from portail_core.domain.bookings import (
    AlreadyBooked,
    DayClosed,
    DayFull,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DayTakenElsewhere,
    DeadlinePassed,
    NoDayWished,
    WindowClosed,
    WindowNotOpen,
    Wish,
    lines_for,
    refusals,
)
from portail_core.domain.cancellation import Settlement
from portail_core.domain.children import NotYetInCustody
from portail_core.domain.dated import Decision, History, NothingInForce
from portail_core.domain.deadlines import DaysBefore, one_deadline
from portail_core.domain.gates import EmailUnconfirmed
from portail_core.domain.ids import AmplitudeCode, PeriodCode
from portail_core.domain.money import eur
from portail_core.domain.places import Place, Spot
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import AmplitudeUnknown, PeriodUnknown
from portail_core.domain.requests import (
    Cancel,
    DayCancelled,
    DayNotBooked,
    Discard,
    Expire,
    Hold,
    Line,
    LineState,
    PaymentInProgress,
    Pin,
    PinPlaces,
    PlacesPinned,
    Request,
    RequestConfirmed,
    RequestDiscarded,
    RequestExpired,
    RequestOver,
    RequestUnknown,
    decide,
    refuse_unless_booked,
)
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    A_DAY,
    A_MINUTE,
    ACCOUNT,
    AFTERNOON,
    AGE,
    AN_HOUR,
    AN_INSTANT,
    ASKED,
    ASKED_AT,
    BOOK_UNTIL_WEDNESDAY,
    CHILD,
    CUSTODY,
    DOSSIER,
    FIRST_DAY,
    FIRST_TRY,
    FULL_DAY,
    HELD,
    HELD_UNTIL,
    LAST_DAY,
    LINE,
    LOU,
    LUNCH,
    MARTIN_DURAND,
    MORNING,
    MORNING_ONLY,
    NEXT_WEDNESDAY,
    NO_16,
    OTHER_HOUSEHOLD,
    PERIOD,
    PLACES,
    REGLEMENT,
    SINCE,
    SITUATION,
    SIX_AND_OVER,
    SOURCE,
    THE_PERIOD,
    WEDNESDAY,
    line,
    replay,
)

KEPT = Settlement(
    kept=eur("12.50"), credited=eur("0"), position=2, label="Dû."
)
PAID = RequestConfirmed(
    attempt=FIRST_TRY, amounts=((WEDNESDAY, eur("12.50")),)
)


def told(*lines, period=PERIOD, at=ASKED_AT, **changes):
    return refusals(
        lines,
        period=period,
        situation=evolve(SITUATION, **changes),
        at=at,
    )


class TestHeld:
    @pytest.mark.rule("request.number", "request.created-at")
    def test_guide(self):
        """
        The request of the guide's screens: N° 16, 13 May 2026, 11:12:56.
        """
        events = decide(
            Hold(
                number=NO_16,
                asked=ASKED,
                lines=(LINE,),
                at=ASKED_AT,
                span=2 * AN_HOUR,
            ),
            None,
        )

        assert (HELD,) == events

    @pytest.mark.rule("request.number", "request.created-at")
    def test_state(self):
        """
        It keeps its number, its moment, and what was asked.
        """
        assert Request(
            number=NO_16,
            asked=ASKED,
            created_at=ASKED_AT,
            held_until=HELD_UNTIL,
            lines=(LINE,),
        ) == replay(HELD)

    @pytest.mark.rule("request.number")
    def test_line(self):
        """
        A line is found by its day.
        """
        request = replay(HELD)

        assert LINE == request.line(WEDNESDAY)
        assert request.line(NEXT_WEDNESDAY) is None


class TestDays:
    @pytest.mark.rule("request.days.none")
    def test_none(self):
        """
        A wish without a day is refused.
        """
        with pytest.raises(Refused) as refused:
            lines_for(
                Wish(child=LOU, period=THE_PERIOD, days={}),
                child=CHILD,
                reglement=REGLEMENT,
            )

        assert (NoDayWished(),) == refused.value.refusals

    @pytest.mark.rule("request.days.none")
    def test_moment(self):
        """
        A day is a day, and no moment.
        """
        with pytest.raises(TypeError, match="days is"):
            Wish(child=LOU, period=THE_PERIOD, days={ASKED_AT: FULL_DAY})

    @pytest.mark.rule("request.days.ascending")
    def test_ascending(self):
        """
        Days wished in any order are listed in order, with their places.
        """
        lines = lines_for(
            Wish(
                child=LOU,
                period=THE_PERIOD,
                days={NEXT_WEDNESDAY: MORNING_ONLY, WEDNESDAY: FULL_DAY},
            ),
            child=CHILD,
            reglement=REGLEMENT,
        )

        assert (
            Line(day=WEDNESDAY, amplitude=FULL_DAY, places=PLACES, age=AGE),
            Line(
                day=NEXT_WEDNESDAY,
                amplitude=MORNING_ONLY,
                places=(Place(MORNING, (SIX_AND_OVER,)),),
                age=AGE,
            ),
        ) == lines

    @pytest.mark.rule("offer.period.unknown")
    def test_period(self):
        """
        The period is one of the règlement's.
        """
        with pytest.raises(Refused) as refused:
            lines_for(
                Wish(
                    child=LOU,
                    period=PeriodCode("vacances"),
                    days={WEDNESDAY: FULL_DAY},
                ),
                child=CHILD,
                reglement=REGLEMENT,
            )

        assert (PeriodUnknown(PeriodCode("vacances")),) == (
            refused.value.refusals
        )

    @pytest.mark.rule("offer.amplitude.unknown", "request.refusals.all")
    def test_amplitudes(self):
        """
        Every amplitude that is not offered is told, each once.
        """
        evening, night = AmplitudeCode("SOIR"), AmplitudeCode("NUIT")
        offered = (FULL_DAY, MORNING_ONLY)

        with pytest.raises(Refused) as refused:
            lines_for(
                Wish(
                    child=LOU,
                    period=THE_PERIOD,
                    days={
                        FIRST_DAY: evening,
                        WEDNESDAY: FULL_DAY,
                        NEXT_WEDNESDAY: night,
                        LAST_DAY: evening,
                    },
                ),
                child=CHILD,
                reglement=REGLEMENT,
            )

        assert (
            AmplitudeUnknown(evening, offered),
            AmplitudeUnknown(night, offered),
        ) == refused.value.refusals


class TestWindow:
    OPENS_AT = ASKED_AT
    CLOSES_AT = ASKED_AT + A_DAY
    WINDOW = evolve(PERIOD, opens_at=OPENS_AT, closes_at=CLOSES_AT)

    @pytest.mark.rule("request.window.opens")
    @pytest.mark.parametrize(
        ("refused", "at"),
        [
            ((WindowNotOpen(OPENS_AT),), OPENS_AT - AN_INSTANT),
            ((), OPENS_AT),
        ],
        ids=["an instant before", "on the instant"],
    )
    def test_opens(self, refused, at):
        """
        Booking begins on the instant it opens.
        """
        assert refused == told(LINE, period=self.WINDOW, at=at)

    @pytest.mark.rule("request.window.closes")
    @pytest.mark.parametrize(
        ("refused", "at"),
        [
            ((), CLOSES_AT - AN_INSTANT),
            ((WindowClosed(CLOSES_AT),), CLOSES_AT),
        ],
        ids=["the last instant", "on closing"],
    )
    def test_closes(self, refused, at):
        """
        The last instant before closing is in time.
        """
        assert refused == told(LINE, period=self.WINDOW, at=at)


class TestDay:
    @pytest.mark.rule("request.day.outside-period")
    @pytest.mark.parametrize(
        "day", [FIRST_DAY - A_DAY, LAST_DAY + A_DAY], ids=["before", "after"]
    )
    def test_outside(self, day):
        """
        The day before the first and the day after the last are outside.
        """
        assert (DayOutsidePeriod(day, FIRST_DAY, LAST_DAY),) == told(line(day))

    @pytest.mark.rule("request.day.outside-period")
    def test_last_day(self):
        """
        The last day is within.
        """
        assert () == told(line(LAST_DAY))

    @pytest.mark.rule("request.day.public-holiday")
    def test_public_holiday(self):
        """
        « Férié 25 »: Whit Monday 2026.
        """
        monday = dt.date(2026, 5, 25)

        assert (DayIsPublicHoliday(monday),) == told(line(monday))

    @pytest.mark.rule("request.day.closed")
    def test_closed(self):
        """
        A Thursday is closed, and neither late nor full besides.
        """
        thursday = dt.date(2026, 5, 7)

        assert (DayClosed(thursday),) == told(
            line(thursday), taken={Spot(SIX_AND_OVER, thursday, LUNCH): 22}
        )

    @pytest.mark.rule("request.day.deadline")
    @pytest.mark.parametrize(
        ("refused", "at"),
        [
            ((), BOOK_UNTIL_WEDNESDAY),
            (
                (DeadlinePassed(WEDNESDAY, BOOK_UNTIL_WEDNESDAY),),
                BOOK_UNTIL_WEDNESDAY + AN_INSTANT,
            ),
        ],
        ids=["Monday noon", "an instant after"],
    )
    def test_deadline(self, refused, at):
        """
        The moment of the deadline is in time.
        """
        assert refused == told(LINE, at=at)

    @pytest.mark.rule("request.day.deadline")
    @pytest.mark.parametrize(
        ("refused", "since"),
        [
            ((), WEDNESDAY + A_DAY),
            (
                (
                    DeadlinePassed(
                        WEDNESDAY,
                        dt.datetime(2026, 5, 13, 8, tzinfo=dt.UTC),
                    ),
                ),
                WEDNESDAY,
            ),
        ],
        ids=["from the day after", "from that day"],
    )
    def test_rule_of_the_day_booked(self, refused, since):
        """
        The deadline is that of the rule in force on the day booked.
        """
        rules = changed(
            REGLEMENT,
            book_until=History(
                (
                    Decision(
                        since=SINCE,
                        source=SOURCE,
                        value=one_deadline(DaysBefore(days=2, at=dt.time(12))),
                    ),
                    Decision(
                        since=since,
                        source="délibération n° 2026-12",
                        value=one_deadline(
                            DaysBefore(days=14, at=dt.time(10))
                        ),
                    ),
                )
            ),
        )

        assert refused == told(LINE, reglement=rules)

    @pytest.mark.rule("request.day.deadline", "dated.before-the-first")
    def test_no_rule(self):
        """
        Where no deadline was decided for the day, nothing is guessed.
        """
        rules = changed(
            REGLEMENT,
            book_until=History(
                (
                    Decision(
                        since=WEDNESDAY + A_DAY,
                        source=SOURCE,
                        value=one_deadline(DaysBefore(days=2, at=dt.time(12))),
                    ),
                )
            ),
        )

        assert (NothingInForce(WEDNESDAY),) == told(LINE, reglement=rules)

    @pytest.mark.rule("request.day.already-booked")
    @pytest.mark.parametrize("part", [MORNING, LUNCH, AFTERNOON])
    def test_already_booked(self, part):
        """
        Any shared part of the day is a clash.
        """
        assert (AlreadyBooked(WEDNESDAY),) == told(
            LINE, own={(WEDNESDAY, part): MARTIN_DURAND}
        )

    @pytest.mark.rule("request.day.already-booked")
    @pytest.mark.parametrize(
        "taken",
        [(WEDNESDAY, AFTERNOON), (NEXT_WEDNESDAY, MORNING)],
        ids=["another part", "another day"],
    )
    def test_no_clash(self, taken):
        """
        Another part of the day is none, nor is another day.
        """
        morning = line(places=(Place(MORNING, (SIX_AND_OVER,)),))

        assert () == told(morning, own={taken: MARTIN_DURAND})

    @pytest.mark.rule("request.day.taken-elsewhere")
    def test_taken_elsewhere(self):
        """
        Another household's booking is told as a day, and nothing else.
        """
        refused = told(LINE, own={(WEDNESDAY, LUNCH): OTHER_HOUSEHOLD})

        assert (DayTakenElsewhere(WEDNESDAY),) == refused
        assert ["day"] == [field.name for field in fields(DayTakenElsewhere)]

    @pytest.mark.rule("request.day.taken-elsewhere")
    def test_both(self):
        """
        Where the household itself has a part too, that is what it is told.
        """
        assert (AlreadyBooked(WEDNESDAY),) == told(
            LINE,
            own={
                (WEDNESDAY, MORNING): OTHER_HOUSEHOLD,
                (WEDNESDAY, AFTERNOON): MARTIN_DURAND,
            },
        )

    @pytest.mark.rule("request.day.full")
    @pytest.mark.parametrize(
        ("refused", "taken"), [((), 21), ((DayFull(WEDNESDAY),), 22)]
    )
    def test_full(self, refused, taken):
        """
        The last place is there to be taken, by one.
        """
        assert refused == told(
            LINE, taken={Spot(SIX_AND_OVER, WEDNESDAY, LUNCH): taken}
        )

    @pytest.mark.rule("request.day.full")
    def test_own_place(self):
        """
        A child who has a place is not told that the day is full.
        """
        assert (AlreadyBooked(WEDNESDAY),) == told(
            LINE,
            own={(WEDNESDAY, LUNCH): MARTIN_DURAND},
            taken={Spot(SIX_AND_OVER, WEDNESDAY, LUNCH): 22},
        )


class TestAll:
    @pytest.mark.rule("request.refusals.all")
    def test_every_problem_is_told(self):
        """
        A family with many problems hears of them all, day by day.
        """
        at = BOOK_UNTIL_WEDNESDAY + AN_INSTANT
        holiday = dt.date(2026, 5, 14)
        since = NEXT_WEDNESDAY + A_DAY

        assert (
            EmailUnconfirmed(),
            WindowNotOpen(at + A_MINUTE),
            DayIsPublicHoliday(holiday),
            NotYetInCustody(WEDNESDAY, since),
            DeadlinePassed(WEDNESDAY, BOOK_UNTIL_WEDNESDAY),
            DayTakenElsewhere(WEDNESDAY),
            NotYetInCustody(NEXT_WEDNESDAY, since),
            DayFull(NEXT_WEDNESDAY),
        ) == told(
            line(holiday),
            LINE,
            line(NEXT_WEDNESDAY),
            period=evolve(PERIOD, opens_at=at + A_MINUTE),
            at=at,
            dossier=evolve(
                DOSSIER,
                account=evolve(ACCOUNT, state=AccountState.PENDING_EMAIL),
            ),
            custody=evolve(CUSTODY, since=since),
            own={(WEDNESDAY, LUNCH): OTHER_HOUSEHOLD},
            taken={Spot(SIX_AND_OVER, NEXT_WEDNESDAY, LUNCH): 22},
        )


class TestOver:
    @pytest.mark.rule("request.unknown")
    def test_unknown(self):
        """
        Whether the request is another household's is not in the answer.
        """
        assert ["number"] == [field.name for field in fields(RequestUnknown)]

    @pytest.mark.rule("request.over")
    @pytest.mark.parametrize(
        ("last", "at"),
        [
            (PAID, ASKED_AT),
            (RequestDiscarded(), ASKED_AT),
            (RequestExpired(), ASKED_AT),
            (None, HELD_UNTIL),
        ],
        ids=["paid", "thrown away", "expired", "past its time"],
    )
    @pytest.mark.parametrize("command", ["pay", "throw away"])
    def test_over(self, last, at, command):
        """
        A request that no longer waits is neither paid nor thrown away.
        """
        request = replay(HELD, last) if last else replay(HELD)
        commands: dict[str, PinPlaces | Discard] = {
            "pay": PinPlaces(
                pin=Pin(attempt=FIRST_TRY, until=at + AN_HOUR), at=at
            ),
            "throw away": Discard(at=at),
        }

        with pytest.raises(Refused) as refused:
            decide(commands[command], request)

        assert (RequestOver(NO_16),) == refused.value.refusals

    @pytest.mark.rule("request.over")
    def test_last_instant(self):
        """
        At the last instant of its hold it is still there to be paid.
        """
        pin = Pin(attempt=FIRST_TRY, until=HELD_UNTIL + AN_HOUR)

        assert (PlacesPinned(pin=pin),) == decide(
            PinPlaces(pin=pin, at=HELD_UNTIL - AN_INSTANT), replay(HELD)
        )

    @pytest.mark.rule("request.payment-in-progress")
    def test_payment_in_progress(self):
        """
        Until the last instant of an attempt nothing is thrown away.
        """
        until = ASKED_AT + 5 * A_MINUTE
        request = replay(
            HELD, PlacesPinned(pin=Pin(attempt=FIRST_TRY, until=until))
        )

        with pytest.raises(Refused) as refused:
            decide(Discard(at=until - AN_INSTANT), request)

        assert (PaymentInProgress(until),) == refused.value.refusals

    @pytest.mark.rule("request.payment-in-progress")
    def test_payment_over(self):
        """
        From its end on, it may be.
        """
        until = ASKED_AT + 5 * A_MINUTE
        request = replay(
            HELD, PlacesPinned(pin=Pin(attempt=FIRST_TRY, until=until))
        )

        assert (RequestDiscarded(),) == decide(Discard(at=until), request)


class TestCancel:
    @pytest.mark.rule("request.cancel.not-booked")
    @pytest.mark.parametrize(
        "events",
        [
            (),
            (RequestExpired(),),
            (RequestDiscarded(),),
            (
                PAID,
                DayCancelled(
                    day=WEDNESDAY,
                    kept=eur("12.50"),
                    credited=eur("0"),
                    credit_note=None,
                ),
            ),
        ],
        ids=["held", "expired", "thrown away", "cancelled"],
    )
    def test_not_confirmed(self, events):
        """
        A line in any other state is not booked.
        """
        with pytest.raises(Refused) as refused:
            refuse_unless_booked(replay(HELD, *events), (WEDNESDAY,))

        assert (DayNotBooked(WEDNESDAY),) == refused.value.refusals

    @pytest.mark.rule("request.cancel.not-booked", "request.refusals.all")
    def test_every_day_is_told(self):
        """
        Every day that is not booked is told, and the one that is, is not.
        """
        with pytest.raises(Refused) as refused:
            refuse_unless_booked(
                replay(HELD, PAID), (FIRST_DAY, WEDNESDAY, LAST_DAY)
            )

        assert (
            DayNotBooked(FIRST_DAY),
            DayNotBooked(LAST_DAY),
        ) == refused.value.refusals

    @pytest.mark.rule("request.cancel.not-booked")
    def test_decider(self):
        """
        The decider asks the same.
        """
        with pytest.raises(Refused) as refused:
            decide(
                Cancel(settlements=((WEDNESDAY, KEPT),), credit_note=None),
                replay(HELD),
            )

        assert (DayNotBooked(WEDNESDAY),) == refused.value.refusals


class TestReplay:
    @pytest.mark.rule("request.replay")
    @pytest.mark.parametrize(
        ("state", "event"),
        [
            (LineState.CONFIRMED, PAID),
            (LineState.DISCARDED, RequestDiscarded()),
            (LineState.EXPIRED, RequestExpired()),
        ],
    )
    def test_states(self, state, event):
        """
        What happens to a request happens to each of its lines.
        """
        request = replay(
            HELD,
            PlacesPinned(pin=Pin(attempt=FIRST_TRY, until=HELD_UNTIL)),
            event,
        )

        assert [state] == [one.state for one in request.lines]
        assert request.pin is None

    @pytest.mark.rule("request.replay")
    @pytest.mark.parametrize(
        "event", [RequestExpired(), PAID], ids=["Expire", "Confirm"]
    )
    def test_needs_a_request(self, event):
        """
        Nothing happens to a request that nobody made.
        """
        with pytest.raises(AssertionError, match="begins a request"):
            replay(event)

    @pytest.mark.rule("request.replay")
    def test_decider_needs_one(self):
        """
        Nor is anything decided about one.
        """
        with pytest.raises(AssertionError, match="begins a request"):
            decide(Expire(at=ASKED_AT), None)
