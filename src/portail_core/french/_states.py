"""
Where a day or a request stands, in the guide's words.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain.invoices import InvoiceState
from portail_core.domain.requests import LineState, RequestState

from ._typography import typeset

_STATES: Mapping[LineState, str] = {
    LineState.HELD: "En attente",
    LineState.CONFIRMED: "Validée",
    LineState.CANCELLED: "Annulée",
    LineState.DISCARDED: "Supprimée",
    LineState.EXPIRED: "Expirée",
    LineState.CREDITED: typeset("Payée trop tard : avoir"),
    LineState.SUPERSEDED: "Modifiée",
}

_REQUEST_STATES: Mapping[RequestState, str] = {
    RequestState.AWAITING_PAYMENT: "En attente de paiement",
    RequestState.CONFIRMED: "Validée",
    RequestState.CANCELLED: "Annulée",
    RequestState.DISCARDED: "Supprimée",
    RequestState.EXPIRED: "Expirée",
    RequestState.CREDITED: typeset("Payée trop tard : avoir"),
    RequestState.SUPERSEDED: "Modifiée",
}

_INVOICE_STATES: Mapping[InvoiceState, str] = {
    InvoiceState.PAID: "Réglée",
    InvoiceState.PARTLY_CREDITED: "Réglée, en partie rendue en avoir",
    InvoiceState.CREDITED: "Réglée, puis rendue en avoir",
}


def line_state(state: LineState) -> str:
    """
    Where one day stands.

    >>> line_state(LineState.HELD)
    'En attente'
    """
    return _STATES[state]


def request_state(state: RequestState) -> str:
    """
    Where a request stands.

    >>> request_state(RequestState.AWAITING_PAYMENT)
    'En attente de paiement'
    """
    return _REQUEST_STATES[state]


def invoice_state(state: InvoiceState) -> str:
    """
    What became of an invoice.

    >>> invoice_state(InvoiceState.PAID)
    'Réglée'
    """
    return _INVOICE_STATES[state]
