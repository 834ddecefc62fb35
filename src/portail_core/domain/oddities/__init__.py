"""
What is legal in a règlement, but odd: a slip, perhaps.

A warning refuses nothing.  Each check is a plain function of the règlement;
whoever adds a subject adds its checks to `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portail_core.domain.reglement import Reglement

from . import _days, _deadlines, _grids, _offer, _outcomes, _together
from ._grids import BracketReport, GridReport, OpenPoint, grid_reports
from ._oddity import Oddity

CHECKS: tuple[Callable[[Reglement], Iterable[Oddity]], ...] = (
    *_offer.CHECKS,
    *_days.CHECKS,
    *_deadlines.CHECKS,
    *_outcomes.CHECKS,
    *_grids.CHECKS,
    *_together.CHECKS,
)


def warnings(reglement: Reglement) -> tuple[Oddity, ...]:
    """
    Everything odd in *reglement*, subject by subject.
    """
    return tuple(oddity for check in CHECKS for oddity in check(reglement))


__all__ = [
    "CHECKS",
    "BracketReport",
    "GridReport",
    "Oddity",
    "OpenPoint",
    "grid_reports",
    "warnings",
]
