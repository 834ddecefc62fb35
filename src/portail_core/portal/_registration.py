"""
« Créer mon compte », in five steps.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from portail_core.application import registrations
from portail_core.application.registrations import Progress
from portail_core.domain.forms import Block
from portail_core.domain.ids import RegistrationToken

from ._ports import Ports


@frozen
class RegistrationDesk:
    """
    « 1 Création de mon compte 2 Coordonnées 3 Informations personnelles
    4 Informations professionnelles 5 Validation ».
    """

    _ports: Ports

    def begin(self, email: str, password: str) -> RegistrationToken:
        """
        See `portail_core.application.registrations.begin`.
        """
        return registrations.begin(
            email,
            password,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            passwords=self._ports.passwords,
        )

    def fill(self, token: str, step: Block, typed: Mapping[str, str]) -> None:
        """
        See `portail_core.application.registrations.fill`.
        """
        registrations.fill(
            token,
            step,
            typed,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )

    def show(self, token: str) -> Progress:
        """
        See `portail_core.application.registrations.show`.
        """
        return registrations.show(
            token,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )

    def validate(self, token: str) -> None:
        """
        See `portail_core.application.registrations.validate`.
        """
        registrations.validate(
            token,
            store=self._ports.store,
            clock=self._ports.clock,
            tokens=self._ports.tokens,
            reglement=self._ports.reglement,
        )
