"""
The rounding of the règlement, and its point.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from enum import Enum

from attrs import field, frozen

from portail_core.domain.checks import positive

CENT = Decimal("0.01")


class Toward(Enum):
    """
    Which way what is between two steps goes.
    """

    HALF_UP = "half-up"  # half a step away from zero: bills are printed so
    DOWN = "down"  # truncated: « tronqué », as crèche rates are
    UP = "up"


class Point(Enum):
    """
    What is rounded.
    """

    UNIT = "unit"  # the tariff, before it is multiplied
    LINE = "line"  # the amount of a line, once
    TOTAL = "total"  # the sum of what is priced together


_MODES = {
    Toward.HALF_UP: ROUND_HALF_UP,
    Toward.DOWN: ROUND_DOWN,
    Toward.UP: ROUND_UP,
}


# Twenty minutes are a third of an hour: what division leaves at the far end
# of a figure is no price, and must not be truncated or rounded up.
_PRECISION = Context(prec=18)


@frozen(kw_only=True)
class Rounding:
    """
    To the nearest multiple of a step.

    Attributes:
        step: Euros: 0.01, 0.05, 0.10…
    """

    toward: Toward = Toward.HALF_UP
    step: Decimal = field(default=CENT, validator=positive)

    def of(self, euros: Decimal) -> Decimal:
        """
        *euros*, rounded.

        >>> Rounding().of(Decimal("3.325"))
        Decimal('3.33')
        """
        euros = _PRECISION.plus(euros)
        if self.step == CENT:
            return euros.quantize(CENT, rounding=_MODES[self.toward])
        steps = (euros / self.step).quantize(
            Decimal(1), rounding=_MODES[self.toward]
        )
        return steps * self.step
