"""
« Vous recevrez également le ticket de paiement par mail. »

The third mail of the guide: the payment service writes it, not the portal.
"""

from __future__ import annotations

import hashlib
import mailbox
from contextlib import closing
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from portail_core import french
from portail_core.domain.days import PARIS
from portail_core.domain.payments import Paid

from ._records import Payment, paid_report

SENDER = "Service de paiement de démonstration"
# A domain that exists nowhere, by RFC 2606.
DOMAIN = "paiement.invalid"

BODY = """\
Bonjour,

Votre paiement a été enregistré.

Référence : {reference}
Montant : {amount}
Date : {paid_on}
Objet : {label}

Ce ticket vient d'un service de démonstration : aucun argent réel n'a été
prélevé.
"""


def deliver(payment: Payment) -> str:
    """
    Put the ticket of a paid *payment* into its Maildir, unless it is there.

    Returns its Message-ID, always the same for one payment.

    Raises:
        OSError: If the Maildir is unusable.
    """
    assert payment.tickets is not None, "asked where tickets are wanted"
    ticket = _ticket(payment)
    folder = Path(payment.tickets)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with closing(mailbox.Maildir(folder)) as tickets:
        # It is there if a crash came between the ticket and its record.
        if not any(m["Message-ID"] == ticket["Message-ID"] for m in tickets):
            tickets.add(ticket.as_bytes())
    return str(ticket["Message-ID"])


def _ticket(payment: Payment) -> EmailMessage:
    paid = paid_report(payment)
    # Not the key itself: who holds it may decide.
    name = hashlib.sha256(payment.key.encode()).hexdigest()[:32]

    ticket = EmailMessage(policy=policy.default.clone(max_line_length=78))
    ticket["Subject"] = "Ticket de paiement"
    ticket["From"] = f"{SENDER} <ne-pas-repondre@{DOMAIN}>"
    ticket["To"] = payment.order.email
    ticket["Date"] = format_datetime(paid.paid_at.astimezone(PARIS))
    ticket["Message-ID"] = f"<ticket.{name}@{DOMAIN}>"
    ticket["Auto-Submitted"] = "auto-generated"
    ticket.set_content(_body(payment, paid), cte="quoted-printable")
    return ticket


def _body(payment: Payment, paid: Paid) -> str:
    return BODY.format(
        reference=paid.reference,
        amount=french.amount(paid.amount),
        paid_on=french.long_moment(paid.paid_at),
        label=payment.order.label,
    )
