"""
docs/spec/cancellation.md: reasons, and the documents that they need.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.cancellation import (
    By,
    Claim,
    Counted,
    CountedFrom,
    Delay,
    Exempts,
    FirstDay,
    InARow,
    Outcome,
    PastDay,
    Pending,
    Proof,
    Reason,
    ReasonUnknown,
    Unit,
    Waiting,
)
from portail_core.domain.days import at_paris
from portail_core.domain.ids import ChildId, PeriodCode, ReasonCode
from portail_core.domain.money import ZERO, eur
from portail_core.domain.refusals import Refused
from tests.spec.absences import (
    ALL,
    CALENDAR,
    DAY,
    FRIDAY,
    HALF,
    MONDAY,
    NOW,
    REST,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    WHIT_MONDAY,
    absence,
    credited,
    splits,
)
from tests.spec.guide import AN_INSTANT, LOU, REGLEMENT, THE_PERIOD

CAMILLE = ChildId("camille")
SICKNESS = ReasonCode("maladie")
STRIKE = ReasonCode("greve")
TWO_DAYS = Delay(
    count=48, unit=Unit.HOURS, counted_from=CountedFrom.CANCELLATION
)
SICK = Reason(code=SICKNESS, label="Maladie")
SICK_WITH_PROOF = evolve(
    SICK, document=Proof(label="certificat médical", within=TWO_DAYS)
)
LAST_MOMENT = NOW + dt.timedelta(hours=48)
EXCUSED = Outcome(label="Maladie : avoir.", gift=ALL, reasons=(SICKNESS,))
OUTCOMES = (EXCUSED, REST)


def claim(reason=SICK, **changes):
    return Claim(reason=reason, **({"child": LOU} | changes))


class TestReason:
    @pytest.mark.rule("cancellation.reason")
    @pytest.mark.parametrize(
        ("expected", "given"),
        [
            (400, claim()),
            (0, None),
            (0, claim(Reason(code=ReasonCode("autre"), label="Autre"))),
        ],
        ids=["given", "none", "another"],
    )
    def test_given(self, expected, given):
        """
        An outcome that names reasons answers if one of them is given.
        """
        assert [expected] == credited(OUTCOMES, absence(MONDAY, claim=given))

    @pytest.mark.rule("cancellation.reason")
    def test_without_need(self):
        """
        A reason changes nothing for an outcome that asks for none.
        """
        assert [0] == credited((REST,), absence(MONDAY, claim=claim()))

    @pytest.mark.rule("cancellation.reason.child")
    @pytest.mark.parametrize(
        ("expected", "exempts", "sick"),
        [
            (400, Exempts.CHILD, LOU),
            (0, Exempts.CHILD, CAMILLE),
            (400, Exempts.HOUSEHOLD, LOU),
            (400, Exempts.HOUSEHOLD, CAMILLE),
        ],
    )
    def test_child(self, expected, exempts, sick):
        """
        Lou's days are cancelled: whose sickness is it good for?
        """
        given = claim(evolve(SICK, exempts=exempts), child=sick)

        assert [expected] == credited(OUTCOMES, absence(MONDAY, claim=given))

    @pytest.mark.rule("cancellation.closure", "cancellation.reason.unknown")
    def test_closure(self):
        """
        A strike gives everything back, whenever; no family may say so.
        """
        strike = Reason(code=STRIKE, label="Grève", by=By.OPERATOR)
        closed = Outcome(label="Fermeture.", gift=ALL, reasons=(STRIKE,))
        reglement = evolve(REGLEMENT, reasons=(SICK, strike))

        assert [400, 400] == credited(
            (closed, REST),
            absence(
                MONDAY,
                TUESDAY,
                at=NOW + 30 * DAY,
                claim=claim(reglement.reason(STRIKE, By.OPERATOR)),
            ),
        )
        with pytest.raises(Refused) as refused:
            reglement.reason(STRIKE, By.FAMILY)
        assert (ReasonUnknown(STRIKE),) == refused.value.refusals

    @pytest.mark.rule("cancellation.reason.unknown")
    def test_unknown(self):
        """
        A reason that nothing declares is refused.
        """
        with pytest.raises(Refused) as refused:
            REGLEMENT.reason(SICKNESS, By.FAMILY)

        assert (ReasonUnknown(SICKNESS),) == refused.value.refusals

    @pytest.mark.rule("cancellation.waiting.waived")
    def test_waived(self):
        """
        A reason may spare the waiting days.
        """
        outcome = Outcome(
            label="Carence d'un jour, sauf maladie.",
            gift=ALL,
            waiting=Waiting(
                days=1,
                counted=Counted.CALENDAR,
                first_day=FirstDay.INCLUDED,
                waived_by=(SICKNESS,),
            ),
        )

        assert [400, 400] == credited(
            (outcome,), absence(MONDAY, TUESDAY, claim=claim())
        )
        assert [0, 400] == credited((outcome,), absence(MONDAY, TUESDAY))


class TestDocument:
    @pytest.mark.rule("cancellation.document")
    @pytest.mark.parametrize(
        ("expected", "document_at"),
        [
            (400, NOW - 30 * DAY),
            (400, LAST_MOMENT),
            (0, LAST_MOMENT + AN_INSTANT),
        ],
        ids=["before", "the last moment", "an instant after"],
    )
    def test_came(self, expected, document_at):
        """
        In time, the reason is good; too late, it is as if there were none.
        """
        given = claim(SICK_WITH_PROOF, document_at=document_at)

        (settlement,) = splits(OUTCOMES, absence(MONDAY, claim=given))

        assert (expected, None) == (
            settlement.credited.cents,
            settlement.pending,
        )

    @pytest.mark.rule("cancellation.document")
    def test_pending(self):
        """
        Until it comes, the day is answered as without the reason, and says
        what the document adds.
        """
        half = Outcome(label="La moitié.", gift=HALF)

        (settlement,) = splits(
            (EXCUSED, half), absence(MONDAY, claim=claim(SICK_WITH_PROOF))
        )

        assert ("La moitié.", eur("2.00"), eur("2.00")) == (
            settlement.label,
            settlement.kept,
            settlement.credited,
        )
        assert (
            Pending(
                document="certificat médical",
                until=LAST_MOMENT,
                credited=eur("2.00"),
                label=EXCUSED.label,
            )
            == settlement.pending
        )

    @pytest.mark.rule("cancellation.document")
    def test_nothing_to_add(self):
        """
        Where the reason adds nothing, no document is waited for.
        """
        waiting = Waiting(
            days=1, counted=Counted.CALENDAR, first_day=FirstDay.INCLUDED
        )
        outcomes = (evolve(EXCUSED, waiting=waiting), REST)

        first, second = splits(
            outcomes,
            absence(MONDAY, TUESDAY, claim=claim(SICK_WITH_PROOF)),
        )

        assert first.pending is None
        assert second.pending is not None
        assert (ZERO, ZERO) == (first.credited, second.credited)

    @pytest.mark.rule("cancellation.document")
    @pytest.mark.parametrize(
        ("waits", "at"), [(True, "23:59:59"), (False, "00:00:00")]
    )
    def test_never(self, waits, at):
        """
        A delay that begins on the first day may be over when the family
        tells of it.
        """
        within = Delay(
            count=2, unit=Unit.DAYS, counted_from=CountedFrom.FIRST_DAY
        )
        document = Proof(label="certificat médical", within=within)
        day = WEDNESDAY if waits else THURSDAY

        (settlement,) = splits(
            OUTCOMES,
            absence(
                MONDAY,
                at=at_paris(day, dt.time.fromisoformat(at)),
                claim=claim(evolve(SICK, document=document)),
            ),
        )

        assert waits is (settlement.pending is not None)
        assert ZERO == settlement.credited


class TestDelay:
    FRIDAY_BEFORE = WHIT_MONDAY - 3 * DAY

    def last_moment(self, unit, count=1, since=CountedFrom.CANCELLATION):
        delay = Delay(count=count, unit=unit, counted_from=since)
        return delay.last_moment(
            cancelled_at=at_paris(self.FRIDAY_BEFORE, dt.time(18)),
            first_day=MONDAY,
            last_day=FRIDAY,
            calendar=CALENDAR,
        )

    @pytest.mark.rule("cancellation.document.delay")
    @pytest.mark.parametrize(
        ("day", "unit", "count"),
        [
            (FRIDAY_BEFORE + DAY, Unit.DAYS, 1),
            (FRIDAY_BEFORE + 8 * DAY, Unit.DAYS, 8),
            (FRIDAY_BEFORE + DAY, Unit.WORKING_DAYS, 1),
            (WHIT_MONDAY + DAY, Unit.WORKING_DAYS, 2),
            (WHIT_MONDAY + DAY, Unit.BUSINESS_DAYS, 1),
            (WHIT_MONDAY + 2 * DAY, Unit.BUSINESS_DAYS, 2),
        ],
    )
    def test_days(self, day, unit, count):
        """
        From the Friday before Whit Monday, until the end of the last day.
        """
        last = self.last_moment(unit, count)

        assert at_paris(day + DAY, dt.time()) == last + AN_INSTANT

    @pytest.mark.rule("cancellation.document.delay")
    @pytest.mark.parametrize(
        ("begins", "since"),
        [
            (at_paris(FRIDAY_BEFORE, dt.time(18)), CountedFrom.CANCELLATION),
            (at_paris(MONDAY, dt.time()), CountedFrom.FIRST_DAY),
            (at_paris(FRIDAY, dt.time()), CountedFrom.LAST_DAY),
        ],
    )
    def test_counted_from(self, begins, since):
        """
        Hours begin with the cancellation, or with a day; days are those
        after it.
        """
        hours = self.last_moment(Unit.HOURS, 48, since)
        days = self.last_moment(Unit.DAYS, 1, since)

        assert begins + dt.timedelta(hours=48) == hours
        assert dt.timedelta(days=1) <= days + AN_INSTANT - begins
        assert dt.timedelta(days=2) >= days + AN_INSTANT - begins

    @pytest.mark.rule("cancellation.document.delay")
    @pytest.mark.parametrize("count", [0, -1])
    def test_none(self, count):
        """
        A delay of nothing is a mistake.
        """
        with pytest.raises(ValueError, match="expected more than zero"):
            self.last_moment(Unit.DAYS, count)


class TestToldDayByDay:
    BEFORE = (
        PastDay(
            child=LOU,
            period=THE_PERIOD,
            day=MONDAY,
            label=EXCUSED.label,
            reason=SICKNESS,
        ),
    )

    @pytest.mark.rule("cancellation.told-day-by-day")
    @pytest.mark.parametrize(
        ("expected", "change"),
        [
            ([0, 400], {}),
            ([0, 0], {"reason": None}),
            ([0, 0], {"child": CAMILLE}),
            ([0, 0], {"period": PeriodCode("autre")}),
            ([0, 0], {"day": MONDAY - 30 * DAY}),
        ],
        ids=["same", "other reason", "brother", "other period", "long ago"],
    )
    def test_waiting(self, expected, change):
        """
        Lou stays sick on Tuesday and Wednesday: Monday was the first of two
        waiting days, if it was cancelled for the same reason.
        """
        waiting = Waiting(
            days=2, counted=Counted.CALENDAR, first_day=FirstDay.INCLUDED
        )
        past = tuple(evolve(day, **change) for day in self.BEFORE)

        assert expected == credited(
            (evolve(EXCUSED, waiting=waiting), REST),
            absence(TUESDAY, WEDNESDAY, claim=claim(), past=past),
        )

    @pytest.mark.rule("cancellation.told-day-by-day")
    def test_in_a_row(self):
        """
        So was it the first of five days in a row.
        """
        row = InARow(days=5, counted=Counted.OPENING)
        outcomes = (evolve(EXCUSED, in_a_row=row), REST)

        assert [400] * 4 == credited(
            outcomes, absence(*WEEK[1:], claim=claim(), past=self.BEFORE)
        )
        assert [0] * 4 == credited(
            outcomes, absence(*WEEK[1:], past=self.BEFORE)
        )
