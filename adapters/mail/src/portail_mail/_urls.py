"""
From a URL to a mailer.

No message repeats any part of a URL: a password may be in it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from ._maildir import MaildirMailer
from ._smtp import Login, Security, SmtpMailer

USER_VARIABLE = "PORTAIL_SMTP_USER"
PASSWORD_VARIABLE = "PORTAIL_SMTP_PASSWORD"  # noqa: S105 - the name of one

_SMTP_FORM = (
    "write smtp://user:password@host:587 (?tls=none for a server that has no "
    "encryption) or smtps://user:password@host:465, with @ : / ? # % of a "
    "password percent-encoded (%40 for @), or the password in "
    f"{PASSWORD_VARIABLE}"
)
_TLS = {"starttls": Security.STARTTLS, "none": Security.NONE}
_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def maildir_mailer(url: str) -> MaildirMailer:
    """
    A mailer for `maildir:PATH`; the folder is made if it is missing.

    Raises:
        ValueError: If there is no path, or no folder can be made there.
    """
    path = url.partition(":")[2]
    if path.startswith("//") and not path.startswith("///"):
        msg = (
            "a Maildir is a folder: write maildir:mails or maildir:/srv/mails"
        )
        raise ValueError(msg)
    if not path.strip():
        msg = "the URL names no folder: write maildir:mails"
        raise ValueError(msg)
    try:
        return MaildirMailer(path)
    except OSError as error:
        msg = f"no Maildir can be made in {path!r}: {error.strerror}"
        raise ValueError(msg) from error


def smtp_mailer(
    url: str, environment: Mapping[str, str] = os.environ
) -> SmtpMailer:
    """
    A mailer for `smtp://user:password@host:587?tls=starttls` (or `tls=none`),
    and for `smtps://…`.

    Args:
        url: User and password may be left out of it.

        environment: Where `PORTAIL_SMTP_USER` and `PORTAIL_SMTP_PASSWORD` are
            then looked for.

    Raises:
        ValueError: If it is neither, or would send a password in clear.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if not host or parts.path not in {"", "/"} or parts.fragment:
        msg = f"the URL of the mail server is not readable: {_SMTP_FORM}"
        raise ValueError(msg)
    security = _security(parts)
    return SmtpMailer(
        host=host,
        port=_PORTS[security] if port is None else port,
        security=security,
        login=_login(parts, environment),
    )


def _security(parts: SplitResult) -> Security:
    if parts.scheme == "smtps":
        if parts.query:
            msg = "smtps:// is encrypted from the start: remove what follows ?"
            raise ValueError(msg)
        return Security.TLS
    asked = parse_qs(parts.query, keep_blank_values=True) or {
        "tls": ["starttls"]
    }
    match asked:
        case {"tls": [word], **others} if word in _TLS and not others:
            return _TLS[word]
        case _:
            msg = f"?tls=starttls and ?tls=none are all there is: {_SMTP_FORM}"
            raise ValueError(msg)


def _login(parts: SplitResult, environment: Mapping[str, str]) -> Login | None:
    user = unquote(parts.username or "") or environment.get(USER_VARIABLE)
    password = unquote(parts.password or "") or environment.get(
        PASSWORD_VARIABLE
    )
    if not user and not password:
        return None
    if not user or not password:
        msg = f"a user needs a password, and a password a user: {_SMTP_FORM}"
        raise ValueError(msg)
    return Login(user=user, password=password)
