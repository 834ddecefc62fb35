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
from portail_core.domain.kinds import Kind
from portail_core.domain.reglement import Reglement
from portail_core.plugins import AdapterKind, Plugins
from portail_core.ports.store import Store
from portail_core.reglement_toml import load_reglement
from portail_core.standard import SystemClock, portal_secret
from portail_core.wire import Unreadable

from .checking import told


def kinds() -> frozenset[Kind]:
    """
    What a règlement may say beside what is built in, by what is installed.

    Raises:
        PluginError: If a plugin is broken, or two add one kind.
    """
    return Plugins().kinds


def read(file: Path) -> Reglement:
    """
    The règlement of a file.

    Raises:
        OSError: If there is no such file.
        PluginError: As `kinds`.
        ValueError: With a line for each fault, which begins with the file.
    """
    try:
        return load_reglement(file, kinds=kinds())
    except Unreadable as error:
        raise ValueError("\n".join(told(file, error.faults))) from error


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
