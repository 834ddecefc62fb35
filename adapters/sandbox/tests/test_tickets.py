"""
The third mail: « le ticket de paiement par mail ».
"""

import datetime as dt
import email
from email import policy

import pytest

from portail_core.domain.money import eur
from portail_core.testing.payment_contract import HOSTILE_LABELS, an_order
from portail_sandbox import Decision, SandboxPayments, TicketNotWritten

PAID_AT = dt.datetime(2026, 5, 13, 9, 20, 5, tzinfo=dt.UTC)

PAYING = [
    Decision.PAID,
    Decision.ABANDONED_THEN_PAID,
    Decision.PAID_OTHER_AMOUNT,
    Decision.PAID_OTHER_REFERENCE,
    Decision.PAID_IN_OTHER_MODE,
]

TICKET = """\
Bonjour,

Votre paiement a été enregistré.

Référence : ATTEMPT0001
Montant : 1\N{NARROW NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€
Date : 13 mai 2026, 11:20:05
Objet : Accueil de loisirs

Ce ticket vient d'un service de démonstration : aucun argent réel n'a été
prélevé.
"""


def mails(folder):
    return [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in folder.glob("new/*")
    ]


class TestTicket:
    def test_whole(self, provider, desk, tickets):
        """
        It says what was paid, when in Paris, and for what; to whom paid.
        """
        key = provider.create(an_order(amount=eur("1234.50"))).key
        desk.decide(key, Decision.PAID, PAID_AT)

        (ticket,) = mails(tickets)

        assert "Ticket de paiement" == ticket["Subject"]
        assert "parent@example.org" == ticket["To"]
        assert "Service de paiement de démonstration" in ticket["From"]
        assert PAID_AT == ticket["Date"].datetime
        assert TICKET == ticket.get_content()
        assert [] == ticket.defects

    def test_rfc_5322(self, provider, desk, tickets, key):
        """
        Its bytes are ASCII, in short lines, with one of each header.
        """
        desk.decide(key, Decision.PAID, PAID_AT)
        (path,) = tickets.glob("new/*")
        lines = path.read_bytes().split(b"\n")
        headers = [line.split(b":")[0] for line in lines[: lines.index(b"")]]

        assert path.read_bytes().isascii()
        assert max(map(len, lines)) <= 78
        assert len(headers) == len(set(headers))
        assert {b"From", b"To", b"Date", b"Message-ID"} <= set(headers)

    @pytest.mark.parametrize("decision", PAYING, ids=lambda d: d.value)
    def test_single(self, provider, desk, tickets, key, decision):
        """
        Decided twice and looked up, a payment has one ticket.
        """
        desk.decide(key, decision, PAID_AT)
        provider.look_up(key)
        desk.decide(key, decision, PAID_AT)

        assert 1 == len(mails(tickets))

    def test_deleted(self, desk, tickets, key):
        """
        A ticket that its reader threw away does not come back.
        """
        desk.decide(key, Decision.PAID, PAID_AT)
        for path in tickets.glob("new/*"):
            path.unlink()
        desk.decide(key, Decision.PAID, PAID_AT)

        assert [] == mails(tickets)

    def test_what_was_paid(self, desk, tickets, key):
        """
        The ticket tells the amount paid, not the one asked for.
        """
        desk.decide(key, Decision.PAID_OTHER_AMOUNT, PAID_AT)
        (ticket,) = mails(tickets)

        assert "12,49" in ticket.get_content()

    @pytest.mark.parametrize(
        "decision",
        [Decision.REFUSED, Decision.ABANDONED],
        ids=lambda d: d.value,
    )
    def test_none_unpaid(self, desk, tickets, key, decision):
        """
        Without money there is no ticket.
        """
        desk.decide(key, decision, PAID_AT)

        assert not tickets.exists()

    def test_none_wanted(self, directory, desk, tmp_path):
        """
        Where no Maildir is named, nothing is written but the decision.
        """
        provider = SandboxPayments(directory=directory)
        key = provider.create(an_order()).key
        desk.decide(key, Decision.PAID, PAID_AT)

        assert [directory] == list(tmp_path.iterdir())

    def test_key_is_not_told(self, desk, tickets, key):
        """
        Who reads the ticket cannot decide in the payer's place.
        """
        desk.decide(key, Decision.PAID, PAID_AT)
        (path,) = tickets.glob("new/*")

        assert key not in path.read_text()

    @pytest.mark.parametrize(
        "label", HOSTILE_LABELS.values(), ids=HOSTILE_LABELS
    )
    def test_hostile_label(self, provider, desk, tickets, label):
        """
        A label fills its line of the text, and nothing more.
        """
        key = provider.create(an_order(label=label)).key
        desk.decide(key, Decision.PAID, PAID_AT)
        (ticket,) = mails(tickets)

        assert ticket["Bcc"] is None
        assert TICKET.count("\n") == ticket.get_content().count("\n")

    def test_not_written(self, provider, desk, tickets, key):
        """
        Money does not depend on a mail: once the folder is mended, deciding
        again writes the ticket.
        """
        tickets.write_text("a file where a folder should be")

        with pytest.raises(TicketNotWritten):
            desk.decide(key, Decision.PAID, PAID_AT)
        paid = provider.look_up(key)
        tickets.unlink()
        desk.decide(key, Decision.PAID, PAID_AT)

        assert PAID_AT == paid.paid_at
        assert 1 == len(mails(tickets))
