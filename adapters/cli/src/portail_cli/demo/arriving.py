"""
The two ways in: a dossier that the service entered, or one's own account.
"""

from __future__ import annotations

import datetime as dt

from portail_cli import screens, tiles
from portail_cli.stage import EMAIL, PASSWORD, Family, Stage, link_in
from portail_core import Refused, french
from portail_core.domain.accounts import Stay
from portail_core.domain.dossiers import DossierForm
from portail_core.domain.forms import Block

WEDNESDAY = dt.date(2026, 5, 27)
NEW_EMAIL = "famille.garcia@example.org"
DOSSIERS = """\
Nom;Prénom;E-mail;Nom enfant;Prénom enfant;Date de naissance enfant
Petit;Dominique;famille.petit@example.org;Petit;Noa;09/04/2018
Petit;Dominique;famille.petit@example.org;Petit;Sacha;02/01/2020
Morel;;famille.morel@example;Morel;Eden;31/02/2019
"""


STEPS = {
    Block.COORDINATES: {
        "street": "3 chemin des Lavandes",
        "postcode": "04200",
        "town": "Peipin",
        "mobile_phone": "06 39 98 00 78",
    },
    Block.PERSONAL: {
        "first_name": "Alix",
        "last_name": "Garcia",
        "birth_date": "14/07/1990",
        "family_situation": "single",
    },
    Block.PROFESSIONAL: {"employer": "Garage des Alpes"},
}
CAMILLE = DossierForm(
    adults=(
        {
            "first_name": "Camille",
            "last_name": "Martin-Durand",
            "email": EMAIL,
        },
    ),
    household={
        "street": "12 rue des Genêts",
        "postcode": "04200",
        "town": "Aubignosc",
    },
    children=(
        {
            "first_name": "Lou",
            "last_name": "Martin-Durand",
            "birth_date": "02/03/2019",
        },
    ),
)


def be_invited(stage: Stage) -> Family:
    """
    « Si le dossier de votre enfant a déjà été saisi par notre service. »
    """
    stage.say(screens.title("1. Activation de votre compte famille"))
    stage.at(dt.date(2026, 5, 5), dt.time(16, 32))
    dossiers = stage.staff.dossiers
    dossiers.enter(CAMILLE)
    stage.screen(
        "Le service saisit le dossier", "MARTIN-DURAND Camille, un enfant"
    )
    try:
        dossiers.import_csv(DOSSIERS.encode())
    except Refused as error:
        stage.screen(
            "Le service importe d’autres dossiers : rien n’est gardé",
            screens.refused(error),
        )
    (mail,) = stage.show_mails(1)
    stage.portal.public.activate(link_in(mail), PASSWORD)
    stage.screen("Personnalisez votre mot de passe", "Mot de passe * : …")
    return _sign_in(stage)


def _sign_in(stage: Stage) -> Family:
    public = stage.portal.public
    try:
        public.sign_in(EMAIL, "un autre mot de passe")
    except Refused as error:
        stage.screen("Connexion à votre compte", screens.refused(error))
    session = public.sign_in(EMAIL, PASSWORD, stay=Stay.REMEMBERED)
    until = french.moment(session.expires_at)
    stage.screen(
        "Connexion à votre compte",
        f"Adresse e-mail * : {EMAIL}",
        "Mot de passe * : …",
        f"Se souvenir de moi : oui, jusqu’au {until}",
    )
    desk = stage.portal.family(session.token)
    stage.screen("Mon compte", tiles.home(desk.home()))
    (child,) = desk.children.all()
    return Family(stage, desk, child)


def sign_up(stage: Stage) -> None:
    """
    « Si votre enfant n'est pas encore connu de l'accueil de loisirs »: the
    five steps, and what waits for the address to be confirmed.
    """
    stage.say(screens.title("2. Créer mon compte, en cinq étapes"))
    stage.at(dt.date(2026, 5, 6), dt.time(8, 45))
    _register(stage)
    (mail,) = stage.show_mails(1)

    public = stage.portal.public
    desk = stage.portal.family(public.sign_in(NEW_EMAIL, PASSWORD).token)
    child = desk.children.add(
        {
            "first_name": "Sacha",
            "last_name": "Garcia",
            "birth_date": "09/04/2018",
        }
    )
    family = Family(stage, desk, child)
    try:
        family.ask(WEDNESDAY)
    except Refused as error:
        stage.screen("Réserver avant d’être confirmé", screens.refused(error))
    public.confirm_email(link_in(mail))
    stage.screen("Adresse confirmée", "Votre adresse e-mail est confirmée.")
    public.forgot_password(NEW_EMAIL)
    stage.screen("Mot de passe oublié ?", french.MAIL_ON_ITS_WAY)
    (mail,) = stage.show_mails(1)
    public.reset_password(link_in(mail), f"{PASSWORD}-bis")
    stage.show_mails(1)
    public.sign_in(NEW_EMAIL, f"{PASSWORD}-bis")


def _register(stage: Stage) -> None:
    registration = stage.portal.public.registration
    try:
        registration.begin("famille.garcia", "soleil")
    except Refused as error:
        stage.screen(
            "1 Création de mon compte : à corriger", screens.refused(error)
        )
    token = registration.begin(NEW_EMAIL, PASSWORD)
    stage.screen(
        "1 Création de mon compte",
        f"Email * : {NEW_EMAIL}",
        "Mot de passe * : …",
        "Confirmer le nouveau mot de passe * : …",
    )
    mistaken = {
        **STEPS[Block.COORDINATES],
        "postcode": "4200",
        "mobile_phone": "06 39 98",
    }
    try:
        registration.fill(token, Block.COORDINATES, mistaken)
    except Refused as error:
        stage.screen("2 Coordonnées : à corriger", screens.refused(error))
    for step, typed in STEPS.items():
        registration.fill(token, step, typed)
    shown = registration.show(token)
    for rank, form in enumerate(shown.forms, start=2):
        stage.screen(f"{rank} {french.block(form.block)}", tiles.fields(form))
    registration.validate(token)
    stage.screen("5 Validation", french.MAIL_ON_ITS_WAY)
