"""
The family's home page: the guide's seven tiles.
"""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from .checks import not_negative, whole_number


class TileName(Enum):
    """
    A tile, in the guide's order.
    """

    PROFILE = "profile"  # « Mon profil »
    HOUSEHOLD = "household"  # « Mon foyer »
    CHILDREN = "children"  # « Mes enfants »
    PRE_REGISTRATIONS = "pre-registrations"  # « Mes pré-inscriptions »
    PLANNING = "planning"  # « Mon planning »
    INVOICES = "invoices"  # « Mes factures »
    DOCUMENTS = "documents"  # « Document à fournir »


@frozen(kw_only=True)
class Home:
    """
    What a family sees first.

    Attributes:
        tiles: In the guide's order.

        pending_invoices: « Facture(s) en attente de paiement ».
    """

    tiles: tuple[TileName, ...] = tuple(TileName)
    pending_invoices: int = field(validator=[whole_number, not_negative])
