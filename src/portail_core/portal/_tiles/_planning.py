"""
« Mon planning ».
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from portail_core.application import (
    cancelling,
    changing,
    changing_days,
    choosing,
    planning,
    readings,
)
from portail_core.application.cancelling import Cancellation
from portail_core.application.changing_days import DayChange
from portail_core.application.planning import HeldRequest
from portail_core.application.readings import (
    RequestDetail,
)
from portail_core.domain.amplitudes import Chosen
from portail_core.domain.bookings import Wish
from portail_core.domain.cancellation import Reason
from portail_core.domain.ids import (
    ChildId,
    CommandKey,
    PeriodCode,
    ReasonCode,
    RequestNumber,
)
from portail_core.domain.money import Money
from portail_core.domain.pages import Page, Paging
from portail_core.domain.planning import Month, Offer
from portail_core.domain.quotes import Quote

from ._tile import Tile


class PlanningTile(Tile):
    """
    « Mon planning ».
    """

    def offers(self, child: ChildId) -> tuple[Offer, ...]:
        """
        See `portail_core.application.choosing.offers`.
        """
        return choosing.offers(
            child,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def month(self, child: ChildId, period: PeriodCode, day: dt.date) -> Month:
        """
        See `portail_core.application.choosing.month`.
        """
        return choosing.month(
            child,
            period,
            day,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def quote(self, wish: Wish) -> Quote:
        """
        See `portail_core.application.planning.quote`.
        """
        return planning.quote(
            wish,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
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

    def requests(
        self, *, page: int = 1, size: int = 10
    ) -> Page[RequestDetail]:
        """
        See `portail_core.application.readings.request_details`.

        Args:
            page: From 1.

            size: « Éléments par page », 1 to 100.
        """
        return readings.request_details(
            Paging(number=page, size=size),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def detail(self, number: RequestNumber) -> RequestDetail:
        """
        « Détail de la réservation », also of one that is in no list any more.

        Raises:
            Refused: `RequestUnknown`.
        """
        return readings.request_detail(
            number,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def quote_change(
        self, number: RequestNumber, days: Mapping[dt.date, Chosen]
    ) -> Quote:
        """
        See `portail_core.application.changing.quote_change`.
        """
        return changing.quote_change(
            number,
            days,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def change_request(
        self,
        number: RequestNumber,
        days: Mapping[dt.date, Chosen],
        *,
        shown_total: Money,
        command: str,
    ) -> HeldRequest:
        """
        See `portail_core.application.changing.change_request`.
        """
        return changing.change_request(
            number,
            days,
            shown_total=shown_total,
            command=CommandKey(command),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def preview_day_change(
        self, number: RequestNumber, day: dt.date, amplitude: Chosen
    ) -> DayChange:
        """
        See `portail_core.application.changing_days.preview`.
        """
        return changing_days.preview(
            number,
            day,
            amplitude,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
        )

    def change_day(
        self,
        number: RequestNumber,
        day: dt.date,
        amplitude: Chosen,
        *,
        shown: DayChange,
        command: str,
    ) -> DayChange:
        """
        See `portail_core.application.changing_days.change_day`.
        """
        return changing_days.change_day(
            number,
            day,
            amplitude,
            shown=shown,
            command=CommandKey(command),
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )

    def reasons_to_cancel(self, number: RequestNumber) -> tuple[Reason, ...]:
        """
        See `portail_core.application.cancelling.reasons`.
        """
        return cancelling.reasons(
            number, member=self._member, store=self._ports.store
        )

    def preview_cancellation(
        self,
        number: RequestNumber,
        days: Iterable[dt.date],
        *,
        reason: str | None = None,
        about: ChildId | None = None,
    ) -> Cancellation:
        """
        See `portail_core.application.cancelling.preview`.
        """
        return cancelling.preview(
            number,
            days,
            reason=None if reason is None else ReasonCode(reason),
            about=about,
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
        reason: str | None = None,
        about: ChildId | None = None,
    ) -> Cancellation:
        """
        See `portail_core.application.cancelling.cancel`.
        """
        return cancelling.cancel(
            number,
            days,
            shown_credit=shown_credit,
            command=CommandKey(command),
            reason=None if reason is None else ReasonCode(reason),
            about=about,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            reglement=self._ports.reglement,
        )
