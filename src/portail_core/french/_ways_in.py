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
        "dossier.unknown": (
            "Ce dossier n’existe pas, ou il est réuni à un autre : "
            "cherchez-le dans la liste des dossiers."
        ),
        "dossier.adults": (
            "Un dossier a une ou {most} personnes adultes : vérifiez-en le "
            "nombre."
        ),
        "dossier.email.taken": (
            "Le champ « {field} » est déjà l’adresse d’un compte ou d’une "
            "autre personne : complétez ce dossier-là, ou vérifiez l’adresse "
            "avec la famille."
        ),
        "dossier.child.twice": (
            "L’enfant du champ « {field} » est déjà là, avec les mêmes nom et "
            "date de naissance : gardez-en un seul."
        ),
        "dossier.invite.nobody": (
            "Personne de ce dossier n’attend d’invitation : voyez où il en "
            "est dans la liste des dossiers."
        ),
        "dossier.import.bytes": (
            "Ce fichier est trop lourd : enregistrez-le en plusieurs fichiers "
            "de {most} ko au plus."
        ),
        "dossier.import.lines": (
            "Ce fichier a trop de lignes : faites-en plusieurs, de {most} "
            "lignes au plus."
        ),
        "dossier.import.text": (
            "Ce fichier n’est pas au format CSV : dans votre tableur, "
            "choisissez « Enregistrer sous », puis « CSV UTF-8 »."
        ),
        "dossier.import.empty": (
            "Ce fichier n’a pas de dossier : il faut une ligne de titres, "
            "puis une ligne par enfant."
        ),
        "dossier.import.line": (
            "La ligne {line} ne se lit pas : elle a plus de cases que la "
            "ligne de titres, ou un guillemet en trop, vérifiez-la dans votre "
            "tableur."
        ),
        "dossier.import.column.unknown": (
            "La colonne « {column} » n’est pas connue : supprimez-la, ou "
            "donnez-lui l’un de ces titres, {known}."
        ),
        "dossier.import.column.missing": (
            "Il manque la colonne « {column} » : ajoutez-la à la ligne de "
            "titres, dont les titres connus sont {known}."
        ),
        "dossier.import.column.twice": (
            "La colonne « {column} » est là deux fois : gardez-en une."
        ),
        "dossier.import.contradicted": (
            "Le champ « {field} » dit autre chose que la ligne {line}, qui "
            "est du même dossier : corrigez l’une des deux."
        ),
        "dossier.join.registered": (
            "Seul un foyer qui s’est inscrit et a confirmé son adresse e-mail "
            "peut être réuni à un autre dossier : vérifiez les deux."
        ),
        "dossier.join.in-use": (
            "Ce foyer a déjà fait une demande : gardez-le, et complétez-le "
            "plutôt que le réunir."
        ),
        "dossier.join.own-account": (
            "Cette personne a déjà un compte à une autre adresse e-mail : "
            "invitez-la à s’en servir."
        ),
    }
)
