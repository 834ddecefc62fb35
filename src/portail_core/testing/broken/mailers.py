"""
Mailers that break one promise each; the first keeps them all.
"""

from __future__ import annotations

import html
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
from attrs import evolve

from portail_core.domain.accounts import Email, read_email
from portail_core.domain.refusals import Refused
from portail_core.ports.mail import Envelope, Letter, MailRejected
from portail_core.testing.mail_contract import Delivered

from ._base import Faults


class PlainMailer:
    """
    Says in a letter what its value says, and keeps it: mailer and mailbox.
    """

    def __init__(self) -> None:
        self._delivered: list[Delivered] = []

    @classmethod
    def open(cls, place: Path) -> tuple[Any, Any]:
        """
        A mailer and its mailbox, as a kit asks for; nothing is at *place*.
        """
        del place
        both = cls()
        return both, both

    def delivered(self) -> list[Delivered]:
        """
        All there is.
        """
        return self._delivered

    def send(self, envelope: Envelope, letter: Letter) -> None:
        """
        One letter.
        """
        to, text = self.address(envelope.to), self.text(letter)
        if "\x0b" in text:
            msg = "a letter has no vertical tab"
            raise MailRejected(msg)
        message = EmailMessage(policy=SMTP)
        message["From"] = envelope.operator.sender
        message["To"] = to
        message["Subject"] = self.subject(letter)
        message["Message-ID"] = f"<{self.name(envelope)}@example.org>"
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(self.markup(text), subtype="html")
        self.deliver(Delivered(recipients=(to,), content=bytes(message)))

    def address(self, email: Email) -> str:
        """
        Where it goes.
        """
        try:
            return read_email(email)
        except Refused:
            raise MailRejected(email) from None

    def subject(self, letter: Letter) -> str:
        """
        What it is about.
        """
        return type(letter).__name__

    def name(self, envelope: Envelope) -> str:
        """
        What it is recognised by.
        """
        return sha256(envelope.key.encode()).hexdigest()

    def text(self, letter: Letter) -> str:
        """
        What it says.
        """
        values = attrs.asdict(letter, recurse=False).items()
        return "\n".join(f"{name} : {value}" for name, value in values)

    def markup(self, text: str) -> str:
        """
        The same, as a page.
        """
        return f"<pre>{html.escape(text)}</pre>"

    def deliver(self, one: Delivered) -> None:
        """
        Hand it over.
        """
        self._delivered.append(one)


class LosesLetters(PlainMailer):
    """
    Breaks: a letter that was sent arrives.
    """

    def deliver(self, one: Delivered) -> None:
        """
        Nowhere.
        """


class SendsTwice(PlainMailer):
    """
    Breaks: a letter arrives once.
    """

    def deliver(self, one: Delivered) -> None:
        """
        And again.
        """
        super().deliver(one)
        super().deliver(one)


class WritesToEveryone(PlainMailer):
    """
    Breaks: a letter arrives at the family's alone.
    """

    def deliver(self, one: Delivered) -> None:
        """
        And at all those before.
        """
        known = {to for other in self.delivered() for to in other.recipients}
        recipients = (*one.recipients, *sorted(known - {*one.recipients}))
        super().deliver(evolve(one, recipients=recipients))


class CopiesTheOffice(PlainMailer):
    """
    Breaks: nobody else reads it.
    """

    def deliver(self, one: Delivered) -> None:
        """
        And at the office.
        """
        everyone = (*one.recipients, "office@example.org")
        super().deliver(evolve(one, recipients=everyone))


class SaysNothing(PlainMailer):
    """
    Breaks: a letter has a subject.
    """

    def subject(self, letter: Letter) -> str:
        """
        None.
        """
        del letter
        return ""


class TellsTheSecret(PlainMailer):
    """
    Breaks: a link is in no header.
    """

    def subject(self, letter: Letter) -> str:
        """
        Where to go.
        """
        return str(getattr(letter, "url", "sans lien"))


class CutsLines(PlainMailer):
    """
    Breaks: a link arrives whole.
    """

    def text(self, letter: Letter) -> str:
        """
        In lines of forty letters.
        """
        text = super().text(letter)
        return "\n".join(text[i : i + 40] for i in range(0, len(text), 40))


class NamesLettersByChance(PlainMailer):
    """
    Breaks: a letter sent again is recognised.
    """

    def name(self, envelope: Envelope) -> str:
        """
        By how many there are.
        """
        return f"{len(self.delivered())}.{super().name(envelope)}"


class NamesLettersAlike(PlainMailer):
    """
    Breaks: another letter is another.
    """

    def name(self, envelope: Envelope) -> str:
        """
        By whom they go to.
        """
        return sha256(envelope.to.encode()).hexdigest()


class TrustsKeys(PlainMailer):
    """
    Breaks: a key may hold anything.
    """

    def name(self, envelope: Envelope) -> str:
        """
        By what it holds.
        """
        return envelope.key


class TrustsMarkup(PlainMailer):
    """
    Breaks: what a letter says runs nothing.
    """

    def markup(self, text: str) -> str:
        """
        As it is.
        """
        return f"<pre>{text}</pre>"


class FillsIn(PlainMailer):
    """
    Breaks: what a letter says is no template.
    """

    def text(self, letter: Letter) -> str:
        """
        With what is between braces worked out.
        """
        return super().text(letter).replace("{{ 7 * 7 }}", "49")


class WritesEnglish(PlainMailer):
    """
    Breaks: accents arrive.
    """

    def text(self, letter: Letter) -> str:
        """
        Without them.
        """
        return super().text(letter).encode("ascii", "replace").decode()


class WritesToNobody(PlainMailer):
    """
    Breaks: what is no address is rejected for good.
    """

    def address(self, email: Email) -> str:
        """
        Whatever is left of it.
        """
        return "".join(email.split()).partition(",")[0] or "x@example.org"


MAILERS: Faults = {
    LosesLetters: ("test_every_letter", "test_after_a_rejection"),
    SendsTwice: ("test_every_letter", "test_link", "test_after_a_rejection"),
    WritesToEveryone: ("test_to_each_their_own",),
    CopiesTheOffice: ("test_every_letter", "test_hostile_text"),
    SaysNothing: ("test_every_letter",),
    TellsTheSecret: ("test_link",),
    CutsLines: ("test_link",),
    NamesLettersByChance: ("test_sent_again",),
    NamesLettersAlike: ("test_sent_again",),
    TrustsKeys: ("test_hostile_key",),
    TrustsMarkup: ("test_hostile_text",),
    FillsIn: ("test_hostile_text",),
    WritesEnglish: ("test_french",),
    WritesToNobody: ("test_no_address",),
}
"""Broken mailers, and the checks of `MailContract` that see it."""
