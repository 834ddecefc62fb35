"""
docs/spec/cancellation.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.cancellation import (
    Outcome,
    Policy,
    Settlement,
    split,
)
from portail_core.domain.deadlines import DaysBefore
from portail_core.domain.ids import CreditNoteNumber
from portail_core.domain.money import ZERO, eur
from portail_core.domain.requests import (
    Cancel,
    DayCancelled,
    LineState,
    RequestConfirmed,
    decide,
)
from tests.spec.guide import (
    AN_INSTANT,
    ASKED_AT,
    FIRST_TRY,
    HALF,
    HELD,
    IN_TIME,
    LATE,
    LINE,
    NEXT_WEDNESDAY,
    PERIOD,
    POLICY,
    WEDNESDAY,
    line,
    replay,
)

# Seven days and two days before WEDNESDAY, noon in Paris.
SEVEN_DAYS = dt.datetime(2026, 5, 20, 10, tzinfo=dt.UTC)
TWO_DAYS = dt.datetime(2026, 5, 25, 10, tzinfo=dt.UTC)

AVOIR = CreditNoteNumber("ALSH-AV-2026-000001")
PAID = eur("12.50")
CONFIRMED = RequestConfirmed(
    attempt=FIRST_TRY,
    amounts=((WEDNESDAY, PAID), (NEXT_WEDNESDAY, PAID)),
)
BOTH = evolve(HELD, lines=(LINE, line(NEXT_WEDNESDAY)))


def only(share):
    return Policy(
        outcomes=(
            Outcome(until=None, credited_share=Decimal(share), label="Ainsi."),
        )
    )


class TestSplit:
    @pytest.mark.rule(
        "cancellation.first-in-time",
        "cancellation.late-is-an-outcome",
        "cancellation.explained",
    )
    @pytest.mark.parametrize(
        ("credited", "position", "outcome", "at"),
        [
            ("12.50", 0, IN_TIME, ASKED_AT),
            ("12.50", 0, IN_TIME, SEVEN_DAYS),
            ("6.25", 1, HALF, SEVEN_DAYS + AN_INSTANT),
            ("6.25", 1, HALF, TWO_DAYS),
            ("0", 2, LATE, TWO_DAYS + AN_INSTANT),
        ],
        ids=[
            "early",
            "seven days before",
            "an instant after",
            "two days before",
            "an instant after that",
        ],
    )
    def test_by_notice(self, credited, position, outcome, at):
        """
        The first outcome still in time answers, in its own words.
        """
        assert Settlement(
            kept=PAID - eur(credited),
            credited=eur(credited),
            position=position,
            label=outcome.label,
        ) == split(
            POLICY,
            day=WEDNESDAY,
            released=PAID,
            at=at,
            calendar=PERIOD.calendar,
        )

    @pytest.mark.rule("cancellation.share", "cancellation.money.conserved")
    @pytest.mark.parametrize(
        ("kept", "credited", "share"),
        [
            ("12.51", "0", "0"),
            ("1.25", "11.26", "0.9"),
            ("6.25", "6.26", "0.5"),
            ("0", "12.51", "1"),
        ],
        ids=["nothing", "« 10 % … retenu »", "half a cent", "everything"],
    )
    def test_share(self, kept, credited, share):
        """
        Half a cent goes to the family, and nothing is lost.
        """
        settlement = split(
            only(share),
            day=WEDNESDAY,
            released=eur("12.51"),
            at=ASKED_AT,
            calendar=PERIOD.calendar,
        )

        assert (eur(kept), eur(credited)) == (
            settlement.kept,
            settlement.credited,
        )

    @pytest.mark.rule("cancellation.share")
    @pytest.mark.parametrize("share", ["-0.01", "1.01"])
    def test_no_share(self, share):
        """
        A share below nothing or above everything is a mistake.
        """
        with pytest.raises(ValueError, match="expected a share from 0 to 1"):
            only(share)

    @pytest.mark.rule("cancellation.first-in-time")
    @pytest.mark.parametrize(
        ("outcomes", "complaint"),
        [
            ((), "outcomes is empty"),
            ((IN_TIME,), "the last outcome must have no deadline"),
            ((LATE, IN_TIME), "the last outcome must have no deadline"),
            ((LATE, LATE), "only the last outcome may have no deadline"),
        ],
        ids=["none", "no rest", "the rest first", "the rest twice"],
    )
    def test_unanswered(self, outcomes, complaint):
        """
        Every cancellation has an answer, and one.
        """
        with pytest.raises(ValueError, match=complaint):
            Policy(outcomes=outcomes)

    @pytest.mark.rule("cancellation.first-in-time")
    def test_order(self):
        """
        The order is the règlement's: an earlier line wins.
        """
        eve = evolve(HALF, until=DaysBefore(days=1, at=dt.time(12)))

        assert 0 == (
            split(
                Policy(outcomes=(eve, IN_TIME, LATE)),
                day=WEDNESDAY,
                released=PAID,
                at=ASKED_AT,
                calendar=PERIOD.calendar,
            ).position
        )


class TestDayByDay:
    CREDITED = Settlement(
        kept=ZERO, credited=PAID, position=0, label=IN_TIME.label
    )
    KEPT = Settlement(kept=PAID, credited=ZERO, position=2, label=LATE.label)

    @pytest.mark.rule("cancellation.day-by-day")
    def test_one_day(self):
        """
        The other day of the request stands, paid as it was.
        """
        request = replay(BOTH, CONFIRMED)

        (event,) = decide(
            Cancel(
                settlements=((WEDNESDAY, self.CREDITED),), credit_note=AVOIR
            ),
            request,
        )

        assert (
            DayCancelled(
                day=WEDNESDAY, kept=ZERO, credited=PAID, credit_note=AVOIR
            )
            == event
        )
        assert [
            (LineState.CANCELLED, PAID),
            (LineState.CONFIRMED, PAID),
        ] == [
            (one.state, one.paid)
            for one in replay(BOTH, CONFIRMED, event).lines
        ]

    @pytest.mark.rule("cancellation.day-by-day")
    def test_same_day_twice(self):
        """
        A day named twice is a mistake: it would be credited twice.
        """
        with pytest.raises(ValueError, match="2026-05-27 is there twice"):
            Cancel(
                settlements=(
                    (WEDNESDAY, self.CREDITED),
                    (WEDNESDAY, self.CREDITED),
                ),
                credit_note=AVOIR,
            )

    @pytest.mark.rule("cancellation.day-by-day")
    def test_no_day(self):
        """
        So is none.
        """
        with pytest.raises(ValueError, match="settlements is empty"):
            Cancel(settlements=(), credit_note=None)

    @pytest.mark.rule("cancellation.nothing-credited")
    def test_nothing_credited(self):
        """
        Of two days, only the one that gives something back names the avoir.
        """
        events = decide(
            Cancel(
                settlements=(
                    (WEDNESDAY, self.KEPT),
                    (NEXT_WEDNESDAY, self.CREDITED),
                ),
                credit_note=AVOIR,
            ),
            replay(BOTH, CONFIRMED),
        )

        assert (
            DayCancelled(
                day=WEDNESDAY, kept=PAID, credited=ZERO, credit_note=None
            ),
            DayCancelled(
                day=NEXT_WEDNESDAY,
                kept=ZERO,
                credited=PAID,
                credit_note=AVOIR,
            ),
        ) == events
