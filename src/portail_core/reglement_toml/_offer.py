"""
Cash offices, sites and what is billed there, as written.
"""

from __future__ import annotations

from attrs import asdict, field, frozen

from portail_core.domain.ids import (
    EstablishmentCode,
    PrestationCode,
    RegieCode,
    ResidencyCode,
)
from portail_core.domain.offers import Establishment
from portail_core.domain.reglement import Regie, Residency
from portail_core.domain.tariffs import Nature, OncePer, Prestation, Timed
from portail_core.wire import Shape

from ._bounds import at_most
from ._says import says

MINUTES_A_DAY = 24 * 60


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
class TimedFile:
    """
    How time that a child is there becomes a quantity.
    """

    unit_minutes: int = field(
        metadata=says(
            "What the price is for, in minutes, 1 to 1440: 60 is a price an "
            "hour.  Amplitudes bill it by `presence`.",
            example="60",
        )
    )
    step_minutes: int = field(
        metadata=says(
            "Time counts up to the next of these, in minutes, 1 to 1440: "
            "« toute demi-heure commencée est due » is 30.",
            example="30",
        )
    )
    grace_minutes: int = field(
        default=0,
        metadata=says(
            "Minutes beyond a step that are forgiven, 0 to 1440.",
            example="5",
        ),
    )
    least_minutes: int = field(
        default=0,
        metadata=says(
            "Minutes that are counted even for less, 0 to 1440.", example="60"
        ),
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
    once_per: OncePer | None = field(
        default=None,
        metadata=says(
            "Billed once for all the days of a child or a household that ask "
            "for it: a monthly flat rate, a yearly membership, one price for "
            "the family and the day.",
            example='"child-year"',
            otherwise="each time that it is asked for",
        ),
    )
    timed: Timed | None = field(
        default=None,
        metadata=says(
            "Billed by the time between arrival and departure.",
            example="{ unit_minutes = 60, step_minutes = 30 }",
            otherwise="as many times as the amplitude says",
        ),
    )


def _timed(file: TimedFile) -> Timed:
    minutes = asdict(file)
    at_most(MINUTES_A_DAY, **minutes)
    return Timed(**minutes)


def _prestation(file: PrestationFile) -> Prestation:
    return Prestation(
        code=file.code,
        label=file.label,
        nature=file.nature,
        once_per=file.once_per,
        timed=file.timed,
    )


@frozen(kw_only=True)
class ResidencyFile:
    """
    Where a household may live: the commune, its neighbours, elsewhere.
    """

    code: ResidencyCode = field(
        metadata=says("Its name in this file.", example='"commune"')
    )
    label: str = field(
        metadata=says(
            "As families read it, with who counts.",
            example='"Habite ou travaille dans la commune"',
        )
    )


def _residency(file: ResidencyFile) -> Residency:
    return Residency(code=file.code, label=file.label)


SHAPES = (
    Shape(Residency, ResidencyFile, _residency),
    Shape(Timed, TimedFile, _timed),
    Shape(Regie, RegieFile, lambda file: Regie(**asdict(file))),
    Shape(
        Establishment,
        EstablishmentFile,
        lambda file: Establishment(**asdict(file)),
    ),
    Shape(Prestation, PrestationFile, _prestation),
)
