"""
From a letter to a message as RFC 5322 has it.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from portail_core.domain.accounts import Email, read_email
from portail_core.domain.days import PARIS
from portail_core.domain.refusals import Refused
from portail_core.ports.mail import Envelope, Letter, MailRejected

from ._cleaning import cleaned, one_line
from ._wording import worded


def compose(envelope: Envelope, letter: Letter) -> EmailMessage:
    """
    The message to send: French text first, the same in HTML beside it.

    Its Message-ID comes from the envelope's key alone, so that a letter sent
    again is recognised.

    Raises:
        MailRejected: If a header would hold a control character, an address
            is none, or the letter's link is no web address.
    """
    operator = envelope.operator
    sender = _address(operator.sender)
    words = worded(cleaned(letter), cleaned(operator))

    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(operator.sender_name), addr_spec=sender)
    message["To"] = Address(addr_spec=_address(envelope.to))
    message["Subject"] = one_line(words.subject)
    message["Date"] = envelope.at.astimezone(PARIS)
    message["Message-ID"] = f"<{digest(envelope)}@{domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text, cte="quoted-printable")
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    # Last: set_content drops what it did not write.
    message["Content-Language"] = "fr"
    return message


def digest(envelope: Envelope) -> str:
    """
    The letter's own name: 32 hexadecimal digits, from its key.
    """
    return sha256(envelope.key.encode("utf-8", "replace")).hexdigest()[:32]


def domain(address: str) -> str:
    """
    What follows the @.
    """
    return address.rpartition("@")[2]


def _address(text: str) -> Email:
    try:
        return read_email(one_line(text))
    except Refused:
        msg = "the address of the sender or of the family is none"
        raise MailRejected(msg) from None
