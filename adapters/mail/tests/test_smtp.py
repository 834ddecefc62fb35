"""
Letters handed to a real mail server.
"""

import socket
import threading
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from attrs import evolve

from adapters.mail.tests.mail_examples import (
    ALREADY_THERE,
    CONFIRMATION,
    ENVELOPE,
    LETTERS,
    OPERATOR,
    PAYMENT,
    URL,
)
from portail_core.domain.accounts import Email
from portail_core.ports.mail import MailDelayed, MailRejected
from portail_mail import Login, Security, SmtpMailer

HOST = "127.0.0.1"
LOGIN = Login(user="portail", password="correct horse")


def mailer_to(port, **options):
    known = {
        "host": HOST,
        "port": port,
        "security": Security.NONE,
        "login": None,
        "timeout_seconds": 5,
    }
    return SmtpMailer(**{**known, **options})


def authenticate(server, session, envelope, mechanism, data):
    known = (data.login, data.password) == (b"portail", b"correct horse")
    # Handled would mean that the answer was already given.
    return AuthResult(success=known, handled=False)


def text_of(received):
    message = message_from_bytes(received.content, policy=policy.default)
    assert [] == message.defects
    body: Any = message.get_body(("plain",))
    return body.get_content()


class TestRoundTrip:
    @pytest.mark.parametrize("letter", LETTERS, ids=lambda x: type(x).__name__)
    def test_letters(self, letter, serve, inbox):
        """
        Every letter arrives as it was written, for the family alone.
        """
        mailer_to(serve()).send(ENVELOPE, letter)

        (received,) = inbox.letters

        assert OPERATOR.sender == received.mail_from
        assert [ENVELOPE.to] == received.rcpt_tos
        assert text_of(received).startswith("Bonjour,\r\n")

    def test_link(self, serve, inbox):
        """
        The link arrives whole.
        """
        mailer_to(serve()).send(ENVELOPE, CONFIRMATION)

        (received,) = inbox.letters

        assert URL in text_of(received).splitlines()

    def test_bad_goodbye(self, serve, inbox):
        """
        A letter taken is sent, whatever the server says in parting.
        """
        inbox.replies["QUIT"] = "421 Not in the mood"

        mailer_to(serve()).send(ENVELOPE, ALREADY_THERE)

        assert 1 == len(inbox.letters)


class TestEncryption:
    def test_starttls_and_login(self, serve, inbox, server_context, trusting):
        """
        Encrypted first, then signed in, then the letter.
        """
        port = serve(
            tls_context=server_context,
            require_starttls=True,
            authenticator=authenticate,
            auth_required=True,
        )

        mailer_to(
            port, security=Security.STARTTLS, login=LOGIN, context=trusting
        ).send(ENVELOPE, PAYMENT)

        assert 1 == len(inbox.letters)

    def test_implicit(self, serve, inbox, server_context, trusting):
        """
        Encrypted from the first byte.
        """
        port = serve(ssl_context=server_context)
        # aiosmtpd asks its own server a question when it starts; ours comes
        # after.
        mailer_to(port, security=Security.TLS, context=trusting).send(
            ENVELOPE, PAYMENT
        )

        assert 1 == len(inbox.letters)

    def test_untrusted(self, serve, inbox, server_context):
        """
        To a server that cannot prove who it is, nothing is said.
        """
        port = serve(tls_context=server_context)

        with pytest.raises(MailDelayed, match="certificate"):
            mailer_to(port, security=Security.STARTTLS).send(ENVELOPE, PAYMENT)
        assert [] == inbox.letters

    def test_not_offered(self, serve, inbox):
        """
        A server without encryption gets no letter in clear.
        """
        with pytest.raises(MailDelayed, match="STARTTLS"):
            mailer_to(serve(), security=Security.STARTTLS).send(
                ENVELOPE, PAYMENT
            )
        assert [] == inbox.letters

    def test_login_in_clear(self):
        """
        A password without encryption is an error at once.
        """
        with pytest.raises(ValueError, match="sent in clear"):
            mailer_to(25, login=LOGIN)

    def test_password_not_shown(self):
        """
        The password is in no text about the mailer.
        """
        mailer = mailer_to(587, security=Security.STARTTLS, login=LOGIN)

        assert LOGIN.password not in repr(mailer)


class TestTrouble:
    @pytest.mark.parametrize(
        ("step", "reply", "error"),
        [
            ("RCPT", "450 4.2.1 Mailbox busy", MailDelayed),
            ("RCPT", "499 Odd", MailDelayed),
            ("RCPT", "500 Odd", MailRejected),
            ("RCPT", "550 5.1.1 No such user", MailRejected),
            ("RCPT", "530 5.7.0 Authentication required", MailDelayed),
            ("DATA", "451 4.3.0 Try again", MailDelayed),
            ("DATA", "554 5.7.1 Looks like spam", MailRejected),
            ("MAIL", "452 4.3.1 Disk full", MailDelayed),
            ("MAIL", "553 5.7.1 Not your address", MailDelayed),
        ],
    )
    def test_replies(self, step, reply, error, serve, inbox):
        """
        Later or never, as the server says; never only of this letter.
        """
        inbox.replies[step] = reply
        port = serve()

        with pytest.raises(error) as raised:
            mailer_to(port).send(ENVELOPE, PAYMENT)

        assert str(raised.value).startswith(
            f"{HOST}:{port} answered {reply[:3]}"
        )

    def test_code_only(self, serve, inbox):
        """
        The reply's codes are told, and not the family's address in it.
        """
        inbox.replies["RCPT"] = f"550 5.1.1 <{ENVELOPE.to}>: no such user"

        with pytest.raises(MailRejected) as raised:
            mailer_to(serve()).send(ENVELOPE, PAYMENT)

        assert str(raised.value).endswith("answered 550 (5.1.1)")
        assert raised.value.__cause__ is None

    def test_wrong_password(self, serve, inbox, server_context, trusting):
        """
        A wrong password is ours to repair: no letter is lost for it.
        """
        port = serve(
            tls_context=server_context,
            authenticator=authenticate,
            auth_required=True,
        )
        login = Login(user="portail", password="wrong horse")

        with pytest.raises(MailDelayed, match="535") as raised:
            mailer_to(
                port, security=Security.STARTTLS, login=login, context=trusting
            ).send(ENVELOPE, PAYMENT)

        assert "horse" not in str(raised.value)

    def test_closed_port(self, free_port):
        """
        A server that is not there may come back.
        """
        with pytest.raises(MailDelayed, match="refused"):
            mailer_to(free_port).send(ENVELOPE, PAYMENT)

    def test_unknown_host(self):
        """
        Nor is a name that does not resolve the letter's fault.
        """
        with pytest.raises(MailDelayed, match=r"mail\.invalid"):
            mailer_to(25, host="mail.invalid").send(ENVELOPE, PAYMENT)

    @pytest.mark.parametrize(
        "greeting", [b"", b"554 Go away\r\n", b"421 Later\r\n", b"\xff\xff\n"]
    )
    def test_greeting(self, greeting):
        """
        Whatever a server says instead of a greeting, the letter waits.
        """
        with socket.create_server((HOST, 0)) as server:
            port = server.getsockname()[1]

            def answer():
                peer, _ = server.accept()
                with peer:
                    peer.sendall(greeting)

            thread = threading.Thread(target=answer)
            thread.start()
            with pytest.raises(MailDelayed):
                mailer_to(port).send(ENVELOPE, PAYMENT)
            thread.join()

    def test_silence(self):
        """
        A server that says nothing is left after the timeout.
        """
        with socket.create_server((HOST, 0)) as server:
            port = server.getsockname()[1]

            with pytest.raises(MailDelayed, match="timed out"):
                mailer_to(port, timeout_seconds=0.1).send(ENVELOPE, PAYMENT)

    def test_unwritable_letter(self, free_port):
        """
        A letter that cannot be written is rejected without asking a server.
        """
        envelope = evolve(ENVELOPE, to=Email("nobody"))

        with pytest.raises(MailRejected):
            mailer_to(free_port).send(envelope, PAYMENT)
