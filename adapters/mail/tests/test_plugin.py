"""
Mailers by URL.
"""

import re
from importlib.metadata import entry_points

import pytest

from adapters.mail.tests.mail_examples import ALREADY_THERE, ENVELOPE
from portail_core.plugins import PROJECT, AdapterKind, Plugins
from portail_mail import Login, MaildirMailer, Security, SmtpMailer, plugin
from portail_mail._urls import smtp_mailer

PASSWORD = "s3cr3t"


@pytest.fixture(name="opened")
def _opened():
    plugins = Plugins(plugin, discover=())
    return lambda url: plugins.adapter(AdapterKind.MAIL, url)


def by_url(url, **environment):
    mailer = smtp_mailer(url, environment)
    return (mailer.host, mailer.port, mailer.security, mailer.login)


class TestSchemes:
    def test_installed(self):
        """
        The distribution is found by what it says of itself.
        """
        ours = entry_points(group=PROJECT, name="mail")
        plugins = Plugins(discover=ours)

        assert isinstance(
            plugins.adapter(AdapterKind.MAIL, "smtps://mail.example.org"),
            SmtpMailer,
        )

    @pytest.mark.parametrize("slashes", ["", "//"])
    def test_maildir(self, opened, tmp_path, slashes):
        """
        `maildir:` and a path give a folder ready for letters.
        """
        mailer = opened(f"maildir:{slashes}{tmp_path}/mails")
        mailer.send(ENVELOPE, ALREADY_THERE)

        assert MaildirMailer(tmp_path / "mails") == mailer
        assert 1 == len(list((tmp_path / "mails" / "new").iterdir()))

    def test_relative(self, opened, tmp_path, monkeypatch):
        """
        A path may be relative.
        """
        monkeypatch.chdir(tmp_path)

        assert MaildirMailer(tmp_path / "mails") == opened("maildir:mails")

    def test_environment(self, opened, monkeypatch):
        """
        A password may stay out of the URL.
        """
        monkeypatch.setenv("PORTAIL_SMTP_USER", "portail")
        monkeypatch.setenv("PORTAIL_SMTP_PASSWORD", PASSWORD)

        mailer = opened("smtp://mail.example.org")

        assert Login(user="portail", password=PASSWORD) == mailer.login


class TestSmtpUrls:
    @pytest.mark.parametrize(
        ("url", "port", "security"),
        [
            ("smtp://mail.example.org", 587, Security.STARTTLS),
            ("smtp://mail.example.org/", 587, Security.STARTTLS),
            ("smtp://mail.example.org:2525", 2525, Security.STARTTLS),
            ("smtp://mail.example.org?tls=starttls", 587, Security.STARTTLS),
            ("smtp://mail.example.org?tls=none", 25, Security.NONE),
            ("smtp://mail.example.org:26?tls=none", 26, Security.NONE),
            ("smtps://mail.example.org", 465, Security.TLS),
            ("smtps://mail.example.org:8465", 8465, Security.TLS),
        ],
    )
    def test_security(self, url, port, security):
        """
        Encrypted unless the URL says that there is no encryption.
        """
        assert ("mail.example.org", port, security, None) == by_url(url)

    @pytest.mark.parametrize(
        ("url", "environment"),
        [
            ("smtp://portail:p%40ss%2F@h", {}),
            ("smtp://portail@h", {"PORTAIL_SMTP_PASSWORD": "p@ss/"}),
            (
                "smtp://h",
                {
                    "PORTAIL_SMTP_USER": "portail",
                    "PORTAIL_SMTP_PASSWORD": "p@ss/",
                },
            ),
            (
                "smtp://portail:p%40ss%2F@h",
                {
                    "PORTAIL_SMTP_USER": "other",
                    "PORTAIL_SMTP_PASSWORD": "other",
                },
            ),
        ],
    )
    def test_login(self, url, environment):
        """
        User and password come from the URL, else from the environment.
        """
        login = Login(user="portail", password="p@ss/")

        assert ("h", 587, Security.STARTTLS, login) == by_url(
            url, **environment
        )


class TestBadUrls:
    @pytest.mark.parametrize(
        "url", ["maildir:", "maildir: ", "maildir://mails/x"]
    )
    def test_maildir(self, opened, url):
        """
        A URL without a folder is told how to write one.
        """
        with pytest.raises(ValueError, match=r"maildir:mails"):
            opened(url)

    def test_no_folder(self, opened, tmp_path):
        """
        A folder that cannot be made is an error at once.
        """
        (tmp_path / "file").write_text("not a folder")

        with pytest.raises(ValueError, match="no Maildir can be made"):
            opened(f"maildir:{tmp_path}/file/mails")

    @pytest.mark.parametrize(
        ("url", "lesson"),
        [
            ("smtp:", "smtp://user:password@host:587"),
            ("smtp://", "smtp://user:password@host:587"),
            (f"smtp://u:{PASSWORD}@", "smtp://user:password@host:587"),
            (f"smtp://u:{PASSWORD}@h:port", "smtp://user:password@host:587"),
            (f"smtp://u:{PASSWORD}/x@h", "percent-encoded"),
            (f"smtp://u:1/{PASSWORD}@h", "percent-encoded"),
            (f"smtp://u:1#{PASSWORD}@h", "percent-encoded"),
            (f"smtp://u:1?{PASSWORD}@h", "percent-encoded"),
            (f"smtp://u:[{PASSWORD}@h", "percent-encoded"),
            (f"smtp://u:{PASSWORD}@h/path", "percent-encoded"),
            (f"smtp://u:{PASSWORD}@h?tls=no", "tls=none are all there is"),
            (f"smtp://u:{PASSWORD}@h?tls=", "tls=none are all there is"),
            (f"smtp://u:{PASSWORD}@h?ssl=1", "tls=none are all there is"),
            (
                f"smtp://u:{PASSWORD}@h?tls=none&x=1",
                "tls=none are all there is",
            ),
            (f"smtps://u:{PASSWORD}@h?tls=none", "remove what follows"),
            (f"smtp://u:{PASSWORD}@h?tls=none", "sent in clear"),
            (f"smtp://:{PASSWORD}@h", "a password a user"),
            ("smtp://u@h", "a user needs a password"),
        ],
    )
    def test_smtp(self, url, lesson):
        """
        A URL that cannot be used is told why, without its password.
        """
        with pytest.raises(ValueError, match=re.escape(lesson)) as raised:
            by_url(url)

        assert PASSWORD not in str(raised.value)
