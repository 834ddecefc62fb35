"""
Money: whole cents.
"""

from decimal import Decimal

import pytest

from portail_core.domain.money import ZERO, Money, eur, total


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0"),
        (1, "0.01"),
        (1250, "12.50"),
        (1250, "12.5"),
        (1250, "12.500"),
        (1200, "12"),
        (-350, "-3.50"),
        (10**11, "1000000000"),
    ],
)
def test_eur(cents, text):
    """
    An amount is read as a grid prints it.
    """
    assert Money(cents) == eur(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not an amount, write it as '12.50'"),
        ("12,50", "is not an amount, write it as '12.50'"),
        ("12.50 €", "is not an amount, write it as '12.50'"),
        ("sNaN", "is not an amount"),
        ("NaN", "is not an amount in whole cents"),
        ("Infinity", "is not an amount in whole cents"),
        ("0.001", "is not an amount in whole cents"),
        ("12.505", "is not an amount in whole cents"),
    ],
)
def test_no_amount(text, message):
    """
    What is finer than a cent, or no number, is refused and not rounded.
    """
    with pytest.raises(ValueError, match=message):
        eur(text)


@pytest.mark.parametrize("cents", [True, 1.0, "1", None, Decimal(1)])
def test_cents(cents):
    """
    Cents are whole: a truth is not one cent, nor is a float.
    """
    with pytest.raises(TypeError, match="expected a whole number"):
        Money(cents)


def test_arithmetic():
    """
    Amounts add and subtract; a difference may be below zero.
    """
    assert Money(1250) == Money(900) + Money(350)
    assert Money(-350) == Money(900) - Money(1250)


def test_order():
    """
    Amounts are compared as amounts.
    """
    assert [Money(-1), ZERO, Money(9), Money(10)] == sorted(
        [Money(10), ZERO, Money(9), Money(-1)]
    )


@pytest.mark.parametrize(
    ("expected", "amounts"),
    [(0, []), (1, [1]), (0, [1, -1]), (1250, [900, 350])],
)
def test_total(expected, amounts):
    """
    A total is a sum; of nothing, zero.
    """
    assert Money(expected) == total(map(Money, amounts))
