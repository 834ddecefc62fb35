"""
The tiles of the family's desk, as the guide shows them.
"""

from ._account import AccountTile
from ._basket import BasketTile
from ._documents import (
    DocumentsTile,
    HouseRulesTile,
    PreRegistrationsTile,
)
from ._family import ChildrenTile, HouseholdTile, ProfileTile
from ._invoices import InvoicesTile
from ._planning import PlanningTile

__all__ = [
    "AccountTile",
    "BasketTile",
    "ChildrenTile",
    "DocumentsTile",
    "HouseRulesTile",
    "HouseholdTile",
    "InvoicesTile",
    "PlanningTile",
    "PreRegistrationsTile",
    "ProfileTile",
]
