"""
Afternoons that go wrong: a basket left alone, money too late, a last place.
"""

from __future__ import annotations

import datetime as dt

from portail_cli import screens
from portail_cli.stage import Family, Stage
from portail_core import Refused, french
from portail_core.domain.ids import RequestNumber

GUIDE_DAY = dt.date(2026, 5, 13)
NEXT_DAY = dt.date(2026, 5, 14)
WEDNESDAY = dt.date(2026, 5, 27)
LATER_WEDNESDAY = dt.date(2026, 6, 10)
LAST_WEDNESDAY = dt.date(2026, 6, 24)


def let_expire(stage: Stage, family: Family) -> None:
    """
    « Toute facture non réglée … annulera automatiquement l'inscription. »
    """
    stage.say(screens.title("12. Un panier laissé à lui-même expire"))
    stage.at(dt.date(2026, 6, 8), dt.time(9, 0))
    request = family.ask(dt.date(2026, 6, 17))
    stage.screen("Mon panier", screens.basket(family.desk.basket.show()))
    stage.at(dt.date(2026, 6, 8), dt.time(11, 0))
    tidied = stage.portal.jobs.expire()
    detail = family.desk.planning.detail(request.number)
    stage.screen("Détail de la réservation", screens.reservation(detail))
    stage.screen("Mon panier", screens.basket(family.desk.basket.show()))
    stage.screen("Tâche planifiée", f"Demandes expirées : {tidied.count}")


def pay_late(stage: Stage) -> None:
    """
    Money that comes after the hold, the place free or gone.
    """
    stage.say(screens.title("14. Un paiement arrive trop tard, place libre"))
    stage.say(
        screens.indented(
            "Un autre portail : chez les 6 ans et plus, son règlement n’a "
            "qu'une place par jour."
        )
    )
    first = stage.family("Petit", parent="Dominique", child="Noa")
    second = stage.family("Garcia", parent="Alix", child="Sacha")
    number = _answer_too_late(stage, first, WEDNESDAY, asked_on=GUIDE_DAY)
    _request(stage, first, number)
    stage.show_mails(3)

    stage.say(screens.title("15. Un paiement arrive trop tard, place prise"))
    number = _answer_too_late(
        stage, first, LATER_WEDNESDAY, asked_on=NEXT_DAY, meanwhile=second
    )
    _request(stage, first, number)
    stage.show_mails(2)
    operator = stage.portal.reglement.operator
    (note,) = first.desk.invoices.credit_notes().items
    text = screens.credit_note(note, operator)
    stage.keep(note.number, text)
    stage.screen("Mes factures : avoir", text)


def _answer_too_late(
    stage: Stage,
    family: Family,
    day: dt.date,
    *,
    asked_on: dt.date,
    meanwhile: Family | None = None,
) -> RequestNumber:
    stage.at(asked_on, dt.time(10, 0))
    request = family.ask(day)
    stage.screen(family.name, f"Demande le {french.day(day)}.")
    stage.at(asked_on, dt.time(10, 5))
    checkout = family.check_out()
    stage.screen(family.name, "Ouvre la page de paiement, et s’en va.")
    stage.at(asked_on, dt.time(12, 30))
    stage.portal.jobs.reconcile()
    stage.portal.jobs.expire()
    stage.screen("Tâche planifiée", "Aucune réponse : la place est libérée.")
    if meanwhile is not None:
        meanwhile.ask(day)
        key = stage.payer_pays(meanwhile.check_out())
        stage.provider_notifies(key)
        stage.new_mails()
        stage.screen(meanwhile.name, "Demande et paie cette même place.")
    stage.at(asked_on, dt.time(14, 0))
    stage.payer_pays(checkout)
    stage.screen(family.name, "Revient sur la page de paiement, et paie.")
    stage.portal.jobs.reconcile()
    stage.screen("Tâche planifiée", "Ce paiement est connu du portail.")
    return request.number


def want_the_last_place(stage: Stage) -> None:
    """
    A last place, wanted by two families.
    """
    stage.say(screens.title("16. La dernière place, voulue par deux familles"))
    stage.at(NEXT_DAY, dt.time(20, 59))
    families = [
        stage.family("Morel", parent="Charlie", child="Eden"),
        stage.family("Lefort", parent="Maxime", child="Camille"),
    ]
    for family in families:
        stage.screen(family.name, f"Demande le {french.day(LAST_WEDNESDAY)}.")
        try:
            request = family.ask(LAST_WEDNESDAY)
        except Refused as error:
            stage.screen("Réponse", screens.refused(error))
        else:
            until = french.moment(request.held_until)
            stage.screen(
                "Réponse",
                f"Demande n° {request.number} enregistrée, place gardée "
                f"jusqu’au {until}.",
            )


def _request(stage: Stage, family: Family, number: RequestNumber) -> None:
    detail = family.desk.planning.detail(number)
    stage.screen("Détail de la réservation", screens.reservation(detail))
