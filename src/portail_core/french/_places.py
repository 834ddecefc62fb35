"""
Why not, and what to do next: hours, amplitudes that go together, how many
days a week.
"""

from __future__ import annotations

from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "offer.hours.missing": (
        "Le {day}, les heures d’arrivée et de départ manquent : "
        "choisissez-les entre {opens} et {closes}."
    ),
    "offer.hours.not-asked": (
        "Le {day}, « {amplitude} » se réserve en entier, sans choisir "
        "d’heures : retirez-les, ou choisissez une autre amplitude."
    ),
    "offer.hours.order": (
        "Le {day}, le départ n’est pas après l’arrivée : vérifiez les deux "
        "heures."
    ),
    "offer.hours.outside": (
        "Le {day}, l’accueil est ouvert de {opens} à {closes} : choisissez "
        "une arrivée et un départ entre ces heures."
    ),
    "request.day.amplitudes-exclusive": (
        "Le {day}, cet enfant a déjà « {amplitude} », qui ne va pas avec "
        "cette amplitude : choisissez-en une autre, ou annulez d’abord "
        "celle-là."
    ),
    "request.day.amplitude-needed": (
        "Le {day}, cette amplitude en complète une autre ({amplitudes}) : "
        "réservez d’abord celle-là."
    ),
    "request.week.least": (
        "La semaine du {monday} se réserve avec au moins {least} jours : "
        "ajoutez-en, ou retirez cette semaine."
    ),
    "request.week.most": (
        "La semaine du {monday}, un enfant vient {most} jours au plus : "
        "retirez des jours de cette semaine."
    ),
    "request.month.most": (
        "Dans le mois qui commence le {first_day}, un enfant vient {most} "
        "jours au plus : retirez des jours de ce mois."
    ),
}
