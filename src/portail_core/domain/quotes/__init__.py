"""
Prices that explain themselves: « estimation de votre facture ».

`price` turns days into lines, one for each prestation of each child-day;
`estimate` gathers them into the table that families read.
"""

from ._facts import ALONE, Company, Visit, Visits
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
from ._pricing import Alike, price
from ._ranks import asks_ranks, ranked
from ._rest import Freed, Rest, freed

__all__ = [
    "ALONE",
    "Adjusted",
    "Aided",
    "Alike",
    "Company",
    "Freed",
    "PricedLine",
    "Quote",
    "QuoteRow",
    "Rest",
    "Visit",
    "Visits",
    "Why",
    "asks_ranks",
    "by_day",
    "difference",
    "estimate",
    "freed",
    "price",
    "ranked",
]
