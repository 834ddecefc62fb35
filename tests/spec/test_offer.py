"""
docs/spec/offer.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.calendars import Calendar, Opening
from portail_core.domain.ids import AmplitudeCode, PeriodCode
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import AmplitudeUnknown, PeriodUnknown
from tests.spec.guide import (
    A_DAY,
    AN_INSTANT,
    ASKED_AT,
    DAY_CARE,
    FIRST_DAY,
    FULL_DAY,
    LAST_DAY,
    LUNCH,
    MORNING,
    MORNING_ONLY,
    PERIOD,
    REGLEMENT,
    THE_PERIOD,
    WEDNESDAY,
    WEDNESDAY_CARE,
)

OTHER_PERIOD = PeriodCode("vacances")
EVENING = AmplitudeCode("SOIR")
MERCREDIS = REGLEMENT.accueil(WEDNESDAY_CARE)


class TestPeriod:
    @pytest.mark.rule("offer.period.unknown")
    def test_known(self):
        """
        A period of the règlement is found by its code.
        """
        assert PERIOD == REGLEMENT.period(THE_PERIOD)

    @pytest.mark.rule("offer.period.unknown")
    def test_unknown(self):
        """
        Another is refused, and repeated.
        """
        with pytest.raises(Refused) as refused:
            REGLEMENT.period(OTHER_PERIOD)

        assert (PeriodUnknown(OTHER_PERIOD),) == refused.value.refusals

    @pytest.mark.rule("offer.window.order")
    @pytest.mark.parametrize(
        "closes_at",
        [ASKED_AT, ASKED_AT - AN_INSTANT],
        ids=["at the same instant", "an instant before"],
    )
    def test_closes_before_it_opens(self, closes_at):
        """
        A window that never opens is a mistake.
        """
        with pytest.raises(ValueError, match="closes before it opens"):
            evolve(PERIOD, opens_at=ASKED_AT, closes_at=closes_at)

    @pytest.mark.rule("offer.window.order")
    @pytest.mark.parametrize(
        ("opens_at", "closes_at"),
        [
            (ASKED_AT, ASKED_AT + AN_INSTANT),
            (None, ASKED_AT),
            (ASKED_AT, None),
            (None, None),
        ],
    )
    def test_window(self, opens_at, closes_at):
        """
        It may be short, or open at one end.
        """
        period = evolve(PERIOD, opens_at=opens_at, closes_at=closes_at)

        assert (opens_at, closes_at) == (period.opens_at, period.closes_at)


class TestAmplitude:
    @pytest.mark.rule("offer.amplitude.unknown")
    def test_known(self):
        """
        An amplitude that the accueil offers is found by its code.
        """
        assert "JOURNEE AVEC REPAS" == (
            REGLEMENT.amplitude(MERCREDIS, FULL_DAY).label
        )

    @pytest.mark.rule("offer.amplitude.unknown")
    def test_not_offered_here(self):
        """
        One that it does not is refused, also if another accueil has it.
        """
        accueil = evolve(MERCREDIS, amplitudes=(FULL_DAY,))

        with pytest.raises(Refused) as refused:
            REGLEMENT.amplitude(accueil, MORNING_ONLY)

        assert (
            AmplitudeUnknown(MORNING_ONLY, offered=(FULL_DAY,)),
        ) == refused.value.refusals

    @pytest.mark.rule("offer.amplitude.parts")
    @pytest.mark.parametrize(
        ("parts", "prestations", "complaint"),
        [
            ((), {DAY_CARE: Decimal(1)}, "parts is empty"),
            ((MORNING, LUNCH, MORNING), {DAY_CARE: Decimal(1)}, "twice"),
            ((MORNING,), {}, "bills nothing: no prestations"),
            ((MORNING,), {DAY_CARE: Decimal(0)}, "more than 0"),
            ((MORNING,), {DAY_CARE: Decimal("-0.5")}, "more than 0"),
        ],
        ids=["no part", "a part twice", "nothing billed", "0 times", "below"],
    )
    def test_meaningless(self, parts, prestations, complaint):
        """
        An amplitude occupies something, once, and bills something.
        """
        with pytest.raises(ValueError, match=complaint):
            Amplitude(
                code=EVENING,
                label="SOIR",
                parts=parts,
                prestations=prestations,
            )

    @pytest.mark.rule("tariff.timed")
    def test_without_hours(self):
        """
        The time of presence is that of hours: an amplitude that bills it has
        some.
        """
        with pytest.raises(ValueError, match="has no hours"):
            Amplitude(
                code=EVENING,
                label="SOIR",
                parts=(MORNING,),
                prestations={},
                timed=(DAY_CARE,),
            )

    @pytest.mark.rule("offer.amplitude.parts")
    def test_smallest_quantity(self):
        """
        Any quantity above zero may be billed.
        """
        quantity = Decimal("0.25")

        amplitude = Amplitude(
            code=EVENING,
            label="SOIR",
            parts=(MORNING,),
            prestations={DAY_CARE: quantity},
        )

        assert {DAY_CARE: quantity} == amplitude.prestations


class TestCalendar:
    @pytest.mark.rule("offer.calendar.bounds")
    @pytest.mark.parametrize(
        ("opening", "day"),
        [
            (Opening.OUTSIDE, FIRST_DAY - A_DAY),
            (Opening.OPEN, FIRST_DAY),
            (Opening.CLOSED, FIRST_DAY + A_DAY),
            (Opening.OPEN, WEDNESDAY),
            (Opening.CLOSED, WEDNESDAY + A_DAY),
            (Opening.OPEN, LAST_DAY),
            (Opening.OUTSIDE, LAST_DAY + A_DAY),
        ],
        ids=[
            "the eve of the first",
            "the first",
            "the day after",
            "a Wednesday",
            "a Thursday",
            "the last",
            "the day after the last",
        ],
    )
    def test_bounds(self, opening, day):
        """
        Both ends of a period belong to it.
        """
        assert opening is PERIOD.calendar.opening(day)

    @pytest.mark.rule("offer.calendar.bounds")
    @pytest.mark.parametrize(
        "day", [FIRST_DAY - A_DAY, LAST_DAY + A_DAY], ids=["before", "after"]
    )
    def test_open_day_outside(self, day):
        """
        A calendar with an open day outside it is a mistake.
        """
        with pytest.raises(ValueError, match="is not within"):
            evolve(PERIOD.calendar, open_days=(day,))

    @pytest.mark.rule("offer.calendar.bounds")
    def test_ends_before_it_begins(self):
        """
        So is one that ends before it begins.
        """
        with pytest.raises(ValueError, match="is not within"):
            Calendar(
                first_day=LAST_DAY,
                last_day=LAST_DAY - A_DAY,
                open_days=(),
                public_holidays=(),
            )

    @pytest.mark.rule("offer.calendar.bounds")
    def test_of_one_day(self):
        """
        A calendar of one day is one.
        """
        calendar = Calendar(
            first_day=WEDNESDAY,
            last_day=WEDNESDAY,
            open_days=(WEDNESDAY,),
            public_holidays=(),
        )

        assert Opening.OPEN is calendar.opening(WEDNESDAY)

    @pytest.mark.rule("offer.calendar.bounds")
    @pytest.mark.parametrize("field", ["open_days", "public_holidays"])
    @pytest.mark.parametrize(
        "days",
        [(WEDNESDAY, WEDNESDAY), (WEDNESDAY, WEDNESDAY - A_DAY)],
        ids=["twice", "descending"],
    )
    def test_order(self, field, days):
        """
        Days are listed in order, none twice.
        """
        with pytest.raises(ValueError, match="does not come after"):
            evolve(PERIOD.calendar, **{field: days})

    @pytest.mark.rule("offer.calendar.public-holiday")
    @pytest.mark.parametrize("day", [8, 14, 25])
    def test_guide(self, day):
        """
        May 2026 is as the guide shows it.
        """
        assert Opening.PUBLIC_HOLIDAY is PERIOD.calendar.opening(
            dt.date(2026, 5, day)
        )

    @pytest.mark.rule("offer.calendar.public-holiday")
    def test_open_all_the_same(self):
        """
        A public holiday on which the period is open is open.
        """
        calendar = evolve(PERIOD.calendar, public_holidays=(WEDNESDAY,))

        assert Opening.OPEN is calendar.opening(WEDNESDAY)
