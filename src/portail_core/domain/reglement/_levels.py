"""
The levels of a règlement.
"""

from __future__ import annotations

from collections.abc import (
    Iterator,
)
from typing import TYPE_CHECKING

from portail_core.domain.terms import Terms

if TYPE_CHECKING:
    from ._reglement import Reglement


def every_terms(reglement: Reglement) -> Iterator[Terms]:
    """
    Those of every level, from the operator's down.
    """
    yield reglement.terms
    for accueil in reglement.accueils:
        yield accueil.terms
    for period in reglement.periods:
        yield period.terms
