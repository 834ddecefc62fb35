"""
The tiles of the home page, in the guide's words.
"""

from __future__ import annotations

from collections.abc import Mapping

from portail_core.domain.home import TileName

from ._typography import typeset

_TILES: Mapping[TileName, tuple[str, str]] = {
    TileName.PROFILE: (
        "Mon profil",
        "Accès à mes informations personnelles",
    ),
    TileName.HOUSEHOLD: (
        "Mon foyer",
        "Accès aux informations de mon foyer",
    ),
    TileName.CHILDREN: ("Mes enfants", "Accès aux informations enfant"),
    TileName.PRE_REGISTRATIONS: (
        "Mes pré-inscriptions",
        "Accès à mes préinscriptions",
    ),
    TileName.PLANNING: (
        "Mon planning",
        "Accès à mon planning de réservations",
    ),
    TileName.INVOICES: (
        "Mes factures",
        "Accès à mes factures et règlements",
    ),
    TileName.DOCUMENTS: (
        "Document à fournir",
        "Accès aux documents à transmettre",
    ),
}


def tile(name: TileName) -> str:
    """
    What a tile is called.

    >>> tile(TileName.INVOICES)
    'Mes factures'
    """
    title, _ = _TILES[name]
    return title


def tile_caption(name: TileName) -> str:
    """
    What a tile leads to.

    >>> tile_caption(TileName.INVOICES)
    'Accès à mes factures et règlements'
    """
    _, caption = _TILES[name]
    return caption


def pending_invoices(count: int) -> str:
    r"""
    What the tile « Mes factures » adds.

    >>> pending_invoices(0).replace("\xa0", " ")
    'Facture(s) en attente de paiement : 0'
    """
    return typeset(f"Facture(s) en attente de paiement : {count}")
