"""
docs/spec/planning.md, rule by rule.
"""

import datetime as dt
import itertools

import pytest
from attrs import evolve

from portail_core import french
from portail_core.domain import planning
from portail_core.domain.bookings import (
    DayClosed,
    DayIsPublicHoliday,
    DayOutsidePeriod,
    DeadlinePassed,
    WindowNotOpen,
)
from portail_core.domain.capacity import Pool
from portail_core.domain.gates import HouseholdUndescribed
from portail_core.domain.money import eur
from portail_core.domain.planning import AgeNeverAdmitted
from portail_core.domain.requests import LineState
from tests.spec.guide import (
    A_DAY,
    AN_INSTANT,
    ASKED_AT,
    CHILD,
    DOSSIER,
    FULL_DAY,
    HELD,
    HELD_UNTIL,
    HOUSEHOLD,
    LAST_DAY,
    LINE,
    MORNING,
    MORNING_ONLY,
    PERIOD,
    PUBLIC_HOLIDAYS,
    REGLEMENT,
    SITUATION,
    SIX_AND_OVER,
    THE_PERIOD,
    UNDER_SIX,
    WEDNESDAY,
    WEDNESDAY_CARE,
    replay,
)

MUCH_LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


class TestLine:
    @pytest.mark.rule("planning.waiting")
    @pytest.mark.parametrize(
        ("taken", "at"),
        [(True, HELD_UNTIL - AN_INSTANT), (False, HELD_UNTIL)],
        ids=["the last instant", "the end"],
    )
    def test_waiting(self, taken, at):
        """
        « En attente »: the place is kept for a while.
        """
        assert taken is replay(HELD).takes(LINE, at)

    @pytest.mark.rule("planning.confirmed")
    @pytest.mark.parametrize("at", [ASKED_AT, HELD_UNTIL, MUCH_LATER])
    def test_confirmed(self, at):
        """
        « Validée »: the place is the child's.
        """
        confirmed = evolve(LINE, state=LineState.CONFIRMED)

        assert replay(HELD).takes(confirmed, at)

    @pytest.mark.rule("planning.gone")
    @pytest.mark.parametrize("at", [ASKED_AT, MUCH_LATER])
    @pytest.mark.parametrize(
        "state",
        [
            LineState.CANCELLED,
            LineState.DISCARDED,
            LineState.EXPIRED,
            LineState.CREDITED,
        ],
    )
    def test_gone(self, state, at):
        """
        Nothing else takes a place, even within the two hours.
        """
        assert not replay(HELD).takes(evolve(LINE, state=state), at)


FIRST_OF_MAY = dt.date(2026, 5, 1)
SINCE_APRIL = evolve(
    PERIOD,
    calendar=evolve(PERIOD.calendar, first_day=dt.date(2026, 4, 1)),
)


def shown(*, period=PERIOD, situation=SITUATION, day=WEDNESDAY, at=ASKED_AT):
    """
    The month of *day*.
    """
    first_day = planning.shown_month(period, day)
    lines = planning.shown_lines(
        first_day, child=CHILD, period=period, reglement=REGLEMENT
    )
    return planning.month(
        lines,
        first_day,
        period=period,
        situation=situation,
        booked={},
        at=at,
    )


def days_of(month):
    return {day.day: day for day in itertools.chain(*month.weeks)}


class TestOffers:
    @pytest.mark.rule("planning.offers")
    def test_guide(self):
        """
        « ALSH - LES PTITES BOUILLES - AUBIGNOSC », « PERISCOLAIRE MERCREDIS »,
        its period and its amplitudes.
        """
        (offer,) = planning.offers(CHILD, reglement=REGLEMENT, today=WEDNESDAY)

        assert REGLEMENT.establishments == (offer.establishment,)
        assert REGLEMENT.accueils == (offer.accueil,)
        assert (PERIOD, REGLEMENT.amplitudes, None) == (
            offer.period,
            offer.amplitudes,
            offer.refusal,
        )

    @pytest.mark.rule("planning.offers")
    @pytest.mark.parametrize(
        ("offered", "today"), [(1, LAST_DAY), (0, LAST_DAY + A_DAY)]
    )
    def test_past(self, offered, today):
        """
        A period is offered until its last day, and no longer.
        """
        assert offered == len(
            planning.offers(CHILD, reglement=REGLEMENT, today=today)
        )

    @pytest.mark.rule("planning.offers.age")
    @pytest.mark.parametrize(
        ("first_age", "refusal"),
        [(7, None), (8, AgeNeverAdmitted(THE_PERIOD))],
    )
    def test_age(self, first_age, refusal):
        """
        Lou is seven all along: a pool from eight on is not for her, and the
        period says so.
        """
        pool = Pool(
            code=SIX_AND_OVER,
            label="Grands",
            capacity=8,
            accueils=(WEDNESDAY_CARE,),
            parts=(MORNING,),
            first_age=first_age,
        )
        (full_day, morning) = REGLEMENT.amplitudes
        reglement = evolve(
            REGLEMENT,
            pools=(pool,),
            amplitudes=(full_day, morning),
        )

        (offer,) = planning.offers(CHILD, reglement=reglement, today=WEDNESDAY)

        assert refusal == offer.refusal

    @pytest.mark.rule("planning.offers.age")
    @pytest.mark.parametrize(
        ("born", "is_refused"),
        [(dt.date(2020, 6, 24), False), (dt.date(2020, 6, 25), True)],
        ids=["six on the last day", "a day too late"],
    )
    def test_birthday(self, born, is_refused):
        """
        One open day is enough; the others say « âge » in the grid.
        """
        reglement = evolve(
            REGLEMENT,
            pools=tuple(p for p in REGLEMENT.pools if p.code != UNDER_SIX),
        )

        (offer,) = planning.offers(
            evolve(CHILD, birth_date=born),
            reglement=reglement,
            today=WEDNESDAY,
        )

        assert is_refused is (offer.refusal is not None)


class TestMonth:
    @pytest.mark.rule("planning.month.grid")
    def test_guide(self):
        """
        « Mai 2026 »: from Monday 27 April to Sunday 7 June, in six weeks.
        """
        month = shown()

        assert "Mai 2026" == french.month(month.first_day)
        assert [
            "Lundi",
            "Mardi",
            "Mercredi",
            "Jeudi",
            "Vendredi",
            "Samedi",
            "Dimanche",
        ] == [french.weekday(day.day) for day in month.weeks[0]]
        assert [
            [27, 28, 29, 30, 1, 2, 3],
            [4, 5, 6, 7, 8, 9, 10],
            [11, 12, 13, 14, 15, 16, 17],
            [18, 19, 20, 21, 22, 23, 24],
            [25, 26, 27, 28, 29, 30, 31],
            [1, 2, 3, 4, 5, 6, 7],
        ] == [[day.day.day for day in week] for week in month.weeks]
        assert [4, 0, 0, 0, 0, 7] == [
            sum(not day.in_month for day in week) for week in month.weeks
        ]

    @pytest.mark.rule("planning.month.grid")
    def test_last_month_there_is(self):
        """
        A calendar that ends with the last date there is can be shown.
        """
        days = planning.shown_days(dt.date(9999, 12, 1))

        assert dt.date.max == days[-1]

    @pytest.mark.rule("planning.month.grid")
    @pytest.mark.parametrize(
        ("at", "today"),
        [
            (dt.datetime(2026, 5, 12, 21, 59, tzinfo=dt.UTC), 12),
            (dt.datetime(2026, 5, 12, 22, 0, tzinfo=dt.UTC), 13),
        ],
    )
    def test_today(self, at, today):
        """
        « Aujourd'hui » is the day in Paris.
        """
        (found,) = (
            day.day.day
            for day in days_of(shown(at=at)).values()
            if day.is_today
        )

        assert today == found

    @pytest.mark.rule("planning.month.public-holiday")
    def test_public_holidays(self):
        """
        « Férié 1 », before the period; « Férié 8, 14, 25 » within.
        """
        assert PUBLIC_HOLIDAYS == tuple(
            day.day
            for day in days_of(shown()).values()
            if day.is_public_holiday
        )

    @pytest.mark.rule("planning.month.next")
    @pytest.mark.parametrize(
        ("day", "months"),
        [
            (dt.date(2025, 1, 1), (None, 4, 5)),
            (dt.date(2026, 4, 1), (None, 4, 5)),
            (dt.date(2026, 5, 31), (4, 5, 6)),
            (LAST_DAY, (5, 6, None)),
            (dt.date(2026, 9, 1), (5, 6, None)),
            (dt.date.max, (5, 6, None)),
        ],
        ids=str,
    )
    def test_next(self, day, months):
        """
        From month to month within the period; none beyond it.
        """
        month = shown(period=SINCE_APRIL, day=day)

        assert months == tuple(
            one and one.month
            for one in (month.previous, month.first_day, month.next)
        )
        assert month.first_day.day == 1

    @pytest.mark.rule("planning.month.next")
    @pytest.mark.parametrize(
        ("last_day", "following"),
        [(dt.date(2026, 5, 31), None), (dt.date(2026, 6, 1), 6)],
    )
    def test_end_of_month(self, last_day, following):
        """
        A period that ends with the month has no next month.
        """
        calendar = evolve(PERIOD.calendar, last_day=last_day, open_days=())
        month = shown(period=evolve(PERIOD, calendar=calendar))

        assert following == (month.next and month.next.month)

    @pytest.mark.rule("planning.month.agrees")
    @pytest.mark.parametrize(
        ("day", "kind"),
        [
            (dt.date(2026, 5, 5), DayOutsidePeriod),
            (dt.date(2026, 5, 7), DayClosed),
            (dt.date(2026, 5, 8), DayIsPublicHoliday),
            (dt.date(2026, 5, 13), DeadlinePassed),
        ],
        ids=str,
    )
    def test_refused(self, day, kind):
        """
        A day that cannot be booked says why, for each amplitude.
        """
        square = days_of(shown())[day]

        assert not square.is_free
        assert [(kind,), (kind,)] == [
            tuple(map(type, choice.refusals)) for choice in square.choices
        ]

    @pytest.mark.rule("planning.month.agrees")
    def test_free(self):
        """
        A day that can be booked shows its amplitudes, each with its price.
        """
        square = days_of(shown())[WEDNESDAY]

        assert square.is_free
        assert [
            (FULL_DAY, "JOURNEE AVEC REPAS", eur("12.50")),
            (MORNING_ONLY, "MATIN", eur("5.00")),
        ] == [
            (choice.amplitude, choice.label, choice.price)
            for choice in square.choices
        ]

    @pytest.mark.rule("planning.month.agrees")
    def test_whatever_the_day(self):
        """
        What stands in the way of every day is told once for the month, and
        is not among the reasons of the day.
        """
        opens_at = ASKED_AT + AN_INSTANT
        month = shown(
            period=evolve(PERIOD, opens_at=opens_at),
            situation=evolve(
                SITUATION,
                dossier=evolve(
                    DOSSIER, household=evolve(HOUSEHOLD, address=None)
                ),
            ),
        )
        fields = ("household.street", "household.postcode", "household.town")
        standing = (HouseholdUndescribed(fields), WindowNotOpen(opens_at))

        assert standing == month.refusals
        for day, own in ((WEDNESDAY, ()), (FIRST_OF_MAY, (DayOutsidePeriod,))):
            for choice in days_of(month)[day].choices:
                assert not choice.is_free
                assert standing == choice.refusals[:2]
                assert own == tuple(map(type, choice.of_the_day))
