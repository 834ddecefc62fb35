"""
What a portal uses unless told otherwise: the system's clock, real chance, and
the standard library's scrypt.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
import secrets
import string
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from .domain.ids import AttemptReference, LinkId, SecretDigest

REFERENCE_LENGTH = 20
SECRET_VARIABLE = "PORTAIL_SECRET"  # noqa: S105 - a name, no secret
SECRET_FILE = ".portail-secret"  # noqa: S105 - a name, no secret
SECRET_LENGTH = 32
"""Characters, at the least."""

_ALPHABET = string.ascii_uppercase + string.digits


class SystemClock:
    """
    The machine's clock.
    """

    def now(self) -> dt.datetime:
        """
        The present moment, in UTC.
        """
        return dt.datetime.now(dt.UTC)


class HmacTokens:
    """
    Real chance, and links derived from the portal's secret.

    Args:
        secret: At least 32 characters.  Links sent under another secret no
            longer work; every host of one portal needs the same.
    """

    def __init__(self, secret: str) -> None:
        if len(secret) < SECRET_LENGTH:
            msg = (
                f"the portal's secret has {len(secret)} characters, it needs "
                f"{SECRET_LENGTH} or more: python -c "
                "'import secrets; print(secrets.token_urlsafe(32))' makes one"
            )
            raise ValueError(msg)
        self._secret = secret.encode()

    def new_id(self) -> str:
        """
        128 bits of chance, as 32 hexadecimal characters.
        """
        return secrets.token_hex(16)

    def new_reference(self) -> AttemptReference:
        """
        100 bits of chance, as 20 capital letters and digits.
        """
        return AttemptReference(
            "".join(secrets.choice(_ALPHABET) for _ in range(REFERENCE_LENGTH))
        )

    def link_secret(self, link: LinkId) -> str:
        """
        160 bits of HMAC-SHA-256, as 32 characters `A-Z2-7`.
        """
        mac = hmac.digest(self._secret, f"link/{link}".encode(), "sha256")
        return base64.b32encode(mac[:20]).decode()

    def digest(self, secret: str) -> SecretDigest:
        """
        SHA-256: a secret of 128 bits needs no salt.
        """
        return SecretDigest(hashlib.sha256(_octets(secret)).hexdigest())


class ScryptPasswords:
    """
    Passwords by scrypt, of the standard library.

    Args:
        cost: CPU and memory, a power of two; 2**14 takes 16 MiB and about
            50 ms.  Tests use less.
    """

    def __init__(self, cost: int = 2**14) -> None:
        self._cost = cost

    def derive(self, password: str) -> str:
        """
        « scrypt$cost$salt$key », salt and key in hexadecimal.
        """
        salt = secrets.token_bytes(16)
        key = _scrypt(password, salt, self._cost)
        return f"scrypt${self._cost}${salt.hex()}${key.hex()}"

    def matches(self, password: str, derived: str) -> bool:
        """
        Compared in constant time, at the cost it was derived with.
        """
        _, cost, salt, key = derived.split("$")
        found = _scrypt(password, bytes.fromhex(salt), int(cost))
        return hmac.compare_digest(found, bytes.fromhex(key))

    def waste(self, password: str) -> None:
        """
        As long as one comparison.
        """
        _scrypt(password, b"", self._cost)


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(
        _octets(password), salt=salt, n=cost, r=8, p=1, dklen=32
    )


def _octets(typed: str) -> bytes:
    # Half a character, which JSON may carry, is wrong and not a breakdown.
    return typed.encode("utf-8", "surrogatepass")


def portal_secret(folder: Path | None) -> str:
    """
    The secret of a portal that was given none: from `PORTAIL_SECRET`, or else
    from a file that is made beside the règlement, for its owner alone.

    Args:
        folder: Where the règlement is; `None` if it is no file.

    Raises:
        ValueError: If there is neither a variable nor a folder.
    """
    named = os.environ.get(SECRET_VARIABLE)
    if named:
        return named
    if folder is None:
        msg = (
            "a portal that is opened on a règlement in memory needs a secret: "
            f"pass secret=…, or set {SECRET_VARIABLE}"
        )
        raise ValueError(msg)
    return _kept_secret(folder / SECRET_FILE)


def _kept_secret(path: Path) -> str:
    if not path.exists():
        # Another process may make it meanwhile, and must not read half of it.
        with NamedTemporaryFile(
            "w", dir=path.parent, encoding="ascii"
        ) as file:
            file.write(secrets.token_urlsafe(SECRET_LENGTH))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text(encoding="utf-8").strip()
