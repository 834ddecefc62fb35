"""
The deadlines of one child-day, told together: docs/spec/deadline.md.
"""

import datetime as dt
from decimal import Decimal

import pytest

from portail_core.domain.cancellation import (
    Counted,
    CreditedShare,
    Extent,
    InARow,
    Outcome,
    Policy,
    Quota,
    Reason,
    Whose,
)
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import DaysBefore, one_deadline
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import FactName, ReasonCode
from portail_core.domain.refusals import Refused
from portail_core.domain.spans import Each
from portail_core.domain.timetables import timetable
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    AN_INSTANT,
    FULL_DAY,
    PERIOD,
    POLICY,
    REGLEMENT,
    WEDNESDAY,
    WEDNESDAY_CARE,
    always,
)

FULL_DAYS = When((OneOf(FactName("amplitude"), (FULL_DAY,)),))
MORNINGS = When((OneOf(FactName("amplitude"), ("MATIN",)),))
FACTS = Facts(day=WEDNESDAY, accueil=WEDNESDAY_CARE, amplitude=FULL_DAY)
EVE = at_paris(dt.date(2026, 5, 26), dt.time(12))
REST = POLICY.outcomes[-1]
ILL = Reason(code=ReasonCode("maladie"), label="Maladie de l’enfant")


def told(reglement=REGLEMENT, facts=FACTS):
    return timetable(facts, period=PERIOD, reglement=reglement)


def outcome(label, **asked):
    return Outcome(
        label=label,
        gift=CreditedShare(Decimal(1)),
        until=DaysBefore(days=1, at=dt.time(12)),
        **asked,
    )


class TestTimetable:
    @pytest.mark.rule("deadline.told")
    def test_rules(self):
        """
        Booking, changing and cancelling have deadlines of their own, each
        with its rule.
        """
        found = told(
            changed(
                REGLEMENT,
                change_until=always(
                    one_deadline(DaysBefore(days=1, at=dt.time(12)))
                ),
            )
        )

        assert found.changing is not None
        assert (EVE, "deadline.days-before") == (
            found.changing.cutoff.last,
            found.changing.cutoff.rule,
        )
        assert not found.changing.is_late(EVE)
        assert found.changing.is_late(EVE + AN_INSTANT)
        assert EVE != found.booking.cutoff.last
        assert len(POLICY.outcomes) == len(found.cancelling)

    @pytest.mark.rule("deadline.told")
    def test_as_booking(self):
        """
        Where nothing is said of changing, nothing is told of it.
        """
        assert told().changing is None

    @pytest.mark.rule("deadline.told")
    def test_condition(self):
        """
        An outcome of other child-days is left out, and the others keep their
        place in the file.
        """
        policy = Policy(
            outcomes=(
                outcome("le matin", when=MORNINGS),
                outcome("la journée", when=FULL_DAYS),
                REST,
            )
        )

        found = told(changed(REGLEMENT, cancellations=always(policy)))

        assert ["la journée", REST.label] == [
            one.outcome.label for one in found.cancelling
        ]
        assert found.cancelling[0].path.endswith(".outcomes[1]")

    @pytest.mark.rule("deadline.told")
    @pytest.mark.parametrize(
        ("asks_for", "asked"),
        [
            ((), {}),
            (("reasons",), {"reasons": (ILL.code,)}),
            (("extent",), {"extent": Extent.WHOLE_WEEK}),
            (
                ("in_a_row",),
                {"in_a_row": InARow(days=4, counted=Counted.BOOKED)},
            ),
            (
                ("quota",),
                {"quota": Quota(days=3, each=Each.PERIOD, whose=Whose.CHILD)},
            ),
        ],
    )
    def test_asks_for(self, asks_for, asked):
        """
        An outcome that asks for more than a notice says so, and does not
        answer for the day alone.
        """
        policy = Policy(outcomes=(outcome("ainsi", **asked), REST))
        reglement = changed(
            REGLEMENT, reasons=(ILL,), cancellations=always(policy)
        )

        first, rest = timetable(
            FACTS, period=PERIOD, reglement=reglement
        ).cancelling

        assert asks_for == first.asks_for
        assert first.answers(EVE) is not bool(asks_for)
        assert not first.answers(EVE + AN_INSTANT)
        assert rest.answers(EVE + AN_INSTANT)

    @pytest.mark.rule("deadline.told", "fact.missing")
    def test_unknown(self):
        """
        Where a condition asks for a fact that nobody stated, it is named.
        """
        where = When((OneOf(FactName("residency"), ("commune",)),))
        policy = Policy(outcomes=(outcome("ainsi", when=where), REST))
        reglement = changed(REGLEMENT, cancellations=always(policy))

        with pytest.raises(Refused) as refused:
            told(reglement)

        assert (FactMissing(FactName("residency")),) == refused.value.refusals
