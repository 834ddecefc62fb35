"""
A real mail server, and the certificate it shows.
"""

import socket
import ssl
from pathlib import Path

import aiosmtpd
import pytest
from aiosmtpd.controller import Controller

CERTIFICATES = Path(str(aiosmtpd.__file__)).parent / "tests" / "certs"
HOST = "127.0.0.1"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Inbox:
    """
    Takes every letter, unless told what to answer.
    """

    def __init__(self):
        self.letters = []
        self.replies = {}

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        envelope.mail_from = address
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        envelope.rcpt_tos.append(address)
        return self.replies.get("RCPT", "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.letters.append(envelope)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        return self.replies.get("QUIT", "221 Bye")


@pytest.fixture(name="free_port")
def _free_port():
    return free_port()


@pytest.fixture(name="inbox")
def _inbox():
    return Inbox()


@pytest.fixture(name="serve")
def _serve(inbox):
    """
    Start servers that put letters into *inbox*; each gives its port.
    """
    started = []

    def serve(**options):
        controller = Controller(
            inbox, hostname=HOST, port=free_port(), **options
        )
        controller.start()
        started.append(controller)
        return controller.port

    yield serve
    for controller in started:
        controller.stop()


@pytest.fixture(name="server_context")
def _server_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(
        CERTIFICATES / "server.crt", CERTIFICATES / "server.key"
    )
    return context


@pytest.fixture(name="trusting")
def _trusting():
    """
    Trusts the server's certificate alone, which names no host.
    """
    context = ssl.create_default_context(cafile=CERTIFICATES / "server.crt")
    context.check_hostname = False
    return context
