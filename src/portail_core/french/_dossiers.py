"""
Why not, and what to do next: documents, pre-registrations, règlement
intérieur.
"""

from __future__ import annotations

from collections.abc import Mapping

DOSSIERS: Mapping[str, str] = {
    # What must be done before booking
    "gate.house-rules.accepted": (
        "Le règlement intérieur {version} n’est pas encore accepté : "
        "lisez-le et acceptez-le sur le portail, puis réservez."
    ),
    "gate.document.missing": (
        "Il manque le document « {document} » : transmettez-le dans "
        "« Document à fournir », vous pourrez réserver ensuite."
    ),
    "gate.document.waiting": (
        "Le document « {document} » est en attente de vérification par "
        "le service : vous pourrez réserver dès qu’il sera accepté, un "
        "courriel vous le dira."
    ),
    "gate.document.refused": (
        "Le document « {document} » a été refusé ({reason}) : "
        "transmettez-en un nouveau dans « Document à fournir »."
    ),
    "gate.document.expired": (
        "Le document « {document} » n’est plus valable depuis le "
        "{valid_to} au soir : transmettez-en un nouveau dans « Document "
        "à fournir »."
    ),
    "gate.document.not-yet-valid": (
        "Le document « {document} » n’est valable qu’à partir du "
        "{valid_from} : réservez à partir de ce jour, ou transmettez-en "
        "un autre."
    ),
    "gate.document.grace": (
        "Sans le document « {document} », vous pouvez réserver jusqu’au "
        "{last_day} et pas au-delà : transmettez-le dans « Document à "
        "fournir », ou choisissez des jours plus proches."
    ),
    "gate.arrears.over": (
        "Votre foyer doit encore {owed}, et il faut devoir {over} au plus "
        "pour réserver : réglez vos factures, ou contactez le service."
    ),
    "gate.arrears.month-end": (
        "Votre foyer devait encore {owed} avant le {first_day}, et le mois "
        "qui commence ce jour-là est fermé aux réservations : contactez le "
        "service."
    ),
    "gate.pre-registration.missing": (
        "Cet enfant n’est pas encore pré-inscrit à l’accueil "
        "« {accueil} » : demandez-le dans « Mes pré-inscriptions », vous "
        "pourrez réserver une fois la demande acceptée."
    ),
    "gate.pre-registration.waiting": (
        "La pré-inscription à l’accueil « {accueil} » attend la réponse "
        "du service : vous pourrez réserver dès qu’elle sera acceptée, "
        "un courriel vous le dira."
    ),
    "gate.pre-registration.refused": (
        "La pré-inscription à l’accueil « {accueil} » a été refusée "
        "({reason}) : contactez le service, ou faites une nouvelle "
        "demande dans « Mes pré-inscriptions »."
    ),
    # Documents
    "document.kind.unknown": (
        "Le document « {kind} » n’est pas demandé : choisissez-en un dans "
        "« Document à fournir »."
    ),
    "document.about.child": (
        "Le document « {document} » est demandé pour chaque enfant : "
        "choisissez l’enfant concerné."
    ),
    "document.about.household": (
        "Le document « {document} » concerne tout le foyer : "
        "transmettez-le sans choisir d’enfant."
    ),
    "document.file.empty": (
        "Ce fichier est vide : vérifiez-le, puis transmettez-le à nouveau."
    ),
    "document.file.size": (
        "Ce fichier est trop lourd : il peut peser {most_megabytes} Mo au "
        "plus, réduisez-le ou numérisez-le moins finement."
    ),
    "document.file.type": (
        "Ce fichier n’est pas d’un format accepté : transmettez l’un de "
        "ceux-ci, {accepted}."
    ),
    "document.waiting.most": (
        "Vous avez déjà {most} documents en attente de vérification : "
        "attendez la réponse du service avant d’en transmettre d’autres."
    ),
    "document.unknown": (
        "Votre foyer n’a pas ce document : retrouvez ceux que vous avez "
        "transmis dans « Document à fournir »."
    ),
    "document.reviewed": (
        "Ce document a déjà été vérifié : rechargez la page pour voir ce "
        "qui a été décidé."
    ),
    "document.reason.needed": (
        "Il manque le motif du refus : indiquez-le, la famille le lira."
    ),
    "document.reason.text": (
        "Le motif du refus dépasse 500 caractères, ou contient un signe qui "
        "ne s’imprime pas : écrivez-le en quelques phrases simples."
    ),
    "document.validity.order": (
        "Le document serait valable du {valid_from} au {valid_to}, qui "
        "vient avant : corrigez l’une des deux dates."
    ),
    # Pre-registrations, règlement intérieur
    "pre-registration.accueil.unknown": (
        "L’accueil « {accueil} » n’est pas proposé : choisissez-en un "
        "dans la liste."
    ),
    "pre-registration.accueil.open": (
        "L’accueil « {accueil} » se réserve sans pré-inscription : "
        "choisissez directement vos jours dans « Mon planning »."
    ),
    "pre-registration.once": (
        "Cet enfant a déjà une pré-inscription à l’accueil "
        "« {accueil} » : voyez où elle en est dans « Mes "
        "pré-inscriptions »."
    ),
    "pre-registration.unknown": (
        "Votre foyer n’a pas fait cette pré-inscription : retrouvez les "
        "vôtres dans « Mes pré-inscriptions »."
    ),
    "pre-registration.decided": (
        "Cette pré-inscription n’attend plus de réponse : rechargez la "
        "page pour voir ce qui a été décidé."
    ),
    "pre-registration.reason.needed": (
        "Il manque le motif du refus : indiquez-le, la famille le lira."
    ),
    "pre-registration.reason.text": (
        "Le motif du refus dépasse 500 caractères, ou contient un signe qui "
        "ne s’imprime pas : écrivez-le en quelques phrases simples."
    ),
    "house-rules.version.in-force": (
        "Le règlement intérieur {version} n’est pas celui en vigueur : "
        "rechargez la page, lisez la version actuelle, puis acceptez-la."
    ),
}
