"""
Packages: several days that have one price together.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen

from portail_core.domain.checks import not_empty, positive, whole_number
from portail_core.domain.ids import PrestationCode
from portail_core.domain.refusals import Refusal


class Within(Enum):
    """
    What the days of a package have in common.
    """

    WEEK = "week"  # Monday to Sunday
    MONTH = "month"
    PERIOD = "period"


class OtherSizes(Enum):
    """
    What becomes of a number of days that no package is for.
    """

    REFUSED = "refused"
    LARGEST_THEN_SINGLE = "largest-then-single"  # what is left, day by day


@frozen
class NoPackage(Refusal):
    """
    The grid has no price for this number of days together.

    Attributes:
        days: As many as are asked for, within the span.

        sizes: Those that there are.
    """

    rule: ClassVar[str] = "tariff.package.size"
    days: int
    sizes: tuple[str, ...]


@frozen(kw_only=True)
class Size:
    """
    From so many days to so many, both included, billed as one prestation.

    Attributes:
        last: `None` for « et plus ».
    """

    first: int = field(validator=[whole_number, positive])
    last: int | None
    billed_as: PrestationCode

    def __attrs_post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            msg = f"ends at {self.last} days, before it begins at {self.first}"
            raise ValueError(msg)

    def holds(self, days: int) -> bool:
        """
        Whether so many days are of this size.
        """
        return self.first <= days and (self.last is None or days <= self.last)

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first}+"
        if self.last == self.first:
            return str(self.first)
        return f"{self.first}-{self.last}"


@frozen(kw_only=True)
class Packages:
    """
    « 3 jours 67 € », « la semaine 28,10 € ».

    Attributes:
        of: The prestations that are counted, one a day, and no longer billed
            by themselves.

        sizes: No number of days is in two of them.
    """

    of: tuple[PrestationCode, ...] = field(validator=not_empty)
    within: Within
    sizes: tuple[Size, ...] = field(validator=not_empty)
    other_sizes: OtherSizes

    def __attrs_post_init__(self) -> None:
        ordered = sorted(self.sizes, key=lambda size: size.first)
        for smaller, larger in pairwise(ordered):
            if smaller.last is None or larger.first <= smaller.last:
                msg = f"{smaller} days and {larger} days overlap"
                raise ValueError(msg)

    def largest(self, days: int) -> Size | None:
        """
        The package for the most days, *days* at the most; `None` if all are
        for more.
        """
        fitting = [size for size in self.sizes if size.first <= days]
        return max(fitting, key=lambda size: size.first, default=None)

    def exactly(self, days: int) -> Size | None:
        """
        The package for so many days.
        """
        return next((size for size in self.sizes if size.holds(days)), None)
