"""
docs/spec/invoice.md, rule by rule.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core.domain.ids import CreditNoteNumber, InvoiceNumber, RegieCode
from portail_core.domain.invoices import (
    CreditedDay,
    CreditNote,
    Invoice,
    InvoiceLine,
    Series,
    credit_note_number,
    credit_note_series,
    invoice_number,
    invoice_series,
)
from portail_core.domain.money import ZERO, eur
from portail_core.domain.reglement import Regie
from tests.spec.guide import (
    ASKED_AT,
    FIRST_TRY,
    LOU,
    MARTIN_DURAND,
    NEXT_WEDNESDAY,
    NO_16,
    REGIE,
    REGLEMENT,
    THE_PERIOD,
    WEDNESDAY,
    WEDNESDAY_CARE,
    priced,
)

LAST_INSTANT = dt.datetime(2026, 12, 31, 22, 59, 59, 999999, tzinfo=dt.UTC)
NEW_YEAR = dt.datetime(2026, 12, 31, 23, tzinfo=dt.UTC)

THE_REGIE = REGLEMENT.regie(REGIE)

INVOICE = Invoice(
    number=InvoiceNumber("ALSH-2026-000001"),
    regie=REGIE,
    household=MARTIN_DURAND,
    attempt=FIRST_TRY,
    issued_at=ASKED_AT,
    lines=tuple(
        InvoiceLine(
            request=NO_16,
            accueil=WEDNESDAY_CARE,
            period=THE_PERIOD,
            priced=priced(eur(amount)),
        )
        for amount in ("9.00", "3.50")
    ),
    paid_with_credits=ZERO,
)

DAY = CreditedDay(
    invoice=INVOICE.number,
    request=NO_16,
    child=LOU,
    day=WEDNESDAY,
    kept=eur("6.25"),
    credited=eur("6.25"),
    reason="La moitié en avoir.",
)


class TestInvoice:
    @pytest.mark.rule("invoice.lines")
    def test_total(self):
        """
        An invoice's total is the sum of its lines.
        """
        assert eur("12.50") == INVOICE.total

    @pytest.mark.rule("invoice.lines")
    def test_no_line(self):
        """
        One without a line is a mistake.
        """
        with pytest.raises(ValueError, match="lines is empty"):
            evolve(INVOICE, lines=())


class TestNumber:
    @pytest.mark.rule("invoice.number")
    @pytest.mark.parametrize(
        ("number", "rank"),
        [
            ("ALSH-2026-000001", 1),
            ("ALSH-2026-999999", 999_999),
            ("ALSH-2026-1000000", 1_000_000),
        ],
    )
    def test_invoice(self, number, rank):
        """
        As printed; a millionth one is still told apart.
        """
        series = invoice_series(THE_REGIE, ASKED_AT)

        assert number == invoice_number(series, rank)

    @pytest.mark.rule("invoice.avoir.own-series")
    def test_avoir(self):
        """
        An avoir's number cannot be an invoice's.
        """
        series = credit_note_series(THE_REGIE, ASKED_AT)

        assert "ALSH-AV-2026-000001" == (credit_note_number(series, 1))

    @pytest.mark.rule("invoice.series")
    @pytest.mark.parametrize(
        ("year", "at"), [(2026, LAST_INSTANT), (2027, NEW_YEAR)]
    )
    @pytest.mark.parametrize(
        ("kind", "series_of"),
        [("invoice", invoice_series), ("credit-note", credit_note_series)],
    )
    def test_year(self, year, at, kind, series_of):
        """
        The year is that of Paris, of invoices and of avoirs.
        """
        assert Series(prefix="ALSH", kind=kind, year=year) == series_of(
            THE_REGIE, at
        )

    @pytest.mark.rule("invoice.series", "invoice.avoir.own-series")
    def test_names(self):
        """
        No two series are counted together.
        """
        other = Regie(
            code=RegieCode("cantine"), label="Cantine", series="CANT"
        )

        assert [
            "invoice/ALSH/2026",
            "invoice/ALSH/2027",
            "invoice/CANT/2026",
            "credit-note/ALSH/2026",
        ] == [
            invoice_series(THE_REGIE, ASKED_AT).name,
            invoice_series(THE_REGIE, NEW_YEAR).name,
            invoice_series(other, ASKED_AT).name,
            credit_note_series(THE_REGIE, ASKED_AT).name,
        ]

    @pytest.mark.rule("invoice.series.printed")
    def test_code_changed(self):
        """
        A régie that changes its code goes on where it was.
        """
        renamed = evolve(THE_REGIE, code=RegieCode("loisirs"))

        assert invoice_series(THE_REGIE, ASKED_AT) == invoice_series(
            renamed, ASKED_AT
        )


class TestAvoir:
    NOTE = CreditNote(
        number=CreditNoteNumber("ALSH-AV-2026-000001"),
        regie=REGIE,
        household=MARTIN_DURAND,
        issued_at=ASKED_AT,
        days=(
            DAY,
            evolve(DAY, day=NEXT_WEDNESDAY, kept=ZERO, credited=eur("12.50")),
        ),
    )

    @pytest.mark.rule("invoice.avoir.refers")
    def test_amount(self):
        """
        What is kept is shown, and not given back.
        """
        assert eur("18.75") == self.NOTE.amount

    @pytest.mark.rule("invoice.avoir.refers")
    def test_no_day(self):
        """
        One that gives nothing back is a mistake.
        """
        with pytest.raises(ValueError, match="days is empty"):
            evolve(self.NOTE, days=())

    @pytest.mark.rule("invoice.avoir.refers")
    def test_invoices(self):
        """
        It names each invoice that it corrects, once.
        """
        other = InvoiceNumber("ALSH-2026-000002")
        changed = evolve(DAY, invoice=other, kept=ZERO)

        note = evolve(self.NOTE, days=(*self.NOTE.days, changed))

        assert (INVOICE.number, other) == note.invoices
