"""
« Mes factures »: what waits, what was issued, what is left.
"""

import pytest

from portail_core import Money, eur, french
from portail_core.application.papers import Balance
from portail_core.domain.ids import RegieCode
from portail_core.domain.invoices import InvoiceState
from portail_core.domain.ledger import Credit
from portail_core.testing import MemoryStore, builders
from tests.application.conftest import (
    A_MINUTE,
    AFTER,
    NEXT,
    REGIE,
    WEDNESDAY,
    World,
)

DAY = eur("18.38")


class TestInvoices:
    @pytest.mark.rule("invoice.list")
    def test_newest_first(self, world, family):
        """
        The last invoice comes first; another household's are not counted.
        """
        for day in (WEDNESDAY, NEXT, AFTER):
            family.book(day)
            world.clock.move(A_MINUTE)
        world.family("durand").book(WEDNESDAY)

        first, last = (
            family.desk.invoices.all(page=page, size=2) for page in (1, 2)
        )

        assert ["ALSH-2026-000003", "ALSH-2026-000002"] == [
            listed.invoice.number for listed in first.items
        ]
        assert ["1 - 2 sur 3", "3 - 3 sur 3"] == [
            french.page(first),
            french.page(last),
        ]

    @pytest.mark.rule("invoice.list")
    def test_avoirs_newest_first(self, world, family):
        """
        So does the last avoir.
        """
        request = family.book(WEDNESDAY, NEXT, AFTER)
        for day in (WEDNESDAY, NEXT, AFTER):
            family.cancel(request.number, day)
            world.clock.move(A_MINUTE)

        page = family.desk.invoices.credit_notes(page=2, size=2)

        assert ["ALSH-AV-2026-000001"] == [note.number for note in page.items]
        assert "3 - 3 sur 3" == french.page(page)

    @pytest.mark.rule("invoice.state")
    def test_state(self, world, family):
        """
        An invoice is paid, then given back day by day; both its list and its
        detail name the avoirs, oldest first, and only its own.
        """
        request = family.book(WEDNESDAY, NEXT)
        world.clock.move(A_MINUTE)
        family.book(AFTER)
        seen = []
        for days in ((), (WEDNESDAY,), (NEXT,)):
            if days:
                family.cancel(request.number, *days)
            other, listed = family.desk.invoices.all().items
            shown = family.desk.invoices.show(listed.invoice.number)
            assert (shown.state, shown.credit_notes) == (
                listed.state,
                listed.credit_notes,
            )
            assert (InvoiceState.PAID, ()) == (other.state, other.credit_notes)
            seen.append(
                (listed.state, [note.number for note in listed.credit_notes])
            )

        notes = ["ALSH-AV-2026-000001", "ALSH-AV-2026-000002"]
        assert [
            (InvoiceState.PAID, []),
            (InvoiceState.PARTLY_CREDITED, notes[:1]),
            (InvoiceState.CREDITED, notes),
        ] == seen


class TestSummary:
    @pytest.mark.rule("invoice.summary")
    def test_nothing(self, family):
        """
        « Facture(s) en attente de paiement : 0 ».
        """
        summary = family.desk.invoices.summary()

        assert (0, Money(0), 0, 0, (), Money(0)) == (
            summary.pending,
            summary.to_pay,
            summary.invoices,
            summary.credit_notes,
            summary.balances,
            summary.available,
        )

    @pytest.mark.rule("invoice.summary")
    @pytest.mark.rule("invoice.waiting")
    def test_counts(self, family):
        """
        Two requests wait; an invoice was issued, and an avoir on it.
        """
        request = family.book(WEDNESDAY)
        family.cancel(request.number, WEDNESDAY)
        family.ask(WEDNESDAY)
        family.ask(NEXT, AFTER)

        summary = family.desk.invoices.summary()

        assert (2, DAY + DAY + DAY, 1, 1) == (
            summary.pending,
            summary.to_pay,
            summary.invoices,
            summary.credit_notes,
        )
        assert (Balance(regie=REGIE, available=DAY),) == summary.balances

    @pytest.mark.rule("invoice.summary")
    def test_regie_gone(self):
        """
        What is left at a régie that the règlement does not have is counted:
        it is the household's money.
        """
        # A world of its own: nothing but this ledger knows of that avoir.
        world = World(MemoryStore())
        family = world.family()
        old = RegieCode("ancienne")
        household = family.member.household
        with world.store.transaction() as tx:
            tx.put(
                builders.ledger(
                    household=household,
                    regie=old,
                    credited=eur("5.00"),
                    credits=(
                        Credit(number=builders.CREDIT_NOTE, left=eur("5.00")),
                    ),
                )
            )
        request = family.book(WEDNESDAY)
        family.cancel(request.number, WEDNESDAY)

        summary = family.desk.invoices.summary()

        assert (
            Balance(regie=REGIE, available=DAY),
            Balance(regie=old, available=eur("5.00")),
        ) == summary.balances
        assert DAY + eur("5.00") == summary.available
        assert summary.available == family.desk.invoices.credit_balance()
