"""
All that is known of one child-day of a document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from portail_core.domain.amplitudes import Meal
from portail_core.domain.facts import Facts, HouseholdFacts
from portail_core.domain.quotes import Visit, Visits
from portail_core.domain.quotient_familial import in_force
from portail_core.domain.reglement import Reglement
from portail_core.domain.tariffs import Tariff


def facts_of(
    visit: Visit,
    visits: Visits,
    *,
    household: HouseholdFacts,
    reglement: Reglement,
    booked_on: dt.date | None,
) -> Facts:
    """
    By which deadlines and outcomes tell cases apart.

    Args:
        visit: One of *visits*.

        visits: Of its child and period.

        household: Who pays.

        reglement: Says which quotient counts.

        booked_on: In Paris; `None` if nothing depends on it.
    """
    period, hours = visits.period, visit.present
    return Facts(
        day=visit.day,
        accueil=period.accueil,
        amplitude=visit.amplitude.code,
        season=period.calendar.season(visit.day),
        age=visit.age,
        quotient=in_force(
            reglement.quotients_of(period),
            household.quotients,
            day=visit.day,
            booked_on=booked_on or visit.day,
        ),
        income=household.income,
        cost=visits.cost,
        dependants=household.dependants,
        rank=visit.rank,
        siblings=visit.siblings,
        residency=household.residency,
        scheme=household.scheme,
        booked=visit.booked,
        arrives=hours.arrives if hours else None,
        leaves=hours.leaves if hours else None,
        meal_supplied=visits.meal_supplied
        or visit.amplitude.meal is Meal.SUPPLIED,
        named={**household.named, **visits.named},
    )


def pricing(visits: Visits, reglement: Reglement) -> Iterator[Tariff]:
    """
    The tariffs that may price any of *visits*, version after version.
    """
    billed = {
        code
        for visit in visits.days
        for code in (*visit.amplitude.prestations, *visit.amplitude.timed)
    }
    for decision in reglement.tariffs_of(visits.period).decisions:
        if decision.value.prices & billed:
            yield decision.value
