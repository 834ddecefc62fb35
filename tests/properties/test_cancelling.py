"""
What holds of every cancellation, whatever the règlement.
"""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from portail_core.domain.cancellation import (
    Aids,
    Claim,
    Counted,
    CountedFrom,
    CreditedAmount,
    CreditedShare,
    Delay,
    Exempts,
    Extent,
    FirstDay,
    InARow,
    KeptAmount,
    Outcome,
    PastDay,
    Per,
    Proof,
    Quota,
    Reason,
    Unit,
    Waiting,
    Whose,
    split_days,
)
from portail_core.domain.conditions import ALWAYS, OneOf, When
from portail_core.domain.deadlines import (
    DaysBefore,
    HoursBefore,
    WeekdayBefore,
    is_late,
)
from portail_core.domain.facts import WEEKDAYS
from portail_core.domain.ids import ChildId, FactName, ReasonCode
from portail_core.domain.money import ZERO, Money
from portail_core.domain.spans import Each
from tests.spec.absences import OPEN_DAYS, absence, policies, released
from tests.spec.guide import LOU, MEAL, THE_PERIOD

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3_600)]

CODES = tuple(map(ReasonCode, ("maladie", "deces")))
CHILDREN = (LOU, ChildId("camille"))

amounts = st.integers(0, 10_000).map(Money)
shares = st.decimals(0, 1, places=3)
counts = st.integers(1, 12)
times = st.times()
moments = st.datetimes(
    dt.datetime(2026, 4, 1),  # noqa: DTZ001 - hypothesis adds the zone
    dt.datetime(2026, 7, 31),  # noqa: DTZ001 - same
    timezones=st.just(dt.UTC),
)
open_days = st.sampled_from(OPEN_DAYS)
some_reasons = st.lists(
    st.sampled_from(CODES), min_size=1, max_size=2, unique=True
).map(tuple)

deadlines = st.one_of(
    st.builds(DaysBefore, days=st.integers(0, 60), at=times),
    st.builds(HoursBefore, hours=st.integers(0, 400), starts_at=times),
    st.builds(
        WeekdayBefore,
        weekday=st.integers(0, 6),
        weeks=st.integers(1, 6),
        at=times,
    ),
)
gifts = st.one_of(
    st.builds(CreditedShare, shares),
    st.builds(
        lambda share, bounds: CreditedShare(
            share, kept_at_least=min(bounds), kept_at_most=max(bounds)
        ),
        shares,
        st.tuples(amounts, amounts),
    ),
    st.builds(KeptAmount, amounts, per=st.sampled_from(Per)),
    st.builds(CreditedAmount, amounts),
)
rows = st.builds(InARow, days=counts, counted=st.sampled_from(Counted))
waitings = st.builds(
    Waiting,
    days=counts,
    counted=st.sampled_from(Counted),
    first_day=st.sampled_from(FirstDay),
    waived_by=st.just(()) | some_reasons,
)
quotas = st.builds(
    Quota,
    days=counts,
    each=st.sampled_from(Each),
    whose=st.sampled_from(Whose),
)
mondays = When((OneOf(FactName("weekday"), WEEKDAYS[:1]),))
rests = st.builds(
    Outcome,
    label=st.just("Le reste."),
    gift=gifts,
    prestations=st.none() | st.just((MEAL,)),
    waiting=st.none() | waitings,
    aids=st.sampled_from(Aids),
)
outcomes = st.builds(
    evolve,
    rests,
    label=st.sampled_from(("Ainsi.", "Ou bien.")),
    until=deadlines,
    when=st.sampled_from((ALWAYS, mondays)),
    reasons=st.none() | some_reasons,
    extent=st.sampled_from(Extent),
    in_a_row=st.none() | rows,
    quota=st.none() | quotas,
)
several = st.builds(
    lambda asking, rest: (*asking, rest),
    st.lists(outcomes, max_size=4),
    rests,
)

delays = st.builds(
    Delay,
    count=counts,
    unit=st.sampled_from(Unit),
    counted_from=st.sampled_from(CountedFrom),
)
reasons = st.builds(
    Reason,
    code=st.sampled_from(CODES),
    label=st.just("Ainsi"),
    exempts=st.sampled_from(Exempts),
    document=st.none()
    | st.builds(Proof, label=st.just("certificat"), within=delays),
)
claims = st.builds(
    Claim,
    reason=reasons,
    child=st.sampled_from(CHILDREN),
    document_at=st.none() | moments,
)
past_days = st.builds(
    PastDay,
    child=st.sampled_from(CHILDREN),
    period=st.just(THE_PERIOD),
    day=open_days,
    label=st.sampled_from(("Ainsi.", "Ou bien.", "Le reste.")),
    reason=st.none() | st.sampled_from(CODES),
)


@st.composite
def absences(draw):
    """
    Days that Lou has booked, some of them with a meal.
    """
    days = sorted(draw(st.sets(open_days, min_size=1, max_size=8)))
    booked = sorted({*days, *draw(st.sets(open_days, max_size=8))})
    return absence(
        *(
            released(
                day,
                draw(amounts),
                parts=draw(st.dictionaries(st.just(MEAL), amounts)),
                aid=draw(amounts),
            )
            for day in days
        ),
        booked=tuple(booked),
        at=draw(moments),
        claim=draw(st.none() | claims),
        past=tuple(draw(st.lists(past_days, max_size=4))),
    )


@pytest.mark.rule("cancellation.money.conserved", "cancellation.aids")
@given(several, absences())
def test_kept_and_credited_make_what_was_released(outcomes, missed):
    """
    Kept + credited = released for each day, and neither is below zero; nor
    is what is re-billed, or what a document adds.
    """
    settlements = split_days(policies(*outcomes), missed)

    assert len(missed.days) == len(settlements)
    for day, settlement in zip(missed.days, settlements, strict=True):
        assert day.released == settlement.kept + settlement.credited
        assert ZERO <= min(settlement.kept, settlement.credited)
        assert settlement.rebilled in {ZERO, day.aid}
        if settlement.pending:
            assert ZERO < settlement.pending.credited <= settlement.kept


@pytest.mark.rule("cancellation.first-in-time")
@given(
    st.lists(
        st.builds(
            Outcome, label=st.just("Ainsi."), gift=gifts, until=deadlines
        ),
        max_size=4,
    ),
    rests,
    absences(),
)
def test_first_in_time_answers(asking, rest, missed):
    """
    Every outcome before the one that answers was too late.
    """
    for day, settlement in zip(
        missed.days,
        split_days(policies(*asking, rest), missed),
        strict=True,
    ):
        passed = asking[: settlement.position]
        assert all(
            is_late(one.until, day.day, missed.at, missed.calendar)
            for one in passed
        )


@pytest.mark.rule("cancellation.document")
@given(several, absences(), claims)
def test_document_gives_what_was_promised(outcomes, missed, claim):
    """
    A document that comes in time gives what the settlement said, no more.
    """
    waits = evolve(missed, claim=evolve(claim, document_at=None))
    promised = split_days(policies(*outcomes), waits)
    came = evolve(missed, claim=evolve(claim, document_at=missed.at))

    for before, after in zip(
        promised, split_days(policies(*outcomes), came), strict=True
    ):
        if before.pending is not None:
            gained = after.credited - before.credited
            assert before.pending.credited == gained
            assert before.pending.label == after.label


@pytest.mark.rule("cancellation.notice.never-lowers")
@given(
    st.lists(st.tuples(st.integers(0, 60), shares), min_size=1, max_size=5),
    absences(),
    st.timedeltas(dt.timedelta(), dt.timedelta(90)),
)
def test_more_notice_never_gives_less(steps, missed, sooner):
    """
    Where outcomes give less for less notice, cancelling sooner never gives
    less, nor later more.
    """
    notices = sorted({days for days, _ in steps}, reverse=True)
    given_back = sorted((share for _, share in steps), reverse=True)
    scale = tuple(
        Outcome(
            label=f"{days} jours avant.",
            gift=CreditedShare(share),
            until=DaysBefore(days=days, at=dt.time(12)),
        )
        for days, share in zip(notices, given_back, strict=False)
    )
    rest = Outcome(label="Le reste.", gift=CreditedShare(given_back[-1]))
    last, first = (
        split_days(policies(*scale, rest), evolve(missed, at=at))
        for at in (missed.at, missed.at - sooner)
    )

    assert all(
        a.credited >= b.credited for a, b in zip(first, last, strict=True)
    )


@pytest.mark.rule("cancellation.waiting")
@given(waitings, absences())
def test_waiting_days_are_counted(waiting, missed):
    """
    Of one absence, no more days wait than the règlement says, the first one
    does, and none after one that does not.
    """
    rest = Outcome(
        label="Carence.",
        gift=CreditedShare(Decimal(1)),
        waiting=evolve(waiting, waived_by=()),
    )
    days = tuple(one.day for one in missed.days)
    alone = evolve(missed, booked=days, claim=None, past=())
    waits = [one.waiting_days > 0 for one in split_days(policies(rest), alone)]

    excluded = waiting.first_day is FirstDay.EXCLUDED
    assert waits[0]
    assert sum(waits) <= waiting.days + excluded
    assert all(before or not after for before, after in pairwise(waits))
