"""
The public's desk: what anyone may do.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.application import (
    accounts,
)
from portail_core.application.accounts import SignedIn

from ._ports import Ports


@frozen
class PublicDesk:
    """
    What anyone may do.
    """

    _ports: Ports

    def register(self, email: str, password: str) -> None:
        """
        See `portail_core.application.accounts.register`.
        """
        accounts.register(
            email,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def confirm_email(self, secret: str) -> None:
        """
        See `portail_core.application.accounts.confirm_email`.
        """
        accounts.confirm_email(
            secret,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def sign_in(self, email: str, password: str) -> SignedIn:
        """
        See `portail_core.application.accounts.sign_in`.
        """
        return accounts.sign_in(
            email,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )
