"""
What an outcome gives back of what a day cost.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen, validators

from portail_core.domain.calendars import Calendar
from portail_core.domain.checks import not_negative_amount, share
from portail_core.domain.extended import KindBroken, answer_of
from portail_core.domain.facts import Facts
from portail_core.domain.money import ZERO, Money


class Per(Enum):
    """
    What a flat fee is asked for.
    """

    DAY = "day"
    CANCELLATION = "cancellation"  # once for the days cancelled together


@frozen
class CreditedShare:
    """
    « … % sont remboursés. »

    Attributes:
        share: From 0 (nothing back) to 1 (all of it).

        kept_at_least: « avec un minimum de … », a day; never more than paid.

        kept_at_most: « plafonné à … », a day.
    """

    share: Decimal = field(validator=share)
    kept_at_least: Money | None = field(
        default=None,
        kw_only=True,
        validator=validators.optional(not_negative_amount),
    )
    kept_at_most: Money | None = field(
        default=None,
        kw_only=True,
        validator=validators.optional(not_negative_amount),
    )

    def __attrs_post_init__(self) -> None:
        least, most = self.kept_at_least, self.kept_at_most
        if least is not None and most is not None and least > most:
            msg = "kept_at_least is more than kept_at_most"
            raise ValueError(msg)

    def kept(self, of: Money) -> Money:
        """
        The operator's part; half a cent goes to the family.
        """
        kept = of - of.times(self.share)
        if self.kept_at_least is not None:
            kept = max(kept, self.kept_at_least)
        if self.kept_at_most is not None:
            kept = min(kept, self.kept_at_most)
        return min(kept, of)


@frozen
class KeptAmount:
    """
    « … € de frais de dossier sont retenus », never more than was paid.
    """

    amount: Money = field(validator=not_negative_amount)
    per: Per

    def kept(self, of: Money) -> Money:
        """
        The operator's part of one day.
        """
        return min(self.amount, of)


@frozen
class CreditedAmount:
    """
    « … € par jour sont remboursés », never more than was paid.
    """

    amount: Money = field(validator=not_negative_amount)

    def kept(self, of: Money) -> Money:
        """
        The operator's part.
        """
        return max(of - self.amount, ZERO)


@frozen(kw_only=True)
class Circumstances:
    """
    A cancelled day, for gifts that depend on when it is.

    Attributes:
        facts: Of the child-day; its day is there.

        at: When the household cancels, UTC.

        calendar: Of the period.
    """

    facts: Facts
    at: dt.datetime
    calendar: Calendar


class GiftKind(ABC):
    """
    What an outcome gives back, by a rule that a plugin adds.
    """

    __slots__ = ()

    @abstractmethod
    def credited(self, released: Money, cancelled: Circumstances) -> Money:
        """
        What the family gets back: from nothing to *released*.

        Args:
            released: What cancelling the day sets free.

            cancelled: The day, and when it is cancelled.
        """


def kept_by(gift: Gift, released: Money, cancelled: Circumstances) -> Money:
    """
    The operator's part of *released*.

    Raises:
        KindBroken: If a plugin's gift is less than nothing, or more than
            there is.
    """
    if not isinstance(gift, GiftKind):
        return gift.kept(released)
    kind = gift
    credited: object = answer_of(
        kind, lambda: kind.credited(released, cancelled)
    )
    if not (isinstance(credited, Money) and ZERO <= credited <= released):
        told = f"gives {credited!r} back of {released!r}"
        raise KindBroken(gift, told)
    return released - credited


Gift: TypeAlias = CreditedShare | KeptAmount | CreditedAmount | GiftKind
