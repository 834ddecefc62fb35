"""
Letters handed to a mail server.

What a server says against one letter or one address rejects the letter; what
would stop every letter (greeting, encryption, login, sender) delays it: an
officer repairs that, and nothing must be lost meanwhile.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import closing, suppress
from enum import Enum

from attrs import field, frozen

from portail_core.ports.mail import (
    Envelope,
    Letter,
    MailDelayed,
    MailRejected,
)

from ._message import compose, domain

PERMANENT = range(500, 600)
"""Reply codes of « never » (RFC 5321)."""

LOGIN_FIRST = frozenset({530, 534, 535, 538})
"""Of those, the ones that mean our own login (RFC 4954)."""


class Security(Enum):
    """
    How the connection is encrypted.
    """

    STARTTLS = "starttls"  # from the first commands on, or not at all
    TLS = "tls"  # from the first byte
    NONE = "none"  # a server on this machine or network; no login


@frozen(kw_only=True)
class Login:
    """
    Who we are for the mail server.
    """

    user: str
    password: str = field(repr=False)


@frozen(kw_only=True)
class SmtpMailer:
    """
    Sends letters by SMTP, one connection each.

    Attributes:
        login: `None` for a server that asks for none.

        timeout_seconds: For each exchange with the server.

        context: Whom to trust; the certificates of the machine, unless given.

    Raises:
        ValueError: For a login without encryption.
    """

    host: str
    port: int
    security: Security
    login: Login | None
    timeout_seconds: float = 20
    context: ssl.SSLContext = field(
        factory=ssl.create_default_context, repr=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        if self.login and self.security is Security.NONE:
            msg = (
                "a password would be sent in clear: use encryption "
                "(smtps://, or smtp:// without ?tls=none), or no login"
            )
            raise ValueError(msg)

    def send(self, envelope: Envelope, letter: Letter) -> None:
        """
        Hand one letter to the server.

        Raises:
            MailDelayed: The server is not there, busy, or not as configured.
            MailRejected: It will never take this letter, or for this address.
        """
        message = compose(envelope, letter)
        sender = message["From"].addresses[0].addr_spec
        try:
            with closing(self._connected(domain(sender))) as server:
                server.send_message(message, sender, [envelope.to])
                # The letter is taken: a server that says goodbye badly does
                # not make us send it twice.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except (smtplib.SMTPException, OSError) as error:
            raise self._verdict(error) from None

    def _connected(self, our_name: str) -> smtplib.SMTP:
        if self.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host,
                self.port,
                local_hostname=our_name,
                timeout=self.timeout_seconds,
                context=self.context,
            )
        else:
            server = smtplib.SMTP(
                self.host,
                self.port,
                local_hostname=our_name,
                timeout=self.timeout_seconds,
            )
        try:
            if self.security is Security.STARTTLS:
                server.starttls(context=self.context)
            if self.login:
                server.login(self.login.user, self.login.password)
        except BaseException:
            server.close()
            raise
        return server

    def _verdict(self, error: Exception) -> MailDelayed | MailRejected:
        match error:
            case smtplib.SMTPRecipientsRefused(recipients=recipients):
                ((code, reply),) = recipients.values()
                said_of_this_letter = True
            case smtplib.SMTPResponseException(
                smtp_code=code, smtp_error=reply
            ):
                said_of_this_letter = isinstance(error, smtplib.SMTPDataError)
            case _:
                return MailDelayed(f"{self.host}:{self.port}: {error}")

        # Replies quote the family's address: only the codes are told.
        msg = f"{self.host}:{self.port} answered {code}{_detail(reply)}"
        never = code in PERMANENT and code not in LOGIN_FIRST
        if said_of_this_letter and never:
            return MailRejected(msg)
        return MailDelayed(msg)


def _detail(reply: bytes | str) -> str:
    text = reply if isinstance(reply, str) else reply.decode("ascii", "ignore")
    found = re.match(r"[245]\.\d{1,3}\.\d{1,3}", text)
    return f" ({found[0]})" if found else ""
