"""
docs/spec/offer.md: hours, ages, and amplitudes that name others.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from portail_core.domain.amplitudes import (
    ByTheHour,
    Hours,
    HoursMissing,
    HoursNotAsked,
    HoursOutside,
    HoursReversed,
    Presence,
)
from portail_core.domain.bookings import (
    AgeNotAdmitted,
    Wish,
    lines_for,
    refusals,
)
from portail_core.domain.bounds import Bounds
from portail_core.domain.ids import AmplitudeCode
from portail_core.domain.refusals import Refused
from tests.spec.guide import (
    ASKED_AT,
    CHILD,
    FULL_DAY,
    LOU,
    MORNING_ONLY,
    NEXT_WEDNESDAY,
    PERIOD,
    REGLEMENT,
    SITUATION,
    THE_PERIOD,
    WEDNESDAY,
)

FULL, MORNING = REGLEMENT.amplitudes
OPENS, CLOSES = dt.time(7, 30), dt.time(18, 30)
OPENING = Hours(arrives=OPENS, leaves=CLOSES)
BY_THE_HOUR = evolve(
    REGLEMENT,
    amplitudes=(
        evolve(FULL, hours=OPENING, presence=Presence.HOURLY),
        MORNING,
    ),
)


def stay(arrives, leaves, amplitude=FULL_DAY):
    return ByTheHour(
        amplitude=amplitude, hours=Hours(arrives=arrives, leaves=leaves)
    )


def asked(days):
    return lines_for(
        Wish(child=LOU, period=THE_PERIOD, days=days),
        child=CHILD,
        reglement=BY_THE_HOUR,
    )


def told(days):
    with pytest.raises(Refused) as refused:
        asked(days)
    return refused.value.refusals


class TestHours:
    @pytest.mark.rule("offer.hours.missing")
    def test_missing(self):
        """
        Where presence is hourly, the amplitude alone is not enough.
        """
        assert (HoursMissing(WEDNESDAY, OPENS, CLOSES),) == told(
            {WEDNESDAY: FULL_DAY}
        )

    @pytest.mark.rule("offer.hours.not-asked")
    def test_not_asked(self):
        """
        Where it is not, hours are refused rather than dropped.
        """
        assert (HoursNotAsked(WEDNESDAY, "MATIN"),) == told(
            {WEDNESDAY: stay(OPENS, CLOSES, MORNING_ONLY)}
        )

    @pytest.mark.rule("offer.hours.order")
    @pytest.mark.parametrize("leaves", [dt.time(9), dt.time(8, 59)])
    def test_order(self, leaves):
        """
        A child that leaves as it arrives was not there.
        """
        assert (HoursReversed(WEDNESDAY),) == told(
            {WEDNESDAY: stay(dt.time(9), leaves)}
        )

    @pytest.mark.rule("offer.hours.outside")
    @pytest.mark.parametrize(
        ("arrives", "leaves"),
        [(dt.time(7, 29), CLOSES), (OPENS, dt.time(18, 31))],
        ids=["too early", "too late"],
    )
    def test_outside(self, arrives, leaves):
        """
        A minute before it opens, or after it closes, is outside.
        """
        assert (HoursOutside(WEDNESDAY, OPENS, CLOSES),) == told(
            {WEDNESDAY: stay(arrives, leaves)}
        )

    @pytest.mark.rule("offer.hours.outside")
    def test_whole(self):
        """
        From the minute that it opens to the minute that it closes is within.
        """
        (only,) = asked({WEDNESDAY: stay(OPENS, CLOSES)})

        assert OPENING == only.hours

    @pytest.mark.rule("offer.hours.missing")
    def test_every_day(self):
        """
        Every day that needs other hours is told.
        """
        assert (
            HoursMissing(WEDNESDAY, OPENS, CLOSES),
            HoursReversed(NEXT_WEDNESDAY),
        ) == told(
            {
                NEXT_WEDNESDAY: stay(CLOSES, OPENS),
                WEDNESDAY: FULL_DAY,
            }
        )

    @pytest.mark.rule("offer.hours.missing")
    def test_to_the_minute(self):
        """
        Seconds are a fault of the host: no form has any.
        """
        with pytest.raises(ValueError, match="07:30:01 is no hour"):
            asked({WEDNESDAY: stay(dt.time(7, 30, 1), CLOSES)})


class TestNeeded:
    @pytest.mark.rule("offer.hours.needed")
    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"presence": Presence.HOURLY}, "has no hours to choose within"),
            (
                {"hours": Hours(arrives=OPENS, leaves=OPENS)},
                "ends at 07:30:00, not after it begins at 07:30:00",
            ),
        ],
    )
    def test_faults(self, changes, fault):
        """
        Hours that nobody could choose within are told.
        """
        with pytest.raises(ValueError, match=fault):
            evolve(FULL, **changes)

    @pytest.mark.rule("offer.amplitude.alone")
    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"excludes": (FULL_DAY,)}, "excludes itself"),
            ({"requires": (FULL_DAY,)}, "requires itself"),
            (
                {"excludes": (MORNING_ONLY,), "requires": (MORNING_ONLY,)},
                "both excludes and requires 'MATIN'",
            ),
            ({"excludes": (MORNING_ONLY,) * 2}, "excludes names one twice"),
        ],
    )
    def test_alone(self, changes, fault):
        """
        Rules that no child could follow are told.
        """
        with pytest.raises(ValueError, match=fault):
            evolve(FULL, **changes)

    @pytest.mark.rule("offer.amplitude.alone")
    @pytest.mark.parametrize("key", ["excludes", "requires"])
    def test_unknown(self, key):
        """
        What an amplitude names is one of the règlement's.
        """
        night = AmplitudeCode("NUIT")
        keys: dict[str, Any] = {key: (night,)}
        named = evolve(FULL, **keys)

        with pytest.raises(ValueError, match="'NUIT' is not among") as caught:
            evolve(REGLEMENT, amplitudes=(named, MORNING))

        assert caught.value.args[0].startswith(f"amplitudes.{FULL_DAY}.{key}")


class TestAges:
    SIX_AND_MORE = Bounds(above=Decimal(6))

    @pytest.mark.rule("offer.amplitude.ages")
    @pytest.mark.parametrize(
        ("born", "admitted"),
        [
            (WEDNESDAY.replace(year=2020), True),
            (WEDNESDAY.replace(year=2020, day=28), False),
        ],
        ids=["six that day", "six the day after"],
    )
    @pytest.mark.parametrize("of", ["accueil", "amplitude"])
    def test_age(self, of, born, admitted):
        """
        The age on the day counts, whatever the pools say.
        """
        (accueil,) = REGLEMENT.accueils
        ages = self.SIX_AND_MORE
        under = evolve(
            REGLEMENT,
            accueils=(
                evolve(accueil, ages=ages if of == "accueil" else None),
            ),
            amplitudes=(
                evolve(FULL, ages=ages if of == "amplitude" else None),
                MORNING,
            ),
        )
        child = evolve(CHILD, birth_date=born)
        lines = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: FULL_DAY}),
            child=child,
            reglement=under,
        )

        assert (() if admitted else (AgeNotAdmitted(WEDNESDAY, 5),)) == (
            refusals(
                lines,
                period=PERIOD,
                situation=evolve(SITUATION, reglement=under, child=child),
                at=ASKED_AT,
            )
        )
