"""
docs/spec/ledger.md, rule by rule.
"""

import pytest

from portail_core.domain.ids import CreditNoteNumber, InvoiceNumber
from portail_core.domain.ledger import (
    Credit,
    CreditIssued,
    CreditsReserved,
    CreditsReturned,
    InvoiceSettled,
    Issue,
    Ledger,
    MoneyKept,
    Reservation,
    Reserve,
    Return,
    SetAside,
    Settle,
    decide,
    evolve,
)
from portail_core.domain.money import ZERO, eur
from tests.spec.guide import FIRST_TRY, MARTIN_DURAND, REGIE, SECOND_TRY

OLDER = CreditNoteNumber("ALSH-AV-2026-000001")
NEWER = CreditNoteNumber("ALSH-AV-2026-000002")
INVOICE = InvoiceNumber("ALSH-2026-000001")

EMPTY = Ledger(household=MARTIN_DURAND, regie=REGIE)


def after(*commands, ledger=EMPTY):
    for command in commands:
        for event in decide(command, ledger):
            ledger = evolve(ledger, event)
    return ledger


# Two avoirs: 5.00, then 8.00.
TWO = after(
    Issue(credit_note=OLDER, amount=eur("5.00")),
    Issue(credit_note=NEWER, amount=eur("8.00")),
)


def reserve(amount, attempt=FIRST_TRY):
    return Reserve(attempt=attempt, amount=eur(amount))


class TestOldestFirst:
    @pytest.mark.rule("ledger.credits.oldest-first")
    @pytest.mark.parametrize(
        ("parts", "amount"),
        [
            (((OLDER, "0.01"),), "0.01"),
            (((OLDER, "5.00"),), "5.00"),
            (((OLDER, "5.00"), (NEWER, "0.01")), "5.01"),
            (((OLDER, "5.00"), (NEWER, "8.00")), "13.00"),
        ],
    )
    def test_parts(self, parts, amount):
        """
        The older avoir is used up before the newer one is touched.
        """
        assert (
            CreditsReserved(
                attempt=FIRST_TRY,
                parts=tuple((number, eur(part)) for number, part in parts),
            ),
        ) == decide(reserve(amount), TWO)

    @pytest.mark.rule("ledger.credits.oldest-first")
    def test_used_up(self):
        """
        One that is used up is passed over.
        """
        ledger = after(reserve("5.00"), ledger=TWO)

        assert (
            CreditsReserved(attempt=SECOND_TRY, parts=((NEWER, eur("1.00")),)),
        ) == decide(reserve("1.00", SECOND_TRY), ledger)

    @pytest.mark.rule("ledger.credits.oldest-first")
    def test_rest(self):
        """
        One that is used in part keeps the rest.
        """
        ledger = after(reserve("6.00"), ledger=TWO)

        assert (
            Credit(number=OLDER, left=ZERO),
            Credit(number=NEWER, left=eur("7.00")),
        ) == ledger.credits


class TestReserved:
    @pytest.mark.rule("ledger.credits.reserved")
    def test_reserved(self):
        """
        What one attempt set apart is not there for another.
        """
        ledger = after(reserve("6.00"), ledger=TWO)

        assert [eur("6.00"), ZERO, eur("7.00")] == [
            ledger.reserved(FIRST_TRY),
            ledger.reserved(SECOND_TRY),
            ledger.available,
        ]
        assert (
            Reservation(attempt=FIRST_TRY, credit=OLDER, amount=eur("5.00")),
            Reservation(attempt=FIRST_TRY, credit=NEWER, amount=eur("1.00")),
        ) == ledger.reservations

    @pytest.mark.rule("ledger.credits.reserved")
    def test_more_than_there_is(self):
        """
        More than there is cannot be set apart.
        """
        with pytest.raises(AssertionError, match="no more is reserved"):
            decide(reserve("13.01"), TWO)

    @pytest.mark.rule("ledger.credits.reserved")
    def test_nothing(self):
        """
        Nothing needs no entry.
        """
        assert () == decide(reserve("0"), TWO)


class TestReturned:
    @pytest.mark.rule("ledger.credits.returned")
    def test_returned(self):
        """
        Each part goes back to the avoir it came from.
        """
        assert TWO == after(
            reserve("6.00"), Return(attempt=FIRST_TRY), ledger=TWO
        )

    @pytest.mark.rule("ledger.credits.returned")
    def test_in_two_parts(self):
        """
        Also where an attempt set parts of one avoir apart twice.
        """
        assert TWO == after(
            reserve("1.00"),
            reserve("2.00"),
            Return(attempt=FIRST_TRY),
            ledger=TWO,
        )

    @pytest.mark.rule("ledger.credits.returned")
    def test_own(self):
        """
        What another attempt set apart stays.
        """
        ledger = after(
            reserve("6.00"),
            reserve("2.00", SECOND_TRY),
            Return(attempt=FIRST_TRY),
            ledger=TWO,
        )

        assert [ZERO, eur("2.00"), eur("11.00")] == [
            ledger.reserved(FIRST_TRY),
            ledger.reserved(SECOND_TRY),
            ledger.available,
        ]

    @pytest.mark.rule("ledger.credits.returned")
    @pytest.mark.parametrize(
        "ledger",
        [
            TWO,
            after(reserve("6.00"), Return(attempt=FIRST_TRY), ledger=TWO),
            after(reserve("6.00", SECOND_TRY), ledger=TWO),
        ],
        ids=["nothing set apart", "returned before", "another's"],
    )
    def test_once(self, ledger):
        """
        Nothing comes back twice.
        """
        assert () == decide(Return(attempt=FIRST_TRY), ledger)

    @pytest.mark.rule("ledger.credits.returned")
    def test_event(self):
        """
        That it came back is told.
        """
        assert (CreditsReturned(attempt=FIRST_TRY),) == decide(
            Return(attempt=FIRST_TRY), after(reserve("6.00"), ledger=TWO)
        )


class TestSettled:
    @pytest.mark.rule("ledger.settled")
    @pytest.mark.parametrize(
        ("received", "reserved"),
        [("12.50", "0"), ("6.50", "6.00"), ("0", "12.50")],
        ids=["money alone", "both", "avoirs alone"],
    )
    def test_settled(self, received, reserved):
        """
        Money pays what avoirs set apart do not.
        """
        ledger = after(reserve(reserved), ledger=TWO)

        (event,) = decide(
            Settle(attempt=FIRST_TRY, invoice=INVOICE, amount=eur("12.50")),
            ledger,
        )

        assert (
            InvoiceSettled(
                attempt=FIRST_TRY,
                invoice=INVOICE,
                amount=eur("12.50"),
                received=eur(received),
            )
            == event
        )
        settled = evolve(ledger, event)
        assert [eur("12.50"), eur(received), ZERO] == [
            settled.invoiced,
            settled.received,
            settled.reserved(FIRST_TRY),
        ]

    @pytest.mark.rule("ledger.settled")
    def test_own(self):
        """
        Only what this attempt set apart.
        """
        ledger = after(
            reserve("5.00"),
            reserve("2.00", SECOND_TRY),
            Settle(attempt=FIRST_TRY, invoice=INVOICE, amount=eur("12.50")),
            ledger=TWO,
        )

        assert [eur("7.50"), eur("2.00")] == [
            ledger.received,
            ledger.reserved(SECOND_TRY),
        ]

    @pytest.mark.rule("ledger.set-aside")
    def test_set_aside(self):
        """
        Money that matches nothing pays nothing.
        """
        (event,) = decide(
            SetAside(attempt=FIRST_TRY, amount=eur("9.99")), EMPTY
        )

        assert MoneyKept(attempt=FIRST_TRY, amount=eur("9.99")) == event
        assert Ledger(
            household=MARTIN_DURAND, regie=REGIE, set_aside=eur("9.99")
        ) == evolve(EMPTY, event)

    @pytest.mark.rule("ledger.balance")
    def test_issued(self):
        """
        An avoir given is an avoir left.
        """
        assert (
            CreditIssued(credit_note=OLDER, amount=eur("5.00")),
        ) == decide(Issue(credit_note=OLDER, amount=eur("5.00")), EMPTY)
        assert [eur("13.00"), eur("13.00")] == [TWO.credited, TWO.available]
