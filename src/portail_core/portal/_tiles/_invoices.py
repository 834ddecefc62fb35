"""
« Mes factures ».
"""

from __future__ import annotations

from portail_core.application import (
    readings,
)
from portail_core.application.readings import (
    InvoiceDetail,
    PendingInvoice,
)
from portail_core.domain.ids import (
    CreditNoteNumber,
    InvoiceNumber,
)
from portail_core.domain.invoices import CreditNote, Invoice
from portail_core.domain.money import Money

from ._tile import Tile


class InvoicesTile(Tile):
    """
    « Mes factures », and avoirs.
    """

    def pending(self) -> tuple[PendingInvoice, ...]:
        """
        « Facture(s) en attente de paiement », one for each open request.
        """
        return readings.pending_invoices(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def all(self) -> tuple[Invoice, ...]:
        """
        The household's invoices, in the order they were issued.
        """
        return readings.invoices(member=self._member, store=self._ports.store)

    def show(self, number: InvoiceNumber) -> InvoiceDetail:
        """
        One invoice, and who it was addressed to.

        Raises:
            Refused: `InvoiceUnknown`.
        """
        return readings.invoice(
            number, member=self._member, store=self._ports.store
        )

    def credit_notes(self) -> tuple[CreditNote, ...]:
        """
        The household's avoirs, in the order they were issued.
        """
        return readings.credit_notes(
            member=self._member, store=self._ports.store
        )

    def credit_note(self, number: CreditNoteNumber) -> CreditNote:
        """
        One avoir.

        Raises:
            Refused: `CreditNoteUnknown`.
        """
        return readings.credit_note(
            number, member=self._member, store=self._ports.store
        )

    def credit_balance(self) -> Money:
        """
        What is left of the household's avoirs, at every régie.
        """
        regies = self._ports.reglement.value.regies
        return readings.credit_balance(
            tuple(regie.code for regie in regies),
            member=self._member,
            store=self._ports.store,
        )
