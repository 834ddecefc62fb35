"""
Cash offices, sites and what is billed there, as written.
"""

from __future__ import annotations

from attrs import asdict, field, frozen

from portail_core.domain.ids import (
    EstablishmentCode,
    PrestationCode,
    RegieCode,
)
from portail_core.domain.offers import Establishment
from portail_core.domain.reglement import Regie
from portail_core.domain.tariffs import Nature, Prestation
from portail_core.wire import Shape

from ._says import says


@frozen(kw_only=True)
class RegieFile:
    """
    A cash office (« régie »): what it collects is paid, invoiced and credited
    apart.
    """

    code: RegieCode = field(
        metadata=says("Its name in this file.", example='"alsh"')
    )
    label: str = field(
        metadata=says(
            "As families and officers read it.",
            example='"Régie accueil de loisirs"',
        )
    )
    series: str = field(
        metadata=says(
            "Begins the numbers of its invoices: « ALSH-2026-000001 »; "
            "another for each régie.",
            example='"ALSH"',
        )
    )


@frozen(kw_only=True)
class EstablishmentFile:
    """
    A site where children are received.
    """

    code: EstablishmentCode = field(
        metadata=says("Its name in this file.", example='"aubignosc"')
    )
    label: str = field(
        metadata=says(
            "As families read it.",
            example='"ALSH - LES PTITES BOUILLES - AUBIGNOSC"',
        )
    )


@frozen(kw_only=True)
class PrestationFile:
    """
    A service that is billed: a day, a half-day, an hour, a meal.
    """

    code: PrestationCode = field(
        metadata=says("Its name in this file.", example='"repas"')
    )
    label: str = field(
        metadata=says("As invoices print it.", example='"Repas"')
    )
    nature: Nature = field(
        metadata=says(
            "What it pays for; the tax certificate counts only `care`.",
            example='"meal"',
        )
    )


SHAPES = (
    Shape(Regie, RegieFile, lambda file: Regie(**asdict(file))),
    Shape(
        Establishment,
        EstablishmentFile,
        lambda file: Establishment(**asdict(file)),
    ),
    Shape(Prestation, PrestationFile, lambda file: Prestation(**asdict(file))),
)
