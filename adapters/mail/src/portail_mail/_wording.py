"""
Letters in French: a subject, a text, and the same in HTML.

The sentences are in `templates/`; to reword a letter is to edit its two files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from attrs import fields, frozen
from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)

from portail_core import french
from portail_core.domain.reglement import Operator
from portail_core.ports.mail import (
    AccountActivation,
    AccountAlreadyThere,
    CancellationConfirmation,
    DayChangeConfirmation,
    DocumentAcceptance,
    DocumentRefusal,
    EmailChange,
    EmailChangeAlert,
    EmailConfirmation,
    Letter,
    MailRejected,
    PasswordChange,
    PasswordReset,
    PaymentConfirmation,
    PreRegistrationAcceptance,
    PreRegistrationRefusal,
    RecapOfBookings,
)

from ._layout import invoice_table, laid_out, sums


@frozen(kw_only=True)
class Worded:
    """
    A letter that can be read.
    """

    subject: str
    text: str
    html: str


# Mail programs drop style sheets: each element carries its own.
_CSS: Mapping[str, str] = {
    "body": "margin:0;padding:0;background-color:#ffffff;color:#1f2328;"
    "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5",
    "page": "max-width:600px;margin:0 auto;padding:24px 16px",
    "h1": "margin:0 0 24px;font-size:22px;line-height:1.3;color:#12395b",
    "h2": "margin:32px 0 12px;font-size:18px;line-height:1.3;color:#12395b",
    "p": "margin:0 0 16px",
    "link": "color:#0b5394;word-break:break-all",
    "card": "margin:0 0 16px;padding:12px 16px;border:1px solid #c9d1d9;"
    "border-left:4px solid #12395b",
    "late": "margin:0 0 16px;padding:12px 16px;border:1px solid #c9d1d9;"
    "border-left:4px solid #a3480a",
    "label": "margin:0;color:#57606a",
    "title": "margin:0 0 8px;font-weight:bold",
    "after": "margin:0;font-weight:bold",
    "list": "margin:12px 0 16px;padding:0 0 0 20px",
    "whole": "white-space:nowrap",
    "item": "margin:0 0 4px",
    "table": "width:100%;margin:0 0 16px;border-collapse:collapse",
    "th": "padding:8px 0 8px 14px;border-bottom:2px solid #12395b;"
    "text-align:right;font-size:14px",
    "th_first": "padding:8px 0;border-bottom:2px solid #12395b;"
    "text-align:left;font-size:14px",
    "td": "padding:8px 0 8px 14px;border-bottom:1px solid #c9d1d9;"
    "text-align:right;white-space:nowrap;vertical-align:top",
    "td_first": "padding:8px 0;border-bottom:1px solid #c9d1d9;"
    "text-align:left;vertical-align:top;font-weight:normal",
    "sum": "padding:8px 0 0 14px;text-align:right;white-space:nowrap",
    "sum_first": "padding:8px 0 0;text-align:left;font-weight:normal",
    "total": "padding:8px 0 0 14px;text-align:right;white-space:nowrap;"
    "font-weight:bold",
    "total_first": "padding:8px 0 0;text-align:left;font-weight:bold",
    "foot": "margin:32px 0 0;padding:12px 0 0;border-top:1px solid #c9d1d9;"
    "font-size:14px;color:#57606a",
}


_LINKS = {"url", "sign_in_url"}


def worded(letter: Letter, operator: Operator) -> Worded:
    """
    *letter* in words, signed by *operator*.

    Raises:
        MailRejected: If a link in it is no web address.
    """
    name, subject = _titled(letter)
    for field in fields(type(letter)):
        if field.name in _LINKS:
            _refuse_unless_web(getattr(letter, field.name))
    subject = french.typeset(subject)
    known = {"letter": letter, "operator": operator, "subject": subject}
    text = _TEMPLATES.get_template(f"{name}.txt").render(known)
    html = _TEMPLATES.get_template(f"{name}.html").render(known)
    return Worded(
        subject=subject,
        text=laid_out(french.typeset(text)),
        html=french.typeset(html),
    )


def _titled(letter: Letter) -> tuple[str, str]:
    match letter:
        case EmailConfirmation():
            return "email-confirmation", "Création de votre compte"
        case AccountActivation():
            return "account-activation", "Création de votre compte"
        case AccountAlreadyThere():
            return "account-already-there", "Vous avez déjà un compte"
        case PasswordReset():
            return "password-reset", "Choisir un nouveau mot de passe"
        case PasswordChange():
            return "password-change", "Votre mot de passe a changé"
        case EmailChange():
            return "email-change", "Confirmer votre nouvelle adresse e-mail"
        case EmailChangeAlert():
            return (
                "email-change-alert",
                "Changement de votre adresse e-mail demandé",
            )
        case PaymentConfirmation(invoice=invoice, confirmed=confirmed):
            said = (
                "Confirmation de paiement"
                if confirmed
                else "Paiement reçu trop tard, un avoir vous est rendu"
            )
            return "payment-confirmation", f"{said} : facture n° {invoice}"
        case RecapOfBookings():
            return "recap", "État récapitulatif de vos réservations"
        case CancellationConfirmation(request=request):
            return (
                "cancellation",
                f"Confirmation d’annulation : réservation n° {request.number}",
            )
        case DayChangeConfirmation(request=request):
            said = "Confirmation de modification : réservation n°"
            return "day-change", f"{said} {request.number}"
        case _:
            return _titled_dossier(letter)


def _titled_dossier(
    letter: DocumentAcceptance
    | DocumentRefusal
    | PreRegistrationAcceptance
    | PreRegistrationRefusal,
) -> tuple[str, str]:
    match letter:
        case DocumentAcceptance(document=document):
            return "document-acceptance", f"Document accepté : {document}"
        case DocumentRefusal(document=document):
            return "document-refusal", f"Document à remplacer : {document}"
        case PreRegistrationAcceptance(accueil=accueil):
            return (
                "pre-registration-acceptance",
                f"Pré-inscription acceptée : {accueil}",
            )
        case PreRegistrationRefusal(accueil=accueil):
            return (
                "pre-registration-refusal",
                f"Réponse à votre pré-inscription : {accueil}",
            )
        case _:
            assert_never(letter)


def _refuse_unless_web(url: str) -> None:
    # A link is clicked: one that is no address of ours is not sent.
    if not re.fullmatch(r"https?://[!#-;=?-~]+", url):
        msg = "the link to send is not a web address"
        raise MailRejected(msg)


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("portail_mail"),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(css=_CSS, settlement=french.settlement)
    environment.filters.update(
        amount=french.amount,
        unit_price=french.unit_price,
        credited=french.credited,
        designation=french.designation,
        day=french.day,
        moment=french.moment,
        quantity=french.quantity,
        invoice_table=invoice_table,
        sums=sums,
    )
    return environment


_TEMPLATES = _templates()
