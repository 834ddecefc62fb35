"""
docs/spec/gate.md: graces, arrears, and gates that are not asked.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.accounts import AccountState
from portail_core.domain.admission import Admission, Gate, Waiver
from portail_core.domain.arrears import (
    Debt,
    OncePaid,
    OwedAtMonthEnd,
    OwesOver,
)
from portail_core.domain.bookings import refusals
from portail_core.domain.conditions import Yearly
from portail_core.domain.documents import (
    AfterItsEnd,
    DocumentState,
    FromFirstDay,
    PartOfYear,
)
from portail_core.domain.gates import (
    ArrearsAtMonthEnd,
    ArrearsOver,
    DocumentExpired,
    DocumentGraceOver,
    DocumentMissing,
    EmailUnconfirmed,
    QuotientUnrecorded,
    unmet,
    unmet_on,
)
from portail_core.domain.ids import DocumentId
from portail_core.domain.money import eur
from portail_core.domain.terms import Terms
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    A_DAY,
    ACCOUNT,
    ASKED_AT,
    DOSSIER,
    HOUSEHOLD,
    LOU,
    NEXT_WEDNESDAY,
    PERIOD,
    REGLEMENT,
    SITUATION,
    WEDNESDAY,
    always,
    line,
)
from tests.spec.test_gate import GOOD, HEALTH_FORM, TODAY

VACCINES = evolve(HEALTH_FORM, label="Vaccinations")
(ACCUEIL,) = REGLEMENT.accueils
PENDING = evolve(ACCOUNT, state=AccountState.PENDING_EMAIL)


def told(*graces, booked=WEDNESDAY, first_day=None, documents=(), day=TODAY):
    """
    What the vaccinations, with *graces*, make of the day *booked*.
    """
    return tuple(
        unmet_on(
            booked,
            reglement=changed(
                REGLEMENT, documents=(evolve(VACCINES, graces=graces),)
            ),
            dossier=evolve(DOSSIER, documents=documents),
            period=PERIOD,
            child=LOU,
            first_day=first_day or booked,
            day=day,
        )
    )


class TestGrace:
    ENDED = evolve(GOOD, valid_from=TODAY - 9 * A_DAY, valid_to=TODAY - A_DAY)
    THREE_MONTHS = FromFirstDay(3)
    UNTIL_WEDNESDAY = AfterItsEnd((WEDNESDAY - TODAY).days + 1)

    @pytest.mark.rule("gate.document.grace")
    @pytest.mark.parametrize(
        ("booked", "told_of"),
        [
            (dt.date(2026, 8, 19), ()),
            (
                dt.date(2026, 8, 20),
                (DocumentGraceOver("Vaccinations", dt.date(2026, 8, 19)),),
            ),
        ],
        ids=["the last day", "the day after"],
    )
    def test_months(self, booked, told_of):
        """
        Three months from the first day that the child comes: 20 May.
        """
        assert told_of == told(
            self.THREE_MONTHS,
            booked=booked,
            first_day=dt.date(2026, 5, 20),
        )

    @pytest.mark.rule("gate.document.grace")
    def test_months_are_over(self):
        """
        Once they are over, it is missing, as it would be without a grace.
        """
        assert (DocumentMissing("Vaccinations"),) == told(
            self.THREE_MONTHS, first_day=dt.date(2026, 1, 7)
        )

    @pytest.mark.rule("gate.document.grace")
    @pytest.mark.parametrize(
        "state", [DocumentState.SUBMITTED, DocumentState.REFUSED]
    )
    def test_after_its_end(self, state):
        """
        So many days after the end of the former one, whatever became of the
        next.
        """
        next_one = evolve(
            GOOD,
            id=DocumentId("2"),
            state=state,
            valid_from=None,
            valid_to=None,
            reason="illisible",
            submitted_at=ASKED_AT,
        )
        given = (self.ENDED, next_one)

        assert () == told(self.UNTIL_WEDNESDAY, documents=given)
        assert (DocumentGraceOver("Vaccinations", WEDNESDAY),) == told(
            self.UNTIL_WEDNESDAY,
            documents=given,
            booked=WEDNESDAY + A_DAY,
        )

    @pytest.mark.rule("gate.document.grace")
    def test_after_no_end(self):
        """
        Of a document that never was, there is no end to count from.
        """
        assert (DocumentMissing("Vaccinations"),) == told(self.UNTIL_WEDNESDAY)

    @pytest.mark.rule("gate.document.grace")
    def test_after_its_end_is_over(self):
        """
        Once these days are over, it has expired.
        """
        assert (DocumentExpired("Vaccinations", TODAY - A_DAY),) == told(
            AfterItsEnd(30),
            documents=(self.ENDED,),
            day=TODAY + 40 * A_DAY,
            booked=TODAY + 50 * A_DAY,
        )

    @pytest.mark.rule("gate.document.grace")
    def test_not_needed(self):
        """
        A document that is there needs no grace, though it has one.
        """
        assert () == told(
            self.THREE_MONTHS,
            documents=(GOOD,),
            first_day=dt.date(2026, 1, 7),
        )

    @pytest.mark.rule("gate.document.grace")
    def test_end_of_time(self):
        """
        A grace ends with the calendar.
        """
        assert dt.date.max == AfterItsEnd(30).last_day(
            dt.date.max - A_DAY, TODAY
        )

    @pytest.mark.rule("gate.document.grace")
    @pytest.mark.parametrize(
        ("booked", "told_of"),
        [
            (dt.date(2026, 9, 30), ()),
            (dt.date(2026, 10, 1), (DocumentMissing("Vaccinations"),)),
        ],
    )
    def test_part_of_year(self, booked, told_of):
        """
        « dossier complet au 1er octobre »: September may be booked.
        """
        september = PartOfYear(Yearly(first=901, last=930))

        assert told_of == told(september, booked=booked)

    @pytest.mark.rule("gate.document.grace")
    def test_one_is_enough(self):
        """
        Where there are several, one is enough.
        """
        september = PartOfYear(Yearly(first=901, last=930))

        assert () == told(self.THREE_MONTHS, september)
        assert () == told(september, self.THREE_MONTHS)

    @pytest.mark.rule("gate.document.grace")
    def test_request(self):
        """
        The first day of a request is the first that the child comes, unless
        it came before; a document is told once.
        """
        under = changed(
            REGLEMENT,
            documents=(evolve(VACCINES, graces=(FromFirstDay(1),)),),
        )
        lines = (line(), line(NEXT_WEDNESDAY))
        before = evolve(
            SITUATION, reglement=under, first_day=dt.date(2026, 4, 29)
        )

        assert () == refusals(
            lines,
            period=PERIOD,
            situation=evolve(SITUATION, reglement=under),
            at=ASKED_AT,
        )
        assert (
            DocumentGraceOver("Vaccinations", dt.date(2026, 5, 28)),
        ) == refusals(lines, period=PERIOD, situation=before, at=ASKED_AT)

    @pytest.mark.rule("gate.document.grace")
    def test_without(self):
        """
        Without a grace, it closes every day alike.
        """
        under = changed(REGLEMENT, gates=(), documents=(VACCINES,))

        assert (DocumentMissing("Vaccinations"),) == unmet(
            under, DOSSIER, period=PERIOD, child=LOU, day=TODAY
        )
        assert () == told()


class TestArrears:
    @staticmethod
    def owing(limit, *debts, day=TODAY, booked=WEDNESDAY):
        under = changed(REGLEMENT, gates=(), arrears=limit and always(limit))
        dossier = evolve(DOSSIER, debts=debts)
        return (
            *unmet(under, dossier, period=PERIOD, child=LOU, day=day),
            *unmet_on(
                booked,
                reglement=under,
                dossier=dossier,
                period=PERIOD,
                child=LOU,
                first_day=booked,
                day=day,
            ),
        )

    @pytest.mark.rule("gate.arrears.over")
    @pytest.mark.parametrize(
        ("amount", "told_of"),
        [
            ("50.00", ()),
            ("50.01", (ArrearsOver(eur("50.01"), eur("50.00")),)),
        ],
        ids=["as much", "a cent more"],
    )
    def test_over(self, amount, told_of):
        """
        The last cent that may be owed closes nothing.
        """
        debt = Debt(amount=eur(amount), due_on=TODAY - A_DAY)

        assert told_of == self.owing(OwesOver(over=eur("50.00")), debt)

    @pytest.mark.rule("gate.arrears.over")
    @pytest.mark.parametrize(
        "debt",
        [
            Debt(amount=eur("80"), due_on=TODAY),
            Debt(amount=eur("80"), due_on=TODAY - A_DAY, paid_on=TODAY),
        ],
        ids=["due today", "paid today"],
    )
    def test_not_owed(self, debt):
        """
        What may still be paid in time is not owed, nor what is paid.
        """
        assert () == self.owing(OwesOver(over=eur("0")), debt)

    @pytest.mark.rule("gate.arrears.over")
    def test_no_limit(self):
        """
        Without a limit, or before the first, a debt closes nothing.
        """
        debt = Debt(amount=eur("80"), due_on=TODAY - A_DAY)
        early = dt.date(2025, 8, 31)

        assert () == self.owing(None, debt)
        assert () == self.owing(
            OwesOver(over=eur("0")),
            evolve(debt, due_on=early - A_DAY),
            day=early,
        )

    @pytest.mark.rule("gate.arrears.over")
    def test_below_zero(self):
        """
        Nobody owes less than nothing.
        """
        with pytest.raises(ValueError, match="over is below zero"):
            OwesOver(over=eur("-0.01"))

    MAY = dt.date(2026, 5, 1)
    JUNE = dt.date(2026, 6, 1)

    @pytest.mark.rule("gate.arrears.month-end")
    @pytest.mark.parametrize(
        ("due_on", "closed"),
        [(dt.date(2026, 4, 30), True), (dt.date(2026, 5, 1), False)],
        ids=["before the month ended", "after"],
    )
    @pytest.mark.parametrize("once_paid", OncePaid)
    def test_month_end(self, due_on, closed, once_paid):
        """
        What was owed when April ended closes May.
        """
        limit = OwedAtMonthEnd(over=eur("0"), once_paid=once_paid)
        debt = Debt(amount=eur("12"), due_on=due_on)

        assert (
            (ArrearsAtMonthEnd(self.MAY, eur("12")),) if closed else ()
        ) == (self.owing(limit, debt))

    @pytest.mark.rule("gate.arrears.month-end")
    @pytest.mark.parametrize(
        ("once_paid", "paid_on", "closed"),
        [
            (OncePaid.ADMITTED, dt.date(2026, 5, 1), False),
            (OncePaid.NEXT_MONTH, dt.date(2026, 5, 1), True),
            (OncePaid.NEXT_MONTH, dt.date(2026, 4, 30), False),
        ],
        ids=["admitted", "not before June", "in time"],
    )
    def test_once_paid(self, once_paid, paid_on, closed):
        """
        Whether paying in May opens May again is the règlement's to say.
        """
        limit = OwedAtMonthEnd(over=eur("0"), once_paid=once_paid)
        debt = Debt(
            amount=eur("12"), due_on=dt.date(2026, 4, 15), paid_on=paid_on
        )

        assert closed is bool(self.owing(limit, debt))

    @pytest.mark.rule("gate.arrears.month-end")
    @pytest.mark.parametrize(
        ("day", "closed"),
        [(dt.date(2026, 5, 31), False), (dt.date(2026, 6, 1), True)],
        ids=["May is not over", "May is over"],
    )
    def test_month_to_come(self, day, closed):
        """
        A month that has not ended closes nothing.
        """
        limit = OwedAtMonthEnd(over=eur("0"), once_paid=OncePaid.ADMITTED)
        debt = Debt(amount=eur("12"), due_on=dt.date(2026, 5, 15))

        assert closed is bool(
            self.owing(limit, debt, day=day, booked=NEXT_WEDNESDAY)
        )


class TestLevels:
    STRICT = (Gate.QUOTIENT_RECORDED,)

    @pytest.mark.rule("gate.nearest")
    @pytest.mark.parametrize(
        ("accueil", "period", "closed"),
        [
            (None, None, True),
            ((), None, False),
            ((), (Gate.QUOTIENT_RECORDED,), True),
            (None, (), False),
        ],
        ids=["operator", "accueil", "period", "period alone"],
    )
    def test_nearest(self, accueil, period, closed):
        """
        The nearest that says something decides, were it nothing.
        """
        here = evolve(PERIOD, terms=Terms(gates=period))
        under = changed(
            REGLEMENT,
            gates=self.STRICT,
            accueils=(evolve(ACCUEIL, terms=Terms(gates=accueil)),),
            periods=(here,),
        )
        dossier = evolve(DOSSIER, household=evolve(HOUSEHOLD, quotient=None))

        assert ((QuotientUnrecorded(),) if closed else ()) == unmet(
            under, dossier, period=here, child=LOU, day=TODAY
        )

    @pytest.mark.rule("gate.not-asked")
    @pytest.mark.parametrize("waiver", Waiver)
    def test_not_asked(self, waiver):
        """
        A school meal is a right: each gate may be named as not asked there.
        """
        canteen = evolve(
            ACCUEIL,
            admission=Admission.PRE_REGISTRATION,
            terms=Terms(waivers=(waiver,)),
        )
        under = changed(
            REGLEMENT,
            gates=(),
            accueils=(canteen,),
            documents=(VACCINES,),
            arrears=always(OwesOver(over=eur("0"))),
        )
        rules = {
            Waiver.EMAIL_CONFIRMED: "gate.email.confirmed",
            Waiver.ARREARS: "gate.arrears.over",
            Waiver.PRE_REGISTRATION: "gate.pre-registration.missing",
            Waiver.DOCUMENTS: "gate.document.missing",
        }
        dossier = evolve(
            DOSSIER,
            account=PENDING,
            debts=(Debt(amount=eur("1"), due_on=TODAY - A_DAY),),
        )

        closed = unmet(under, dossier, period=PERIOD, child=LOU, day=TODAY)

        assert rules.keys() - {waiver} == {
            name
            for name, rule in rules.items()
            if rule in {refusal.rule for refusal in closed}
        }

    @pytest.mark.rule("gate.not-asked")
    def test_invited(self):
        """
        An account whose link was not followed has nobody who may ask.
        """
        under = changed(REGLEMENT, gates=(), waivers=(Waiver.EMAIL_CONFIRMED,))
        invited = evolve(ACCOUNT, state=AccountState.INVITED)

        assert (EmailUnconfirmed(),) == unmet(
            under,
            evolve(DOSSIER, account=invited),
            period=PERIOD,
            child=LOU,
            day=TODAY,
        )
