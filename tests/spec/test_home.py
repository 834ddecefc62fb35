"""
docs/spec/home.md, rule by rule.
"""

import pytest

from portail_core import french
from portail_core.domain.home import Home, TileName

GUIDE = [
    ("Mon profil", "Accès à mes informations personnelles"),
    ("Mon foyer", "Accès aux informations de mon foyer"),
    ("Mes enfants", "Accès aux informations enfant"),
    ("Mes pré-inscriptions", "Accès à mes préinscriptions"),
    ("Mon planning", "Accès à mon planning de réservations"),
    ("Mes factures", "Accès à mes factures et règlements"),
    ("Document à fournir", "Accès aux documents à transmettre"),
]


class TestTiles:
    @pytest.mark.rule("home.tiles")
    def test_guide(self):
        """
        The guide's seven tiles, in its order and in its words.
        """
        assert GUIDE == [
            (french.tile(name), french.tile_caption(name))
            for name in Home(pending_invoices=0).tiles
        ]
        assert set(TileName) == set(Home(pending_invoices=0).tiles)

    @pytest.mark.rule("home.pending")
    @pytest.mark.parametrize("count", [0, 2])
    def test_pending(self, count):
        """
        « Facture(s) en attente de paiement : 0 ».
        """
        assert (
            f"Facture(s) en attente de paiement\u00a0: {count}"
            == french.pending_invoices(count)
        )
