"""
The only module of this host that knows which adapters there are.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import quote

from portail_core import Portal
from portail_core.domain.ids import ProviderKey
from portail_core.ports.clock import Clock
from portail_sandbox import Decision, SandboxDesk
from portail_sandbox.command import main as sandbox_command

__all__ = ["embedded_portal", "pay", "sandbox_command"]


def embedded_portal(
    reglement: Path, *, folder: Path, mails: Path, clock: Clock, links: str
) -> Portal:
    """
    A portal on one SQLite file, a Maildir and the sandbox, all in *folder*.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database, payments = folder / "portail.db", folder / "paiements"
    return Portal.open(
        reglement,
        storage=f"sqlite:///{quote(str(database))}",
        mail=f"maildir:{mails}",
        payment=f"sandbox:{quote(str(payments))}?tickets={quote(str(mails))}",
        files=f"directory:{quote(str(folder / 'documents'))}",
        links=links,
        clock=clock,
    )


def pay(folder: Path, key: ProviderKey, at: dt.datetime) -> None:
    """
    What the payer does on the sandbox's page: pay.
    """
    SandboxDesk(folder / "paiements").decide(key, Decision.PAID, at)
