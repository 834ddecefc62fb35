"""
The page, as a browser asks for it.
"""

import http.client
import logging
import re
import socket
from email.message import Message
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

import pytest
from attrs import evolve as replace, frozen

from portail_core.domain.payments import Outcome
from portail_core.testing.payment_contract import (
    HOSTILE_LABELS,
    PaymentContract,
    an_order,
)
from portail_sandbox import Decision, SandboxPayments
from portail_sandbox.page import serve


@frozen
class Answer:
    status: int
    headers: Message
    text: str


class Browser:
    """
    Asks, and follows nothing.
    """

    def __init__(self, page):
        self.address = urlsplit(page.url).netloc

    def get(self, path):
        return self.ask("GET", path)

    def post(self, key, decision):
        form = urlencode({"decision": decision})
        return self.ask("POST", f"/pay/{key}", form)

    def ask(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(self.address, timeout=10)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        return Answer(answer.status, answer.headers, text)


class Document(HTMLParser):
    """
    What a page holds: its tags, and the values of its buttons.
    """

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.buttons = {}
        self.links = []
        self.words = ""
        self._button = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        named = dict(attrs)
        self._button = named["value"] if tag == "button" else None
        if tag == "a":
            self.links.append(named["href"])

    def handle_data(self, data):
        self.words += data
        if self._button:
            self.buttons[self._button] = data
            self._button = None


@pytest.fixture
def page(directory):
    with serve(directory) as page:
        yield page


@pytest.fixture
def browser(page):
    return Browser(page)


class TestContract(PaymentContract):
    """
    The contract again, by a payer who uses the page.
    """

    @pytest.fixture
    def provider(self, directory, page):
        return SandboxPayments(directory=directory, page=page.url)

    @pytest.fixture
    def payer(self, browser):
        class Payer:
            def pay(self, key):
                assert 303 == browser.post(key, "paid").status

            def refuse(self, key):
                assert 303 == browser.post(key, "refused").status

            def abandon(self, key):
                assert 303 == browser.post(key, "abandoned").status

        return Payer()

    @pytest.fixture(autouse=True)
    def _quiet(self, caplog):
        # Its orders name a portal that is not there.
        caplog.set_level(logging.CRITICAL)


class TestShown:
    def test_what_is_paid(self, browser, key):
        """
        The payer reads what is to be paid, and that no money moves.
        """
        answer = browser.get(f"/pay/{key}")
        words = Document(answer.text).words

        assert 200 == answer.status
        assert "Paiement de démonstration – aucun argent réel" in words
        assert "12,50\N{NO-BREAK SPACE}€" in words
        assert "Accueil <de> loisirs" in words
        assert "ATTEMPT0001" in words
        assert "En attente" in words

    def test_every_choice(self, browser, key):
        """
        Each decision has its button, in French.
        """
        buttons = Document(browser.get(f"/pay/{key}").text).buttons

        assert {decision.value for decision in Decision} == buttons.keys()
        assert "Payer" == buttons["paid"]
        assert "Carte refusée" == buttons["refused"]
        assert "Abandonner" == buttons["abandoned"]

    @pytest.mark.parametrize(
        ("decision", "state", "choices"),
        [
            (Decision.REFUSED, "Carte refusée.", len(Decision)),
            (Decision.ABANDONED, "Vous pouvez encore payer", len(Decision)),
            (Decision.PAID, "Payé.", 0),
            (Decision.PAID_OTHER_AMOUNT, "Payé.", 0),
        ],
        ids=lambda value: getattr(value, "value", None),
    )
    def test_state(self, browser, key, decision, state, choices):
        """
        Once paid, there is nothing left to choose; before, there is.
        """
        browser.post(key, decision.value)

        document = Document(browser.get(f"/pay/{key}").text)

        assert state in document.words
        assert choices == len(document.buttons)

    @pytest.mark.parametrize(
        "label", HOSTILE_LABELS.values(), ids=HOSTILE_LABELS
    )
    def test_hostile_label(self, browser, provider, key, label):
        """
        A label adds no tag to the page.
        """
        other = provider.create(an_order(label=label)).key

        harmless = Document(browser.get(f"/pay/{key}").text)
        hostile = Document(browser.get(f"/pay/{other}").text)

        assert harmless.tags == hostile.tags

    def test_hostile_return(self, browser, provider):
        """
        Nor does the portal's own address, which may hold quotes.
        """
        url = "https://portail.example.org/?q=\"'><script>"
        key = provider.create(replace(an_order(), return_url=url)).key

        document = Document(browser.get(f"/pay/{key}").text)

        assert "script" not in document.tags
        assert [f"{url}&idop={key}"] == document.links

    def test_headers(self, browser, key, portal):
        """
        The page runs nothing, loads nothing, is framed by nobody, leaks its
        address to nobody; its form leads to itself, and on to the portal.
        """
        answer = browser.get(f"/pay/{key}")
        policy = answer.headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert policy.endswith(f"form-action 'self' {portal.url}")
        assert "text/html; charset=utf-8" == answer.headers["Content-Type"]
        assert "no-referrer" == answer.headers["Referrer-Policy"]
        assert "nosniff" == answer.headers["X-Content-Type-Options"]
        assert "no-store" == answer.headers["Cache-Control"]
        assert "Python" not in answer.headers["Server"]

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/pay/",
            "/pay/" + "0" * 32,
            "/pay/../faults",
            "/pay/%2e%2e%2ffaults",
            "/pay/" + "0" * 31 + "%00",
            "//evil.example/pay",
            "/other/{key}",
            "/pay/{key}/",
            "/pay/pay/{key}",
            "/pay/{key}.json",
        ],
    )
    def test_not_found(self, browser, provider, key, path):
        """
        Every other address is not found, in French, whatever is asked of it.
        """
        path = path.format(key=key)

        for answer in (browser.get(path), browser.ask("POST", path, "")):
            assert 404 == answer.status
            assert "n'existe pas" in Document(answer.text).words

    def test_other_methods(self, browser, key):
        """
        One reads or decides: nothing else can be done.
        """
        answer = browser.ask("DELETE", f"/pay/{key}")

        assert 501 == answer.status
        assert "text/plain; charset=utf-8" == answer.headers["Content-Type"]

    def test_file_spoilt(self, browser, directory, key, caplog):
        """
        A file that somebody spoilt is told to the payer, and why to the log.
        """
        (directory / f"{key}.json").write_text("{}")

        answer = browser.get(f"/pay/{key}")

        assert 500 == answer.status
        assert "inutilisable" in Document(answer.text).words
        assert "'order' is missing" in caplog.text


class TestDecided:
    @pytest.mark.parametrize("decision", Decision, ids=lambda d: d.value)
    def test_back_to_the_portal(self, browser, desk, key, portal, decision):
        """
        The payer goes back to the portal with the key, whatever was chosen.
        """
        answer = browser.post(key, decision.value)

        back = f"{portal.url}/paiement/retour?lang=fr&idop={key}#bas"
        assert (303, back) == (answer.status, answer.headers["Location"])
        assert decision is desk.find(key).decision

    def test_portal_is_told(self, directory, key, portal):
        """
        The portal is notified too: once the page is stopped, it was.
        """
        with serve(directory) as page:
            Browser(page).post(key, "paid")

        assert [("/paiement/notification", {"idop": [key]})] == portal.told

    def test_nobody_to_tell(self, directory, desk, key, portal, caplog):
        """
        A portal that answers an error stops nobody; the log has it.
        """
        portal.status = 500
        with serve(directory) as page:
            answer = Browser(page).post(key, "paid")

        assert 303 == answer.status
        assert "Answered(status=500)" in caplog.text

    def test_payer_gone(self, directory, desk, key, portal):
        """
        A payer who closes the window after « Payer » has paid, and the portal
        is told.
        """
        with serve(directory) as page:
            host, port = Browser(page).address.split(":")
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(
                    f"POST /pay/{key} HTTP/1.1\r\nContent-Length: 13\r\n\r\n"
                    "decision=paid".encode()
                )
            assert portal.heard.wait(10)

        assert Decision.PAID is desk.find(key).decision
        assert 1 == len(portal.told)

    def test_twice(self, browser, desk, key):
        """
        « Payer » pressed twice pays once.
        """
        browser.post(key, "paid")
        once = desk.find(key)
        again = browser.post(key, "paid")

        assert 303 == again.status
        assert once == desk.find(key)

    def test_too_late(self, browser, desk, key):
        """
        What is paid cannot be abandoned from a page left open.
        """
        browser.post(key, "paid")
        answer = browser.post(key, "abandoned")

        assert 409 == answer.status
        assert "déjà été accepté" in Document(answer.text).words
        assert Decision.PAID is desk.find(key).decision

    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            ("", {}),
            ("decision=", {}),
            ("decision=stolen", {}),
            ("decision=Decision.PAID", {}),
            ("choice=paid", {}),
            ("decision=\xff", {}),
            ("decision=paid&" + "x" * 1000, {}),
            (None, {"Content-Length": "-1"}),
            (None, {"Content-Length": "many"}),
        ],
        ids=lambda value: str(value)[:24],
    )
    def test_no_such_choice(self, browser, desk, key, body, headers):
        """
        What is no choice of ours decides nothing.
        """
        data = None if body is None else body.encode("latin-1")

        answer = browser.ask("POST", f"/pay/{key}", data, headers)

        assert 400 == answer.status
        assert desk.find(key).decision is None

    def test_reading_decides_nothing(self, browser, desk, key):
        """
        A link in a mail, or a browser that looks ahead, pays nothing.
        """
        browser.get(f"/pay/{key}?decision=paid")

        assert desk.find(key).decision is None

    def test_no_ticket(self, browser, desk, key, tickets, caplog):
        """
        A ticket that cannot be written stops nobody; the log has it.
        """
        tickets.write_text("a file where a folder should be")

        answer = browser.post(key, "paid")

        assert 303 == answer.status
        assert Decision.PAID is desk.find(key).decision
        assert "no ticket in" in caplog.text

    def test_unusable(self, browser, directory, key, caplog):
        """
        Without its lock, nothing is decided, and the payer is told.
        """
        (directory / "lock").unlink()
        (directory / "lock").mkdir()

        answer = browser.post(key, "paid")

        assert 500 == answer.status
        assert "cannot be locked" in caplog.text


class TestServe:
    def test_loopback_only(self, page):
        """
        Only this machine can ask.
        """
        assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+", page.url)

    def test_before_the_portal(self, tmp_path):
        """
        The page may be started before the portal has made the folder.
        """
        directory = tmp_path / "not" / "yet"
        with serve(directory) as page:
            provider = SandboxPayments(directory=directory, page=page.url)
            made = provider.create(an_order())
            path = urlsplit(made.redirect_url).path

            assert 200 == Browser(page).get(path).status

    def test_port_taken(self, page, directory):
        """
        Two pages do not share a port.
        """
        port = urlsplit(page.url).port

        with pytest.raises(OSError, match="in use"):
            serve(directory, port)

    def test_stopped(self, directory):
        """
        Stopped, it answers nobody.
        """
        page = serve(directory)
        page.stop()

        with pytest.raises(ConnectionRefusedError):
            Browser(page).get("/")

    def test_many_at_once(self, page, provider, desk):
        """
        A slow browser keeps nobody waiting.
        """
        address = urlsplit(page.url)
        key = provider.create(an_order()).key
        with socket.create_connection(
            (address.hostname, address.port)
        ) as slow:
            slow.sendall(b"GET /pay/")

            assert 200 == Browser(page).get(f"/pay/{key}").status

    def test_look_up_after(self, provider, browser, key):
        """
        What was decided on the page is what the portal is answered.
        """
        browser.post(key, "paid-other-amount")

        answer = provider.look_up(key)

        assert Outcome.PAID is answer.outcome
        assert 1249 == answer.amount.cents
