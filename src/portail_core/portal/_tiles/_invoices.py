"""
« Mes factures ».
"""

from __future__ import annotations

from portail_core.application import (
    papers,
)
from portail_core.application.papers import (
    InvoiceDetail,
    ListedInvoice,
    PendingInvoice,
    Summary,
)
from portail_core.domain.ids import (
    CreditNoteNumber,
    InvoiceNumber,
)
from portail_core.domain.invoices import CreditNote
from portail_core.domain.money import Money
from portail_core.domain.pages import Page, Paging

from ._tile import Tile


class InvoicesTile(Tile):
    """
    « Mes factures », and avoirs.
    """

    def pending(self) -> tuple[PendingInvoice, ...]:
        """
        « Facture(s) en attente de paiement », one for each open request.
        """
        return papers.pending_invoices(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def summary(self) -> Summary:
        """
        See `portail_core.application.papers.summary`.
        """
        return papers.summary(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def all(self, *, page: int = 1, size: int = 10) -> Page[ListedInvoice]:
        """
        See `portail_core.application.papers.invoices`.

        Args:
            page: From 1.

            size: « Éléments par page », 1 to 100.
        """
        return papers.invoices(
            Paging(number=page, size=size),
            member=self._member,
            store=self._ports.store,
        )

    def show(self, number: InvoiceNumber) -> InvoiceDetail:
        """
        One invoice, and who it was addressed to.

        Raises:
            Refused: `InvoiceUnknown`.
        """
        return papers.invoice(
            number, member=self._member, store=self._ports.store
        )

    def credit_notes(
        self, *, page: int = 1, size: int = 10
    ) -> Page[CreditNote]:
        """
        See `portail_core.application.papers.credit_notes`.

        Args:
            page: From 1.

            size: « Éléments par page », 1 to 100.
        """
        return papers.credit_notes(
            Paging(number=page, size=size),
            member=self._member,
            store=self._ports.store,
        )

    def credit_note(self, number: CreditNoteNumber) -> CreditNote:
        """
        One avoir.

        Raises:
            Refused: `CreditNoteUnknown`.
        """
        return papers.credit_note(
            number, member=self._member, store=self._ports.store
        )

    def credit_balance(self) -> Money:
        """
        What is left of the household's avoirs, at every régie.
        """
        return papers.credit_balance(
            member=self._member, store=self._ports.store
        )
