"""
What every mailer must do, for authors of adapters.

    class TestMyMailer(MailContract):
        make_mailer = staticmethod(make_mailer)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pytest
from attrs import evolve, frozen

from portail_core.domain.accounts import Email
from portail_core.ports.mail import Letter, Mailer, MailRejected

from ._kit import Kit, Maker
from ._letters import (
    CONFIRMATION,
    LETTERS,
    LINKED,
    OPERATOR,
    REFUSAL,
    URL,
    an_envelope,
)

HOSTILE = {
    "header": "illisible\r\nBcc: someone@example.org\r\n\r\nautre",
    "line ends": "une\nligne\u2028puis\x0bune autre",
    "markup": "<script>alert('1')</script>&amp;",
    "template": "{{ 7 * 7 }} {reason} %s $reason {% raw %}",
    "end of letter": "oui\r\n.\r\nMAIL FROM:<x@example.org>",
    "beyond": "\U0001f600 \u202eabc\u202c œuf",
    "long": "é" * 5_000,
}
"""What an agent may write, or paste."""

NOWHERE = {
    "no address": "nobody",
    "empty": "",
    "two": "a@example.org, b@example.org",
    "header": "a@example.org\r\nBcc: b@example.org",
    "half": "a@",
}


@frozen(kw_only=True)
class Delivered:
    """
    A letter as it arrived.

    Attributes:
        recipients: Whom the mail server was told.

        content: As RFC 5322 has it.
    """

    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """
        Read as any mail program would.
        """
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def text(self) -> str:
        """
        Its words, without markup.
        """
        body: Any = self.message.get_body(("plain",))
        return "" if body is None else str(body.get_content())


class Mailbox(Protocol):
    """
    The other side: what arrived, without the adapter.
    """

    def delivered(self) -> Sequence[Delivered]:
        """
        Every letter that arrived.
        """
        ...


@pytest.fixture(name="_mail")
def _made_mail(self: MailContract, place: Path) -> tuple[Mailer, Mailbox]:
    return self.make_mailer(place)


@pytest.fixture(name="mailer")
def _made_mailer(_: MailContract, _mail: tuple[Mailer, Mailbox]) -> Mailer:
    return _mail[0]


@pytest.fixture(name="mailbox")
def _made_mailbox(_: MailContract, _mail: tuple[Mailer, Mailbox]) -> Mailbox:
    return _mail[1]


class MailContract(Kit):
    """
    The checks, in three lines, as above.

    `make_mailer(place)` gives a mailer, which may keep what it keeps in the
    folder *place*, and the mailbox of all those it writes to.  Two fixtures,
    `mailer` and `mailbox`, do as well.
    """

    make_mailer: ClassVar[Maker[tuple[Mailer, Mailbox]]]
    _maker: ClassVar[str] = "make_mailer"
    _made: ClassVar[Mapping[str, Any]] = {
        "mail": _made_mail,
        "mailer": _made_mailer,
        "mailbox": _made_mailbox,
    }

    @pytest.mark.parametrize("letter", LETTERS, ids=lambda x: type(x).__name__)
    def test_every_letter(
        self, mailer: Mailer, mailbox: Mailbox, letter: Letter
    ) -> None:
        """
        Every letter arrives once, at the family's alone, from the operator,
        with a subject and words.
        """
        mailer.send(an_envelope(), letter)

        (one,) = mailbox.delivered()
        assert ("parent@example.org",) == one.recipients
        assert "parent@example.org" == one.message["To"].addresses[0].addr_spec
        assert OPERATOR.sender == one.message["From"].addresses[0].addr_spec
        assert one.message["Subject"].strip()
        assert one.text.strip()

    @pytest.mark.parametrize("letter", LINKED, ids=lambda x: type(x).__name__)
    def test_link(
        self, mailer: Mailer, mailbox: Mailbox, letter: Letter
    ) -> None:
        """
        A link arrives whole, on one line, and is in no header: headers are
        kept by every server on the way.
        """
        mailer.send(an_envelope(), letter)

        (one,) = mailbox.delivered()
        assert any(URL in line for line in one.text.splitlines())
        assert not [v for v in one.message.values() if URL[-32:] in v]

    def test_to_each_their_own(self, mailer: Mailer, mailbox: Mailbox) -> None:
        """
        Two letters to two families arrive each at their own.
        """
        for name in ("camille", "morgane"):
            mailer.send(
                an_envelope(name, to=f"{name}@example.org"),
                evolve(CONFIRMATION, url=f"{URL}{name}"),
            )

        read = {one.recipients: one.text for one in mailbox.delivered()}
        assert 2 == len(read)
        for name, other in (("camille", "morgane"), ("morgane", "camille")):
            assert f"{URL}{name}" in read[f"{name}@example.org",]
            assert f"{URL}{other}" not in read[f"{name}@example.org",]

    def test_sent_again(self, mailer: Mailer, mailbox: Mailbox) -> None:
        """
        A letter sent again can be recognised: it has the same Message-ID, or
        does not arrive twice; another letter has another.
        """
        mailer.send(an_envelope(), CONFIRMATION)
        mailer.send(an_envelope(), CONFIRMATION)
        once = [one.message["Message-ID"] for one in mailbox.delivered()]
        mailer.send(an_envelope("notice-2"), CONFIRMATION)
        both = {one.message["Message-ID"] for one in mailbox.delivered()}

        assert 1 == len(set(once))
        assert all(once)
        assert 2 == len(both)

    def test_hostile_key(self, mailer: Mailer, mailbox: Mailbox) -> None:
        """
        Keys may hold anything, and break no header.
        """
        mailer.send(an_envelope("é\r\nBcc: x@example.org"), CONFIRMATION)

        (one,) = mailbox.delivered()
        assert one.message["Bcc"] is None
        assert [] == one.message.defects

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_hostile_text(
        self, mailer: Mailer, mailbox: Mailbox, text: str
    ) -> None:
        """
        Whatever a letter says, it goes to nobody else, adds no header and
        runs nothing; or it is rejected whole.
        """
        try:
            mailer.send(an_envelope(), evolve(REFUSAL, reason=text))
        except MailRejected:
            assert [] == list(mailbox.delivered())
            return

        (one,) = mailbox.delivered()
        html: Any = one.message.get_body(("html",))
        assert ("parent@example.org",) == one.recipients
        assert one.message["Bcc"] is None
        assert html is None or "<script" not in html.get_content()
        assert "49" not in one.text

    def test_french(self, mailer: Mailer, mailbox: Mailbox) -> None:
        """
        Accents, quotation marks and what a family is called arrive as they
        were written.
        """
        words = "pièce « n° 1 » de Zoé L’Hérissier – œuf, 12,50 €"
        mailer.send(an_envelope(), evolve(REFUSAL, reason=words))

        (one,) = mailbox.delivered()
        read = " ".join(one.text.replace("\u00a0", " ").split())
        assert words in read.replace("\u202f", " ")

    @pytest.mark.parametrize("address", NOWHERE.values(), ids=NOWHERE)
    def test_no_address(
        self, mailer: Mailer, mailbox: Mailbox, address: str
    ) -> None:
        """
        What is no address is rejected for good, and nobody is written to.
        """
        envelope = evolve(an_envelope(), to=Email(address))

        with pytest.raises(MailRejected):
            mailer.send(envelope, CONFIRMATION)

        assert [] == list(mailbox.delivered())

    def test_after_a_rejection(self, mailer: Mailer, mailbox: Mailbox) -> None:
        """
        A letter that was rejected holds up none of the next.
        """
        with pytest.raises(MailRejected):
            mailer.send(an_envelope("a", to="nobody"), CONFIRMATION)
        mailer.send(an_envelope("b"), CONFIRMATION)

        assert 1 == len(mailbox.delivered())
