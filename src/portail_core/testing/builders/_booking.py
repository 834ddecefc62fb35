"""
Its request.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import evolve

from portail_core.domain.facts import HouseholdFacts
from portail_core.domain.ids import (
    RequestNumber,
)
from portail_core.domain.money import eur
from portail_core.domain.places import Place
from portail_core.domain.quotient_familial import Received
from portail_core.domain.requests import Asked, Line, Replaced, Request

from ._names import (
    ACCOUNT,
    ACCUEIL,
    AFTERNOON,
    ASKED,
    HELD_UNTIL,
    HOURS,
    HOUSEHOLD,
    JOURNEE_REPAS,
    LOU,
    LUNCH,
    MATIN,
    MORNING,
    NEXT_WEDNESDAY,
    PARTS,
    PERIOD,
    POOL,
    REGIE,
    REGLEMENT,
    WEDNESDAY,
)


def facts(quotient: str = "650") -> HouseholdFacts:
    """
    What Camille's household is to prices.
    """
    received = Received(Decimal(quotient), dt.date(2026, 5, 1), ASKED_ON)
    return HouseholdFacts(quotients=(received,))


ASKED_ON = dt.date(2026, 5, 13)


def line(**changes: Any) -> Line:
    """
    A whole Wednesday, held, counted in the one pool.
    """
    amplitude = changes.get("amplitude", JOURNEE_REPAS)
    return evolve(
        Line(
            day=WEDNESDAY,
            amplitude=amplitude,
            places=tuple(Place(part, (POOL,)) for part in PARTS[amplitude]),
            age=7,
        ),
        **changes,
    )


def asked(**changes: Any) -> Asked:
    """
    For Lou, by Camille, at 650.
    """
    return evolve(
        Asked(
            household=HOUSEHOLD,
            account=ACCOUNT,
            child=LOU,
            regie=REGIE,
            accueil=ACCUEIL,
            period=PERIOD,
            reglement=REGLEMENT,
            facts=facts(),
            booked_on=ASKED_ON,
        ),
        **changes,
    )


def request(number: int = 16, **changes: Any) -> Request:
    """
    The guide's request N° 16: held two hours from 11:12:56.
    """
    return evolve(
        Request(
            number=RequestNumber(number),
            asked=asked(),
            created_at=ASKED,
            held_until=HELD_UNTIL,
            lines=(line(),),
        ),
        **changes,
    )


def change_request(number: int = 17, **changes: Any) -> Request:
    """
    Lou's morning of another Wednesday would become a whole day.
    """
    changed = line(
        day=NEXT_WEDNESDAY,
        places=(Place(LUNCH, (POOL,)), Place(AFTERNOON, (POOL,))),
        hours=HOURS,
        replaces=Replaced(
            request=RequestNumber(16),
            amplitude=MATIN,
            paid=eur("8.50"),
            places=(Place(MORNING, (POOL,)),),
        ),
    )
    return request(number, **{"lines": (changed,), **changes})
