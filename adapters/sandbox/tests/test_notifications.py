"""
What the portal is told, and what it answers.
"""

import socket
from threading import Thread

import pytest
from attrs import evolve as replace

from portail_core.testing.payment_contract import an_order
from portail_sandbox import Answered, NotReached


class TestNotify:
    def test_told(self, desk, key, portal):
        """
        The portal receives the key, and not a word on what was decided.
        """
        answers = desk.notify(key)

        assert (Answered(200),) == answers
        assert [("/paiement/notification", {"idop": [key]})] == portal.told

    def test_several_times(self, desk, key, portal):
        """
        A notification may come twice, or three times.
        """
        assert (Answered(200),) * 3 == desk.notify(key, times=3)
        assert 3 == len(portal.told)

    @pytest.mark.parametrize("status", [303, 404, 500, 503])
    def test_portal_says_no(self, desk, key, portal, status):
        """
        Whatever the portal answers is an answer; no redirection is followed.
        """
        portal.status = status

        assert (Answered(status),) == desk.notify(key)
        assert 1 == len(portal.told)

    def test_proxy(self, desk, key, portal, monkeypatch):
        """
        The proxy of the environment is not asked: it has no way back here.
        """
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

        assert (Answered(200),) == desk.notify(key)

    def test_nobody(self, provider, desk):
        """
        A portal that is not there is a value, not an exception.
        """
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        order = replace(an_order(), notify_url=f"http://127.0.0.1:{port}/n")

        (answer,) = desk.notify(provider.create(order).key)

        assert isinstance(answer, NotReached)
        assert "refused" in answer.problem

    def test_no_http(self, provider, desk):
        """
        Nor is one that speaks something else.
        """
        with socket.create_server(("127.0.0.1", 0)) as server:
            url = f"http://127.0.0.1:{server.getsockname()[1]}/n"
            key = provider.create(replace(an_order(), notify_url=url)).key
            server.settimeout(10)
            answers = []
            asking = Thread(target=lambda: answers.extend(desk.notify(key)))
            asking.start()
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")
            asking.join()

        (answer,) = answers
        assert isinstance(answer, NotReached)

    def test_file(self, desk, key, directory):
        """
        Only http and https are spoken, even where somebody edited the file.
        """
        path = directory / f"{key}.json"
        whole = path.read_text()
        url = desk.find(key).order.notify_url
        path.write_text(whole.replace(url, "file:///etc/passwd"))

        assert (NotReached("not an http(s) address"),) == desk.notify(key)
