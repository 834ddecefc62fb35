"""
The message around a letter, whatever people typed.
"""

import datetime as dt
import re
from email import message_from_bytes, policy
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from adapters.mail.tests.mail_examples import (
    ALREADY_THERE,
    CONFIRMATION,
    ENVELOPE,
    LETTERS,
    OPERATOR,
    PAYMENT,
    SENT,
    request,
)
from portail_core.domain.accounts import Email
from portail_core.domain.ids import InvoiceNumber
from portail_core.ports.mail import MailRejected, RecapOfBookings
from portail_mail import compose

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]
ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\r\n\t\0\x0b\x0c\x1c\x85\u2028\u202e\"'<>@,;:\\=?é😀שלום"
        ),
    ),
    min_size=1,
    max_size=120,
)
REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TYPED = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters=REORDERING,
    ),
    min_size=1,
    max_size=120,
).filter(str.strip)
BREAKING = "\r\n\t\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ud800\u202e"


def parsed(message):
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def content(letter, kind):
    body: Any = compose(ENVELOPE, letter).get_body((kind,))
    return body.get_content()


def from_(name):
    operator = evolve(OPERATOR, sender_name=name)
    return evolve(ENVELOPE, operator=operator)


class TestHeaders:
    def test_all(self):
        """
        Nine headers, and no other.
        """
        assert HEADERS == parsed(compose(ENVELOPE, CONFIRMATION)).keys()

    def test_from_and_to(self):
        """
        From the operator under its name, to the family alone.
        """
        message = parsed(compose(ENVELOPE, CONFIRMATION))
        (sender,) = message["From"].addresses

        assert OPERATOR.sender_name == sender.display_name
        assert OPERATOR.sender == sender.addr_spec
        assert "parent@example.org" == message["To"]
        assert "auto-generated" == message["Auto-Submitted"]

    def test_date(self):
        """
        The date is that of the envelope, on a clock in Paris.
        """
        message = parsed(compose(ENVELOPE, CONFIRMATION))

        assert "Tue, 05 May 2026 16:32:00 +0200" == message["Date"]

    def test_sent_again(self):
        """
        A letter sent again later has the same Message-ID; another has not.
        """
        later = evolve(ENVELOPE, at=SENT + dt.timedelta(days=1))
        other = evolve(ENVELOPE, key="notice-2")
        first, second, third = (
            parsed(compose(envelope, ALREADY_THERE))["Message-ID"]
            for envelope in (ENVELOPE, later, other)
        )

        assert re.fullmatch(r"<[0-9a-f]{32}@vallee\.example\.org>", first)
        assert first == second
        assert first != third

    def test_key_is_not_told(self):
        """
        Nothing of the key can be read in the message.
        """
        assert b"notice-1" not in compose(ENVELOPE, CONFIRMATION).as_bytes()


class TestHostile:
    @given(TYPED)
    def test_names(self, name):
        """
        Whatever the operator is called, the header says it and nothing else.
        """
        message = parsed(compose(from_(name), ALREADY_THERE))
        (sender,) = message["From"].addresses

        assert HEADERS == message.keys()
        assert name == sender.display_name
        assert OPERATOR.sender == sender.addr_spec

    @given(ODD)
    def test_any_name(self, name):
        """
        A name is written or rejected; it never adds a header.
        """
        try:
            message = compose(from_(f"X{name}"), ALREADY_THERE)
        except MailRejected:
            return

        assert HEADERS == parsed(message).keys()

    @given(ODD)
    def test_any_subject(self, number):
        """
        What enters a subject never adds a header either.
        """
        letter = evolve(PAYMENT, invoice=InvoiceNumber(number))

        assert HEADERS == parsed(compose(ENVELOPE, letter)).keys()

    @pytest.mark.parametrize("char", BREAKING, ids=ascii)
    def test_line_breaks(self, char):
        """
        A name with a line break or a control character is rejected.
        """
        with pytest.raises(MailRejected, match="control character"):
            compose(from_(f"LES{char}BOUILLES"), ALREADY_THERE)

    @pytest.mark.parametrize(
        "address",
        [
            "nobody",
            "a@b@example.org",
            "parent@example.org\nBcc: x@example.org",
            "parent@example.org, x@example.org",
            "é@example.org",
        ],
    )
    def test_addresses(self, address):
        """
        An address that is none is rejected.
        """
        with pytest.raises(MailRejected):
            compose(evolve(ENVELOPE, to=Email(address)), ALREADY_THERE)

    @given(ODD)
    def test_children(self, name):
        """
        A child's name is one line of text, and never becomes markup.
        """
        letter = RecapOfBookings(requests=(request(16, (5, 27), child=name),))
        text = content(letter, "plain")
        html = content(letter, "html")

        assert 1 == len(re.findall(r"^    Usager", text, re.MULTILINE))
        assert "\n    Établissement\u00a0: ALSH" in text
        assert 4 == html.count('<p style="margin:0;color:#57606a">')
        assert not re.search(r"Usager\u00a0: [^<\n]*<(?!/p>)", html)

    def test_markup(self):
        """
        What looks like a tag is shown as it was typed.
        """
        letter = RecapOfBookings(
            requests=(request(16, (5, 27), child="<b>Lou</b> & co"),)
        )

        assert "&lt;b&gt;Lou&lt;/b&gt; &amp; co" in content(letter, "html")

    def test_other_order(self):
        """
        Characters that reorder what follows them are left out.
        """
        letter = RecapOfBookings(
            requests=(request(16, child="Lou \u202egro.elpmaxe"),)
        )

        assert "\u202e" not in content(letter, "plain")
        assert "\u202e" not in content(letter, "html")

    def test_nothing_left(self):
        """
        A letter that nobody could sign is rejected.
        """
        operator = evolve(OPERATOR, signature="\0")

        with pytest.raises(MailRejected, match="signature is empty"):
            compose(evolve(ENVELOPE, operator=operator), ALREADY_THERE)

    @pytest.mark.parametrize("letter", LETTERS, ids=lambda x: type(x).__name__)
    def test_long_names(self, letter):
        """
        Lines stay under 998 octets, however long a name.
        """
        name = "COMMUNAUTÉ DE COMMUNES " * 60
        operator = evolve(
            OPERATOR, sender_name=name, name=name, signature="Ü" * 2000
        )
        envelope = evolve(ENVELOPE, operator=operator)

        for line in compose(envelope, letter).as_bytes().split(b"\r\n"):
            assert len(line) <= 998
