"""
The family's desk, tile by tile as the guide shows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import frozen

from portail_core.application import (
    basket,
    cancelling,
    checkout,
    households,
    planning,
    readings,
)
from portail_core.application.cancelling import Cancellation
from portail_core.application.checkout import Checkout
from portail_core.application.members import Member
from portail_core.application.planning import HeldRequest
from portail_core.application.readings import (
    InvoiceDetail,
    PendingInvoice,
    RequestDetail,
)
from portail_core.domain.baskets import Basket
from portail_core.domain.bookings import Wish
from portail_core.domain.children import Child
from portail_core.domain.households import Household, HouseholdForm
from portail_core.domain.ids import (
    CommandKey,
    CreditNoteNumber,
    InvoiceNumber,
    RegieCode,
    RequestNumber,
)
from portail_core.domain.invoices import CreditNote, Invoice
from portail_core.domain.money import Money
from portail_core.domain.quotes import Quote

from ._ports import Ports


@frozen
class _Tile:
    """
    A part of the family's desk: only this family's, whatever is asked.
    """

    _ports: Ports
    _member: Member


class HouseholdTile(_Tile):
    """
    « Mon foyer ».
    """

    def show(self) -> Household:
        """
        The household as it is described.
        """
        return households.household(
            member=self._member, store=self._ports.store
        )

    def describe(self, form: HouseholdForm) -> Household:
        """
        See `portail_core.application.households.describe_household`.
        """
        return households.describe_household(
            form, member=self._member, store=self._ports.store
        )


class ChildrenTile(_Tile):
    """
    « Mes enfants ».
    """

    def all(self) -> tuple[Child, ...]:
        """
        The children that this household may book for, oldest first.
        """
        return households.children(
            member=self._member, store=self._ports.store
        )

    def add(
        self, *, first_name: str, last_name: str, birth_date: dt.date
    ) -> Child:
        """
        See `portail_core.application.households.add_child`.
        """
        return households.add_child(
            first_name=first_name,
            last_name=last_name,
            birth_date=birth_date,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )


class PlanningTile(_Tile):
    """
    « Mon planning ».
    """

    def quote(self, wish: Wish) -> Quote:
        """
        See `portail_core.application.planning.quote`.
        """
        return planning.quote(
            wish,
            member=self._member,
            store=self._ports.store,
            reglement=self._ports.reglement,
        )

    def request(
        self, wish: Wish, *, shown_total: Money, command: str
    ) -> HeldRequest:
        """
        See `portail_core.application.planning.request`.
        """
        return planning.request(
            wish,
            shown_total=shown_total,
            command=CommandKey(command),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def requests(self) -> tuple[RequestDetail, ...]:
        """
        Every request of the household, by number.
        """
        return readings.request_details(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def detail(self, number: RequestNumber) -> RequestDetail:
        """
        « Détail de la réservation ».

        Raises:
            Refused: `RequestUnknown`.
        """
        return readings.request_detail(
            number,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def preview_cancellation(
        self, number: RequestNumber, days: Iterable[dt.date]
    ) -> Cancellation:
        """
        See `portail_core.application.cancelling.preview`.
        """
        return cancelling.preview(
            number,
            days,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def cancel(
        self,
        number: RequestNumber,
        days: Iterable[dt.date],
        *,
        shown_credit: Money,
        command: str,
    ) -> Cancellation:
        """
        See `portail_core.application.cancelling.cancel`.
        """
        return cancelling.cancel(
            number,
            days,
            shown_credit=shown_credit,
            command=CommandKey(command),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )


class BasketTile(_Tile):
    """
    « Mon panier »; each régie has its own.
    """

    def show(self, regie: RegieCode | None = None) -> Basket:
        """
        What waits for a payment at *regie*, or at the only one.
        """
        return basket.show(
            self._ports.regie(regie),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def discard(self, number: RequestNumber, *, command: str) -> None:
        """
        See `portail_core.application.basket.discard`.
        """
        basket.discard(
            number,
            command=CommandKey(command),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def check_out(
        self,
        *,
        shown_total: Money,
        command: str,
        regie: RegieCode | None = None,
    ) -> Checkout:
        """
        See `portail_core.application.checkout.check_out`.
        """
        return checkout.check_out(
            self._ports.regie(regie),
            shown_total=shown_total,
            command=CommandKey(command),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            payment=self._ports.payment,
            reglement=self._ports.reglement,
            urls=self._ports.urls,
        )


class InvoicesTile(_Tile):
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


@frozen
class FamilyDesk:
    """
    What a member of a family may do: only for its household.
    """

    _ports: Ports
    _member: Member

    @property
    def household(self) -> HouseholdTile:
        """
        « Mon foyer ».
        """
        return HouseholdTile(self._ports, self._member)

    @property
    def children(self) -> ChildrenTile:
        """
        « Mes enfants ».
        """
        return ChildrenTile(self._ports, self._member)

    @property
    def planning(self) -> PlanningTile:
        """
        « Mon planning ».
        """
        return PlanningTile(self._ports, self._member)

    @property
    def basket(self) -> BasketTile:
        """
        « Mon panier ».
        """
        return BasketTile(self._ports, self._member)

    @property
    def invoices(self) -> InvoicesTile:
        """
        « Mes factures ».
        """
        return InvoicesTile(self._ports, self._member)
