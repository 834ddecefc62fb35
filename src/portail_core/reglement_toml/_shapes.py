"""
From what stands in the file to the values of the domain.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from attrs import asdict

from portail_core.calendars_fr import (
    DEPARTMENTS,
    Recurrence,
    department_of,
    read_recurrence,
    school_zone,
)
from portail_core.domain.cancellation import Outcome, Policy
from portail_core.domain.dated import Decision, History
from portail_core.domain.deadlines import (
    DaysBefore,
    Deadline,
    HoursBefore,
    WeekdayBefore,
)
from portail_core.domain.documents import (
    ContentType,
    DocumentKind,
    ForGood,
    ForMonths,
    UntilDay,
    Uploads,
    Validity,
)
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
    RegieCode,
)
from portail_core.domain.reglement import Hold, Operator
from portail_core.domain.tariffs import Bracket, Grid
from portail_core.wire import Shape

from ._file import (
    BookUntilFile,
    BracketFile,
    CancellationFile,
    DeadlineFile,
    Department,
    DocumentFile,
    HoldFile,
    HouseRulesFile,
    OperatorFile,
    OperatorRead,
    OutcomeFile,
    SchemaVersion,
    TariffFile,
    UploadsFile,
    Weekday,
)

SCHEMA = 1
"""The version of the file's shape that this library reads."""

MOST_MINUTES_HELD = 30 * 24 * 60
MOST_DAYS_BEFORE = 366
MOST_HOURS_BEFORE = 366 * 24
MOST_WEEKS_BEFORE = 53
MOST_MONTHS_VALID = 20 * 12
MOST_DAYS_WARNED = 366
MOST_MEGABYTES = 100

_DAY_OF_YEAR = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)

_POSTCODE = re.compile(r"[0-9]{5}", re.ASCII)

# They stand in addresses, and in the names of streams between slashes.
_CODE = re.compile(r"[\w.+-]{1,60}")


def _schema(version: int) -> SchemaVersion:
    if version != SCHEMA:
        msg = f"is {version}, this library reads {SCHEMA}"
        raise ValueError(msg)
    return SchemaVersion(version)


def _department(code: str) -> Department:
    department = department_of(code) if _POSTCODE.fullmatch(code) else code
    if department is None or department not in DEPARTMENTS:
        msg = (
            f"{code!r} is no department: write two or three characters, as "
            '"04", "2A" or "974"'
        )
        raise ValueError(msg)
    return Department(department)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        msg = (
            f"{text!r} is no code: write 1 to 60 letters, digits, or . _ + -, "
            "without spaces"
        )
        raise ValueError(msg)
    return text


def _operator(file: OperatorFile) -> OperatorRead:
    told = asdict(file)
    zone = told.pop("school_zone") or school_zone(file.department)
    return OperatorRead(operator=Operator(**told), school_zone=zone)


def _at_most(most: int, **counted: int) -> None:
    for name, number in counted.items():
        if number > most:
            msg = f"{name} is {number}, expected {most} at the most"
            raise ValueError(msg)


def _deadline(file: DeadlineFile) -> Deadline:
    match file:
        case DeadlineFile(
            days_before=int(days),
            at=dt.time() as at,
            hours_before=None,
            weekday_before=None,
            weeks=None,
            starts_at=None,
        ):
            _at_most(MOST_DAYS_BEFORE, days_before=days)
            return DaysBefore(days=days, at=at)
        case DeadlineFile(
            hours_before=int(hours),
            starts_at=dt.time() as starts_at,
            days_before=None,
            weekday_before=None,
            weeks=None,
            at=None,
        ):
            _at_most(MOST_HOURS_BEFORE, hours_before=hours)
            return HoursBefore(hours=hours, starts_at=starts_at)
        case DeadlineFile(
            weekday_before=Weekday() as weekday,
            at=dt.time() as at,
            days_before=None,
            hours_before=None,
            starts_at=None,
        ):
            weeks = 1 if file.weeks is None else file.weeks
            _at_most(MOST_WEEKS_BEFORE, weeks=weeks)
            return WeekdayBefore(
                weekday=weekday.number,
                weeks=weeks,
                at=at,
            )
        case _:
            msg = (
                "a deadline is one of: days_before + at; "
                "hours_before + starts_at; weekday_before + at (+ weeks)"
            )
            raise ValueError(msg)


def _bracket(file: BracketFile) -> Bracket:
    lower = file.at_least if file.more_than is None else file.more_than
    if lower is None or None not in {file.at_least, file.more_than}:
        msg = (
            f"« {file.label} » needs one lower bound: "
            'at_least = "0" (included) or more_than = "0" (excluded)'
        )
        raise ValueError(msg)
    if None not in {file.at_most, file.less_than}:
        msg = (
            f"« {file.label} » has two upper bounds: keep at_most (included) "
            "or less_than (excluded)"
        )
        raise ValueError(msg)
    return Bracket(
        label=file.label,
        above=lower,
        above_included=file.more_than is None,
        up_to=file.at_most if file.less_than is None else file.less_than,
        up_to_included=file.at_most is not None,
        prices=file.prices,
    )


def _tariff(file: TariffFile) -> Decision[Grid]:
    grid = Grid(
        brackets=file.brackets,
        between=file.between,
        without_quotient=file.without_quotient,
    )
    return Decision(since=file.since, source=file.source, value=grid)


def _outcome(file: OutcomeFile) -> Outcome:
    return Outcome(
        until=None if file.until is None else _deadline(file.until),
        credited_share=file.credited_share,
        label=file.label,
    )


def _cancellation(file: CancellationFile) -> Decision[Policy]:
    policy = Policy(outcomes=file.outcomes)
    return Decision(since=file.since, source=file.source, value=policy)


def _book_until(file: BookUntilFile) -> Decision[Deadline]:
    return Decision(since=file.since, source=file.source, value=file.deadline)


def _hold(file: HoldFile) -> Decision[Hold]:
    _at_most(MOST_MINUTES_HELD, minutes=file.minutes)
    return Decision(
        since=file.since,
        source=file.source,
        value=Hold(minutes=file.minutes),
    )


def _document(file: DocumentFile) -> DocumentKind:
    _at_most(MOST_DAYS_WARNED, warn_days=file.warn_days)
    return DocumentKind(
        code=file.code,
        label=file.label,
        about=file.about,
        demand=file.demand,
        validity=_validity(file),
        accueils=file.accueils,
        opens=file.opens,
        warn_days=file.warn_days,
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
        _at_most(MOST_MONTHS_VALID, valid_months=months)
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
    _at_most(MOST_MEGABYTES, most_megabytes=file.most_megabytes)
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


_CODES: tuple[Any, ...] = (
    AccueilCode,
    AmplitudeCode,
    DocumentCode,
    EstablishmentCode,
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    RegieCode,
)

SHAPES = (
    Shape(SchemaVersion, int, _schema),
    Shape(Department, str, _department),
    *(Shape(kind, str, _code) for kind in _CODES),
    Shape(OperatorRead, OperatorFile, _operator),
    Shape(Recurrence, str, read_recurrence),
    Shape(Deadline, DeadlineFile, _deadline),
    Shape(Bracket, BracketFile, _bracket),
    Shape(Outcome, OutcomeFile, _outcome),
    Shape(Decision[Grid], TariffFile, _tariff),
    Shape(Decision[Policy], CancellationFile, _cancellation),
    Shape(Decision[Deadline], BookUntilFile, _book_until),
    Shape(Decision[Hold], HoldFile, _hold),
    Shape(DocumentKind, DocumentFile, _document),
    Shape(Uploads, UploadsFile, _uploads),
    Shape(Decision[HouseRules], HouseRulesFile, _house_rules),
    Shape(History[HouseRules], tuple[Decision[HouseRules], ...], History),
    Shape(History[Hold], tuple[Decision[Hold], ...], History),
    Shape(History[Deadline], tuple[Decision[Deadline], ...], History),
    Shape(History[Policy], tuple[Decision[Policy], ...], History),
    Shape(History[Grid], tuple[Decision[Grid], ...], History),
)
