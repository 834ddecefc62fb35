"""
The payment page, for this machine alone.

Who knows a key may decide, as who holds a card may pay: keys cannot be
guessed, so that no other site can post a decision in the payer's name.
"""

from __future__ import annotations

import datetime as dt
import logging
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, ClassVar, Self, cast
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from attrs import frozen

from portail_core.ports.payment import KeyUnknown
from portail_core.wire import Unreadable

from . import _html
from ._records import Decision, Payment
from .desk import AlreadyPaid, SandboxDesk, TicketNotWritten
from .notifications import Answered

HOST = "127.0.0.1"
LONGEST_FORM_BYTES = 1000
STOP_SECONDS = 0.02

_log = logging.getLogger(__name__)


@frozen
class Page:
    """
    A payment page being served; leaving it as a context stops it.
    """

    _server: ThreadingHTTPServer
    _thread: Thread

    @property
    def url(self) -> str:
        """
        The `page` option of the sandbox's URL.
        """
        return f"http://{HOST}:{self._server.server_port}"

    def stop(self) -> None:
        """
        Answer nobody any more; returns once every answer was given and every
        portal notified.
        """
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def serve(directory: Path, port: int = 0) -> Page:
    """
    Serve the payment page of the sandbox in *directory*, made if missing, on
    the loopback interface; 0 is any free port.

    Raises:
        OSError: If the port is taken, or the folder cannot be made.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = _Server(SandboxDesk(directory.absolute()), port)
    thread = Thread(target=server.serve_forever, args=(STOP_SECONDS,))
    thread.start()
    return Page(server, thread)


class _Server(ThreadingHTTPServer):
    # So that server_close waits for answers and notifications under way.
    daemon_threads = False

    def __init__(self, desk: SandboxDesk, port: int) -> None:
        self.desk = desk
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server_version = "portail-sandbox"
    sys_version = ""
    timeout: ClassVar[float | None] = 10.0
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        payment = self._payment()
        if payment is not None:
            self._show(payment)

    def do_POST(self) -> None:
        payment = self._payment()
        if payment is None:
            return
        decision = self._decision()
        if decision is None:
            self._say(HTTPStatus.BAD_REQUEST, "Ce choix n'existe pas.")
        elif self._decided(payment, decision):
            try:
                self._redirect(_back(payment))
            finally:
                # While the payer is on the way back, or gone for ever.
                self._notify(payment)

    def _payment(self) -> Payment | None:
        prefix, _, key = urlsplit(self.path).path.rpartition("/")
        try:
            if prefix == "/pay":
                return self._desk.find(key)
        except KeyUnknown:
            pass
        except (OSError, Unreadable) as error:
            self._unusable(error)
            return None
        self._say(HTTPStatus.NOT_FOUND, "Ce paiement n'existe pas.")
        return None

    @property
    def _desk(self) -> SandboxDesk:
        return cast("_Server", self.server).desk

    def _decision(self) -> Decision | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST_FORM_BYTES:
            return None
        form = self.rfile.read(int(length)).decode("ascii", "replace")
        try:
            return Decision(parse_qs(form).get("decision", [""])[0])
        except ValueError:
            return None

    def _decided(self, payment: Payment, decision: Decision) -> bool:
        now = dt.datetime.now(dt.UTC)
        try:
            self._desk.decide(payment.key, decision, now)
        except AlreadyPaid:
            sentence = "Ce paiement a déjà été accepté : il ne change plus."
            self._say(HTTPStatus.CONFLICT, sentence)
            return False
        except TicketNotWritten as error:
            _log.warning("%s", error)
        except (OSError, Unreadable) as error:
            self._unusable(error)
            return False
        return True

    def _notify(self, payment: Payment) -> None:
        (answer,) = self._desk.notify(payment.key)
        if answer != Answered(HTTPStatus.OK):
            url = payment.order.notify_url
            _log.warning("notifying %s: %s", url, answer)

    def _show(self, payment: Payment) -> None:
        back = _back(payment)
        html = _html.payment_page(payment, back)
        # Browsers hold the redirection that answers a form to this too.
        portal = "{0.scheme}://{0.netloc}".format(urlsplit(back))
        self._answer(HTTPStatus.OK, html, f"form-action 'self' {portal}")

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        html = _html.message_page(sentence)
        self._answer(status, html, "form-action 'none'")

    def _unusable(self, error: Exception) -> None:
        _log.warning("%s is unusable: %s", self.path, error)
        self._say(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "Le bac à sable est inutilisable : son journal dit pourquoi.",
        )

    def _answer(self, status: HTTPStatus, html: str, forms: str) -> None:
        body = html.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src 'sha256-{_html.STYLE_HASH}'; "
            f"base-uri 'none'; frame-ancestors 'none'; {forms}",
        )
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, url: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def end_headers(self) -> None:
        # The address of this page is a key: it goes nowhere else.
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        _log.info(format, *args)


def _back(payment: Payment) -> str:
    url = urlsplit(payment.order.return_url)
    key = urlencode({"idop": payment.key})
    query = f"{url.query}&{key}" if url.query else key
    return urlunsplit(url._replace(query=query))
