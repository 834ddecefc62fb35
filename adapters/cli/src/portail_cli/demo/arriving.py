"""
The two ways in: a dossier that the service entered, or one's own account.
"""

from __future__ import annotations

from portail_cli import screens
from portail_cli.stage import EMAIL, PASSWORD, Family, Stage, link_in


def be_invited(stage: Stage) -> Family:
    """
    « Si le dossier de votre enfant a déjà été saisi par notre service. »
    """
    stage.say(screens.title("1. Activation de votre compte famille"))
    public = stage.portal.public
    public.register(EMAIL, PASSWORD)
    (mail,) = stage.show_mails(1)
    public.confirm_email(link_in(mail))
    desk = stage.portal.family(public.sign_in(EMAIL, PASSWORD).token)
    desk.profile.update_personal(
        {"first_name": "Camille", "last_name": "Martin-Durand"}
    )
    desk.household.update(
        {
            "street": "12 rue des Genêts",
            "postcode": "04200",
            "town": "Aubignosc",
        }
    )
    child = desk.children.add(
        {
            "first_name": "Lou",
            "last_name": "Martin-Durand",
            "birth_date": "02/03/2019",
        }
    )
    return Family(stage, desk, child)


def sign_up(stage: Stage) -> None:
    """
    « Si votre enfant n'est pas encore connu de l'accueil de loisirs. »
    """
    stage.say(screens.title("2. Créer mon compte"))
