"""
Pools of places: which ones a child takes on a part of a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen, validators

from .amplitudes import Amplitude
from .checks import not_empty, not_negative, whole_number
from .conditions import ALWAYS, DAY, When
from .facts import Facts
from .ids import (
    AccueilCode,
    EstablishmentCode,
    FactName,
    PartCode,
    PoolCode,
)
from .offers import Accueil

Capacity: TypeAlias = int | Literal["unlimited"]
"""Places per part of a day: 0 is closed, "unlimited" is no limit."""

SEASON = FactName("season")
ASKED = frozenset({FactName("weekday"), DAY, SEASON, FactName("amplitude")})
"""Facts by which a pool may tell days apart: the same whoever looks."""


def _capacity(_: object, __: object, capacity: Capacity) -> None:
    if capacity == "unlimited":
        return
    if type(capacity) is not int or capacity < 0:
        msg = (
            f"capacity is {capacity!r}, expected how many places: 0 is "
            "closed, 'unlimited' is no limit"
        )
        raise ValueError(msg)


@frozen(kw_only=True)
class Pool:
    """
    Places that children share, counted per part of a day.

    Attributes:
        accueils: Whose children it counts; `None` with *establishment*.

        establishment: Counts all the accueils of a site; `None` with
            *accueils*.

        parts: Parts of the day that it counts; `None` for every part.

        first_age: Youngest age counted, in whole years on the day.

        last_age: Oldest age counted, included; `None` for no limit.

        when: Days and amplitudes that it counts: it says nothing of others.
    """

    code: PoolCode
    label: str = field(validator=not_empty)
    capacity: Capacity = field(validator=_capacity)
    accueils: tuple[AccueilCode, ...] | None = field(
        default=None, validator=validators.optional(not_empty)
    )
    establishment: EstablishmentCode | None = None
    parts: tuple[PartCode, ...] | None = field(
        default=None, validator=validators.optional(not_empty)
    )
    first_age: int = field(default=0, validator=[whole_number, not_negative])
    last_age: int | None = None
    when: When = ALWAYS

    def __attrs_post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise ValueError(*faults)

    def _faults(self) -> list[str]:
        faults = []
        if self.last_age is not None and self.last_age < self.first_age:
            faults.append(
                f"« {self.label} » ends at {self.last_age} years, before it "
                f"begins at {self.first_age}"
            )
        if (self.accueils is None) is (self.establishment is None):
            faults.append(
                f"« {self.label} » counts the children of its accueils, or "
                "of all those of its establishment: write one of the two"
            )
        unknown = sorted(self.when.facts - ASKED)
        if unknown:
            faults.append(
                f"« {self.label} » tells {', '.join(unknown)} apart: a pool "
                "knows weekdays, dates, season and amplitudes; ages are "
                "first_age and last_age"
            )
        return faults

    def counts(self, accueil: Accueil, part: PartCode, facts: Facts) -> bool:
        """
        Whether a child takes a place here.

        Args:
            facts: Of the child-day, with the child's age.
        """
        age = facts.age
        assert age is not None, "a child has a birth date"
        return (
            self.is_about(accueil, part, facts)
            and self.first_age <= age
            and (self.last_age is None or age <= self.last_age)
        )

    def is_about(self, accueil: Accueil, part: PartCode, facts: Facts) -> bool:
        """
        The same, whatever the child's age.
        """
        return (
            self.is_at(accueil)
            and (self.parts is None or part in self.parts)
            and self.when.holds(facts)
        )

    def is_at(self, accueil: Accueil) -> bool:
        """
        Whether any child of *accueil* may take a place here.
        """
        if self.accueils is None:
            return accueil.establishment == self.establishment
        return accueil.code in self.accueils

    def is_full(self, taken: int) -> bool:
        """
        Whether no place is left once *taken* are.
        """
        return self.capacity != "unlimited" and taken >= self.capacity


def admits(
    pools: Iterable[Pool], accueil: Accueil, part: PartCode, facts: Facts
) -> bool:
    """
    Whether a child of this age has its place here: in a pool that counts
    it, or because no pool counts this part of the day at all.
    """
    counted = [pool for pool in pools if pool.is_about(accueil, part, facts)]
    return not counted or any(
        pool.counts(accueil, part, facts) for pool in counted
    )


def suits(
    pools: Iterable[Pool],
    accueil: Accueil,
    amplitude: Amplitude,
    facts: Facts,
) -> bool:
    """
    Whether a child of this age may have *amplitude* at *accueil*: by their
    ages, and by the pools.
    """
    assert facts.age is not None, "a child has a birth date"
    age = Decimal(facts.age)
    return (
        (accueil.ages is None or accueil.ages.hold(age))
        and (amplitude.ages is None or amplitude.ages.hold(age))
        and all(
            admits(pools, accueil, part, facts) for part in amplitude.parts
        )
    )


def pools_for(
    pools: Iterable[Pool], accueil: Accueil, part: PartCode, facts: Facts
) -> tuple[Pool, ...]:
    """
    The pools in which a child takes a place, in their order in the règlement.
    """
    return tuple(pool for pool in pools if pool.counts(accueil, part, facts))
