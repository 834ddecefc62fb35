"""
Two households that may be one: who signed up may have had a dossier already.

They are offered to staff, never joined alone, and never told to anyone else.
"""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen

from .checks import moment
from .children import Child
from .households import Adult, Household
from .ids import AgentId, HouseholdId
from .likeness import name_alike


@frozen(kw_only=True)
class Dismissal:
    """
    Two households that an agent found to be two; they are not offered again.

    Attributes:
        at: UTC.
    """

    registered: HouseholdId
    dossier: HouseholdId
    agent: AgentId
    at: dt.datetime = field(validator=moment)


@frozen(kw_only=True)
class HouseholdJoined:
    """
    For the journal: what a household that signed up has is now a dossier's.
    """

    dossier: HouseholdId


@frozen(kw_only=True)
class Alike:
    """
    What two households have in common: the same names and birth dates.

    Attributes:
        children: Of the one that signed up, then of the dossier.

        adults: The same.
    """

    children: tuple[tuple[Child, Child], ...]
    adults: tuple[tuple[Adult, Adult], ...]


def alike_children(
    registered: tuple[Child, ...], dossier: tuple[Child, ...]
) -> tuple[tuple[Child, Child], ...]:
    """
    Pairs of children with one name and one birth date.
    """
    return tuple(
        (one, other)
        for one in registered
        for other in dossier
        if _person(one) == _person(other)
    )


def alike_adults(
    registered: Household, dossier: Household
) -> tuple[tuple[Adult, Adult], ...]:
    """
    Pairs of adults with one name and one birth date, which both said.
    """
    return tuple(
        (one, other)
        for one in registered.adults
        for other in dossier.adults
        if one.birth_date and _person(one) == _person(other)
    )


def same_name(one: Adult, other: Adult) -> bool:
    """
    Whether two adults have one name, which both said.
    """
    return bool(one.name) and _name(one) == _name(other)


def _person(one: Child | Adult) -> tuple[str, dt.date | None]:
    return _name(one), one.birth_date


def _name(one: Child | Adult) -> str:
    return name_alike(one.last_name, one.first_name)
