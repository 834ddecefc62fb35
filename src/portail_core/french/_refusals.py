"""
Why not, and what to do next: one sentence per rule.

To add a refusal is to add a line to `SENTENCES`: its rule, and a sentence in
which the refusal's fields stand in braces.  Fields come worded (« 12,50 € »,
« mercredi 27 mai 2026 », « 13/05/2026 à 13:12 »), and spaces before « : » or
inside guillemets become no-break.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import singledispatch
from types import MappingProxyType

from attrs import fields

from portail_core.domain.forms import Block
from portail_core.domain.money import Money
from portail_core.domain.refusals import Refusal

from ._days import day, moment
from ._dossiers import DOSSIERS
from ._figures import amount
from ._forms import block, field_name
from ._places import PLACES
from ._typography import typeset
from ._ways_in import DOSSIER, REGISTRATION

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # Facts
        "fact.missing": (
            "Il nous manque une information pour répondre ({fact}) : "
            "demandez au service de l’ajouter à votre dossier."
        ),
        # Accounts
        "account.email.malformed": (
            "Cette adresse e-mail ne convient pas : vérifiez-la, il faut de "
            "6 à 80 caractères, comme dans prenom.nom@exemple.fr."
        ),
        "account.password.weak": (
            "Ce mot de passe ne convient pas : choisissez de 12 à 128 "
            "caractères, de trois sortes au moins parmi majuscules, "
            "minuscules, chiffres et autres signes."
        ),
        "account.password.current": (
            "Ce n’est pas votre mot de passe actuel : vérifiez-le, ou "
            "demandez-en un autre par « Mot de passe oublié ? »."
        ),
        "account.change.confirmed-first": (
            "Votre adresse e-mail n’est pas encore confirmée : suivez d’abord "
            "le lien reçu par courriel, puis revenez faire ce changement."
        ),
        "account.invited.taken": (
            "Cette adresse e-mail a déjà un compte : complétez le dossier de "
            "ce compte, ou vérifiez l’adresse avec la famille."
        ),
        "account.link.expires": (
            "Ce lien est trop ancien pour fonctionner encore : demandez-en "
            "un nouveau, vous le recevrez par courriel."
        ),
        "account.link.single-use": (
            "Ce lien a déjà servi : connectez-vous avec votre adresse e-mail "
            "et votre mot de passe."
        ),
        "account.link.unknown": (
            "Ce lien n’est pas reconnu : copiez-le en entier depuis le "
            "courriel reçu, ou demandez-en un nouveau."
        ),
        "account.credentials.wrong": (
            "L’adresse e-mail ou le mot de passe ne convient pas : "
            "vérifiez-les, puis réessayez."
        ),
        "account.session.ended": (
            "Votre connexion a pris fin : connectez-vous à nouveau pour "
            "continuer."
        ),
        **REGISTRATION,
        **DOSSIER,
        # Forms
        "field.mandatory": (
            "Il manque le champ « {field} », marqué d’un astérisque : "
            "remplissez-le, puis validez à nouveau."
        ),
        "field.closed": (
            "Le champ « {field} » n’est pas à remplir ici : contactez le "
            "service pour le faire changer."
        ),
        "field.unknown": (
            "Ce formulaire n’a pas de champ « {field} » : rechargez la page, "
            "puis recommencez."
        ),
        "field.text": (
            "Le champ « {field} » ne convient pas : écrivez-le sur une "
            "ligne, en 100 caractères au plus."
        ),
        "field.email": (
            "Le champ « {field} » ne convient pas : écrivez une adresse "
            "comme prenom.nom@exemple.fr."
        ),
        "field.phone": (
            "Le champ « {field} » ne convient pas : écrivez dix chiffres, "
            "comme dans 06 12 34 56 78, ou un numéro étranger qui commence "
            "par +."
        ),
        "field.postcode": (
            "Le champ « {field} » ne convient pas : écrivez cinq chiffres, "
            "comme dans 04200."
        ),
        "field.day": (
            "Le champ « {field} » ne convient pas : écrivez une date comme "
            "02/03/2019."
        ),
        "field.born-later": (
            "Le champ « {field} » est dans l’avenir : vérifiez l’année."
        ),
        "field.choice": (
            "Le champ « {field} » ne convient pas : choisissez une réponse "
            "de la liste."
        ),
        "field.count": (
            "Le champ « {field} » ne convient pas : écrivez un nombre de 0 à "
            "{most}."
        ),
        # Household
        "household.partner.own-account": (
            "Votre conjointe ou conjoint a son propre compte : c’est à cette "
            "personne de modifier son profil, ou au service."
        ),
        "household.child.unknown": (
            "Cet enfant n’est pas rattaché à votre foyer : choisissez-en un "
            "dans « Mes enfants », ou ajoutez-le d’abord."
        ),
        "household.custody.since": (
            "Votre foyer ne peut pas réserver le {day} pour cet enfant : "
            "choisissez un jour à partir du {since}."
        ),
        # What must be done before booking
        "gate.email.confirmed": (
            "Votre adresse e-mail n’est pas encore confirmée : cliquez sur "
            "le lien de validation reçu par courriel (peut-être parmi les "
            "courriers indésirables), puis réservez."
        ),
        "gate.household.described": (
            "Votre dossier n’est pas complet, il manque : {fields}. "
            "Remplissez « Mon profil » et « Mon foyer », vous pourrez "
            "réserver ensuite."
        ),
        "gate.quotient.recorded": (
            "Votre quotient familial n’est pas encore enregistré : "
            "transmettez votre attestation au service, vous pourrez réserver "
            "ensuite."
        ),
        # What is offered
        "dated.before-the-first": (
            "Le règlement ne dit encore rien du {day} : choisissez un jour "
            "plus tard, ou contactez le service."
        ),
        "offer.period.unknown": (
            "La période « {period} » n’est pas proposée : choisissez-en une "
            "dans la liste."
        ),
        "offer.amplitude.unknown": (
            "L’amplitude « {amplitude} » n’est pas proposée ici : choisissez "
            "parmi {offered}."
        ),
        "tariff.none": (
            "Le règlement n’a pas de tarif pour « {prestation} » le {day} "
            "dans votre situation : contactez le service."
        ),
        "tariff.bracket.undecided": (
            "Aucune tranche, ou deux à la fois, pour {figure} € "
            "({brackets}) : contactez le service, qui complétera sa grille."
        ),
        "tariff.individual.bounds": (
            "Le tarif fixé pour « {prestation} » est de {amount} €, il doit "
            "être entre {at_least} et {at_most} € : contactez le service."
        ),
        "tariff.package.size": (
            "Il n’y a pas de forfait pour {days} jours, seulement pour "
            "{sizes} : choisissez un autre nombre de jours."
        ),
        "tariff.quotient.missing": (
            "Le tarif dépend de votre quotient familial, qui nous manque : "
            "transmettez votre attestation au service, vous pourrez réserver "
            "ensuite."
        ),
        # Booking
        "request.days.none": (
            "Aucun jour n’est choisi : choisissez-en au moins un dans le "
            "planning."
        ),
        "request.days.too-many": (
            "Une demande compte au plus {most} jours : faites-en plusieurs."
        ),
        "request.window.opens": (
            "Les réservations de cette période ne sont pas encore ouvertes : "
            "revenez à partir du {opens_at}."
        ),
        "request.window.closes": (
            "Les réservations de cette période sont closes depuis le "
            "{closes_at} : contactez le service, ou choisissez une autre "
            "période."
        ),
        "request.day.not-yet-open": (
            "Le {day} ne se réserve pas encore : revenez à partir du "
            "{opens_at}."
        ),
        "request.day.outside-period": (
            "Le {day} n’est pas dans la période choisie : choisissez un jour "
            "du {first_day} au {last_day}, ou une autre période."
        ),
        "request.day.public-holiday": (
            "Le {day} est férié, l’accueil est fermé : choisissez un autre "
            "jour."
        ),
        "request.day.closed": (
            "L’accueil est fermé le {day} : choisissez un autre jour."
        ),
        "request.day.deadline": (
            "Il est trop tard pour réserver le {day} (c’était possible "
            "jusqu’au {deadline}) : choisissez un jour plus lointain, ou "
            "contactez le service."
        ),
        "request.change.priced-together": (
            "Le prix du {day} est celui d’un forfait : annulez cette journée, "
            "puis réservez-en une autre."
        ),
        "request.change.deadline": (
            "Il est trop tard pour modifier le {day} (c’était possible "
            "jusqu’au {deadline}) : gardez ce jour tel quel, ou contactez le "
            "service."
        ),
        "deadline.by-weekday.missing": (
            "Le règlement ne dit pas jusqu’à quand réserver, modifier ou "
            "annuler le {day} : choisissez un autre jour, ou contactez le "
            "service."
        ),
        "request.day.already-booked": (
            "Vous avez déjà réservé le {day} pour cet enfant : retrouvez-le "
            "dans votre panier ou votre planning, ou choisissez un autre "
            "jour."
        ),
        "request.day.taken-elsewhere": (
            "Le {day} est déjà réservé par ailleurs pour cet enfant : "
            "choisissez un autre jour, ou contactez le service."
        ),
        "request.day.full": (
            "Il ne reste pas de place le {day} : choisissez un autre jour, "
            "ou revenez voir si une place se libère."
        ),
        "request.day.age": (
            "L’accueil n’a pas de place prévue pour un enfant de {age} ans le "
            "{day} : choisissez un autre accueil, ou contactez le service."
        ),
        "planning.offers.age": (
            "Aucun jour de cette période n’a de place prévue pour l’âge de "
            "cet enfant : choisissez un autre accueil, ou contactez le "
            "service."
        ),
        "request.unknown": (
            "Votre foyer n’a pas de demande n° {number} : vérifiez le numéro "
            "dans « Mon planning »."
        ),
        "request.over": (
            "La demande n° {number} n’est plus en attente de paiement : "
            "voyez où elle en est dans « Mon planning », et réservez à "
            "nouveau s’il le faut."
        ),
        "request.payment-in-progress": (
            "Un paiement de ces jours peut encore arriver : terminez-le, ou "
            "réessayez après le {until}."
        ),
        "request.change.pending": (
            "Une modification du {day} attend son paiement, c’est la demande "
            "n° {number} : payez-la ou supprimez-la, ou réessayez après le "
            "{until}."
        ),
        "request.change.same": (
            "Le {day} est déjà réservé ainsi : choisissez une autre amplitude."
        ),
        "request.cancel.not-booked": (
            "Le {day} n’est pas une réservation validée de cette demande : "
            "vérifiez le jour dans « Mon planning »."
        ),
        "request.cancel.no-day": (
            "Aucun jour n’est choisi : choisissez au moins un jour à annuler."
        ),
        "cancellation.day-over": (
            "Le {day} est passé, il ne peut plus être annulé : contactez le "
            "service pour signaler une absence."
        ),
        "cancellation.credit-changed": (
            "L’annulation ne donne plus un avoir de {shown}, mais de "
            "{credited} : vérifiez-le, puis validez à nouveau."
        ),
        "cancellation.document.nothing": (
            "Ce document n’ajoute rien à ce qui est déjà rendu pour le "
            "{day} : vérifiez sa date et le motif."
        ),
        "request.excuse.not-cancelled": (
            "Le {day} n’est pas un jour annulé de cette demande : vérifiez le "
            "jour et le numéro."
        ),
        "cancellation.reason.unknown": (
            "Le motif « {reason} » n’est pas l’un de ceux du règlement : "
            "choisissez-en un autre, ou annulez sans motif."
        ),
        # Paying
        "payment.price-changed": (
            "Le montant n’est plus de {shown}, mais de {total} : "
            "vérifiez-le, puis validez à nouveau."
        ),
        "payment.nothing-to-pay": (
            "Votre panier ne contient plus rien à payer : faites une "
            "nouvelle réservation."
        ),
        "payment.one-open-attempt": (
            "Votre panier est déjà en cours de paiement : terminez ce "
            "paiement, ou recommencez après le {until}."
        ),
        "payment.amount-not-payable": (
            "Il resterait {amount} à payer, et le paiement en ligne accepte "
            "de {minimum} à {maximum} : modifiez votre panier, ou contactez "
            "le service."
        ),
        "payment.provider-unavailable": (
            "Le paiement en ligne ne répond pas, et rien n’a été débité : "
            "réessayez dans quelques minutes, vos places sont gardées "
            "jusqu’à l’heure que montre votre panier."
        ),
        "invoice.unknown": (
            "Votre foyer n’a pas de facture n° {number} : vérifiez le numéro "
            "dans « Mes factures »."
        ),
        "invoice.credit-note.unknown": (
            "Votre foyer n’a pas d’avoir n° {number} : vérifiez le numéro "
            "dans « Mes factures »."
        ),
        # The host's own fault
        "request.command.reused": (
            "Cette demande a déjà été traitée avec d’autres choix : rechargez "
            "la page, vérifiez, puis recommencez."
        ),
        **DOSSIERS,
        **PLACES,
    }
)


def refusal(
    refused: Refusal, *, overrides: Mapping[str, str] | None = None
) -> str:
    r"""
    What is wrong and what to do next, in a sentence.

    Args:
        refused: One of the refusals of `Refused`.

        overrides: Rule → sentence with the same fields in braces, before
            those of `SENTENCES`; also for the refusals of a plugin.

    Raises:
        KeyError: If the rule has no sentence, or the sentence names a field
            that the refusal has not: a mistake of ours, or of the override.

    >>> from portail_core.domain.bookings import DayFull
    >>> refusal(
    ...     DayFull(dt.date(2026, 5, 27)),
    ...     overrides={"request.day.full": "Complet le {day} !"},
    ... ).replace("\xa0", " ")
    'Complet le mercredi 27 mai 2026 !'
    """
    sentences = {**SENTENCES, **(overrides or {})}
    if refused.rule not in sentences:
        msg = f"{refused.rule!r} has no sentence: add one to french.SENTENCES"
        raise KeyError(msg)
    named = {
        field.name: _worded(getattr(refused, field.name))
        for field in fields(type(refused))
    }
    if "field" in named:
        named["field"] = field_name(named["field"])
    if "fields" in named:
        names = named["fields"].split(", ")
        named["fields"] = ", ".join(dict.fromkeys(map(field_name, names)))
    try:
        return typeset(sentences[refused.rule]).format_map(named)
    except KeyError as error:
        msg = (
            f"the sentence of {refused.rule!r} names {{{error.args[0]}}}; "
            f"there is: {', '.join(named) or 'no field'}"
        )
        raise KeyError(msg) from None


@singledispatch
def _worded(value: object) -> str:
    return str(value)


_worded.register(Money, amount)
_worded.register(dt.date, day)
_worded.register(dt.datetime, moment)
_worded.register(dt.time, lambda at: f"{at:%H:%M}")
_worded.register(Block, block)


@_worded.register
def _(several: tuple) -> str:  # type: ignore[type-arg]  # a run-time class
    return ", ".join(_worded(value) for value in several)
