"""
« Mon panier ».
"""

from __future__ import annotations

from portail_core.application import (
    basket,
    checkout,
)
from portail_core.application.checkout import Checkout
from portail_core.domain.baskets import Basket
from portail_core.domain.ids import (
    CommandKey,
    RegieCode,
    RequestNumber,
)
from portail_core.domain.money import Money

from ._tile import Tile


class BasketTile(Tile):
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
            reglement=self._ports.reglement,
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
