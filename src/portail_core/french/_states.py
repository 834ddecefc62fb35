"""
Where a day or a request stands, in the guide's words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from portail_core.domain.requests import LineState, Request

from ._typography import typeset

_STATES: Mapping[LineState, str] = {
    LineState.HELD: "En attente",
    LineState.CONFIRMED: "Validée",
    LineState.CANCELLED: "Annulée",
    LineState.DISCARDED: "Supprimée",
    LineState.EXPIRED: "Expirée",
    LineState.CREDITED: typeset("Payée trop tard : avoir"),
}


def line_state(state: LineState) -> str:
    """
    Where one day stands.

    >>> line_state(LineState.HELD)
    'En attente'
    """
    return _STATES[state]


def request_state(request: Request, at: dt.datetime) -> str:
    """
    Where a request stands *at* a moment (UTC): « En attente de paiement ».

    It is « Expirée » as soon as its places are no longer held, whether a job
    has noted it or not; « Validée » while one of its days is.
    """
    if request.is_payable(at):
        return "En attente de paiement"
    if request.is_held():
        return _STATES[LineState.EXPIRED]
    states = {line.state for line in request.lines}
    if LineState.CONFIRMED in states:
        return _STATES[LineState.CONFIRMED]
    return _STATES[states.pop()]
