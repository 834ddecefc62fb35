"""
From records to what forms hold, and back.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, cast

from attrs import evolve

from portail_core.domain.children import Child
from portail_core.domain.households import Address, Adult, Household
from portail_core.domain.ids import AccountId, ChildId

from ._catalogue import ADDRESS
from ._values import Values

_ADULT = (
    "first_name",
    "last_name",
    "birth_date",
    "family_situation",
    "email",
    "home_phone",
    "mobile_phone",
    "occupation",
    "employer",
    "work_phone",
)
_HOUSEHOLD = ("phone", "children_count")
_CHILD = ("first_name", "last_name", "birth_date")

EMPTY: Values = MappingProxyType(
    dict.fromkeys((*_ADULT, *_HOUSEHOLD, *ADDRESS))
)
"""Nothing was filled in yet."""


def adult_values(adult: Adult | None) -> Values:
    """
    What the forms of *adult* hold.
    """
    if adult is None:
        return EMPTY
    own = {key: getattr(adult, key) for key in _ADULT}
    return {**EMPTY, **own, **_address_values(adult.address)}


def adult_with(values: Values, *, account: AccountId | None) -> Adult:
    """
    The adult whose forms hold *values*.
    """
    held: dict[str, Any] = {key: values[key] for key in _ADULT}
    return Adult(**held, account=account, address=_address_with(values))


def household_values(household: Household) -> Values:
    """
    What the forms of *household* hold, its adults and children aside.
    """
    own = {key: getattr(household, key) for key in _HOUSEHOLD}
    return {**EMPTY, **own, **_address_values(household.address)}


def household_with(household: Household, values: Values) -> Household:
    """
    *household*, whose forms hold *values*.
    """
    held: dict[str, Any] = {key: values[key] for key in _HOUSEHOLD}
    return evolve(household, **held, address=_address_with(values))


def child_values(child: Child | None) -> Values:
    """
    What the form of *child* holds.
    """
    if child is None:
        return EMPTY
    return {**EMPTY, **{key: getattr(child, key) for key in _CHILD}}


def child_with(values: Values, *, child: ChildId) -> Child:
    """
    The child whose form holds *values*, which a filled form always has.
    """
    held: dict[str, Any] = {key: values[key] for key in _CHILD}
    return Child(id=child, **held)


def _address_values(address: Address | None) -> Values:
    return {key: getattr(address, key, None) for key in ADDRESS}


def _address_with(values: Values) -> Address | None:
    if values["street"] is None:
        return None
    held = {key: cast("str", values[key]) for key in ADDRESS}
    return Address(**held)
