"""
The portal: one thin face that binds ports to use cases.

Desks are capabilities: what you hold is what you may do.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from portail_core.application import reglements, sessions
from portail_core.domain.reglement import Reglement
from portail_core.local_files import SCHEME as DIRECTORY, LocalFiles
from portail_core.plugins import AdapterKind, Plugins
from portail_core.ports.clock import Clock
from portail_core.ports.files import Files
from portail_core.ports.mail import Mailer
from portail_core.ports.passwords import Passwords
from portail_core.ports.payment import PaymentProvider
from portail_core.ports.store import Store
from portail_core.ports.tokens import Tokens
from portail_core.reglement_toml import load_reglement
from portail_core.standard import (
    HmacTokens,
    ScryptPasswords,
    SystemClock,
    portal_secret,
)

from ._desks import JobsDesk, PaymentsDesk, TrustedDesk
from ._dossiers import DossiersDesk
from ._family import FamilyDesk
from ._ports import Ports
from ._public import PublicDesk
from ._registration import RegistrationDesk
from ._staff import StaffDesk

__all__ = [
    "DossiersDesk",
    "FamilyDesk",
    "JobsDesk",
    "PaymentsDesk",
    "Portal",
    "PublicDesk",
    "RegistrationDesk",
    "StaffDesk",
    "TrustedDesk",
]


class Portal:
    """
    A family portal at work; `Portal.open` makes one.

    Attributes:
        public: What anyone may do: sign up, follow links, sign in and out.

        payments: For the provider's notifications and returning payers.

        jobs: For a scheduler.

        trusted: For a host that authenticates people by itself.
    """

    def __init__(self, ports: Ports, installed: _Installed) -> None:
        self._ports = ports
        self._installed = installed
        self.public = PublicDesk(ports)
        self.payments = PaymentsDesk(ports)
        self.jobs = JobsDesk(ports)
        self.trusted = TrustedDesk(ports)

    @classmethod
    def open(
        cls,
        reglement: Reglement | Path | str,
        *,
        storage: Store | str,
        mail: Mailer | str,
        payment: PaymentProvider | str,
        links: str,
        files: Files | str | None = None,
        secret: str | None = None,
        clock: Clock | None = None,
        tokens: Tokens | None = None,
        passwords: Passwords | None = None,
        plugins: Plugins | None = None,
    ) -> Portal:
        """
        Open a portal: adapters are objects, or URLs whose scheme finds them.

        Args:
            reglement: A TOML file, or a règlement read already.

            storage: « sqlite:///portail.db ».

            mail: « maildir:mails », « smtp://… ».

            payment: « sandbox: ».

            links: Address that links in mails begin with:
                « https://portail.example.org ».

            files: « directory:documents », where documents are kept; a folder
                `documents` beside the règlement, unless given.

            secret: At least 32 characters, the same for every host of the
                portal; else `PORTAIL_SECRET`, else a file beside the
                règlement.

            clock: The system's, unless given.

            tokens: Made of *secret*, unless given.

            passwords: By scrypt, unless given.

            plugins: Those of the installed distributions, unless given.

        Raises:
            Unreadable: With every fault of the règlement.
            ReglementNotActive: If the storage works under another one.
            PluginError: If an adapter is missing, or a plugin is broken; and
                if two of them add one kind.
            ValueError: If a URL or the secret cannot be used.
        """
        beside = (
            None
            if isinstance(reglement, Reglement)
            else Path(reglement).parent
        )
        installed = _Installed(plugins)
        reglement = installed.read(reglement)
        if tokens is None:
            tokens = HmacTokens(secret or portal_secret(beside))
        clock = clock or SystemClock()
        store = cast("Store", installed.found(AdapterKind.STORAGE, storage))
        return cls(
            Ports(
                store=store,
                clock=clock,
                tokens=tokens,
                passwords=passwords or ScryptPasswords(),
                mail=cast("Mailer", installed.found(AdapterKind.MAIL, mail)),
                payment=cast(
                    "PaymentProvider",
                    installed.found(AdapterKind.PAYMENT, payment),
                ),
                files=installed.files(files, beside),
                reglement=reglements.adopt(
                    reglement, store=store, clock=clock
                ),
                links=links.rstrip("/"),
            ),
            installed,
        )

    @property
    def reglement(self) -> Reglement:
        """
        The règlement in force.
        """
        return self._ports.reglement.value

    def family(self, token: str) -> FamilyDesk:
        """
        The desk of whoever signed in with *token*.

        Raises:
            Refused: `SessionEnded`.
        """
        member = sessions.member_of_session(
            token,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )
        return FamilyDesk(self._ports, member)

    def activate(
        self, reglement: Reglement | Path | str, *, since: dt.date
    ) -> None:
        """
        Put another règlement in force from *since*; open the portal again.
        """
        reglements.activate(
            self._installed.read(reglement),
            since=since,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def close(self) -> None:
        """
        Let go of files and connections.
        """
        self._ports.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class _Installed:
    """
    Looks for plugins only if a file is read, or an adapter is named by a URL.
    """

    def __init__(self, plugins: Plugins | None) -> None:
        self._given = plugins

    @property
    def plugins(self) -> Plugins:
        if self._given is None:
            self._given = Plugins()
        return self._given

    def read(self, reglement: Reglement | Path | str) -> Reglement:
        if isinstance(reglement, Reglement):
            return reglement
        return load_reglement(reglement, kinds=self.plugins.kinds)

    def found(self, kind: AdapterKind, named: object) -> object:
        if not isinstance(named, str):
            return named
        return self.plugins.adapter(kind, named)

    def files(
        self, named: Files | str | None, beside: Path | None
    ) -> Files | None:
        """
        A folder needs no plugin.
        """
        if named is None:
            return LocalFiles(beside / "documents") if beside else None
        if isinstance(named, str) and named.startswith(f"{DIRECTORY}:"):
            return LocalFiles.open(named)
        return cast("Files", self.found(AdapterKind.FILES, named))
