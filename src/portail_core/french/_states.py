"""
Where a day or a request stands, in the guide's words.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain.documents import Standing
from portail_core.domain.invoices import InvoiceState
from portail_core.domain.pre_registrations import PreRegistrationState
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

_STANDINGS: Mapping[Standing, str] = {
    Standing.MISSING: "À fournir",
    Standing.WAITING: "En attente de vérification",
    Standing.VALID: "Valable",
    Standing.EXPIRING_SOON: "Expire bientôt",
    Standing.EXPIRED: "Expiré",
    Standing.REFUSED: "Refusé",
    Standing.NOT_YET_VALID: "Pas encore valable",
}

_PRE_REGISTRATION_STATES: Mapping[PreRegistrationState, str] = {
    PreRegistrationState.ASKED: "En attente de réponse",
    PreRegistrationState.ACCEPTED: "Acceptée",
    PreRegistrationState.REFUSED: "Refusée",
    PreRegistrationState.WITHDRAWN: "Retirée",
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


def document_standing(standing: Standing) -> str:
    """
    Where a document that is asked for stands.

    >>> document_standing(Standing.EXPIRING_SOON)
    'Expire bientôt'
    """
    return _STANDINGS[standing]


def pre_registration_state(state: PreRegistrationState) -> str:
    """
    Where a pre-registration stands.

    >>> pre_registration_state(PreRegistrationState.ASKED)
    'En attente de réponse'
    """
    return _PRE_REGISTRATION_STATES[state]


def invoice_state(state: InvoiceState) -> str:
    """
    What became of an invoice.

    >>> invoice_state(InvoiceState.PAID)
    'Réglée'
    """
    return _INVOICE_STATES[state]
