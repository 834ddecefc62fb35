"""
Prices that explain themselves: « estimation de votre facture ».

`price` turns days into lines, one for each prestation of each child-day;
`estimate` gathers them into the table that families read.
"""

from ._facts import Visit, Visits
from ._lines import (
    Adjusted,
    Aided,
    PricedLine,
    Quote,
    QuoteRow,
    Why,
    by_day,
    difference,
    estimate,
)
from ._pricing import price

__all__ = [
    "Adjusted",
    "Aided",
    "PricedLine",
    "Quote",
    "QuoteRow",
    "Visit",
    "Visits",
    "Why",
    "by_day",
    "difference",
    "estimate",
    "price",
]
