"""
Why a day of the planning cannot be chosen, in the words that fit a square.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail_core.domain.refusals import Refusal

SHORT: Mapping[str, str] = MappingProxyType(
    {
        "gate.email.confirmed": "E-mail à confirmer",
        "gate.household.described": "Foyer à décrire",
        "gate.quotient.recorded": "Quotient à transmettre",
        "gate.house-rules.accepted": "Règlement à accepter",
        "gate.document.missing": "Document à fournir",
        "gate.document.waiting": "Document à vérifier",
        "gate.document.refused": "Document à remplacer",
        "gate.document.expired": "Document expiré",
        "gate.document.not-yet-valid": "Document pas encore valable",
        "gate.document.grace": "Document à fournir avant",
        "gate.arrears.over": "Factures à régler",
        "gate.arrears.month-end": "Mois fermé, factures dues",
        "gate.pre-registration.missing": "Pré-inscription à demander",
        "gate.pre-registration.waiting": "Pré-inscription en attente",
        "gate.pre-registration.refused": "Pré-inscription refusée",
        "request.window.opens": "Pas encore ouvert",
        "request.window.closes": "Réservations closes",
        "request.day.not-yet-open": "Pas encore ouvert",
        "request.day.outside-period": "Hors période",
        "request.day.public-holiday": "Férié",
        "request.day.closed": "Fermé",
        "request.day.deadline": "Délai dépassé",
        "request.change.deadline": "Délai dépassé",
        "request.day.already-booked": "Réservé",
        "request.day.taken-elsewhere": "Réservé par ailleurs",
        "request.day.full": "Complet",
        "request.day.age": "Âge non prévu",
        "request.day.amplitudes-exclusive": "Pas avec l’autre réservation",
        "request.day.amplitude-needed": "Avec une autre amplitude",
        "request.week.most": "Semaine complète pour l’enfant",
        "request.month.most": "Mois complet pour l’enfant",
        "household.custody.since": "Trop tôt pour votre foyer",
        "dated.before-the-first": "Sans règlement",
        "deadline.by-weekday.missing": "Sans délai prévu",
        "fact.missing": "Renseignement manquant",
        "tariff.quotient.missing": "Quotient à transmettre",
    }
)
"""Rule → words; « Indisponible » for others, as those of a plugin."""


def short_reason(
    refused: Refusal, *, overrides: Mapping[str, str] | None = None
) -> str:
    """
    Why not, in a word or two; `refusal` says it in a sentence.

    Args:
        refused: One of those of a day, or of a month.

        overrides: Rule → words, before those of `SHORT`.

    >>> import datetime as dt
    >>> from portail_core.domain.bookings import DayFull
    >>> short_reason(DayFull(dt.date(2026, 5, 27)))
    'Complet'
    """
    words = {**SHORT, **(overrides or {})}
    return words.get(refused.rule, "Indisponible")
