"""
« Mon planning », « Mon panier », « Mes factures ».
"""

from __future__ import annotations

import datetime as dt

from portail_cli import screens, tiles
from portail_cli.stage import FULL_DAY, PERIOD, Family, Stage
from portail_core import french
from portail_core.domain.ids import AmplitudeCode, RequestNumber

GUIDE_DAY = dt.date(2026, 5, 13)
WEDNESDAY = dt.date(2026, 5, 27)
NEXT_WEDNESDAY = dt.date(2026, 6, 3)
LATER_WEDNESDAY = dt.date(2026, 6, 10)
LAST_WEDNESDAY = dt.date(2026, 6, 24)
MORNING = AmplitudeCode("MATIN")


def book_and_pay(stage: Stage, family: Family) -> None:
    """
    The guide's own booking, from the choice of the child to the third mail.
    """
    stage.say(screens.title("6. Mon planning : réserver le 27 mai 2026"))
    stage.at(GUIDE_DAY, dt.time(11, 12, 56))
    desk = family.desk
    (offer,) = desk.planning.offers(family.child.id)
    stage.screen(
        "Sélectionner l’utilisateur, choix établissement et période",
        *(tiles.chosen(family.child, offer)),
    )
    _planning(stage, family, WEDNESDAY)
    quote = desk.planning.quote(family.wish(WEDNESDAY))
    stage.screen(
        "Récapitulatif de votre demande",
        f"{french.day(WEDNESDAY)}\nJOURNEE AVEC REPAS\n",
        "Estimation de votre facture",
        f"{offer.establishment.label} {offer.accueil.label} "
        f"{offer.period.label}",
        screens.quote(quote),
    )
    request = family.ask(WEDNESDAY)
    detail = desk.planning.detail(request.number)
    stage.screen("Votre demande", screens.recorded(request, detail))
    _request(stage, family, request.number)
    _pending(stage, family)

    _throw_away_and_change(stage, family)
    _pay(stage, family)
    _request(stage, family, request.number)
    _planning(stage, family, WEDNESDAY)
    stage.say("\n--- Mois suivant ---")
    _planning(stage, family, NEXT_WEDNESDAY)
    _last_invoice(stage, family)
    _pending(stage, family)


def _throw_away_and_change(stage: Stage, family: Family) -> None:
    stage.say(screens.title("7. La poubelle, une modification"))
    desk = family.desk
    mistaken = family.ask(NEXT_WEDNESDAY)
    desk.basket.discard(mistaken.number, command=family.command())
    _request(stage, family, mistaken.number, name="Annuler cette demande")
    stage.at(GUIDE_DAY, dt.time(11, 40, 5))
    asked = family.ask(LATER_WEDNESDAY)
    days = {LATER_WEDNESDAY: FULL_DAY, NEXT_WEDNESDAY: MORNING}
    shown = desk.planning.quote_change(asked.number, days)
    desk.planning.change_request(
        asked.number,
        days,
        shown_total=shown.total,
        command=family.command(),
    )
    _request(stage, family, asked.number, name="Modifier la réservation")
    stage.screen("Mon panier", screens.basket(desk.basket.show()))


def _pay(stage: Stage, family: Family) -> None:
    stage.say(screens.title("8. Valider et payer"))
    stage.at(GUIDE_DAY, dt.time(11, 45))
    checkout = family.check_out()
    stage.screen(
        "Vous êtes redirigé vers la plateforme de paiement",
        f"{checkout.redirect_url}",
        f"Montant : {french.amount(checkout.to_pay)}",
    )
    stage.at(GUIDE_DAY, dt.time(11, 47, 30))
    stage.provider_notifies(stage.payer_pays(checkout))
    stage.show_mails(3)


def change_days(stage: Stage, family: Family) -> None:
    """
    « Voir / Modifier la réservation sur le planning », once it is paid: up,
    which is paid first, and down, which is credited.
    """
    stage.say(screens.title("9. Modifier une réservation validée"))
    stage.at(dt.date(2026, 5, 20), dt.time(20, 15))
    planning = family.desk.planning
    number = _request_of(family, NEXT_WEDNESDAY)
    shown = planning.preview_day_change(number, NEXT_WEDNESDAY, FULL_DAY)
    stage.screen(
        "Du matin à la journée avec repas : ce qu’il faut payer",
        screens.quote(shown.quote),
    )
    changed = planning.change_day(
        number,
        NEXT_WEDNESDAY,
        FULL_DAY,
        shown=shown,
        command=family.command(),
    )
    assert changed.held is not None, "there is something to pay"
    _request(stage, family, changed.held.number, name="Modification demandée")
    stage.provider_notifies(stage.payer_pays(family.check_out()))
    stage.show_mails(3)
    _request(stage, family, changed.held.number)
    _last_invoice(stage, family)

    number = _request_of(family, WEDNESDAY)
    shown = planning.preview_day_change(number, WEDNESDAY, MORNING)
    assert shown.settlement is not None, "it costs less"
    stage.screen(
        "De la journée avec repas au matin : ce qui est rendu",
        screens.settlement(shown.settlement),
    )
    planning.change_day(
        number, WEDNESDAY, MORNING, shown=shown, command=family.command()
    )
    stage.show_mails(1)
    _last_credit_note(stage, family)


def cancel_and_book_again(stage: Stage, family: Family) -> None:
    """
    « Annuler une réservation », and avoirs that the next basket uses.
    """
    stage.say(screens.title("10. Annuler une réservation"))
    stage.at(dt.date(2026, 6, 1), dt.time(11, 30))
    desk = family.desk
    for day in (LATER_WEDNESDAY, NEXT_WEDNESDAY):
        number = _request_of(family, day)
        weighed = desk.planning.preview_cancellation(number, [day])
        stage.screen("Annuler un jour", screens.cancellation(weighed))
        desk.planning.cancel(
            number,
            [day],
            shown_credit=weighed.credited,
            command=family.command(),
        )
        stage.show_mails(1)
        _last_credit_note(stage, family)
    _planning(stage, family, NEXT_WEDNESDAY)

    stage.say(screens.title("11. Les avoirs paient le panier suivant"))
    family.ask(LAST_WEDNESDAY)
    stage.screen("Mon panier", screens.basket(desk.basket.show()))
    checkout = family.check_out()
    stage.screen(
        "Valider et payer",
        f"Payé par avoir : {french.amount(checkout.credits)}",
        f"Reste à payer : {french.amount(checkout.to_pay)}",
    )
    stage.show_mails(2)
    _last_invoice(stage, family)


def see_home(stage: Stage, family: Family) -> None:
    """
    The seven tiles, and the last of them.
    """
    stage.say(screens.title("13. Mes factures, et l’accueil du portail"))
    desk = family.desk
    stage.screen("Mes réservations", tiles.requests(desk.planning.requests()))
    stage.screen(
        "Mes factures",
        tiles.invoices(desk.invoices.all()),
        tiles.credit_notes(desk.invoices.credit_notes()),
        tiles.summary(desk.invoices.summary()),
    )
    stage.screen("Mon compte", tiles.home(desk.home()))


def _request_of(family: Family, day: dt.date) -> RequestNumber:
    return next(
        detail.number
        for detail in family.desk.planning.requests().items
        if any(line.day == day for line in detail.lines)
    )


def _planning(stage: Stage, family: Family, day: dt.date) -> None:
    month = family.desk.planning.month(family.child.id, PERIOD, day)
    stage.screen("Mon planning", screens.month(month))


def _request(
    stage: Stage,
    family: Family,
    number: RequestNumber,
    *,
    name: str = "Détail de la réservation",
) -> None:
    detail = family.desk.planning.detail(number)
    stage.screen(name, screens.reservation(detail))


def _pending(stage: Stage, family: Family) -> None:
    pending = len(family.desk.invoices.pending())
    stage.screen("Mes factures", french.pending_invoices(pending))


def _last_invoice(stage: Stage, family: Family) -> None:
    number = family.desk.invoices.all().items[0].invoice.number
    detail = family.desk.invoices.show(number)
    text = screens.invoice(detail, stage.portal.reglement.operator)
    stage.keep(number, text)
    stage.screen("Mes factures", text)


def _last_credit_note(stage: Stage, family: Family) -> None:
    note = family.desk.invoices.credit_notes().items[0]
    text = screens.credit_note(note, stage.portal.reglement.operator)
    stage.keep(note.number, text)
    stage.screen("Mes factures : avoir", text)
