"""
`portail demo`: the user guide, played on its own dates by an invented family.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from portail_core import Refused, french
from portail_core.domain.ids import AgentId, RequestNumber

from . import screens
from .stage import (
    PASSWORD,
    Family,
    Stage,
    StoppedClock,
    link_in,
)

GUIDE_DAY = dt.date(2026, 5, 13)
GUIDE_TIME = dt.time(11, 12, 56)
NEXT_DAY = dt.date(2026, 5, 14)
WEDNESDAY = dt.date(2026, 5, 27)
LATER_WEDNESDAY = dt.date(2026, 6, 10)
LAST_WEDNESDAY = dt.date(2026, 6, 24)
EMAIL = "famille.martin-durand@example.org"


def play(out: Path, say: Callable[[str], None]) -> None:
    """
    Play the guide, then four afternoons that go wrong, in the folder *out*.

    Raises:
        FileExistsError: If *out* holds anything already.
        OSError: If *out* is no folder that can be written in.
        ValueError: If the secret that the environment names cannot be used.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        msg = f"{out} is not empty: name a new folder for the demonstration"
        raise FileExistsError(msg)
    reglement, one_place = _reglements(out)

    clock = StoppedClock(GUIDE_DAY, dt.time(9, 0))
    guide = Stage(reglement, folder=out / "guide", clock=clock, say=say)
    with guide.portal:
        family = sign_up(guide)
        book_and_pay(guide, family)
        cancel_and_book_again(guide, family)
        let_expire(guide, family)

    clock = StoppedClock(GUIDE_DAY, dt.time(9, 0))
    single = Stage(one_place, folder=out / "une-place", clock=clock, say=say)
    with single.portal:
        pay_late(single)
        want_the_last_place(single)

    say(screens.title("Ce qui a été écrit"))
    say(screens.indented(*_written(out)))


def _reglements(out: Path) -> tuple[Path, Path]:
    packed = files("portail_cli") / "petites-bouilles.toml"
    text = packed.read_text(encoding="utf-8")
    reglement = out / "reglement.toml"
    reglement.write_text(text, encoding="utf-8")
    one_place = out / "reglement-une-place.toml"
    one_place.write_text(
        text.replace("capacity = 24", "capacity = 1"), encoding="utf-8"
    )
    return reglement, one_place


def _written(out: Path) -> Iterator[str]:
    yield f"Tout est dans {out} :"
    yield "- .portail-secret : le secret du portail, pour lui seul"
    for path in sorted(out.glob("*.toml")):
        yield f"- {path.name} : un règlement, à lire ou à changer"
    for folder in (out / "guide", out / "une-place"):
        name = folder.name
        mails = len(list(folder.glob("mails/new/*")))
        yield f"- {name}/portail.db : la base de données (SQLite)"
        yield f"- {name}/mails : {mails} courriels (Maildir)"
        yield f"- {name}/paiements : ce que sait le service de paiement"
        for paper in sorted(folder.glob("factures/*.txt")):
            yield f"- {name}/factures/{paper.name}"


def sign_up(stage: Stage) -> Family:
    """
    « Créer mon compte », and what a family says of itself.
    """
    stage.say(screens.title("1. Activation de votre compte famille"))
    public = stage.portal.public
    stage.at(GUIDE_DAY, dt.time(9, 0))
    stage.screen(
        "Créer mon compte", f"Email * : {EMAIL}", "Mot de passe * : …"
    )
    public.register(EMAIL, PASSWORD)
    (mail,) = stage.show_mails()
    public.confirm_email(link_in(mail))
    stage.screen("Adresse confirmée", "Votre adresse e-mail est confirmée.")
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
    profile, household = desk.profile.show(), desk.household.show()
    address = household.coordinates
    stage.screen(
        "Mon foyer",
        f"Moi : {profile.text('last_name')} {profile.text('first_name')}",
        f"Coordonnées du foyer : {address.text('street')}, "
        f"{address.text('postcode')} {address.text('town')}",
    )
    child = desk.children.add(
        {
            "first_name": "Lou",
            "last_name": "Martin-Durand",
            "birth_date": "02/03/2019",
        }
    )
    stage.screen(
        "Mes enfants",
        f"{child.name}, date de naissance : "
        f"{french.short_day(child.birth_date)}",
    )
    staff = stage.portal.trusted.staff(AgentId("accueil"))
    quotient = staff.record_quotient(
        staff.find_household(EMAIL),
        value=Decimal(780),
        month=dt.date(2026, 5, 1),
        evidence="attestation CAF du 04/05/2026",
    )
    stage.screen(
        "Le service enregistre le quotient familial",
        f"Quotient familial : {french.quantity(quotient.value)}",
        f"Justificatif : {quotient.evidence}",
    )
    return Family(stage, desk, child)


def book_and_pay(stage: Stage, family: Family) -> None:
    """
    « Mon planning », « Mon panier », PayFiP: here, the sandbox.
    """
    stage.say(screens.title("2. Mon planning : réserver le 27 mai 2026"))
    stage.at(GUIDE_DAY, GUIDE_TIME)
    desk = family.desk
    _planning(stage, family)
    stage.screen(
        "Récapitulatif de votre demande",
        f"{french.day(WEDNESDAY)}\nJOURNEE AVEC REPAS\n",
        "Estimation de votre facture",
        screens.quote(desk.planning.quote(family.wish(WEDNESDAY))),
    )
    request = family.ask(WEDNESDAY)
    detail = desk.planning.detail(request.number)
    stage.screen("Votre demande", screens.recorded(request, detail))
    stage.screen("Détail de la réservation", screens.reservation(detail))
    _pending(stage, family)

    stage.say(screens.title("3. La poubelle, et une nouvelle réservation"))
    mistaken = family.ask(dt.date(2026, 6, 3))
    desk.basket.discard(mistaken.number, command=family.command())
    detail = desk.planning.detail(mistaken.number)
    stage.screen("Annuler cette demande", screens.reservation(detail))
    stage.at(GUIDE_DAY, dt.time(11, 40, 5))
    family.ask(LATER_WEDNESDAY)
    stage.screen("Mon panier", screens.basket(desk.basket.show()))

    stage.say(screens.title("4. Valider et payer"))
    stage.at(GUIDE_DAY, dt.time(11, 45))
    checkout = family.check_out()
    stage.screen(
        "Vous êtes redirigé vers la plateforme de paiement",
        f"{checkout.redirect_url}",
        f"Montant : {french.amount(checkout.to_pay)}",
    )
    stage.at(GUIDE_DAY, dt.time(11, 47, 30))
    stage.provider_notifies(stage.payer_pays(checkout))
    stage.show_mails()
    detail = desk.planning.detail(request.number)
    stage.screen("Détail de la réservation", screens.reservation(detail))
    _planning(stage, family)
    _last_invoice(stage, family)
    _pending(stage, family)


def cancel_and_book_again(stage: Stage, family: Family) -> None:
    """
    « Annuler une réservation », and an avoir that the next basket uses.
    """
    stage.say(screens.title("5. Annuler une réservation"))
    stage.at(dt.date(2026, 6, 1), dt.time(18, 30))
    desk = family.desk
    number = max(
        detail.number
        for detail in desk.planning.requests().items
        if detail.lines[0].day == LATER_WEDNESDAY
    )
    weighed = desk.planning.preview_cancellation(number, [LATER_WEDNESDAY])
    stage.screen("Annuler un jour", screens.cancellation(weighed))
    desk.planning.cancel(
        number,
        [LATER_WEDNESDAY],
        shown_credit=weighed.credited,
        command=family.command(),
    )
    stage.show_mails()
    operator = stage.portal.reglement.operator
    (note,) = desk.invoices.credit_notes().items
    text = screens.credit_note(note, operator)
    stage.keep(note.number, text)
    stage.screen("Mes factures : avoir", text)

    stage.say(screens.title("6. L’avoir paie le panier suivant"))
    family.ask(LAST_WEDNESDAY)
    stage.screen("Mon panier", screens.basket(desk.basket.show()))
    checkout = family.check_out()
    stage.screen(
        "Valider et payer",
        f"Payé par avoir : {french.amount(checkout.credits)}",
        f"Reste à payer : {french.amount(checkout.to_pay)}",
    )
    stage.show_mails()
    _last_invoice(stage, family)
    balance = desk.invoices.credit_balance()
    stage.screen(
        "Mes factures", f"Avoirs disponibles : {french.amount(balance)}"
    )


def let_expire(stage: Stage, family: Family) -> None:
    """
    « Toute facture non réglée … annulera automatiquement l'inscription. »
    """
    stage.say(screens.title("7. Un panier laissé à lui-même expire"))
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
    stage.say(screens.title("8. Un paiement arrive trop tard, place libre"))
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
    stage.show_mails()

    stage.say(screens.title("9. Un paiement arrive trop tard, place prise"))
    number = _answer_too_late(
        stage, first, LATER_WEDNESDAY, asked_on=NEXT_DAY, meanwhile=second
    )
    _request(stage, first, number)
    stage.show_mails()
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
    stage.say(screens.title("10. La dernière place, voulue par deux familles"))
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


def _planning(stage: Stage, family: Family) -> None:
    wish = family.wish(WEDNESDAY)
    shown = family.desk.planning.month(wish.child, wish.period, WEDNESDAY)
    stage.screen("Mon planning", screens.month(shown))


def _request(stage: Stage, family: Family, number: RequestNumber) -> None:
    detail = family.desk.planning.detail(number)
    stage.screen("Détail de la réservation", screens.reservation(detail))


def _pending(stage: Stage, family: Family) -> None:
    pending = family.desk.invoices.pending()
    stage.screen(
        "Mes factures", f"Facture(s) en attente de paiement : {len(pending)}"
    )


def _last_invoice(stage: Stage, family: Family) -> None:
    number = family.desk.invoices.all().items[0].invoice.number
    detail = family.desk.invoices.show(number)
    text = screens.invoice(detail, stage.portal.reglement.operator)
    stage.keep(number, text)
    stage.screen("Mes factures", text)
