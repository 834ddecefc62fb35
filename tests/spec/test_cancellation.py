"""
docs/spec/cancellation.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.cancellation import (
    CreditedAmount,
    CreditedShare,
    KeptAmount,
    Outcome,
    Per,
    Policy,
    Settlement,
    split_days,
)
from portail_core.domain.deadlines import DaysBefore
from portail_core.domain.ids import CreditNoteNumber
from portail_core.domain.money import ZERO, Money, eur
from portail_core.domain.refusals import Refused
from portail_core.domain.requests import (
    Cancel,
    DayCancelled,
    DayNotCancelled,
    Excuse,
    LineState,
    RequestConfirmed,
    decide,
)
from tests.spec.absences import (
    WEEK,
    absence,
    credited,
    policies,
    released as released_day,
    splits,
)
from tests.spec.guide import (
    AN_INSTANT,
    ASKED_AT,
    DAY_CARE,
    FIRST_TRY,
    HALF,
    HELD,
    IN_TIME,
    LATE,
    LINE,
    MEAL,
    NEXT_WEDNESDAY,
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


def only(gift, **changes):
    return (Outcome(gift=gift, label="Ainsi.", **changes),)


def split(outcomes, *, at, released=PAID):
    (settlement,) = splits(
        outcomes, absence(released_day(WEDNESDAY, released), at=at)
    )
    return settlement


def both(settlement):
    return settlement.kept, settlement.credited


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
        ) == split(POLICY.outcomes, at=at)

    @pytest.mark.rule("cancellation.first-in-time")
    @pytest.mark.parametrize(
        ("outcomes", "complaint"),
        [
            ((), "outcomes is empty"),
            ((IN_TIME,), "the last outcome must have no condition"),
            ((LATE, IN_TIME), "the last outcome must have no condition"),
            ((LATE, LATE), "outcome 1 has no condition"),
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

        assert 0 == split((eve, IN_TIME, LATE), at=ASKED_AT).position

    @pytest.mark.rule("cancellation.explained")
    def test_path(self):
        """
        A settlement says where its outcome stands in the file.
        """
        (settlement,) = split_days(
            policies(IN_TIME, LATE, path="periods[0].cancellations[1]"),
            absence(WEDNESDAY, at=TWO_DAYS),
        )

        assert "periods[0].cancellations[1].outcomes[1]" == settlement.path


class TestGift:
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
            only(CreditedShare(Decimal(share))),
            released=eur("12.51"),
            at=ASKED_AT,
        )

        assert (eur(kept), eur(credited)) == both(settlement)

    @pytest.mark.rule("cancellation.share")
    @pytest.mark.parametrize("share", ["-0.01", "1.01"])
    def test_no_share(self, share):
        """
        A share below nothing or above everything is a mistake.
        """
        with pytest.raises(ValueError, match="expected a share from 0 to 1"):
            CreditedShare(Decimal(share))

    @pytest.mark.rule("cancellation.share.bounds")
    @pytest.mark.parametrize(
        ("kept", "released"),
        [
            ("1.99", "1.99"),
            ("2.00", "2.00"),
            ("2.00", "20.00"),
            ("2.01", "20.10"),
            ("4.99", "49.90"),
            ("5.00", "50.00"),
            ("5.00", "500.00"),
        ],
    )
    def test_bounds(self, kept, released):
        """
        « 10 % retenus, 2 € au moins et 5 € au plus », never more than paid.
        """
        gift = CreditedShare(
            Decimal("0.9"), kept_at_least=eur("2"), kept_at_most=eur("5")
        )

        assert (
            eur(kept)
            == split(only(gift), released=eur(released), at=ASKED_AT).kept
        )

    @pytest.mark.rule("cancellation.share.bounds")
    def test_no_bounds(self):
        """
        Bounds that no amount meets, or below zero, are a mistake.
        """
        with pytest.raises(ValueError, match="is more than kept_at_most"):
            CreditedShare(
                Decimal(1), kept_at_least=eur("2"), kept_at_most=eur("1")
            )
        with pytest.raises(ValueError, match="kept_at_most is below zero"):
            CreditedShare(Decimal(1), kept_at_most=eur("-0.01"))

    @pytest.mark.rule("cancellation.fee")
    @pytest.mark.parametrize(
        ("kept", "credited", "released"),
        [("5", "0.01", "5.01"), ("5", "0", "5"), ("4.99", "0", "4.99")],
    )
    def test_fee(self, kept, credited, released):
        """
        A flat fee is never more than what was paid.
        """
        settlement = split(
            only(KeptAmount(eur("5"), per=Per.DAY)),
            released=eur(released),
            at=ASKED_AT,
        )

        assert (eur(kept), eur(credited)) == both(settlement)

    @pytest.mark.rule("cancellation.fee")
    @pytest.mark.parametrize(
        ("kept", "per"),
        [((3, 3, 3), Per.DAY), ((3, 2, 0), Per.CANCELLATION)],
    )
    def test_fee_of_days(self, kept, per):
        """
        A fee is kept of each day, or once for the days cancelled together:
        what the first did not cost is kept of the next.
        """
        missed = absence(*(released_day(day, Money(3)) for day in WEEK[:3]))

        assert kept == tuple(
            one.kept.cents
            for one in splits(only(KeptAmount(Money(5), per=per)), missed)
        )

    @pytest.mark.rule("cancellation.amount")
    @pytest.mark.parametrize(
        ("kept", "credited", "released"),
        [("0.01", "3.20", "3.21"), ("0", "3.20", "3.20"), ("0", "1", "1")],
    )
    def test_amount(self, kept, credited, released):
        """
        An amount that comes back is never more than what was paid.
        """
        settlement = split(
            only(CreditedAmount(eur("3.20"))),
            released=eur(released),
            at=ASKED_AT,
        )

        assert (eur(kept), eur(credited)) == both(settlement)

    @pytest.mark.rule("cancellation.prestations")
    @pytest.mark.parametrize(
        ("credited", "released"), [("3.50", "12.50"), ("3.00", "3.00")]
    )
    def test_prestations(self, credited, released):
        """
        « Le repas est remboursé, la journée reste due »; of a day that was
        changed, never more than is set free.
        """
        day = released_day(
            WEDNESDAY,
            eur(released),
            parts={DAY_CARE: eur("9.00"), MEAL: eur("3.50")},
        )
        (settlement,) = splits(
            only(CreditedShare(Decimal(1)), prestations=(MEAL,)), absence(day)
        )

        assert eur(credited) == settlement.credited

    @pytest.mark.rule("cancellation.prestations")
    def test_prestation_not_billed(self):
        """
        A day that bills none of them gives nothing back.
        """
        outcomes = only(CreditedShare(Decimal(1)), prestations=(MEAL,))

        assert [0] == credited(outcomes, absence(WEDNESDAY))

    @pytest.mark.rule("cancellation.nothing-once-paid")
    def test_nothing_once_paid(self):
        """
        « Aucune annulation après paiement »: one outcome, and it is told.
        """
        settlement = split(
            only(CreditedShare(Decimal(0))), at=ASKED_AT - dt.timedelta(365)
        )

        assert (PAID, ZERO) == both(settlement)


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

    @pytest.mark.rule("request.excuse.not-cancelled")
    def test_excused_day(self):
        """
        A document excuses days that were cancelled, and no other.
        """
        with pytest.raises(Refused) as refused:
            decide(
                Excuse(
                    settlements=((WEDNESDAY, self.CREDITED),),
                    credit_note=AVOIR,
                ),
                replay(BOTH, CONFIRMED),
            )

        assert (DayNotCancelled(WEDNESDAY),) == refused.value.refusals

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
