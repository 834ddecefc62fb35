"""
Identifiers nobody can guess, and secrets that need not be kept.
"""

from __future__ import annotations

from typing import Protocol

from portail_core.domain.ids import AttemptReference, LinkId, SecretDigest


class Tokens(Protocol):
    """
    Chance, and the portal's own secret.
    """

    def new_id(self) -> str:
        """
        A new identifier: 32 characters among small letters and digits.
        """
        ...

    def new_reference(self) -> AttemptReference:
        """
        A new reference of a payment: 6 to 30 capital letters and digits, the
        alphabet of PayFiP.
        """
        ...

    def link_secret(self, link: LinkId) -> str:
        """
        The secret of a link: always the same for the same *link*, 32
        characters `A-Z0-9`, unguessable without the portal's own secret.
        """
        ...

    def digest(self, secret: str) -> SecretDigest:
        """
        What to keep of *secret* to recognise it.
        """
        ...
