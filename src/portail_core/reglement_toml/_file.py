"""
The règlement file, key by key: what an operator writes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, NewType

from attrs import field, frozen

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
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    ReasonCode,
    RegieCode,
)
from portail_core.domain.offers import Establishment
from portail_core.domain.reglement import Hold, Regie
from portail_core.domain.tariffs import (
    Prestation,
)
from portail_core.wire import Shape

from . import (
    _absences,
    _calendar,
    _cancelling,
    _deadlines,
    _dossier,
    _people,
    _prices,
    _reasons,
    _when,
)
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
    How long places are held, from a day on.
    """

    since: dt.date
    source: str
    minutes: int


@frozen(kw_only=True)
class ReglementFile(TermsFile):
    """
    The whole file.
    """

    schema: SchemaVersion
    operator: OperatorRead
    regies: tuple[Regie, ...]
    establishments: tuple[Establishment, ...]
    accueils: tuple[AccueilFile, ...]
    periods: tuple[PeriodFile, ...]
    school_holidays: tuple[SchoolHolidaysFile, ...] = ()
    prestations: tuple[Prestation, ...]
    amplitudes: tuple[Amplitude, ...]
    pools: tuple[Pool, ...] = ()
    fields: Mapping[str, Mapping[str, FieldUse]] = field(factory=dict)
    hold: History[Hold]
    documents: tuple[DocumentKind, ...] = ()
    uploads: Uploads = ANY_UPLOADS
    house_rules: History[HouseRules] | None = None
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
)


SHAPES = (
    Shape(SchemaVersion, int, _schema),
    *(Shape(kind, str, _code) for kind in _CODES),
    *_people.SHAPES,
    *_calendar.SHAPES,
    *_when.SHAPES,
    *_deadlines.SHAPES,
    *_reasons.SHAPES,
    *_cancelling.SHAPES,
    *_absences.SHAPES,
    *_prices.SHAPES,
    *_dossier.SHAPES,
    Shape(Decision[Hold], HoldFile, _hold),
    Shape(History[Hold], tuple[Decision[Hold], ...], History),
)
