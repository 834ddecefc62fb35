"""
Days booked by the hour, from the wish to the change after payment; how many
days a week; days before a document is there.
"""

import datetime as dt
import itertools

import pytest
from attrs import evolve

from portail_core import Refused, Wish
from portail_core.domain.amplitudes import (
    ByTheHour,
    Hours,
    HoursMissing,
    Presence,
)
from portail_core.domain.bookings import (
    AmplitudeNeeded,
    TooFewDaysInWeek,
    TooManyDaysInMonth,
)
from portail_core.domain.dated import Decision, History
from portail_core.domain.documents import (
    About,
    Demand,
    DocumentKind,
    ForGood,
    FromFirstDay,
)
from portail_core.domain.gates import DocumentGraceOver
from portail_core.domain.ids import AmplitudeCode, DocumentCode, PartCode
from portail_core.domain.payments import Outcome
from portail_core.domain.requests import SameAmplitude
from portail_core.domain.rhythms import Rhythm
from portail_core.testing.reglements import changed
from tests.application.conftest import (
    AFTER,
    FULL_DAY,
    MORNING,
    NEXT,
    PERIOD,
    PETITES_BOUILLES,
    WEDNESDAY,
    World,
)

OPENING = Hours(arrives=dt.time(7, 30), leaves=dt.time(18, 30))
SHORT = ByTheHour(
    amplitude=FULL_DAY,
    hours=Hours(arrives=dt.time(9), leaves=dt.time(12)),
)
LONG = ByTheHour(amplitude=FULL_DAY, hours=OPENING)


def with_amplitude(code, **changes):
    """
    The guide's règlement, with this amplitude changed.
    """
    return evolve(
        PETITES_BOUILLES,
        amplitudes=tuple(
            evolve(one, **changes) if one.code == code else one
            for one in PETITES_BOUILLES.amplitudes
        ),
    )


BY_THE_HOUR = with_amplitude(FULL_DAY, hours=OPENING, presence=Presence.HOURLY)


def under(**terms):
    return changed(PETITES_BOUILLES, **terms)


def always(value):
    since = dt.date(2025, 9, 1)
    return History((Decision(since=since, source="essai", value=value),))


def wish(family, days):
    return Wish(child=family.child.id, period=PERIOD, days=days)


def ask(family, days):
    wanted = wish(family, days)
    return family.desk.planning.request(
        wanted,
        shown_total=family.desk.planning.quote(wanted).total,
        command=family.command(),
    )


def hours_of(family, number):
    detail = family.desk.planning.detail(number)
    return {line.day: line.hours for line in detail.lines}


def refusals_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusals


class TestHours:
    @pytest.fixture(name="family")
    def _family(self, store):
        return World(store, BY_THE_HOUR).family()

    @pytest.mark.rule("request.hours.kept")
    def test_asked(self, family):
        """
        The hours that were chosen are those of the request, until paid and
        after.
        """
        request = ask(family, {WEDNESDAY: SHORT, NEXT: MORNING})
        family.world.answer(family.check_out(), Outcome.PAID)

        assert {WEDNESDAY: SHORT.hours, NEXT: None} == hours_of(
            family, request.number
        )

    @pytest.mark.rule("offer.hours.missing")
    def test_missing(self, family):
        """
        Without them there is not even a price.
        """
        opens, closes = OPENING.arrives, OPENING.leaves

        assert (HoursMissing(WEDNESDAY, opens, closes),) == refusals_of(
            lambda: family.desk.planning.quote(
                wish(family, {WEDNESDAY: FULL_DAY})
            )
        )

    @pytest.mark.rule("request.hours.kept")
    def test_once(self, family):
        """
        The same command with other hours is another question.
        """
        shown = family.desk.planning.quote(
            wish(family, {WEDNESDAY: SHORT})
        ).total

        def asked(stay):
            return family.desk.planning.request(
                wish(family, {WEDNESDAY: stay}),
                shown_total=shown,
                command="once",
            )

        assert asked(SHORT) == asked(SHORT)
        (refusal,) = refusals_of(lambda: asked(LONG))
        assert "request.command.reused" == refusal.rule

    @pytest.mark.rule("request.hours.kept")
    def test_before_payment(self, family):
        """
        Other hours are another day of the request; the same are not.
        """
        request = ask(family, {WEDNESDAY: SHORT, NEXT: SHORT})
        days = {WEDNESDAY: SHORT, NEXT: LONG}
        shown = family.desk.planning.quote_change(request.number, days).total

        family.desk.planning.change_request(
            request.number, days, shown_total=shown, command="change"
        )

        assert {WEDNESDAY: SHORT.hours, NEXT: OPENING} == hours_of(
            family, request.number
        )

    @pytest.mark.rule("request.hours.kept", "request.change.same")
    def test_after_payment(self, family):
        """
        A booked day may have other hours, and not the same again.
        """
        request = ask(family, {WEDNESDAY: SHORT})
        family.world.answer(family.check_out(), Outcome.PAID)
        number = request.number
        planning = family.desk.planning

        assert (SameAmplitude(WEDNESDAY),) == refusals_of(
            lambda: planning.preview_day_change(number, WEDNESDAY, SHORT)
        )
        shown = planning.preview_day_change(number, WEDNESDAY, LONG)
        planning.change_day(
            number, WEDNESDAY, LONG, shown=shown, command="change"
        )
        assert {WEDNESDAY: OPENING} == hours_of(family, number)

    @pytest.mark.rule("planning.choice.hours")
    def test_square(self, family):
        """
        A square shows within which hours one chooses, and is judged for all
        of them; what is booked shows its own.
        """
        ask(family, {WEDNESDAY: SHORT})

        month = family.desk.planning.month(family.child.id, PERIOD, WEDNESDAY)

        days = {d.day: d for d in itertools.chain(*month.weeks)}
        hours = {c.amplitude: c.hours for c in days[NEXT].choices}
        assert OPENING == hours[FULL_DAY]
        assert hours[MORNING] is None
        assert all(choice.is_free for choice in days[NEXT].choices)
        assert [SHORT.hours] == [one.hours for one in days[WEDNESDAY].booked]


class TestRhythm:
    @pytest.mark.rule("request.month.most", "request.week.left-alone")
    def test_several_requests(self, store):
        """
        Days of the month count whatever the request, held, booked or
        changed; those that were given back count no more.
        """
        two = always(Rhythm(month_most=1))
        family = World(store, under(rhythms=two)).family()
        booked = family.book(NEXT)

        june = dt.date(2026, 6, 1)
        assert (TooManyDaysInMonth(june, 1),) == refusals_of(
            lambda: family.ask(AFTER)
        )
        family.cancel(booked.number, NEXT)
        family.ask(AFTER)

    @pytest.mark.rule("request.month.most")
    def test_change_before_payment(self, store):
        """
        A day may be replaced by another of the same month.
        """
        family = World(
            store, under(rhythms=always(Rhythm(month_most=1)))
        ).family()
        request = family.ask(NEXT)
        planning = family.desk.planning
        shown = planning.quote_change(request.number, {AFTER: FULL_DAY})

        def change(days):
            planning.change_request(
                request.number,
                days,
                shown_total=planning.quote_change(request.number, days).total,
                command=family.command(),
            )

        assert shown.total == request.amount
        change({AFTER: FULL_DAY})
        assert (TooManyDaysInMonth(dt.date(2026, 6, 1), 1),) == refusals_of(
            lambda: change({NEXT: FULL_DAY, AFTER: FULL_DAY})
        )

    @pytest.mark.rule("request.month.most")
    def test_change_after_payment(self, store):
        """
        Another amplitude for a booked day is no other day.
        """
        family = World(
            store, under(rhythms=always(Rhythm(month_most=1)))
        ).family()
        request = ask(family, {NEXT: MORNING})
        family.world.answer(family.check_out(), Outcome.PAID)
        planning = family.desk.planning

        planning.change_day(
            request.number,
            NEXT,
            FULL_DAY,
            shown=planning.preview_day_change(request.number, NEXT, FULL_DAY),
            command="change",
        )

    @pytest.mark.rule("request.week.least", "planning.month.week-least")
    def test_least(self, store):
        """
        A Wednesday in a week of one open day is enough; a square says
        nothing of it either way.
        """
        rhythm = always(Rhythm(week_least=2))
        (period,) = PETITES_BOUILLES.periods
        thursday = WEDNESDAY + dt.timedelta(days=1)
        open_days = tuple(sorted((*period.calendar.open_days, thursday)))
        both = evolve(
            period, calendar=evolve(period.calendar, open_days=open_days)
        )
        family = World(
            store, evolve(under(rhythms=rhythm), periods=(both,))
        ).family()
        month = family.desk.planning.month(family.child.id, PERIOD, WEDNESDAY)
        days = {d.day: d for d in itertools.chain(*month.weeks)}

        assert days[WEDNESDAY].is_free
        assert (
            TooFewDaysInWeek(WEDNESDAY - dt.timedelta(days=2), 2),
        ) == refusals_of(lambda: family.ask(WEDNESDAY))
        family.ask(WEDNESDAY, thursday)
        family.ask(NEXT)


class TestTogether:
    @pytest.mark.rule("request.day.amplitude-needed")
    def test_needed(self, store):
        """
        The evening is booked once the day is in the basket.
        """
        soir = AmplitudeCode("APRES-MIDI")
        under = with_amplitude(
            soir, parts=(PartCode("soir"),), requires=(FULL_DAY,)
        )
        family = World(store, evolve(under, pools=())).family()

        assert (
            AmplitudeNeeded(WEDNESDAY, ("JOURNEE AVEC REPAS",)),
        ) == refusals_of(lambda: family.ask(WEDNESDAY, amplitude=soir))
        family.ask(WEDNESDAY)
        family.ask(WEDNESDAY, amplitude=soir)


class TestGrace:
    @pytest.mark.rule("gate.document.grace")
    def test_first_day(self, store):
        """
        A month from the first day that was booked, and not one day longer.
        """
        vaccines = DocumentKind(
            code=DocumentCode("vaccinations"),
            label="Vaccinations",
            about=About.CHILD,
            demand=Demand.MANDATORY,
            validity=ForGood(),
            graces=(FromFirstDay(1),),
        )
        family = World(
            store, evolve(PETITES_BOUILLES, documents=(vaccines,))
        ).family()
        other = family.add_child("Noa")
        late = dt.date(2026, 7, 1)
        family.ask(WEDNESDAY, dt.date(2026, 6, 24))

        assert (
            DocumentGraceOver("Vaccinations", dt.date(2026, 6, 26)),
        ) == refusals_of(lambda: family.ask(late))
        family.ask(late, child=other)
