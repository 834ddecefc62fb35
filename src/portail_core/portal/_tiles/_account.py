"""
« Informations de connexion : identifiant, mot de passe ».
"""

from __future__ import annotations

from portail_core.application import accounts, credentials, sessions
from portail_core.application.sessions import SignedIn
from portail_core.domain.accounts import Stay

from ._tile import Tile


class AccountTile(Tile):
    """
    « Informations de connexion ».
    """

    def send_confirmation_again(self) -> None:
        """
        See `portail_core.application.accounts.send_confirmation_again`.
        """
        accounts.send_confirmation_again(
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def change_password(
        self, current: str, new: str, *, stay: Stay = Stay.FOR_THE_DAY
    ) -> SignedIn:
        """
        See `portail_core.application.credentials.change_password`.
        """
        return credentials.change_password(
            current,
            new,
            stay=stay,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def ask_email_change(self, email: str, password: str) -> None:
        """
        See `portail_core.application.credentials.ask_email_change`.
        """
        credentials.ask_email_change(
            email,
            password,
            member=self._member,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def sign_out_everywhere(self) -> None:
        """
        See `portail_core.application.sessions.sign_out_everywhere`.
        """
        sessions.sign_out_everywhere(
            member=self._member, store=self._ports.store
        )
