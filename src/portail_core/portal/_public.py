"""
The public's desk: what anyone may do.
"""

from __future__ import annotations

from attrs import frozen

from portail_core.application import accounts, credentials, sessions
from portail_core.application.sessions import SignedIn
from portail_core.domain.accounts import Stay
from portail_core.domain.links import Purpose

from ._ports import Ports
from ._registration import RegistrationDesk


@frozen
class PublicDesk:
    """
    What anyone may do.
    """

    _ports: Ports

    @property
    def registration(self) -> RegistrationDesk:
        """
        « Créer mon compte », in five steps; `register` is the short way.
        """
        return RegistrationDesk(self._ports)

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

    def activate(self, secret: str, password: str) -> None:
        """
        See `portail_core.application.accounts.activate`.
        """
        accounts.activate(
            secret,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def resend_link(self, email: str) -> None:
        """
        See `portail_core.application.accounts.resend_link`.
        """
        accounts.resend_link(
            email,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def purpose_of_link(self, secret: str) -> Purpose:
        """
        See `portail_core.application.accounts.purpose_of_link`.
        """
        return accounts.purpose_of_link(
            secret,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def forgot_password(self, email: str) -> None:
        """
        See `portail_core.application.credentials.forgot_password`.
        """
        credentials.forgot_password(
            email,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def reset_password(self, secret: str, password: str) -> None:
        """
        See `portail_core.application.credentials.reset_password`.
        """
        credentials.reset_password(
            secret,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def confirm_email_change(self, secret: str) -> None:
        """
        See `portail_core.application.credentials.confirm_email_change`.
        """
        credentials.confirm_email_change(
            secret,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def sign_out(self, token: str) -> None:
        """
        See `portail_core.application.sessions.sign_out`.
        """
        sessions.sign_out(
            token,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
        )

    def sign_in(
        self, email: str, password: str, *, stay: Stay = Stay.FOR_THE_DAY
    ) -> SignedIn:
        """
        See `portail_core.application.sessions.sign_in`.
        """
        return sessions.sign_in(
            email,
            password,
            stay=stay,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )
