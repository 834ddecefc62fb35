"""
What a document says is given back.
"""

from __future__ import annotations

from portail_core.domain.quotes import Visits
from portail_core.domain.reglement import Reglement

from ._file import CancelFile
from ._found import Found
from ._inquiry import Cancelled


def cancelled(
    file: CancelFile | None,
    visits: tuple[Visits, ...],
    reglement: Reglement,
    found: Found,
) -> Cancelled | None:
    return None
