"""
A sandbox from one line of configuration.
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from portail_core.domain.money import eur
from portail_core.domain.payments import Mode

from .payments import SandboxPayments

LONGEST_HORIZON_MINUTES = 7 * 24 * 60

_log = logging.getLogger(__name__)


def open_url(url: str) -> SandboxPayments:
    """
    The sandbox of *url*: `sandbox:`, a folder of its own for this process,
    removed with it, or `sandbox:DIR`; then options, as in
    `sandbox:DIR?tickets=PATH&page=URL&horizon_minutes=120&minimum=1.00`
    `&maximum=99999.99&mode=test`.

    Raises:
        ValueError: In a sentence that says what to write instead.
    """
    place, _, query = url.removeprefix("sandbox:").partition("?")
    options = _options(query)
    try:
        return SandboxPayments(directory=_directory(place), **options)
    except OSError as error:
        msg = f"the folder of {url!r} cannot be made: {error}"
        raise ValueError(msg) from error


def _directory(place: str) -> Path:
    if place.startswith("//"):
        msg = (
            f"sandbox:{place} has too many slashes: write sandbox:payments "
            "for a folder here, sandbox:/var/payments for another"
        )
        raise ValueError(msg)
    return Path(unquote(place)).absolute() if place else _of_this_process()


@functools.cache
def _of_this_process() -> Path:
    directory = Path(tempfile.mkdtemp(prefix="portail-sandbox-"))
    atexit.register(_remove, directory, os.getpid())
    _log.info("payments of this process are in %s", directory)
    return directory


def _remove(directory: Path, owner: int) -> None:
    # A process forked from the owner ends before it, and has the same list.
    if os.getpid() == owner:
        shutil.rmtree(directory, ignore_errors=True)


def _options(query: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for name, text in _pairs(query):
        if name not in _READERS:
            msg = (
                f"a sandbox has no option {name!r}; it has "
                f"{', '.join(sorted(_READERS))}"
            )
            raise ValueError(msg)
        field, read = _READERS[name]
        if field in options:
            msg = f"the option {name!r} is given twice"
            raise ValueError(msg)
        try:
            options[field] = read(text)
        except ValueError as error:
            msg = f"the sandbox's option {name}={text}: {error}"
            raise ValueError(msg) from error
    return options


def _pairs(query: str) -> list[tuple[str, str]]:
    if not query:
        return []
    try:
        return parse_qsl(query, keep_blank_values=True, strict_parsing=True)
    except ValueError as error:
        msg = f"{query!r} is not written as name=value&name=value"
        raise ValueError(msg) from error


def _tickets(text: str) -> Path:
    if not text:
        msg = "name the folder of the Maildir, as tickets=mails"
        raise ValueError(msg)
    return Path(text).absolute()


def _page(text: str) -> str:
    return text.rstrip("/")


def _horizon(text: str) -> dt.timedelta:
    if not re.fullmatch(r"[0-9]{1,5}", text, re.ASCII) or not (
        1 <= int(text) <= LONGEST_HORIZON_MINUTES
    ):
        msg = f"write whole minutes, from 1 to {LONGEST_HORIZON_MINUTES}"
        raise ValueError(msg)
    return dt.timedelta(minutes=int(text))


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        msg = "write test (the truth), or live to rehearse"
        raise ValueError(msg) from None


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "horizon_minutes": ("horizon", _horizon),
    "maximum": ("maximum", eur),
    "minimum": ("minimum", eur),
    "mode": ("mode", _mode),
    "page": ("page", _page),
    "tickets": ("tickets", _tickets),
}
