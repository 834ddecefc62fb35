"""
docs/spec/absence.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.absences import (
    AbsencePolicy,
    Applied,
    ChargeKind,
    DayRule,
    LatePickup,
    PastIncident,
    PickupRule,
    Repeated,
    Unbooked,
    Unexcused,
    charge,
)
from portail_core.domain.cancellation import Whose
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.dated import Decision, History
from portail_core.domain.facts import FactMissing, Facts
from portail_core.domain.ids import ChildId, FactName, PeriodCode
from portail_core.domain.money import eur
from portail_core.domain.refusals import Refused
from portail_core.domain.spans import Each
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    FULL_DAY,
    LOU,
    REGLEMENT,
    SINCE,
    SOURCE,
    THE_PERIOD,
    WEDNESDAY,
    WEDNESDAY_CARE,
    always,
)

CAMILLE = ChildId("camille")
FACTS = Facts(day=WEDNESDAY, accueil=WEDNESDAY_CARE, amplitude=FULL_DAY)
PRICE = eur("12.50")
MISSED = Unexcused(facts=FACTS, price=PRICE)
CAME = Unbooked(facts=FACTS, price=PRICE)

DUE = DayRule(label="Due.", price_share=Decimal(1))
FINE = DayRule(label="Pénalité.", penalty=eur("5"))
QUARTER = PickupRule(
    label="5 € par enfant et par quart d'heure entamé.",
    closes_at=dt.time(18, 30),
    penalty=eur("5"),
    started_minutes=15,
    whose=Whose.CHILD,
)
ONLY_WEDNESDAYS = When((OneOf(FactName("weekday"), ("wednesday",)),))
ONLY_THERE = When((OneOf(FactName("residency"), ("commune",)),))


def picked_up(at, *children):
    """
    Lou, or several children, at this hour of WEDNESDAY.
    """
    return LatePickup(
        facts=FACTS,
        at=dt.time.fromisoformat(at),
        children=children or (LOU,),
    )


def charged(incident, before=(), path="absences[0]", **lists):
    decision = Decision(
        since=SINCE, source=SOURCE, value=AbsencePolicy(**lists), path=path
    )
    return charge(
        History((decision,)), incident, period=THE_PERIOD, before=before
    )


def amounts(charges):
    return [(one.kind, one.amount) for one in charges]


class TestDay:
    @pytest.mark.rule("absence.unexcused", "absence.unbooked")
    @pytest.mark.parametrize(
        ("expected", "rule"),
        [
            ([(ChargeKind.PRICE, PRICE)], DUE),
            (
                [(ChargeKind.PRICE, eur("0"))],
                evolve(DUE, price_share=Decimal(0)),
            ),
            (
                [(ChargeKind.PRICE, eur("18.75"))],
                evolve(DUE, price_share=Decimal("1.5")),
            ),
            (
                [(ChargeKind.PRICE, eur("1.56"))],
                evolve(DUE, price_share=Decimal("0.125")),
            ),
            ([(ChargeKind.PENALTY, eur("5"))], FINE),
            (
                [(ChargeKind.PRICE, PRICE), (ChargeKind.PENALTY, eur("5"))],
                evolve(DUE, penalty=eur("5")),
            ),
        ],
        ids=["due", "free", "more", "half a cent", "penalty", "both"],
    )
    def test_price(self, expected, rule):
        """
        A part of the price in its place, a penalty beside it, or both.
        """
        assert expected == amounts(charged(MISSED, unexcused=(rule,)))
        assert expected == amounts(charged(CAME, unbooked=(rule,)))

    @pytest.mark.rule("absence.first-answers")
    def test_nothing(self):
        """
        Where no rule answers, nothing is charged.
        """
        assert () == charged(MISSED, unbooked=(DUE,))
        assert () == charged(CAME, unexcused=(DUE,))
        assert () == charged(picked_up("23:59:59"), unexcused=(DUE,))

    @pytest.mark.rule("absence.explained")
    def test_explained(self):
        """
        A charge says how it was reckoned, and by which rule.
        """
        rules = (
            evolve(FINE, repeated=Repeated(from_nth=2, each=Each.YEAR)),
            evolve(DUE, price_share=Decimal("0.5")),
        )

        (one,) = charged(MISSED, unexcused=rules)

        assert (PRICE, Decimal("0.5"), eur("6.25")) == (
            one.unit_amount,
            one.quantity,
            one.amount,
        )
        assert (
            "absence.unexcused",
            "absences[0].unexcused[1]",
            "Due.",
            SOURCE,
        ) == (one.rule, one.path, one.label, one.source)

    @pytest.mark.rule("absence.if-decided")
    @pytest.mark.parametrize("applied", Applied)
    def test_applied(self, applied):
        """
        It says whether staff has to decide.
        """
        rule = evolve(FINE, applied=applied)

        (one,) = charged(MISSED, unexcused=(rule,))

        assert applied is one.applied

    @pytest.mark.rule("absence.when", "absence.first-answers")
    def test_when(self):
        """
        The first rule that holds for the child-day answers.
        """
        rules = (evolve(FINE, when=ONLY_WEDNESDAYS), DUE)
        tuesday = WEDNESDAY - dt.timedelta(days=1)
        other = evolve(MISSED, facts=evolve(FACTS, day=tuesday))

        assert ["Pénalité."] == [
            one.label for one in charged(MISSED, unexcused=rules)
        ]
        assert ["Due."] == [
            one.label for one in charged(other, unexcused=rules)
        ]

    @pytest.mark.rule("absence.when")
    def test_unknown(self):
        """
        A fact that nobody stated is refused by name.
        """
        with pytest.raises(Refused) as refused:
            charged(MISSED, unexcused=(evolve(DUE, when=ONLY_THERE),))

        assert (FactMissing(FactName("residency")),) == refused.value.refusals


class TestNth:
    THIRD = evolve(FINE, repeated=Repeated(from_nth=3, each=Each.MONTH))

    @pytest.mark.rule("absence.nth")
    @pytest.mark.parametrize(
        ("label", "times"),
        [("Due.", 0), ("Due.", 1), ("Pénalité.", 2), ("Pénalité.", 9)],
    )
    def test_from(self, label, times):
        """
        From the third of the month on, another rule answers.
        """
        before = (PastIncident(day=WEDNESDAY, period=THE_PERIOD),) * times

        (one,) = charged(MISSED, before, unexcused=(self.THIRD, DUE))

        assert label == one.label

    @pytest.mark.rule("absence.nth")
    @pytest.mark.parametrize(
        ("label", "each", "day", "period"),
        [
            ("Due.", Each.MONTH, dt.date(2026, 4, 30), THE_PERIOD),
            ("Pénalité.", Each.MONTH, dt.date(2026, 5, 1), THE_PERIOD),
            ("Due.", Each.PERIOD, WEDNESDAY, PeriodCode("autre")),
            ("Pénalité.", Each.PERIOD, dt.date(2025, 1, 1), THE_PERIOD),
            ("Due.", Each.SCHOOL_YEAR, dt.date(2025, 8, 31), THE_PERIOD),
            ("Pénalité.", Each.SCHOOL_YEAR, dt.date(2025, 9, 1), THE_PERIOD),
            ("Due.", Each.YEAR, dt.date(2025, 12, 31), THE_PERIOD),
            ("Pénalité.", Each.YEAR, dt.date(2026, 1, 1), THE_PERIOD),
        ],
    )
    def test_each(self, label, each, day, period):
        """
        Those of another month, period or year do not count.
        """
        rule = evolve(FINE, repeated=Repeated(from_nth=3, each=each))
        before = (PastIncident(day=day, period=period),) * 2

        (one,) = charged(MISSED, before, unexcused=(rule, DUE))

        assert label == one.label


class TestLatePickup:
    @pytest.mark.rule("absence.late-pickup")
    @pytest.mark.parametrize(
        ("expected", "grace", "at"),
        [
            (0, 0, "18:29:59.999999"),
            (5, 0, "18:30:00"),
            (0, 5, "18:34:59.999999"),
            (5, 5, "18:35:00"),
            (0, 1439, "23:59:59"),
        ],
    )
    def test_from(self, expected, grace, at):
        """
        From the hour and the grace on, that very moment included.
        """
        rule = evolve(QUARTER, grace_minutes=grace)

        found = charged(picked_up(at), late_pickup=(rule,))

        assert expected * 100 == sum(one.amount.cents for one in found)
        assert {ChargeKind.PENALTY} >= {one.kind for one in found}

    @pytest.mark.rule("absence.late-pickup.started")
    @pytest.mark.parametrize(
        ("times", "minutes", "at"),
        [
            (1, 15, "18:30:00"),
            (1, 15, "18:45:00"),
            (2, 15, "18:45:00.000001"),
            (2, 15, "19:00:00"),
            (3, 15, "19:00:01"),
            (1, None, "23:00:00"),
        ],
    )
    def test_started(self, times, minutes, at):
        """
        Once for each quarter of an hour that has begun, or once.
        """
        rule = evolve(QUARTER, started_minutes=minutes)

        (one,) = charged(picked_up(at), late_pickup=(rule,))

        assert (times, eur("5"), eur("5").times(Decimal(times))) == (
            one.quantity,
            one.unit_amount,
            one.amount,
        )

    @pytest.mark.rule("absence.late-pickup.whose")
    @pytest.mark.parametrize(
        ("expected", "whose"), [("20", Whose.CHILD), ("10", Whose.HOUSEHOLD)]
    )
    def test_whose(self, expected, whose):
        """
        Two children, two quarters of an hour: of each, or once.
        """
        rule = evolve(QUARTER, whose=whose)

        (one,) = charged(
            picked_up("18:50:00", LOU, CAMILLE), late_pickup=(rule,)
        )

        assert eur(expected) == one.amount

    @pytest.mark.rule("absence.late-pickup.at-most")
    @pytest.mark.parametrize(
        ("expected", "at"), [("10", "18:50:00"), ("12", "19:00:01")]
    )
    def test_at_most(self, expected, at):
        """
        An evening costs no more than its bound.
        """
        rule = evolve(QUARTER, at_most=eur("12"))

        (one,) = charged(picked_up(at), late_pickup=(rule,))

        assert eur(expected) == one.amount

    @pytest.mark.rule("absence.first-answers")
    def test_later(self):
        """
        A later hour may cost otherwise, if it stands first.
        """
        later = evolve(
            QUARTER, closes_at=dt.time(19), penalty=eur("20"), label="19 h."
        )

        assert ["19 h."] == [
            one.label
            for one in charged(
                picked_up("19:00:00"), late_pickup=(later, QUARTER)
            )
        ]
        assert [QUARTER.label] == [
            one.label
            for one in charged(
                picked_up("18:59:59"), late_pickup=(later, QUARTER)
            )
        ]

    @pytest.mark.rule("absence.late-pickup")
    def test_whom(self):
        """
        Somebody was picked up, by the clock on the wall.
        """
        with pytest.raises(ValueError, match="children is empty"):
            LatePickup(facts=FACTS, at=dt.time(19), children=())


class TestPolicy:
    @pytest.mark.rule("absence.never-answers")
    @pytest.mark.parametrize(
        "rules",
        [
            (DUE, FINE),
            (evolve(DUE, when=ONLY_THERE), evolve(FINE, when=ONLY_THERE)),
            (DUE, evolve(FINE, repeated=Repeated(from_nth=2, each=Each.YEAR))),
            (
                evolve(DUE, repeated=Repeated(from_nth=1, each=Each.MONTH)),
                FINE,
            ),
            (
                evolve(DUE, repeated=Repeated(from_nth=2, each=Each.YEAR)),
                evolve(FINE, repeated=Repeated(from_nth=3, each=Each.YEAR)),
            ),
        ],
        ids=["same", "same condition", "Nth below", "first", "2nd, then 3rd"],
    )
    def test_hidden(self, rules):
        """
        A rule that another always answers before is a mistake.
        """
        with pytest.raises(ValueError, match=r"rule 2, .* would never answer"):
            AbsencePolicy(unexcused=rules)

    @pytest.mark.rule("absence.never-answers")
    @pytest.mark.parametrize(
        "rules",
        [
            (evolve(DUE, when=ONLY_THERE), FINE),
            (
                evolve(DUE, repeated=Repeated(from_nth=3, each=Each.YEAR)),
                evolve(FINE, repeated=Repeated(from_nth=2, each=Each.YEAR)),
                evolve(FINE, repeated=Repeated(from_nth=4, each=Each.MONTH)),
                FINE,
            ),
        ],
        ids=["condition", "third, second, other count, rest"],
    )
    def test_not_hidden(self, rules):
        """
        Rules that each may answer are kept.
        """
        assert rules == AbsencePolicy(unbooked=rules).unbooked

    @pytest.mark.rule("absence.never-answers")
    def test_hidden_hour(self):
        """
        So is a later hour below an earlier one.
        """
        later = evolve(QUARTER, closes_at=dt.time(19))

        with pytest.raises(ValueError, match="late_pickup: rule 2"):
            AbsencePolicy(late_pickup=(QUARTER, later))

    @pytest.mark.rule("absence.never-answers")
    def test_nothing(self):
        """
        So is a rule that charges nothing, and does not say so.
        """
        with pytest.raises(ValueError, match=r"« Rien\. » charges nothing"):
            DayRule(label="Rien.")

    @pytest.mark.rule("absence.late-pickup")
    def test_grace(self):
        """
        A grace that outlasts the day is a mistake.
        """
        with pytest.raises(ValueError, match="expected less than a day"):
            evolve(QUARTER, grace_minutes=1440)

    @pytest.mark.rule("absence.levels")
    def test_levels(self):
        """
        The nearest level that decides does; none may.
        """
        (period,) = REGLEMENT.periods
        mine, theirs = (
            always(AbsencePolicy(unexcused=(rule,))) for rule in (DUE, FINE)
        )
        nearer = evolve(period, terms=evolve(period.terms, absences=mine))

        assert REGLEMENT.absences_of(period) is None
        reglement = changed(REGLEMENT, absences=theirs)
        assert theirs == reglement.absences_of(period)
        assert mine == reglement.absences_of(nearer)
