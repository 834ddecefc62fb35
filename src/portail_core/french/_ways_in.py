"""
Sentences of the two ways in: « Créer mon compte », and dossiers that staff
enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REGISTRATION: Mapping[str, str] = MappingProxyType(
    {
        "registration.unknown": (
            "Cette inscription n’est pas reconnue : recommencez par "
            "« Créer mon compte »."
        ),
        "registration.expires": (
            "Cette inscription date de plus d’un jour et n’a pas été gardée : "
            "recommencez par « Créer mon compte »."
        ),
        "registration.over": (
            "Cette inscription est déjà validée : suivez le lien reçu par "
            "courriel, puis connectez-vous."
        ),
        "registration.steps": (
            "L’étape « {step} » n’est pas encore validée : remplissez-la, "
            "puis revenez à la validation."
        ),
    }
)

DOSSIER: Mapping[str, str] = MappingProxyType(
    {
        "dossier.household.unknown": (
            "Aucun compte n’a cette adresse e-mail : vérifiez-la avec la "
            "famille."
        ),
    }
)
