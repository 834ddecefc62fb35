"""
The règlement file, key by key: what an operator writes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, NewType

from attrs import evolve, field, frozen

from portail_core.domain.amplitudes import Amplitude
from portail_core.domain.cancellation import Reason
from portail_core.domain.capacity import Pool
from portail_core.domain.dated import Decision, History
from portail_core.domain.documents import (
    ANY_UPLOADS,
    DocumentKind,
    Uploads,
)
from portail_core.domain.forms import FieldUse
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    DocumentCode,
    EstablishmentCode,
    FactName,
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    ReasonCode,
    RegieCode,
    ResidencyCode,
    TariffCode,
)
from portail_core.domain.kinds import Extends, Kind
from portail_core.domain.offers import Establishment
from portail_core.domain.reglement import Hold, Regie, Residency
from portail_core.domain.tariffs import Prestation
from portail_core.wire import Shape

from . import (
    _absences,
    _adjustments,
    _admitting,
    _calendar,
    _cancelling,
    _deadlines,
    _dossier,
    _offer,
    _people,
    _places,
    _prices,
    _reasons,
    _when,
    _windows,
)
from ._added import Place, clash, taken, untold, with_keys
from ._bounds import at_most
from ._calendar import PeriodFile, SchoolHolidaysFile
from ._people import AccueilFile, OperatorRead
from ._says import says
from ._terms import TermsFile

SchemaVersion = NewType("SchemaVersion", int)

SCHEMA = 1
"""The version of the file's shape that this library reads."""

MOST_MINUTES_HELD = 30 * 24 * 60

# They stand in addresses, and in the names of streams between slashes.
_CODE = re.compile(r"[\w.+-]{1,60}")


@frozen(kw_only=True)
class HoldFile:
    """
    How long a request keeps its places before it is paid, from a day on.
    """

    since: dt.date = field(
        metadata=says("First day in force.", example="2025-09-01")
    )
    source: str = field(
        metadata=says(
            "What decided it, as one would cite it.",
            example='"délibération n° 2025-34"',
        )
    )
    minutes: int = field(
        metadata=says("In minutes, 1 to 43200 (30 days).", example="120")
    )


@frozen(kw_only=True)
class ReglementFile(TermsFile):
    """
    All that an operator decides, from its name to its prices.
    """

    schema: SchemaVersion = field(
        metadata=says(
            "The version of the reference page that the file follows.",
            example="1",
        )
    )
    operator: OperatorRead = field(
        metadata=says("Who runs the service.", example="[operator]")
    )
    regies: tuple[Regie, ...] = field(
        metadata=says("Cash offices, at least one.", example="[[regies]]")
    )
    establishments: tuple[Establishment, ...] = field(
        metadata=says("Sites, at least one.", example="[[establishments]]")
    )
    accueils: tuple[AccueilFile, ...] = field(
        metadata=says(
            "Activities offered at these sites, at least one.",
            example="[[accueils]]",
        )
    )
    periods: tuple[PeriodFile, ...] = field(
        metadata=says(
            "Days that are booked together, at least one period.",
            example="[[periods]]",
        )
    )
    school_holidays: tuple[SchoolHolidaysFile, ...] = field(
        default=(),
        metadata=says(
            "School holidays that the loader does not know.",
            example="[[school_holidays]]",
        ),
    )
    prestations: tuple[Prestation, ...] = field(
        metadata=says(
            "Services that are billed, at least one.",
            example="[[prestations]]",
        )
    )
    amplitudes: tuple[Amplitude, ...] = field(
        metadata=says(
            "Shapes of a booked day, at least one.",
            example="[[amplitudes]]",
        )
    )
    pools: tuple[Pool, ...] = field(
        default=(),
        metadata=says(
            "Places that children share.",
            example="[[pools]]",
            otherwise="no limit anywhere",
        ),
    )
    fields: Mapping[str, Mapping[str, FieldUse]] = field(
        factory=dict,
        metadata=says(
            "What forms make of their fields: absent (`hidden`), filled in "
            "by the service (`shown`), open to families (`editable`), or "
            "asked of them with an asterisk (`mandatory`).",
            example='{ profile = { occupation = "hidden" } }',
            otherwise="as forms have them",
        ),
    )
    hold: History[Hold] = field(
        metadata=says(
            "How long unpaid places are held, by day of the request.",
            example="[[hold]]",
        )
    )
    documents: tuple[DocumentKind, ...] = field(
        default=(),
        metadata=says(
            "Documents that families give.", example="[[documents]]"
        ),
    )
    uploads: Uploads = field(
        default=ANY_UPLOADS,
        metadata=says("What files are taken.", example="[uploads]"),
    )
    house_rules: History[HouseRules] | None = field(
        default=None,
        metadata=says(
            "The règlement intérieur that families read, by day.",
            example="[[house_rules]]",
            otherwise="the portal shows none",
        ),
    )
    residencies: tuple[Residency, ...] = field(
        default=(),
        metadata=says(
            "Where households live, as conditions tell apart.",
            example="[[residencies]]",
        ),
    )
    facts: Mapping[FactName, tuple[str, ...]] = field(
        factory=dict,
        metadata=says(
            "Facts of your own that conditions may ask for (`named`), each "
            "with the words that it may be.",
            example='{ frequentation = ["reguliere", "occasionnelle"] }',
        ),
    )
    reasons: tuple[Reason, ...] = field(
        default=(),
        metadata=says(
            "Why days are cancelled, for outcomes that ask for a reason.",
            example="[[reasons]]",
        ),
    )


def _schema(version: int) -> SchemaVersion:
    if version != SCHEMA:
        msg = f"is {version}, this library reads {SCHEMA}"
        raise ValueError(msg)
    return SchemaVersion(version)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        msg = (
            f"{text!r} is no code: write 1 to 60 letters, digits, or . _ + -, "
            "without spaces"
        )
        raise ValueError(msg)
    return text


def _hold(file: HoldFile) -> Decision[Hold]:
    at_most(MOST_MINUTES_HELD, minutes=file.minutes)
    return Decision(
        since=file.since,
        source=file.source,
        value=Hold(minutes=file.minutes),
    )


_CODES: tuple[Any, ...] = (
    AccueilCode,
    AmplitudeCode,
    DocumentCode,
    EstablishmentCode,
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    ReasonCode,
    RegieCode,
    ResidencyCode,
    TariffCode,
)


SHAPES = (
    Shape(SchemaVersion, int, _schema),
    *(Shape(kind, str, _code) for kind in _CODES),
    *_people.SHAPES,
    *_offer.SHAPES,
    *_calendar.SHAPES,
    *_when.SHAPES,
    *_places.SHAPES,
    *_admitting.SHAPES,
    *_deadlines.SHAPES,
    *_windows.SHAPES,
    *_reasons.SHAPES,
    *_cancelling.SHAPES,
    *_absences.SHAPES,
    *_prices.SHAPES,
    *_dossier.SHAPES,
    Shape(Decision[Hold], HoldFile, _hold),
    Shape(History[Hold], tuple[Decision[Hold], ...], History),
)


PLACES: Mapping[Extends, Place] = {
    Extends.FORMULA: _prices.ADDED,
    Extends.ADJUSTMENT: _adjustments.ADDED,
    Extends.DEADLINE: _deadlines.ADDED,
    Extends.GIFT: _cancelling.ADDED,
}
"""The tables that kinds of plugins are written in."""


def taken_keys(kind: Kind) -> tuple[str, ...]:
    """
    Why *kind* cannot stand beside the built-in ones: every reason.
    """
    return tuple(taken(kind, PLACES[kind.extends]))


def untold_keys(kind: Kind) -> tuple[str, ...]:
    """
    The keys of *kind* that the reference page would say nothing of.
    """
    return tuple(untold(kind, PLACES[kind.extends]))


@lru_cache(maxsize=8)
def shapes(kinds: frozenset[Kind]) -> tuple[Shape, ...]:
    """
    How everything is written, with what plugins add.

    Raises:
        ValueError: If two have one name, or one has a name of ours.
    """
    ordered = sorted(kinds, key=lambda kind: (kind.extends.value, kind.key))
    _check_names(ordered)
    files: dict[Any, Any] = {}
    for extends, place in PLACES.items():
        new = [kind for kind in ordered if kind.extends is extends]
        if new:
            files.update((file, with_keys(file, new)) for file in place.files)
    return tuple(
        evolve(shape, written=files.get(shape.written, shape.written))
        for shape in SHAPES
    )


def _check_names(kinds: Sequence[Kind]) -> None:
    faults = [told for kind in kinds for told in taken_keys(kind)]
    for one, other in combinations(kinds, 2):
        told = clash(one, other)
        if told is not None:
            faults.append(f"two kinds have {told}")
    if faults:
        raise ValueError("; ".join(faults))
