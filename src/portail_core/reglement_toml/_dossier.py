"""
Documents, files and the règlement intérieur, as written.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum

from attrs import field, frozen

from portail_core.domain.dated import Decision, History
from portail_core.domain.documents import (
    About,
    ContentType,
    Demand,
    DocumentKind,
    ForGood,
    ForMonths,
    Grace,
    Opens,
    UntilDay,
    Uploads,
    Validity,
)
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import (
    AccueilCode,
    DocumentCode,
    HouseRulesVersion,
)
from portail_core.wire import Shape

from ._bounds import at_most
from ._says import says

MOST_MONTHS_VALID = 20 * 12
MOST_DAYS_WARNED = 366
MOST_MEGABYTES = 100

_DAY_OF_YEAR = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)


class FileType(Enum):
    """
    Types of files, as people call them.
    """

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"


@frozen(kw_only=True)
class UploadsFile:
    """
    What files are taken; megabytes of a million bytes.
    """

    most_megabytes: int = 10
    types: tuple[FileType, ...] = tuple(FileType)


@frozen(kw_only=True)
class DocumentFile:
    """
    A document that is asked for; good for good unless `valid_months` or
    `valid_until_day` (« 08-31 ») says otherwise.
    """

    code: DocumentCode
    label: str
    about: About
    demand: Demand
    accueils: tuple[AccueilCode, ...] | None = None
    opens: Opens = Opens.ACCEPTED
    valid_months: int | None = None
    valid_until_day: str | None = None
    warn_days: int = 30
    graces: tuple[Grace, ...] = field(
        default=(),
        metadata=says(
            "Days that may be booked before it is there; one is enough.",
            example="[{ months_from_first_day = 3 }]",
        ),
    )


@frozen(kw_only=True)
class HouseRulesFile:
    """
    The règlement intérieur that families accept, from a day on.
    """

    since: dt.date
    source: str
    version: HouseRulesVersion
    url: str


def _document(file: DocumentFile) -> DocumentKind:
    at_most(MOST_DAYS_WARNED, warn_days=file.warn_days)
    return DocumentKind(
        code=file.code,
        label=file.label,
        about=file.about,
        demand=file.demand,
        validity=_validity(file),
        accueils=file.accueils,
        opens=file.opens,
        warn_days=file.warn_days,
        graces=file.graces,
    )


def _validity(file: DocumentFile) -> Validity:
    months, day = file.valid_months, file.valid_until_day
    if months is not None and day is not None:
        msg = (
            f"« {file.label} » has two ends: keep valid_months or "
            "valid_until_day"
        )
        raise ValueError(msg)
    if months is not None:
        at_most(MOST_MONTHS_VALID, valid_months=months)
        return ForMonths(months)
    if day is None:
        return ForGood()
    found = _DAY_OF_YEAR.fullmatch(day)
    if found is None:
        msg = (
            f"valid_until_day is {day!r}, expected a month and a day, as "
            '"08-31"'
        )
        raise ValueError(msg)
    return UntilDay(month=int(found[1]), day=int(found[2]))


def _uploads(file: UploadsFile) -> Uploads:
    at_most(MOST_MEGABYTES, most_megabytes=file.most_megabytes)
    return Uploads(
        most_megabytes=file.most_megabytes,
        types=tuple(ContentType[one.name] for one in file.types),
    )


def _house_rules(file: HouseRulesFile) -> Decision[HouseRules]:
    return Decision(
        since=file.since,
        source=file.source,
        value=HouseRules(version=file.version, url=file.url),
    )


SHAPES = (
    Shape(DocumentKind, DocumentFile, _document),
    Shape(Uploads, UploadsFile, _uploads),
    Shape(Decision[HouseRules], HouseRulesFile, _house_rules),
    Shape(History[HouseRules], tuple[Decision[HouseRules], ...], History),
)
