"""
What a household, its days and its requests are to prices.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve, frozen

from portail_core.domain.days import day_of
from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.households import Household
from portail_core.domain.ids import ChildId
from portail_core.domain.offers import Period
from portail_core.domain.quotes import (
    Company,
    PricedLine,
    Visit,
    Visits,
    difference,
    price,
)
from portail_core.domain.quotient_familial import Received
from portail_core.domain.reglement import Reglement
from portail_core.domain.requests import Line, Request
from portail_core.ports.store import Reading

from . import reglements


def facts_of(household: Household) -> HouseholdFacts:
    """
    What is known of *household* today.
    """
    quotient = household.quotient
    received = (
        ()
        if quotient is None
        else (
            Received(
                quotient.value, quotient.month, day_of(quotient.recorded_at)
            ),
        )
    )
    return evolve(household.facts, quotients=received)


@frozen(kw_only=True)
class Tariff:
    """
    Prices of one child's days, by a règlement and facts of one moment.
    """

    reglement: Reglement
    period: Period
    child: ChildId
    household: HouseholdFacts
    booked_on: dt.date

    def visits(self, lines: Iterable[Line]) -> Visits:
        """
        *lines*, as prices see them.

        Raises:
            Refused: `AmplitudeUnknown`, if the accueil did not offer it then.
        """
        accueil = self.reglement.accueil(self.period.accueil)
        return Visits(
            child=self.child,
            period=self.period,
            days=tuple(
                Visit(
                    day=line.day,
                    amplitude=self.reglement.amplitude(
                        accueil, line.amplitude
                    ),
                    age=line.age,
                    hours=line.hours,
                    rank=line.rank,
                    siblings=line.siblings,
                )
                for line in lines
            ),
            amounts=self.household.amounts.get(self.child, {}),
        )

    def price(
        self, lines: Iterable[Line], *, billed: Iterable[str] = ()
    ) -> tuple[PricedLine, ...]:
        """
        What *lines* cost together, whatever they replace.

        Args:
            lines: Of the child, in the period.

            billed: What else the household has that is billed once.

        Raises:
            Refused: As `portail_core.domain.quotes.price`, or
                `AmplitudeUnknown`, if the accueil did not offer it then.
        """
        return price(
            (self.visits(lines),),
            household=self.household,
            reglement=self.reglement,
            booked_on=self.booked_on,
            company=Company(billed=frozenset(billed)),
        )


def tariff_of(request: Request, reading: Reading) -> Tariff:
    """
    The prices that *request* froze when it was made.
    """
    return tariff_under(
        reglements.version(reading, request.asked.reglement), request
    )


def tariff_under(reglement: Reglement, request: Request) -> Tariff:
    """
    The same, when the version is at hand.
    """
    asked = request.asked
    return Tariff(
        reglement=reglement,
        period=reglement.period(asked.period),
        child=asked.child,
        household=asked.facts,
        booked_on=asked.booked_on,
    )


def priced_under(
    reglement: Reglement, request: Request, *, billed: Iterable[str] = ()
) -> tuple[PricedLine, ...]:
    """
    What a request costs, by the règlement and the facts it was made under.

    A day that changes a booked one costs the difference.
    """
    tariff = tariff_under(reglement, request)
    plain = [line for line in request.lines if line.replaces is None]
    costs = list(tariff.price(plain, billed=billed)) if plain else []
    for line in request.lines:
        if line.replaces is not None:
            before = evolve(
                line,
                amplitude=line.replaces.amplitude,
                hours=line.replaces.hours,
            )
            costs.extend(
                difference(tariff.price((line,)), tariff.price((before,)))
            )
    return tuple(costs)
