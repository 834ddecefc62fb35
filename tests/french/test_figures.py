"""
Amounts and quantities, with Babel for a second opinion.
"""

from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given, strategies as st

from portail_core import french
from portail_core.domain.money import Money, UnitPrice, eur
from portail_core.domain.quotes import QuoteRow, Why

CENTS = st.integers(min_value=-(10**12), max_value=10**12)
NUMBERS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)


class TestAmount:
    @pytest.mark.parametrize(
        ("cents", "written"),
        [
            (0, "0,00\u00a0€"),
            (5, "0,05\u00a0€"),
            (1250, "12,50\u00a0€"),
            (123_456_789, "1\u202f234\u202f567,89\u00a0€"),
            (-1250, "\u221212,50\u00a0€"),
        ],
    )
    def test_written(self, cents, written):
        """
        Two decimals, no-break spaces, a real minus sign.
        """
        assert written == french.amount(Money(cents))

    @given(CENTS)
    def test_as_babel(self, cents):
        """
        Babel writes the same, but for the minus sign.
        """
        theirs = format_currency(Decimal(cents) / 100, "EUR", locale="fr_FR")

        assert theirs.replace("-", "\u2212") == french.amount(Money(cents))


class TestQuantity:
    @pytest.mark.parametrize(
        ("number", "written"),
        [
            ("1", "1"),
            ("1.00", "1"),
            ("2.5", "2,5"),
            ("2.50", "2,5"),
            ("100", "100"),
            ("1E+3", "1\u202f000"),
            ("1234.25", "1\u202f234,25"),
            ("-0.5", "\u22120,5"),
        ],
    )
    def test_written(self, number, written):
        """
        A comma, and no idle zero; those of a round number stay.
        """
        assert written == french.quantity(Decimal(number))

    @given(NUMBERS.filter(bool))
    def test_as_babel(self, number):
        """
        Babel writes the same, but for the minus sign.
        """
        theirs = format_decimal(number, locale="fr_FR")

        assert theirs.replace("-", "\u2212") == french.quantity(number)


class TestDesignation:
    @pytest.mark.rule("request.change.difference")
    @pytest.mark.parametrize(
        ("words", "quantity"),
        [
            ("Demi-journée", Decimal(1)),
            ("Demi-journée, déjà payé", Decimal(-1)),
        ],
    )
    def test_paid_before(self, words, quantity):
        """
        What a change takes off its bill is said to be paid.
        """
        row = QuoteRow(
            designation="Demi-journée",
            quantity=quantity,
            unit_price=UnitPrice(Decimal("5.01")),
            amount=eur("5.01"),
            why=Why(rule="", path="", label="", source=""),
        )

        assert words == french.designation(row)
