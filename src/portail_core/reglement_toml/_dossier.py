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

    most_megabytes: int = field(
        default=10,
        metadata=says(
            "The largest file, in megabytes, from 1 to 100.", example="10"
        ),
    )
    types: tuple[FileType, ...] = field(
        default=tuple(FileType),
        metadata=says(
            "Types of files, at least one.", example='["pdf", "jpeg"]'
        ),
    )


@frozen(kw_only=True)
class DocumentFile:
    """
    A document that families are asked for.

    Once accepted it is good for good, unless `valid_months` or
    `valid_until_day` says otherwise.
    """

    code: DocumentCode = field(
        metadata=says("Its name in this file.", example='"fiche-sanitaire"')
    )
    label: str = field(
        metadata=says(
            "As families read it.", example='"Fiche sanitaire de liaison"'
        )
    )
    about: About = field(
        metadata=says(
            "Whose it is: given for each child, or once for the household.",
            example='"child"',
        )
    )
    demand: Demand = field(
        metadata=says("Whether booking waits for it.", example='"mandatory"')
    )
    accueils: tuple[AccueilCode, ...] | None = field(
        default=None,
        metadata=says(
            "The accueils that ask for it, at least one.",
            example='["mercredis"]',
            otherwise="all do",
        ),
    )
    opens: Opens = field(
        default=Opens.ACCEPTED,
        metadata=says(
            "When a mandatory one lets a family book: once the operator "
            "accepted it, or as soon as it is given.",
            example='"submitted"',
        ),
    )
    valid_months: int | None = field(
        default=None,
        metadata=says(
            "How long it is good, in months from its first day, 1 to 240.",
            example="12",
            otherwise="for good",
        ),
    )
    valid_until_day: str | None = field(
        default=None,
        metadata=says(
            "Until when it is good: this month and day, every year.",
            example='"08-31"',
            otherwise="for good",
        ),
    )
    warn_days: int = field(
        default=30,
        metadata=says(
            "How long before its end families are told, in days, 0 to 366.",
            example="15",
        ),
    )
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
    The règlement intérieur that families read and accept, from a day on.
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
    version: HouseRulesVersion = field(
        metadata=says(
            "What the operator calls it; another is accepted anew.",
            example='"2025-2026"',
        )
    )
    url: str = field(
        metadata=says(
            "Where it is read: a web address, or a path of the portal.",
            example='"/reglement-interieur"',
        )
    )


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
        if months < 1:
            msg = f"valid_months is {months}, expected 1 or more"
            raise ValueError(msg)
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
