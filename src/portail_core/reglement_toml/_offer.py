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
    Time of presence, as it is billed: « tout quart d'heure commencé est dû ».
    """

    unit_minutes: int = field(
        metadata=says(
            "What the tariff is the price of, minutes: 60 is an hour.",
            example="60",
        )
    )
    step_minutes: int = field(
        metadata=says(
            "Time is counted up to the next of these, minutes.", example="15"
        )
    )
    grace_minutes: int = field(
        default=0,
        metadata=says("What is forgiven beyond a step, minutes.", example="5"),
    )
    least_minutes: int = field(
        default=0,
        metadata=says("Counted even for less, minutes.", example="30"),
    )


def _timed(file: TimedFile) -> Timed:
    at_most(MINUTES_A_DAY, **asdict(file))
    return Timed(**asdict(file))


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
            "Billed once, whatever the number of days that ask for it: per "
            "`child-week`, `child-month`, `child-period`, `child-year` (1 "
            "September to 31 August), `household-day`, `household-month` or "
            "`household-year`.",
            example='"child-year"',
            otherwise="billed each time",
        ),
    )
    timed: Timed | None = field(
        default=None,
        metadata=says(
            "How the time of presence is counted, for amplitudes that bill "
            'it by `"presence"`.',
            example="{ unit_minutes = 60, step_minutes = 15 }",
            otherwise="amplitudes say how much is billed",
        ),
    )


SHAPES = (
    Shape(Regie, RegieFile, lambda file: Regie(**asdict(file))),
    Shape(
        Establishment,
        EstablishmentFile,
        lambda file: Establishment(**asdict(file)),
    ),
    Shape(Timed, TimedFile, _timed),
    Shape(
        Prestation,
        PrestationFile,
        lambda file: Prestation(**asdict(file, recurse=False)),
    ),
)
