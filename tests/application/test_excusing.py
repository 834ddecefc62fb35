"""
Reasons, and documents that come after days were cancelled.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import Money, Refused, eur
from portail_core.domain.cancellation import (
    By,
    Counted,
    CountedFrom,
    Delay,
    Exempts,
    FirstDay,
    NothingMore,
    Outcome,
    Policy,
    Proof,
    Reason,
    ReasonUnknown,
    Unit,
    Waiting,
)
from portail_core.domain.children import ChildUnknown
from portail_core.domain.dated import Decision, History
from portail_core.domain.days import at_paris
from portail_core.domain.ids import AgentId, ChildId, ReasonCode
from portail_core.domain.requests import (
    DayCancelled,
    DayExcused,
    DayNotCancelled,
    RequestState,
)
from portail_core.ports.mail import CancellationConfirmation
from portail_core.testing.promises import check_promises
from portail_core.wire import dump
from tests.application.conftest import A_SECOND, AFTER, NEXT, WEDNESDAY
from tests.application.test_changing_twice import decide
from tests.spec.absences import ALL, NOTHING

DAY = eur("18.38")
SICKNESS = ReasonCode("maladie")
STRIKE = ReasonCode("greve")
LABEL = "Maladie : avoir."
REASONS = (
    Reason(
        code=SICKNESS,
        label="Maladie",
        exempts=Exempts.CHILD,
        document=Proof(
            label="certificat médical",
            within=Delay(
                count=48,
                unit=Unit.HOURS,
                counted_from=CountedFrom.CANCELLATION,
            ),
        ),
    ),
    Reason(code=STRIKE, label="Grève", by=By.OPERATOR),
)
WAITING = Waiting(days=1, counted=Counted.BOOKED, first_day=FirstDay.INCLUDED)
SICK = Outcome(label=LABEL, gift=ALL, reasons=(SICKNESS,))
LATE = Outcome(label="Trop tard : dû.", gift=NOTHING)
TOLD_AT = at_paris(WEDNESDAY, dt.time(7))
LAST_MOMENT = TOLD_AT + dt.timedelta(hours=48)


def refusals_of(ask):
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.refusals


def policy(*outcomes):
    return History(
        (
            Decision(
                since=dt.date(2025, 9, 1),
                source="article 6",
                value=Policy(outcomes=outcomes),
            ),
        )
    )


@pytest.fixture(name="number")
def _number(world, family):
    """
    Two Wednesdays, whose cancellation gives nothing back but for sickness.
    """
    decide(world, family, reasons=REASONS, cancellations=policy(SICK, LATE))
    request = family.book(WEDNESDAY, NEXT)
    world.letters()
    world.clock.moment = TOLD_AT
    return request.number


def excuse(world, family, number, day=WEDNESDAY, **changes):
    told = {"reason": SICKNESS, "document_at": LAST_MOMENT} | changes
    desk = world.portal.trusted.staff(AgentId("accueil"))
    return desk.excuse(family.member.household, number, day, **told)


class TestReason:
    @pytest.mark.rule("cancellation.reason", "cancellation.reason.unknown")
    def test_offered(self, family, number):
        """
        A family is offered its own reasons, and may give no other.
        """
        planning = family.desk.planning

        assert REASONS[:1] == planning.reasons_to_cancel(number)
        for code in (STRIKE, "oubli"):
            assert (ReasonUnknown(ReasonCode(code)),) == refusals_of(
                lambda c=code: planning.preview_cancellation(
                    number, [WEDNESDAY], reason=c
                )
            )

    @pytest.mark.rule("cancellation.document")
    def test_pending(self, family, number):
        """
        What the document will add is shown, and the day is cancelled.
        """
        planning = family.desk.planning
        shown = planning.preview_cancellation(
            number, [WEDNESDAY], reason=SICKNESS
        )
        done = planning.cancel(
            number,
            [WEDNESDAY],
            shown_credit=shown.credited,
            command="sick",
            reason=SICKNESS,
        )

        assert shown == done
        (day,) = done.days
        assert day.settlement.pending is not None
        assert (Money(0), DAY, LAST_MOMENT) == (
            done.credited,
            day.settlement.pending.credited,
            day.settlement.pending.until,
        )

    @pytest.mark.rule("cancellation.reason.child")
    def test_about(self, family, number):
        """
        A reason is about a child of the household: the one that is booked,
        or another, whose sickness does not excuse it.
        """
        planning = family.desk.planning
        brother = family.desk.children.add(
            {
                "first_name": "Alix",
                "last_name": "Petit",
                "birth_date": "2019-03-01",
            }
        )
        weighed = planning.preview_cancellation(
            number, [WEDNESDAY], reason=SICKNESS, about=brother.id
        )

        assert weighed.days[0].settlement.pending is None
        assert (ChildUnknown(),) == refusals_of(
            lambda: planning.preview_cancellation(
                number, [WEDNESDAY], reason=SICKNESS, about=ChildId("nobody")
            )
        )

    @pytest.mark.rule("cancellation.reason.not-kept")
    def test_not_kept(self, world, family, number):
        """
        Nothing that is journalled or waits to be mailed tells the reason.
        """
        family.desk.planning.cancel(
            number,
            [WEDNESDAY],
            shown_credit=Money(0),
            command="sick",
            reason=SICKNESS,
        )

        with world.store.reading() as reading:
            written = [dump(entry) for entry in reading.journal()]
        assert [] == [text for text in written if "maladie" in text.lower()]


class TestExcuse:
    @pytest.fixture(name="cancelled", autouse=True)
    def _cancelled(self, world, family, number):
        family.cancel(number, WEDNESDAY, NEXT)
        world.letters()

    @pytest.mark.rule("cancellation.document.came")
    def test_in_time(self, world, family, number):
        """
        The last moment is in time: all comes back as one avoir, and one mail
        tells it.
        """
        world.clock.move(dt.timedelta(days=10))

        done = excuse(world, family, number)

        assert ("ALSH-AV-2026-000001", DAY + DAY, Money(0)) == (
            done.credit_note,
            done.credited,
            done.kept,
        )
        assert [WEDNESDAY, NEXT] == [one.day for one in done.days]
        (letter,) = world.letters()
        assert isinstance(letter, CancellationConfirmation)
        assert ("ALSH-AV-2026-000001", DAY + DAY) == (
            letter.credit_note,
            letter.credited,
        )
        assert DAY + DAY == family.desk.invoices.credit_balance()
        assert RequestState.CANCELLED == family.state(number)

    @pytest.mark.rule("cancellation.document.nothing")
    def test_nothing(self, world, family, number):
        """
        A document that came too late changes nothing.
        """
        assert (NothingMore(WEDNESDAY),) == refusals_of(
            lambda: excuse(
                world, family, number, document_at=LAST_MOMENT + A_SECOND
            )
        )
        assert Money(0) == family.desk.invoices.credit_balance()

    @pytest.mark.rule("cancellation.document.nothing")
    def test_twice(self, world, family, number):
        """
        Nor does the same one a second time.
        """
        excuse(world, family, number)

        assert (NothingMore(NEXT),) == refusals_of(
            lambda: excuse(world, family, number, NEXT)
        )
        assert DAY + DAY == family.desk.invoices.credit_balance()

    @pytest.mark.rule("cancellation.reason.unknown")
    def test_reason(self, world, family, number):
        """
        A reason is one that families may give.
        """
        assert (ReasonUnknown(STRIKE),) == refusals_of(
            lambda: excuse(world, family, number, reason=STRIKE)
        )

    @pytest.mark.rule("request.excuse.not-cancelled")
    def test_not_cancelled(self, world, family, number):
        """
        A day that was not cancelled is not excused.
        """
        assert (DayNotCancelled(AFTER),) == refusals_of(
            lambda: excuse(world, family, number, AFTER)
        )

    @pytest.mark.rule("cancellation.document.came")
    def test_promises(self, world, family, number):
        """
        The books balance, and the journal tells both.
        """
        excuse(world, family, number)

        with world.store.reading() as reading:
            events = [
                type(entry.event)
                for entry in reading.journal(f"request/{number}")
            ]
        assert [DayCancelled] * 2 + [DayExcused] * 2 == events[-4:]
        check_promises(world.store, at=world.clock.now())


class TestTogether:
    @pytest.mark.rule("cancellation.document.came", "cancellation.waiting")
    def test_waiting(self, world, family):
        """
        Days cancelled together are judged together: the first still waits,
        and days cancelled apart are not excused with them.
        """
        decide(
            world,
            family,
            reasons=REASONS,
            cancellations=policy(evolve(SICK, waiting=WAITING), LATE),
        )
        number = family.book(WEDNESDAY, NEXT, AFTER).number
        world.clock.moment = TOLD_AT
        family.cancel(number, WEDNESDAY, NEXT)
        world.clock.move(A_SECOND)
        family.cancel(number, AFTER)

        done = excuse(world, family, number)

        assert [(NEXT, DAY)] == [
            (one.day, one.settlement.credited) for one in done.days
        ]
