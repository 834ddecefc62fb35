"""
The tiles of the family's desk, as the guide shows them.
"""

from ._basket import BasketTile
from ._family import ChildrenTile, HouseholdTile, ProfileTile
from ._invoices import InvoicesTile
from ._planning import PlanningTile

__all__ = [
    "BasketTile",
    "ChildrenTile",
    "HouseholdTile",
    "InvoicesTile",
    "PlanningTile",
    "ProfileTile",
]
