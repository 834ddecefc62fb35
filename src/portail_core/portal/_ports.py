"""
What every desk works with.
"""

from __future__ import annotations

from attrs import field, frozen

from portail_core.application.checkout import Urls
from portail_core.application.reglements import ActiveReglement
from portail_core.domain.ids import RegieCode
from portail_core.ports.clock import Clock
from portail_core.ports.files import Files
from portail_core.ports.mail import Mailer
from portail_core.ports.passwords import Passwords
from portail_core.ports.payment import PaymentProvider
from portail_core.ports.store import Store
from portail_core.ports.tokens import Tokens


@frozen(kw_only=True)
class Ports:
    """
    The ports of one portal, its règlement, and where its host answers.

    Attributes:
        files: `None` if the portal was opened without any place for them.

        links: Address that links in mails begin with, without a final slash.
    """

    store: Store
    clock: Clock
    tokens: Tokens = field(repr=False)
    passwords: Passwords
    mail: Mailer
    payment: PaymentProvider
    files: Files | None
    reglement: ActiveReglement = field(repr=False)
    links: str

    @property
    def urls(self) -> Urls:
        """
        Where the host receives payers and notifications.
        """
        return Urls(
            payment_return=f"{self.links}/paiement/retour",
            payment_notification=f"{self.links}/paiement/notification",
        )

    def filing(self) -> Files:
        """
        Where the files of documents are.

        Raises:
            ValueError: If the portal was given no place for them.
        """
        if self.files is None:
            msg = (
                "a portal that is opened on a règlement in memory has no "
                'place for documents: pass files="directory:documents"'
            )
            raise ValueError(msg)
        return self.files

    def regie(self, named: RegieCode | None) -> RegieCode:
        """
        The régie *named*, or the only one.

        Raises:
            ValueError: If there are several and none is named, or none of
                this name.
        """
        codes = [regie.code for regie in self.reglement.value.regies]
        if named is None and len(codes) == 1:
            return codes[0]
        if named not in codes:
            msg = f"name a régie, one of: {', '.join(codes)}"
            raise ValueError(msg)
        return named
