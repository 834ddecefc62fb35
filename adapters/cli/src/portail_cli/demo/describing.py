"""
« Mise à jour du compte famille et inscription »: tile after tile.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from portail_cli import screens, tiles
from portail_cli.stage import EMAIL, SCAN, Family, Stage
from portail_core import Refused, french
from portail_core.application.documents import DocumentDetail
from portail_core.domain.documents import Demand, DocumentStanding
from portail_core.domain.ids import AccueilCode

WEDNESDAYS = AccueilCode("mercredis")


def describe(stage: Stage, family: Family) -> None:
    """
    « Mon profil », « Mon foyer », « Mes enfants ».
    """
    stage.say(screens.title("3. Mon profil, mon foyer, mes enfants"))
    stage.at(dt.date(2026, 5, 6), dt.time(18, 10))
    _profile(stage, family)
    _household(stage, family)
    stage.screen(
        "Mes enfants",
        *(
            f"{child.name}, date de naissance : "
            f"{french.short_day(child.birth_date)}"
            for child in family.desk.children.all()
        ),
    )
    quotient = stage.staff.record_quotient(
        stage.staff.find_household(EMAIL),
        value=Decimal(780),
        month=dt.date(2026, 5, 1),
        evidence="attestation CAF du 04/05/2026",
    )
    stage.screen(
        "Le service enregistre le quotient familial",
        f"Quotient familial : {french.quantity(quotient.value)}",
        f"Justificatif : {quotient.evidence}",
    )


def _profile(stage: Stage, family: Family) -> None:
    desk = family.desk
    try:
        desk.profile.update_personal({"birth_date": "31/02/1988"})
    except Refused as error:
        stage.screen("Mon profil : à corriger", screens.refused(error))
    desk.profile.update_coordinates(
        {
            "street": "12 rue des Genêts",
            "postcode": "04200",
            "town": "Aubignosc",
            "mobile_phone": "06 39 98 00 12",
        }
    )
    desk.profile.update_personal(
        {"birth_date": "28/02/1988", "family_situation": "cohabiting"}
    )
    desk.profile.update_professional(
        {"employer": "Boulangerie du Pont", "work_phone": "04 65 71 00 34"}
    )
    profile = desk.profile.show()
    stage.screen(
        "Mon profil",
        "Informations de connexion",
        f"  Identifiant : {profile.email}",
        *(tiles.form(form) for form in profile.forms),
    )


def _household(stage: Stage, family: Family) -> None:
    desk = family.desk
    desk.household.update_partner(
        {
            "first_name": "Alex",
            "last_name": "Durand",
            "mobile_phone": "06 39 98 00 56",
        }
    )
    desk.household.update_more({"children_count": "1"})
    home = desk.household.show()
    stage.screen(
        "Mon foyer",
        f"Moi : {home.email}",
        tiles.form(home.me),
        tiles.form(home.partner),
        tiles.form(home.coordinates),
        tiles.form(home.more),
    )


def give_documents(stage: Stage, family: Family) -> None:
    """
    « Transmettre un document »: given, refused once, accepted.
    """
    stage.say(screens.title("4. Document à fournir"))
    stage.at(dt.date(2026, 5, 6), dt.time(18, 30))
    desk = family.desk
    _documents(stage, family)
    try:
        desk.documents.submit(
            desk.documents.asked()[0].kind.code,
            b"Bonjour",
            "fiche.docx",
            child=family.child.id,
        )
    except Refused as error:
        stage.screen("Transmettre un document", screens.refused(error))
    _review(stage, family, _give(family))
    _documents(stage, family)


def _give(family: Family) -> list[DocumentDetail]:
    desk = family.desk
    return [
        desk.documents.submit(
            asked.kind.code, SCAN, f"{asked.kind.code}.pdf", child=asked.child
        )
        for asked in desk.documents.asked()
        if asked.kind.demand is Demand.MANDATORY
    ]


def _review(stage: Stage, family: Family, given: list[DocumentDetail]) -> None:
    _documents(stage, family)
    stage.at(dt.date(2026, 5, 7), dt.time(9, 15))
    form, *others = given
    stage.staff.documents.refuse(
        form.id, reason="la page 2, avec les allergies, manque"
    )
    for document in others:
        stage.staff.documents.accept(document.id)
    stage.screen(
        "Le service lit les documents",
        *(
            f"{document.label} : "
            f"{'à refaire' if document is form else 'accepté'}"
            for document in given
        ),
    )
    stage.show_mails(3)
    again = family.desk.documents.submit(
        form.kind, SCAN, "fiche complète.pdf", child=family.child.id
    )
    stage.staff.documents.accept(again.id)
    stage.show_mails(1)


def _documents(stage: Stage, family: Family) -> None:
    asked = family.desk.documents.asked()
    stage.screen(
        "Document à fournir", *(_document(one, family) for one in asked)
    )


def _document(asked: DocumentStanding, family: Family) -> str:
    mark = " *" if asked.kind.demand is Demand.MANDATORY else ""
    whose = f" ({family.child.name})" if asked.child else ""
    until = (
        f", jusqu’au {french.short_day(asked.valid_to)}"
        if asked.valid_to
        else ""
    )
    state = french.document_standing(asked.state)
    return f"- {asked.kind.label}{mark}{whose} : {state}{until}"


def pre_register(stage: Stage, family: Family) -> None:
    """
    « Ce bloc est à renseigner si vous vous inscrivez pour la première fois »,
    then the règlement intérieur.
    """
    stage.say(screens.title("5. Mes pré-inscriptions, règlement intérieur"))
    stage.at(dt.date(2026, 5, 7), dt.time(12, 0))
    desk = family.desk
    desk.pre_registrations.ask(family.child.id, WEDNESDAYS)
    _pre_registrations(stage, family)
    stage.at(dt.date(2026, 5, 11), dt.time(10, 0))
    for waiting in stage.staff.pre_registrations.to_decide():
        stage.staff.pre_registrations.accept(waiting.pre_registration.id)
    stage.show_mails(1)
    _pre_registrations(stage, family)

    shown = desk.house_rules.show()
    assert shown is not None, "this règlement has house rules"
    accepted = desk.house_rules.accept(shown.rules.version)
    stage.screen(
        "Règlement intérieur",
        f"Version {shown.rules.version}, à lire sur {shown.rules.url}",
        f"Accepté le {french.moment(accepted.at)}",
    )


def _pre_registrations(stage: Stage, family: Family) -> None:
    stage.screen(
        "Mes pré-inscriptions",
        *(
            f"- {family.child.name}, {one.label} : "
            f"{french.pre_registration_state(one.state)}"
            for one in family.desk.pre_registrations.all()
        ),
    )
