"""
A sandbox, its desk, and a portal that only counts what it is told.
"""

import datetime as dt
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

import pytest
from attrs import evolve as replace

from portail_core.testing.payment_contract import an_order
from portail_sandbox import Decision, SandboxDesk, SandboxPayments

PAID_AT = dt.datetime(2026, 5, 13, 9, 20, 5, tzinfo=dt.UTC)


class Portal:
    """
    Listens to notifications, and answers *status*.
    """

    def __init__(self):
        self.told: list[tuple[str, dict[str, list[str]]]] = []
        self.heard = Event()
        self.status = 200
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                form = parse_qs(self.rfile.read(length).decode())
                portal.told.append((self.path, form))
                portal.heard.set()
                self.send_response(portal.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class DeskPayer:
    """
    The payer of the contract, by the desk.
    """

    def __init__(self, desk):
        self._desk = desk

    def pay(self, key):
        self._desk.decide(key, Decision.PAID, PAID_AT)

    def refuse(self, key):
        self._desk.decide(key, Decision.REFUSED, PAID_AT)

    def abandon(self, key):
        self._desk.decide(key, Decision.ABANDONED, PAID_AT)


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "payments"


@pytest.fixture
def tickets(tmp_path):
    return tmp_path / "mails"


@pytest.fixture
def provider(directory, tickets):
    return SandboxPayments(directory=directory, tickets=tickets)


@pytest.fixture
def desk(directory):
    return SandboxDesk(directory)


@pytest.fixture
def payer(desk):
    return DeskPayer(desk)


@pytest.fixture
def portal():
    portal = Portal()
    yield portal
    portal.stop()


@pytest.fixture
def key(provider, portal):
    """
    The key of a pending payment whose portal listens.
    """
    order = replace(
        an_order(label="Accueil <de> loisirs"),
        notify_url=f"{portal.url}/paiement/notification",
        return_url=f"{portal.url}/paiement/retour?lang=fr#bas",
    )
    return provider.create(order).key
