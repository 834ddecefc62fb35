"""
What the days of an inquiry cost.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName
from portail_core.domain.quotes import (
    PricedLine,
    Quote,
    Visits,
    estimate,
    price,
)
from portail_core.domain.quotient_familial import Effective
from portail_core.domain.refusals import Refused
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import QUOTIENT, GridOf

from ._facts import pricing
from ._inquiry import Inquiry

BOOKED_ON = FactName("booked_on")
ANY_DAY = dt.date(2000, 1, 1)
"""For prices that do not depend on when the family asks."""


@frozen
class Pricer:
    """
    Prices days of an inquiry; some of them may be gone since.
    """

    inquiry: Inquiry
    reglement: Reglement

    def price(self, visits: tuple[Visits, ...]) -> tuple[PricedLine, ...]:
        """
        What days of the household cost together.

        Raises:
            Refused: As `portail_core.domain.quotes.price`.
        """
        return price(
            visits,
            household=self.inquiry.household,
            reglement=self.reglement,
            booked_on=self.inquiry.booked_on or ANY_DAY,
        )


def quote(inquiry: Inquiry, reglement: Reglement) -> Quote:
    """
    What the days cost, line by line and row by row.

    Raises:
        Refused: With every reason: days that are closed, facts that rules
            ask for and nobody stated, and whatever
            `portail_core.domain.quotes.price` refuses.
    """
    lines: tuple[PricedLine, ...] = ()
    refusals = list(inquiry.refusals)
    if inquiry.booked_on is None and _asks_when(inquiry, reglement):
        # Without it, other tariffs would answer, and ask for other facts.
        raise Refused(*refusals, FactMissing(BOOKED_ON))
    try:
        lines = Pricer(inquiry, reglement).price(inquiry.visits)
    except Refused as refused:
        refusals.extend(refused.refusals)
    if refusals:
        raise Refused(*dict.fromkeys(refusals))
    return estimate(lines)


def _asks_when(inquiry: Inquiry, reglement: Reglement) -> bool:
    """
    Whether prices depend on when the family asks.
    """
    several = len(inquiry.household.quotients) > 1
    for visits in inquiry.visits:
        policy = reglement.quotients_of(visits.period)
        at_booking = several and policy.effective is Effective.BOOKING
        for tariff in pricing(visits, reglement):
            if tariff.grid_of is GridOf.DAY_OF_BOOKING:
                return True
            if at_booking and QUOTIENT in tariff.facts:
                return True
    return False
