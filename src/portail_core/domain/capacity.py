"""
Pools of places: which ones a child takes on a part of a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from attrs import field, frozen

from .checks import not_empty, not_negative, whole_number
from .ids import AccueilCode, PartCode, PoolCode

Capacity: TypeAlias = int | Literal["unlimited"]
"""Places per part of a day: 0 is closed, "unlimited" is no limit."""


def _capacity(_: object, __: object, capacity: Capacity) -> None:
    if capacity == "unlimited":
        return
    if type(capacity) is not int or capacity < 0:
        msg = f"capacity is {capacity!r}, expected 0 or more, or 'unlimited'"
        raise ValueError(msg)


@frozen(kw_only=True)
class Pool:
    """
    Places that children share, counted per part of a day.

    Attributes:
        accueils: Whose children it counts; sites may share one.

        parts: Parts of the day that it counts.

        first_age: Youngest age counted, in whole years on the day.

        last_age: Oldest age counted, included; `None` for no limit.
    """

    code: PoolCode
    label: str = field(validator=not_empty)
    capacity: Capacity = field(validator=_capacity)
    accueils: tuple[AccueilCode, ...] = field(validator=not_empty)
    parts: tuple[PartCode, ...] = field(validator=not_empty)
    first_age: int = field(default=0, validator=[whole_number, not_negative])
    last_age: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.last_age is not None and self.last_age < self.first_age:
            msg = (
                f"« {self.label} » ends at {self.last_age} years, before it "
                f"begins at {self.first_age}"
            )
            raise ValueError(msg)

    def counts(self, accueil: AccueilCode, part: PartCode, age: int) -> bool:
        """
        Whether a child of this *age* at this *accueil* takes a place here.
        """
        return (
            accueil in self.accueils
            and part in self.parts
            and self.first_age <= age
            and (self.last_age is None or age <= self.last_age)
        )

    def is_full(self, taken: int) -> bool:
        """
        Whether no place is left once *taken* are.
        """
        return self.capacity != "unlimited" and taken >= self.capacity


def admits(
    pools: Iterable[Pool], accueil: AccueilCode, part: PartCode, age: int
) -> bool:
    """
    Whether a child of this *age* has its place here: in a pool that counts
    it, or because no pool counts this part of the day at all.
    """
    counted = [p for p in pools if accueil in p.accueils and part in p.parts]
    return not counted or any(
        pool.counts(accueil, part, age) for pool in counted
    )


def pools_for(
    pools: Iterable[Pool], accueil: AccueilCode, part: PartCode, age: int
) -> tuple[Pool, ...]:
    """
    The pools in which a child takes a place, in their order in the règlement.
    """
    return tuple(pool for pool in pools if pool.counts(accueil, part, age))
