"""
Its request.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import evolve

from portail_core.domain.ids import (
    RequestNumber,
)
from portail_core.domain.places import Place
from portail_core.domain.requests import Asked, Line, Request

from ._names import (
    ACCOUNT,
    ACCUEIL,
    ASKED,
    HELD_UNTIL,
    HOUSEHOLD,
    JOURNEE_REPAS,
    LOU,
    PARTS,
    PERIOD,
    POOL,
    REGIE,
    REGLEMENT,
    WEDNESDAY,
)


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
            quotient=Decimal(650),
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
