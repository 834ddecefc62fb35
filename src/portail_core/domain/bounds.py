"""
From here to there, each end said to be in or out.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen


@frozen(kw_only=True)
class Bounds:
    """
    A range of figures.

    Attributes:
        above: Lower bound; `None` for none.

        up_to: Upper bound; `None` for none.
    """

    above: Decimal | None = None
    above_included: bool = True
    up_to: Decimal | None = None
    up_to_included: bool = True

    def __attrs_post_init__(self) -> None:
        if self.is_empty():
            msg = f"ends at {self.up_to}, before it begins at {self.above}"
            raise ValueError(msg)

    def is_empty(self) -> bool:
        """
        Whether no figure can be in it.
        """
        if self.above is None or self.up_to is None:
            return False
        both_in = self.above_included and self.up_to_included
        return self.up_to < self.above or (
            self.up_to == self.above and not both_in
        )

    def hold(self, figure: Decimal) -> bool:
        """
        Whether *figure* is between them.
        """
        if self.above is not None:
            if figure < self.above:
                return False
            if figure == self.above and not self.above_included:
                return False
        if self.up_to is None or figure < self.up_to:
            return True
        return figure == self.up_to and self.up_to_included
