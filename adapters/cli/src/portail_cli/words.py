"""
What the words of the command do, without a terminal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

from portail_core import Portal
from portail_core.application import reglements
from portail_core.domain.reglement import Reglement
from portail_core.plugins import AdapterKind, Plugins
from portail_core.ports.store import Store
from portail_core.reglement_toml import load_reglement
from portail_core.standard import SystemClock, portal_secret
from portail_core.wire import Unreadable


def read(file: Path) -> Reglement:
    """
    The règlement of a file.

    Raises:
        OSError: If there is no such file.
        ValueError: With a line for each fault, which begins with the file.
    """
    try:
        return load_reglement(file)
    except Unreadable as error:
        lines = (f"{file}: {fault}" for fault in error.faults)
        raise ValueError("\n".join(lines)) from error


def check(file: Path) -> str:
    """
    One line about a règlement in which nothing is wrong.

    Raises:
        OSError: If there is no such file.
        ValueError: With a line for each fault, which begins with the file.
    """
    reglement = read(file)
    days = sum(len(p.calendar.open_days) for p in reglement.periods)
    return (
        f"{file}: nothing is wrong. {reglement.operator.name}: "
        f"{_count(len(reglement.establishments), 'establishment')}, "
        f"{_count(len(reglement.accueils), 'accueil')}, "
        f"{_count(len(reglement.periods), 'period')}, "
        f"{_count(days, 'opening day')}"
    )


def activate(file: Path, *, since: dt.date, storage: str) -> str:
    """
    Put a règlement in force from *since*, and say so.

    Raises:
        OSError: If there is no such file.
        ValueError: If something is wrong with the file or the URL.
        PluginError: If no adapter is there for the URL.
    """
    reglement = read(file)
    store = cast("Store", Plugins().adapter(AdapterKind.STORAGE, storage))
    with closing(store):
        active = reglements.activate(
            reglement, since=since, store=store, clock=SystemClock()
        )
    return f"{file}: in force from {since}, as {active.digest[:12]}…"


def run_jobs(
    file: Path,
    *,
    storage: str,
    mail: str,
    payment: str,
    links: str,
    say: Callable[[str], None],
) -> None:
    """
    Run every job once, and say what each changed as soon as it did.

    Raises:
        OSError: If there is no such file.
        ValueError: If something is wrong with the file or a URL.
        PluginError: If no adapter is there for a URL.
        ReglementNotActive: If the storage works under another règlement.
    """
    with Portal.open(
        read(file),
        storage=storage,
        mail=mail,
        payment=payment,
        links=links,
        secret=portal_secret(file.parent),
    ) as portal:
        say(f"requests expired: {portal.jobs.expire().count}")
        say(f"payments answered: {portal.jobs.reconcile().count}")
        relayed = portal.jobs.relay()
        say(
            f"mails sent: {relayed.sent}, delayed: {relayed.delayed}, "
            f"given up: {relayed.failed}"
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
